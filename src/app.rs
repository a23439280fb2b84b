//! Wires the rooms into a service. The only file, with the command line, that knows all rooms.

use crate::bundle::Files;
use crate::bundle::jobs::Jobs;
use crate::conflicts::ends_of_terms;
use crate::db::{Database, DbError, Job, KeyPlace, Options, vault};
use crate::dossier::Dossiers;
use crate::drafting::service::Drafts;
use crate::identity::{
    Identity, KeyError, Provider, ProviderSettings, RelyingParty, Role, Session, SessionKey, TRAVEL_SECONDS,
};
use crate::retention::Retention;
use crate::shared::moment::local_date;
use crate::web::csrf::CsrfKey;
use crate::web::dispatch::configure;
use crate::web::error::WebError;
use crate::web::limits::{Limits, RateLimits};
use crate::web::metrics::Metrics;
use crate::web::templates::Pages;
use actix_web::{App as ActixApp, HttpResponse, HttpServer, web};
use chrono::NaiveDate;
use secrecy::{ExposeSecret, SecretString};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Settings of the service. The database address may hold a password, so it is never logged;
/// keys live beside the database.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Address to listen on; 127.0.0.1 unless a proxy with TLS stands before it.
    pub address: String,
    /// Port of the site and the API.
    pub port: u16,
    /// Folder for what the service keeps beside the database (the signing key when that is PostgreSQL).
    pub data_dir: PathBuf,
    /// Address under which users reach the site, for instance `https://combizitting.example`.
    /// With `https://` cookies are `Secure` with the `__Host-` prefix, and HSTS is sent.
    pub public_origin: Option<String>,
    /// Port for Prometheus metrics on the same address; none when left out.
    pub metrics_port: Option<u16>,
    /// How much one account, one address and all together may ask.
    pub limits: RateLimits,
    /// Roles that work only once they have a second factor.
    pub second_factor_for: Vec<Role>,
    /// Provider at which people may sign in as well; none when left out.
    pub provider: Option<ProviderSettings>,
    /// Fixed reference date for a demonstration; the day of today when left out.
    pub reference_date: Option<NaiveDate>,
}

impl Settings {
    /// Settings for this database on 127.0.0.1:8080.
    #[must_use]
    pub fn local(database_url: &str, data_dir: PathBuf) -> Self {
        Self {
            database_url: database_url.to_owned(),
            address: "127.0.0.1".to_owned(),
            port: 8080,
            data_dir,
            public_origin: None,
            metrics_port: None,
            limits: RateLimits::usual(std::thread::available_parallelism().map_or(1, NonZero::get)),
            second_factor_for: Vec::new(),
            provider: None,
            reference_date: None,
        }
    }

    /// Address under which this service is known, for who must name it.
    #[must_use]
    pub fn origin(&self) -> String {
        self.public_origin.clone().unwrap_or_else(|| format!("http://{}:{}", self.address, self.port))
    }

    /// Whether users reach the site over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_origin.as_deref().is_some_and(|origin| origin.starts_with("https://"))
    }
}

/// Why the service does not start. The text is for users.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The signing key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The page templates.
    #[error("De paginasjablonen zijn niet in orde: {0}")]
    Templates(WebError),
    /// The address or port.
    #[error(
        "De site kan niet luisteren op {place}: {reason}. Stop het andere programma of kies een andere poort met \
         COMBIZITTING_POORT."
    )]
    Listen {
        /// Address and port.
        place: String,
        /// Why, in Dutch.
        reason: &'static str,
    },
    /// The server stopped with an error.
    #[error("De site is onverwacht gestopt ({0}).")]
    Stopped(std::io::ErrorKind),
}

