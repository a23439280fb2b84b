//! What every page has around its content: menu, title, messages, problems.

use super::elders::{self, Elsewhere};
use crate::app::App;
use crate::dossier::model::Dossier;
use crate::dossier::model::secrets::TOWN_CODE;
use crate::dossier::record::Access;
use crate::identity::{Role, Session};
use crate::shared::dutch::capital;
use crate::shared::moment::dutch_date;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Request, is_id};
use serde::Serialize;

/// Frame around a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// Heading and title.
    pub title: String,
    /// Whether someone is signed in.
    pub signed_in: bool,
    /// Name of who is signed in.
    pub user: String,
    /// Role in words.
    pub role: String,
    /// Token for forms.
    pub csrf: String,
    /// Whether someone may be looking along for whom this page is a danger: an advocate's client.
    pub quick_exit: bool,
    /// Whether the script runs that asks a key on a device to sign.
    pub asks_key: bool,
    /// Seconds until the session runs out when nothing more is asked.
    pub seconds_left: i64,
    /// A form of this page that was kept before, with which one can go on.
    pub kept: Option<KeptLine>,
    /// That this site counts from another day than that of the clock.
    pub fixed_day: Option<String>,
    /// Main menu.
    pub nav: Vec<NavItem>,
    /// The case this page is about.
    pub case: Option<CaseFrame>,
    /// The advocate for whom who is signed in acts in this case.
    pub acts_for: Option<String>,
    /// The client for whom an advocate, or someone of the office, is in this case.
    pub client: Option<String>,
    /// Message after something was done.
    pub message: Option<String>,
    /// Texts in the dossier that hold a shielded address, or name its town.
    pub elsewhere: Option<Elsewhere>,
    /// Heading above the problems.
    pub problems_title: String,
    /// Problems in the input.
    pub problems: Vec<ProblemLine>,
    /// Whether there are problems, for the title.
    pub has_error: bool,
    /// Whether it is asked if the name of a place that belongs to a shielded address may stand in a text.
    pub asks_place: bool,
}

/// A form that was kept before it was recorded.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KeptLine {
    /// When, in words.
    pub when: String,
    /// Address where one goes on with it.
    pub resume: String,
    /// Address to which is sent that it may go.
    pub action: String,
    /// What that address needs beside its path; empty for nothing.
    pub over: String,
    /// Whether it is what stands on the page now.
    pub resumed: bool,
}

/// Item of a menu.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// Address.
    pub href: String,
    /// Words.
    pub text: &'static str,
    /// Whether it is this page.
    pub current: bool,
}

/// Menu of a case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseFrame {
    /// Reference.
    pub reference: String,
    /// Parts of the case that this role may open.
    pub nav: Vec<NavItem>,
}

/// A problem, with a link to its field where there is one.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemLine {
    /// Link to the field.
    pub href: Option<String>,
    /// JSON Pointer, when it is about a file.
    pub pointer: Option<String>,
    /// Sentence.
    pub text: String,
}

/// Content of a page with its frame.
#[derive(Serialize)]
struct PageView<'a, T> {
    frame: &'a Frame,
    #[serde(flatten)]
    content: &'a T,
}

impl Frame {
    /// Frame of a page for who asks.
    #[must_use]
    pub fn new(request: &Request, title: &str) -> Self {
        let Some(session) = &request.session else {
            return Self { title: title.to_owned(), ..Self::default() };
        };
        let mut frame = Self::of_session(&request.app, session, title);
        let path = request.endpoint.path;
        for item in &mut frame.nav {
            item.current = path == item.href || path.starts_with(&format!("{}/", item.href));
        }
        frame
    }

