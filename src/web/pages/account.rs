//! The own account: how long the session lasts, and a new password.

use super::frame::{Frame, page_with_status};
use crate::identity::IdentityError;
use crate::shared::moment::dutch_moment;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use secrecy::SecretString;
use serde::Serialize;

#[derive(Serialize)]
struct AccountView {
    ends: String,
    login: String,
    factor: bool,
    old_error: Option<String>,
    new_error: Option<String>,
    again_error: Option<String>,
}

/// The own account.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let message = (request.query == "gedaan=wachtwoord")
        .then_some("Uw nieuwe wachtwoord geldt. Op andere apparaten bent u afgemeld; hier blijft u aangemeld.");
    account_page(request, 200, message, &[])
}

fn account_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let identity = &request.app.identity;
    let content = AccountView {
        ends: dutch_moment(&identity.ends_unless_used(session)),
        login: identity.login_of(&session.actor)?,
        factor: identity.second_factor_of(&session.actor, &session.actor.user_id)?.is_some(),
        old_error: told_at(problems, "/huidig"),
        new_error: told_at(problems, "/wachtwoord"),
        again_error: told_at(problems, "/herhaling"),
    };
    let mut frame = Frame::new(request, "Uw account").with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "account", &frame, &content)
}

/// What is wrong at one place of a page.
pub(super) fn told_at(problems: &[InputProblem], place: &str) -> Option<String> {
    problems.iter().find(|problem| problem.pointer == place).map(|problem| problem.melding.clone())
}

/// Records the own new password, or says at its place on the page why not.
pub fn change_password(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let form = request.form()?;
    let mut problems = empty_fields(&form);
    if problems.is_empty() && form.raw("wachtwoord") != form.raw("herhaling") {
        problems.push(InputProblem::field("herhaling", "not_equal", "Dit is niet twee keer hetzelfde wachtwoord."));
    }
    if !problems.is_empty() {
        return account_page(request, 422, None, &problems);
    }
    let secret = |name: &str| SecretString::from(form.raw(name).to_owned());
    match request.app.identity.change_own_password(session, &secret("huidig"), &secret("wachtwoord")) {
        Ok(()) => Ok(Reply::redirect("/account?gedaan=wachtwoord")),
        Err(IdentityError::SignInFailed) => {
            let wrong = InputProblem::field("huidig", "refused", "Dit is niet uw huidige wachtwoord.");
            account_page(request, 422, None, &[wrong])
        }
        Err(error @ IdentityError::SignInLocked) => {
            let wrong = InputProblem::field("huidig", "locked", error.to_string());
            Ok(account_page(request, 429, None, &[wrong])?.with_header("Retry-After", "900"))
        }
        Err(error) => match WebError::from(error) {
            WebError::Invalid(problems) => account_page(request, 422, None, &problems),
            other => Err(other),
        },
    }
}

fn empty_fields(form: &Form) -> Vec<InputProblem> {
    let asked = [
        ("huidig", "Vul uw huidige wachtwoord in."),
        ("wachtwoord", "Vul een nieuw wachtwoord in."),
        ("herhaling", "Vul het nieuwe wachtwoord nog een keer in."),
    ];
    let empty = asked.into_iter().filter(|(name, _)| form.raw(name).is_empty());
    empty.map(|(name, message)| InputProblem::field(name, "required", message)).collect()
}
