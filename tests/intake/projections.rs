//! What each reader may know, and what leaves no trace.

use super::family;
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::projection::{Reader, WithheldReason, for_documents, for_domain, for_reader};
use combizitting::shared::ids::PersonId;
use serde_json::{Value, json};

fn dossier(change: impl Fn(&mut Value)) -> Dossier {
    let mut file = family();
    change(&mut file);
    combizitting::intake::read(file.to_string().as_bytes()).unwrap()
}

fn text(dossier: &Dossier) -> String {
    serde_json::to_string(dossier).unwrap()
}

#[test]
fn the_other_party_never_gets_a_secret_address() {
    let file = dossier(|_| {});
    let other = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-b")));
    assert!(!text(&other.dossier).contains("Zilverreigerpad"));
    assert_eq!(other.withheld.get(&WithheldReason::Shielded), Some(&1));
    let own = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-a")));
    assert!(text(&own.dossier).contains("Zilverreigerpad"));
    let court = for_reader(&file, &Reader::court([Domain::Family]));
    assert!(text(&court.dossier).contains("Zilverreigerpad"));
}

#[test]
fn an_address_whose_secrecy_nobody_asked_after_is_hidden() {
    let file = dossier(|file| {
        file["persons"][0]["addresses"][0].as_object_mut().unwrap().remove("secrecy");
    });
    let other = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-b")));
    assert!(!text(&other.dossier).contains("Zilverreigerpad"));
}

#[test]
fn a_refuge_is_hidden_even_when_marked_open() {
    let file = dossier(|file| {
        file["persons"][0]["addresses"][0]["kind"] = json!("refuge");
        file["persons"][0]["addresses"][0]["secrecy"] = json!("open");
    });
    let documents = for_documents(&file, Domain::Family);
    assert!(!text(&documents.dossier).contains("Zilverreigerpad"));
}

#[test]
fn criminal_material_reaches_the_family_matter_only_after_release() {
    let criminal = json!({"origin": "criminal"});
    let unreleased = dossier(|file| file["documents"][0]["restriction"] = criminal.clone());
    let family_view = for_domain(&unreleased, Domain::Family);
    assert!(family_view.dossier.documents.is_empty());
    assert_eq!(family_view.dossier.events[0].statements[0].source, None, "ook de paginaverwijzing is weg");
    assert_eq!(family_view.withheld.get(&WithheldReason::NotReleased), Some(&1));
    assert_eq!(for_domain(&unreleased, Domain::Criminal).dossier.documents.len(), 1);

    let released = dossier(|file| {
        file["documents"][0]["restriction"] = json!({"origin": "criminal", "releases": [
            {"to": "family", "on": "2026-11-12", "by": "om", "basis": "art. 39f Wjsg"}]});
    });
    assert_eq!(for_domain(&released, Domain::Family).dossier.documents.len(), 1);
    assert!(for_domain(&released, Domain::Administrative).dossier.documents.is_empty());
}

#[test]
fn a_statement_without_caution_stays_out_of_the_criminal_matter_only() {
    let file = dossier(|file| {
        file["events"][0]["statements"][0]["restriction"] =
            json!({"origin": "administrative", "without_caution": true});
    });
    let criminal = for_domain(&file, Domain::Criminal);
    assert!(criminal.dossier.events[0].statements.is_empty());
    assert_eq!(criminal.withheld.get(&WithheldReason::WithoutCaution), Some(&1));
    assert_eq!(for_domain(&file, Domain::Administrative).dossier.events[0].statements.len(), 1);
}

#[test]
fn an_item_withheld_from_one_party_stands_in_no_document_for_all_parties() {
    let file = dossier(|file| {
        file["events"][0]["statements"][0]["restriction"] = json!({"origin": "family", "withheld_from": ["ouder-b"]});
    });
    assert!(for_documents(&file, Domain::Family).dossier.events[0].statements.is_empty());
    let own = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-a")));
    assert_eq!(own.dossier.events[0].statements.len(), 1);
}
