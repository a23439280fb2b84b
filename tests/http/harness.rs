//! A site on a temporary database with one case and a user for every role.

use actix_web::App as ActixApp;
use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::{Days, NaiveDate};
use combizitting::app::{App, Settings};
use combizitting::audit::View;
use combizitting::db::{Clock, Database, Options, instant_of};
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::record::NewAssignment;
use combizitting::identity::{Actor, Identity, NewUser, Provider, ProviderSettings, Role, SessionKey};
use combizitting::shared::ids::{PartyId, PersonId};
use combizitting::shared::moment::local_date;
use combizitting::web::dispatch::configure;
use combizitting::web::limits::{Limits, RateLimits};
use combizitting::web::templates::Pages;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::support::families::{demo, demo_day};
use crate::support::{Backend, Place, keys};

/// Who asks, in the columns of the access matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Nobody,
    Judge,
    FamilyJudge,
    OtherJudge,
    Clerk,
    Advocate,
    OtherSide,
    OtherAdvocate,
    Delegate,
    Partner,
    Overseer,
    Administrator,
}

impl Who {
    pub const ALL: [Self; 12] = [
        Self::Nobody,
        Self::Judge,
        Self::FamilyJudge,
        Self::OtherJudge,
        Self::Clerk,
        Self::Advocate,
        Self::OtherSide,
        Self::OtherAdvocate,
        Self::Delegate,
        Self::Partner,
        Self::Overseer,
        Self::Administrator,
    ];

    pub fn column(self) -> &'static str {
        match self {
            Self::Nobody => "niet aangemeld",
            Self::Judge => "rechter van de zaak",
            Self::FamilyJudge => "familierechter van de zaak",
            Self::OtherJudge => "andere rechter",
            Self::Clerk => "griffier van de zaak",
            Self::Advocate => "advocaat moeder",
            Self::OtherSide => "advocaat vader",
            Self::OtherAdvocate => "andere advocaat",
            Self::Delegate => "medewerker van advocaat moeder",
            Self::Partner => "ketenpartner",
            Self::Overseer => "toezichthouder",
            Self::Administrator => "beheerder",
        }
    }

    fn role(self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::Judge | Self::FamilyJudge | Self::OtherJudge => Some(Role::Rechter),
            Self::Clerk => Some(Role::Griffier),
            Self::Advocate | Self::OtherSide | Self::OtherAdvocate => Some(Role::Advocaat),
            Self::Delegate => Some(Role::Medewerker),
            Self::Partner => Some(Role::Ketenpartner),
            Self::Overseer => Some(Role::Toezichthouder),
            Self::Administrator => Some(Role::Beheerder),
        }
    }

    pub fn login(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

pub const PASSWORD: &str = "een lang wachtwoord 42";
pub const HOST: &str = "combizitting.test";

/// The one script of the site, on pages of who is signed in.
pub const OWN_SCRIPT: &str = "<script src=\"/statisch/blijven.js\" defer></script>";

/// The key of the tests' site.
pub const KEY: &str = "een sleutel voor de tests van de site, lang genoeg";

/// A database with users, a case and sessions, made once for each backend.
struct Prepared {
    place: Place,
    dossier: String,
    tokens: BTreeMap<Who, String>,
    made: Instant,
}

/// A token lasts fifteen minutes and a run on a busy machine longer: a site that is made after this gets new ones.
const TOKENS_LAST: Duration = Duration::from_secs(300);

fn prepared(backend: Backend) -> &'static Prepared {
    static SQLITE: OnceLock<Prepared> = OnceLock::new();
    static POSTGRES: OnceLock<Prepared> = OnceLock::new();
    let kept = if backend == Backend::Sqlite { &SQLITE } else { &POSTGRES };
    kept.get_or_init(|| Prepared::make(backend))
}

fn open(place: &Place, connections: u32) -> App {
    let mut settings = Settings::local(&place.url, std::env::temp_dir());
    settings.reference_date = Some(demo_day());
    settings.limits = RateLimits::NONE;
    settings.public_origin = Some(format!("http://{HOST}"));
    let options = Options { connections, keys: keys(), ..Options::default() };
    let db = Database::open_with(&place.url, options).unwrap();
    App::wire(settings, db, &SessionKey::from_text(KEY).unwrap()).unwrap()
}

/// A day so many days from now.
pub fn last_day(days: u64) -> NaiveDate {
    local_date(&instant_of(Clock::system().now())).checked_add_days(Days::new(days)).unwrap()
}

