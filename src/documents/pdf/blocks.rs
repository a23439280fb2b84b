//! Blocks of the model to bands.

use super::breaking::{Piece, segments, set_lines};
use super::flow::{Band, Bookmark, Flow, keep_ends, line_items};
use super::shaping::Shaper;
use super::structure::{NodeId, Role, Structure};
use super::style::{MARGIN, NUMBER_COLUMN, Setting, Style, TEXT_WIDTH, TextKind};
use super::{table, timeline};
use crate::documents::closing::closing_blocks;
use crate::documents::error::DocumentError;
use crate::documents::model::{Block, DocumentModel, Inline};

/// Lines above a drawing that stay with it at most.
const LEGEND: usize = 6;

/// Column in which list labels hang.
const LABEL_COLUMN: f32 = 20.0;
/// White within the frame of a notice.
const NOTICE_PADDING: f32 = 9.0;

/// Lays out all blocks.
pub(super) fn build(model: &DocumentModel, shaper: &mut Shaper) -> Result<Flow, DocumentError> {
    let mut builder = Builder {
        shaper,
        setting: Setting::of(model.meta.compact),
        flow: Flow { bands: Vec::new(), table_heads: Vec::new(), structure: Structure::new() },
        frames: 0,
        new_page: false,
        indent: 0.0,
    };
    let mut introduced = false;
    let mut closing = 0_usize;
    for (place, block) in model.blocks.iter().enumerate() {
        // "Verschenen zijn:" does not end a page when its list follows.
        let listed = introduced
            && match block {
                Block::List { items, .. } => !items.is_empty(),
                // What a judge noted stands with the finding it is about.
                Block::Notice { .. } => true,
                _ => false,
            };
        let begun = closing_blocks(model.blocks.get(place..).unwrap_or_default());
        if (listed || closing > 0 || begun > 0)
            && let Some(last) = builder.flow.bands.last_mut()
        {
            last.keep = true;
        }
        closing = closing.max(begun);
        let first = builder.flow.bands.len();
        builder.block(block)?;
        if closing > 0 {
            let bands = builder.flow.bands.get_mut(first..).unwrap_or_default();
            bands.iter_mut().rev().skip(1).for_each(|band| band.keep = true);
            closing -= 1;
        }
        if opens_section(&model.blocks, place)
            && let Some(last) = builder.flow.bands.last_mut()
        {
            last.keep = true;
        }
        introduced = matches!(block, Block::Paragraph { .. });
    }
    Ok(builder.flow)
}

/// Whether a numbered paragraph is the first of several under a heading: a decision of which one point stands at the foot
/// of a page reads as if that were all.
fn opens_section(blocks: &[Block], place: usize) -> bool {
    let is_numbered = |block: Option<&Block>| matches!(block, Some(Block::Paragraph { number: Some(_), .. }));
    let before = place.checked_sub(1).and_then(|place| blocks.get(place));
    matches!(before, Some(Block::Heading { .. }))
        && is_numbered(blocks.get(place))
        && is_numbered(blocks.get(place.saturating_add(1)))
}

/// Where and how a text is set.
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) slack: f32,
}

impl Column {
    fn new(kind: &TextKind, x: f32) -> Self {
        Self { x, width: MARGIN + TEXT_WIDTH - x, size: kind.size, leading: kind.leading, slack: kind.slack }
    }
}

struct Builder<'a> {
    shaper: &'a mut Shaper,
    setting: &'static Setting,
    flow: Flow,
    frames: usize,
    new_page: bool,
    /// Lists hang under the paragraph before them.
    indent: f32,
}

/// The pieces of inlines in a kind of text.
pub(super) fn pieces(content: &[Inline], kind: &TextKind) -> Vec<Piece> {
    content.iter().map(|inline| Piece { text: inline.text(), style: kind.inline(inline) }).collect()
}

