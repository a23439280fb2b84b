//! What the demo family must keep from whom, with words that occur nowhere else.

use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER, WITHOUT_CAUTION, demo, demo_with};
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::projection::{Reader, for_documents, for_domain, for_reader};
use combizitting::shared::ids::PersonId;

fn text(dossier: &Dossier) -> String {
    serde_json::to_string(dossier).expect("a dossier is JSON")
}

#[test]
fn father_reads_no_secret_of_the_mother_or_of_a_source() {
    let dossier = demo();
    let seen = text(&for_reader(&dossier, &Reader::party(&dossier, &PersonId::from("vader"))).dossier);
    for secret in SECRETS_FROM_FATHER {
        assert!(text(&dossier).contains(secret), "{secret} is not in the demo family");
        assert!(!seen.contains(secret), "the father reads {secret}");
    }
}

#[test]
fn no_document_for_all_parties_holds_a_secret() {
    for domain in [Domain::Family, Domain::Administrative, Domain::Criminal] {
        let seen = text(&for_documents(&demo(), domain).dossier);
        for secret in SECRETS_FROM_FATHER {
            assert!(!seen.contains(secret), "{secret} stands in a document in the {domain:?} domain");
        }
    }
}

#[test]
fn family_judge_reads_only_released_criminal_material() {
    let seen = text(&for_domain(&demo(), Domain::Family).dossier);
    assert!(!seen.contains(CRIMINAL_NOT_RELEASED));
    assert!(seen.contains("Rode strepen aan beide zijden van de hals"), "what was released is there");
}

#[test]
fn criminal_judge_reads_no_statement_made_without_caution() {
    let seen = text(&for_domain(&demo(), Domain::Criminal).dossier);
    assert!(!seen.contains(WITHOUT_CAUTION));
    assert!(seen.contains(CRIMINAL_NOT_RELEASED), "the criminal file itself is there");
}

#[test]
fn words_of_a_child_reach_the_parties_only_after_a_check() {
    let unchecked = demo_with(|d| d.child_hearings.iter_mut().for_each(|hearing| hearing.sharing_checked = None));
    let words = "Zij slaapt slecht en is bang";
    let father = PersonId::from("vader");
    let shown = |d: &Dossier| text(&for_reader(d, &Reader::party(d, &father)).dossier).contains(words);
    assert!(shown(&demo()));
    assert!(!shown(&unchecked));
    assert!(!text(&for_documents(&unchecked, Domain::Family).dossier).contains(words));
    assert!(text(&for_domain(&unchecked, Domain::Family).dossier).contains(words), "the judge still reads them");
}
