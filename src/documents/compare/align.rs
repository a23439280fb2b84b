//! Which line of the document belongs with which line of the edited text.

use super::held::{Held, without_number};
use super::plain;
use crate::documents::docx::read::{LineKind, ReadLine};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;

/// How alike two lines must be to be one line that was changed, in thousandths.
const ALIKE: usize = 350;
/// How much the same number before both adds to that.
const SAME_NUMBER: usize = 200;
/// Most comparisons of lines within one stretch; above it what is gone and what came stand apart.
const MOST_COMPARED: usize = 1_000_000;

/// A line of the document, a line of the text, or both.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Pairs in the order of the text; what is gone stands where it was.
pub(super) fn align(held: &[Held], read: &[ReadLine]) -> Vec<Pair> {
    // Every form of a line is brought back to one key, so that a lost number is no difference; whole forms go first.
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for line in held {
        keys.entry(line.full.clone()).or_insert_with(|| line.key());
    }
    for line in held {
        for form in line.forms() {
            keys.entry(form).or_insert_with(|| line.key());
        }
    }
    let key = |text: String| keys.get(&text).cloned().unwrap_or(text);
    let old: Vec<String> = held.iter().map(|line| key(line.full.clone())).collect();
    let new: Vec<String> = read.iter().map(|line| key(plain(&line.text))).collect();
    let mut pairs = Vec::new();
    // A stretch in which nothing is the same.
    let (mut gone, mut came): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (in_old, in_new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            pair_up(held, read, &gone, &came, &mut pairs);
            gone.clear();
            came.clear();
            pairs.extend(in_old.zip(in_new).map(|(old, new)| (Some(old), Some(new))));
        } else {
            gone.extend(in_old);
            came.extend(in_new);
        }
    }
    pair_up(held, read, &gone, &came, &mut pairs);
    pairs
}

/// Within a stretch: lines that are alike belong together, in order; of the ways to do that, the one in which most is alike.
fn pair_up(held: &[Held], read: &[ReadLine], gone: &[usize], came: &[usize], pairs: &mut Vec<Pair>) {
    let old: Vec<Line<'_>> = gone.iter().filter_map(|index| held.get(*index)).map(Line::of_held).collect();
    let new: Vec<Line<'_>> = came.iter().filter_map(|index| read.get(*index)).map(Line::of_read).collect();
    let alone = old.len() == 1 && new.len() == 1;
    let score = |one: usize, other: usize| match (old.get(one), new.get(other)) {
        (Some(one), Some(other)) if one.is_cell != other.is_cell => 0,
        (Some(_), Some(_)) if alone => 1,
        (Some(one), Some(other)) => one.likeness(other),
        _ => 0,
    };
    let many = old.len().saturating_mul(new.len()) > MOST_COMPARED;
    let together = if many { Vec::new() } else { best(old.len(), new.len(), &score) };
    let (mut next_old, mut next_new) = (0, 0);
    let mut put = |until_old: usize, until_new: usize, pairs: &mut Vec<Pair>| {
        pairs.extend(gone.iter().take(until_old).skip(next_old).map(|index| (Some(*index), None)));
        pairs.extend(came.iter().take(until_new).skip(next_new).map(|index| (None, Some(*index))));
        (next_old, next_new) = (until_old.saturating_add(1), until_new.saturating_add(1));
    };
    for (one, other) in together {
        put(one, other, pairs);
        pairs.push((gone.get(one).copied(), came.get(other).copied()));
    }
    put(old.len(), new.len(), pairs);
}

/// The pairs with the highest total score, in order. Scores of 0 never make a pair.
fn best(old: usize, new: usize, score: &dyn Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let width = new.saturating_add(1);
    let at = |one: usize, other: usize| one.saturating_mul(width).saturating_add(other);
    let mut totals = vec![0usize; old.saturating_add(1).saturating_mul(width)];
    let total = |totals: &[usize], one: usize, other: usize| totals.get(at(one, other)).copied().unwrap_or_default();
    let scores: Vec<usize> = (0..old)
        .flat_map(|one| (0..new).map(move |other| (one, other)))
        .map(|(one, other)| score(one, other))
        .collect();
    let scored = |one: usize, other: usize| {
        scores.get(one.saturating_mul(new).saturating_add(other)).copied().unwrap_or_default()
    };
    for one in (0..old).rev() {
        for other in (0..new).rev() {
            let apart = total(&totals, one + 1, other).max(total(&totals, one, other + 1));
            let value = scored(one, other);
            let together = if value == 0 { 0 } else { value.saturating_add(total(&totals, one + 1, other + 1)) };
            if let Some(cell) = totals.get_mut(at(one, other)) {
                *cell = apart.max(together);
            }
        }
    }
    let (mut one, mut other, mut found) = (0, 0, Vec::new());
    while one < old && other < new {
        let here = total(&totals, one, other);
        let value = scored(one, other);
        if value > 0 && here == value.saturating_add(total(&totals, one + 1, other + 1)) {
            found.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if here == total(&totals, one + 1, other) {
            one += 1;
        } else {
            other += 1;
        }
    }
    found
}

/// A line as it is laid beside others.
struct Line<'l> {
    is_cell: bool,
    number: Option<&'l str>,
    words: Vec<String>,
}

impl<'l> Line<'l> {
    fn of_held(held: &'l Held) -> Self {
        let number = if held.kind == LineKind::Paragraph { held.number.as_deref() } else { None };
        Self { is_cell: held.kind == LineKind::Cell, number, words: words_of(&held.bare) }
    }

    fn of_read(read: &'l ReadLine) -> Self {
        let text = plain(&read.text);
        let number = read
            .text
            .split_whitespace()
            .next()
            .filter(|first| text.len() > without_number(&text).len() && first.contains('.'));
        Self { is_cell: read.kind == LineKind::Cell, number, words: words_of(without_number(&text)) }
    }

    /// How alike, in thousandths of their words; 0 when they are not one line that was changed.
    fn likeness(&self, other: &Self) -> usize {
        let (mut one, mut two, mut same) = (0usize, 0usize, 0usize);
        while let (Some(left), Some(right)) = (self.words.get(one), other.words.get(two)) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => one = one.saturating_add(1),
                std::cmp::Ordering::Greater => two = two.saturating_add(1),
                std::cmp::Ordering::Equal => {
                    (one, two, same) = (one.saturating_add(1), two.saturating_add(1), same.saturating_add(1));
                }
            }
        }
        let all = self.words.len().saturating_add(other.words.len()).max(1);
        let alike = same.saturating_mul(2_000).checked_div(all).unwrap_or_default();
        let numbered = if self.number.is_some() && self.number == other.number { SAME_NUMBER } else { 0 };
        let value = alike.saturating_add(numbered);
        if value >= ALIKE || numbered > 0 { value } else { 0 }
    }
}

/// Words in alphabetical order, in small letters.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.split(' ').map(str::to_lowercase).filter(|word| !word.is_empty()).collect();
    words.sort();
    words
}
