//! Who is assigned to a case, for the administrator: by reference, without anything of its content.

use super::account::told_at;
use super::frame::{Frame, page_with_status};
use super::medewerkers::delegate_lines;
use crate::dossier::model::Label;
use crate::dossier::record::{Assignment, NewAssignment};
use crate::identity::Role;
use crate::shared::dutch::list;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::{Reply, in_query};
use crate::web::request::{Form, Request};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Which case is asked for.
#[derive(Debug, Default, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AssignmentsQuery {
    /// Reference of a case.
    #[serde(default)]
    #[validate(length(max = 100, message = "Een kenmerk heeft ten hoogste 100 tekens."))]
    zaak: String,
    /// "ja" after an assignment was ended.
    #[serde(default)]
    #[validate(length(max = 2))]
    beeindigd: String,
    /// "ja" after a clerk was assigned.
    #[serde(default)]
    #[validate(length(max = 2))]
    toegewezen: String,
    /// "griffier" to be shown the cases that have no clerk any more.
    #[serde(default)]
    #[validate(length(max = 8))]
    zonder: String,
}

#[derive(Default, Serialize)]
struct AssignedView {
    asked: String,
    /// Id of the case that was found; empty for none.
    case: String,
    assignments: Vec<AssignedLine>,
    /// Clerks to choose from, when the case has none who can sign in.
    clerks: Option<Vec<ClerkChoice>>,
    clerk_error: Option<String>,
    /// Whether cases without a clerk were asked for.
    searched: bool,
    orphans: Vec<OrphanLine>,
}

#[derive(Serialize)]
struct AssignedLine {
    id: String,
    user_id: String,
    user: String,
    role: String,
    scope: String,
    closed: bool,
    /// Who acts for an advocate, each with the last day.
    delegates: Vec<String>,
}

#[derive(Serialize)]
struct ClerkChoice {
    login: String,
    text: String,
}

/// A case that has no clerk any more.
#[derive(Serialize)]
struct OrphanLine {
    reference: String,
    /// The same, to stand in an address.
    coded: String,
}

/// Most cases without a clerk on the page.
const ORPHANS: i64 = 50;

/// The form, with who is assigned to the case that was asked for.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: AssignmentsQuery = request.query()?;
    let message = match (query.beeindigd.as_str(), query.toegewezen.as_str()) {
        ("ja", _) => Some("De toewijzing is beëindigd."),
        (_, "ja") => Some("De griffier is toegewezen."),
        _ => None,
    };
    assigned_page(request, 200, &query, message, &[])
}

fn assigned_page(
    request: &Request,
    status: u16,
    query: &AssignmentsQuery,
    message: Option<&str>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let (actor, dossiers, asked) = (request.actor()?, &request.app.dossiers, query.zaak.trim());
    let case = if asked.is_empty() { None } else { dossiers.find_by_reference(actor, asked)? };
    let mut problems = problems.to_vec();
    if case.is_none() && !asked.is_empty() {
        let told = "Er is geen zaak met dit kenmerk. Vul het hele kenmerk in.";
        problems.push(InputProblem::field("zaak", "unknown_case", told));
    }
    let mut content = AssignedView {
        asked: asked.to_owned(),
        clerk_error: told_at(&problems, "/griffier"),
        searched: query.zonder == "griffier",
        ..AssignedView::default()
    };
    if content.searched {
        let found = dossiers.without_clerk(actor, ORPHANS)?.into_iter();
        content.orphans =
            found.map(|case| OrphanLine { coded: in_query(&case.reference), reference: case.reference }).collect();
    }
    if let Some(id) = case {
        let assignments = dossiers.assignments(actor, &id)?;
        if !assignments.iter().any(Assignment::is_of_a_working_clerk) {
            content.clerks = Some(clerks(request)?);
        }
        content.assignments = assignments.into_iter().map(line).collect();
        content.case = id;
    }
    let mut frame = Frame::new(request, "Toewijzingen").with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(&problems);
    }
    page_with_status(request, status, "toewijzingen-beheer", &frame, &content)
}

/// For whom in the case is content of the case, so it is not said here.
fn line(one: Assignment) -> AssignedLine {
    let domains: Vec<String> = one.access.domains.iter().map(|domain| domain.label().to_owned()).collect();
    AssignedLine {
        delegates: delegate_lines(&one),
        id: one.access.assignment,
        user_id: one.user_id,
        user: one.name,
        role: one.access.role.to_string(),
        closed: !one.can_sign_in,
        scope: match one.access.role {
            Role::Rechter => list(&domains),
            Role::Advocaat => "voor een cliënt".to_owned(),
            Role::Ketenpartner => "voor de eigen organisatie".to_owned(),
            _ => "de hele zaak".to_owned(),
        },
    }
}

/// Clerks who can sign in.
fn clerks(request: &Request) -> Result<Vec<ClerkChoice>, WebError> {
    let users = request.app.identity.users(request.actor()?)?.into_iter();
    let clerks = users.filter(|user| user.active && user.role == Role::Griffier);
    Ok(clerks.map(|user| ClerkChoice { text: format!("{} ({})", user.name, user.login), login: user.login }).collect())
}

/// Ends an assignment, or assigns a clerk to a case that has none; says on the page why not.
pub fn act(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let reference = form.text("zaak").to_owned();
    let case = request.app.dossiers.find_by_reference(request.actor()?, &reference)?.ok_or(WebError::NotFound)?;
    let (field, outcome) = if form.text("actie") == "toewijzen" {
        ("griffier".to_owned(), assign(request, &case, &form).map(|()| "toegewezen"))
    } else {
        let assignment = form.text("beeindig");
        let ended = request.app.dossiers.end_assignment(request.actor()?, &case, assignment);
        (format!("beeindig-{assignment}"), ended.map(|()| "beeindigd").map_err(WebError::from))
    };
    match outcome {
        Ok(done) => Ok(Reply::redirect(format!("/toewijzingen?zaak={}&{done}=ja", in_query(&reference)))),
        Err(WebError::Invalid(problems)) => {
            let told = |one: &InputProblem| InputProblem::field(&field, &one.code, one.melding.clone());
            let query = AssignmentsQuery { zaak: reference, ..AssignmentsQuery::default() };
            assigned_page(request, 422, &query, None, &problems.iter().map(told).collect::<Vec<_>>())
        }
        Err(error) => Err(error),
    }
}

fn assign(request: &Request, case: &str, form: &Form) -> Result<(), WebError> {
    let (actor, login) = (request.actor()?, form.text("griffier"));
    let chosen = request.app.identity.users(actor)?.into_iter().find(|user| user.login == login);
    let Some(user) = chosen else {
        let told = "Kies welke griffier u toewijst.";
        return Err(WebError::Invalid(vec![InputProblem::field("griffier", "required", told)]));
    };
    let new = NewAssignment { user_id: user.id, ..NewAssignment::default() };
    request.app.dossiers.assign(actor, case, &new)?;
    Ok(())
}