/// The rooms, open and wired.
pub struct App {
    /// Settings.
    pub settings: Settings,
    /// Database.
    pub db: Database,
    /// Users and sessions.
    pub identity: Identity,
    /// Provider at which people may sign in as well.
    pub provider: Option<Provider>,
    /// This site towards the keys of its users; none when its address is a number.
    pub keys: Option<RelyingParty>,
    /// Dossiers.
    pub dossiers: Dossiers,
    /// Kept drafts.
    pub drafts: Drafts,
    /// Files of documents.
    pub files: Files,
    /// Keeping and destroying.
    pub retention: Retention,
    /// Bundles being made, and those just made.
    pub bundles: Jobs,
    /// Form tokens.
    pub csrf: CsrfKey,
    /// Page templates.
    pub pages: Pages,
    /// Counts.
    pub metrics: Metrics,
    /// What has been asked lately.
    pub limits: Limits,
    /// Whether the hearings and terms of every case are known; not yet while they are derived at the start.
    pub agenda_is_whole: AtomicBool,
}

impl App {
    /// Opens the database and wires the rooms.
    ///
    /// # Errors
    /// When the database, the key or the templates are not in order.
    pub fn open(settings: Settings) -> Result<Self, StartError> {
        let db = open_database(&settings)?;
        let key = SessionKey::load(&key_folder(&settings))?;
        Self::wire(settings, db, &key)
    }

    /// Wires the rooms around a database that is open.
    ///
    /// # Errors
    /// When the templates are not in order.
    pub fn wire(settings: Settings, db: Database, key: &SessionKey) -> Result<Self, StartError> {
        Ok(Self {
            identity: Identity::new(db.clone(), key)?,
            provider: settings.provider.clone().map(Provider::new),
            keys: RelyingParty::of(&settings.origin()),
            dossiers: Dossiers::new(db.clone()).counting(ends_of_terms),
            drafts: Drafts::new(db.clone()),
            files: Files::new(db.clone()),
            retention: Retention::new(db.clone()),
            bundles: Jobs::default(),
            csrf: CsrfKey::derive(&key.derive("formulieren")),
            pages: Pages::load().map_err(StartError::Templates)?,
            metrics: Metrics::default(),
            limits: Limits::new(settings.limits),
            agenda_is_whole: AtomicBool::new(true),
            settings,
            db,
        })
    }

    /// Today in the Netherlands, or the fixed day of a demonstration.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.settings.reference_date.unwrap_or_else(|| self.day_of_clock())
    }

    /// The day of the clock in the Netherlands, also in a demonstration.
    #[must_use]
    pub fn day_of_clock(&self) -> NaiveDate {
        local_date(&crate::db::instant_of(self.db.now()))
    }

    /// Whether who asks must take a second factor into use before anything else.
    #[must_use]
    pub fn lacks_second_factor(&self, session: &Session) -> bool {
        !session.second_factor && self.settings.second_factor_for.contains(&session.actor.role)
    }

    /// Name of the session cookie.
    #[must_use]
    pub fn cookie_name(&self) -> &'static str {
        if self.settings.is_https() { "__Host-sessie" } else { "sessie" }
    }

    /// Cookie that carries a token; it ends with the browser session.
    #[must_use]
    pub fn session_cookie(&self, token: &SecretString) -> String {
        self.cookie(self.cookie_name(), token.expose_secret(), "Strict", "")
    }

    /// Name of the cookie that is held while its user is at the provider.
    #[must_use]
    pub fn travel_cookie_name(&self) -> &'static str {
        if self.settings.is_https() { "__Host-onderweg" } else { "onderweg" }
    }

    /// Cookie that is held while its user is at the provider. It has to come along when that provider sends them
    /// back, so it is not `Strict`; it opens nothing by itself.
    #[must_use]
    pub fn travel_cookie(&self, held: &SecretString) -> String {
        let more = format!("; Max-Age={TRAVEL_SECONDS}");
        self.cookie(self.travel_cookie_name(), held.expose_secret(), "Lax", &more)
    }

    /// Cookie that removes what was held.
    #[must_use]
    pub fn cleared_travel_cookie(&self) -> String {
        self.cookie(self.travel_cookie_name(), "", "Lax", "; Max-Age=0")
    }

    /// Cookie that removes the token.
    #[must_use]
    pub fn cleared_cookie(&self) -> String {
        self.cookie(self.cookie_name(), "", "Strict", "; Max-Age=0")
    }

    fn cookie(&self, name: &str, value: &str, same_site: &str, more: &str) -> String {
        let secure = if self.settings.is_https() { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{more}")
    }
}

