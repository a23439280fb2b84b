//! A site on a temporary database with one case and a user for every role.

use actix_web::App as ActixApp;
use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use combizitting::app::{App, Settings};
use combizitting::db::Database;
use combizitting::dossier::model::Domain;
use combizitting::dossier::record::NewAssignment;
use combizitting::identity::{Actor, NewUser, Role, SessionKey};
use combizitting::shared::ids::{PartyId, PersonId};
use combizitting::web::dispatch::configure;
use combizitting::web::templates::Pages;
use secrecy::{ExposeSecret, SecretString};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::support::families::{demo, demo_day};

/// Who asks, in the columns of the access matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Nobody,
    Judge,
    OtherJudge,
    Clerk,
    Advocate,
    OtherSide,
    OtherAdvocate,
    Partner,
    Overseer,
    Administrator,
}

impl Who {
    pub const ALL: [Self; 10] = [
        Self::Nobody,
        Self::Judge,
        Self::OtherJudge,
        Self::Clerk,
        Self::Advocate,
        Self::OtherSide,
        Self::OtherAdvocate,
        Self::Partner,
        Self::Overseer,
        Self::Administrator,
    ];

    pub fn column(self) -> &'static str {
        match self {
            Self::Nobody => "niet aangemeld",
            Self::Judge => "rechter van de zaak",
            Self::OtherJudge => "andere rechter",
            Self::Clerk => "griffier van de zaak",
            Self::Advocate => "advocaat moeder",
            Self::OtherSide => "advocaat vader",
            Self::OtherAdvocate => "andere advocaat",
            Self::Partner => "ketenpartner",
            Self::Overseer => "toezichthouder",
            Self::Administrator => "beheerder",
        }
    }

    fn role(self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::Judge | Self::OtherJudge => Some(Role::Rechter),
            Self::Clerk => Some(Role::Griffier),
            Self::Advocate | Self::OtherSide | Self::OtherAdvocate => Some(Role::Advocaat),
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

/// The site and what a test needs of it.
pub struct Site {
    pub app: Arc<App>,
    pub dossier: String,
    tokens: RefCell<BTreeMap<Who, String>>,
    _folder: tempfile::TempDir,
}

impl Site {
    pub fn new() -> Self {
        Self::with(Pages::load().unwrap())
    }

    /// A site whose page templates are gone.
    pub fn without_templates() -> Self {
        Self::with(Pages::empty())
    }

    fn with(pages: Pages) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let mut settings = Settings::local(&url, folder.path().to_path_buf());
        settings.reference_date = Some(demo_day());
        let db = Database::open(&url).unwrap();
        let mut app = App::wire(settings, db, &SessionKey::random()).unwrap();
        app.pages = pages;
        let app = Arc::new(app);
        let operator = Actor::operator();
        let mut ids = BTreeMap::new();
        for who in Who::ALL {
            let Some(role) = who.role() else { continue };
            let user = NewUser {
                login: who.login(),
                name: format!("Test {}", who.column()),
                role,
                password: SecretString::from(PASSWORD),
            };
            ids.insert(who, app.identity.add_user(&operator, &user).unwrap().id);
        }
        let clerk = app.identity.sign_in(&Who::Clerk.login(), &SecretString::from(PASSWORD)).unwrap().actor;
        let dossier = app.dossiers.create(&clerk, &demo()).unwrap().dossier_id;
        let all = vec![Domain::Criminal, Domain::Administrative, Domain::Family];
        let assign = |who: Who, person: Option<&str>, party: Option<&str>, domains: Vec<Domain>| {
            let new = NewAssignment {
                user_id: ids[&who].clone(),
                person: person.map(PersonId::from),
                party: party.map(PartyId::from),
                domains,
            };
            app.dossiers.assign(&clerk, &dossier, &new).unwrap();
        };
        assign(Who::Judge, None, None, all);
        assign(Who::Advocate, Some("moeder"), None, vec![]);
        assign(Who::OtherSide, Some("vader"), None, vec![]);
        assign(Who::Partner, None, Some("veilig-thuis"), vec![]);
        Self { app, dossier, tokens: RefCell::default(), _folder: folder }
    }

    /// A token for a user, signed in once; none for nobody.
    pub fn token(&self, who: Who) -> Option<String> {
        who.role()?;
        if let Some(token) = self.tokens.borrow().get(&who) {
            return Some(token.clone());
        }
        let token = self.fresh_token(who)?;
        self.tokens.borrow_mut().insert(who, token.clone());
        Some(token)
    }

    /// A token of a new session.
    pub fn fresh_token(&self, who: Who) -> Option<String> {
        who.role()?;
        let signed_in = self.app.identity.sign_in(&who.login(), &SecretString::from(PASSWORD)).unwrap();
        Some(signed_in.token.expose_secret().to_owned())
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
        let mut request = TestRequest::with_uri(&call.path).method(call.method).insert_header(("Host", HOST));
        for (name, value) in &call.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
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
