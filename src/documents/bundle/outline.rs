//! Bookmarks: our own papers, then each heading with its documents.

use super::output::Output;
use crate::documents::pdf::{id_of, metadata_text};
use lopdf::{Dictionary, Object, dictionary};
use std::io;

/// A bookmark with those below it.
pub(super) struct Entry {
    pub(super) title: String,
    /// Object number of the page.
    pub(super) page: u32,
    pub(super) below: Vec<Entry>,
}

/// Writes the bookmarks and gives the number of their root.
pub(super) fn write(output: &mut Output<'_>, entries: &[Entry]) -> io::Result<u32> {
    let root = output.reserve();
    let (first, last) = write_row(output, entries, root)?;
    let mut outlines = dictionary! { "Type" => "Outlines", "Count" => entries.len() as i64 };
    ends(&mut outlines, first, last);
    output.object(root, &outlines.into())?;
    Ok(root)
}

/// Writes bookmarks of one level; gives the first and the last.
fn write_row(output: &mut Output<'_>, entries: &[Entry], parent: u32) -> io::Result<(Option<u32>, Option<u32>)> {
    let numbers: Vec<u32> = entries.iter().map(|_| output.reserve()).collect();
    for (index, (entry, number)) in entries.iter().zip(&numbers).enumerate() {
        let (first, last) = write_row(output, &entry.below, *number)?;
        let place = vec![Object::Reference(id_of(entry.page)), "Fit".into()];
        let mut item =
            dictionary! { "Title" => metadata_text(&entry.title), "Parent" => id_of(parent), "Dest" => place };
        if let Some(before) = index.checked_sub(1).and_then(|index| numbers.get(index)) {
            item.set("Prev", id_of(*before));
        }
        if let Some(next) = numbers.get(index.saturating_add(1)) {
            item.set("Next", id_of(*next));
        }
        if !entry.below.is_empty() {
            // Closed: a case has more documents than fit on a screen.
            item.set("Count", -(entry.below.len() as i64));
        }
        ends(&mut item, first, last);
        output.object(*number, &item.into())?;
    }
    Ok((numbers.first().copied(), numbers.last().copied()))
}

fn ends(item: &mut Dictionary, first: Option<u32>, last: Option<u32>) {
    if let (Some(first), Some(last)) = (first, last) {
        item.set("First", id_of(first));
        item.set("Last", id_of(last));
    }
}
