//! The word CONCEPT across the page, as outlines: no text that could mix with the text it lies under.

use std::sync::LazyLock;

use printpdf::{LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, WindingOrder};
use rustybuzz::ttf_parser::OutlineBuilder;

use super::draw::{begin_artifact, grey, rounded};
use super::fonts::{FontKey, font};
use super::style::{PAGE_HEIGHT, PAGE_WIDTH};

/// Width of the word along the diagonal, in points.
const WIDTH: f32 = 560.0;

static MARK: LazyLock<Vec<Op>> = LazyLock::new(|| {
    let Some(rings) = rings() else { return Vec::new() };
    let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
    vec![
        begin_artifact("Background"),
        Op::SetFillColor { col: grey(0.935) },
        Op::DrawPolygon { polygon },
        Op::EndMarkedContent,
    ]
});

/// Operators of the mark, to put before everything else on a page.
pub(super) fn concept() -> &'static [Op] {
    &MARK
}

fn rings() -> Option<Vec<PolygonRing>> {
    let font = font(FontKey::SansBold).ok()?;
    let mut pen = Outline { x: 0.0, last: (0.0, 0.0), rings: Vec::new() };
    for letter in "CONCEPT".chars() {
        let glyph = font.face.glyph_index(letter)?;
        font.face.outline_glyph(glyph, &mut pen)?;
        pen.x += f32::from(font.natural_width(glyph.0)) + 40.0;
    }
    let scale = WIDTH / pen.x;
    let middle = (pen.x / 2.0, f32::from(font.face.capital_height().unwrap_or(660)) / 2.0);
    let (sine, cosine) = (PAGE_HEIGHT / PAGE_WIDTH).atan().sin_cos();
    for point in pen.rings.iter_mut().flat_map(|ring| &mut ring.points) {
        let (x, y) = ((point.p.x.0 - middle.0) * scale, (point.p.y.0 - middle.1) * scale);
        point.p.x = Pt(rounded(PAGE_WIDTH / 2.0 + x * cosine - y * sine));
        point.p.y = Pt(rounded(PAGE_HEIGHT / 2.0 + x * sine + y * cosine));
    }
    Some(pen.rings)
}

/// Collects outlines; quadratic curves become cubic ones.
struct Outline {
    x: f32,
    last: (f32, f32),
    rings: Vec<PolygonRing>,
}

impl Outline {
    fn add(&mut self, x: f32, y: f32, bezier: bool) {
        let p = Point { x: Pt(x + self.x), y: Pt(y) };
        if let Some(ring) = self.rings.last_mut() {
            ring.points.push(LinePoint { p, bezier });
        }
        self.last = (x, y);
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.rings.push(PolygonRing { points: Vec::new() });
        self.add(x, y, false);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y, false);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.last;
        self.add(x0 + (x1 - x0) * 2.0 / 3.0, y0 + (y1 - y0) * 2.0 / 3.0, true);
        self.add(x + (x1 - x) * 2.0 / 3.0, y + (y1 - y) * 2.0 / 3.0, true);
        self.add(x, y, false);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add(x1, y1, true);
        self.add(x2, y2, true);
        self.add(x, y, false);
    }

    fn close(&mut self) {}
}
