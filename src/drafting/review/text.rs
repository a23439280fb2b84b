//! The text of a document through its life: changes by hand, the stamp of a correction, the seal.

use super::own::{self, Author, LAPSED};
use super::rules;
use crate::documents::compare::plain;
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::shared::hash::canonical_hash;
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Heading of the notice that a sealed document has in place of "CONCEPT".
const SEALED: &str = "Verzegelde tekst";

/// What a change does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Another text in its place.
    #[default]
    #[serde(rename = "wijzigen")]
    Replace,
    /// A new paragraph after the block, or a new item after this item of its list.
    #[serde(rename = "toevoegen")]
    Add,
    /// Taken out; the number stays, with the word that it lapsed.
    #[serde(rename = "weghalen")]
    Remove,
}

/// A new text for one paragraph, item of a list or cell of a table; or one more, or one less.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextChange {
    /// Place of the paragraph among the blocks of the document, from 0.
    pub blok: usize,
    /// Place of the item in a list, or of the cell in a table among all its lines (its caption and
    /// heading cells first), from 0. Left out for a paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onderdeel: Option<usize>,
    /// What the change does; another text when left out.
    #[serde(default)]
    pub soort: ChangeKind,
    /// Its new text. The number of the paragraph stays. Empty when it is taken out.
    #[serde(default)]
    pub tekst: String,
}

impl TextChange {
    /// Another text for a paragraph.
    #[must_use]
    pub fn replace(blok: usize, tekst: impl Into<String>) -> Self {
        Self { blok, tekst: tekst.into(), ..Self::default() }
    }
}

/// The document with new texts, each marked with who wrote it.
pub(super) fn amend(model: &DocumentModel, changes: &[TextChange], by: &Author<'_>) -> Result<DocumentModel, String> {
    if changes.is_empty() {
        return Err("Geef ten minste één gewijzigde alinea.".to_owned());
    }
    for (index, change) in changes.iter().enumerate() {
        rules::check(model, change)?;
        let again = |other: &TextChange| other.blok == change.blok && other.onderdeel == change.onderdeel;
        let mut earlier = changes.iter().take(index).filter(|other| other.soort != ChangeKind::Add);
        if change.soort != ChangeKind::Add && earlier.any(again) {
            return Err(format!(
                "De tekst op plaats {} wordt twee keer gewijzigd. Geef één nieuwe tekst.",
                change.blok
            ));
        }
    }
    let mut amended = model.clone();
    for change in changes.iter().filter(|change| change.soort != ChangeKind::Add) {
        if let Some(content) = content_mut(&mut amended, change) {
            *content = changed(content, change, by);
        }
    }
    // From the end, so that the places of what is before stay as they were given.
    let mut added: Vec<&TextChange> = changes.iter().filter(|change| change.soort == ChangeKind::Add).collect();
    added.sort_by_key(|change| (change.blok, change.onderdeel.unwrap_or(usize::MAX)));
    for change in added.into_iter().rev() {
        add(&mut amended, change, by);
    }
    Ok(amended)
}

/// The words at a place that can be changed.
pub(super) fn content<'m>(model: &'m DocumentModel, change: &TextChange) -> Option<&'m Vec<Inline>> {
    match (model.blocks.get(change.blok)?, change.onderdeel) {
        (Block::Paragraph { content, .. }, None | Some(0)) => Some(content),
        (Block::List { items, .. }, Some(item)) => items.get(item),
        (Block::Table { caption, head, rows }, Some(line)) => {
            let cell = line.checked_sub(usize::from(caption.is_some()))?.checked_sub(head.len())?;
            rows.iter().flatten().nth(cell)
        }
        _ => None,
    }
}

fn content_mut<'m>(model: &'m mut DocumentModel, change: &TextChange) -> Option<&'m mut Vec<Inline>> {
    match (model.blocks.get_mut(change.blok)?, change.onderdeel) {
        (Block::Paragraph { content, .. }, None | Some(0)) => Some(content),
        (Block::List { items, .. }, Some(item)) => items.get_mut(item),
        (Block::Table { caption, head, rows }, Some(line)) => {
            let cell = line.checked_sub(usize::from(caption.is_some()))?.checked_sub(head.len())?;
            rows.iter_mut().flatten().nth(cell)
        }
        _ => None,
    }
}

fn changed(content: &[Inline], change: &TextChange, by: &Author<'_>) -> Vec<Inline> {
    let earlier = own::note_of(content);
    if change.soort == ChangeKind::Remove {
        return noted(vec![Inline::Text(LAPSED.to_owned())], by.removal_note(earlier));
    }
    let text = own::without_note(&change.tekst, earlier);
    noted(woven(own::words_of(content), text), by.note(earlier))
}

