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
