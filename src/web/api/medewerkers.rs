//! Who of the office acts for an advocate.

use crate::dossier::record::Delegation;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Field with the name of who may act.
pub const LOGIN: &str = "gebruikersnaam";
/// Field with the last day.
pub const LAST_DAY: &str = "tot_en_met";

/// Whom an advocate lets act, and until when.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DelegationRequest {
    /// Name with which the person signs in.
    #[validate(length(min = 1, max = 100, message = "Vul de gebruikersnaam in."))]
    pub gebruikersnaam: String,
    /// Last day (YYYY-MM-DD), at most a year ahead.
    pub tot_en_met: NaiveDate,
}

/// Who may act.
#[derive(Serialize, JsonSchema)]
pub struct DelegationList {
    /// Those for whom it holds now.
    pub medewerkers: Vec<DelegationView>,
}

/// One who may act.
#[derive(Serialize, JsonSchema)]
pub struct DelegationView {
    /// Id of what was given.
    pub id: String,
    /// Name.
    pub naam: String,
    /// Name with which the person signs in.
    pub gebruikersnaam: String,
    /// Last day.
    pub tot_en_met: NaiveDate,
}

/// What was given.
#[derive(Serialize, JsonSchema)]
pub struct GivenView {
    /// Id.
    pub id: String,
}

impl From<Delegation> for DelegationView {
    fn from(one: Delegation) -> Self {
        Self { id: one.id, naam: one.name, gebruikersnaam: one.login, tot_en_met: one.last_day }
    }
}

/// Who may act for the advocate who asks.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let found = request.app.dossiers.delegations(request.actor()?)?;
    Reply::json(200, &DelegationList { medewerkers: found.into_iter().map(Into::into).collect() })
}

/// Lets someone act.
pub fn give(request: &Request) -> Result<Reply, WebError> {
    let given: DelegationRequest = request.json()?;
    checked_for(request, &given.gebruikersnaam, given.tot_en_met)?;
    let id = request.app.dossiers.delegate(request.actor()?, &given.gebruikersnaam, given.tot_en_met)?;
    Reply::json(201, &GivenView { id })
}

/// The name of who would be let act; or what is wrong, at its field.
///
/// # Errors
/// When there is no such person, it would be for two sides of one case, or the day cannot be.
pub fn checked_for(request: &Request, login: &str, day: NaiveDate) -> Result<String, WebError> {
    let (actor, dossiers) = (request.actor()?, &request.app.dossiers);
    let (day, found) = (dossiers.check_last_day(day), dossiers.find_delegate(actor, login));
    let mut problems = Vec::new();
    for (field, refused) in [(LOGIN, found.as_ref().err()), (LAST_DAY, day.as_ref().err())] {
        match refused.cloned().map(WebError::from) {
            None => {}
            Some(WebError::Invalid(found)) => {
                problems.extend(found.into_iter().map(|one| InputProblem::field(field, &one.code, one.melding)));
            }
            Some(other) => return Err(other),
        }
    }
    if problems.is_empty() { Ok(found?.1) } else { Err(WebError::Invalid(problems)) }
}

/// Ends it.
pub fn end(request: &Request) -> Result<Reply, WebError> {
    request.app.dossiers.end_delegation(request.actor()?, request.id_param("toegang")?)?;
    Ok(Reply::no_content())
}