/// Opens the database of these settings, with the master keys beside it or in the folder of the data.
///
/// # Errors
/// As `Database::open`.
pub fn open_database(settings: &Settings) -> Result<Database, DbError> {
    Database::open_with(&settings.database_url, Options { keys: key_place(settings), ..Options::default() })
}

/// As `open_database`, for reading only.
///
/// # Errors
/// As `Database::open_read_only`.
pub fn open_database_read_only(settings: &Settings) -> Result<Database, DbError> {
    Database::open_read_only_with(&settings.database_url, &key_place(settings))
}

/// Where the keys of these settings are: beside SQLite, for PostgreSQL in the folder of the data.
#[must_use]
pub fn key_folder(settings: &Settings) -> PathBuf {
    Database::folder_of(&settings.database_url).unwrap_or_else(|| settings.data_dir.clone())
}

fn key_place(settings: &Settings) -> KeyPlace {
    KeyPlace::Folder(key_folder(settings))
}

/// Serves until the process is asked to stop; running requests are finished first.
///
/// # Errors
/// When it cannot start, or stops with an error.
pub fn serve(settings: Settings) -> Result<(), StartError> {
    let app = Arc::new(App::open(settings)?);
    run(app, |_| {})
}

/// Serves an app that is open; `ready` is called with the address once it listens.
///
/// # Errors
/// When it cannot listen, or stops with an error.
pub fn run(app: Arc<App>, ready: impl FnOnce(&str)) -> Result<(), StartError> {
    check_trail(&app)?;
    anchor(&app.db)?;
    catch_up(&app);
    let served = actix_web::rt::System::new().block_on(listen(app.clone(), ready));
    served.and(Ok(anchor(&app.db)?))
}

/// Checks the audit trail before anything is added to it. A trail that does not agree is told in
/// the log, in the trail itself and in the metrics; the service does start, since a hearing must
/// be able to go on while it is looked into (docs/besluiten/0005).
fn check_trail(app: &App) -> Result<(), DbError> {
    use crate::audit::{AuditEvent, Bounds, Chain, record, verify_recent};
    let report = verify_recent(&app.db, Bounds::default())?;
    app.metrics.trail_checked(report.problems.len());
    let (entries, complete, problems) = (report.entries, report.complete, report.problems.len());
    if report.is_intact() {
        tracing::info!(
            regels = entries,
            ketens = report.chains,
            ankers = report.anchors,
            volledig = complete,
            "{}",
            report.dutch()
        );
    } else {
        tracing::error!(regels = entries, problemen = problems, volledig = complete, "{}", report.dutch());
    }
    let (at, author) = (app.db.now(), crate::identity::Actor::operator().author());
    app.db.write(Job::Verify, move |tx| {
        record(tx, &Chain::System, &author, at, &AuditEvent::TrailChecked { entries, complete, problems })?;
        Ok(())
    })
}

/// Derives what the agenda misses, beside the service: after an update with many cases that takes minutes.
fn catch_up(app: &Arc<App>) {
    let app = app.clone();
    app.agenda_is_whole.store(false, Ordering::Release);
    std::thread::spawn(move || match app.dossiers.catch_up() {
        Ok(cases) => {
            app.agenda_is_whole.store(true, Ordering::Release);
            tracing::info!(zaken = cases, "de agenda is bijgewerkt");
        }
        Err(error) => tracing::error!(oorzaak = %error, "de agenda kon niet worden bijgewerkt"),
    });
}

/// Fixes the heads of all audit chains. The hash goes into the log too, outside the database.
fn anchor(db: &Database) -> Result<(), DbError> {
    let made = crate::audit::make_anchor(db)?;
    tracing::info!(anker = made.seq, hash = %made.hash, "het logboek is verankerd");
    Ok(())
}

/// Anchors the audit chains every hour while the service runs.
async fn keep_anchoring(db: Database) {
    let mut hours = actix_web::rt::time::interval(Duration::from_secs(3600));
    // The first tick comes at once; `run` made that anchor.
    hours.tick().await;
    loop {
        hours.tick().await;
        let db = db.clone();
        if !matches!(web::block(move || anchor(&db)).await, Ok(Ok(()))) {
            tracing::error!("het logboek kon niet worden verankerd");
        }
    }
}

