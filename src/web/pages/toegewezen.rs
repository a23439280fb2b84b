//! Who is assigned to a case, for the administrator: by reference, without anything of its content.

use super::frame::{Frame, page};
use crate::dossier::model::Label;
use crate::dossier::record::Assignment;
use crate::identity::Role;
use crate::shared::dutch::list;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::{Reply, in_query};
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Which case is asked for.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
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
}

#[derive(Serialize)]
struct AssignedView {
    asked: String,
    /// Id of the case that was found; empty for none.
    case: String,
    assignments: Vec<AssignedLine>,
}

#[derive(Serialize)]
struct AssignedLine {
    id: String,
    user_id: String,
    user: String,
    role: String,
    scope: String,
}

/// The form, with who is assigned to the case that was asked for.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: AssignmentsQuery = request.query()?;
    let (actor, dossiers, asked) = (request.actor()?, &request.app.dossiers, query.zaak.trim());
    let case = if asked.is_empty() { None } else { dossiers.find_by_reference(actor, asked)? };
    let assignments = match &case {
        Some(id) => dossiers.assignments(actor, id)?.into_iter().map(line).collect(),
        None => Vec::new(),
    };
    let message = (query.beeindigd == "ja").then_some("De toewijzing is beëindigd.");
    let mut frame = Frame::new(request, "Toewijzingen").with_message(message);
    if case.is_none() && !asked.is_empty() {
        let told = "Er is geen zaak met dit kenmerk. Vul het hele kenmerk in.";
        frame = frame.with_field_problems(&[InputProblem::field("zaak", "unknown_case", told)]);
    }
    let content = AssignedView { asked: asked.to_owned(), case: case.unwrap_or_default(), assignments };
    page(request, "toewijzingen-beheer", &frame, &content)
}

/// For whom in the case is content of the case, so it is not said here.
fn line(one: Assignment) -> AssignedLine {
    let domains: Vec<String> = one.access.domains.iter().map(|domain| domain.label().to_owned()).collect();
    AssignedLine {
        id: one.access.assignment,
        user_id: one.user_id,
        user: one.name,
        role: one.access.role.to_string(),
        scope: match one.access.role {
            Role::Rechter => list(&domains),
            Role::Advocaat => "voor een cliënt".to_owned(),
            Role::Ketenpartner => "voor de eigen organisatie".to_owned(),
            _ => "de hele zaak".to_owned(),
        },
    }
}

/// Ends an assignment.
pub fn end(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let (actor, reference) = (request.actor()?, form.text("zaak").to_owned());
    let case = request.app.dossiers.find_by_reference(actor, &reference)?.ok_or(WebError::NotFound)?;
    request.app.dossiers.end_assignment(actor, &case, form.text("beeindig"))?;
    Ok(Reply::redirect(format!("/toewijzingen?zaak={}&beeindigd=ja", in_query(&reference))))
}
