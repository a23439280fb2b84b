//! The audit trail for the overseer: who did what when and by which right, never content of a case.

use crate::audit::{AuditLine, Place};
use crate::dossier::model::Label;
use crate::dossier::trail::TrailNames;
use crate::shared::dutch::list as dutch_list;
use crate::shared::moment::Instant;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Query of the audit trail.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Id of the dossier; left out, with no user either, for what concerns the system itself.
    #[serde(default)]
    #[validate(length(max = 36, message = "Dit is geen nummer van een dossier."))]
    pub dossier: Option<String>,
    /// Id of a user: only what this user did; without a dossier, in all cases and in the system.
    #[serde(default)]
    #[validate(length(max = 36, message = "Dit is geen nummer van een gebruiker."))]
    pub gebruiker: Option<String>,
    /// Only entries before this place in the chain.
    #[serde(default)]
    #[validate(range(min = 1, message = "Kies een plaats vanaf 1."))]
    pub voor: Option<i64>,
    /// Of a user in all cases: only entries before this one, by its `volgorde`.
    #[serde(default)]
    #[validate(length(max = 100, message = "Dit is geen plaats in het logboek."))]
    pub na: Option<String>,
    /// Entries on a page.
    #[serde(default)]
    #[validate(range(min = 1, max = 100, message = "Kies een aantal van 1 tot en met 100."))]
    pub aantal: Option<i64>,
}

/// Entries.
#[derive(Serialize, JsonSchema)]
pub struct AuditList {
    /// Newest first.
    pub regels: Vec<AuditView>,
}

/// One entry.
#[derive(Clone, Serialize, JsonSchema)]
pub struct AuditView {
    /// Place in the chain.
    pub plaats: i64,
    /// Place among the entries of all cases, to go on from.
    pub volgorde: String,
    /// Id of the dossier; none for the system itself.
    pub dossier: Option<String>,
    /// When.
    pub op: Instant,
    /// Id of the user.
    pub gebruiker: String,
    /// Name of the user; none before signing in.
    pub naam: Option<String>,
    /// Name with which the user signs in.
    pub gebruikersnaam: Option<String>,
    /// Role then.
    pub rol: String,
    /// What, in Dutch.
    pub wat: String,
    /// By which right a case was seen, in Dutch.
    pub waarom: Option<String>,
    /// Stable code.
    pub gebeurtenis: String,
    /// Hash of the entry.
    pub hash: String,
}

impl AuditView {
    fn of(line: AuditLine, names: &TrailNames) -> Self {
        let waarom = reason(&line, names);
        let user = names.users.get(&line.actor);
        Self {
            plaats: line.place.seq,
            volgorde: line.place.to_string(),
            dossier: names.cases.contains_key(&line.place.chain).then(|| line.place.chain.clone()),
            op: line.at,
            naam: user.map(|user| user.name.clone()),
            gebruikersnaam: user.map(|user| user.login.clone()),
            gebruiker: line.actor,
            rol: line.role,
            wat: line.text,
            waarom,
            gebeurtenis: line.event,
            hash: line.hash,
        }
    }
}

/// The right by which a case was seen. For whom an advocate acts is content of the case and is not told.
pub fn reason(line: &AuditLine, names: &TrailNames) -> Option<String> {
    let right = names.rights.get(line.assignment.as_deref()?)?;
    let access = &right.access;
    if right.user != line.actor {
        // Who looked used the right of someone else: of the advocate who let them.
        return Some(format!("namens {}, toegewezen als {}", right.name, access.role.as_str()));
    }
    let domains: Vec<String> = access.domains.iter().map(|domain| domain.label().to_owned()).collect();
    Some(match domains.as_slice() {
        [] => format!("toegewezen als {}", access.role.as_str()),
        some => format!("toegewezen als {} ({})", access.role.as_str(), dutch_list(some)),
    })
}

/// Entries of one case, of one user or of the system, with what their ids stand for.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let query: AuditQuery = request.query()?;
    let (lines, names) = entries(request, &query)?;
    Reply::json(200, &AuditList { regels: lines.into_iter().map(|line| AuditView::of(line, &names)).collect() })
}

/// Entries that a query asks for.
///
/// # Errors
/// Not found for an unknown dossier.
pub fn entries(request: &Request, query: &AuditQuery) -> Result<(Vec<AuditLine>, TrailNames), WebError> {
    let (actor, dossiers, most) = (request.actor()?, &request.app.dossiers, query.aantal.unwrap_or(50));
    let given = |text: &'_ Option<String>| text.as_deref().filter(|id| !id.is_empty()).map(str::to_owned);
    let user = given(&query.gebruiker);
    let lines = match (given(&query.dossier), &user) {
        (Some(id), user) => dossiers.trail(actor, &id, user.as_deref(), query.voor, most)?,
        (None, Some(user)) => dossiers.user_trail(actor, user, place(query)?.as_ref(), most)?,
        (None, None) => dossiers.system_trail(actor, query.voor, most)?,
    };
    let names = dossiers.trail_names(actor, &lines)?;
    Ok((lines, names))
}

fn place(query: &AuditQuery) -> Result<Option<Place>, WebError> {
    let text = query.na.as_deref().filter(|text| !text.is_empty());
    let wrong = || WebError::Malformed("`na` is geen plaats in het logboek.".to_owned());
    text.map(|text| text.parse().map_err(|()| wrong())).transpose()
}
