//! What the pages and the API show of a case, made from a projection for one reader.
//!
//! - `words`, `result_words`: one Dutch word per value.
//! - `facts`: a fact as a short line with a link, wherever a finding points at it.
//! - `case`: what runs, who, what is in force, what ends when.
//! - `timeline`: every dated fact in order, and a drawing of the measures.
//! - `findings`, `conflicts`: results with their facts and sources spelled out.

pub mod case;
pub mod conflicts;
pub mod facts;
pub mod findings;
pub mod timeline;

use crate::shared::source::LegalSource;
use schemars::JsonSchema;
use serde::Serialize;

/// A source of law as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceView {
    /// As cited.
    pub citation: String,
    /// JCI or ECLI, empty when there is none.
    pub link: String,
    /// Shown as "niet geverifieerd" when true.
    pub unverified: bool,
}

impl From<&LegalSource> for SourceView {
    fn from(source: &LegalSource) -> Self {
        let link = if source.ecli.is_empty() { source.jci.clone() } else { source.ecli.clone() };
        Self { citation: source.reference.clone(), link, unverified: !source.verified }
    }
}

/// Source views of a list.
#[must_use]
pub fn source_views(sources: &[LegalSource]) -> Vec<SourceView> {
    sources.iter().map(SourceView::from).collect()
}

/// The same text with a capital at the start.
#[must_use]
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
