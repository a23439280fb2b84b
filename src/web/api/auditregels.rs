//! The audit trail for the overseer: who did what when, never content of a case.

use crate::audit::AuditLine;
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
    /// Id of the dossier; left out for what concerns the system itself.
    #[serde(default)]
    #[validate(length(max = 36, message = "Dit is geen nummer van een dossier."))]
    pub dossier: Option<String>,
    /// Only entries before this place in the chain.
    #[serde(default)]
    #[validate(range(min = 1, message = "Kies een plaats vanaf 1."))]
    pub voor: Option<i64>,
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
    /// When.
    pub op: Instant,
    /// Id of the user.
    pub gebruiker: String,
    /// Role then.
    pub rol: String,
    /// What, in Dutch.
    pub wat: String,
    /// Stable code.
    pub gebeurtenis: String,
    /// Hash of the entry.
    pub hash: String,
}

impl From<AuditLine> for AuditView {
    fn from(line: AuditLine) -> Self {
        Self {
            plaats: line.seq,
            op: line.at,
            gebruiker: line.actor,
            rol: line.role,
            wat: line.text,
            gebeurtenis: line.event,
            hash: line.hash,
        }
    }
}

/// Entries of one case or of the system.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let query: AuditQuery = request.query()?;
    Reply::json(200, &AuditList { regels: entries(request, &query)? })
}

/// Entries that a query asks for.
///
/// # Errors
/// Not found for an unknown dossier.
pub fn entries(request: &Request, query: &AuditQuery) -> Result<Vec<AuditView>, WebError> {
    let (actor, dossiers, most) = (request.actor()?, &request.app.dossiers, query.aantal.unwrap_or(50));
    let lines = match query.dossier.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => dossiers.trail(actor, id, query.voor, most)?,
        None => dossiers.system_trail(actor, query.voor, most)?,
    };
    Ok(lines.into_iter().map(Into::into).collect())
}
