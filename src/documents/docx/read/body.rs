//! The text of a part, one line a paragraph or cell, as it stands when every tracked change is
//! taken: what was put in is there, what was struck out is not.

use super::error::ReadError;
use super::styles::Styles;
use super::xml::{self, Attributes, Piece, Space};
use super::{LineKind, MOST_CHARACTERS, MOST_LINES, ReadLine, Seen};

/// Reads a part with paragraphs.
pub(super) fn read(part: &str, styles: &Styles) -> Result<(Vec<ReadLine>, Seen), ReadError> {
    let mut reader = Reader {
        styles,
        lines: Vec::new(),
        seen: Seen::default(),
        characters: 0,
        skipped: 0,
        paragraphs: Vec::new(),
        carried: Vec::new(),
        rows: Vec::new(),
        cells: Vec::new(),
        fields: Vec::new(),
        choices: Vec::new(),
        properties: Properties::None,
        run_text: None,
    };
    xml::walk(part, &mut |piece| reader.take(piece))?;
    if reader.fields.contains(&false) {
        // A field that begins and never says where its text begins would swallow everything after it.
        return Err(ReadError::Damaged);
    }
    reader.flush(0);
    Ok((reader.lines, reader.seen))
}

/// In which properties the walk is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Properties {
    None,
    Paragraph,
    Row,
}

struct Reader<'s> {
    styles: &'s Styles,
    lines: Vec<ReadLine>,
    seen: Seen,
    characters: usize,
    /// Depth inside an element that is left out; 0 outside.
    skipped: usize,
    /// Paragraphs that are open; more than one when a text box stands in a paragraph.
    paragraphs: Vec<Paragraph>,
    /// Text of paragraphs whose end was struck out, each with its depth: it goes on in the next at that depth.
    carried: Vec<(usize, String)>,
    /// Rows that are open, and whether each was struck out.
    rows: Vec<bool>,
    /// Cells that are open, each with the number of lines before it.
    cells: Vec<usize>,
    /// Fields that are open, and whether their result is being read.
    fields: Vec<bool>,
    /// Choices that are open, and whether one form was already read.
    choices: Vec<bool>,
    properties: Properties,
    /// Text of the run being read, and whether its spaces count.
    run_text: Option<(String, bool)>,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    listed: Option<bool>,
    in_cell: bool,
    runs_on: bool,
}

