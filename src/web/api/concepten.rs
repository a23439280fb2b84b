//! Drafts.

use crate::audit::View;
use crate::drafting::model::{DraftKind, DraftProblem};
use crate::drafting::service::{DraftSummary, StoredDraft};
use crate::shared::moment::Instant;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A draft to make.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DraftRequest {
    /// Kind.
    pub soort: DraftKind,
}

/// Drafts.
#[derive(Serialize, JsonSchema)]
pub struct DraftList {
    /// Newest first.
    pub concepten: Vec<DraftLine>,
}

/// A draft in a list.
#[derive(Serialize, JsonSchema)]
pub struct DraftLine {
    /// Id.
    pub id: String,
    /// Kind.
    pub soort: DraftKind,
    /// Version of the dossier it rests on.
    pub dossier_versie: i64,
    /// When it was made.
    pub gemaakt_op: Instant,
    /// Name of who made it.
    pub gemaakt_door: String,
    /// SHA-256 of documents, problems and account together.
    pub hash: String,
}

/// A draft with what holds it back.
#[derive(Serialize, JsonSchema)]
pub struct DraftView {
    /// As in the list.
    #[serde(flatten)]
    pub regel: DraftLine,
    /// Files that can be fetched.
    pub bestanden: Vec<String>,
    /// Problems, those that block first.
    pub problemen: Vec<DraftProblem>,
    /// Account: hashes of dossier and frameworks, reference date.
    pub verantwoording: serde_json::Value,
}

impl From<DraftSummary> for DraftLine {
    fn from(draft: DraftSummary) -> Self {
        Self {
            id: draft.id,
            soort: draft.kind,
            dossier_versie: draft.dossier_version,
            gemaakt_op: draft.made_at,
            gemaakt_door: draft.made_by,
            hash: draft.hash,
        }
    }
}

fn view(request: &Request, draft: StoredDraft) -> Result<DraftView, WebError> {
    let base = format!("/v1/dossiers/{}/concepten/{}/documenten", request.id_param("dossier")?, draft.summary.id);
    let bestanden = draft
        .set
        .documents
        .iter()
        .flat_map(|document| ["pdf", "docx", "html"].map(|kind| format!("{base}/{}.{kind}", document.name)))
        .collect();
    Ok(DraftView {
        regel: draft.summary.into(),
        bestanden,
        problemen: draft.set.problems,
        verantwoording: draft.receipt,
    })
}

/// Makes drafts of one kind.
pub fn make(request: &Request) -> Result<Reply, WebError> {
    // Visibility first, so that a bad body does not tell that the case exists.
    request.app.dossiers.access(request.actor()?, request.id_param("dossier")?)?;
    let given: DraftRequest = request.json()?;
    let made = drafts::make(request, given.soort)?;
    let id = request.id_param("dossier")?;
    let stored = request.app.drafts.get(request.actor()?, id, &made.id, View::Draft)?;
    let location = format!("/v1/dossiers/{id}/concepten/{}", made.id);
    Ok(Reply::json(201, &view(request, stored)?)?.with_header("Location", location))
}

/// Drafts of the case.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let (kinds, _) = drafts::kinds(request)?;
    let found = request.app.drafts.list(request.actor()?, request.id_param("dossier")?)?;
    let concepten = found.into_iter().filter(|draft| kinds.contains(&draft.kind)).map(Into::into).collect();
    Reply::json(200, &DraftList { concepten })
}

/// One draft.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let stored = drafts::get(request, View::Draft)?;
    Reply::json(200, &view(request, stored)?)
}

/// A document as a file.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    drafts::download(request)
}
