//! Users, for the administrator.

use super::frame::{Frame, page_with_status};
use crate::identity::Role;
use crate::web::api::gebruikers::{UserRequest, add_user};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request, checked};
use serde::Serialize;

#[derive(Serialize)]
struct UsersView {
    users: Vec<UserLine>,
    fields: Vec<Field>,
    roles: Vec<Choice>,
}

#[derive(Serialize)]
struct UserLine {
    id: String,
    login: String,
    name: String,
    role: String,
    closed: bool,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    error: Option<String>,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    selected: bool,
}

/// The users.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let message = (request.query == "toegevoegd=ja").then_some("De gebruiker is toegevoegd.");
    users_page(request, 200, Frame::new(request, "Gebruikers").with_message(message), &Form::default(), &[])
}

fn users_page(
    request: &Request,
    status: u16,
    frame: Frame,
    form: &Form,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let users = request.app.identity.users(request.actor()?)?;
    let error_of = |name: &str| {
        problems.iter().find(|problem| problem.pointer.trim_start_matches('/') == name).map(|item| item.melding.clone())
    };
    let field = |name, label, hint, kind, autocomplete, value: &str| Field {
        name,
        label,
        hint,
        kind,
        autocomplete,
        value: value.to_owned(),
        error: error_of(name),
    };
    let content = UsersView {
        users: users
            .into_iter()
            .map(|user| UserLine {
                id: user.id,
                login: user.login,
                name: user.name,
                role: user.role.to_string(),
                closed: !user.active,
            })
            .collect(),
        fields: vec![
            field("naam", "Naam", "Zoals anderen die zien, met functie.", "text", "off", form.text("naam")),
            field(
                "gebruikersnaam",
                "Gebruikersnaam",
                "Om mee aan te melden: letters, cijfers, punten en streepjes.",
                "text",
                "off",
                form.text("gebruikersnaam"),
            ),
            // What was typed as a password is never sent back.
            field("wachtwoord", "Eerste wachtwoord", "Ten minste 12 tekens.", "password", "new-password", ""),
        ],
        roles: Role::ALL
            .into_iter()
            .map(|role| Choice { value: role.as_str(), selected: form.text("rol") == role.as_str() })
            .collect(),
    };
    page_with_status(request, status, "gebruikers", &frame, &content)
}

/// Adds a user.
pub fn add(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let outcome = checked(UserRequest {
        gebruikersnaam: form.text("gebruikersnaam").to_owned(),
        naam: form.text("naam").to_owned(),
        rol: form.text("rol").to_owned(),
        wachtwoord: form.raw("wachtwoord").to_owned(),
    })
    .and_then(|user| add_user(request, user));
    match outcome {
        Ok(_) => Ok(Reply::redirect("/gebruikers?toegevoegd=ja")),
        Err(WebError::Invalid(problems)) => {
            let frame = Frame::new(request, "Gebruikers").with_field_problems(&problems);
            users_page(request, 422, frame, &form, &problems)
        }
        Err(error) => Err(error),
    }
}