impl Reader<'_> {
    fn take(&mut self, piece: Piece<'_>) -> Result<(), ReadError> {
        match piece {
            Piece::Open(..) if self.skipped > 0 => self.skipped = self.skipped.saturating_add(1),
            Piece::Close(..) if self.skipped > 0 => self.skipped = self.skipped.saturating_sub(1),
            Piece::Text(_) if self.skipped > 0 => {}
            Piece::Open(Space::Word, name, attributes) => self.open(name, &attributes)?,
            Piece::Open(Space::Choice, name, _) => self.open_choice(name),
            Piece::Open(Space::Other, "oMath" | "OLEObject", _) => {
                self.seen.pictures = self.seen.pictures.saturating_add(1)
            }
            Piece::Open(Space::Other, ..) => {}
            Piece::Close(Space::Word, name) => self.close(name)?,
            Piece::Close(Space::Choice, "AlternateContent") => {
                self.choices.pop();
            }
            Piece::Close(..) => {}
            Piece::Text(text) => {
                if let Some((run, _)) = self.run_text.as_mut() {
                    run.push_str(text);
                }
            }
        }
        Ok(())
    }

    /// The first form of a choice is read; the others say the same in another way.
    fn open_choice(&mut self, name: &str) {
        match name {
            "AlternateContent" => self.choices.push(false),
            "Choice" | "Fallback" => {
                if let Some(read) = self.choices.last_mut()
                    && std::mem::replace(read, true)
                {
                    self.skipped = 1;
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError> {
        let one_more = |count: &mut usize| *count = count.saturating_add(1);
        match name {
            "ins" | "del" | "moveTo" | "moveFrom" if self.properties != Properties::None => self.open_mark(name),
            "ins" | "moveTo" => one_more(&mut self.seen.tracked),
            "del" | "moveFrom" => {
                one_more(&mut self.seen.tracked);
                self.skipped = 1;
            }
            "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "sectPrChange"
            | "numberingChange" | "sectPr" | "delText" | "instrText" | "delInstrText" => self.skipped = 1,
            "p" => self.open_paragraph(),
            "pPr" => self.properties = Properties::Paragraph,
            "trPr" => self.properties = Properties::Row,
            "pStyle" | "numId" if self.properties == Properties::Paragraph => self.open_property(name, attributes),
            "tr" => self.rows.push(false),
            "tc" if self.rows.last() == Some(&true) => self.skipped = 1,
            "tc" => self.cells.push(self.lines.len()),
            "txbxContent" => {
                one_more(&mut self.seen.text_boxes);
                // What holds a text box was counted as a picture.
                self.seen.pictures = self.seen.pictures.saturating_sub(1);
            }
            "commentReference" => one_more(&mut self.seen.comments),
            "footnoteReference" | "endnoteReference" => one_more(&mut self.seen.notes),
            "drawing" | "pict" | "object" | "altChunk" => one_more(&mut self.seen.pictures),
            "fldChar" => self.field(&attributes.value("fldCharType").unwrap_or_default()),
            "t" => self.run_text = Some((String::new(), attributes.value("space").as_deref() == Some("preserve"))),
            "tab" | "ptab" if self.properties == Properties::None => self.push(" ")?,
            "cr" => self.push("\n")?,
            "br" => match attributes.value("type").as_deref() {
                Some("page" | "column") => {}
                _ => self.push("\n")?,
            },
            "noBreakHyphen" => self.push("-")?,
            "sym" => self.push(&symbol(&attributes.value("char").unwrap_or_default()))?,
            _ => {}
        }
        Ok(())
    }

    /// A tracked change of a paragraph's end or of a row, among its properties.
    fn open_mark(&mut self, name: &str) {
        self.seen.tracked = self.seen.tracked.saturating_add(1);
        let struck = matches!(name, "del" | "moveFrom");
        match (self.properties, self.paragraphs.last_mut(), self.rows.last_mut()) {
            (Properties::Paragraph, Some(paragraph), _) => paragraph.runs_on |= struck,
            (Properties::Row, _, Some(row)) => *row |= struck,
            _ => {}
        }
    }

    fn open_property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let value = attributes.value("val").unwrap_or_default();
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match name {
                "pStyle" => paragraph.style = Some(value),
                _ => paragraph.listed = Some(value != "0"),
            }
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(false),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    *field = true;
                }
            }
            _ => {
                self.fields.pop();
            }
        }
    }

    fn open_paragraph(&mut self) {
        let depth = self.paragraphs.len();
        let text = match self.carried.iter().position(|(at, _)| *at == depth) {
            Some(place) => self.carried.remove(place).1,
            None => String::new(),
        };
        // A text box in a cell is no cell.
        let in_cell = !self.rows.is_empty() && depth == 0;
        self.paragraphs.push(Paragraph { text, in_cell, ..Paragraph::default() });
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "p" => self.close_paragraph()?,
            "pPr" | "trPr" => self.properties = Properties::None,
            "tr" => {
                self.rows.pop();
            }
            "tc" => self.close_cell(),
            "t" => {
                if let Some((text, preserved)) = self.run_text.take() {
                    let text = text.replace(['\t', '\n', '\r'], " ");
                    self.push(if preserved { &text } else { text.trim() })?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close_paragraph(&mut self) -> Result<(), ReadError> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let depth = self.paragraphs.len();
        // A text box in it is over: nothing comes after what was to go on there.
        self.flush(depth.saturating_add(1));
        if paragraph.runs_on {
            self.carried.push((depth, paragraph.text));
            return Ok(());
        }
        let text = paragraph.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let styled = paragraph.style.as_deref().map_or(LineKind::Paragraph, |style| self.styles.kind(style));
        let kind = match (paragraph.in_cell, paragraph.listed, styled) {
            (true, ..) => LineKind::Cell,
            (_, _, LineKind::Heading) => LineKind::Heading,
            (_, Some(true), _) => LineKind::ListItem,
            (_, Some(false), _) => LineKind::Paragraph,
            (_, None, styled) => styled,
        };
        self.lines.push(ReadLine { kind, text: text.to_owned() });
        if self.lines.len() > MOST_LINES { Err(ReadError::TooMuchText) } else { Ok(()) }
    }

    /// A cell is one line, also when it was given more paragraphs.
    fn close_cell(&mut self) {
        self.flush(0);
        let Some(start) = self.cells.pop() else { return };
        if self.lines.len() > start {
            let texts: Vec<String> = self.lines.drain(start..).map(|line| line.text).collect();
            self.lines.push(ReadLine { kind: LineKind::Cell, text: texts.join("\n") });
        }
    }

    /// What was to go on in a next paragraph that never came, at this depth or deeper.
    fn flush(&mut self, depth: usize) {
        let (over, left): (Vec<_>, Vec<_>) = self.carried.drain(..).partition(|(at, _)| *at >= depth);
        self.carried = left;
        for (_, text) in over.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
            self.lines.push(ReadLine { kind: LineKind::Paragraph, text: text.trim().to_owned() });
        }
    }

    fn push(&mut self, text: &str) -> Result<(), ReadError> {
        if self.fields.contains(&false) {
            return Ok(());
        }
        self.characters = self.characters.saturating_add(text.chars().count());
        if self.characters > MOST_CHARACTERS {
            return Err(ReadError::TooMuchText);
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.extend(text.chars().filter(|character| !crate::documents::text::is_unseen(*character)));
        }
        Ok(())
    }
}

/// A sign from a font of symbols: its character, or the sign for one that is not known.
fn symbol(code: &str) -> String {
    let known = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
    // Fonts of symbols put theirs in the private area; what is there means nothing outside that font.
    let meant = known.filter(|character| !('\u{e000}'..='\u{f8ff}').contains(character) && !character.is_control());
    meant.unwrap_or('\u{fffd}').to_string()
}
