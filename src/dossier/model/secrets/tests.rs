//! Tests: what is found in a text however it is written, and what is left alone.

use super::*;
use crate::dossier::model::Dossier;
use serde_json::json;

fn dossier(addresses: serde_json::Value) -> Dossier {
    serde_json::from_value(json!({
        "format": "1", "reference": "proef",
        "persons": [
            {"id": "ouder-a", "name": "Ouder A", "family_role": "parent", "addresses": addresses},
            {"id": "ouder-b", "name": "Ouder B", "family_role": "parent",
             "addresses": [{"id": "adr-open", "kind": "home", "line": "Openlaan 4", "town": "Opendam", "secrecy": "open"}]}
        ],
        "matters": [{"id": "omgang", "domain": "family", "kind": "omgang", "state": "pending", "numbers": [],
                     "authority": {"name": "Rechtbank Gerechtsdam", "place": "Gerechtsdam"}}]
    }))
    .unwrap()
}

fn secrets(line: &str, town: &str) -> Secrets {
    Secrets::of(&dossier(json!([
        {"id": "adr-a", "kind": "stay", "line": line, "postcode": "9998 QX", "town": town, "secrecy": "secret"}
    ])))
}

#[test]
fn a_secret_address_is_found_however_it_is_written() {
    let secrets = secrets("Kwetsbéerlaan 731", "Verzonnendam");
    for text in [
        "wonende Kwetsbeerlaan 731 te X",
        "KWETSBEERLAAN   731",
        "Kwetsbe\u{301}erlaan 731",
        "Kwetsbeer-laan 731",
        "Kwets beer laan 731",
        "Kwets\u{ad}beer\u{200b}laan 731",
        "Kwetsbeerlaan\u{a0}７３１",
        "\u{ff2b}wetsbeerlaan nr. 731",
        "Kwetsbeerlaan huisnummer 731",
        "Kwetsbeerlaan 731b",
        "aan de Kwetsbeerlaan in Y",
        "de kwetsbeerlaan.",
        "Kwetsbeerln. 731",
        "in 9998QX",
        "9998 qx",
        "bij deKwetsbeerlaan 731",
    ] {
        assert!(secrets.holds(text), "{text}");
    }
}

#[test]
fn ordinary_words_and_addresses_that_all_know_are_left_alone() {
    let secrets = secrets("Kwetsbeerlaan 731", "Verzonnendam");
    for text in ["Openlaan 4", "aan de Openlaan", "Kwetsbeerlaantje", "een kwetsbeer", "nummer 731", "19998 QX", ""] {
        assert!(!secrets.holds(text), "{text}");
    }
    // The street of someone's open address, and a name that stands in any file, are not refused without number.
    for (line, text) in [
        ("Openlaan 9", "aan de Openlaan"),
        ("Schoolplein 3", "op het schoolplein"),
        ("Plein 8", "het plein"),
        ("De Hoop 3", "de hoop dat"),
        ("Korte weg 2", "een korte weg"),
        ("Terugweg 5", "op de terugweg"),
    ] {
        let one = super::tests::secrets(line, "Verzonnendam");
        assert!(!one.holds(text), "{line}: {text}");
        assert!(one.holds(&format!("op {line}.")), "{line} with its number");
    }
}

#[test]
fn a_town_is_told_with_a_capital_only_and_not_when_all_know_it() {
    let rare = secrets("Kwetsbeerlaan 731", "Verzonnendam");
    assert!(rare.names_town("Zij woont in Verzonnendam.") && !rare.holds("Zij woont in Verzonnendam."));
    assert!(!rare.names_town("verzonnendam"), "a word, not a name");
    for known in ["Opendam", "Gerechtsdam"] {
        assert!(!secrets("Kwetsbeerlaan 731", known).names_town(&format!("in {known}")), "{known}");
    }
    assert!(
        secrets("Best 3", "Best").names_town("in Best") && !secrets("Best 3", "Best").names_town("het is best goed")
    );
    assert!(secrets("Schoolplein 3", "X").names_town("aan het Schoolplein"));
}

#[test]
fn the_street_of_a_line_is_read_whatever_stands_around_it() {
    for (line, text) in [
        ("Kinderopvang Roerdompnest, Roerdompkade 77", "aan de Roerdompkade"),
        ("Plein van Voorbeeld 1944 12", "Plein van Voorbeeld 1944"),
        ("2e Voorbeeldstraat 4-II", "de 2e Voorbeeldstraat"),
        ("Laan van Verzonnendam 12 bis", "Laan van Verzonnendam"),
        ("Oude Gracht 5", "aan de Oude Gracht"),
        ("Zilverpad 4 3 hoog", "het Zilverpad"),
        ("Zilverpad 4e", "het Zilverpad"),
        ("Zilverpad 1204", "het Zilverpad"),
        ("Zilverpad", "het Zilverpad"),
    ] {
        assert!(secrets(line, "X").holds(text), "{line}: {text}");
    }
    assert!(!secrets("geheim adres; niet in het dossier", "X").holds("het dossier"));
}

#[test]
fn what_stands_in_its_place_on_paper_is_every_occurrence_and_nothing_more() {
    let secrets = secrets("Schuilpad 12-b", "X");
    let mut text = "Op Schuilpad 12-b, aan het SCHUIL-PAD, en (9998 QX).".to_owned();
    assert_eq!(secrets.redact(&mut text, "(weg)"), 3);
    assert_eq!(text, "Op (weg), aan het (weg), en ((weg)).");
}

#[test]
fn the_former_home_that_one_keeps_secret_and_the_other_open_may_be_printed_and_not_typed() {
    let file = dossier(json!([{"id": "adr-a", "kind": "home", "line": "Openlaan 4", "secrecy": "secret"}]));
    assert!(Secrets::of(&file).holds("Openlaan 4") && !Secrets::on_paper(&file).holds("Openlaan 4"));
}

#[test]
fn only_texts_that_a_change_brings_or_touches_are_of_that_change() {
    let mut before =
        dossier(json!([{"id": "adr-a", "kind": "stay", "line": "Kwetsbeerlaan 731", "secrecy": "secret"}]));
    before.persons[0].interpreter = Some("Kwetsbeerlaan 731".to_owned());
    assert_eq!(brought_in(&before, &before), Vec::<String>::new());
    let mut moved = before.clone();
    moved.persons.reverse();
    assert_eq!(brought_in(&before, &moved), Vec::<String>::new(), "it only changed places");
    let mut touched = before.clone();
    touched.persons[0].interpreter = Some("Kwetsbeerlaan 731, tolk".to_owned());
    assert_eq!(brought_in(&before, &touched), ["/persons/0/interpreter"]);
    let mut copied = before.clone();
    copied.persons[1].interpreter = before.persons[0].interpreter.clone();
    assert_eq!(brought_in(&before, &copied), ["/persons/1/interpreter"]);
    let mut repaired = before.clone();
    repaired.persons[0].interpreter = None;
    assert_eq!(brought_in(&before, &repaired), Vec::<String>::new());
    assert_eq!(places_of(&before), ["/persons/0/interpreter"]);
}
