//! Each document has what a clerk looks for.

use super::{demo_documents, document, drafts_of, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::documents::model::{Block, Inline};
use combizitting::drafting::model::{DraftKind, ProblemLevel};
use rstest::rstest;

#[test]
fn every_document_is_a_concept_with_all_case_numbers() {
    let dossier = demo();
    let documents = demo_documents();
    assert_eq!(documents.len(), 7);
    for draft in documents {
        let text = text_of(&draft);
        assert!(draft.model.meta.concept && text.contains("CONCEPT"), "{}", draft.name);
        assert_eq!(draft.model.meta.control_code.len(), 16);
        for number in dossier.matters.iter().flat_map(|matter| &matter.numbers) {
            assert!(text.contains(&number.value), "{}: {}", draft.name, number.value);
        }
    }
}

#[rstest]
#[case("gezag", DraftKind::Gezag, &["Rechtbank Rotterdam, team jeugd", "art. 1:268 BW", "19 februari 2027", "art. 806 Rv", "drie maanden", "gezagsregister", "uitvoerbaar bij voorraad", "wijst af wat meer of anders"])]
#[case("omgang", DraftKind::Omgang, &["art. 1:253a BW", "art. 48 Verdrag van Istanbul", "om de twee weken op zaterdag van 10.00 tot 11.30 uur", "19 november 2027", "art. 806 Rv", "zonder dat de ouders elkaar treffen", "zonder gegevens over adres, school"])]
#[case("gedragsinterventie", DraftKind::Gedragsinterventie, &["art. 509hh Sv", "wijzigt de gedragsaanwijzing van 12 november 2026 met ingang van", "geldt tot 10 februari 2027", "ernstige bezwaren", "b: er is vrees voor ernstig belastend gedrag", "aangewezen opsporingsambtenaar", "niet gevoegd", "verdachte", "art. 6 EVRM", "10/990001-26"])]
#[case("huisverbod-verlenging", DraftKind::Huisverbod, &["8 december 2026 om 21.35 uur", "art. 9 Wth", "zes weken", "geen bezwaar", "de burgemeester"])]
#[case("huisverbod-beroep", DraftKind::Huisverbod, &["art. 7 Wth", "verklaart het beroep", "ongegrond", "Raad van State"])]
#[case("voorlopige-voorzieningen", DraftKind::Huisverbod, &["art. 822 Rv", "geen hoger beroep", "18 december 2026 om 12.00 uur", "art. 826 Rv"])]
#[case("beschermingsbrug", DraftKind::Huisverbod, &["Gat: van", "veilig wonen", "vrij van contact"])]
fn a_document_names_its_court_norms_dates_and_remedy(
    #[case] name: &str,
    #[case] kind: DraftKind,
    #[case] expected: &[&str],
) {
    let set = drafts_of(&demo(), kind);
    let text = text_of(document(&set, name));
    for words in expected {
        assert!(text.contains(words), "{name} mist \"{words}\"");
    }
}

#[test]
fn facts_stand_with_their_source_status_and_the_answer_of_the_other_side() {
    let text = text_of(document(&drafts_of(&demo(), DraftKind::Gezag), "gezag"));
    assert!(text.contains("Status in deze zaak: betwist."));
    assert!(text.contains("betwist dit"));
    assert!(text.contains(", p. "));
    assert!(text.contains("Vast staat:"));
}

#[test]
fn in_a_pending_criminal_case_only_a_final_judgment_settles_a_fact() {
    let set = drafts_of(&demo(), DraftKind::Gedragsinterventie);
    let text = text_of(document(&set, "gedragsinterventie"));
    assert!(text.contains("Vast staat: De vader sloeg de moeder tweemaal"), "een onherroepelijk vonnis");
    // An admission in a document that was not joined is contents of it.
    assert!(text.contains("Gesteld door Anna Voorbeeld-Aarden: De vader trapte de slaapkamerdeur in"), "{text}");
    assert!(text.contains("een antwoord staat in een stuk dat niet is gevoegd"), "{text}");
    let joined = demo_with(|d| {
        d.documents.iter_mut().for_each(|item| {
            if item.title == "Intakebrief forensische polikliniek" {
                item.restriction = None;
            }
        })
    });
    let joined = drafts_of(&joined, DraftKind::Gedragsinterventie);
    assert!(
        text_of(document(&joined, "gedragsinterventie"))
            .contains("Niet weersproken is (buiten deze strafzaak): De vader vroeg zelf om hulp")
    );
    assert_eq!(text.matches("Vast staat:").count(), 1);
    let admitted_here = demo_with(|d| {
        let source = d
            .events
            .iter()
            .flat_map(|event| &event.statements)
            .find_map(|item| item.source.clone().filter(|source| source.document.as_str() == "doc-verhoor"));
        let event = d.events.iter_mut().find(|event| event.id.as_str() == "ev-vernieling").unwrap();
        event.answers[0].source = source;
    });
    let text = text_of(document(&drafts_of(&admitted_here, DraftKind::Gedragsinterventie), "gedragsinterventie"));
    assert!(text.contains("Erkend is: De vader trapte de slaapkamerdeur in"));
    let charged = demo_with(|d| {
        let criminal = d.matters.iter_mut().find_map(|matter| matter.criminal.as_mut()).unwrap();
        criminal.offences[0].events.push("ev-mishandeling-2023".into());
    });
    let text = text_of(document(&drafts_of(&charged, DraftKind::Gedragsinterventie), "gedragsinterventie"));
    assert!(text.contains("Vastgesteld, maar nog niet onherroepelijk: De vader sloeg de moeder tweemaal"));
}

#[test]
fn a_paper_says_who_has_to_judge() {
    let set = drafts_of(&demo(), DraftKind::Huisverbod);
    let mayor = text_of(document(&set, "huisverbod-verlenging"));
    assert!(mayor.contains("oordeel nodig van wie beslist") && !mayor.contains("oordeel van de rechter nodig"));
    assert!(text_of(document(&set, "huisverbod-beroep")).contains("oordeel van de rechter nodig"));
    let prosecutor = drafts_of(&demo(), DraftKind::Gedragsinterventie);
    let prosecutor = text_of(document(&prosecutor, "gedragsinterventie"));
    assert!(
        prosecutor.contains("oordeel nodig van wie beslist") && !prosecutor.contains("oordeel van de rechter nodig")
    );
}

#[test]
fn the_judges_own_words_stand_apart_with_their_author() {
    let set = drafts_of(&demo(), DraftKind::Gezag);
    let notice = document(&set, "gezag").model.blocks.iter().any(|block| {
        matches!(block, Block::Notice { heading, content }
            if heading == "Eigen overweging van de kinderrechter"
            && content.iter().any(|inline| inline.text().contains("lichtere maatregel")))
    });
    assert!(notice);
}

#[rstest]
#[case(DraftKind::Gezag)]
#[case(DraftKind::Omgang)]
#[case(DraftKind::Gedragsinterventie)]
#[case(DraftKind::Huisverbod)]
fn an_empty_plan_gives_visible_blanks_and_blocks(#[case] kind: DraftKind) {
    let set = drafts_of(&demo_with(|d| d.plans = Default::default()), kind);
    assert!(!set.is_refused() && !set.documents.is_empty());
    assert!(set.problems.iter().any(|problem| problem.code == "plan_missing" && problem.level == ProblemLevel::Blocks));
    assert!(set.problems.iter().any(|problem| problem.code == "blank" && problem.level == ProblemLevel::Blocks));
    for draft in set.documents.iter().filter(|draft| draft.name != "beschermingsbrug") {
        assert!(text_of(draft).contains("[in te vullen: "), "{}", draft.name);
    }
}

#[test]
fn every_blank_in_a_document_is_a_problem_that_blocks() {
    for kind in DraftKind::ALL {
        let set = drafts_of(&demo_with(|d| d.plans = Default::default()), kind);
        for draft in &set.documents {
            for what in blanks(&draft.model.blocks) {
                let told = set.problems.iter().any(|problem| problem.message.contains(&what));
                assert!(told, "{}: {what}", draft.name);
            }
        }
    }
}

fn blanks(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |content: &[Inline]| {
        found.extend(content.iter().filter_map(|inline| match inline {
            Inline::Blank(what) => Some(what.clone()),
            _ => None,
        }));
    };
    for block in blocks {
        match block {
            Block::Paragraph { content, .. } | Block::Notice { content, .. } => look(content),
            Block::List { items, .. } => items.iter().for_each(|item| look(item)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| look(cell)),
            _ => {}
        }
    }
    found
}

#[test]
fn a_deviation_stands_in_the_document_with_its_reason() {
    let dossier = demo_with(|d| {
        let plan = d.plans.gezag.as_mut().unwrap();
        plan.deviations.push(combizitting::dossier::model::Deviation {
            rule: "child_not_heard".to_owned(),
            reason: "Het gesprek is door ziekte niet doorgegaan en volgt binnen een week.".to_owned(),
            by: "de kinderrechter".to_owned(),
            from_file: false,
        });
    });
    let text = text_of(document(&drafts_of(&dossier, DraftKind::Gezag), "gezag"));
    assert!(text.contains("Van deze grens is afgeweken door de kinderrechter: "));
    assert!(text.contains("Reden: Het gesprek is door ziekte") && !text.contains("child_not_heard"));
}

#[test]
fn the_annex_accounts_for_frameworks_norms_and_what_was_withheld() {
    for draft in demo_documents() {
        let text = text_of(&draft);
        for words in
            ["Bijlage: verantwoording", "niet geverifieerd", "Peildatum: 17 november 2026", "Dossier (SHA-256)"]
        {
            assert!(text.contains(words), "{} mist \"{words}\"", draft.name);
        }
    }
    let gezag = text_of(document(&drafts_of(&demo(), DraftKind::Gezag), "gezag"));
    assert!(gezag.contains("Niet gebruikt"));
}
