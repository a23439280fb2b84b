//! Signing in and out, how long a session lasts, and style sheets.

use super::frame::{Frame, home_of, page, page_with_status};
use crate::identity::{Asked, IdentityError, SignedIn};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::{Reply, in_query};
use crate::web::request::Request;
use crate::web::templates;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Query of the sign-in page.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NextQuery {
    /// Page to go to afterwards.
    #[serde(default)]
    pub verder: String,
    /// "bewaard" after a form was kept because the session had run out, "ja" when it ran out without one.
    #[serde(default)]
    #[validate(length(max = 7))]
    einde: String,
}

#[derive(Serialize)]
struct SignInView<'a> {
    next: &'a str,
    /// The name that was tried before.
    login: &'a str,
    provider: Option<ProviderLink<'a>>,
}

/// The way to a provider, for who signs in there.
#[derive(Serialize)]
struct ProviderLink<'a> {
    name: &'a str,
    href: String,
}

fn sign_in_view<'a>(request: &'a Request, next: &'a str, login: &'a str) -> SignInView<'a> {
    let link = |name| ProviderLink { name, href: format!("/aanmelden/aanbieder?verder={}", in_query(next)) };
    SignInView { next, login, provider: request.app.provider.as_ref().map(|provider| link(provider.name())) }
}

/// To the first page of the role.
pub fn home(request: &Request) -> Result<Reply, WebError> {
    Ok(Reply::redirect(home_of(request.actor()?.role)))
}

/// The sign-in form.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    if let Some(session) = &request.session {
        return Ok(Reply::redirect(home_of(session.actor.role)));
    }
    let query: NextQuery = request.query()?;
    let message = match query.einde.as_str() {
        "bewaard" => Some("Uw sessie was voorbij. Wat u had ingevuld, is bewaard. Meld u aan om verder te gaan."),
        "code" => Some("Het invullen van de code duurde te lang. Meld u opnieuw aan."),
        "ja" => Some("Uw sessie is voorbij, omdat u vijftien minuten niets deed. Meld u aan om verder te gaan."),
        _ => None,
    };
    let frame = Frame::new(request, "Aanmelden").with_message(message);
    page(request, "aanmelden", &frame, &sign_in_view(request, own_path(&query.verder), ""))
}

/// A path of this site with its query, or nothing: never another site.
pub(super) fn own_path(path: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '?' | '=' | '&' | '%' | '+');
    if path.starts_with('/') && !path.starts_with("//") && path.chars().all(plain) { path } else { "" }
}

/// Signs in.
pub fn sign_in(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let (login, next) = (form.text("gebruikersnaam"), own_path(form.text("verder")));
    let mut problems = Vec::new();
    if login.is_empty() {
        problems.push(InputProblem::field("gebruikersnaam", "required", "Vul uw gebruikersnaam in."));
    }
    if form.raw("wachtwoord").is_empty() {
        problems.push(InputProblem::field("wachtwoord", "required", "Vul uw wachtwoord in."));
    }
    if !problems.is_empty() {
        return refused(request, 422, next, &problems);
    }
    let password = SecretString::from(form.raw("wachtwoord").to_owned());
    let outcome = request.app.identity.sign_in(login, &password);
    if let Err(IdentityError::CodeAsked(step)) = &outcome {
        return code_page(request, 200, CodeView::new(next, step));
    }
    match outcome.map_err(WebError::from) {
        Ok(signed_in) => Ok(signed_in_reply(request, &signed_in, next)),
        Err(error @ WebError::SignInRefused) => {
            refused(request, 401, next, &[InputProblem::field("gebruikersnaam", "refused", error.detail())])
        }
        Err(error @ WebError::TooManyAttempts { retry_after }) => {
            let message = format!("Te veel pogingen. {}", error.detail());
            let page = refused(request, 429, next, &[InputProblem::field("gebruikersnaam", "locked", message)])?;
            Ok(page.with_header("Retry-After", retry_after.to_string()))
        }
        Err(error) => Err(error),
    }
}

fn signed_in_reply(request: &Request, signed_in: &SignedIn, next: &str) -> Reply {
    Reply::redirect(first_page(signed_in, next)).with_header("Set-Cookie", request.app.session_cookie(&signed_in.token))
}

/// The page that was wanted, else the first of the role.
pub(super) fn first_page<'a>(signed_in: &SignedIn, next: &'a str) -> &'a str {
    if next.is_empty() { home_of(signed_in.actor.role) } else { next }
}

#[derive(Serialize)]
pub(super) struct CodeView<'a> {
    next: &'a str,
    step: &'a str,
    code_error: Option<String>,
    key_error: Option<String>,
    /// What is asked of a key, for who has one.
    key: Option<AskedView>,
}

impl<'a> CodeView<'a> {
    pub(super) fn new(next: &'a str, step: &'a str) -> Self {
        Self { next, step, code_error: None, key_error: None, key: None }
    }
}

/// What is asked of a key on a device, for the script that lets it sign.
#[derive(Serialize)]
pub(super) struct AskedView {
    id: String,
    options: String,
}

impl From<Asked> for AskedView {
    fn from(Asked { id, options }: Asked) -> Self {
        Self { id, options }
    }
}

