//! Sealed documents of a case: the text that now holds, beside the text as it was drafted.

use super::model::{ReviewState, StepKind};
use super::own;
use super::service::{first_text, load};
use super::store::{self, StepRow};
use crate::db::schema::draft;
use crate::db::{AnyConn, instant_of};
use crate::documents::model::DocumentModel;
use crate::dossier::DossierError;
use crate::drafting::model::DraftKind;
use crate::drafting::service::{StoredDraft, find};
use crate::shared::moment::local_date;
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
    /// The same as it was approved: with the notes on who wrote the words that were changed by hand.
    pub approved: DocumentModel,
}

/// The text as it stood before the step at this place.
fn text_before(rows: &[StepRow], place: usize, first: &DocumentModel) -> Result<DocumentModel, DossierError> {
    Ok(store::last_text(rows.get(..place).unwrap_or_default())?.unwrap_or_else(|| first.clone()))
}

/// Who wrote the words of the sealed texts that the program did not write: number of the paragraph, and by whom.
pub(super) fn written(rows: &[StepRow], first: &DocumentModel) -> Result<Vec<(String, String)>, DossierError> {
    let mut found = Vec::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| row.step == StepKind::Sealed) {
        let earlier = rows.iter().take(place).rfind(|row| row.step == StepKind::Approved).unwrap_or(row);
        let approval = (earlier.by_name.as_str(), local_date(&instant_of(earlier.at)));
        found.extend(own::notes(&text_before(rows, place, first)?, approval));
    }
    Ok(found)
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
    let (paper, rows) = load(conn, stored, document)?;
    if paper.state != ReviewState::Sealed {
        return Ok(None);
    }
    let first = first_text(stored, document)?;
    let last = rows.iter().rposition(|row| row.step == StepKind::Sealed).unwrap_or_default();
    let seals = paper.steps.iter().filter(|step| step.step == StepKind::Sealed).count();
    Ok(Some(SealedDocument {
        draft: stored.summary.id.clone(),
        kind: stored.summary.kind,
        document: document.to_owned(),
        dossier_version: stored.summary.dossier_version,
        version: i64::try_from(seals).unwrap_or(i64::MAX),
        first: first.clone(),
        // Under the code of the seal: that is the text that holds.
        approved: DocumentModel { meta: paper.model.meta.clone(), ..text_before(&rows, last, first)? },
        model: paper.model,
    }))
}
