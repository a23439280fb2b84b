//! What is confirmed with a step, and the annex that stays behind when a text is sealed.

use super::model::StepKind;
use super::store::StepRow;
use super::text;
use crate::documents::model::DocumentModel;
use crate::dossier::DossierError;

/// What someone confirms with a step, each because the step is refused or does less without it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The name of a place that belongs to a shielded address may stand in the text, for the reason of the step.
    pub place_meant: bool,
    /// The annex with notes and questions stays with the decision when it is sealed; left out otherwise.
    pub annex_kept: bool,
}

impl Said {
    /// What was confirmed, as the audit trail calls it: never the name itself.
    pub(super) fn names(&self, step: StepKind, has_annex: bool) -> Vec<String> {
        let place = self.place_meant.then_some("plaatsnaam");
        let annex = if self.annex_kept { "met bijlage" } else { "zonder bijlage" };
        let annex = (step == StepKind::Sealed && has_annex).then_some(annex);
        place.into_iter().chain(annex).map(str::to_owned).collect()
    }
}

/// The annex of the last text that had one.
pub(super) fn left_out(rows: &[StepRow], first: &DocumentModel) -> Result<Option<DocumentModel>, DossierError> {
    for row in rows.iter().rev() {
        let Some(content) = &row.content else { continue };
        let model: DocumentModel = serde_json::from_str(content).map_err(|_| DossierError::Unreadable)?;
        if let Some(annex) = text::annex_of(&model) {
            return Ok(Some(annex));
        }
    }
    Ok(text::annex_of(first))
}
