//! For the benchmark only: what printpdf itself takes to write the same pages.

use printpdf::{PdfDocument, PdfSaveOptions};

use super::{Wish, prepare};
use crate::documents::error::DocumentError;
use crate::documents::model::DocumentModel;

/// Pages laid out and fonts subset, with nothing left to do but write them.
pub struct ReadyPages {
    document: PdfDocument,
}

/// Lays out a document without writing it.
///
/// # Errors
/// As [`super::render`].
pub fn prepare_pages(model: &DocumentModel) -> Result<ReadyPages, DocumentError> {
    Ok(ReadyPages { document: prepare(model, &Wish::default())?.document })
}

impl ReadyPages {
    /// Writes the pages with printpdf alone: no tags, no bookmarks. The floor for [`super::render`].
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.document.save(&PdfSaveOptions::default(), &mut Vec::new())
    }
}