/// Rows and keys worked on in one transaction, so that others wait for a moment only.
const AT_A_TIME: i64 = 20;

/// Seals what was stored before anything was sealed, and wraps data keys anew after a rotation of the master key.
///
/// # Errors
/// When a key is not there, or storage fails; what was done stays done.
pub fn seal_all(db: &Database) -> Result<(usize, usize), DbError> {
    let (mut sealed, mut wrapped) = (0, 0);
    loop {
        let (rows, keys) = db.write(Job::Seal, |tx| -> Result<_, DbError> {
            Ok((vault::seal_stored(tx, AT_A_TIME)?, vault::rewrap(tx, AT_A_TIME)?))
        })?;
        sealed += rows;
        wrapped += keys;
        if (rows, keys) == (0, 0) {
            return Ok((sealed, wrapped));
        }
    }
}

/// Looks every half minute whether there is something to seal or to wrap anew.
async fn keep_sealing(db: Database) {
    let mut times = actix_web::rt::time::interval(Duration::from_secs(30));
    loop {
        times.tick().await;
        let db = db.clone();
        match web::block(move || seal_all(&db)).await {
            Ok(Ok((0, 0))) => {}
            Ok(Ok((rows, keys))) => tracing::info!(rijen = rows, sleutels = keys, "verzegeld"),
            Ok(Err(error)) => tracing::error!(oorzaak = %error, "verzegelen is niet gelukt"),
            Err(_) => tracing::error!("verzegelen is afgebroken"),
        }
    }
}

async fn listen(app: Arc<App>, ready: impl FnOnce(&str)) -> Result<(), StartError> {
    let place = (app.settings.address.clone(), app.settings.port);
    let shared = app.clone();
    let server = HttpServer::new(move || {
        ActixApp::new().app_data(shared.clone()).wrap(actix_web::middleware::Compress::default()).configure(configure)
    })
    .client_request_timeout(Duration::from_secs(10))
    .keep_alive(Duration::from_secs(30))
    .shutdown_timeout(20)
    .max_connections(2_000)
    .bind(&place)
    .map_err(|error| cannot_listen(&place, &error))?;
    let metrics = app.settings.metrics_port.map(|port| metrics_server(app.clone(), port)).transpose()?;
    ready(&format!("http://{}:{}/", place.0, place.1));
    tracing::info!(poort = place.1, "de site luistert");
    if let Some(metrics) = metrics {
        actix_web::rt::spawn(metrics);
    }
    actix_web::rt::spawn(keep_anchoring(app.db.clone()));
    actix_web::rt::spawn(keep_sealing(app.db.clone()));
    server.run().await.map_err(|error| StartError::Stopped(error.kind()))
}

fn metrics_server(app: Arc<App>, port: u16) -> Result<actix_web::dev::Server, StartError> {
    let place = (app.settings.address.clone(), port);
    let server = HttpServer::new(move || {
        let app = app.clone();
        ActixApp::new().route(
            "/metrics",
            web::get().to(move || {
                let text = app.metrics.render();
                async move { HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text) }
            }),
        )
    })
    .workers(1)
    .disable_signals()
    .bind(&place)
    .map_err(|error| cannot_listen(&place, &error))?;
    Ok(server.run())
}

/// Whether the site could listen here now; the place is given back at once.
///
/// # Errors
/// When the port is taken or not allowed, or the address is not of this machine.
pub fn check_place(settings: &Settings) -> Result<(), StartError> {
    let place = (settings.address.clone(), settings.port);
    std::net::TcpListener::bind(&place).map(drop).map_err(|error| cannot_listen(&place, &error))
}

fn cannot_listen(place: &(String, u16), error: &std::io::Error) -> StartError {
    use std::io::ErrorKind;
    let reason = match error.kind() {
        ErrorKind::AddrInUse => "deze poort is al in gebruik",
        ErrorKind::PermissionDenied => "voor deze poort is geen toestemming",
        ErrorKind::AddrNotAvailable => "dit adres hoort niet bij deze computer",
        _ => "het adres of de poort is niet bruikbaar",
    };
    StartError::Listen { place: format!("{}:{}", place.0, place.1), reason }
}
