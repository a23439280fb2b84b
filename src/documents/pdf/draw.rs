//! Pages to printpdf operators, with marked content for the structure tree.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, DictItem, Greyscale, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon,
    PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::breaking::{Actual, Run};
use super::flow::{Fill, Item, Mark};
use super::glyphs::{Glyphs, font_id};
use super::paginate::Page;
use super::shaping::Glyph;
use super::structure::{NodeId, Structure};
use super::style::{Ink, PAGE_HEIGHT, Style};

/// Glyphs that are usually shown at once: a line, or the cell of a table.
const GLYPHS_SHOWN: usize = 64;

/// Draws a page. `background` comes first; text comes in reading order, running text last.
pub(super) fn page(
    number: usize,
    page: &Page,
    background: &[Op],
    glyphs: &Glyphs,
    structure: &mut Structure,
) -> PdfPage {
    let mut pen = Pen {
        ops: background.to_vec(),
        glyphs,
        style: None,
        at: None,
        waiting: Vec::new(),
        owner: None,
        open: false,
        marks: Vec::new(),
    };
    pen.decoration(&page.items);
    pen.figures(&page.items, structure);
    let mut texts: Vec<(&Item, &Run)> = page
        .items
        .iter()
        .filter_map(|item| match &item.mark {
            Mark::Text(run) => Some((item, run)),
            Mark::Box { .. } | Mark::Shape { .. } => None,
        })
        .collect();
    // Stable: within a part of the document the order of setting stays.
    texts.sort_by_key(|(item, _)| item.node.unwrap_or(NodeId::MAX));
    for part in texts.chunk_by(|(left, _), (right, _)| left.node == right.node) {
        let Some((first, _)) = part.first() else { continue };
        pen.owner = first.node.map(|node| (node, structure.role(node).tag()));
        pen.text(part);
    }
    for (mark, node) in pen.marks.iter().enumerate() {
        structure.mark(*node, number, mark);
    }
    PdfPage::new(Mm(210.0), Mm(297.0), pen.ops)
}

/// Begins content that is not part of the document proper.
pub(super) fn begin_artifact(kind: &str) -> Op {
    Op::BeginMarkedContentWithProperties {
        tag: "Artifact".to_owned(),
        properties: dictionary([("Type", DictItem::Name(kind.as_bytes().to_vec()))]),
    }
}

/// A hundredth of a point is as fine as any printer sees.
pub(super) fn rounded(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

fn dictionary<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    let map: BTreeMap<String, DictItem> = entries.into_iter().map(|(key, item)| (key.to_owned(), item)).collect();
    DictItem::Dict { map }
}

/// A shade of grey.
pub(super) fn grey(share: f32) -> Color {
    Color::Greyscale(Greyscale::new(share, None))
}

struct Pen<'a> {
    ops: Vec<Op>,
    glyphs: &'a Glyphs,
    style: Option<Style>,
    /// Where the next glyph comes by itself.
    at: Option<(f32, f32)>,
    waiting: Vec<TextItem>,
    /// Part of the document whose text is being drawn, with its tag; none for running text.
    owner: Option<(NodeId, &'static str)>,
    /// A stretch of marked content is open.
    open: bool,
    /// Owner of each stretch of marked content on this page.
    marks: Vec<NodeId>,
}