pub(super) fn code_page(request: &Request, status: u16, mut view: CodeView<'_>) -> Result<Reply, WebError> {
    if let Some(party) = &request.app.keys {
        view.key = request.app.identity.ask_security_key(party, view.step)?.map(AskedView::from);
    }
    let title = if view.key.is_some() { "Code of sleutel" } else { "Code uit uw app" };
    let mut frame = Frame::new(request, title).asking_key(view.key.is_some());
    for (field, error) in [("code", &view.code_error), ("sleutel", &view.key_error)] {
        if let Some(error) = error {
            frame = frame.with_field_problems(&[InputProblem::field(field, "refused", error.clone())]);
            frame.problems_title = "Aanmelden is niet gelukt".to_owned();
        }
    }
    page_with_status(request, status, "aanmelden-code", &frame, &view)
}

/// Signs in whose password was right, with the code.
pub fn give_code(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let (step, next) = (form.raw("stap"), own_path(form.text("verder")));
    let outcome = request.app.identity.finish_sign_in(step, form.text("code"));
    second_step(request, outcome, next, |error| CodeView { code_error: Some(error), ..CodeView::new(next, step) })
}

/// Signs in whose password was right, with the answer of a key on a device.
pub fn give_key(request: &Request) -> Result<Reply, WebError> {
    let party = request.app.keys.as_ref().ok_or(WebError::NotFound)?;
    let form = request.form()?;
    let (step, next) = (form.raw("stap"), own_path(form.text("verder")));
    let (asked, answer) = (form.text("uitdaging"), form.raw("antwoord"));
    let outcome = request.app.identity.finish_sign_in_with_key(party, step, asked, answer);
    second_step(request, outcome, next, |error| CodeView { key_error: Some(error), ..CodeView::new(next, step) })
}

/// Where one goes after the second step, or the page on which it can be tried again.
fn second_step<'a>(
    request: &Request,
    outcome: Result<SignedIn, IdentityError>,
    next: &str,
    again: impl Fn(String) -> CodeView<'a>,
) -> Result<Reply, WebError> {
    match outcome {
        Ok(signed_in) => Ok(signed_in_reply(request, &signed_in, next)),
        Err(IdentityError::NoSession) => Ok(Reply::redirect("/aanmelden?einde=code")),
        Err(error @ (IdentityError::CodeWrong | IdentityError::KeyWrong)) => {
            code_page(request, 401, again(error.to_string()))
        }
        Err(error @ IdentityError::SignInLocked) => {
            let page = code_page(request, 429, again(error.to_string()))?;
            Ok(page.with_header("Retry-After", "900"))
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(request: &Request, status: u16, next: &str, problems: &[InputProblem]) -> Result<Reply, WebError> {
    // Who mistyped the password does not type the name again; a name too long for its box is none.
    let form = request.form()?;
    let login = Some(form.text("gebruikersnaam")).filter(|name| name.chars().count() <= 100).unwrap_or_default();
    let mut frame = Frame::new(request, "Aanmelden").with_field_problems(problems);
    frame.problems_title = "Aanmelden is niet gelukt".to_owned();
    page_with_status(request, status, "aanmelden", &frame, &sign_in_view(request, next, login))
}

/// Signs out.
pub fn sign_out(request: &Request) -> Result<Reply, WebError> {
    let mut to = "/aanmelden";
    if let Some(session) = &request.session {
        request.app.identity.sign_out(session)?;
        if session.by_provider && request.app.provider.is_some() {
            to = "/afgemeld";
        }
    }
    Ok(Reply::redirect(to).with_header("Set-Cookie", request.app.cleared_cookie()))
}

/// Where the quick exit leads: the weather, which anyone may be looking at.
const ELSEWHERE: &str = "https://www.knmi.nl/";

/// Leaves the site at once: the session ends, so that "back" shows nothing of the case. The cookie is sent
/// only from this site (`SameSite=Strict`), so no other site can end a session by a link.
pub fn leave(request: &Request) -> Result<Reply, WebError> {
    if let Some(session) = &request.session {
        request.app.identity.sign_out(session)?;
    }
    Ok(Reply::redirect(ELSEWHERE).with_header("Set-Cookie", request.app.cleared_cookie()))
}

/// How long the session lasts, without prolonging it.
#[derive(Serialize)]
struct SessionLeft {
    /// Seconds.
    seconden: i64,
}

/// Tells how long the session lasts; asking is no use of it.
pub fn session_left(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    Reply::json(200, &SessionLeft { seconden: request.app.identity.seconds_left(session, false) })
}

/// Prolongs the session.
pub fn stay(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let renewed = request.app.identity.renew(session)?;
    Ok(Reply::redirect("/account").with_header("Set-Cookie", request.app.session_cookie(&renewed.token)))
}

/// A style sheet, script or picture.
pub fn asset(request: &Request) -> Result<Reply, WebError> {
    let (content_type, bytes) = templates::asset(request.param("bestand")?).ok_or(WebError::NotFound)?;
    Ok(Reply::bytes(200, content_type, bytes).with_header("Cache-Control", "public, max-age=3600"))
}