fn add(model: &mut DocumentModel, change: &TextChange, by: &Author<'_>) {
    let content = noted(woven(&[], change.tekst.trim()), by.note(None));
    match (model.blocks.get_mut(change.blok), change.onderdeel) {
        (Some(Block::List { items, .. }), Some(item)) => items.insert(item.saturating_add(1).min(items.len()), content),
        _ => {
            let place = change.blok.saturating_add(1).min(model.blocks.len());
            model.blocks.insert(place, Block::Paragraph { number: None, content });
        }
    }
}

fn noted(mut words: Vec<Inline>, note: String) -> Vec<Inline> {
    words.push(Inline::Text(" ".to_owned()));
    words.push(Inline::Source(note));
    words
}

/// A new text in which what stayed of the old one keeps its form: strong words at its begin and
/// end, references, and above all what is still to be filled in.
fn woven(old: &[Inline], text: &str) -> Vec<Inline> {
    let (mut rest, mut begin, mut end) = (text, Vec::new(), Vec::new());
    let mut middle = old;
    while let Some((first, others)) = middle.split_first()
        && let Some(after) = rest.strip_prefix(first.text().as_str())
    {
        (rest, middle) = (after, others);
        begin.push(first.clone());
    }
    while let Some((last, others)) = middle.split_last()
        && let Some(before) = rest.strip_suffix(last.text().as_str())
    {
        (rest, middle) = (before, others);
        end.push(last.clone());
    }
    let marks: Vec<&Inline> =
        middle.iter().filter(|inline| matches!(inline, Inline::Source(_) | Inline::Blank(_))).collect();
    while let Some((place, mark)) = next_mark(rest, &marks) {
        let (before, after) = rest.split_at(place);
        begin.extend((!before.is_empty()).then(|| Inline::Text(before.to_owned())));
        rest = after.strip_prefix(mark.text().as_str()).unwrap_or_default();
        begin.push(mark);
    }
    begin.extend((!rest.is_empty()).then(|| Inline::Text(rest.to_owned())));
    begin.extend(end.into_iter().rev());
    begin
}

/// The first reference or blank in a text: one that stood there, or any that is to be filled in.
fn next_mark(text: &str, marks: &[&Inline]) -> Option<(usize, Inline)> {
    const BLANK: &str = "[in te vullen: ";
    let known = marks.iter().filter_map(|mark| Some((text.find(mark.text().as_str())?, (*mark).clone())));
    let blank = text.find(BLANK).and_then(|place| {
        let (_, after) = text.split_at(place.saturating_add(BLANK.len()));
        Some((place, Inline::Blank(after.split_once(']')?.0.to_owned())))
    });
    known.chain(blank).min_by_key(|(place, _)| *place)
}

/// Whether a text is the same as what stands there, but for white space.
pub(super) fn is_same(content: &[Inline], text: &str) -> bool {
    let words: String = own::words_of(content).iter().map(Inline::text).collect();
    plain(&words) == plain(text)
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
    own::settle(&mut model);
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

/// Where the annex begins: the account of what the program found, with the notes and questions from before the
/// hearing. It is no part of the decision.
pub(super) fn annex_at(model: &DocumentModel) -> Option<usize> {
    model.blocks.iter().position(|block| matches!(block, Block::PageBreak))
}

/// The decision alone.
pub(super) fn without_annex(mut model: DocumentModel) -> DocumentModel {
    if let Some(start) = annex_at(&model) {
        model.blocks.truncate(start);
    }
    model
}

/// The annex alone.
pub(super) fn annex_of(model: &DocumentModel) -> Option<DocumentModel> {
    let start = annex_at(model)?;
    Some(DocumentModel {
        meta: model.meta.clone(),
        blocks: model.blocks.iter().skip(start.saturating_add(1)).cloned().collect(),
    })
}

/// The code printed on a text: over the account of the draft, the text and its version.
pub(super) fn code_of(receipt: &Value, model: &DocumentModel, version: i64) -> Result<String, serde_json::Error> {
    Ok(canonical_hash(&(receipt, &model.blocks, version))?.chars().take(16).collect())
}

fn is_seal(block: &Block) -> bool {
    matches!(block, Block::Notice { heading, .. } if heading.starts_with(SEALED))
}

/// A reason as a sentence.
pub(super) fn ended(reason: &str) -> String {
    let reason = reason.trim();
    if reason.ends_with(['.', '!', '?']) { reason.to_owned() } else { format!("{reason}.") }
}

/// What is left blank in a text.
pub(super) fn blanks(model: &DocumentModel) -> Vec<&str> {
    let inlines = model.blocks.iter().flat_map(Block::contents).flatten();
    inlines
        .filter_map(|inline| match inline {
            Inline::Blank(what) => Some(what.as_str()),
            _ => None,
        })
        .collect()
}
