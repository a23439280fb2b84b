//! What was read from a file, in short: lines that are the same as in the document are named by
//! their place, so that the whole can travel with a form.

use super::held::lines_of;
use super::plain;
use crate::documents::docx::read::ReadLine;
use crate::documents::model::DocumentModel;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A line that was read, or a stretch of lines of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Packed {
    /// From the first to the last of these lines of the document, both included.
    Same(usize, usize),
    /// A line as it was read.
    Read(ReadLine),
}

/// Packs lines beside the document.
#[must_use]
pub fn pack(model: &DocumentModel, lines: &[ReadLine]) -> Vec<Packed> {
    let known = lines_of(model);
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, line) in known.iter().enumerate() {
        places.entry(&line.text).or_default().push(index);
    }
    let mut packed: Vec<Packed> = Vec::new();
    let mut next = 0usize;
    for line in lines {
        let text = plain(&line.text);
        let mut same = places.get(text.as_str()).into_iter().flatten().copied();
        let place = same.find(|index| *index >= next && known.get(*index).is_some_and(|one| one.kind == line.kind));
        match (place, packed.last_mut()) {
            (Some(place), Some(Packed::Same(_, last))) if last.saturating_add(1) == place => *last = place,
            (Some(place), _) => packed.push(Packed::Same(place, place)),
            (None, _) => packed.push(Packed::Read(line.clone())),
        }
        next = place.map_or(next, |place| place.saturating_add(1));
    }
    packed
}

/// The lines again; `None` when they name a line that the document does not have, or are more than `most`.
#[must_use]
pub fn unpack(model: &DocumentModel, packed: &[Packed], most: usize) -> Option<Vec<ReadLine>> {
    let known = lines_of(model);
    let mut lines = Vec::new();
    for item in packed {
        match item {
            Packed::Read(line) => lines.push(line.clone()),
            Packed::Same(first, last) => lines.extend_from_slice(known.get(*first..=*last)?),
        }
        if lines.len() > most {
            return None;
        }
    }
    Some(lines)
}
