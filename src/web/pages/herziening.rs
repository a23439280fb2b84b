//! The life of a document on screen: where it stands, its steps, what can be done, and the page
//! on which anyone checks a printed code.

use super::alinea::{self, OpenRow, PlaceRow};
use super::frame::{Frame, page, page_with_status};
use super::verzegelen::{Sealing, sealing};
use crate::audit::View;
use crate::dossier::model::Label;
use crate::dossier::model::secrets::NamedPlaces;
use crate::drafting::review::model::{ReviewState, StepKind};
use crate::drafting::review::{Outlook, Paper, Said, StepWish, Verified};
use crate::drafting::service::StoredDraft;
use crate::identity::Role;
use crate::shared::dutch::{capital, list};
use crate::shared::moment::dutch_moment;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use serde::Serialize;

#[derive(Serialize)]
struct LifeView {
    back: String,
    action: String,
    title: String,
    state: String,
    text_version: i64,
    code: String,
    number: i64,
    steps: Vec<StepRow>,
    /// Of a sealed text, who wrote the words that the program did not.
    written: Vec<WrittenRow>,
    choices: Vec<Choice>,
    /// What holds back approval as the text now stands.
    open: Vec<OpenRow>,
    count: usize,
    /// Why this judge cannot approve it.
    not_by_you: Option<&'static str>,
    /// Where the same document of another draft is sealed and holds.
    beside: Vec<String>,
    /// The dossier was changed after the draft was made.
    outdated: bool,
    /// The steps that can be taken and ask a reason, in words.
    reasons: String,
    /// Where the text names the town of a shielded address, in words.
    towns: String,
    changes_text: bool,
    /// Where all gaps are filled in together; none when there are none or the text stands fast.
    fill_in: Option<String>,
    /// Where the text is read.
    read: String,
    readback: String,
    /// Where the explanations are, once the document is sealed.
    explained: Option<String>,
    /// What sealing brings about, when it can be done now.
    sealing: Option<Sealing>,
    download: String,
    /// Where the annex is that was left out of a sealed text.
    annex: Option<String>,
    file_error: Option<String>,
    places: Vec<PlaceRow>,
    /// Where this page is with a place chosen, up to its value.
    choosing: String,
    /// What was typed before.
    reason: String,
    text: String,
}

#[derive(Serialize)]
struct StepRow {
    number: i64,
    step: String,
    by: String,
    at: String,
    reason: String,
    text_version: i64,
}

#[derive(Serialize)]
struct WrittenRow {
    number: String,
    by: String,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    text: String,
    hint: &'static str,
    chosen: bool,
}

/// What already stands in the form.
#[derive(Default)]
struct Typed {
    step: String,
    reason: String,
    place: String,
    /// The new text; the text that stands there when nothing was typed yet.
    text: String,
}

impl Typed {
    fn of(form: &Form) -> Self {
        let given = |name: &str| form.text(name).to_owned();
        Self { step: given("stap"), reason: given("reden"), place: given("blok"), text: given("tekst") }
    }

    /// Marks the place that was chosen; the words for its box.
    fn put_in(&self, places: &mut [PlaceRow]) -> String {
        let mut stands = String::new();
        if let Some(row) = places.iter_mut().find(|row| row.value == self.place) {
            row.chosen = true;
            stands.clone_from(&row.text);
        }
        if self.text.is_empty() { stands } else { self.text.clone() }
    }
}

/// Where a document stands and what can be done.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: LifeQuery = request.query()?;
    let chosen = Typed { place: query.alinea, ..Typed::default() };
    life_page(request, &drafts::get(request, View::Draft)?, 200, Vec::new(), chosen)
}

