//! Files that are no dossier at all.

use super::{family, problems};
use combizitting::intake::{MAX_BYTES, read};
use serde_json::json;

fn codes(bytes: &[u8]) -> Vec<String> {
    read(bytes)
        .map(|_| ())
        .map_or_else(|found| found.into_iter().map(|problem| problem.code).collect(), |()| Vec::new())
}

#[test]
fn an_unreadable_file_is_refused_with_one_clear_reason() {
    let deep = "[".repeat(100_000);
    let cases: [(&[u8], &str); 6] = [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"{\"format\": \"1\", ", "not_json"),
        (b"{'format': 1}", "not_json"),
        (b"\xff\xfe{}", "not_utf8"),
        (deep.as_bytes(), "too_deep"),
    ];
    for (bytes, code) in cases {
        assert_eq!(codes(bytes), vec![code.to_owned()]);
    }
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_before_it_is_parsed() {
    let big = vec![b' '; 100 * 1024 * 1024];
    assert!(big.len() > MAX_BYTES);
    assert_eq!(codes(&big), vec!["too_large".to_owned()]);
}

#[test]
fn all_structural_problems_are_reported_at_once_with_their_place() {
    let mut file = family();
    file["persons"][0]["schoenmaat"] = json!(42);
    file["persons"][1]["born"] = json!("12 juli 1986");
    file["measures"][0]["instrument"] = json!("toverspreuk");
    file["events"][0]["time"] = json!({"precision": "day", "on": "2026-02-30"});
    file["documents"][0]["pages"] = json!("negen");
    file.as_object_mut().unwrap().remove("reference");
    let found = problems(&file);
    for expected in [
        ("unknown_field", "/persons/0/schoenmaat"),
        ("wrong_format", "/persons/1/born"),
        ("unknown_choice", "/measures/0/instrument"),
        ("wrong_format", "/events/0/time/on"),
        ("wrong_type", "/documents/0/pages"),
        ("missing_field", ""),
    ] {
        assert!(found.contains(&(expected.0.to_owned(), expected.1.to_owned())), "{expected:?} niet in {found:?}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn a_message_never_repeats_the_value_that_was_given() {
    let mut file = family();
    file["measures"][0]["instrument"] = json!("Zilverreigerpad 417");
    let found = read(file.to_string().as_bytes()).unwrap_err();
    assert!(found.iter().all(|problem| !problem.message.contains("Zilverreigerpad")));
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let text = family().to_string().replacen("\"format\":\"1\"", "\"format\":\"1\",\"format\":\"1\"", 1);
    assert_eq!(codes(text.as_bytes()), vec!["duplicate_key".to_owned()]);
}

#[test]
fn a_control_character_is_refused_where_it_stands() {
    let mut file = family();
    file["events"][0]["description"] = json!("slaan\u{0}");
    assert_eq!(problems(&file), vec![("control_character".to_owned(), "/events/0/description".to_owned())]);
}
