//! From an actix request to a reply and back: the only place that knows both.

use super::csrf::FormOrigin;
use super::endpoint::{Access, ENDPOINTS, Endpoint, JSON, Method, is_api};
use super::error::WebError;
use super::file_body::FileBody;
use super::headers::{API_VERSION, cookie, security_headers};
use super::hosts::{self, URI_MOST};
use super::pages::frame::error_page;
use super::reply::{Reply, in_query};
use super::request::{Request, is_id};
use super::unfinished;
use crate::app::App;
use crate::identity::{IdentityError, Session};
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{self, Bytes, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// Registers every endpoint of the table; one resource per path, so that a wrong method is 405.
pub fn configure(config: &mut ServiceConfig) {
    let paths: BTreeSet<&'static str> = ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
    // Fixed names before names in braces, so that `/zaken/nieuw` is not taken for an id.
    let mut paths: Vec<_> = paths.into_iter().collect();
    paths.sort_by_key(|path| (path.contains('{'), *path));
    for path in paths {
        let mut resource = web::resource(path);
        for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.path == path) {
            let handler = move |http: HttpRequest, payload: Payload| serve(endpoint, http, payload);
            resource = match endpoint.method {
                Method::Get => resource.route(web::get().to(handler)).route(web::head().to(handler)),
                Method::Post => resource.route(web::post().to(handler)),
                Method::Put => resource.route(web::put().to(handler)),
                Method::Delete => resource.route(web::delete().to(handler)),
            };
        }
        config.service(resource.default_service(web::to(move |http: HttpRequest| wrong_method(path, http))));
    }
    config.default_service(web::to(unknown));
}

async fn wrong_method(path: &'static str, http: HttpRequest) -> HttpResponse {
    let methods = ENDPOINTS.iter().filter(|endpoint| endpoint.path == path).map(|endpoint| endpoint.method.as_str());
    refuse(&http, WebError::MethodNotAllowed { allow: methods.collect::<Vec<_>>().join(", ") })
}

async fn unknown(http: HttpRequest) -> HttpResponse {
    refuse(&http, WebError::NotFound)
}

fn refuse(http: &HttpRequest, error: WebError) -> HttpResponse {
    let Some(app) = http.app_data::<Arc<App>>() else { return HttpResponse::InternalServerError().finish() };
    let id = crate::db::new_id();
    let error = check_address(app, http).err().unwrap_or(error);
    let api = is_api(http.path());
    let reply = error_reply(app, api, &error, &id, (None, ""));
    // Who feels for doors leaves a line too; what was asked stays out of it, since anything may stand there.
    tracing::info!(aanvraag = %id, route = "-", status = reply.status, gebruiker = "-", "beantwoord");
    to_http(app, api, &id, reply)
}

async fn serve(endpoint: &'static Endpoint, http: HttpRequest, payload: Payload) -> HttpResponse {
    let Some(app) = http.app_data::<Arc<App>>().cloned() else {
        return HttpResponse::InternalServerError().finish();
    };
    let started = Instant::now();
    let id = crate::db::new_id();
    let mut session = None;
    let outcome = answer(&app, endpoint, &http, payload, &id, &mut session).await;
    let api = endpoint.is_api();
    let reply = match outcome {
        Ok(reply) => reply,
        Err(error) => {
            log_error(endpoint, &id, &error);
            match error {
                WebError::NotSignedIn if !api => to_sign_in(endpoint, &http),
                WebError::SecondFactorRequired if !api => Reply::redirect("/account/tweede-factor"),
                error => error_reply(&app, api, &error, &id, (session.as_ref(), http.path())),
            }
        }
    };
    let reply = renewed(&app, endpoint, session.as_ref(), reply).await;
    let user = session.as_ref().map_or("-", |session| session.actor.user_id.as_str());
    let (status, took) = (reply.status, started.elapsed());
    tracing::info!(
        aanvraag = %id, methode = endpoint.method.as_str(), route = endpoint.path, status, gebruiker = user,
        duur_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX), "beantwoord"
    );
    app.metrics.observe(endpoint.method.as_str(), endpoint.path, status, took);
    to_http(&app, api, &id, reply)
}

fn log_error(endpoint: &Endpoint, id: &str, error: &WebError) {
    if error.is_fault() {
        tracing::error!(aanvraag = %id, route = endpoint.path, oorzaak = %error, "fout");
    }
}

