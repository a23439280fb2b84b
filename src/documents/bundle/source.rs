//! A foreign PDF, opened within limits, with its pages and what they inherit.

use super::problem::PdfProblem;
use super::{LARGEST_FILE, MOST_PAGES};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Unpacked bytes of one stream at most.
pub(super) const MOST_UNPACKED: usize = 64_000_000;
/// Unpacked bytes of all packed objects together at most.
const MOST_PACKED_OBJECTS: usize = 64_000_000;
/// Objects in a file at most.
const MOST_OBJECTS: usize = 400_000;
/// Levels of the page tree at most.
const MOST_LEVELS: usize = 64;

thread_local! {
    /// Room left for packed objects in the file that this thread is reading.
    static ROOM: Cell<usize> = const { Cell::new(0) };
    /// Whether the file asked for more.
    static OVER: Cell<bool> = const { Cell::new(false) };
}

/// A file with its pages.
pub(super) struct Source {
    pub(super) document: Document,
    pub(super) pages: Vec<SourcePage>,
}

/// A page and what it inherits.
#[derive(Clone, Debug)]
pub(super) struct SourcePage {
    pub(super) id: ObjectId,
    /// What is shown: left, bottom, right, top.
    pub(super) shown: [f32; 4],
    /// The whole sheet.
    pub(super) media: [f32; 4],
    /// Turned clockwise by 0, 90, 180 or 270 degrees.
    pub(super) turned: i64,
    /// Units of 1/72 inch to one of the page.
    pub(super) unit: f32,
    pub(super) resources: Option<Object>,
}

/// What a page can inherit.
#[derive(Clone, Default)]
struct Inherited {
    media: Option<Object>,
    crop: Option<Object>,
    turned: Option<Object>,
    resources: Option<Object>,
}

impl Inherited {
    fn with(&self, node: &Dictionary) -> Self {
        let own = |key: &[u8], above: &Option<Object>| node.get(key).ok().cloned().or_else(|| above.clone());
        Self {
            media: own(b"MediaBox", &self.media),
            crop: own(b"CropBox", &self.crop),
            turned: own(b"Rotate", &self.turned),
            resources: own(b"Resources", &self.resources),
        }
    }
}

impl Source {
    /// Opens a file.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, PdfProblem> {
        if bytes.len() > LARGEST_FILE {
            let size = bytes.len().div_ceil(1_000_000);
            return Err(PdfProblem::TooLarge { size, most: LARGEST_FILE / 1_000_000 });
        }
        let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        if find(start, b"%PDF-").is_none() {
            return Err(PdfProblem::NotPdf);
        }
        let document = load(bytes)?;
        let encrypted = document.is_encrypted() || document.was_encrypted();
        if encrypted {
            return Err(PdfProblem::Encrypted);
        }
        if document.objects.len() > MOST_OBJECTS {
            return Err(PdfProblem::Bomb);
        }
        let pages = pages_of(&document)?;
        Ok(Self { document, pages })
    }
}

fn load(bytes: &[u8]) -> Result<Document, PdfProblem> {
    ROOM.set(MOST_PACKED_OBJECTS);
    OVER.set(false);
    let options = LoadOptions {
        filter: Some(count_packed),
        max_decompressed_size: Some(MOST_UNPACKED),
        ..LoadOptions::default()
    };
    // A hostile file must not end more than its own reading.
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    match loaded {
        _ if OVER.get() => Err(PdfProblem::Bomb),
        Ok(Ok(document)) => Ok(document),
        _ if find(bytes, b"/Encrypt").is_some() => Err(PdfProblem::Encrypted),
        _ => Err(PdfProblem::Unreadable),
    }
}

/// Counts what packed objects unpack to, before they are unpacked for good.
fn count_packed(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Object::Stream(stream) = object else { return Some((id, object.clone())) };
    if stream.dict.has_type(b"ObjStm") {
        let room = ROOM.get();
        match stream.decompressed_content_with_limit(room) {
            Ok(content) => ROOM.set(room.saturating_sub(content.len())),
            Err(_) => {
                OVER.set(true);
                return None;
            }
        }
    }
    // A stream is never packed in another, and is taken from where it stands.
    Some((id, Object::Null))
}

pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The object a reference leads to; what leads nowhere is nothing.
pub(super) fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

/// A dictionary below a key, wherever it stands.
pub(super) fn dictionary_at<'a>(document: &'a Document, owner: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    resolved(document, owner.get(key).ok()?).as_dict().ok()
}

fn pages_of(document: &Document) -> Result<Vec<SourcePage>, PdfProblem> {
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(Object::as_reference)
        .map_err(|_| PdfProblem::Unreadable)?;
    let (mut pages, mut seen) = (Vec::new(), HashSet::new());
    walk(document, root, &Inherited::default(), 0, &mut seen, &mut pages)?;
    if pages.is_empty() { Err(PdfProblem::NoPages) } else { Ok(pages) }
}

fn walk(
    document: &Document,
    id: ObjectId,
    above: &Inherited,
    level: usize,
    seen: &mut HashSet<ObjectId>,
    pages: &mut Vec<SourcePage>,
) -> Result<(), PdfProblem> {
    if level > MOST_LEVELS || !seen.insert(id) {
        return Err(PdfProblem::PageTree);
    }
    let node = document.get_dictionary(id).map_err(|_| PdfProblem::PageTree)?;
    let inherited = above.with(node);
    let kids = node.get(b"Kids").map(|kids| resolved(document, kids)).ok().and_then(|kids| kids.as_array().ok());
    if let Some(kids) = kids {
        for kid in kids {
            let kid = kid.as_reference().map_err(|_| PdfProblem::PageTree)?;
            walk(document, kid, &inherited, level.saturating_add(1), seen, pages)?;
        }
        return Ok(());
    }
    if node.has_type(b"Pages") {
        return Ok(());
    }
    if pages.len() >= MOST_PAGES {
        return Err(PdfProblem::TooManyPages { most: MOST_PAGES });
    }
    let number = pages.len().saturating_add(1);
    pages.push(page(document, id, node, inherited).ok_or(PdfProblem::PageSize { page: number })?);
    Ok(())
}

fn page(document: &Document, id: ObjectId, node: &Dictionary, inherited: Inherited) -> Option<SourcePage> {
    let media = rectangle(document, inherited.media.as_ref()?)?;
    let crop = inherited.crop.as_ref().and_then(|crop| rectangle(document, crop)).unwrap_or(media);
    let [left, bottom, right, top] = media;
    let shown = [crop[0].max(left), crop[1].max(bottom), crop[2].min(right), crop[3].min(top)];
    let usable = |[left, bottom, right, top]: [f32; 4]| right - left >= 1.0 && top - bottom >= 1.0;
    if !usable(media) {
        return None;
    }
    let turned = inherited.turned.as_ref().map(|turned| resolved(document, turned)).and_then(number).unwrap_or(0.0);
    let unit = node.get(b"UserUnit").ok().map(|unit| resolved(document, unit)).and_then(number).unwrap_or(1.0);
    Some(SourcePage {
        id,
        shown: if usable(shown) { shown } else { media },
        media,
        turned: ((turned / 90.0).round() as i64).rem_euclid(4).saturating_mul(90),
        unit: if unit.is_finite() && unit >= 0.01 { unit } else { 1.0 },
        resources: inherited.resources,
    })
}

/// A number; none for anything else.
pub(super) fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|value| value.is_finite())
}

/// A rectangle with its corners in order.
pub(super) fn rectangle(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let corners = resolved(document, object).as_array().ok()?;
    let sides: Vec<f32> = corners.iter().map(|side| number(resolved(document, side))).collect::<Option<_>>()?;
    let [one, two, three, four] = sides.try_into().ok()?;
    Some([one.min(three), two.min(four), one.max(three), two.max(four)])
}