impl Builder<'_> {
    fn block(&mut self, block: &Block) -> Result<(), DocumentError> {
        match block {
            Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), text),
            Block::Paragraph { number, content } => self.paragraph(number.as_deref(), content),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table { caption, head, rows } => {
                let mut bands =
                    table::build(self.setting, self.shaper, &mut self.flow, caption.as_deref(), head, rows)?;
                if let Some(first) = bands.first_mut() {
                    first.before = self.setting.block_gap * 1.5;
                }
                self.append(bands);
                self.indent = 0.0;
                Ok(())
            }
            Block::Notice { heading, content } => self.notice(heading, content),
            Block::Timeline(axis) => {
                if let Some(mut drawing) = timeline::build(self.shaper, &mut self.flow, axis)? {
                    drawing.before = self.setting.block_gap;
                    // Its heading and what explains its signs stand above it, on the same page.
                    let above = self.flow.bands.iter_mut().rev().take(LEGEND);
                    above.take_while(|band| band.bookmark.is_none()).for_each(|band| band.keep = true);
                    self.append(vec![drawing]);
                }
                self.block(&axis.table())
            }
            Block::PageBreak => {
                self.new_page = true;
                Ok(())
            }
        }
    }

    fn append(&mut self, mut bands: Vec<Band>) {
        if let Some(first) = bands.first_mut() {
            first.new_page = std::mem::take(&mut self.new_page);
        }
        self.flow.bands.append(&mut bands);
    }

    /// Sets a text as bands of one line each.
    fn text(&mut self, pieces: &[Piece], node: NodeId, column: &Column) -> Result<Vec<Band>, DocumentError> {
        let parts = segments(pieces, self.shaper)?;
        let lines = set_lines(parts, column.width, column.slack, self.shaper)?;
        Ok(lines
            .iter()
            .map(|line| Band {
                height: column.leading,
                items: line_items(line, Some(node), column.x, 0.0, column.leading, column.size),
                ..Band::default()
            })
            .collect())
    }

    /// Hangs a number or label left of the first line; gives its width.
    fn hang(&mut self, label: &str, style: Style, node: NodeId, x: f32, band: &mut Band) -> Result<(), DocumentError> {
        let parts = segments(&[Piece { text: format!("{label} "), style }], self.shaper)?;
        let lines = set_lines(parts, f32::MAX, 1.0, self.shaper)?;
        if let Some(line) = lines.first() {
            let mut items = line_items(line, Some(node), x, 0.0, band.height, style.size);
            items.append(&mut band.items);
            band.items = items;
        }
        Ok(())
    }

    fn measure(&mut self, label: &str, style: Style) -> Result<f32, DocumentError> {
        Ok(segments(&[Piece { text: format!("{label} "), style }], self.shaper)?
            .iter()
            .map(super::breaking::Segment::full_width)
            .sum())
    }

    fn heading(&mut self, level: u8, number: Option<&str>, text: &str) -> Result<(), DocumentError> {
        let (style, leading, before, after) = self.setting.heading(level);
        let node = self.flow.structure.add(0, Role::Heading(level));
        let hang = match number {
            Some(number) => self.measure(number, style)?.max(NUMBER_COLUMN),
            None => 0.0,
        };
        let x = MARGIN + hang;
        let column = Column { leading, size: style.size, slack: 1.0, ..Column::new(&self.setting.body, x) };
        let column = self.balanced(text, style, column)?;
        let mut bands = self.text(&[Piece { text: text.to_owned(), style }], node, &column)?;
        if let Some(first) = bands.first_mut() {
            first.before = before;
            let title = number.map_or_else(|| text.to_owned(), |number| format!("{number} {text}"));
            first.bookmark = Some(Bookmark { level, title: title.replace('\n', " ") });
            if let Some(number) = number {
                self.hang(number, style, node, MARGIN, first)?;
            }
        }
        for band in &mut bands {
            band.keep = true;
        }
        if let Some(last) = bands.last_mut() {
            last.height += after;
        }
        self.append(bands);
        self.indent = 0.0;
        Ok(())
    }

    /// Narrows the column of a heading until its lines are about equally long.
    fn balanced(&mut self, text: &str, style: Style, column: Column) -> Result<Column, DocumentError> {
        let parts = segments(&[Piece { text: text.to_owned(), style }], self.shaper)?;
        let lines = set_lines(parts.clone(), column.width, 1.0, self.shaper)?.len();
        if lines < 2 {
            return Ok(column);
        }
        let (mut narrow, mut wide) = (0.0, column.width);
        for _ in 0..7 {
            let width = (narrow + wide) / 2.0;
            if set_lines(parts.clone(), width, 1.0, self.shaper)?.len() > lines {
                narrow = width;
            } else {
                wide = width;
            }
        }
        Ok(Column { width: wide, ..column })
    }

    fn paragraph(&mut self, number: Option<&str>, content: &[Inline]) -> Result<(), DocumentError> {
        let node = self.flow.structure.add(0, Role::Paragraph);
        let style = self.setting.body.plain();
        let hang = match number {
            Some(number) => self.measure(number, style)?.max(NUMBER_COLUMN),
            None => 0.0,
        };
        let column = Column::new(&self.setting.body, MARGIN + hang);
        let mut bands = self.text(&pieces(content, &self.setting.body), node, &column)?;
        if let Some(first) = bands.first_mut() {
            first.before = self.setting.block_gap;
            if let Some(number) = number {
                self.hang(number, style, node, MARGIN, first)?;
            }
        }
        keep_ends(&mut bands);
        self.append(bands);
        self.indent = if number.is_some() { NUMBER_COLUMN } else { 0.0 };
        Ok(())
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) -> Result<(), DocumentError> {
        if items.is_empty() {
            return Ok(());
        }
        let list = self.flow.structure.add(0, Role::List { ordered });
        let style = self.setting.body.plain();
        let widest = if ordered { self.measure(&format!("{}.", items.len()), style)? } else { 0.0 };
        let x = MARGIN + self.indent;
        let column = Column::new(&self.setting.body, x + widest.max(LABEL_COLUMN));
        for (index, item) in items.iter().enumerate() {
            let entry = self.flow.structure.add(list, Role::ListItem);
            let label = self.flow.structure.add(entry, Role::Label);
            let body = self.flow.structure.add(entry, Role::ListBody);
            let mut bands = self.text(&pieces(item, &self.setting.body), body, &column)?;
            let text = if ordered { format!("{}.", index.saturating_add(1)) } else { "–".to_owned() };
            if let Some(first) = bands.first_mut() {
                first.before = if index == 0 { self.setting.block_gap * 0.75 } else { self.setting.item_gap };
                self.hang(&text, style, label, x, first)?;
            }
            keep_ends(&mut bands);
            self.append(bands);
        }
        Ok(())
    }

    fn notice(&mut self, heading: &str, content: &[Inline]) -> Result<(), DocumentError> {
        let frame = self.frames;
        self.frames = self.frames.saturating_add(1);
        let part = self.flow.structure.add(0, Role::Division);
        let title = self.flow.structure.add(part, Role::Paragraph);
        let text = self.flow.structure.add(part, Role::Paragraph);
        let mut column = Column::new(&self.setting.body, MARGIN + NOTICE_PADDING + 4.0);
        column.width -= NOTICE_PADDING;
        let style = Style::new(self.setting.table.strong, self.setting.body.size);
        let mut bands = vec![Band {
            height: NOTICE_PADDING * 0.8,
            before: self.setting.block_gap * 1.5,
            keep: true,
            ..Band::default()
        }];
        let mut head = self.text(&[Piece { text: heading.to_owned(), style }], title, &column)?;
        head.iter_mut().for_each(|band| band.keep = true);
        bands.append(&mut head);
        let mut body = self.text(&pieces(content, &self.setting.body), text, &column)?;
        // A warning in two halves is read as two: the frame stays whole, unless no page holds it.
        body.iter_mut().rev().skip(1).for_each(|band| band.keep = true);
        if let Some(last) = body.last_mut() {
            last.height += NOTICE_PADDING;
        }
        bands.append(&mut body);
        for band in &mut bands {
            band.frame = Some(frame);
        }
        self.append(bands);
        // White below the frame, which the next block's own white does not give.
        self.flow.bands.push(Band { before: 0.0, height: self.setting.block_gap * 0.5, ..Band::default() });
        self.indent = 0.0;
        Ok(())
    }
}
