//! The short last section of a document, which no output leaves alone on a page.

use super::model::Block;

/// Most paragraphs of a section that is not left alone on a last page.
const CLOSING: usize = 3;

/// How many blocks a short last section has that begins here, before the annex or the end: the signing, or the
/// receipt; 0 when none does. It stays whole and does not stand alone on a page, because a signature under nothing
/// signs nothing, and nobody wants a page with codes only.
pub(super) fn closing_blocks(rest: &[Block]) -> usize {
    let Some((Block::Heading { .. }, rest)) = rest.split_first() else { return 0 };
    let section: Vec<&Block> = rest.iter().take_while(|block| !matches!(block, Block::PageBreak)).collect();
    let short = section.len() <= CLOSING && section.iter().all(|block| matches!(block, Block::Paragraph { .. }));
    if short { section.len().saturating_add(1) } else { 0 }
}

/// For each block whether it stays on the page of the block after it, so that a short last section keeps company and a
/// list has the words that lead it in.
pub(super) fn kept_with_next(blocks: &[Block]) -> Vec<bool> {
    let mut inside = 0_usize;
    (0..blocks.len())
        .map(|place| {
            inside = closing_blocks(blocks.get(place..).unwrap_or_default()).max(inside.saturating_sub(1));
            let next = place.saturating_add(1);
            let leads = matches!(blocks.get(place), Some(Block::Paragraph { .. }))
                && matches!(blocks.get(next), Some(Block::List { .. }));
            leads || inside > 1 || (inside == 0 && closing_blocks(blocks.get(next..).unwrap_or_default()) > 0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph() -> Block {
        Block::Paragraph { number: None, content: Vec::new() }
    }

    fn heading() -> Block {
        Block::Heading { level: 2, number: None, text: "Ondertekening".to_owned() }
    }

    #[test]
    fn the_signing_stays_with_the_paragraph_before_it_and_the_annex_does_not() {
        let blocks = [paragraph(), paragraph(), heading(), paragraph(), paragraph(), Block::PageBreak, paragraph()];
        assert_eq!(kept_with_next(&blocks), [false, true, true, true, false, false, false]);
    }

    #[test]
    fn what_leads_a_list_in_stays_with_it() {
        let list = Block::List { ordered: false, items: Vec::new() };
        assert_eq!(kept_with_next(&[paragraph(), list, paragraph()]), [true, false, false]);
    }

    #[test]
    fn a_long_last_section_keeps_nothing() {
        let blocks = [paragraph(), heading(), paragraph(), paragraph(), paragraph(), paragraph()];
        assert_eq!(kept_with_next(&blocks), [false; 6]);
    }
}
