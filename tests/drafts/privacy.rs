//! What may not be in a document is not in it.

use super::{demo_documents, document, drafts_of, text_of};
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER, WITHOUT_CAUTION, demo, demo_with};
use combizitting::drafting::model::DraftKind;

#[test]
fn no_secret_address_in_any_document() {
    for draft in demo_documents() {
        let text = format!("{} {} {}", text_of(&draft), draft.model.meta.running_header, draft.model.meta.author);
        for secret in SECRETS_FROM_FATHER {
            assert!(!text.contains(secret), "{} bevat {secret}", draft.name);
        }
    }
}

#[test]
fn a_secret_address_typed_in_free_text_is_removed_and_told() {
    let dossier = demo_with(|d| {
        d.events[0].description = "De vader stond bij de zilverreigerpad 417 in de straat.".to_owned();
    });
    let set = drafts_of(&dossier, DraftKind::Gezag);
    let text = text_of(document(&set, "gezag")).to_lowercase();
    assert!(!text.contains("zilverreigerpad"));
    assert!(text.contains("(adres afgeschermd)"));
    let problem = set.problems.iter().find(|problem| problem.code == "secret_address_in_text").unwrap();
    assert!(!problem.message.to_lowercase().contains("zilverreigerpad"));
}

#[test]
fn criminal_material_without_release_stays_out_of_family_and_administrative_documents() {
    for draft in demo_documents() {
        if draft.name != "gedragsinterventie" {
            assert!(!text_of(&draft).contains(CRIMINAL_NOT_RELEASED), "{}", draft.name);
        }
    }
}

#[test]
fn a_childs_words_to_the_police_stand_in_a_criminal_decision_only_when_the_fact_is_charged() {
    let plain = drafts_of(&demo(), DraftKind::Gedragsinterventie);
    let text = text_of(document(&plain, "gedragsinterventie"));
    assert!(!text.contains(CRIMINAL_NOT_RELEASED));
    assert!(text.contains("Sem verklaart: Wat het kind zei, staat in het genoemde stuk"));
    assert!(text.contains("Proces-verbaal studioverhoor minderjarige, p. 6"));
    let charged = demo_with(|d| {
        let criminal = d.matters.iter_mut().find_map(|matter| matter.criminal.as_mut()).unwrap();
        criminal.offences[0].events.push("ev-arm-sem".into());
    });
    let text = text_of(document(&drafts_of(&charged, DraftKind::Gedragsinterventie), "gedragsinterventie"));
    assert!(text.contains(CRIMINAL_NOT_RELEASED));
}

#[test]
fn a_fact_of_which_every_statement_is_withheld_leaves_nothing_in_the_paper() {
    let set = drafts_of(&demo(), DraftKind::Huisverbod);
    for name in ["huisverbod-verlenging", "huisverbod-beroep"] {
        let text = text_of(document(&set, name));
        assert!(!text.contains("volgzender, gekoppeld") && !text.contains("zwijgrecht"), "{name}");
        assert!(text.contains("geen vastgelegde vrijgave"), "{name}");
    }
}

#[test]
fn a_statement_without_caution_stays_out_of_the_criminal_document() {
    let set = drafts_of(&demo(), DraftKind::Gedragsinterventie);
    assert!(!text_of(document(&set, "gedragsinterventie")).contains(WITHOUT_CAUTION));
}

#[test]
fn before_a_verdict_no_document_speaks_of_guilt() {
    for draft in demo_documents() {
        let text = text_of(&draft).to_lowercase();
        for word in ["dader", "pleger", "mishandelaar", "schuldig aan", "de veroordeelde"] {
            let found = text.split(|sign: char| !sign.is_alphanumeric() && sign != ' ').any(|part| {
                part.split(' ')
                    .collect::<Vec<_>>()
                    .windows(word.split(' ').count())
                    .any(|window| window.join(" ") == word)
            });
            assert!(!found, "{} bevat \"{word}\"", draft.name);
        }
    }
}

#[test]
fn names_cannot_change_the_form_of_a_document() {
    let plain = drafts_of(&demo(), DraftKind::Omgang);
    let hostile = demo_with(|d| {
        for person in &mut d.persons {
            person.name = format!("<b>{}</b> | **x** [y](blank:) # `z` &amp; {{{{titel}}}} \\", person.id);
        }
    });
    let hostile = drafts_of(&hostile, DraftKind::Omgang);
    let (plain, hostile) = (document(&plain, "omgang"), document(&hostile, "omgang"));
    let shape = |draft: &combizitting::drafting::model::Draft| {
        draft.model.blocks.iter().map(std::mem::discriminant).collect::<Vec<_>>()
    };
    assert_eq!(shape(plain), shape(hostile));
    assert!(text_of(hostile).contains("<b>vader</b> | **x** [y](blank:) # `z` &amp; {{titel}} \\"));
}