    fn of_session(app: &App, session: &Session, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            signed_in: true,
            user: session.actor.name.clone(),
            role: session.actor.role.to_string(),
            csrf: app.csrf.token(&session.id),
            quick_exit: matches!(session.actor.role, Role::Advocaat | Role::Medewerker),
            seconds_left: app.identity.seconds_left(session, true),
            fixed_day: fixed_day(app),
            nav: main_nav(session.actor.role),
            ..Self::default()
        }
    }

    /// The same frame, about a case.
    #[must_use]
    pub fn about_case(mut self, request: &Request, id: &str, reference: &str) -> Self {
        let role = request.session.as_ref().map(|session| session.actor.role);
        let nav = CASE_PARTS
            .iter()
            .filter(|(_, _, roles)| role.is_some_and(|role| roles.contains(&role)))
            .map(|(part, text, _)| {
                let pattern = format!("/zaken/{{dossier}}{part}");
                let current = request.endpoint.path == pattern
                    || BELOW.iter().any(|(page, of)| of == part && request.endpoint.path.ends_with(page))
                    || (!part.is_empty() && request.endpoint.path.starts_with(&format!("{pattern}/")));
                NavItem { href: format!("/zaken/{id}{part}"), text, current }
            })
            .collect();
        self.case = Some(CaseFrame { reference: reference.to_owned(), nav });
        self
    }

    /// The same frame, saying for which advocate someone of the office acts here.
    #[must_use]
    pub fn acting(mut self, access: &Access) -> Self {
        self.acts_for = access.on_behalf.as_ref().map(|of| of.name.clone());
        self
    }

    /// The same frame, saying whom the advocate stands for here.
    #[must_use]
    pub fn standing_for(mut self, access: &Access, seen: &Dossier) -> Self {
        let client = access.person.as_ref().filter(|_| access.role == Role::Advocaat);
        self.client = client.map(|id| seen.person_name(id));
        self
    }

    /// The same frame, of a page that shows what was kept.
    #[must_use]
    pub fn resumed(mut self) -> Self {
        if let Some(kept) = &mut self.kept {
            kept.resumed = true;
        }
        self
    }

    /// The same frame, of a page that asks a key on a device to sign.
    #[must_use]
    pub fn asking_key(mut self, asks: bool) -> Self {
        self.asks_key = asks;
        self
    }

    /// The same frame with a message.
    #[must_use]
    pub fn with_message(mut self, message: Option<&str>) -> Self {
        self.message = message.map(str::to_owned);
        self
    }

    /// The same frame, telling of texts in the dossier that hold a shielded address.
    #[must_use]
    pub fn telling_of(mut self, request: &Request, id: &str, seen: &Dossier) -> Self {
        let role = request.session.as_ref().map(|session| session.actor.role);
        self.elsewhere = role.and_then(|role| elders::of(seen, id, role));
        self
    }

    /// The same frame with problems of form fields, linked to those fields.
    #[must_use]
    pub fn with_field_problems(mut self, problems: &[InputProblem]) -> Self {
        self.problems = problems
            .iter()
            .map(|problem| {
                let field = problem.pointer.trim_start_matches('/');
                let href = (!field.is_empty()).then(|| format!("#{field}"));
                ProblemLine { href, pointer: None, text: problem.melding.clone() }
            })
            .collect();
        self.problems_title = "Er is iets niet goed ingevuld".to_owned();
        self.asks_place = asks_place(problems);
        self.has_error = true;
        self
    }

    /// The same frame with problems of a file, each with its place.
    #[must_use]
    pub fn with_file_problems(mut self, problems: &[InputProblem]) -> Self {
        self.problems = problems
            .iter()
            .map(|problem| ProblemLine {
                href: None,
                pointer: Some(problem.pointer.clone()),
                text: problem.melding.clone(),
            })
            .collect();
        self.problems_title = match problems.len() {
            1 => "Het dossier is niet opgeslagen: er is 1 probleem".to_owned(),
            many => format!("Het dossier is niet opgeslagen: er zijn {many} problemen"),
        };
        self.asks_place = asks_place(problems);
        self.has_error = true;
        self
    }
}

/// Of a demonstration: which day counts as today, beside the day on which things are recorded.
fn fixed_day(app: &App) -> Option<String> {
    let (fixed, clock) = (app.settings.reference_date?, app.day_of_clock());
    (fixed != clock).then(|| {
        format!(
            "Dit is een demonstratie: termijnen en maatregelen staan er zoals op {}. Wat u vastlegt, krijgt de dag van \
             de klok: {}.",
            dutch_date(fixed),
            dutch_date(clock)
        )
    })
}

fn asks_place(problems: &[InputProblem]) -> bool {
    problems.iter().any(|problem| problem.code == TOWN_CODE)
}

/// Pages of a case without a tab of their own, with the tab that they belong to.
const BELOW: [(&str, &str); 3] = [
    ("{dossier}/oordeel", "/bevindingen"),
    ("{dossier}/voornemen/{soort}", "/concepten"),
    ("{dossier}/invullen/{concept}/{naam}", "/concepten"),
];

