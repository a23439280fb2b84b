//! The document as one long strip of bands, before it is cut into pages.

use super::breaking::{Line, Run};
use super::structure::{NodeId, Structure};

/// Something to draw; measures in points from the top left of its band, later of its page.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Part of the document it belongs to; none for what is only decoration or running text.
    pub(super) node: Option<NodeId>,
    pub(super) y: f32,
    pub(super) mark: Mark,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A word; `y` is its baseline.
    Text(Run),
    /// A filled rectangle; `y` is its top.
    Box {
        /// From the left of the page.
        x: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Colour.
        fill: Fill,
    },
    /// A filled shape of straight sides.
    Shape {
        /// Corners: from the left of the page, and down from `y`.
        corners: Vec<(f32, f32)>,
        /// Colour.
        fill: Fill,
    },
}

/// Colour of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// Heavy rule.
    Dark,
    /// Light rule.
    Light,
    /// Behind what must be filled in.
    Blank,
}

/// An entry for the bookmarks.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) title: String,
}

/// A strip that stays whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Band {
    pub(super) height: f32,
    /// White above it; dropped at the top of a page.
    pub(super) before: f32,
    /// The next band must stand on the same page.
    pub(super) keep: bool,
    /// Starts a page.
    pub(super) new_page: bool,
    pub(super) items: Vec<Item>,
    /// Notice whose frame goes around it.
    pub(super) frame: Option<usize>,
    /// Table of which it is a row; its heading is repeated when a page starts here.
    pub(super) table: Option<usize>,
    pub(super) bookmark: Option<Bookmark>,
}

/// The strip with all that belongs to it.
pub(super) struct Flow {
    pub(super) bands: Vec<Band>,
    /// Heading bands per table, to repeat.
    pub(super) table_heads: Vec<Vec<Band>>,
    pub(super) structure: Structure,
}

/// Baseline within a line of the given distance and size.
pub(super) fn baseline(leading: f32, size: f32) -> f32 {
    leading * 0.5 + size * 0.34
}

/// Items of a line: its words, and a ground behind what must be filled in.
pub(super) fn line_items(line: &Line, node: Option<NodeId>, x: f32, top: f32, leading: f32, size: f32) -> Vec<Item> {
    let y = top + baseline(leading, size);
    let mut items = Vec::with_capacity(line.runs.len());
    for run in &line.runs {
        if run.style.shaded {
            let mut width = run.style.points(run.word.width);
            if run.space {
                // The ground runs on under the space, so that it looks like one blank.
                width += run.style.size * 0.25;
            }
            let mark = Mark::Box { x: x + run.x - 1.0, width: width + 2.0, height: size * 1.3, fill: Fill::Blank };
            items.push(Item { node: None, y: y - size, mark });
        }
        items.push(Item { node, y, mark: Mark::Text(Run { x: x + run.x, ..run.clone() }) });
    }
    items
}

/// Keeps the first two and the last two bands of a paragraph together.
pub(super) fn keep_ends(bands: &mut [Band]) {
    let count = bands.len();
    for (index, band) in bands.iter_mut().enumerate() {
        if count > 1 && (index == 0 || index.saturating_add(2) == count) {
            band.keep = true;
        }
    }
}
