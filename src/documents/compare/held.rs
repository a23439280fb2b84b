//! The lines of a document, each with its block and the forms in which an editor may give it back.

use super::plain;
use crate::documents::docx::read::{LineKind, ReadLine};
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::documents::text::{OnControl, clean};

/// Labels with which programs write an item of a list that lost its own numbering.
const DASHES: [&str; 7] = ["–", "-", "•", "*", "·", "—", "o"];

/// A line of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Place of its block; none for the name of the court above the text.
    pub block: Option<usize>,
    /// Place among the lines of its block.
    pub line: usize,
    /// Kind.
    pub kind: LineKind,
    /// Number or label before it.
    pub number: Option<String>,
    /// Its text with the number or label, as it is compared.
    pub full: String,
    /// Its text without number or label.
    pub bare: String,
}

impl Held {
    fn new(place: (Option<usize>, usize), kind: LineKind, number: Option<String>, text: &str) -> Self {
        let bare = plain(text);
        let full = number.as_deref().map_or_else(|| bare.clone(), |number| plain(&format!("{number} {bare}")));
        Self { block: place.0, line: place.1, kind, number, full, bare }
    }

    /// What stands for this line when texts are laid beside each other: lists are read without their labels.
    #[must_use]
    pub fn key(&self) -> String {
        if self.kind == LineKind::ListItem { self.bare.clone() } else { self.full.clone() }
    }

    /// All forms that say the same: with and without the number, and an item of a list with another dash.
    pub(super) fn forms(&self) -> Vec<String> {
        let mut forms = vec![self.full.clone()];
        if self.number.is_some() {
            forms.push(self.bare.clone());
        }
        if self.kind == LineKind::ListItem {
            forms.extend(DASHES.iter().map(|dash| format!("{dash} {}", self.bare)));
        }
        forms
    }

    /// Whether this line stands unchanged in the edited text.
    pub(super) fn is_given_back_by(&self, read: &ReadLine) -> bool {
        let read = plain(&read.text);
        self.forms().contains(&read)
    }
}

/// Whether a word is a sign with which items of a list begin.
#[must_use]
pub fn is_dash(word: &str) -> bool {
    DASHES.contains(&word)
}

/// A text without a number of a paragraph or item before it.
pub(super) fn without_number(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return text };
    let digits = first.trim_end_matches('.');
    let is_number = digits.starts_with(|sign: char| sign.is_ascii_digit())
        && digits.split('.').all(|part| !part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit()));
    if is_number || DASHES.contains(&first) { rest } else { text }
}

/// A document as the lines that a reader of its Word file gets.
#[must_use]
pub fn lines_of(model: &DocumentModel) -> Vec<ReadLine> {
    held(model).iter().map(|held| ReadLine { kind: held.kind, text: held.key() }).collect()
}

/// Lines of a document that have text, in order; the name of the court first.
#[must_use]
pub fn held(model: &DocumentModel) -> Vec<Held> {
    let Ok(model) = clean(model, OnControl::Replace) else { return Vec::new() };
    let mut lines = vec![Held::new((None, 0), LineKind::Paragraph, None, &model.meta.author)];
    for (index, block) in model.blocks.iter().enumerate() {
        of_block(index, block, &mut lines);
    }
    // A number without words stands on paper; a label of a list without words is not read back.
    lines.retain(|line| !line.key().is_empty());
    lines
}

fn of_block(index: usize, block: &Block, lines: &mut Vec<Held>) {
    if let Block::Timeline(axis) = block {
        return of_block(index, &axis.table(), lines);
    }
    let said = |content: &[Inline]| content.iter().map(Inline::text).collect::<String>();
    let mut add = |line: usize, kind: LineKind, number: Option<String>, text: &str| {
        lines.push(Held::new((Some(index), line), kind, number, text));
    };
    match block {
        Block::Heading { number, text, .. } => add(0, LineKind::Heading, number.clone(), text),
        Block::Paragraph { number, content } => add(0, LineKind::Paragraph, number.clone(), &said(content)),
        Block::List { ordered, items } => {
            for (line, item) in items.iter().enumerate() {
                let label = if *ordered { format!("{}.", line.saturating_add(1)) } else { "–".to_owned() };
                add(line, LineKind::ListItem, Some(label), &said(item));
            }
        }
        Block::Table { caption, head, .. } => {
            for (line, text) in block.text_lines().iter().enumerate() {
                let is_caption = line == 0 && caption.is_some();
                // A table without columns has only its caption on paper.
                if is_caption || !head.is_empty() {
                    add(line, if is_caption { LineKind::Paragraph } else { LineKind::Cell }, None, text);
                }
            }
        }
        Block::Notice { heading, content } => {
            add(0, LineKind::Paragraph, None, heading);
            add(1, LineKind::Paragraph, None, &said(content));
        }
        Block::Timeline(_) | Block::PageBreak => {}
    }
}
