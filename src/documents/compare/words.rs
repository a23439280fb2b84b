//! Which words of a changed line were taken away and which were put in.

use super::plain;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Above this many words a line is shown whole as old and new.
const MOST_WORDS: usize = 6_000;

/// What happened to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Still there.
    Kept,
    /// Taken away.
    TakenAway,
    /// Put in.
    PutIn,
}

/// Words in a row that had the same lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Their lot.
    pub kind: PieceKind,
    /// The words, with single spaces.
    pub text: String,
}

/// The old and the new text as one row of pieces.
#[must_use]
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (plain(old), plain(new));
    let split = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (split(&old), split(&new));
    let mut pieces = Vec::new();
    let mut put = |kind: PieceKind, words: &[String]| {
        if !words.is_empty() {
            pieces.push(Piece { kind, text: words.join(" ") });
        }
    };
    if before.len().saturating_add(after.len()) > MOST_WORDS {
        put(PieceKind::TakenAway, &before);
        put(PieceKind::PutIn, &after);
        return pieces;
    }
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (gone, came) = (before.get(op.old_range()), after.get(op.new_range()));
        if matches!(op, DiffOp::Equal { .. }) {
            put(PieceKind::Kept, gone.unwrap_or_default());
        } else {
            put(PieceKind::TakenAway, gone.unwrap_or_default());
            put(PieceKind::PutIn, came.unwrap_or_default());
        }
    }
    pieces
}
