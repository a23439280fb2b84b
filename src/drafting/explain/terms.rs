//! Words of law in an explanation: each is explained right after it is first used. The words and
//! their explanations stand in `templates/documents/uitleg-woorden.json`, for who edits a template.

use crate::documents::model::{Block, Inline};
use crate::shared::dutch::capital;
use serde::Deserialize;
use std::sync::OnceLock;

const FILE: &str = include_str!("../../../templates/documents/uitleg-woorden.json");

/// A word of law with what it means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    /// The word as it is explained.
    woord: String,
    /// Other forms of it.
    #[serde(default)]
    ook: Vec<String>,
    /// For an adult.
    volwassene: String,
    /// For a child.
    kind: String,
}

/// The list, longest words first, so that "hoger beroep" is not taken for "beroep".
pub(super) fn terms() -> Result<&'static [Term], String> {
    static TERMS: OnceLock<Result<Vec<Term>, String>> = OnceLock::new();
    let read = || {
        let mut terms: Vec<Term> = serde_json::from_str(FILE)
            .map_err(|error| format!("De lijst uitleg-woorden.json kan niet worden gelezen: {error}"))?;
        terms.sort_by_key(|term| std::cmp::Reverse(term.woord.chars().count()));
        Ok(terms)
    };
    TERMS.get_or_init(read).as_deref().map_err(Clone::clone)
}

/// The same blocks, with an explanation after the block in which a word of law is first used. The
/// words of a heading are explained after what stands under it.
pub(super) fn explained(blocks: Vec<Block>, terms: &[Term], for_child: bool) -> Vec<Block> {
    let mut known: Vec<&str> = Vec::new();
    let mut waiting: Vec<&Term> = Vec::new();
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        for term in used_in(&block, terms) {
            if !known.contains(&term.woord.as_str()) {
                known.push(&term.woord);
                waiting.push(term);
            }
        }
        let heading = matches!(block, Block::Heading { .. });
        out.push(block);
        if !heading {
            out.extend(waiting.drain(..).map(|term| explanation(term, for_child)));
        }
    }
    out
}

/// Words of law in a text that are not explained at their first use.
pub(super) fn unexplained(blocks: &[Block], terms: &[Term]) -> Vec<String> {
    let is_explanation = |block: &Block, term: &Term| match block {
        Block::Paragraph { content, .. } => {
            matches!(content.first(), Some(Inline::Strong(word)) if *word == capital(&term.woord))
        }
        _ => false,
    };
    let missing = |term: &&Term| {
        let Some(first) =
            blocks.iter().position(|block| used_in(block, terms).iter().any(|used| used.woord == term.woord))
        else {
            return false;
        };
        let text = blocks.iter().enumerate().skip(first).find(|(_, block)| !matches!(block, Block::Heading { .. }));
        let after = text.map_or(first, |(place, _)| place);
        // Other words that are first used in the same place are explained there as well.
        let row = blocks.iter().skip(after).take(12);
        !row.clone().any(|block| is_explanation(block, term))
    };
    terms.iter().filter(missing).map(|term| term.woord.clone()).collect()
}

fn explanation(term: &Term, for_child: bool) -> Block {
    let meaning = if for_child { &term.kind } else { &term.volwassene };
    let content = vec![Inline::Strong(capital(&term.woord)), Inline::Text(format!(" betekent: {meaning}"))];
    Block::Paragraph { number: None, content }
}

/// Words of law in a block, in the order of the list.
fn used_in<'t>(block: &Block, terms: &'t [Term]) -> Vec<&'t Term> {
    let mut text = block.text_lines().join(" ").to_lowercase();
    terms
        .iter()
        .filter(|term| {
            let forms = std::iter::once(&term.woord).chain(&term.ook);
            let found: Vec<bool> = forms.map(|form| take(&mut text, form)).collect();
            found.contains(&true)
        })
        .collect()
}

/// Whether a word stands in the text by itself; takes it out, so that no shorter word is seen in it.
fn take(text: &mut String, word: &str) -> bool {
    let mut found = false;
    let mut from = 0;
    while let Some(place) = text.get(from..).and_then(|rest| rest.find(word)) {
        let (start, end) = (from.saturating_add(place), from.saturating_add(place).saturating_add(word.len()));
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        let alone = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        if alone {
            text.replace_range(start..end, &"\u{b7}".repeat(word.len() / 2));
            found = true;
            from = start;
        } else {
            from = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { number: None, content: vec![Inline::Text(text.to_owned())] }
    }

    #[test]
    fn a_word_is_explained_once_right_after_its_first_use() {
        let terms = terms().unwrap();
        let blocks = vec![paragraph("Het gezag is geschorst."), paragraph("Hoger beroep kan. Het gezag blijft.")];
        let out = explained(blocks, terms, false);
        let lines: Vec<String> = out.iter().flat_map(Block::text_lines).collect();
        assert!(lines.iter().filter(|line| line.starts_with("Gezag betekent")).count() == 1, "{lines:?}");
        assert!(lines[1].contains("betekent:"), "{lines:?}");
        assert!(lines.iter().any(|line| line.starts_with("Hoger beroep betekent")), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with("Beroep betekent")), "{lines:?}");
        assert!(unexplained(&out, terms).is_empty());
    }

    #[test]
    fn a_word_that_is_not_explained_is_found() {
        let terms = terms().unwrap();
        assert_eq!(unexplained(&[paragraph("U betaalt een dwangsom.")], terms), ["dwangsom"]);
        assert!(unexplained(&[paragraph("Het gezagsregister? Nee.")], terms) == ["gezagsregister"]);
    }

    #[test]
    fn no_explanation_uses_a_word_that_would_itself_have_to_be_explained() {
        let terms = terms().unwrap();
        for term in terms {
            for meaning in [&term.volwassene, &term.kind] {
                let used = used_in(&paragraph(meaning), terms);
                assert!(
                    used.is_empty(),
                    "{}: {:?}",
                    term.woord,
                    used.iter().map(|used| &used.woord).collect::<Vec<_>>()
                );
            }
        }
    }
}
