//! Which styles of a Word file are headings and which are lists. Names of styles differ by
//! language; what they are for does not.

use super::LineKind;
use super::error::ReadError;
use super::xml::{self, Piece, Space};
use std::collections::BTreeMap;

/// Longest line of styles that rest on one another.
const LONGEST_CHAIN: usize = 12;

/// Styles by their id.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outlined: bool,
    listed: bool,
}

impl Styles {
    /// What a paragraph with this style is.
    pub(super) fn kind(&self, id: &str) -> LineKind {
        let mut next = Some(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(id) = next else { break };
            let Some(style) = self.0.get(id) else { break };
            if style.outlined || style.name.starts_with("heading ") {
                return LineKind::Heading;
            }
            if style.listed {
                return LineKind::ListItem;
            }
            next = style.based_on.as_deref();
        }
        LineKind::Paragraph
    }
}

/// Reads the styles.
pub(super) fn read(part: &str) -> Result<Styles, ReadError> {
    let mut styles = Styles::default();
    let mut open: Option<(String, Style)> = None;
    xml::walk(part, &mut |piece| {
        match piece {
            Piece::Open(Space::Word, "style", attributes) => {
                open = attributes.value("styleId").map(|id| (id, Style::default()));
            }
            Piece::Open(Space::Word, name, attributes) => {
                if let Some((_, style)) = open.as_mut() {
                    note(style, name, attributes.value("val").unwrap_or_default());
                }
            }
            Piece::Close(Space::Word, "style") => {
                if let Some((id, style)) = open.take() {
                    styles.0.insert(id, style);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

fn note(style: &mut Style, element: &str, value: String) {
    match element {
        "name" => style.name = value.to_lowercase(),
        "basedOn" => style.based_on = Some(value),
        // Level 9 is body text.
        "outlineLvl" => style.outlined = value.parse::<u8>().is_ok_and(|level| level < 9),
        "numId" => style.listed = value != "0",
        _ => {}
    }
}
