//! Differences on small documents; whole drafts are compared in the tests of the documents.

use super::*;
use crate::documents::model::{Block, DocumentMeta, Inline};
use rstest::rstest;

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn numbered(number: &str, words: &str) -> Block {
    Block::Paragraph { number: Some(number.to_owned()), content: text(words) }
}

fn model() -> DocumentModel {
    let meta = DocumentMeta {
        title: "Beschikking".to_owned(),
        author: "Rechtbank Voorbeeldstad".to_owned(),
        running_header: String::new(),
        concept: true,
        control_code: String::new(),
        dated: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        compact: false,
    };
    let blocks = vec![
        Block::Heading { level: 2, number: Some("5".to_owned()), text: "De beoordeling".to_owned() },
        numbered("5.1", "De rechtbank wijst het verzoek van de moeder toe."),
        numbered("5.2", "De omgang vindt plaats onder begeleiding."),
        numbered("5.3", "Het meer of anders verzochte wordt afgewezen."),
        Block::List { ordered: false, items: vec![text("op zaterdag van 10 tot 12 uur"), text("op woensdag")] },
        Block::Table {
            caption: None,
            head: vec!["Dag".to_owned(), "Tijd".to_owned()],
            rows: vec![vec![text("zaterdag"), text("14 uur")], vec![text("zondag"), text("14 uur")]],
        },
        numbered("5.4", "De rechtbank houdt iedere verdere beslissing aan."),
    ];
    DocumentModel { meta, blocks }
}

/// The lines of the document after an edit.
fn edited(edit: impl FnOnce(&mut Vec<ReadLine>)) -> Vec<(Change, Option<usize>, String, String)> {
    let mut lines = lines_of(&model());
    edit(&mut lines);
    let differences = compare(&model(), &lines);
    let place = |item: &Difference| item.held.as_ref().or(item.after.as_ref()).and_then(|held| held.block);
    differences.into_iter().map(|item| (item.change, place(&item), item.old, item.new)).collect()
}

fn at(lines: &[ReadLine], start: &str) -> usize {
    lines.iter().position(|line| line.text.starts_with(start)).unwrap()
}

fn line(text: &str) -> ReadLine {
    ReadLine { kind: LineKind::Paragraph, text: text.to_owned() }
}

#[test]
fn the_same_text_has_no_differences_also_with_other_spaces_hyphens_and_labels() {
    assert_eq!(edited(|_| ()), []);
    let same = edited(|lines| {
        let first = at(lines, "5.1");
        lines[first].text = "De rechtbank wijst\u{a0}het  verzoek van de moe\u{ad}der toe.".to_owned();
        let item = at(lines, "op woensdag");
        lines[item] = line("• op woensdag");
    });
    assert_eq!(same, []);
}

#[test]
fn one_changed_one_added_one_removed_are_exactly_those_three() {
    let found = edited(|lines| {
        let changed = at(lines, "5.2");
        lines[changed].text = "5.2 De omgang vindt plaats onder begeleiding van een instelling.".to_owned();
        lines.insert(changed + 1, line("De kosten van de begeleiding draagt de gemeente."));
        let gone = at(lines, "5.4");
        lines.remove(gone);
    });
    let kinds: Vec<(Change, Option<usize>)> = found.iter().map(|item| (item.0, item.1)).collect();
    assert_eq!(kinds, [(Change::Changed, Some(2)), (Change::Added, Some(2)), (Change::Removed, Some(6))], "{found:?}");
}

#[test]
fn a_rewritten_paragraph_is_a_change_and_the_one_put_before_it_is_added() {
    let found = edited(|lines| {
        let place = at(lines, "5.2");
        lines[place].text = "5.2 Vader ziet de kinderen in een omgangshuis.".to_owned();
        lines.insert(place, line("Vooraf het volgende."));
    });
    let kinds: Vec<(Change, &str)> = found.iter().map(|item| (item.0, item.3.as_str())).collect();
    let expected =
        [(Change::Added, "Vooraf het volgende."), (Change::Changed, "5.2 Vader ziet de kinderen in een omgangshuis.")];
    assert_eq!(kinds, expected);
}