impl Pen<'_> {
    /// Rules, frames and grounds: nothing to a screen reader.
    fn decoration(&mut self, items: &[Item]) {
        let drawn: Vec<&Item> = items.iter().filter(|item| item.node.is_none() && !is_text(item)).collect();
        if !drawn.is_empty() {
            self.ops.push(begin_artifact("Layout"));
            self.areas(&drawn);
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// Drawings, each as content of its figure.
    fn figures(&mut self, items: &[Item], structure: &mut Structure) {
        let drawn: Vec<&Item> = items.iter().filter(|item| item.node.is_some() && !is_text(item)).collect();
        for part in drawn.chunk_by(|left, right| left.node == right.node) {
            let Some(node) = part.first().and_then(|item| item.node) else { continue };
            structure.bound(node, bounds(part));
            self.owner = Some((node, structure.role(node).tag()));
            self.open(None);
            self.areas(part);
            self.close();
        }
    }

    fn areas(&mut self, items: &[&Item]) {
        let mut colour = None;
        for item in items {
            let (Mark::Box { fill, .. } | Mark::Shape { fill, .. }) = &item.mark else { continue };
            if colour != Some(*fill) {
                colour = Some(*fill);
                let col = match fill {
                    Fill::Dark => grey(0.35),
                    Fill::Light => grey(0.75),
                    Fill::Blank => Color::Rgb(Rgb::new(1.0, 0.95, 0.77, None)),
                };
                self.ops.push(Op::SetFillColor { col });
            }
            self.area(item);
        }
    }

    fn area(&mut self, item: &Item) {
        match &item.mark {
            Mark::Box { x, width, height, .. } => {
                let rectangle = Rect {
                    x: Pt(rounded(*x)),
                    y: Pt(rounded(PAGE_HEIGHT - item.y - height)),
                    width: Pt(rounded(*width)),
                    height: Pt(rounded(*height)),
                    mode: Some(PaintMode::Fill),
                    winding_order: Some(WindingOrder::NonZero),
                };
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Mark::Shape { corners, .. } => {
                let corner = |(x, y): &(f32, f32)| LinePoint {
                    p: Point { x: Pt(rounded(*x)), y: Pt(rounded(PAGE_HEIGHT - item.y - y)) },
                    bezier: false,
                };
                let rings = vec![PolygonRing { points: corners.iter().map(corner).collect() }];
                let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Mark::Text(_) => {}
        }
    }

    fn text(&mut self, part: &[(&Item, &Run)]) {
        self.ops.push(Op::StartTextSection);
        self.style = None;
        self.at = None;
        for (item, run) in part {
            self.run(run, item.y);
        }
        self.close();
        self.ops.push(Op::EndTextSection);
    }

    /// Opens a stretch of marked content; with `actual` the stretch stands for that text.
    ///
    /// Stretches follow each other and never nest: some readers lose the text after a nested one.
    fn open(&mut self, actual: Option<&str>) {
        let mut entries = BTreeMap::new();
        if let Some(text) = actual {
            entries.insert("ActualText".to_owned(), DictItem::Bytes(utf16(text)));
        }
        let tag = match self.owner {
            Some((node, tag)) => {
                entries.insert("MCID".to_owned(), DictItem::Int(self.marks.len() as i64));
                self.marks.push(node);
                if actual.is_some() { "Span" } else { tag }
            }
            None => {
                entries.insert("Type".to_owned(), DictItem::Name(b"Pagination".to_vec()));
                "Artifact"
            }
        };
        let properties = DictItem::Dict { map: entries };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
        self.open = true;
    }

    fn close(&mut self) {
        self.flush();
        if std::mem::take(&mut self.open) {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn run(&mut self, run: &Run, y: f32) {
        self.set_style(run.style);
        self.go_to(run.x, y);
        let text = match &run.actual {
            Actual::Plain if self.glyphs.reads_as_written(run.style.font, &run.word) => None,
            Actual::Plain => Some(&*run.word.text),
            Actual::Whole(text) => Some(text.as_str()),
            Actual::Hidden => Some(""),
        };
        if text.is_some() {
            self.close();
            self.open(text);
        } else if !self.open {
            self.open(None);
        }
        for glyph in &run.word.glyphs {
            self.glyph(run.style, glyph);
        }
        if text.is_some() {
            self.close();
        }
        let mut width = run.style.points(run.word.width);
        if run.space {
            if !self.open {
                self.open(None);
            }
            width += self.space(run.style);
        }
        self.at = Some((run.x + width, y));
    }

    fn set_style(&mut self, style: Style) {
        if self.style == Some(style) {
            return;
        }
        self.flush();
        let font = PdfFontHandle::External(font_id(style.font));
        self.ops.push(Op::SetFont { font, size: Pt(style.size) });
        if self.style.is_none_or(|old| old.ink != style.ink) {
            let col = match style.ink {
                Ink::Black => grey(0.0),
                Ink::Grey => grey(0.29),
            };
            self.ops.push(Op::SetFillColor { col });
        }
        self.style = Some(style);
        self.at = None;
    }

    fn go_to(&mut self, x: f32, y: f32) {
        let there = self.at.is_some_and(|(at_x, at_y)| (at_x - x).abs() < 0.02 && (at_y - y).abs() < 0.001);
        if !there {
            self.flush();
            let matrix = TextMatrix::Translate(Pt(rounded(x)), Pt(rounded(PAGE_HEIGHT - y)));
            self.ops.push(Op::SetTextMatrix { matrix });
        }
    }

    fn glyph(&mut self, style: Style, glyph: &Glyph) {
        let (gid, text) = self.glyphs.lookup(style.font, glyph.gid);
        let mut offset = glyph.natural.saturating_sub(glyph.advance);
        if glyph.shift != 0 {
            self.waiting.push(TextItem::Offset(-glyph.shift as f32));
            offset = offset.saturating_add(glyph.shift);
        }
        let code = Codepoint::with_cid(gid, offset as f32, text.to_owned());
        match self.waiting.last_mut() {
            Some(TextItem::GlyphIds(codes)) => codes.push(code),
            _ => {
                let mut codes = Vec::with_capacity(GLYPHS_SHOWN);
                codes.push(code);
                self.waiting.push(TextItem::GlyphIds(codes));
            }
        }
    }

    /// Shows a space and gives its width.
    fn space(&mut self, style: Style) -> f32 {
        let Ok(font) = super::fonts::font(style.font) else { return 0.0 };
        let Some(space) = font.face.glyph_index(' ') else { return 0.0 };
        let natural = (f32::from(font.natural_width(space.0)) * font.scale()).round() as i32;
        let glyph = Glyph { gid: space.0, natural, advance: natural, shift: 0, text: " ".into() };
        self.glyph(style, &glyph);
        style.points(natural)
    }

    fn flush(&mut self) {
        if !self.waiting.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(&mut self.waiting) });
        }
    }
}

fn is_text(item: &Item) -> bool {
    matches!(item.mark, Mark::Text(_))
}

/// Left, bottom, right and top of what is drawn, from the bottom left of the page.
fn bounds(items: &[&Item]) -> [f32; 4] {
    let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    let mut take = |x: f32, y: f32| {
        let [left, bottom, right, top] = bounds;
        bounds = [left.min(x), bottom.min(PAGE_HEIGHT - y), right.max(x), top.max(PAGE_HEIGHT - y)];
    };
    for item in items {
        match &item.mark {
            Mark::Box { x, width, height, .. } => {
                take(*x, item.y);
                take(x + width, item.y + height);
            }
            Mark::Shape { corners, .. } => corners.iter().for_each(|(x, y)| take(*x, item.y + y)),
            Mark::Text(_) => {}
        }
    }
    bounds.map(rounded)
}

/// UTF-16 with byte order mark, as PDF text strings are written.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut out = vec![0xFE, 0xFF];
    out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    out
}
