//! Where a judge wrote their own words, no generated sentence tells something else.

use super::{Desk, FILLED, paragraph, sealed_desk, text};
use crate::support::families::demo;
use combizitting::drafting::model::DraftKind;
use combizitting::drafting::review::TextChange;
use combizitting::drafting::review::model::StepKind;

#[test]
fn a_rewritten_point_is_printed_word_for_word_and_nothing_generated_stands_beside_it() {
    let desk = Desk::of(&demo(), DraftKind::Gezag);
    let model = &desk.set.documents[0].model;
    let (place, _) = paragraph(model, "bepaalt dat de schorsing van rechtswege vervalt");
    let own = "bepaalt dat de schorsing vervalt na afloop van 31 december 2026;";
    desk.seal_with("gezag", vec![TextChange::replace(place, own)]);
    let papers = desk.papers("gezag");
    assert_eq!(papers.len(), 2, "no child's paper");
    for paper in &papers {
        let text = text(paper);
        assert!(text.contains("De rechter schreef zelf:"), "{text}");
        assert!(text.contains("bepaalt dat de schorsing vervalt na afloop van 31 december 2026;"));
        assert!(!text.contains("19 februari 2027") && !text.contains("een tijd niet uitoefenen"), "{text}");
        assert!(text.contains("Punt 6.1: schorst Bas Fictief-Zandman"), "{text}");
        assert!(!text.contains("woorden van de rechter"), "the note of who wrote it stays in the decision");
        assert!(paper.too_hard.is_empty(), "the judge's own words are not measured: {:?}", paper.too_hard);
    }
    let (who, why) = &desk.held_back("gezag")[0];
    assert!(who.starts_with("Noor") && why.contains("met de hand gewijzigd"), "{who}: {why}");
}

#[test]
fn an_added_point_and_one_that_is_taken_out_also_make_the_decision_its_own_words() {
    use combizitting::drafting::review::ChangeKind;
    for soort in [ChangeKind::Add, ChangeKind::Remove] {
        let desk = Desk::of(&demo(), DraftKind::Gezag);
        let (place, _) = paragraph(&desk.set.documents[0].model, "verstaat dat");
        let tekst = if soort == ChangeKind::Add { "bepaalt dat het gezag blijft;".to_owned() } else { String::new() };
        desk.seal_with("gezag", vec![TextChange { blok: place, onderdeel: None, soort, tekst }]);
        for paper in desk.papers("gezag") {
            let text = text(&paper);
            assert!(!text.contains("In deze tijd ligt het gezag alleen bij"), "{text}");
            assert!(text.contains(if soort == ChangeKind::Add { "het gezag blijft" } else { "(vervallen)" }));
        }
    }
}

#[test]
fn a_filled_blank_stands_word_for_word_beside_what_the_plan_tells() {
    let desk = sealed_desk(&demo(), DraftKind::Omgang);
    let papers = desk.papers("omgang");
    let (adults, children): (Vec<_>, Vec<_>) = papers.iter().partition(|paper| !paper.for_child);
    for paper in adults {
        let text = text(paper);
        assert!(text.contains("De rechter schreef zelf:") && text.contains(FILLED), "{text}");
        assert!(text.contains("De eerste keer: zaterdag 13 februari 2027."));
    }
    for paper in children {
        let text = text(paper);
        assert!(!text.contains(FILLED) && text.contains("Er is nog meer beslist."), "{text}");
    }
}

#[test]
fn a_filled_blank_in_which_the_rest_was_changed_too_is_a_rewritten_point() {
    let desk = Desk::of(&demo(), DraftKind::Omgang);
    let model = &desk.set.documents[0].model;
    let mut changes = super::fillings(model);
    let point = changes.iter_mut().find(|change| change.tekst.contains("beslist op het verzoek van")).unwrap();
    point.tekst = point.tekst.replace("beslist op het verzoek van", "beslist niet op het verzoek van");
    desk.seal_with("omgang", changes);
    let text = text(&desk.papers("omgang")[0]);
    assert!(
        text.contains("woord voor woord wat er is beslist") && !text.contains("De eerste keer: zaterdag"),
        "{text}"
    );
}

#[test]
fn remedies_in_own_words_take_the_place_of_the_generated_ones() {
    let desk = Desk::of(&demo(), DraftKind::Gezag);
    let (place, _) = paragraph(&desk.set.documents[0].model, "Tegen deze beschikking staat hoger beroep open");
    desk.seal_with("gezag", vec![TextChange::replace(place, "Tegen deze beschikking staat geen rechtsmiddel open.")]);
    for paper in desk.papers("gezag").iter().filter(|paper| !paper.for_child) {
        let text = text(paper);
        assert!(
            text.contains("Tegen deze beschikking staat geen rechtsmiddel open.") && !text.contains("drie maanden")
        );
        assert!(text.contains("De schorsing") || text.contains("schorsing"), "the decision itself is told");
    }
}

#[test]
fn a_day_that_was_changed_by_hand_is_left_to_the_decision() {
    let desk = Desk::of(&demo(), DraftKind::Gezag);
    let (place, signed) = paragraph(&desk.set.documents[0].model, "Gegeven door mr.");
    desk.seal_with("gezag", vec![TextChange::replace(place, signed.replace("19 november 2026", "20 november 2026"))]);
    let papers = desk.papers("gezag");
    assert!(papers.iter().all(|paper| !paper.for_child));
    assert!(text(&papers[0]).contains("Dag van de beslissing: die staat in de beslissing"));
}

#[test]
fn a_day_that_was_left_open_in_the_plan_is_not_guessed() {
    let open = crate::support::families::demo_with(|d| d.plans.gezag.as_mut().unwrap().order_date = None);
    let desk = sealed_desk(&open, DraftKind::Gezag);
    let papers = desk.papers("gezag");
    assert_eq!(papers.len(), 2, "no child's paper: nobody knows its age on that day");
    assert!(papers.iter().all(|paper| text(paper).contains("Dag van de beslissing: die staat in de beslissing")));
}

#[test]
fn only_a_sealed_decision_has_explanations_and_a_corrected_one_has_new_ones() {
    let desk = Desk::of(&demo(), DraftKind::Gezag);
    assert!(desk.papers("gezag").is_empty(), "a concept has none");
    let first = desk.seal("gezag").model.meta.control_code;
    assert!(text(&desk.papers("gezag")[0]).contains(&format!("Versie 1, met controlecode {first}")));
    let judge = &desk.people.rechter;
    let sealed = desk.drafts.paper(judge, &desk.dossier, &desk.draft, "gezag").unwrap().model;
    let (place, _) = paragraph(&sealed, "bepaalt dat de griffier");
    let change = TextChange::replace(place, "bepaalt dat de griffier dit meedeelt;");
    desk.step(&desk.people.griffier, "gezag", StepKind::Corrected, vec![change]);
    assert!(desk.papers("gezag").is_empty(), "a correction that is not sealed has none");
    desk.step(judge, "gezag", StepKind::Approved, Vec::new());
    let second = desk.step(&desk.people.griffier, "gezag", StepKind::Sealed, Vec::new()).model.meta.control_code;
    let text = text(&desk.papers("gezag")[0]);
    assert!(text.contains(&format!("Versie 2, met controlecode {second}")) && !text.contains(&first), "{text}");
    assert!(text.contains("Letterlijk uit de beslissing"), "a clerk's words, approved by a judge: {text}");
    desk.step(judge, "gezag", StepKind::Withdrawn, Vec::new());
    assert!(desk.papers("gezag").is_empty(), "a withdrawn decision has none");
}
