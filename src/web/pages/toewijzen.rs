//! Assigning users to a case, for the clerk.

use super::account::told_at;
use super::frame::{Frame, page_with_status};
use super::medewerkers::delegate_lines;
use super::rechtsgebieden::{self, DomainChoice};
use crate::audit::View;
use crate::dossier::model::{Domain, Dossier, FamilyRole, Label};
use crate::shared::ids::{PartyId, PersonId};
use crate::web::api::toewijzingen::{AssignRequest, assign_user};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use serde::Serialize;

/// Field with the user to assign.
const USER: &str = "gebruikersnaam";
/// Field with the assignment to end.
const END: &str = "beeindig";

#[derive(Serialize)]
struct AssignmentsView {
    case_id: String,
    assignments: Vec<AssignmentLine>,
    users: Vec<UserChoice>,
    domains: Vec<DomainChoice>,
    parties: Vec<PartyChoice>,
    user_error: Option<String>,
    end_error: Option<String>,
}

#[derive(Serialize)]
struct AssignmentLine {
    id: String,
    user: String,
    role: String,
    scope: String,
    closed: bool,
    /// Who acts for an advocate, each with the last day.
    delegates: Vec<String>,
    /// Whether it is the one that was to be ended.
    chosen: bool,
}

#[derive(Serialize)]
struct UserChoice {
    login: String,
    text: String,
    chosen: bool,
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
    assignments_page(request, 200, message, (&Form::default(), &[]))
}

fn assignments_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    (form, problems): (&Form, &[InputProblem]),
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
                delegates: delegate_lines(&item),
                id: item.access.assignment.clone(),
                scope: scope_of(dossier, item.access.person.as_ref(), item.access.party.as_ref(), &item.access.domains),
                user: item.name,
                role: item.access.role.to_string(),
                closed: !item.can_sign_in,
                chosen: form.text(END) == item.access.assignment,
            })
            .collect(),
        users: users
            .into_iter()
            .map(|user| UserChoice {
                text: format!("{} ({})", user.name, user.role),
                chosen: form.text(USER) == user.login,
                login: user.login,
            })
            .collect(),
        domains: rechtsgebieden::choices(&[]),
        parties: parties_of(dossier),
        user_error: told_at(problems, "/gebruikersnaam"),
        end_error: told_at(problems, "/beeindig"),
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
    let id = request.id_param("dossier")?;
    let form = request.form()?;
    let ends = form.text("actie") == "beeindigen" || !form.text(END).is_empty();
    let (field, outcome) = if ends { (END, end(request, id, &form)) } else { (USER, begin(request, id, &form)) };
    let problems = match outcome {
        Ok(next) => return Ok(Reply::redirect(next)),
        Err(WebError::Invalid(problems)) => {
            problems.iter().map(|one| InputProblem::field(field, &one.code, one.melding.clone())).collect()
        }
        Err(error @ WebError::Conflict(_)) => vec![InputProblem::field(field, "conflict", error.detail())],
        Err(error) => return Err(error),
    };
    assignments_page(request, 422, None, (&form, &problems))
}

/// Assigns; gives the address to go to.
fn begin(request: &Request, id: &str, form: &Form) -> Result<String, WebError> {
    if form.text(USER).is_empty() {
        let told = "Kies wie u aan de zaak toewijst.";
        return Err(WebError::Invalid(vec![InputProblem::field(USER, "required", told)]));
    }
    let stored = request.app.dossiers.get(request.actor()?, id, View::Dossier)?;
    assign_user(request, given(&stored.dossier, form))?;
    Ok(format!("/zaken/{id}/toewijzingen?toegewezen=ja"))
}

/// Ends an assignment; gives the address to go to.
fn end(request: &Request, id: &str, form: &Form) -> Result<String, WebError> {
    if form.text(END).is_empty() {
        let told = "Kies van wie u de toewijzing beëindigt.";
        return Err(WebError::Invalid(vec![InputProblem::field(END, "required", told)]));
    }
    let actor = request.actor()?;
    request.app.dossiers.end_assignment(actor, id, form.text(END))?;
    // Who ends the own assignment does not see the case any more.
    let still_theirs = request.app.dossiers.access(actor, id).is_ok();
    Ok(if still_theirs { format!("/zaken/{id}/toewijzingen?beeindigd=ja") } else { "/zaken".to_owned() })
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
