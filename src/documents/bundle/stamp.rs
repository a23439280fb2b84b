//! "Bundel p. x van y" at the bottom right of a page as it is seen, turned pages and cut pages too; above it for whom
//! the page is not meant.

use super::source::SourcePage;
use crate::documents::pdf::StampFont;

/// Name of the font among the resources of a page.
pub(super) const FONT_NAME: &str = "CombiStempel";
/// Size of the type, in points.
const SIZE: f32 = 8.5;
/// From one line to the one above it, in sizes of the type.
const LINE: f32 = 1.5;
/// White to the edge of the page, in points.
const EDGE: f32 = 14.0;

/// What a stamp must know of a page.
pub(super) struct Place {
    shown: [f32; 4],
    turned: i64,
    unit: f32,
    /// Whether anything may lie below the stamp: then it gets a white rim.
    foreign: bool,
}

impl Place {
    /// On a page of a file.
    pub(super) fn foreign(page: &SourcePage) -> Self {
        Self { shown: page.shown, turned: page.turned, unit: page.unit, foreign: true }
    }

    /// On a page of our own, of which the edge is white.
    pub(super) fn own(shown: [f32; 4]) -> Self {
        Self { shown, turned: 0, unit: 1.0, foreign: false }
    }

    /// From the bottom left of the page as it is seen to the page itself.
    fn matrix(&self) -> [f32; 6] {
        let [left, bottom, right, top] = self.shown;
        match self.turned {
            90 => [0.0, 1.0, -1.0, 0.0, right, bottom],
            180 => [-1.0, 0.0, 0.0, -1.0, right, top],
            270 => [0.0, -1.0, 1.0, 0.0, left, top],
            _ => [1.0, 0.0, 0.0, 1.0, left, bottom],
        }
    }

    /// Width of the page as it is seen.
    fn width(&self) -> f32 {
        let [left, bottom, right, top] = self.shown;
        if matches!(self.turned, 90 | 270) { top - bottom } else { right - left }
    }

    /// Operators that draw the stamp.
    pub(super) fn stamp(&self, font: &StampFont, page: usize, total: usize) -> String {
        self.line(font, &format!("Bundel p. {page} van {total}"), 0.0)
    }

    /// Operators that draw above the stamp for whom the page is not meant.
    pub(super) fn mark(&self, font: &StampFont, text: &str) -> String {
        self.line(font, text, LINE)
    }

    /// A text at the bottom right, so many times the size of the type above the lowest line.
    fn line(&self, font: &StampFont, text: &str, above: f32) -> String {
        let per_point = font.width(text) / 1000.0;
        // A page smaller than the stamp gets a smaller stamp.
        let size = (SIZE / self.unit).min((self.width() * 0.8 / per_point.max(0.1)).max(0.5));
        let edge = EDGE.min(self.width() * self.unit * 0.1) / self.unit;
        let y = edge + above * SIZE / self.unit;
        let x = (self.width() - edge - per_point * size).max(0.0);
        let [a, b, c, d, e, f] = self.matrix();
        let shown = font.shown(text);
        let line = |paint: &str| format!("BT /{FONT_NAME} {size:.3} Tf {paint} {x:.3} {y:.3} Td <{shown}> Tj ET\n");
        let rim = if self.foreign {
            let width = size * 0.3;
            let rim = line(&format!("1 Tr 1 J 1 j {width:.3} w 1 G"));
            // Only the eye needs the rim: read aloud or searched, the stamp is there once.
            format!("/Span <</ActualText <FEFF>>> BDC\n{rim}EMC\n")
        } else {
            String::new()
        };
        format!(
            "q {a} {b} {c} {d} {e:.3} {f:.3} cm\n{rim}/Artifact <</Type /Pagination>> BDC\n{}EMC\nQ\n",
            line("0 Tr 0.2 g")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_stands_at_the_bottom_right_as_the_page_is_seen() {
        let at = |turned: i64| {
            let place = Place { shown: [10.0, 20.0, 210.0, 320.0], turned, unit: 1.0, foreign: true };
            let [a, b, c, d, e, f] = place.matrix();
            // Bottom right of the page as it is seen.
            let (x, y) = (place.width(), 0.0);
            (a * x + c * y + e, b * x + d * y + f)
        };
        assert_eq!(at(0), (210.0, 20.0));
        // Turned clockwise, the top right of the sheet is at the bottom right.
        assert_eq!(at(90), (210.0, 320.0));
        assert_eq!(at(180), (10.0, 320.0));
        assert_eq!(at(270), (10.0, 20.0));
    }
}
