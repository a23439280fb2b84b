//! Taking over what an advocate handed in: the form of an event, filled in with it. It begins shielded from the other
//! side unless the advocate said that they may read it: unknown secrecy is secrecy.

use super::stuk::ItemQuery;
use crate::dossier::model::{Domain, Dossier, FamilyRole};
use crate::dossier::record::{SafetySubmission, Submission, SubmissionKind};
use crate::shared::dutch::list;
use crate::shared::ids::PersonId;
use crate::web::error::WebError;
use crate::web::request::Request;
use serde_json::{Value, json};

/// The item with what is taken over in it, and what the clerk is told of it.
pub(super) fn filled(
    request: &Request,
    dossier: &Dossier,
    query: &ItemQuery,
    value: Value,
) -> Result<(Value, String), WebError> {
    let handed = handed_in(request, &query.uit)?;
    let info: SafetySubmission = serde_json::from_value(handed.content).map_err(|_| WebError::NotFound)?;
    let client = PersonId(handed.on_behalf_of);
    let (value, shielded, why) = if let Some(place) = query.gebeurtenis.checked_sub(1) {
        // Only a new event is filled in so: one that stands keeps what it says.
        let concern = info.concerns.get(place).filter(|_| value.is_null()).ok_or(WebError::NotFound)?;
        let when = concern.when.as_ref().map(|when| format!(" (wanneer: {when})")).unwrap_or_default();
        let event = json!({
            "kind": concern.kind,
            "description": format!("{}{when}", concern.description),
            "restriction": restriction(dossier, &client, concern.shielded),
        });
        (event, concern.shielded, concern.shielded_why.clone())
    } else {
        let answer = query.antwoord.checked_sub(1).and_then(|place| info.answers.get(place));
        let answer = answer.ok_or(WebError::NotFound)?;
        let item = json!({
            "by": client,
            "stance": answer.stance,
            "content": answer.content,
            "restriction": restriction(dossier, &client, answer.shielded),
        });
        let mut event = value;
        let answers = event.get_mut("answers").and_then(Value::as_array_mut).ok_or(WebError::NotFound)?;
        answers.push(item);
        (event, answer.shielded, answer.shielded_why.clone())
    };
    Ok((value, told(dossier, &client, shielded, why)))
}

fn handed_in(request: &Request, id: &str) -> Result<Submission, WebError> {
    let all = request.app.dossiers.submissions(request.actor()?, request.id_param("dossier")?)?;
    let is_it = |item: &Submission| item.receipt.submission == id && item.kind == SubmissionKind::SafetyInfo;
    all.into_iter().find(is_it).ok_or(WebError::NotFound)
}

/// From whom it is kept: every other adult of the family.
fn others(dossier: &Dossier, client: &PersonId) -> Vec<PersonId> {
    let adult = |role: FamilyRole| matches!(role, FamilyRole::Parent | FamilyRole::Partner);
    let others = dossier.persons.iter().filter(|person| person.id != *client && adult(person.family_role));
    others.map(|person| person.id.clone()).collect()
}

fn restriction(dossier: &Dossier, client: &PersonId, shielded: Option<bool>) -> Value {
    if shielded == Some(false) {
        return Value::Null;
    }
    // Handed in for no matter in particular: material of the family matter, until the clerk says otherwise.
    let mut origins = dossier.matters.iter().map(|matter| matter.domain);
    let origin = origins.find(|domain| *domain == Domain::Family).or(dossier.matters.first().map(|item| item.domain));
    json!({"origin": origin, "withheld_from": others(dossier, client)})
}

fn told(dossier: &Dossier, client: &PersonId, shielded: Option<bool>, why: Option<String>) -> String {
    let why = why.map(|why| format!(" De reden: {why}")).unwrap_or_default();
    let names: Vec<String> = others(dossier, client).iter().map(|person| dossier.person_name(person)).collect();
    let from = list(&names);
    match shielded {
        Some(true) => format!(
            "Dit is overgenomen uit wat is ingediend, en begint afgeschermd voor {from}: daar is om gevraagd.{why}"
        ),
        Some(false) => format!(
            "Dit is overgenomen uit wat is ingediend. Om afscherming is niet gevraagd: {from} mag het lezen.{why}"
        ),
        None => format!(
            "Dit is overgenomen uit wat is ingediend, en begint afgeschermd voor {from}: niemand zei of zij het mogen lezen.{why}"
        ),
    }
}