#[test]
fn a_changed_cell_is_told_of_its_own_place_also_when_another_says_the_same() {
    let found = edited(|lines| {
        let last = lines.iter().rposition(|line| line.text == "14 uur").unwrap();
        lines[last].text = "15 uur".to_owned();
    });
    assert_eq!(found, [(Change::Changed, Some(5), "14 uur".to_owned(), "15 uur".to_owned())]);
    let held = held(&model());
    let cell = held.iter().rfind(|held| held.full == "14 uur").unwrap();
    assert_eq!((cell.block, cell.line, cell.kind), (Some(5), 5, LineKind::Cell));
}

#[test]
fn a_paragraph_that_stands_elsewhere_was_moved() {
    let found = edited(|lines| {
        let place = at(lines, "5.1");
        let moved = lines.remove(place);
        lines.push(moved);
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1), (Change::Moved, Some(1)));
}

#[test]
fn a_number_that_changed_is_a_difference_and_a_number_that_was_lost_is_not() {
    let found = edited(|lines| {
        let place = at(lines, "5.3");
        lines[place].text = lines[place].text.replace("5.3", "5.9");
        let place = at(lines, "5.4");
        lines[place].text = lines[place].text.replace("5.4 ", "");
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1), (Change::Changed, Some(3)));
}

#[rstest]
#[case("De vader mag bellen.", "De vader mag niet bellen.", "De vader mag|+niet|bellen.")]
#[case("Een twee drie", "Een vier drie", "Een|-twee|+vier|drie")]
#[case("", "Nieuw", "+Nieuw")]
#[case("Weg ermee", "", "-Weg ermee")]
#[case("Gelijk  blijft", "Gelijk\nblijft", "Gelijk blijft")]
fn words_that_went_and_came_are_told_apart(#[case] old: &str, #[case] new: &str, #[case] expected: &str) {
    let told: Vec<String> = pieces(old, new)
        .into_iter()
        .map(|piece| match piece.kind {
            PieceKind::Kept => piece.text,
            PieceKind::TakenAway => format!("-{}", piece.text),
            PieceKind::PutIn => format!("+{}", piece.text),
        })
        .collect();
    assert_eq!(told.join("|"), expected);
}

#[test]
fn lines_are_packed_and_unpacked_to_the_same_and_a_false_place_is_refused() {
    let mut lines = lines_of(&model());
    lines[2].text.push_str(" Meer\ntekst.");
    lines.insert(4, line("Erbij."));
    lines.remove(6);
    let packed = pack(&model(), &lines);
    assert!(packed.len() <= 7, "{packed:?}");
    let text = serde_json::to_string(&packed).unwrap();
    let again: Vec<Packed> = serde_json::from_str(&text).unwrap();
    assert_eq!(unpack(&model(), &again, 100), Some(lines.clone()));
    assert_eq!(unpack(&model(), &[Packed::Same(0, 999)], 100), None);
    assert_eq!(unpack(&model(), &[Packed::Same(3, 1)], 100), None);
    assert_eq!(unpack(&model(), &vec![Packed::Same(0, 5); 100], 100), None);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_edit_is_told_once_and_no_line_is_lost(
        edits in proptest::collection::vec((0usize..20, 0u8..3, "[a-z]{1,8}( [a-z]{1,8}){0,4}"), 0..6)
    ) {
        let mut lines = lines_of(&model());
        for (place, kind, words) in &edits {
            let place = place % lines.len();
            match kind {
                0 => lines[place].text = words.clone(),
                1 => lines.insert(place, line(words)),
                _ => { if lines.len() > 1 { lines.remove(place); } }
            }
        }
        let differences = compare(&model(), &lines);
        proptest::prop_assert_eq!(&differences, &compare(&model(), &lines), "the same each time");
        // What is left of the document plus what came is as long as what was read.
        let held = held(&model()).len();
        let count = |wanted: Change| differences.iter().filter(|item| item.change == wanted).count();
        proptest::prop_assert_eq!(held + count(Change::Added) - count(Change::Removed), lines.len());
        if edits.is_empty() { proptest::prop_assert!(differences.is_empty()); }
    }
}