fn life_page(
    request: &Request,
    stored: &StoredDraft,
    status: u16,
    problems: Vec<super::frame::ProblemLine>,
    typed: Typed,
) -> Result<Reply, WebError> {
    let (id, draft, name) = (request.id_param("dossier")?, request.id_param("concept")?, request.param("naam")?);
    let outlook = drafts::outlook(request, stored, name)?;
    let possible: Vec<StepKind> = possible(&outlook, request.actor()?.role);
    let with_reason: Vec<String> =
        possible.iter().filter(|step| step.needs_reason()).map(|step| step.label().to_owned()).collect();
    let paper = outlook.paper;
    let changes_text = possible.iter().any(|step| step.changes_text());
    let mut places = if changes_text { alinea::places(&paper.model) } else { Vec::new() };
    let text = typed.put_in(&mut places);
    // Who chose a place came to change its text.
    let meant = StepKind::named(&typed.step).or_else(|| {
        let changes = |step: &&StepKind| step.changes_text() && !typed.place.is_empty();
        possible.iter().find(changes).copied()
    });
    let base = format!("/zaken/{id}/concepten/{draft}");
    let content = LifeView {
        sealing: sealing(request, stored, (name, &paper), &possible)?,
        action: format!("{base}/herziening/{name}"),
        choosing: format!("{base}/herziening/{name}?alinea="),
        fill_in: (possible.contains(&StepKind::Amended) && !alinea::gaps(&paper.model).is_empty())
            .then(|| format!("/zaken/{id}/invullen/{draft}/{name}")),
        read: format!("{base}/{name}"),
        readback: format!("{base}/teruglezen/{name}"),
        download: format!("{base}/documenten/{name}.docx"),
        annex: (paper.state == ReviewState::Sealed && paper.annex.is_some())
            .then(|| format!("{base}/documenten/{name}-bijlage.pdf")),
        explained: (paper.state == ReviewState::Sealed && name != "beschermingsbrug")
            .then(|| format!("{base}/uitleg/{name}")),
        file_error: None,
        back: base,
        title: paper.model.meta.title.clone(),
        state: capital(paper.state.label()),
        text_version: paper.text_version,
        code: paper.model.meta.control_code.clone(),
        number: paper.number,
        steps: step_rows(&paper),
        written: outlook.written.into_iter().map(|(number, by)| WrittenRow { number, by: capital(&by) }).collect(),
        choices: possible.iter().map(|one| choice(*one, possible.len() == 1 || meant == Some(*one))).collect(),
        count: outlook.open.len(),
        open: alinea::open_rows(outlook.open, &places),
        not_by_you: outlook.not_by_you.filter(|_| paper.state == ReviewState::Offered),
        beside: outlook.beside.iter().map(|other| format!("/zaken/{id}/concepten/{other}/{name}")).collect(),
        outdated: outlook.outdated,
        reasons: list(&with_reason),
        towns: list(&outlook.towns),
        changes_text,
        places,
        reason: typed.reason,
        text,
    };
    page_with_status(request, status, "herziening", &life_frame(request, id, problems)?, &content)
}

fn life_frame(request: &Request, id: &str, problems: Vec<super::frame::ProblemLine>) -> Result<Frame, WebError> {
    let mut frame =
        Frame::new(request, "Vaststellen van een document").about_case(request, id, &drafts::reference(request)?);
    let done = request.query::<LifeQuery>().ok().and_then(|query| StepKind::named(&query.gedaan));
    frame = frame.with_message(done.filter(|_| problems.is_empty()).map(done_message));
    frame.has_error = !problems.is_empty();
    "Deze stap kan niet".clone_into(&mut frame.problems_title);
    frame.problems = problems;
    Ok(frame)
}

/// Steps that this reader can take now; approval only for who may.
fn possible(outlook: &Outlook, role: Role) -> Vec<StepKind> {
    StepKind::ALL
        .into_iter()
        .filter(|step| step.is_for(role) && outlook.paper.state.after(*step).is_some())
        .filter(|step| *step != StepKind::Approved || outlook.not_by_you.is_none())
        .collect()
}

fn choice(step: StepKind, only: bool) -> Choice {
    let hint = match step {
        StepKind::Offered => "De rechter vindt het bij de werkvoorraad. Aanbieden kan ook als er nog punten openstaan.",
        StepKind::Approved => "De tekst ligt daarna vast; verzegelen is de laatste stap.",
        StepKind::Sealed => {
            "Dit kan niet ongedaan worden gemaakt, alleen hersteld of ingetrokken. Daarmee is de beslissing meteen te \
             lezen voor wie hierboven staat."
        }
        StepKind::Withdrawn => "Er kan daarna niets meer met dit document.",
        StepKind::Returned | StepKind::Amended | StepKind::Corrected => "",
    };
    Choice { value: step.as_str(), text: capital(step.label()), hint, chosen: only }
}

/// What was just done, after a step.
fn done_message(step: StepKind) -> &'static str {
    match step {
        StepKind::Offered => "Het document is aan de rechter aangeboden.",
        StepKind::Returned => "Het document is teruggegeven, met uw redenen.",
        StepKind::Amended => "De tekst is gewijzigd.",
        StepKind::Approved => "Het document is goedgekeurd. Het kan nu worden verzegeld.",
        StepKind::Sealed => "Het document is verzegeld.",
        StepKind::Corrected => "Er is een herstelde versie. Zij moet opnieuw worden goedgekeurd en verzegeld.",
        StepKind::Withdrawn => "Het document is ingetrokken.",
    }
}

/// Which step was just taken.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema, validator::Validate)]
#[serde(deny_unknown_fields)]
pub struct LifeQuery {
    /// The step, as stored.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub gedaan: String,
    /// The place whose text is put in the form.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub alinea: String,
}

fn step_rows(paper: &Paper) -> Vec<StepRow> {
    paper
        .steps
        .iter()
        .map(|step| StepRow {
            number: step.number,
            step: capital(step.step.as_str()),
            by: step.by.clone(),
            at: dutch_moment(&step.at),
            reason: step.reason.clone(),
            text_version: step.text_version,
        })
        .collect()
}

