//! Reading a Word file back, after a judge or clerk edited it in Word or LibreOffice. Pure: bytes
//! in, lines of text out.
//!
//! - `package`: the zip, within limits; which part is the text, which are the headers and footers.
//! - `xml`: one walk over a part; document types and foreign entities are refused.
//! - `styles`: which styles are headings and lists, whatever the language of the program.
//! - `body`: the text as it stands when all tracked changes are taken, one line a paragraph or cell.

mod body;
mod error;
mod package;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

pub use error::ReadError;

use serde::{Deserialize, Serialize};

/// Largest file in bytes.
pub const LARGEST_FILE: usize = 8_000_000;
/// Most lines of text that are read.
pub const MOST_LINES: usize = 5_000;
/// Most characters of text that are read.
const MOST_CHARACTERS: usize = 600_000;
/// Signs of a control code.
const CODE_LENGTH: usize = 16;

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineKind {
    /// Heading.
    #[serde(rename = "k")]
    Heading,
    /// Paragraph.
    #[serde(rename = "a")]
    Paragraph,
    /// Item of a list, without its label.
    #[serde(rename = "l")]
    ListItem,
    /// Cell of a table.
    #[serde(rename = "c")]
    Cell,
}

/// A line of the file: a paragraph, an item of a list, or a cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadLine {
    /// Kind.
    #[serde(rename = "s")]
    pub kind: LineKind,
    /// Text; a line break within the paragraph is a line feed.
    #[serde(rename = "t")]
    pub text: String,
}

/// What was in the file besides the text that was read; each is told to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Tracked changes, all of which were read as accepted.
    pub tracked: usize,
    /// Comments in the margin, which were not read.
    pub comments: usize,
    /// Footnotes and endnotes, which were not read.
    pub notes: usize,
    /// Text boxes, read as paragraphs of their own.
    pub text_boxes: usize,
    /// Pictures, formulas and embedded files, which were not read.
    pub pictures: usize,
}

/// What a Word file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadBack {
    /// Lines with text, in order. Headers, footers and the mark behind the page are left out.
    pub lines: Vec<ReadLine>,
    /// Control codes in headers and footers, without doubles.
    pub control_codes: Vec<String>,
    /// What else was there.
    pub seen: Seen,
}

/// Reads a Word file.
///
/// # Errors
/// When it is no Word file, is too large, or holds what a Word file may not hold; in Dutch.
pub fn read(bytes: &[u8]) -> Result<ReadBack, ReadError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ReadError::TooLarge);
    }
    let mut package = package::Package::open(bytes)?;
    let known = match package.related("/styles")?.first() {
        Some(part) => styles::read(part)?,
        None => styles::Styles::default(),
    };
    let main = package.main()?;
    let (lines, seen) = body::read(&main, &known)?;
    let mut around = package.related("/footer")?;
    around.extend(package.related("/header")?);
    let mut control_codes: Vec<String> = Vec::new();
    for part in &around {
        let (lines, _) = body::read(part, &known)?;
        for code in lines.iter().filter_map(|line| code_in(&line.text)) {
            if !control_codes.contains(&code) {
                control_codes.push(code);
            }
        }
    }
    Ok(ReadBack { lines, control_codes, seen })
}

/// The control code in a line of a footer.
fn code_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let (_, after) = lower.split_once("controlecode")?;
    let code: String =
        after.trim_start_matches([' ', ':', '\u{a0}']).chars().take_while(char::is_ascii_hexdigit).collect();
    (code.len() == CODE_LENGTH).then_some(code)
}
