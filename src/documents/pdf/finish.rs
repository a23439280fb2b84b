//! What printpdf does not write: structure tree, language, bookmarks by level, version and own ID.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::draw::utf16;
use super::metadata;
use super::paginate::PlacedBookmark;
use super::structure::{Role, Structure};
use super::style::PAGE_HEIGHT;
use super::{Ready, links};
use crate::documents::error::DocumentError;
use crate::documents::model::DocumentMeta;

/// Finishes the file and writes it; with `archive` as a file for the archive.
pub(super) fn finish(
    mut document: Document,
    ready: &Ready<'_>,
    meta: &DocumentMeta,
    archive: bool,
) -> Result<Vec<u8>, DocumentError> {
    document.version = if archive { "1.4" } else { "1.7" }.to_owned();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    clean_information(&mut document);
    let (tree, parts) = add_structure(&mut document, &ready.structure, &pages);
    let outlines = add_bookmarks(&mut document, &ready.bookmarks, &pages);
    for (index, page) in pages.iter().enumerate() {
        if let Ok(page) = document.get_dictionary_mut(*page) {
            page.remove(b"Annots");
            page.set("StructParents", index as i64);
            page.set("Tabs", "S");
        }
    }
    if !ready.links.is_empty() {
        links::add(&mut document, tree, &parts, &pages, &ready.links)?;
    }
    let catalog = document.catalog_mut().map_err(assembly)?;
    catalog.set("Lang", Object::string_literal("nl-NL"));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    metadata::add(&mut document, meta, archive)?;
    if archive {
        super::archive::add(&mut document, meta)?;
    }
    let id = Object::String(content_hash(&document), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    document.compress();
    let mut bytes = Vec::with_capacity(65_536);
    document.save_to(&mut bytes).map_err(|error| DocumentError::Assembly { reason: error.to_string() })?;
    Ok(bytes)
}

pub(super) fn assembly(error: lopdf::Error) -> DocumentError {
    DocumentError::Assembly { reason: error.to_string() }
}

/// Takes out what printpdf writes without meaning for us; an empty PDF/X version would be a claim.
fn clean_information(document: &mut Document) {
    let information = document.trailer.get(b"Info").and_then(Object::as_reference);
    if let Ok(id) = information
        && let Ok(information) = document.get_dictionary_mut(id)
    {
        for key in [b"GTS_PDFXVersion".as_slice(), b"Identifier", b"Trapped", b"Subject", b"Keywords"] {
            information.remove(key);
        }
    }
}

/// First 16 bytes of SHA-256 over all objects: equal content has an equal ID, in any process.
fn content_hash(document: &Document) -> Vec<u8> {
    let mut hash = Sha256::new();
    for ((number, generation), object) in &document.objects {
        hash.update(number.to_be_bytes());
        hash.update(generation.to_be_bytes());
        match object {
            Object::Stream(stream) => {
                hash.update(format!("{:?}", stream.dict));
                hash.update(&stream.content);
            }
            other => hash.update(format!("{other:?}")),
        }
    }
    hash.finalize().iter().take(16).copied().collect()
}

/// A text as PDF writes it.
pub(in crate::documents) fn text(value: &str) -> Object {
    Object::String(utf16(value), StringFormat::Hexadecimal)
}

/// Adds the structure tree; gives its root and its parts in order.
fn add_structure(document: &mut Document, structure: &Structure, pages: &[ObjectId]) -> (ObjectId, Vec<ObjectId>) {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = structure.nodes.iter().map(|_| document.new_object_id()).collect();
    let mut on_page: Vec<Vec<(usize, ObjectId)>> = vec![Vec::new(); pages.len()];
    for (index, (node, id)) in structure.nodes.iter().zip(&ids).enumerate() {
        let parent = if index == 0 { root } else { ids.get(node.parent).copied().unwrap_or(root) };
        let mut kids: Vec<Object> =
            node.children.iter().filter_map(|child| ids.get(*child)).map(|id| Object::Reference(*id)).collect();
        for (page, number) in &node.marks {
            let Some(page_id) = pages.get(*page) else { continue };
            let reference = dictionary! { "Type" => "MCR", "Pg" => *page_id, "MCID" => *number as i64 };
            kids.push(Object::Dictionary(reference));
            if let Some(list) = on_page.get_mut(*page) {
                list.push((*number, *id));
            }
        }
        let mut element = dictionary! {
            "Type" => "StructElem", "S" => node.role.tag(), "P" => parent, "K" => kids
        };
        if node.role == Role::HeadingCell {
            element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
        }
        if (node.role == Role::List { ordered: true }) {
            element.set("A", dictionary! { "O" => "List", "ListNumbering" => "Decimal" });
        }
        if let Some(alternative) = &node.alternative {
            element.set("Alt", text(alternative));
        }
        if let Some(bounds) = node.bounds {
            let corners: Vec<Object> = bounds.iter().map(|side| Object::Real(*side)).collect();
            element.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners });
        }
        document.set_object(*id, element);
    }
    let mut numbers = Vec::with_capacity(pages.len().saturating_mul(2));
    for (index, list) in on_page.iter_mut().enumerate() {
        list.sort_by_key(|(number, _)| *number);
        let owners: Vec<Object> = list.iter().map(|(_, id)| Object::Reference(*id)).collect();
        numbers.push(Object::Integer(index as i64));
        numbers.push(Object::Array(owners));
    }
    let parents = document.add_object(dictionary! { "Nums" => numbers });
    let top = ids.first().copied().unwrap_or(root);
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot", "K" => vec![Object::Reference(top)], "ParentTree" => parents,
            "ParentTreeNextKey" => pages.len() as i64
        },
    );
    (root, ids)
}

