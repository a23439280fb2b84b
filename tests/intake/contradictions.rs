//! Dossiers that read well but cannot be.

use super::{family, problems};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[case::a_measure_that_ends_before_it_starts("/measures/0/ends", json!("2026-11-01T00:00:00+01:00"), "end_before_start")]
#[case::a_marriage_that_ends_before_it_starts("/relations/2/until", json!("2010-01-01"), "end_before_start")]
#[case::a_child_as_its_own_parent("/relations/0/from", json!("kind-1"), "relation_to_self")]
#[case::a_parent_younger_than_the_child("/persons/0/born", json!("2020-01-01"), "parent_younger_than_child")]
#[case::an_id_used_twice("/documents/0/id", json!("thv"), "duplicate_id")]
#[case::a_matter_that_does_not_exist("/measures/0/matter", json!("weg"), "unknown_reference")]
#[case::a_document_that_does_not_exist("/events/0/statements/0/source/document", json!("weg"), "unknown_reference")]
#[case::a_person_that_does_not_exist("/events/0/actors/0", json!("weg"), "unknown_reference")]
#[case::a_huisverbod_on_a_minor("/persons/1/born", json!("2009-07-12"), "huisverbod_on_minor")]
#[case::protection_against_oneself("/measures/0/protected/0", json!("ouder-b"), "protected_from_self")]
#[case::a_statement_older_than_the_event("/events/0/statements/0/made_on", json!("2026-01-01"), "statement_before_event")]
#[case::a_child_present_before_its_birth("/events/0/exposure", json!([{"child": "kind-1", "how": "saw"}]), "before_birth")]
#[case::sole_gezag_beside_joint_gezag("/gezag/0/form", json!("sole"), "gezag_contradiction")]
#[case::a_criminal_case_in_family_law("/matters/1/domain", json!("family"), "domain_contradiction")]
#[case::a_rule_that_cannot_be_repeated("/measures/0/rules/0/schedule",
    json!({"first": "2026-11-14T10:00:00", "minutes": 60, "rrule": "FREQ=SOMS"}), "invalid_rrule")]
#[case::a_time_beyond_all_counting("/measures/0/rules/0/schedule",
    json!({"first": "+262142-12-31T23:30:00", "minutes": 4_294_967_295_u32, "rrule": "FREQ=DAILY"}), "impossible_time")]
#[case::a_time_before_all_counting("/measures/0/rules/0/schedule",
    json!({"first": "-262143-01-01T00:00:00", "minutes": 60, "rrule": "FREQ=DAILY"}), "impossible_time")]
#[case::an_exception_beyond_all_counting("/measures/0/rules/0/schedule",
    json!({"first": "2026-11-14T10:00:00", "minutes": 60, "except": ["+262142-12-31T23:30:00"]}), "impossible_time")]
#[case::an_end_on_an_endless_measure("/measures/0/open_ended", json!(true), "end_contradiction")]
fn an_impossible_dossier_is_refused(#[case] pointer: &str, #[case] value: Value, #[case] code: &str) {
    let mut file = family();
    if code == "before_birth" {
        file["events"][0]["time"]["on"] = json!("2012-01-01");
    }
    set(&mut file, pointer, value);
    let found = problems(&file);
    assert!(found.iter().any(|(found_code, _)| found_code == code), "{code} niet in {found:?}");
}

#[rstest]
#[case("Zij verblijft op Zilverreigerpad 417 te X.")]
#[case("zij verblijft op ZILVERREIGERPAD   417")]
fn a_secret_address_in_free_text_is_refused(#[case] text: &str) {
    let mut file = family();
    file["events"][0]["description"] = json!(text);
    assert_eq!(problems(&file), vec![("secret_in_text".to_owned(), "/events/0/description".to_owned())]);
}

#[test]
fn an_address_of_unknown_secrecy_counts_as_secret() {
    let mut file = family();
    file["persons"][0]["addresses"][0].as_object_mut().unwrap().remove("secrecy");
    file["events"][0]["place"] = json!("Zilverreigerpad 417");
    assert_eq!(problems(&file), vec![("secret_in_text".to_owned(), "/events/0/place".to_owned())]);
}

fn set(file: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap() {
        Value::Object(fields) => {
            fields.insert(name.to_owned(), value);
        }
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        other => panic!("{other} heeft geen velden"),
    }
}