/// Reads, guards and answers one request.
async fn answer(
    app: &Arc<App>,
    endpoint: &'static Endpoint,
    http: &HttpRequest,
    payload: Payload,
    id: &str,
    session: &mut Option<Session>,
) -> Result<Reply, WebError> {
    check_address(app, http)?;
    let params = path_params(http)?;
    // Probes are answered also when it is busy.
    let watched = !endpoint.path.starts_with("/gezondheid/");
    if let Some(token) = token_of(app, endpoint, http.headers()) {
        let identity = app.identity.clone();
        let at_work = app.limits.enter().await.ok_or(WebError::Overloaded)?;
        let found = blocking(move || {
            let _at_work = at_work;
            match identity.authenticate(&token) {
                Ok(session) => Ok(Some(session)),
                Err(IdentityError::NoSession) => Ok(None),
                Err(error) => Err(WebError::from(error)),
            }
        })
        .await?;
        *session = found;
    }
    if watched {
        check_rate(app, http, session.as_ref())?;
    }
    let role = session.as_ref().map(|session| session.actor.role);
    if !endpoint.access.allows(role) {
        if role.is_none() && endpoint.keeps.is_some() {
            return late(app, endpoint, http, payload, params, id).await;
        }
        return Err(refusal(app, endpoint, session.as_ref(), params).await);
    }
    let open = endpoint.before_factor || endpoint.access == Access::Everyone;
    if !open && session.as_ref().is_some_and(|session| app.lacks_second_factor(session)) {
        return Err(WebError::SecondFactorRequired);
    }
    if !endpoint.is_api() && endpoint.has_body() {
        check_origin(app, http.headers())?;
    }
    let request = request_of(app, endpoint, http, payload, (params, id, session.clone())).await?;
    // Only now: a body that comes slowly takes no place of others.
    let at_work = if watched { Some(app.limits.enter().await.ok_or(WebError::Overloaded)?) } else { None };
    blocking(move || {
        let _at_work = at_work;
        check_form_token(&request)?;
        unfinished::answer(&request)
    })
    .await
}

/// The request with its body, read within the limits of the endpoint.
async fn request_of(
    app: &Arc<App>,
    endpoint: &'static Endpoint,
    http: &HttpRequest,
    payload: Payload,
    (params, id, session): (BTreeMap<String, String>, &str, Option<Session>),
) -> Result<Request, WebError> {
    let content_type = header_text(http.headers(), "content-type").unwrap_or_default().to_owned();
    let body = if endpoint.has_body() { read_body(endpoint, &content_type, payload).await? } else { Bytes::new() };
    Ok(Request {
        app: app.clone(),
        endpoint,
        session,
        params,
        query: http.query_string().to_owned(),
        body,
        content_type,
        held: cookie(http.headers(), app.travel_cookie_name()),
        if_match: header_text(http.headers(), "if-match").map(str::to_owned),
        id: id.to_owned(),
    })
}

/// A form that came after its session had run out is kept for its writer: nothing is recorded or shown.
/// Its token of the form is that of the session, so nobody else can have sent it.
async fn late(
    app: &Arc<App>,
    endpoint: &'static Endpoint,
    http: &HttpRequest,
    payload: Payload,
    params: BTreeMap<String, String>,
    id: &str,
) -> Result<Reply, WebError> {
    let token = token_of(app, endpoint, http.headers()).ok_or(WebError::NotSignedIn)?;
    check_origin(app, http.headers())?;
    let mut request = request_of(app, endpoint, http, payload, (params, id, None)).await?;
    let at_work = app.limits.enter().await.ok_or(WebError::Overloaded)?;
    blocking(move || {
        let _at_work = at_work;
        let lapsed =
            request.app.identity.lapsed(&token)?.filter(|lapsed| endpoint.access.allows(Some(lapsed.actor.role)));
        request.session = Some(lapsed.ok_or(WebError::NotSignedIn)?);
        check_form_token(&request)?;
        unfinished::keep_late(&request)
    })
    .await
}

/// How a role without access is refused. A part of one's own case that the role does not give is
/// forbidden; a case of someone else does not exist, whatever the role and the route. That it
/// was asked for is logged.
async fn refusal(
    app: &Arc<App>,
    endpoint: &'static Endpoint,
    session: Option<&Session>,
    params: BTreeMap<String, String>,
) -> WebError {
    let Some(session) = session else { return WebError::NotSignedIn };
    if !endpoint.is_of_case() {
        return WebError::Forbidden;
    }
    let Some(id) = params.get("dossier").filter(|id| is_id(id)).cloned() else { return WebError::NotFound };
    let (app, actor) = (app.clone(), session.actor.clone());
    match blocking(move || Ok(app.dossiers.access(&actor, &id)?)).await {
        Ok(_) => WebError::Forbidden,
        Err(error) => error,
    }
}

