//! One cleaning of all text before it is rendered, so that the three outputs carry the same characters.
//!
//! Line feeds stay (a line break within a paragraph), tabs become spaces, characters without a
//! shape (soft hyphen, zero-width space) go, and control characters are refused.

use super::error::DocumentError;
use super::model::{Block, DocumentMeta, DocumentModel, Inline, Timeline, TimelineRow};

/// What to do with a control character.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnControl {
    /// Refuse the document.
    Refuse,
    /// Put the replacement character, so that the reader sees that something stood there.
    Replace,
}

/// A copy of the model with clean text and a sound shape.
pub(super) fn clean(model: &DocumentModel, on_control: OnControl) -> Result<DocumentModel, DocumentError> {
    let cleaner = Cleaner { on_control, place: "de kop- of voettekst".to_owned() };
    let meta = DocumentMeta {
        title: cleaner.single_line(&model.meta.title)?,
        author: cleaner.single_line(&model.meta.author)?,
        running_header: cleaner.single_line(&model.meta.running_header)?,
        concept: model.meta.concept,
        control_code: cleaner.single_line(&model.meta.control_code)?,
        dated: model.meta.dated,
        compact: model.meta.compact,
    };
    let blocks = model
        .blocks
        .iter()
        .enumerate()
        .map(|(index, block)| Cleaner { on_control, place: format!("blok {}", index + 1) }.block(block))
        .collect::<Result<_, _>>()?;
    Ok(DocumentModel { meta, blocks })
}

struct Cleaner {
    on_control: OnControl,
    place: String,
}

impl Cleaner {
    fn block(&self, block: &Block) -> Result<Block, DocumentError> {
        Ok(match block {
            Block::Heading { level, number, text } => {
                if self.on_control == OnControl::Refuse && !(1..=3).contains(level) {
                    return Err(DocumentError::HeadingLevel { place: self.place.clone(), level: *level });
                }
                Block::Heading { level: *level, number: self.optional(number)?, text: self.text(text)? }
            }
            Block::Paragraph { number, content } => {
                Block::Paragraph { number: self.optional(number)?, content: self.inlines(content)? }
            }
            Block::List { ordered, items } => Block::List { ordered: *ordered, items: self.cells(items)? },
            Block::Table { caption, head, rows } => {
                self.even(head, rows)?;
                Block::Table {
                    caption: self.optional(caption)?,
                    head: head.iter().map(|cell| self.text(cell)).collect::<Result<_, _>>()?,
                    rows: rows.iter().map(|row| self.cells(row)).collect::<Result<_, _>>()?,
                }
            }
            Block::Notice { heading, content } => {
                Block::Notice { heading: self.text(heading)?, content: self.inlines(content)? }
            }
            Block::Timeline(timeline) => Block::Timeline(self.timeline(timeline)?),
            Block::PageBreak => Block::PageBreak,
        })
    }

    fn timeline(&self, timeline: &Timeline) -> Result<Timeline, DocumentError> {
        let row = |row: &TimelineRow| {
            Ok(TimelineRow {
                part: self.single_line(&row.part)?,
                label: self.single_line(&row.label)?,
                when: self.text(&row.when)?,
                what: self.inlines(&row.what)?,
                ..row.clone()
            })
        };
        Ok(Timeline {
            caption: self.text(&timeline.caption)?,
            on: timeline.on,
            rows: timeline.rows.iter().map(row).collect::<Result<_, _>>()?,
        })
    }

    fn even(&self, head: &[String], rows: &[Vec<Vec<Inline>>]) -> Result<(), DocumentError> {
        let uneven = rows.iter().enumerate().find(|(_, row)| row.len() != head.len());
        match uneven {
            Some((index, row)) if self.on_control == OnControl::Refuse => Err(DocumentError::UnevenTable {
                place: self.place.clone(),
                row: index + 1,
                expected: head.len(),
                found: row.len(),
            }),
            _ => Ok(()),
        }
    }

    fn cells(&self, cells: &[Vec<Inline>]) -> Result<Vec<Vec<Inline>>, DocumentError> {
        cells.iter().map(|cell| self.inlines(cell)).collect()
    }

    fn inlines(&self, content: &[Inline]) -> Result<Vec<Inline>, DocumentError> {
        content
            .iter()
            .map(|inline| {
                Ok(match inline {
                    Inline::Text(text) => Inline::Text(self.text(text)?),
                    Inline::Strong(text) => Inline::Strong(self.text(text)?),
                    Inline::Emphasis(text) => Inline::Emphasis(self.text(text)?),
                    Inline::Blank(text) => Inline::Blank(self.text(text)?),
                    Inline::Source(text) => Inline::Source(self.text(text)?),
                })
            })
            .collect()
    }

    fn optional(&self, text: &Option<String>) -> Result<Option<String>, DocumentError> {
        text.as_deref().map(|text| self.single_line(text)).transpose()
    }

    fn single_line(&self, text: &str) -> Result<String, DocumentError> {
        Ok(self.text(text)?.replace('\n', " "))
    }

    fn text(&self, text: &str) -> Result<String, DocumentError> {
        let mut out = String::with_capacity(text.len());
        let mut previous_return = false;
        for character in text.chars() {
            let after_return = std::mem::replace(&mut previous_return, character == '\r');
            match character {
                '\n' if after_return => {}
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
                '\t' => out.push(' '),
                _ if is_shapeless(character) => {}
                _ if is_steering(character) => match self.on_control {
                    OnControl::Refuse => {
                        return Err(DocumentError::ControlCharacter {
                            code: u32::from(character),
                            place: self.place.clone(),
                        });
                    }
                    OnControl::Replace => out.push('\u{FFFD}'),
                },
                _ => out.push(character),
            }
        }
        Ok(out)
    }
}

/// Characters that nobody sees: without a shape, or steering the machine. Line feeds are seen.
pub(super) fn is_unseen(character: char) -> bool {
    character != '\n' && (is_shapeless(character) || is_steering(character))
}

/// Characters that have no shape of their own and may go without changing what a reader sees.
fn is_shapeless(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Control characters, bidirectional overrides (which can turn text around) and non-characters.
fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}