/// A bookmark in the making.
struct Entry {
    id: ObjectId,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// Adds the bookmarks, lower levels under higher ones, and gives their root.
fn add_bookmarks(document: &mut Document, bookmarks: &[PlacedBookmark], pages: &[ObjectId]) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let mut entries: Vec<Entry> = Vec::with_capacity(bookmarks.len());
    let mut tops = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (index, placed) in bookmarks.iter().enumerate() {
        open.retain(|(level, _)| *level < placed.bookmark.level);
        let parent = open.last().map(|(_, parent)| *parent);
        match parent.and_then(|parent| entries.get_mut(parent)) {
            Some(parent) => parent.children.push(index),
            None => tops.push(index),
        }
        entries.push(Entry { id: document.new_object_id(), parent, children: Vec::new() });
        open.push((placed.bookmark.level, index));
    }
    for (index, (placed, entry)) in bookmarks.iter().zip(&entries).enumerate() {
        let parent = entry.parent.and_then(|parent| entries.get(parent));
        let siblings = parent.map_or(tops.as_slice(), |parent| parent.children.as_slice());
        let mut item = dictionary! {
            "Title" => text(&placed.bookmark.title),
            "Parent" => parent.map_or(root, |parent| parent.id)
        };
        if let Some(page) = pages.get(placed.page) {
            let y = (PAGE_HEIGHT - placed.y + 6.0).round();
            let place = vec![Object::Reference(*page), "XYZ".into(), Object::Null, y.into(), Object::Null];
            item.set("Dest", place);
        }
        link_siblings(&mut item, index, siblings, &entries);
        link_children(&mut item, &entry.children, &entries, -1);
        document.set_object(entry.id, item);
    }
    let mut outlines = dictionary! { "Type" => "Outlines" };
    link_children(&mut outlines, &tops, &entries, 1);
    document.set_object(root, outlines);
    Some(root)
}

fn link_siblings(item: &mut Dictionary, index: usize, siblings: &[usize], entries: &[Entry]) {
    let place = siblings.iter().position(|sibling| *sibling == index).unwrap_or(0);
    let at = |place: Option<usize>| place.and_then(|place| siblings.get(place)).and_then(|index| entries.get(*index));
    if let Some(previous) = at(place.checked_sub(1)) {
        item.set("Prev", previous.id);
    }
    if let Some(next) = at(place.checked_add(1)) {
        item.set("Next", next.id);
    }
}

/// First, last and count; a negative count leaves the entry closed.
fn link_children(item: &mut Dictionary, children: &[usize], entries: &[Entry], sign: i64) {
    let id = |index: Option<&usize>| index.and_then(|index| entries.get(*index)).map(|entry| entry.id);
    if let (Some(first), Some(last)) = (id(children.first()), id(children.last())) {
        item.set("First", first);
        item.set("Last", last);
        item.set("Count", sign.saturating_mul(children.len() as i64));
    }
}
