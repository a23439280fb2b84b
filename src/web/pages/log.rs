//! The audit trail for the overseer.

use super::frame::{Frame, page};
use crate::shared::dutch::capital;
use crate::shared::moment::dutch_moment;
use crate::web::api::auditregels::{AuditQuery, entries};
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use serde::Serialize;

#[derive(Serialize)]
struct LogView {
    of_case: bool,
    cases: Vec<CaseChoice>,
    entries: Vec<LogLine>,
    next: Option<String>,
}

#[derive(Serialize)]
struct CaseChoice {
    id: String,
    reference: String,
    selected: bool,
}

#[derive(Serialize)]
struct LogLine {
    place: i64,
    at: String,
    actor: String,
    role: String,
    what: String,
    code: String,
}

/// The audit trail of the system or of one case.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: AuditQuery = request.query()?;
    let lines = entries(request, &query)?;
    let dossier = query.dossier.clone().unwrap_or_default();
    let full = lines.len() >= usize::try_from(query.aantal.unwrap_or(50)).unwrap_or(50);
    let next = lines.last().filter(|_| full).map(|line| format!("dossier={dossier}&voor={}", line.plaats));
    let cases = request.app.dossiers.directory(request.actor()?, None, 100)?.items;
    let content = LogView {
        of_case: !dossier.is_empty(),
        cases: cases
            .into_iter()
            .map(|case| CaseChoice { selected: case.id == dossier, id: case.id, reference: case.reference })
            .collect(),
        entries: lines
            .into_iter()
            .map(|line| LogLine {
                place: line.plaats,
                at: dutch_moment(&line.op),
                actor: line.gebruiker,
                role: line.rol,
                what: capital(&line.wat),
                code: line.gebeurtenis,
            })
            .collect(),
        next,
    };
    page(request, "log", &Frame::new(request, "Logboek"), &content)
}
