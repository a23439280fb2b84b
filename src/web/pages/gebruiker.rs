//! One user, for the administrator: ending sessions, a new password, closing the account.

use super::account::told_at;
use super::dienstsleutels::{self, KeysView};
use super::frame::{Frame, page_with_status};
use crate::identity::UserSummary;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use secrecy::SecretString;
use serde::Serialize;

#[derive(Serialize)]
struct UserView {
    id: String,
    login: String,
    name: String,
    role: String,
    closed: bool,
    factor: bool,
    /// The keys of a partner.
    keys: Option<KeysView>,
    /// Whether it is the account of a system, which has no password.
    system: bool,
    /// Who this user is at the provider, when there is one.
    provider: Option<ProviderView>,
    /// Why who asks cannot close this account: it is their own.
    stays_open: Option<&'static str>,
    password_error: Option<String>,
    close_error: Option<String>,
}

#[derive(Serialize)]
struct ProviderView {
    name: String,
    subject: Option<String>,
    /// What was typed, when that could not be linked.
    typed: String,
    error: Option<String>,
}

/// Who administers cannot close the own account: nobody might be left to open one.
const OWN_ACCOUNT: &str = "U kunt uw eigen account niet sluiten. Laat een andere beheerder dat doen.";

/// The user with what can be done.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let message = match request.query.as_str() {
        "gedaan=sessies" => Some("Alle sessies van deze gebruiker zijn beëindigd."),
        "gedaan=wachtwoord" => Some("Het nieuwe wachtwoord geldt. Alle sessies van deze gebruiker zijn beëindigd."),
        "gedaan=factor" => Some("De tweede factor is verwijderd. Alle sessies van deze gebruiker zijn beëindigd."),
        "gedaan=koppelen" => Some("Het kenmerk is gekoppeld. Alle sessies van deze gebruiker zijn beëindigd."),
        "gedaan=ontkoppelen" => Some("De koppeling is verwijderd. Alle sessies van deze gebruiker zijn beëindigd."),
        "gedaan=sleutel" => Some("De sleutel is vastgelegd. Een wachtwoord telt voor dit account niet meer."),
        "gedaan=intrekken" => Some("De sleutel is ingetrokken. De tokens van dit account tellen niet meer."),
        "gedaan=sluiten" => Some("Het account is gesloten. Deze gebruiker kan zich niet meer aanmelden."),
        _ => None,
    };
    user_page(request, 200, message, &[])
}

fn user_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let user = find(request)?;
    let provider = provider_view(request, &user.id, problems)?;
    let keys = dienstsleutels::view(request, &user, problems)?;
    let content = UserView {
        stays_open: (request.actor()?.user_id == user.id).then_some(OWN_ACCOUNT),
        factor: request.app.identity.second_factor_of(request.actor()?, &user.id)?.is_some(),
        provider,
        system: keys.as_ref().is_some_and(|keys| keys.system),
        keys,
        id: user.id,
        login: user.login,
        role: user.role.to_string(),
        closed: !user.active,
        password_error: told_at(problems, "/wachtwoord"),
        close_error: told_at(problems, "/sluiten"),
        name: user.name.clone(),
    };
    let mut frame = Frame::new(request, &user.name).with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "gebruiker", &frame, &content)
}

fn provider_view(request: &Request, user: &str, problems: &[InputProblem]) -> Result<Option<ProviderView>, WebError> {
    let Some(provider) = &request.app.provider else { return Ok(None) };
    let error = told_at(problems, "/kenmerk");
    let typed = if error.is_some() { request.form()?.text("kenmerk").to_owned() } else { String::new() };
    let subject = request.app.identity.subject_of(request.actor()?, user, provider.issuer())?;
    Ok(Some(ProviderView { name: provider.name().to_owned(), subject, typed, error }))
}

/// Links a user to a subject at the provider, or takes that away.
fn change_link(request: &Request, user: &str, subject: Option<&str>) -> Result<(), WebError> {
    let (actor, identity) = (request.actor()?, &request.app.identity);
    let issuer = request.app.provider.as_ref().ok_or(WebError::NotFound)?.issuer();
    let changed = match subject {
        Some(subject) => identity.link_subject(actor, user, issuer, subject),
        None => identity.unlink_subject(actor, user, issuer),
    };
    changed.map_err(WebError::from)
}

fn find(request: &Request) -> Result<UserSummary, WebError> {
    let id = request.id_param("gebruiker")?;
    let users = request.app.identity.users(request.actor()?)?;
    users.into_iter().find(|user| user.id == id).ok_or(WebError::NotFound)
}

/// Does one of these things, or says at its place on the page why not.
pub fn act(request: &Request) -> Result<Reply, WebError> {
    let (actor, user, form) = (request.actor()?, find(request)?, request.form()?);
    let identity = &request.app.identity;
    let done = form.text("actie");
    let outcome = match done {
        "sessies" => identity.revoke_sessions(actor, &user.id).map_err(WebError::from),
        "wachtwoord" => {
            let password = SecretString::from(form.raw("wachtwoord").to_owned());
            identity.change_password(actor, &user.id, &password).map_err(WebError::from)
        }
        "factor" => identity.remove_second_factor(actor, &user.id).map_err(WebError::from),
        "koppelen" => change_link(request, &user.id, Some(form.text("kenmerk"))),
        "sleutel" | "intrekken" => dienstsleutels::change(request, &user.id, done),
        "ontkoppelen" => change_link(request, &user.id, None),
        "sluiten" if actor.user_id != user.id => identity.deactivate(actor, &user.id).map_err(WebError::from),
        "sluiten" => Err(WebError::Invalid(vec![InputProblem::field("sluiten", "own_account", OWN_ACCOUNT)])),
        _ => Err(WebError::Malformed("Kies wat er met deze gebruiker moet gebeuren.".to_owned())),
    };
    match outcome {
        // Who ends the own sessions is signed out by it.
        Ok(()) if actor.user_id == user.id => Ok(Reply::redirect("/aanmelden")),
        Ok(()) => Ok(Reply::redirect(format!("/gebruikers/{}?gedaan={done}", user.id))),
        Err(WebError::Invalid(problems)) => user_page(request, 422, None, &problems),
        Err(error) => Err(error),
    }
}
