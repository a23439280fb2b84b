//! Cuts the strip into pages.

use super::flow::{Band, Bookmark, Fill, Flow, Item, Mark};
use super::structure::Structure;
use super::style::{BOTTOM, MARGIN, TEXT_WIDTH};

/// White between the frame of a notice and its text where a page cuts it.
const FRAME_WHITE: f32 = 6.0;

/// A page: what is drawn on it, in points from its top left.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
}

/// A bookmark with its place.
#[derive(Clone, Debug)]
pub(super) struct PlacedBookmark {
    pub(super) bookmark: Bookmark,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// The pages.
pub(super) struct Pages {
    pub(super) pages: Vec<Page>,
    pub(super) bookmarks: Vec<PlacedBookmark>,
    pub(super) structure: Structure,
}

/// Divides the strip. `first_top` and `top` are where text starts on the first and on later pages.
pub(super) fn paginate(flow: Flow, first_top: f32, top: f32) -> Pages {
    let Flow { bands, table_heads, structure } = flow;
    let chains = chain_heights(&bands);
    let mut cutter = Cutter {
        heads: table_heads,
        top,
        page: Page::default(),
        y: first_top,
        fresh: true,
        frame: None,
        pages: Pages { pages: Vec::new(), bookmarks: Vec::new(), structure },
    };
    let mut chained = false;
    for (band, chain) in bands.into_iter().zip(chains) {
        let start_of_chain = !chained;
        chained = band.keep;
        let white = if cutter.fresh { 0.0 } else { band.before };
        let room = BOTTOM - cutter.y - white;
        // A chain too long for any page is cut where the page ends.
        let fits_somewhere = chain <= BOTTOM - top;
        let wanted = if start_of_chain && fits_somewhere { chain } else { band.height };
        if !cutter.fresh && (band.new_page || wanted > room) {
            cutter.turn(band.table);
        }
        cutter.place(band);
    }
    cutter.close_frame();
    cutter.pages.pages.push(cutter.page);
    cutter.pages
}

/// Height from each band to the end of what must stay with it.
fn chain_heights(bands: &[Band]) -> Vec<f32> {
    let mut out: Vec<f32> = Vec::with_capacity(bands.len());
    let mut following = 0.0;
    let mut before_next = 0.0;
    for band in bands.iter().rev() {
        let height = if band.keep { band.height + before_next + following } else { band.height };
        out.push(height);
        following = height;
        before_next = band.before;
    }
    out.reverse();
    out
}

struct Cutter {
    heads: Vec<Vec<Band>>,
    top: f32,
    page: Page,
    y: f32,
    /// Nothing stands on this page yet.
    fresh: bool,
    /// Notice we are in and where its frame starts on this page.
    frame: Option<(usize, f32)>,
    pages: Pages,
}

impl Cutter {
    fn turn(&mut self, table: Option<usize>) {
        if self.frame.is_some() {
            self.y += FRAME_WHITE;
        }
        self.close_frame();
        self.pages.pages.push(std::mem::take(&mut self.page));
        self.y = self.top;
        self.fresh = true;
        let head = table.and_then(|table| self.heads.get(table)).cloned().unwrap_or_default();
        for band in head {
            self.place(band);
        }
    }

    fn place(&mut self, band: Band) {
        if self.frame.map(|(frame, _)| frame) != band.frame {
            self.close_frame();
        }
        if !self.fresh {
            self.y += band.before;
        }
        // An empty band at the top of a page is only white.
        if self.fresh && band.items.is_empty() && band.frame.is_none() {
            return;
        }
        self.fresh = false;
        if let (Some(frame), None) = (band.frame, self.frame) {
            self.frame = Some((frame, self.y));
            // A notice that goes on from the page before.
            if !band.items.is_empty() {
                self.y += FRAME_WHITE;
            }
        }
        if let Some(bookmark) = band.bookmark {
            let page = self.pages.pages.len();
            self.pages.bookmarks.push(PlacedBookmark { bookmark, page, y: self.y });
        }
        let top = self.y;
        self.page.items.extend(band.items.into_iter().map(|item| Item { y: item.y + top, ..item }));
        self.y += band.height;
    }

    /// Draws the frame of a notice around what of it stands on this page.
    fn close_frame(&mut self) {
        let Some((_, top)) = self.frame.take() else { return };
        let height = self.y - top;
        let thin = 0.6;
        let sides = [
            (MARGIN, top, 3.0, height),
            (MARGIN + TEXT_WIDTH - thin, top, thin, height),
            (MARGIN, top, TEXT_WIDTH, thin),
            (MARGIN, top + height - thin, TEXT_WIDTH, thin),
        ];
        for (x, y, width, height) in sides {
            let mark = Mark::Box { x, width, height, fill: Fill::Dark };
            self.page.items.push(Item { node: None, y, mark });
        }
    }
}
