//! Assigning users to a case, for the clerk.

use super::frame::{Frame, page_with_status};
use super::rechtsgebieden::{self, DomainChoice};
use crate::audit::View;
use crate::dossier::model::{Domain, Dossier, FamilyRole, Label};
use crate::shared::ids::{PartyId, PersonId};
use crate::web::api::toewijzingen::{AssignRequest, assign_user};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use serde::Serialize;

#[derive(Serialize)]
struct AssignmentsView {
    case_id: String,
    assignments: Vec<AssignmentLine>,
    users: Vec<UserChoice>,
    domains: Vec<DomainChoice>,
    parties: Vec<PartyChoice>,
}

#[derive(Serialize)]
struct AssignmentLine {
    id: String,
    user: String,
    role: String,
    scope: String,
}

#[derive(Serialize)]
struct UserChoice {
    login: String,
    text: String,
}

#[derive(Serialize)]
struct PartyChoice {
    id: String,
    name: String,
}

/// Who is assigned, and the form.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let message = match request.query.as_str() {
        "toegewezen=ja" => Some("De gebruiker is aan de zaak toegewezen."),
        "beeindigd=ja" => Some("De toewijzing is beëindigd. Deze gebruiker ziet de zaak niet meer."),
        _ => None,
    };
    assignments_page(request, 200, message, &[])
}

fn assignments_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    let stored = request.app.dossiers.get(actor, id, View::Dossier)?;
    let dossier = &stored.dossier;
    let assignments = request.app.dossiers.assignments(actor, id)?;
    let users = request.app.identity.users(actor)?;
    let content = AssignmentsView {
        case_id: id.to_owned(),
        assignments: assignments
            .into_iter()
            .map(|item| AssignmentLine {
                id: item.access.assignment.clone(),
                scope: scope_of(dossier, item.access.person.as_ref(), item.access.party.as_ref(), &item.access.domains),
                user: item.name,
                role: item.access.role.to_string(),
            })
            .collect(),
        users: users
            .into_iter()
            .map(|user| UserChoice { text: format!("{} ({})", user.name, user.role), login: user.login })
            .collect(),
        domains: rechtsgebieden::choices(&[]),
        parties: parties_of(dossier),
    };
    let mut frame =
        Frame::new(request, "Toewijzingen").about_case(request, id, &dossier.reference).with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "toewijzingen", &frame, &content)
}

fn scope_of(dossier: &Dossier, person: Option<&PersonId>, party: Option<&PartyId>, domains: &[Domain]) -> String {
    match (person, party) {
        (Some(person), _) => format!("voor {}", dossier.person_name(person)),
        (None, Some(party)) => format!("voor {}", dossier.party_name(party)),
        (None, None) if domains.is_empty() => "de hele zaak".to_owned(),
        (None, None) => domains.iter().map(|domain| domain.label()).collect::<Vec<_>>().join(", "),
    }
}

fn parties_of(dossier: &Dossier) -> Vec<PartyChoice> {
    let adults = dossier.persons.iter().filter(|person| person.family_role != FamilyRole::Child);
    adults
        .map(|person| PartyChoice { id: person.id.to_string(), name: person.name.clone() })
        .chain(
            dossier.organisations.iter().map(|item| PartyChoice { id: item.id.to_string(), name: item.name.clone() }),
        )
        .collect()
}

/// Assigns a user, or ends an assignment.
pub fn assign(request: &Request) -> Result<Reply, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    let form = request.form()?;
    if !form.text("beeindig").is_empty() {
        request.app.dossiers.end_assignment(actor, id, form.text("beeindig"))?;
        // Who ends the own assignment does not see the case any more.
        let still_theirs = request.app.dossiers.access(actor, id).is_ok();
        let next = if still_theirs { format!("/zaken/{id}/toewijzingen?beeindigd=ja") } else { "/zaken".to_owned() };
        return Ok(Reply::redirect(next));
    }
    let stored = request.app.dossiers.get(actor, id, View::Dossier)?;
    match assign_user(request, given(&stored.dossier, &form)) {
        Ok(_) => Ok(Reply::redirect(format!("/zaken/{id}/toewijzingen?toegewezen=ja"))),
        Err(error @ (WebError::Invalid(_) | WebError::Conflict(_))) => {
            let problems = match &error {
                WebError::Invalid(problems) => problems
                    .iter()
                    .map(|problem| InputProblem::field("gebruikersnaam", &problem.code, problem.melding.clone()))
                    .collect(),
                other => vec![InputProblem::field("gebruikersnaam", "conflict", other.detail())],
            };
            assignments_page(request, 422, None, &problems)
        }
        Err(error) => Err(error),
    }
}

/// The form as an assignment: a person becomes the client, an organisation the organisation.
fn given(dossier: &Dossier, form: &Form) -> AssignRequest {
    let party = form.text("partij");
    let is_person = dossier.persons.iter().any(|person| person.id.as_str() == party);
    AssignRequest {
        gebruikersnaam: form.text("gebruikersnaam").to_owned(),
        client: (is_person).then(|| PersonId::from(party)),
        organisatie: (!is_person && !party.is_empty()).then(|| PartyId::from(party)),
        rechtsgebieden: rechtsgebieden::chosen_in(&form.all(rechtsgebieden::FIELD)),
    }
}
