//! The text of a document through its life: changes by hand, the stamp of a correction, the seal.

use crate::documents::model::{Block, DocumentModel, Inline};
use crate::shared::hash::canonical_hash;
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest text of one paragraph.
const LONGEST: usize = 8_000;
/// Heading of the notice that a sealed document has in place of "CONCEPT".
const SEALED: &str = "Verzegelde tekst";

/// A new text for one paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextChange {
    /// Place of the paragraph among the blocks of the document, from 0.
    pub blok: usize,
    /// Its new text. The number of the paragraph stays.
    pub tekst: String,
}

/// The document with new texts, each marked with who wrote it.
pub(super) fn amend(
    model: &DocumentModel,
    changes: &[TextChange],
    by: &str,
    on: NaiveDate,
) -> Result<DocumentModel, String> {
    if changes.is_empty() {
        return Err("Geef ten minste één gewijzigde alinea.".to_owned());
    }
    let mut model = model.clone();
    for change in changes {
        let text = change.tekst.trim();
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(format!("De tekst van een alinea is niet leeg en heeft ten hoogste {LONGEST} tekens."));
        }
        match model.blocks.get_mut(change.blok) {
            Some(Block::Paragraph { content, .. }) => {
                *content = vec![
                    Inline::Text(format!("{text} ")),
                    Inline::Source(format!("tekst van {by}, {}", dutch_date(on))),
                ];
            }
            _ => return Err(format!("Op plaats {} staat geen alinea die kan worden gewijzigd.", change.blok)),
        }
    }
    Ok(model)
}

/// A corrected text says so, and which text it takes the place of.
pub(super) fn stamp(mut model: DocumentModel, reason: &str, on: NaiveDate) -> DocumentModel {
    let old = model.meta.control_code.clone();
    model.meta.concept = true;
    let stamp = Block::Notice {
        heading: format!("Hersteld op {}", dutch_date(on)),
        content: vec![Inline::Text(format!(
            "{} Deze tekst komt in de plaats van de tekst met controlecode {old}.",
            ended(reason)
        ))],
    };
    let place = model.blocks.iter().position(is_seal).unwrap_or(1).min(model.blocks.len());
    model.blocks.insert(place, stamp);
    if let Some(Block::Notice { heading, content }) = model.blocks.iter_mut().find(|block| is_seal(block)) {
        *heading = "CONCEPT".to_owned();
        *content = vec![Inline::Text("Deze herstelde tekst is nog niet goedgekeurd.".to_owned())];
    }
    model
}

/// The final text: no longer a concept, with the code that leads back to it.
pub(super) fn seal(
    mut model: DocumentModel,
    receipt: &Value,
    version: i64,
    approved_by: &str,
    on: NaiveDate,
) -> Result<DocumentModel, serde_json::Error> {
    let code = code_of(receipt, &model, version)?;
    model.meta.concept = false;
    model.meta.control_code.clone_from(&code);
    let notice = Block::Notice {
        heading: format!("{SEALED}, versie {version}"),
        content: vec![Inline::Text(format!(
            "Goedgekeurd door {approved_by} en verzegeld op {}. Controle van deze tekst: code {code}.",
            dutch_date(on)
        ))],
    };
    match model.blocks.iter().position(|block| matches!(block, Block::Notice { heading, .. } if heading == "CONCEPT")) {
        Some(place) => {
            if let Some(block) = model.blocks.get_mut(place) {
                *block = notice;
            }
        }
        None => model.blocks.insert(model.blocks.len().min(1), notice),
    }
    Ok(model)
}

/// The code printed on a text: over the account of the draft, the text and its version.
pub(super) fn code_of(receipt: &Value, model: &DocumentModel, version: i64) -> Result<String, serde_json::Error> {
    Ok(canonical_hash(&(receipt, &model.blocks, version))?.chars().take(16).collect())
}

fn is_seal(block: &Block) -> bool {
    matches!(block, Block::Notice { heading, .. } if heading.starts_with(SEALED))
}

/// A reason as a sentence.
fn ended(reason: &str) -> String {
    let reason = reason.trim();
    if reason.ends_with(['.', '!', '?']) { reason.to_owned() } else { format!("{reason}.") }
}

/// What is left blank in a text.
pub(super) fn blanks(model: &DocumentModel) -> Vec<&str> {
    fn look<'m>(content: &'m [Inline], found: &mut Vec<&'m str>) {
        found.extend(content.iter().filter_map(|inline| match inline {
            Inline::Blank(what) => Some(what.as_str()),
            _ => None,
        }));
    }
    let mut found = Vec::new();
    for block in &model.blocks {
        match block {
            Block::Paragraph { content, .. } | Block::Notice { content, .. } => look(content, &mut found),
            Block::List { items, .. } => items.iter().for_each(|item| look(item, &mut found)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| look(cell, &mut found)),
            Block::Heading { .. } | Block::PageBreak => {}
        }
    }
    found
}