/// Takes a step.
pub fn step(request: &Request) -> Result<Reply, WebError> {
    let stored = drafts::get(request, View::Draft)?;
    let form = request.form()?;
    if form.text("actie") == "ophalen" {
        let chosen = Typed { text: String::new(), ..Typed::of(&form) };
        return life_page(request, &stored, 200, Vec::new(), chosen);
    }
    let wish = wish(&form);
    let taken = wish.as_ref().map_or("", |wish| wish.step.as_str());
    match wish.and_then(|wish| drafts::take_step(request, wish)) {
        Ok(_) => {
            let (id, draft, name) =
                (request.id_param("dossier")?, request.id_param("concept")?, request.param("naam")?);
            Ok(Reply::redirect(format!("/zaken/{id}/concepten/{draft}/herziening/{name}?gedaan={taken}")))
        }
        Err(error @ (WebError::Invalid(_) | WebError::Conflict(_) | WebError::Malformed(_))) => {
            let status = if matches!(error, WebError::Conflict(_)) { 409 } else { 422 };
            let texts = match &error {
                WebError::Invalid(problems) => problems.iter().map(|problem| problem.melding.clone()).collect(),
                other => vec![other.detail()],
            };
            let problems =
                texts.into_iter().map(|text| super::frame::ProblemLine { href: None, pointer: None, text }).collect();
            life_page(request, &stored, status, problems, Typed::of(&form))
        }
        Err(error) => Err(error),
    }
}

fn wish(form: &Form) -> Result<StepWish, WebError> {
    let malformed = |message: &str| WebError::Malformed(message.to_owned());
    let step =
        StepKind::named(form.text("stap")).ok_or_else(|| malformed("Kies wat er nu met het document gebeurt."))?;
    let after =
        form.text("na_stap").parse().map_err(|_| malformed("De laatste stap ontbreekt. Open het document opnieuw."))?;
    let mut changes = Vec::new();
    if step.changes_text() && !form.text("tekst").is_empty() {
        let change = alinea::change_at(form.text("blok"), form.text("tekst"));
        let change = change.ok_or_else(|| malformed("Kies welke alinea wijzigt."))?;
        changes.push(change);
    }
    let said = Said {
        place_meant: form.named_places() == NamedPlaces::Meant,
        annex_kept: form.text("bijlage_behouden") == "true",
    };
    Ok(StepWish { after, step, reason: form.text("reden").to_owned(), changes, said })
}

#[derive(Serialize)]
struct CheckView {
    code: String,
    asked: bool,
    found: Option<FoundView>,
}

#[derive(Serialize)]
struct FoundView {
    title: String,
    verdict: &'static str,
    state: String,
    text_version: i64,
    sealed_at: Option<String>,
    hash: String,
    file_hash: Option<String>,
    dossier_version: i64,
    dossier_hash: String,
    frameworks: Vec<String>,
}

/// Checks a printed code. Tells nothing of the content of a case.
pub fn check(request: &Request) -> Result<Reply, WebError> {
    let query: CheckQuery = request.query()?;
    let code = query.code.unwrap_or_default().trim().to_lowercase();
    let found = if code.is_empty() { None } else { drafts::verify(request, &code)? };
    let content = CheckView { asked: !code.is_empty(), code, found: found.map(found_view) };
    page(request, "controle", &Frame::new(request, "Controlecode nakijken"), &content)
}

/// A code from the form.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema, validator::Validate)]
#[serde(deny_unknown_fields)]
pub struct CheckQuery {
    /// The printed code.
    #[serde(default)]
    #[validate(length(max = 64))]
    pub code: Option<String>,
}

fn found_view(found: Verified) -> FoundView {
    let text = |value: &serde_json::Value, key: &str| {
        value.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    let frameworks = found.receipt.get("frameworks").and_then(serde_json::Value::as_array);
    FoundView {
        title: found.title,
        verdict: match (found.state, found.current) {
            (ReviewState::Sealed, true) => "Dit is de verzegelde tekst die nu geldt.",
            (ReviewState::Withdrawn, _) => "Dit document is ingetrokken.",
            (_, false) => "Deze tekst is vervangen door een latere versie.",
            _ => "Deze tekst is nog niet verzegeld. Het is een ontwerp.",
        },
        state: capital(found.state.label()),
        text_version: found.text_version,
        sealed_at: found.sealed_at.as_ref().map(dutch_moment),
        hash: found.hash,
        file_hash: found.file_hash,
        dossier_version: found.dossier_version,
        dossier_hash: text(&found.receipt, "dossier_hash"),
        frameworks: frameworks
            .into_iter()
            .flatten()
            .map(|framework| {
                format!(
                    "{}, versie {} ({})",
                    text(framework, "id"),
                    text(framework, "version"),
                    text(framework, "hash")
                )
            })
            .collect(),
    }
}
