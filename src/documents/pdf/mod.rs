//! The document as a tagged PDF 1.7 on A4.
//!
//! A model goes through these steps, one file each:
//! `blocks`, `table` and `timeline` set text (`shaping`, `breaking`, `hyphens`) as bands in one strip (`flow`);
//! `paginate` cuts the strip into pages; `running` adds header and footer; `glyphs` subsets the
//! `fonts`; `draw` writes printpdf operators with marked content; `watermark` is the CONCEPT mark;
//! `finish` adds the structure tree, bookmarks, language, `metadata` and ID with lopdf. For a bundle of
//! documents `links` makes rows of an index lead somewhere, and `stamp_font` is the type of its page stamps.
//!
//! No conformance with PDF/A or PDF/UA is claimed in the file: no official checker has confirmed it.

mod archive;
pub mod bench_support;
mod blocks;
mod breaking;
mod draw;
mod finish;
mod flow;
mod fonts;
mod glyphs;
mod hyphens;
mod links;
mod metadata;
mod paginate;
mod running;
mod shaping;
mod stamp_font;
mod structure;
mod style;
mod table;
mod timeline;
mod watermark;

use printpdf::{OffsetDateTime, PdfDocument, PdfDocumentInfo, PdfSaveOptions};

pub(in crate::documents) use self::finish::text as metadata_text;
use self::glyphs::Glyphs;
use self::links::PlacedLink;
pub(in crate::documents) use self::links::RowLink;
pub(in crate::documents) use self::metadata::{CREATOR, PRODUCER, xmp};
use self::paginate::{Pages, PlacedBookmark};
use self::running::Running;
use self::shaping::Shaper;
pub(in crate::documents) use self::stamp_font::{FontIds, StampFont, id_of};
use self::structure::Structure;
use super::error::DocumentError;
use super::model::{DocumentMeta, DocumentModel};
use super::text::{OnControl, clean};

/// The document as a PDF file.
///
/// The text of the file, read in the order of its structure, is `model.text_lines()`. Repeated
/// table headings, header, footer and the CONCEPT mark are no part of that text.
///
/// # Errors
/// When the text has control characters or characters the fonts lack, a heading level does not
/// exist or a table is uneven; when fonts or file cannot be put together.
pub fn render(model: &DocumentModel) -> Result<Vec<u8>, DocumentError> {
    write(model, &Wish::default())
}

/// The document as a part of a bundle: rows of its tables lead to named places, which the bundle gives.
///
/// # Errors
/// As `render`.
pub(in crate::documents) fn render_for_bundle(
    model: &DocumentModel,
    links: &[RowLink],
    counted: bool,
) -> Result<Vec<u8>, DocumentError> {
    write(model, &Wish { links, uncounted: !counted, ..Wish::default() })
}

/// The same document as a file for the archive (PDF/A-1b), page for page the same.
///
/// # Errors
/// As `render`.
pub fn render_for_archive(model: &DocumentModel) -> Result<Vec<u8>, DocumentError> {
    write(model, &Wish { archive: true, ..Wish::default() })
}

/// What is asked of a file beyond its text.
#[derive(Clone, Copy, Default)]
struct Wish<'a> {
    /// For the archive.
    archive: bool,
    /// Where the rows of its tables lead, in order.
    links: &'a [RowLink],
    /// Without "pagina x van y": it is one page among others.
    uncounted: bool,
}

fn write(model: &DocumentModel, wish: &Wish<'_>) -> Result<Vec<u8>, DocumentError> {
    let ready = prepare(model, wish)?;
    let mut warnings = Vec::new();
    let document = ready.document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(DocumentError::Assembly { reason: format!("printpdf meldt: {}", warning.msg) });
    }
    finish::finish(document, &ready, &model.meta, wish.archive)
}

/// How many pages the document takes; none when it cannot be set (`render` tells why).
#[must_use]
pub fn page_count(model: &DocumentModel) -> Option<usize> {
    Some(lay_out(model, &Wish::default()).ok()?.pages.len())
}

/// A document as operators, with what must still be added.
struct Ready<'a> {
    document: PdfDocument,
    structure: Structure,
    bookmarks: Vec<PlacedBookmark>,
    links: Vec<PlacedLink<'a>>,
}

/// Sets the text and divides it over pages.
fn lay_out(model: &DocumentModel, wish: &Wish<'_>) -> Result<Pages, DocumentError> {
    let model = clean(model, OnControl::Refuse)?;
    let mut shaper = Shaper::default();
    let running = Running::set(&model.meta, &mut shaper)?;
    let flow = blocks::build(&model, &mut shaper)?;
    let mut pages = paginate::paginate(flow, running.first_top(), running.top());
    let total = pages.pages.len();
    for (page, number) in pages.pages.iter_mut().zip(1..) {
        running.add(page, (!wish.uncounted).then_some((number, total)), number == 1, &mut shaper)?;
    }
    Ok(pages)
}

fn prepare<'a>(model: &DocumentModel, wish: &Wish<'a>) -> Result<Ready<'a>, DocumentError> {
    let mut pages = lay_out(model, wish)?;
    let glyphs = Glyphs::collect(&pages.pages);
    let mut document = PdfDocument::new(&model.meta.title);
    document.metadata.info = information(&model.meta);
    document.resources.fonts.map = glyphs.embed()?;
    let background = if model.meta.concept { watermark::concept() } else { &[] };
    document.pages = pages
        .pages
        .iter()
        .zip(0..)
        .map(|(page, number)| draw::page(number, page, background, &glyphs, &mut pages.structure))
        .collect();
    let links = links::place(&pages.pages, &pages.structure, wish.links);
    Ok(Ready { document, structure: pages.structure, bookmarks: pages.bookmarks, links })
}

/// Title, author and the fixed day; nothing about the machine or the moment.
fn information(meta: &DocumentMeta) -> PdfDocumentInfo {
    let midnight = meta.dated.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let mut information = PdfDocumentInfo {
        document_title: meta.title.clone(),
        author: meta.author.clone(),
        creator: "Combizitting".to_owned(),
        producer: "Combizitting (printpdf)".to_owned(),
        ..PdfDocumentInfo::default()
    };
    if let Ok(day) = OffsetDateTime::from_unix_timestamp(midnight) {
        information.creation_date = day;
        information.modification_date = day;
        information.metadata_date = day;
    }
    information
}
