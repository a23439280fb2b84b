//! What differs between a document and a text that was made from it: paragraph by paragraph, and
//! word by word within a changed paragraph. Pure, and the same for the same input.
//!
//! - `held`: the lines of the document, each with its block and the forms in which an editor may give it back.
//! - `align`: which line belongs with which.
//! - `words`: which words were taken away and which were put in.
//! - `pack`: what was read, in short, as far as it is the same as the document.

mod align;
mod held;
mod pack;
#[cfg(test)]
mod tests;
mod words;

pub use held::{Held, held, is_dash, lines_of};
pub use pack::{Packed, pack, unpack};
pub use words::{Piece, PieceKind, pieces};

use super::docx::read::{LineKind, ReadLine};
use super::model::DocumentModel;

/// How a line differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands there with another text.
    Changed,
    /// It was not there.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere, with the same text.
    Moved,
}

/// One difference, in the order of what now stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How.
    pub change: Change,
    /// The line of the document it is about; none for what was added.
    pub held: Option<Held>,
    /// For what was added or moved: the line of the document it now stands after; none at the very beginning.
    pub after: Option<Held>,
    /// Kind of the line.
    pub kind: LineKind,
    /// What stood, with its number; empty for what was added.
    pub old: String,
    /// What stands now, as it was read; empty for what was removed.
    pub new: String,
}

/// Text in the form in which it is compared: white space alike, hyphens alike, without what nobody sees.
#[must_use]
pub fn plain(text: &str) -> String {
    let seen = text.chars().filter(|character| !super::text::is_unseen(*character));
    let alike: String = seen.map(|character| if character == '\u{2011}' { '-' } else { character }).collect();
    alike.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What differs between a document and the lines of an edited copy of it.
#[must_use]
pub fn compare(model: &DocumentModel, read: &[ReadLine]) -> Vec<Difference> {
    let held = held(model);
    let pairs = align::align(&held, read);
    let mut differences = Vec::new();
    let mut last: Option<&Held> = None;
    for (old, new) in pairs {
        let old = old.and_then(|index| held.get(index));
        let new = new.and_then(|index| read.get(index));
        let (change, kind) = match (old, new) {
            (Some(old), Some(new)) if old.is_given_back_by(new) => {
                last = Some(old);
                continue;
            }
            (Some(old), Some(_)) => (Change::Changed, old.kind),
            (None, Some(new)) => (Change::Added, new.kind),
            (Some(old), None) => (Change::Removed, old.kind),
            (None, None) => continue,
        };
        differences.push(Difference {
            change,
            held: old.cloned(),
            after: if change == Change::Added { last.cloned() } else { None },
            kind,
            old: old.map(|old| old.full.clone()).unwrap_or_default(),
            new: new.map(|new| new.text.clone()).unwrap_or_default(),
        });
        last = old.or(last);
    }
    join_moves(differences)
}

/// A line that is gone here and came there with the same words was moved; only where there can be no doubt.
fn join_moves(differences: Vec<Difference>) -> Vec<Difference> {
    let bare = |difference: &Difference| match &difference.held {
        Some(held) => held.bare.clone(),
        None => held::without_number(&plain(&difference.new)).to_owned(),
    };
    let is_plain = |text: &str| text.split(' ').count() >= 3;
    let one = |wanted: Change, text: &str| {
        let mut found = differences.iter().enumerate().filter(|(_, item)| item.change == wanted && bare(item) == text);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    };
    let moves: Vec<(usize, usize)> = differences
        .iter()
        .filter(|item| item.change == Change::Removed)
        .map(bare)
        .filter(|text| is_plain(text))
        .filter_map(|text| one(Change::Removed, &text).zip(one(Change::Added, &text)))
        .collect();
    let goes_to = |index: usize| moves.iter().find(|(from, _)| *from == index).map(|(_, to)| *to);
    differences
        .iter()
        .enumerate()
        .filter(|(index, _)| !moves.iter().any(|(_, to)| to == index))
        .map(|(index, item)| match goes_to(index).and_then(|to| differences.get(to)) {
            Some(came) => {
                Difference { change: Change::Moved, after: came.after.clone(), new: came.new.clone(), ..item.clone() }
            }
            None => item.clone(),
        })
        .collect()
}