type CasePart = (&'static str, &'static str, &'static [Role]);

const CASE_PARTS: [CasePart; 13] = [
    ("", "Overzicht", &[Role::Rechter, Role::Griffier, Role::Advocaat, Role::Medewerker]),
    ("/tijdlijn", "Tijdlijn", &[Role::Rechter, Role::Griffier, Role::Advocaat, Role::Medewerker]),
    ("/bevindingen", "Bevindingen", &[Role::Rechter, Role::Griffier]),
    ("/mogelijkheden", "Mogelijkheden", &[Role::Rechter, Role::Griffier]),
    ("/conflicten", "Conflicten en termijnen", &[Role::Rechter, Role::Griffier, Role::Advocaat, Role::Medewerker]),
    ("/concepten", "Concepten", &[Role::Rechter, Role::Griffier]),
    ("/bundel", "Bundel", &[Role::Rechter, Role::Griffier, Role::Advocaat, Role::Medewerker]),
    ("/veiligheidsinformatie", "Veiligheidsinformatie", &[Role::Advocaat, Role::Medewerker]),
    ("/inzendingen", "Ingediend", &[Role::Rechter, Role::Griffier]),
    ("/zoeken", "Zoeken", &[Role::Rechter, Role::Griffier, Role::Advocaat, Role::Medewerker]),
    ("/toewijzingen", "Toewijzingen", &[Role::Griffier]),
    ("/onderdelen", "Onderdelen", &[Role::Griffier]),
    ("/bijwerken", "Dossierbestand", &[Role::Griffier]),
];

fn main_nav(role: Role) -> Vec<NavItem> {
    let item = |href: &str, text| NavItem { href: href.to_owned(), text, current: false };
    let cases = item("/zaken", "Mijn zaken");
    let waiting = vec![item("/termijnen", "Termijnen"), item("/werk", "Werkvoorraad")];
    let mut own = match role {
        Role::Rechter => [vec![item("/zittingen", "Mijn zittingen"), cases], waiting].concat(),
        Role::Griffier => [vec![cases, item("/zittingen", "Mijn zittingen")], waiting].concat(),
        Role::Advocaat => vec![cases, item("/zittingen", "Mijn zittingen"), item("/medewerkers", "Medewerkers")],
        Role::Medewerker => vec![cases, item("/zittingen", "Mijn zittingen")],
        Role::Ketenpartner => vec![item("/leveringen", "Leveringen")],
        Role::Toezichthouder => vec![
            item("/log", "Logboek"),
            item("/inrichting", "Kaders en bewaren"),
            item("/bewaartermijnen", "Bewaartermijnen"),
        ],
        Role::Beheerder => vec![
            item("/gebruikers", "Gebruikers"),
            item("/toewijzingen", "Toewijzingen"),
            item("/inrichting", "Kaders en bewaren"),
            item("/bewaartermijnen", "Bewaartermijnen"),
        ],
    };
    own.push(item("/account", "Account"));
    own
}

/// First page of a role.
#[must_use]
pub fn home_of(role: Role) -> &'static str {
    match role {
        Role::Rechter => "/zittingen",
        Role::Griffier | Role::Advocaat | Role::Medewerker => "/zaken",
        Role::Ketenpartner => "/leveringen",
        Role::Toezichthouder => "/log",
        Role::Beheerder => "/gebruikers",
    }
}

/// A page with status 200.
///
/// # Errors
/// When the template is missing or does not fit.
pub fn page<T: Serialize>(request: &Request, template: &str, frame: &Frame, content: &T) -> Result<Reply, WebError> {
    page_with_status(request, 200, template, frame, content)
}

/// A page with a status.
///
/// # Errors
/// When the template is missing or does not fit.
pub fn page_with_status<T: Serialize>(
    request: &Request,
    status: u16,
    template: &str,
    frame: &Frame,
    content: &T,
) -> Result<Reply, WebError> {
    let reply = Reply::html(status, request.app.pages.render(template, &PageView { frame, content })?);
    Ok(if frame.signed_in || frame.asks_key { reply.with_script() } else { reply })
}

#[derive(Serialize)]
struct ErrorView {
    detail: String,
    request: Option<String>,
    /// The case in which one was at work.
    case: Option<String>,
}

/// The page of the case that an address is in.
fn case_in(path: &str) -> Option<String> {
    let id = path.strip_prefix("/zaken/")?.split('/').next().filter(|id| is_id(id))?;
    Some(format!("/zaken/{id}"))
}

/// The page for an error; who was at work in a case finds the way back to it.
///
/// # Errors
/// When the template is missing.
pub fn error_page(
    app: &App,
    error: &WebError,
    id: &str,
    (session, path): (Option<&Session>, &str),
) -> Result<String, WebError> {
    let (_, _, title) = error.status_code_title();
    let title = capital(title);
    let frame = session.map_or_else(
        || Frame { title: title.clone(), ..Frame::default() },
        |session| Frame::of_session(app, session, &title),
    );
    // Of a case that is not theirs nothing is said, also not that there is one.
    let in_case = session.is_some() && !matches!(error, WebError::NotFound | WebError::Forbidden);
    let content = ErrorView {
        detail: error.detail(),
        request: error.is_fault().then(|| id.to_owned()),
        case: case_in(path).filter(|_| in_case),
    };
    app.pages.render("fout", &PageView { frame: &frame, content: &content })
}
