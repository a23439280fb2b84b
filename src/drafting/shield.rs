//! The last net: a secret address that someone typed into a free text leaves no trace.

use crate::documents::model::{Block, Inline};
use crate::dossier::model::Dossier;
use crate::dossier::model::secrets::Secrets;

/// What stands in place of a secret address.
const REPLACEMENT: &str = "(adres afgeschermd)";

/// Replaces every shielded address in the blocks; returns how often.
///
/// An address that stands open in the file for someone else (the former shared home) is known
/// already and is left alone.
pub(super) fn redact(dossier: &Dossier, blocks: &mut [Block]) -> usize {
    let secrets = Secrets::on_paper(dossier);
    if secrets.is_empty() {
        return 0;
    }
    let mut count = 0;
    for block in blocks {
        each_text(block, &mut |text: &mut String| count += secrets.redact(text, REPLACEMENT));
    }
    count
}

/// Whether a shielded address stands anywhere in the blocks.
pub(super) fn holds(dossier: &Dossier, blocks: &[Block]) -> bool {
    redact(dossier, &mut blocks.to_vec()) > 0
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
    fn an_address_in_any_part_of_a_paper_is_taken_out() {
        let dossier = serde_json::from_str(include_str!("../../templates/demo/gezin.json")).unwrap();
        let words = |text: &str| vec![Inline::Text(text.to_owned())];
        let mut blocks = vec![
            Block::Heading { level: 1, number: None, text: "Zilverreigerpad 417".to_owned() },
            Block::Notice { heading: "Zilverreigerpad".to_owned(), content: words("zilver-reigerpad 417") },
            Block::List { ordered: false, items: vec![words("9998 QX")] },
            Block::Table { caption: None, head: vec!["Zilverreigerpad".to_owned()], rows: vec![vec![words("niets")]] },
        ];
        assert_eq!(redact(&dossier, &mut blocks), 5);
        let text = blocks.iter().flat_map(Block::text_lines).collect::<String>().to_lowercase();
        assert!(!text.contains("reigerpad") && !text.contains("9998"), "{text}");
    }
}
