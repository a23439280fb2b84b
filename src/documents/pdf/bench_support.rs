//! For the benchmarks only: what printpdf itself takes to write the same pages, and the same pages as
//! a list of words and boxes that another library can draw.

use printpdf::{PdfDocument, PdfSaveOptions};

use super::flow::{Fill, Item, Mark};
use super::style::Ink;
use super::{Wish, lay_out, prepare};
use crate::documents::error::DocumentError;
use crate::documents::model::DocumentModel;

/// Pages laid out and fonts subset, with nothing left to do but write them.
pub struct ReadyPages {
    document: PdfDocument,
}

/// Lays out a document without writing it.
///
/// # Errors
/// As [`super::render`].
pub fn prepare_pages(model: &DocumentModel) -> Result<ReadyPages, DocumentError> {
    Ok(ReadyPages { document: prepare(model, &Wish::default())?.document })
}

impl ReadyPages {
    /// Writes the pages with printpdf alone: no tags, no bookmarks. The floor for [`super::render`].
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.document.save(&PdfSaveOptions::default(), &mut Vec::new())
    }
}

/// What stands on the pages, for another library to draw.
#[derive(Clone, Debug)]
pub struct DisplayList {
    /// Pages in order.
    pub pages: Vec<PageList>,
    /// Tag of each part of the document ("H1", "P", "TD"), in reading order.
    pub tags: Vec<&'static str>,
}

/// What stands on one page.
#[derive(Clone, Debug)]
pub struct PageList {
    /// Words in reading order within their part.
    pub words: Vec<PlacedWord>,
    /// Filled shapes.
    pub shapes: Vec<PlacedShape>,
}

/// A word at its place. Measures in points from the top left of the page.
#[derive(Clone, Debug)]
pub struct PlacedWord {
    /// Part of the document it belongs to; none for header and footer.
    pub part: Option<usize>,
    /// The font file.
    pub font: &'static [u8],
    /// Size in points.
    pub size: f32,
    /// Left side.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Share of white in its grey: 0 is black.
    pub grey: f32,
    /// Its glyphs.
    pub glyphs: Vec<PlacedGlyph>,
}

/// A glyph; measures in thousandths of an em.
#[derive(Clone, Debug)]
pub struct PlacedGlyph {
    /// Its number in the font.
    pub gid: u16,
    /// Width after kerning.
    pub advance: i32,
    /// Shift to the right.
    pub shift: i32,
    /// Characters it stands for.
    pub text: Box<str>,
}

/// A filled shape of straight sides.
#[derive(Clone, Debug)]
pub struct PlacedShape {
    /// Corners.
    pub corners: Vec<(f32, f32)>,
    /// Red, green, blue from 0 to 255.
    pub colour: [u8; 3],
}

/// The pages of a document as a list of what is drawn.
///
/// # Errors
/// As [`super::render`].
pub fn display_list(model: &DocumentModel) -> Result<DisplayList, DocumentError> {
    let laid = lay_out(model, &Wish::default())?;
    let tags = laid.structure.nodes.iter().map(|node| node.role.tag()).collect();
    let pages = laid.pages.iter().map(|page| page_list(&page.items)).collect();
    Ok(DisplayList { pages, tags })
}

fn page_list(items: &[Item]) -> PageList {
    let mut list = PageList { words: Vec::new(), shapes: Vec::new() };
    for item in items {
        match &item.mark {
            Mark::Text(run) => list.words.push(PlacedWord {
                part: item.node,
                font: run.style.font.bytes(),
                size: run.style.size,
                x: run.x,
                y: item.y,
                grey: if run.style.ink == Ink::Grey { 0.29 } else { 0.0 },
                glyphs: run
                    .word
                    .glyphs
                    .iter()
                    .map(|glyph| PlacedGlyph {
                        gid: glyph.gid,
                        advance: glyph.advance,
                        shift: glyph.shift,
                        text: glyph.text.clone(),
                    })
                    .collect(),
            }),
            Mark::Box { x, width, height, fill } => {
                let (left, right, bottom) = (*x, x + width, item.y + height);
                let corners = vec![(left, item.y), (right, item.y), (right, bottom), (left, bottom)];
                list.shapes.push(PlacedShape { corners, colour: colour(*fill) });
            }
            Mark::Shape { corners, fill } => {
                let corners = corners.iter().map(|(x, y)| (*x, item.y + y)).collect();
                list.shapes.push(PlacedShape { corners, colour: colour(*fill) });
            }
        }
    }
    list.words.sort_by_key(|word| word.part.unwrap_or(usize::MAX));
    list
}

fn colour(fill: Fill) -> [u8; 3] {
    match fill {
        Fill::Dark => [89; 3],
        Fill::Light => [191; 3],
        Fill::Blank => [255, 242, 196],
    }
}