fn sign_in(identity: &Identity, who: Who) -> String {
    let signed_in = identity.sign_in(&who.login(), &SecretString::from(PASSWORD)).unwrap();
    signed_in.token.expose_secret().to_owned()
}

impl Prepared {
    fn make(backend: Backend) -> Self {
        let place = Place::new(backend);
        let app = open(&place, 1);
        let mut ids = BTreeMap::new();
        for who in Who::ALL {
            let Some(role) = who.role() else { continue };
            let name = format!("Test {}", who.column());
            let user = NewUser { login: who.login(), name, role, password: SecretString::from(PASSWORD) };
            ids.insert(who, app.identity.add_user(&Actor::operator(), &user).unwrap().id);
        }
        let tokens: BTreeMap<Who, String> = ids.keys().map(|who| (*who, sign_in(&app.identity, *who))).collect();
        let clerk = app.identity.authenticate(&tokens[&Who::Clerk]).unwrap().actor;
        let dossier = app.dossiers.create(&clerk, &demo()).unwrap().dossier_id;
        let assign = |who: Who, person: Option<&str>, party: Option<&str>, domains: &[Domain]| {
            let new = NewAssignment {
                user_id: ids[&who].clone(),
                person: person.map(PersonId::from),
                party: party.map(PartyId::from),
                domains: domains.to_vec(),
            };
            app.dossiers.assign(&clerk, &dossier, &new).unwrap();
        };
        assign(Who::Judge, None, None, &[Domain::Criminal, Domain::Administrative, Domain::Family]);
        assign(Who::FamilyJudge, None, None, &[Domain::Family]);
        assign(Who::Advocate, Some("moeder"), None, &[]);
        assign(Who::OtherSide, Some("vader"), None, &[]);
        assign(Who::Partner, None, Some("veilig-thuis"), &[]);
        let advocate = app.identity.authenticate(&tokens[&Who::Advocate]).unwrap().actor;
        app.dossiers.delegate(&advocate, &Who::Delegate.login(), last_day(30)).unwrap();
        Self { place, dossier, tokens, made: Instant::now() }
    }
}

/// The site and what a test needs of it.
pub struct Site {
    pub app: Arc<App>,
    pub dossier: String,
    tokens: BTreeMap<Who, String>,
    // Dropped last: the database itself.
    pub place: Place,
}

impl Site {
    pub fn new(backend: Backend) -> Self {
        Self::with(backend, Pages::load().unwrap(), 4)
    }

    /// A site on a database in which something was done before; what that gives is the case that it is about.
    pub fn prepared_by(backend: Backend, work: impl FnOnce(&str) -> String) -> Self {
        super::logs::keep();
        let prepared = prepared(backend);
        let place = prepared.place.copy();
        let dossier = work(&place.url);
        let app = open(&place, 4);
        let tokens = prepared.tokens.keys().map(|who| (*who, sign_in(&app.identity, *who))).collect();
        Self { app: Arc::new(app), dossier, tokens, place }
    }

    /// A site whose page templates are gone.
    pub fn without_templates(backend: Backend) -> Self {
        Self::with(backend, Pages::empty(), 4)
    }

    /// A site with one connection to its database, so that what is set on it holds for all requests.
    pub fn on_one_connection(backend: Backend) -> Self {
        Self::with(backend, Pages::load().unwrap(), 1)
    }

    /// Stores a whole dossier over the first version: the clerk what a clerk may, and the judge the judge's own words.
    pub async fn store_whole(&self, dossier: &serde_json::Value) {
        let mut whole: Dossier = serde_json::from_value(dossier.clone()).unwrap();
        let judge = self.app.identity.authenticate(&self.tokens[&Who::Judge]).unwrap().actor;
        let stored = self.app.dossiers.get(&judge, &self.dossier, View::Draft).unwrap().dossier;
        let clerks = Dossier { judge_words: stored.judge_words, ..whole.clone() };
        let put = self.api("PUT", "/v1/dossiers/{dossier}", Who::Clerk).header("If-Match", "\"1\"");
        let answer = self.send(put.json(&serde_json::to_value(&clerks).unwrap())).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        for words in &mut whole.judge_words {
            words.by = words.domain.judges()[0].to_owned();
            words.from_file = false;
        }
        self.app.dossiers.update(&judge, &self.dossier, 2, &whole).unwrap();
    }

    /// A site where these roles work only with a second factor.
    pub fn with_second_factor_for(backend: Backend, roles: &[Role]) -> Self {
        let mut site = Self::new(backend);
        site.require_second_factor_for(roles);
        site
    }

    /// From now on these roles work only with a second factor.
    pub fn require_second_factor_for(&mut self, roles: &[Role]) {
        let app = Arc::get_mut(&mut self.app).expect("nobody has it yet");
        app.settings.second_factor_for = roles.to_vec();
    }

