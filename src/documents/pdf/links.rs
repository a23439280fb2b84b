//! Rows of tables that lead somewhere else: the index of a bundle.
//!
//! A row leads to a named place, which whoever puts the bundle together gives a page.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::finish::{assembly, text};
use super::flow::Mark;
use super::paginate::Page;
use super::structure::{NodeId, Role, Structure};
use super::style::{MARGIN, PAGE_HEIGHT, TEXT_WIDTH};
use crate::documents::error::DocumentError;

/// Where a row of a table leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::documents) struct RowLink {
    /// Name of the place.
    pub(in crate::documents) target: String,
    /// The link in words, for who does not see it.
    pub(in crate::documents) told: String,
}

/// A link with its place: on a page, around the lines of its row.
pub(super) struct PlacedLink<'a> {
    link: &'a RowLink,
    /// Last cell of the row.
    cell: NodeId,
    page: usize,
    /// Left, bottom, right and top.
    bounds: [f32; 4],
}

/// Gives the rows of all tables, heading rows left out, their links in order.
pub(super) fn place<'a>(pages: &[Page], structure: &Structure, links: &'a [RowLink]) -> Vec<PlacedLink<'a>> {
    let of_role = |node: &NodeId, role: Role| structure.nodes.get(*node).is_some_and(|node| node.role == role);
    let rows = structure
        .nodes
        .iter()
        .filter(|node| node.role == Role::Row && node.children.iter().all(|child| of_role(child, Role::Cell)));
    let mut placed = Vec::with_capacity(links.len());
    for (row, link) in rows.zip(links) {
        let Some(cell) = row.children.last() else { continue };
        for (number, page) in pages.iter().enumerate() {
            if let Some((top, bottom)) = lines_of(page, &row.children) {
                let bounds = [MARGIN, PAGE_HEIGHT - bottom, MARGIN + TEXT_WIDTH, PAGE_HEIGHT - top];
                placed.push(PlacedLink { link, cell: *cell, page: number, bounds });
            }
        }
    }
    placed
}

/// Top and bottom of the text of these parts on a page, from its top.
fn lines_of(page: &Page, parts: &[NodeId]) -> Option<(f32, f32)> {
    let lines = page.items.iter().filter_map(|item| match &item.mark {
        Mark::Text(run) if item.node.is_some_and(|node| parts.contains(&node)) => {
            Some((item.y - run.style.size, item.y + run.style.size * 0.35))
        }
        _ => None,
    });
    lines.reduce(|(top, bottom), (above, below)| (top.min(above), bottom.max(below)))
}

/// Adds the links to their pages and, as links, to the structure. `ids` are the parts of the structure.
pub(super) fn add(
    document: &mut Document,
    tree: ObjectId,
    ids: &[ObjectId],
    pages: &[ObjectId],
    links: &[PlacedLink<'_>],
) -> Result<(), DocumentError> {
    let mut parents = Vec::with_capacity(links.len());
    for (link, key) in links.iter().zip(pages.len()..) {
        let (Some(page), Some(cell)) = (pages.get(link.page), ids.get(link.cell)) else { continue };
        let corners: Vec<Object> = link.bounds.iter().map(|side| Object::Real(side.round())).collect();
        let area = document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "Rect" => corners, "F" => 4,
            "Border" => vec![0.into(), 0.into(), 0.into()],
            "Contents" => text(&link.link.told),
            "Dest" => Object::string_literal(link.link.target.clone()),
            "StructParent" => key as i64
        });
        let place = dictionary! { "Type" => "OBJR", "Obj" => area, "Pg" => *page };
        let element = document.add_object(dictionary! {
            "Type" => "StructElem", "S" => "Link", "P" => *cell, "K" => vec![Object::Dictionary(place)],
            "Alt" => text(&link.link.told)
        });
        push(document, *cell, b"K", vec![Object::Reference(element)])?;
        push(document, *page, b"Annots", vec![Object::Reference(area)])?;
        parents.extend([Object::Integer(key as i64), Object::Reference(element)]);
    }
    let tree = document.get_dictionary_mut(tree).map_err(assembly)?;
    tree.set("ParentTreeNextKey", pages.len().saturating_add(links.len()) as i64);
    let numbers = tree.get(b"ParentTree").and_then(Object::as_reference).map_err(assembly)?;
    push(document, numbers, b"Nums", parents)
}

/// Adds to a list of a dictionary; the list is made when it is not there.
fn push(document: &mut Document, id: ObjectId, key: &[u8], more: Vec<Object>) -> Result<(), DocumentError> {
    let owner = document.get_dictionary_mut(id).map_err(assembly)?;
    match owner.get_mut(key).and_then(Object::as_array_mut) {
        Ok(list) => list.extend(more),
        Err(_) => owner.set(key, Object::Array(more)),
    }
    Ok(())
}
