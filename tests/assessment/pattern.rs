//! The account of a pattern: the matrix first, and never a label without it.

use super::fixture::{day, event, family};
use combizitting::assessment::pattern::{account, render};
use combizitting::assessment::{assess, builtin};
use combizitting::dossier::model::{Domain, Dossier};
use serde_json::{Value, json};

fn told(dossier: &Dossier) -> (combizitting::assessment::pattern::Account, String) {
    let assessment = assess(dossier, builtin().expect("frameworks"), day(), &[]).expect("an assessment");
    let account = account(dossier, &assessment, Domain::Family);
    let text = render(&account, dossier);
    (account, text)
}

fn control(id: &str, by: &str) -> Value {
    let said = json!([{"id": format!("s-{id}"), "by": by, "kind": "observes", "content": "Gezien."}]);
    event(id, "plausible", json!({"kind": "coercive_control", "frequency": "often", "statements": said}))
}

#[test]
fn the_matrix_says_who_did_what_to_whom_how_often_and_how_certain() {
    let back = json!({"actors": ["b"], "targets": ["a"], "signs": ["reactive"], "answers": []});
    let dossier = family(json!([
        control("c1", "school"),
        event("e1", "disputed", json!({"signs": ["chronic_fear"]})),
        event("e2", "alleged", back),
        event("weg", "refuted", json!({}))
    ]));
    let (account, text) = told(&dossier);
    assert_eq!(account.rows.len(), 2, "each direction has its own row");
    let row = &account.rows[&("a".into(), "b".into())];
    assert_eq!((row.acts.len(), row.control.len(), row.fear.len()), (2, 1, 1), "a refuted fact is left out");
    assert!(text.contains("A. Voorbeeld → B. Voorbeeld: ") && text.contains("1 betwist") && text.contains("vaak"));
    assert!(text.contains("Reactief of verdedigend"));
}

#[test]
fn a_pattern_is_named_only_beside_the_matrix_and_with_its_rivals() {
    let dossier = family(json!([control("c1", "school"), control("c2", "buur"), control("c3", "b")]));
    let (account, text) = told(&dossier);
    let first = account.hypotheses.first().expect("one-sided control fits");
    assert_eq!((first.about.as_str(), first.rivals.len()), ("a", 3));
    let (matrix, label) = (text.find('→').expect("a matrix"), text.find("Veronderstelling").expect("a hypothesis"));
    assert!(matrix < label && text.contains("Andere verklaringen blijven open"));
}

#[test]
fn without_a_known_actor_there_is_no_row_and_no_label() {
    let nobody = json!({"actors": [], "answers": [], "kind": "coercive_control"});
    let (account, text) = told(&family(json!([event("e1", "established", nobody)])));
    assert!(account.rows.is_empty() && account.hypotheses.is_empty());
    assert!(text.contains("niet bekend wie handelde"));
}

#[test]
fn criminal_material_without_release_is_not_in_the_matrix_of_the_family_matter() {
    let closed = json!({"restriction": {"origin": "criminal"}});
    let (account, text) = told(&family(json!([event("e1", "established", closed)])));
    assert_eq!(account, combizitting::assessment::pattern::Account::default());
    assert_eq!(text, "");
}

#[test]
fn a_rise_is_told_as_reported_more_often() {
    let on = |id: &str, day: &str| event(id, "plausible", json!({"time": {"precision": "day", "on": day}}));
    let (_, text) = told(&family(json!([on("e1", "2026-10-20"), on("e2", "2026-10-25"), on("e3", "2026-06-20")])));
    assert!(text.contains("vaker gemeld"), "{text}");
    let (_, text) = told(&family(json!([on("e1", "2026-10-20"), on("e3", "2026-06-20")])));
    assert!(!text.contains("vaker gemeld"), "{text}");
}
