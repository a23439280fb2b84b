//! The last net: a secret address that someone typed into a free text leaves no trace.

use crate::documents::model::{Block, Inline};
use crate::dossier::model::Dossier;

/// What stands in place of a secret address.
const REPLACEMENT: &str = "(adres afgeschermd)";

/// Replaces every shielded address line and postcode in the blocks; returns how often.
///
/// An address that stands open in the file for someone else (the former shared home) is known
/// already and is left alone.
pub(super) fn redact(dossier: &Dossier, blocks: &mut [Block]) -> usize {
    let needles = needles(dossier);
    if needles.is_empty() {
        return 0;
    }
    let mut count = 0;
    for block in blocks {
        each_text(block, &mut |text: &mut String| {
            // Hardly any text has one: it is folded once before places are looked up.
            let folded = fold(text);
            if !needles.iter().any(|needle| folded.contains(needle.as_str())) {
                return;
            }
            for needle in &needles {
                while let Some((start, end)) = find(text, needle) {
                    text.replace_range(start..end, REPLACEMENT);
                    count += 1;
                }
            }
        });
    }
    count
}

/// Shielded address lines and postcodes, without white space and in lower case.
fn needles(dossier: &Dossier) -> Vec<String> {
    let all = || dossier.persons.iter().flat_map(|person| &person.addresses);
    let parts = |shielded: bool| {
        all()
            .filter(move |address| address.is_shielded() == shielded)
            .flat_map(|address| [Some(address.line.as_str()), address.postcode.as_deref()])
            .flatten()
            .map(fold)
            .collect::<Vec<_>>()
    };
    let open = parts(false);
    let mut needles: Vec<String> =
        parts(true).into_iter().filter(|needle| needle.chars().count() >= 5 && !open.contains(needle)).collect();
    needles.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    needles.dedup();
    needles
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| sign.is_alphanumeric()) {
        if sign.is_ascii() {
            folded.push(sign.to_ascii_lowercase());
        } else {
            folded.extend(sign.to_lowercase());
        }
    }
    folded
}

/// First place of the needle in the text, white space and punctuation not counted.
fn find(text: &str, needle: &str) -> Option<(usize, usize)> {
    let mut folded = String::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
        for lower in sign.to_lowercase() {
            folded.push(lower);
            for _ in 0..lower.len_utf8() {
                places.push((at, at + sign.len_utf8()));
            }
        }
    }
    let start = folded.find(needle)?;
    let first = places.get(start)?.0;
    let last = places.get(start + needle.len() - 1)?.1;
    Some((first, last))
}

fn each_text(block: &mut Block, change: &mut dyn FnMut(&mut String)) {
    for inline in block.contents_mut().into_iter().flatten() {
        let (Inline::Text(text)
        | Inline::Strong(text)
        | Inline::Emphasis(text)
        | Inline::Blank(text)
        | Inline::Source(text)) = inline;
        change(text);
    }
    match block {
        Block::Heading { text, .. } | Block::Notice { heading: text, .. } => change(text),
        Block::Table { caption, head, .. } => caption.iter_mut().chain(head).for_each(change),
        Block::Timeline(timeline) => {
            for row in &mut timeline.rows {
                [&mut row.part, &mut row.label, &mut row.when].into_iter().for_each(&mut *change);
            }
            change(&mut timeline.caption);
        }
        Block::Paragraph { .. } | Block::List { .. } | Block::PageBreak => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_an_address_whatever_its_spacing_and_case() {
        let needle = fold("Schuilpad 12-b");
        for text in ["op Schuilpad 12-b.", "SCHUILPAD 12 B", "schuilpad  12b"] {
            let (start, end) = find(text, &needle).unwrap();
            assert!(text[start..end].to_lowercase().contains("schuilpad"));
        }
        assert!(find("Schuilpad 1", &needle).is_none());
    }
}