/// Runs a job that may block; a fault in it is an internal error and ends no other request.
async fn blocking<T, F>(job: F) -> Result<T, WebError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, WebError> + Send + 'static,
{
    web::block(job).await.map_err(|error| WebError::Internal(format!("worker: {error}")))?
}

/// Counts the request for the account, or for the address of who is not signed in.
fn check_rate(app: &App, http: &HttpRequest, session: Option<&Session>) -> Result<(), WebError> {
    let now = Instant::now();
    let counted = match session {
        Some(session) => app.limits.account(&session.actor.user_id, now),
        None => {
            let address = http.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
            app.limits.address(&address, now)
        }
    };
    counted.map_err(|retry_after| WebError::TooManyRequests { retry_after })
}

/// Refuses a name under which this service is not known, and an address that is too long.
fn check_address(app: &App, http: &HttpRequest) -> Result<(), WebError> {
    let named = http.headers().get_all(header::HOST).map(|value| value.to_str().ok());
    let aimed = http.uri().authority().map(|authority| Some(authority.as_str()));
    if !hosts::are_known(&app.settings, http.path(), named.chain(aimed)) {
        return Err(WebError::UnknownHost);
    }
    let length = http.uri().path_and_query().map_or(0, |whole| whole.as_str().len());
    if length > URI_MOST { Err(WebError::UriTooLong) } else { Ok(()) }
}

fn path_params(http: &HttpRequest) -> Result<BTreeMap<String, String>, WebError> {
    let params: BTreeMap<String, String> =
        http.match_info().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let odd = |text: &str| text.contains('%') || crate::db::has_control_characters(text);
    if params.values().any(|value| odd(value)) {
        return Err(WebError::NotFound);
    }
    // As it is read, not only as it is written: `%C2%84` is one too. A NUL is refused in any form.
    let asked = web::Query::<Vec<(String, String)>>::from_query(http.query_string());
    let asked = asked.map(web::Query::into_inner).unwrap_or_default();
    let said = asked.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).chain([http.query_string()]);
    if said.into_iter().any(crate::db::has_control_characters) {
        return Err(WebError::Malformed("Het adres bevat besturingstekens.".to_owned()));
    }
    Ok(params)
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The API takes a Bearer token only, pages take the cookie only: a page's cookie cannot be
/// used to reach the API from another site.
fn token_of(app: &App, endpoint: &Endpoint, headers: &HeaderMap) -> Option<String> {
    if endpoint.is_api() {
        let value = header_text(headers, "authorization")?;
        return value.strip_prefix("Bearer ").map(str::to_owned);
    }
    cookie(headers, app.cookie_name())
}

fn check_origin(app: &App, headers: &HeaderMap) -> Result<(), WebError> {
    let origin = FormOrigin {
        origin: header_text(headers, "origin"),
        fetch_site: header_text(headers, "sec-fetch-site"),
        host: header_text(headers, "host"),
    };
    if origin.is_own_site(app.settings.public_origin.as_deref()) { Ok(()) } else { Err(WebError::FormRefused) }
}

/// Every form of a signed-in user carries the token of the session.
fn check_form_token(request: &Request) -> Result<(), WebError> {
    if request.endpoint.is_api() || !request.endpoint.has_body() {
        return Ok(());
    }
    let Some(session) = &request.session else { return Ok(()) };
    let form = request.form()?;
    let own = request.app.csrf.accepts(&session.id, form.raw("csrf"));
    // The forms of signing in are shown before there is a session, so they cannot carry its token.
    if own || matches!(request.endpoint.path, "/aanmelden" | "/aanmelden/code" | "/aanmelden/sleutel") {
        Ok(())
    } else {
        Err(WebError::FormRefused)
    }
}

