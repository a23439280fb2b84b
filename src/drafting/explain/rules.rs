//! Where the rules stand: together at the end of an explanation, so that its sentences read on.

use crate::documents::model::{Block, Inline};

/// The blocks with their references at the end, before a closing sentence. What is printed word for word stays as it is.
pub(super) fn together(blocks: Vec<Block>, verbatim: &[&Block]) -> Vec<Block> {
    let mut named: Vec<String> = Vec::new();
    let mut out: Vec<Block> = blocks
        .into_iter()
        .map(|block| if verbatim.contains(&&block) { block } else { without(block, &mut named) })
        .collect();
    if !named.is_empty() {
        let told = Inline::Text(format!("Waar dit staat: {}.", named.join("; ")));
        // A closing sentence about what an asterisk means keeps the last place.
        let closes = matches!(out.last(), Some(Block::Paragraph { .. }));
        let place = out.len().saturating_sub(usize::from(closes));
        out.insert(place, Block::Paragraph { number: None, content: vec![told] });
    }
    out
}

fn without(block: Block, named: &mut Vec<String>) -> Block {
    match block {
        Block::Paragraph { number, content } => Block::Paragraph { number, content: plain(content, named) },
        Block::Notice { heading, content } => Block::Notice { heading, content: plain(content, named) },
        Block::List { ordered, items } => {
            Block::List { ordered, items: items.into_iter().map(|item| plain(item, named)).collect() }
        }
        other => other,
    }
}

fn plain(content: Vec<Inline>, named: &mut Vec<String>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content {
        match (inline, out.last_mut()) {
            (Inline::Source(source), before) => {
                if let Some(Inline::Text(text)) = before {
                    text.truncate(text.trim_end().len());
                }
                if !named.contains(&source) {
                    named.push(source);
                }
            }
            (Inline::Text(text), Some(Inline::Text(before))) => before.push_str(&text),
            (inline, _) => out.push(inline),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_once_at_the_end_and_leave_the_sentence_whole() {
        let text = |text: &str| Inline::Text(text.to_owned());
        let law = || Inline::Source("art. 806 Rv".to_owned());
        let paragraph = |content| Block::Paragraph { number: None, content };
        let own = paragraph(vec![text("Woordelijk "), law()]);
        let blocks = vec![
            paragraph(vec![text("U kunt in beroep. "), law(), text(" Doe dat op tijd.")]),
            own.clone(),
            paragraph(vec![text("U hebt drie maanden. "), law()]),
            paragraph(vec![text("Slot.")]),
        ];
        let lines: Vec<String> = together(blocks, &[&own]).iter().flat_map(Block::text_lines).collect();
        let expected = [
            "U kunt in beroep. Doe dat op tijd.",
            "Woordelijk [art. 806 Rv]",
            "U hebt drie maanden.",
            "Waar dit staat: art. 806 Rv.",
            "Slot.",
        ];
        assert_eq!(lines, expected);
    }
}
