//! What stands around the text on every page: header, letterhead and footer.

use super::breaking::{Line, Piece, segments, set_lines};
use super::flow::{Fill, Item, Mark, line_items};
use super::fonts::FontKey;
use super::paginate::Page;
use super::shaping::Shaper;
use super::style::{MARGIN, PAGE_HEIGHT, Style, TEXT_WIDTH, TOP};
use crate::documents::error::DocumentError;
use crate::documents::model::DocumentMeta;

const SMALL: Style = Style::new(FontKey::Sans, 8.5).grey();
const SMALL_LEADING: f32 = 11.0;
const HEADER_TOP: f32 = 36.0;
const FOOTER_TOP: f32 = PAGE_HEIGHT - 52.0;
const LETTERHEAD: Style = Style::new(FontKey::SansBold, 12.0);
const LETTERHEAD_LEADING: f32 = 16.0;

/// The running text of a document, set once.
pub(super) struct Running {
    header: Vec<Line>,
    concept: Vec<Line>,
    letterhead: Vec<Line>,
    code: Vec<Line>,
}

impl Running {
    /// Sets header, letterhead and control code.
    pub(super) fn set(meta: &DocumentMeta, shaper: &mut Shaper) -> Result<Self, DocumentError> {
        let concept = Style::new(FontKey::SansBold, 9.5);
        let code =
            if meta.control_code.is_empty() { String::new() } else { format!("controlecode {}", meta.control_code) };
        Ok(Self {
            header: set(&meta.running_header, SMALL, TEXT_WIDTH - 80.0, shaper)?,
            concept: set(if meta.concept { "CONCEPT" } else { "" }, concept, TEXT_WIDTH, shaper)?,
            letterhead: set(&meta.author, LETTERHEAD, TEXT_WIDTH, shaper)?,
            code: set(&code, SMALL, TEXT_WIDTH - 100.0, shaper)?,
        })
    }

    /// Where the text starts on a page.
    pub(super) fn top(&self) -> f32 {
        TOP.max(HEADER_TOP + self.header.len() as f32 * SMALL_LEADING + 22.0)
    }

    /// Where the text starts on the first page, under the letterhead.
    pub(super) fn first_top(&self) -> f32 {
        if self.letterhead.is_empty() {
            return self.top();
        }
        self.top() + self.letterhead.len() as f32 * LETTERHEAD_LEADING + 32.0
    }

    /// Adds the running text to a page, with its number and how many there are when they are counted.
    pub(super) fn add(
        &self,
        page: &mut Page,
        counted: Option<(usize, usize)>,
        first: bool,
        shaper: &mut Shaper,
    ) -> Result<(), DocumentError> {
        let items = &mut page.items;
        if first && !self.letterhead.is_empty() {
            let top = self.top() - 4.0;
            lines(items, &self.letterhead, MARGIN, top, LETTERHEAD_LEADING, LETTERHEAD.size);
            let y = top + self.letterhead.len() as f32 * LETTERHEAD_LEADING + 6.0;
            items.push(rule(y));
        }
        lines(items, &self.header, MARGIN, HEADER_TOP, SMALL_LEADING, SMALL.size);
        flush_right(items, &self.concept, HEADER_TOP);
        items.push(rule(FOOTER_TOP - 5.0));
        lines(items, &self.code, MARGIN, FOOTER_TOP, SMALL_LEADING, SMALL.size);
        if let Some((number, total)) = counted {
            let count = set(&format!("pagina {number} van {total}"), SMALL, TEXT_WIDTH, shaper)?;
            flush_right(items, &count, FOOTER_TOP);
        }
        Ok(())
    }
}

fn set(text: &str, style: Style, width: f32, shaper: &mut Shaper) -> Result<Vec<Line>, DocumentError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let parts = segments(&[Piece { text: text.to_owned(), style }], shaper)?;
    set_lines(parts, width, 1.0, shaper)
}

fn lines(items: &mut Vec<Item>, lines: &[Line], x: f32, top: f32, leading: f32, size: f32) {
    for (index, line) in lines.iter().enumerate() {
        items.append(&mut line_items(line, None, x, top + index as f32 * leading, leading, size));
    }
}

fn flush_right(items: &mut Vec<Item>, text: &[Line], top: f32) {
    for line in text {
        let width = line.runs.last().map_or(0.0, |run| run.x + run.style.points(run.word.width));
        let size = line.runs.last().map_or(SMALL.size, |run| run.style.size);
        items.append(&mut line_items(line, None, MARGIN + TEXT_WIDTH - width, top, SMALL_LEADING, size));
    }
}

fn rule(y: f32) -> Item {
    Item { node: None, y, mark: Mark::Box { x: MARGIN, width: TEXT_WIDTH, height: 0.5, fill: Fill::Light } }
}