async fn read_body(endpoint: &Endpoint, content_type: &str, payload: Payload) -> Result<Bytes, WebError> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = match endpoint.takes {
        "" if endpoint.is_api() => true,
        "" => matches!(kind.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data"),
        wanted => kind == wanted,
    };
    if !fits {
        let accepts = match endpoint.takes {
            "" if endpoint.is_api() => JSON,
            "" => "formulier",
            wanted => wanted,
        };
        return Err(WebError::UnsupportedMedia { accepts });
    }
    let limit = endpoint.body_limit;
    match actix_web::rt::time::timeout(BODY_TIME, payload.to_bytes_limited(limit)).await {
        Err(_) => Err(WebError::TimedOut),
        Ok(Err(_)) => Err(WebError::TooLarge { limit }),
        Ok(Ok(Err(_))) => Err(WebError::Malformed("De gegevens kwamen niet volledig binnen.".to_owned())),
        Ok(Ok(Ok(body))) => Ok(body),
    }
}

fn to_sign_in(endpoint: &Endpoint, http: &HttpRequest) -> Reply {
    let asked = http.uri().path_and_query().map_or("/", |whole| whole.as_str());
    if endpoint.method == Method::Get && asked != "/" {
        return Reply::redirect(format!("/aanmelden?verder={}", in_query(asked)));
    }
    Reply::redirect("/aanmelden")
}

/// A page's session slides on while it is used.
async fn renewed(app: &Arc<App>, endpoint: &Endpoint, session: Option<&Session>, reply: Reply) -> Reply {
    let api = endpoint.is_api();
    // To ask how long it lasts is no use of it.
    let asks_only = endpoint.path == "/sessie" && endpoint.method == Method::Get;
    let signs_out = reply.headers.iter().any(|(name, _)| *name == "Set-Cookie");
    match session {
        Some(session) if !api && session.renew && !signs_out && !asks_only => {
            let (app, session) = (app.clone(), session.clone());
            match blocking(move || Ok(app.identity.renew(&session).ok().map(|next| app.session_cookie(&next.token))))
                .await
            {
                Ok(Some(cookie)) => reply.with_header("Set-Cookie", cookie),
                _ => reply,
            }
        }
        _ => reply,
    }
}

/// The answer to what went wrong, for who asked and at which path.
fn error_reply(app: &App, api: bool, error: &WebError, id: &str, at: (Option<&Session>, &str)) -> Reply {
    let problem = error.problem(Some(id));
    // Under a name that is not ours there is no page either: its links would lead to that name.
    let page = !api && !matches!(error, WebError::UnknownHost);
    let mut reply = match page.then(|| error_page(app, error, id, at)) {
        Some(Ok(page)) if at.0.is_some() => Reply::html(problem.status, page).with_script(),
        Some(Ok(page)) => Reply::html(problem.status, page),
        // Without a template for the page there is still the problem document.
        _ => {
            let body = serde_json::to_vec(&problem).unwrap_or_default();
            Reply::bytes(problem.status, "application/problem+json; charset=utf-8", body)
        }
    };
    match error {
        WebError::MethodNotAllowed { allow } => reply = reply.with_header("Allow", allow.clone()),
        WebError::TooManyAttempts { retry_after } | WebError::TooManyRequests { retry_after } => {
            reply = reply.with_header("Retry-After", retry_after.to_string());
        }
        WebError::Busy(_) => reply = reply.with_header("Retry-After", "30"),
        WebError::Overloaded => reply = reply.with_header("Retry-After", "2"),
        WebError::Unavailable(_) => reply = reply.with_header("Retry-After", "60"),
        WebError::NotSignedIn | WebError::SignInRefused | WebError::AssertionRefused if api => {
            reply = reply.with_header("WWW-Authenticate", "Bearer");
        }
        _ => {}
    }
    reply
}

fn to_http(app: &App, api: bool, id: &str, reply: Reply) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(reply.status)
        .unwrap_or(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    for (name, value) in security_headers(app.settings.is_https()) {
        if !reply.headers.iter().any(|(own, _)| *own == name) {
            response.insert_header((name, value));
        }
    }
    response.insert_header(("X-Request-Id", id));
    if api {
        response.insert_header(("API-Version", API_VERSION));
    }
    if !reply.headers.iter().any(|(name, _)| *name == "Cache-Control") {
        response.insert_header(("Cache-Control", "no-store"));
    }
    if !reply.content_type.is_empty() {
        response.content_type(reply.content_type.as_str());
    }
    for (name, value) in &reply.headers {
        response.append_header((*name, value.as_str()));
    }
    match reply.file {
        Some(file) => response.body(FileBody::new(file)),
        None => response.body(reply.body),
    }
}
