//! The short last section of a document, which no output leaves alone on a page.

use super::model::Block;

/// Most paragraphs of a section that is not left alone on a last page.
const CLOSING: usize = 3;

/// Most paragraphs of the section before it that stays with it: the remedy above the signing.
const BEFORE_CLOSING: usize = 2;

/// How many blocks a short last section has that begins here, before the annex or the end: the signing, or the
/// receipt; 0 when none does. It stays whole and does not stand alone on a page, because a signature under nothing
/// signs nothing, and nobody wants a page with codes only. A short section right before it is a part of it: the last
/// lines of a remedy above a signature are no page either, so the end of the decision comes along.
pub(super) fn closing_blocks(rest: &[Block]) -> usize {
    let (own, after) = section(rest);
    if own < 2 || after.first().is_some_and(|block| !matches!(block, Block::Heading { .. })) {
        return last_section(rest);
    }
    match last_section(after) {
        0 => last_section(rest),
        _ if own > BEFORE_CLOSING.saturating_add(1) => 0,
        last => own.saturating_add(last),
    }
}

fn last_section(rest: &[Block]) -> usize {
    let (own, after) = section(rest);
    let ends = after.first().is_none_or(|block| matches!(block, Block::PageBreak));
    if ends && own <= CLOSING.saturating_add(1) { own } else { 0 }
}

/// A heading with the paragraphs under it, as a number of blocks, and what follows; 0 where no heading stands.
fn section(rest: &[Block]) -> (usize, &[Block]) {
    let Some((Block::Heading { .. }, under)) = rest.split_first() else { return (0, rest) };
    let paragraphs = under.iter().take_while(|block| matches!(block, Block::Paragraph { .. })).count();
    let own = paragraphs.saturating_add(1);
    (own, rest.get(own..).unwrap_or_default())
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
    fn a_short_remedy_stays_whole_with_the_signing_and_the_end_of_the_decision() {
        let blocks = [paragraph(), paragraph(), heading(), paragraph(), heading(), paragraph(), Block::PageBreak];
        assert_eq!(kept_with_next(&blocks), [false, true, true, true, true, false, false]);
        let long = [paragraph(), heading(), paragraph(), paragraph(), paragraph(), heading(), paragraph()];
        assert_eq!(kept_with_next(&long), [false, false, false, false, true, true, false]);
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
