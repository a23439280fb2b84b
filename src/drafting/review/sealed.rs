//! Sealed documents of a case: the text that now holds, beside the text as it was drafted.

use super::model::{ReviewState, StepKind};
use super::service::{first_text, load};
use crate::db::AnyConn;
use crate::db::schema::draft;
use crate::documents::model::DocumentModel;
use crate::dossier::DossierError;
use crate::drafting::model::DraftKind;
use crate::drafting::service::{StoredDraft, find};
use diesel::prelude::*;

/// A sealed document that was not withdrawn, and of which no correction is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedDocument {
    /// Id of the draft.
    pub draft: String,
    /// Kind of the draft.
    pub kind: DraftKind,
    /// Name of the document.
    pub document: String,
    /// Version of the dossier it rests on.
    pub dossier_version: i64,
    /// Number of the sealed version, from 1.
    pub version: i64,
    /// The text as it was drafted.
    pub first: DocumentModel,
    /// The sealed text.
    pub model: DocumentModel,
}

/// The sealed documents of one draft, or of all drafts of a case, newest draft first. Whoever asks: for use
/// after access was established.
pub(in crate::drafting) fn sealed_documents(
    conn: &mut AnyConn,
    dossier: &str,
    only: Option<&str>,
) -> Result<Vec<SealedDocument>, DossierError> {
    let ids: Vec<String> =
        draft::table.filter(draft::dossier_id.eq(dossier)).order(draft::id.desc()).select(draft::id).load(conn)?;
    let mut found = Vec::new();
    for id in ids.iter().filter(|id| only.is_none_or(|only| only == id.as_str())) {
        let Some(stored) = find(conn, dossier, id)? else { continue };
        for document in &stored.set.documents {
            found.extend(sealed(conn, &stored, &document.name)?);
        }
    }
    Ok(found)
}

fn sealed(conn: &mut AnyConn, stored: &StoredDraft, document: &str) -> Result<Option<SealedDocument>, DossierError> {
    let (paper, _) = load(conn, stored, document)?;
    if paper.state != ReviewState::Sealed {
        return Ok(None);
    }
    let seals = paper.steps.iter().filter(|step| step.step == StepKind::Sealed).count();
    Ok(Some(SealedDocument {
        draft: stored.summary.id.clone(),
        kind: stored.summary.kind,
        document: document.to_owned(),
        dossier_version: stored.summary.dossier_version,
        version: i64::try_from(seals).unwrap_or(i64::MAX),
        first: first_text(stored, document)?.clone(),
        model: paper.model,
    }))
}
