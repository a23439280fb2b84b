//! Who may see a case.

use crate::dossier::model::Domain;
use crate::dossier::record::{Assignment, NewAssignment};
use crate::shared::ids::{PartyId, PersonId};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// An assignment to make.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AssignRequest {
    /// Name the user signs in with.
    #[validate(length(min = 1, max = 100, message = "Vul de gebruikersnaam in."))]
    pub gebruikersnaam: String,
    /// For an advocate: the client, by id in the dossier.
    #[serde(default)]
    pub client: Option<PersonId>,
    /// For a partner: the organisation, by id in the dossier.
    #[serde(default)]
    pub organisatie: Option<PartyId>,
    /// For a judge: domains in which they sit.
    #[serde(default)]
    #[validate(length(max = 3, message = "Er zijn drie rechtsgebieden."))]
    pub rechtsgebieden: Vec<Domain>,
}

/// Assignments.
#[derive(Serialize, JsonSchema)]
pub struct AssignmentList {
    /// Those that hold.
    pub toewijzingen: Vec<AssignmentView>,
}

/// One assignment.
#[derive(Serialize, JsonSchema)]
pub struct AssignmentView {
    /// Id.
    pub id: String,
    /// Name of the user.
    pub naam: String,
    /// Role.
    pub rol: String,
    /// Client.
    pub client: Option<PersonId>,
    /// Organisation.
    pub organisatie: Option<PartyId>,
    /// Domains.
    pub rechtsgebieden: Vec<Domain>,
    /// Of an advocate: who of the office acts in this case.
    pub medewerkers: Vec<DelegateView>,
}

/// Someone who acts for an advocate.
#[derive(Serialize, JsonSchema)]
pub struct DelegateView {
    /// Name.
    pub naam: String,
    /// Last day.
    pub tot_en_met: NaiveDate,
}

/// A made assignment.
#[derive(Serialize, JsonSchema)]
pub struct AssignedView {
    /// Id.
    pub id: String,
}

impl From<Assignment> for AssignmentView {
    fn from(item: Assignment) -> Self {
        Self {
            id: item.access.assignment,
            naam: item.name,
            rol: item.access.role.to_string(),
            client: item.access.person,
            organisatie: item.access.party,
            rechtsgebieden: item.access.domains,
            medewerkers: item
                .delegates
                .into_iter()
                .map(|one| DelegateView { naam: one.name, tot_en_met: one.last_day })
                .collect(),
        }
    }
}

/// Who is assigned.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let found = request.app.dossiers.assignments(request.actor()?, request.id_param("dossier")?)?;
    Reply::json(200, &AssignmentList { toewijzingen: found.into_iter().map(Into::into).collect() })
}

/// Assigns a user.
pub fn assign(request: &Request) -> Result<Reply, WebError> {
    // Visibility first: of a case that is not theirs nobody learns which users exist.
    request.app.dossiers.access(request.actor()?, request.id_param("dossier")?)?;
    let given: AssignRequest = request.json()?;
    let id = assign_user(request, given)?;
    Reply::json(201, &AssignedView { id })
}

/// Assigns a user, found by the name they sign in with.
///
/// # Errors
/// When the user is unknown, or the assignment does not fit their role or the case.
pub fn assign_user(request: &Request, given: AssignRequest) -> Result<String, WebError> {
    let (actor, dossier) = (request.actor()?, request.id_param("dossier")?);
    request.app.dossiers.access(actor, dossier)?;
    let login = given.gebruikersnaam.to_lowercase();
    let user = request.app.identity.users(actor)?.into_iter().find(|user| user.login.to_lowercase() == login);
    let Some(user) = user else {
        let message = "Er is geen gebruiker met deze gebruikersnaam.";
        return Err(WebError::Invalid(vec![InputProblem::field("gebruikersnaam", "unknown_user", message)]));
    };
    let new = NewAssignment {
        user_id: user.id,
        person: given.client,
        party: given.organisatie,
        domains: given.rechtsgebieden,
    };
    Ok(request.app.dossiers.assign(actor, dossier, &new)?)
}

/// Ends an assignment.
pub fn end(request: &Request) -> Result<Reply, WebError> {
    let (dossier, assignment) = (request.id_param("dossier")?, request.id_param("toewijzing")?);
    request.app.dossiers.end_assignment(request.actor()?, dossier, assignment)?;
    Ok(Reply::no_content())
}