    /// A site where one may sign in at a provider as well.
    pub fn with_provider(backend: Backend, provider: ProviderSettings) -> Self {
        let mut site = Self::new(backend);
        let app = Arc::get_mut(&mut site.app).expect("nobody has it yet");
        app.provider = Some(Provider::new(provider));
        site
    }

    /// A site with limits on how much may be asked.
    pub fn with_limits(backend: Backend, limits: RateLimits) -> Self {
        let mut site = Self::new(backend);
        let app = Arc::get_mut(&mut site.app).expect("nobody has it yet");
        app.limits = Limits::new(limits);
        site
    }

    /// A copy of the prepared database, so that passwords are computed once for all tests.
    fn with(backend: Backend, pages: Pages, connections: u32) -> Self {
        super::logs::keep();
        let prepared = prepared(backend);
        let place = prepared.place.copy();
        let mut app = open(&place, connections);
        app.pages = pages;
        let tokens = match prepared.made.elapsed() < TOKENS_LAST {
            true => prepared.tokens.clone(),
            false => prepared.tokens.keys().map(|who| (*who, sign_in(&app.identity, *who))).collect(),
        };
        Self { app: Arc::new(app), dossier: prepared.dossier.clone(), tokens, place }
    }

    /// A token for a user; none for nobody.
    pub fn token(&self, who: Who) -> Option<String> {
        self.tokens.get(&who).cloned()
    }

    /// A token of a right session, signed with another key.
    pub fn forged_token(&self, who: Who) -> String {
        let identity = Identity::new(self.app.db.clone(), &SessionKey::random()).unwrap();
        sign_in(&identity, who)
    }

    /// The form token that belongs to a session token.
    pub fn csrf(&self, token: &str) -> String {
        let session = self.app.identity.authenticate(token).unwrap();
        self.app.csrf.token(&session.id)
    }

    /// Sends one request through the whole service, in the process.
    pub async fn send(&self, call: Call) -> Answer {
        let service =
            actix_web::test::init_service(ActixApp::new().app_data(self.app.clone()).configure(configure)).await;
        let mut request = TestRequest::with_uri(&call.path).method(call.method);
        if !call.headers.iter().any(|(name, _)| name == "Host") {
            request = request.insert_header(("Host", HOST));
        }
        for (name, value) in &call.headers {
            request = request.append_header((name.as_str(), value.as_str()));
        }
        let response = service.call(request.set_payload(call.body).to_request()).await.unwrap();
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default().to_vec();
        Answer { status, headers, body }
    }

    /// A request to the API by someone.
    pub fn api(&self, method: &str, path: &str, who: Who) -> Call {
        let mut call = Call::new(method, &path.replace("{dossier}", &self.dossier));
        if let Some(token) = self.token(who) {
            call = call.header("Authorization", &format!("Bearer {token}"));
        }
        call
    }

    /// A page asked for by someone.
    pub fn page(&self, path: &str, who: Who) -> Call {
        let mut call = Call::new("GET", &path.replace("{dossier}", &self.dossier));
        if let Some(token) = self.token(who) {
            call = call.header("Cookie", &format!("sessie={token}"));
        }
        call
    }

    /// A form sent by someone from this site, with its token.
    pub fn form(&self, path: &str, who: Who, fields: &str) -> Call {
        let mut call = Call::new("POST", &path.replace("{dossier}", &self.dossier))
            .header("Origin", &format!("http://{HOST}"))
            .header("Content-Type", "application/x-www-form-urlencoded");
        let mut body = fields.to_owned();
        if let Some(token) = self.token(who) {
            body.push_str(&format!("&csrf={}", self.csrf(&token)));
            call = call.header("Cookie", &format!("sessie={token}"));
        }
        call.body(body)
    }
}

/// A request to send.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    pub fn new(method: &str, path: &str) -> Self {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        Self { method, path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn json(self, value: &serde_json::Value) -> Self {
        self.header("Content-Type", "application/json").body(value.to_string())
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The answer as a problem document of this status and code.
    pub fn assert_problem(&self, status: u16, code: &str) -> serde_json::Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert!(self.header("content-type").unwrap().starts_with("application/problem+json"), "{:?}", self.headers);
        let problem = self.json();
        assert_eq!(problem["type"], format!("urn:combizitting:probleem:{code}"));
        assert_eq!(problem["status"], status);
        assert!(problem["title"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(problem["detail"].as_str().is_some_and(|text| !text.is_empty()));
        problem
    }
}
