//! What sealing a document brings about, told before it is done.

use crate::drafting::explain::{Explanation, Explanations, HeldBack};
use crate::drafting::review::Paper;
use crate::drafting::review::model::StepKind;
use crate::drafting::service::StoredDraft;
use crate::shared::dutch::capital;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::request::Request;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Sealing {
    /// Who will read what, in words; nobody but the court of what is no decision.
    readers: Vec<String>,
    /// Whether there is an annex that can stay with it.
    has_annex: bool,
}

/// What sealing brings about; nothing when it cannot be done now.
pub(super) fn sealing(
    request: &Request,
    stored: &StoredDraft,
    paper: (&str, &Paper),
    possible: &[StepKind],
) -> Result<Option<Sealing>, WebError> {
    if !possible.contains(&StepKind::Sealed) {
        return Ok(None);
    }
    let has_annex = paper.1.has_annex();
    Ok(Some(Sealing { readers: will_read(&drafts::explanations_to_come(request, stored, paper)?), has_annex }))
}

/// Who will read what of a document once it is sealed.
fn will_read(found: &Explanations) -> Vec<String> {
    let paper = |paper: &Explanation| match (paper.for_child, paper.whole) {
        (true, _) => format!(
            "{}, kind van 12 jaar of ouder: een eigen uitleg, die alleen rechter en griffier zien. De rechter bepaalt \
             of het kind haar krijgt.",
            capital(&paper.reader)
        ),
        (false, true) => {
            format!("De advocaat van {}: de beslissing, en een uitleg daarbij in gewone taal.", paper.reader)
        }
        (false, false) => format!("De advocaat van {}: alleen een uitleg, niet de beslissing.", paper.reader),
    };
    let none = |held: &HeldBack| format!("Voor {} is er geen uitleg. {}", held.reader, held.reason);
    found.papers.iter().map(paper).chain(found.held_back.iter().map(none)).collect()
}
