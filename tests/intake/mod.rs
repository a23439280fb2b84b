//! What someone who delivers a dossier file gets back: acceptance, or every problem at once.

mod bad_files;
mod contradictions;
mod projections;

use serde_json::{Value, json};

/// A small family that is right in every way; each test spoils one thing.
pub fn family() -> Value {
    json!({
        "format": "1",
        "reference": "combi-1",
        "persons": [
            {"id": "ouder-a", "name": "de ene ouder", "family_role": "parent", "born": "1988-03-02",
             "capacities": [{"matter": "fam", "as": "verzoeker"}],
             "addresses": [{"id": "adres-a", "kind": "stay", "line": "Zilverreigerpad 417", "secrecy": "secret"}]},
            {"id": "ouder-b", "name": "de andere ouder", "family_role": "parent", "born": "1986-07-12",
             "capacities": [{"matter": "fam", "as": "verweerder"}, {"matter": "straf", "as": "verdachte"}]},
            {"id": "kind-1", "name": "het kind", "family_role": "child", "born": "2013-01-20"}
        ],
        "organisations": [{"id": "om", "name": "Openbaar Ministerie", "kind": "openbaar_ministerie"}],
        "relations": [
            {"kind": "parent_of", "from": "ouder-a", "to": "kind-1"},
            {"kind": "parent_of", "from": "ouder-b", "to": "kind-1"},
            {"kind": "married", "from": "ouder-a", "to": "ouder-b", "since": "2011-05-01"}
        ],
        "gezag": [
            {"child": "kind-1", "holder": "ouder-a", "form": "joint"},
            {"child": "kind-1", "holder": "ouder-b", "form": "joint"}
        ],
        "matters": [
            {"id": "fam", "domain": "family", "kind": "divorce", "state": "pending",
             "numbers": [{"kind": "zaaknummer", "value": "C/10/900001"}], "authority": {"name": "de rechtbank"}},
            {"id": "straf", "domain": "criminal", "kind": "criminal_case", "state": "pending",
             "numbers": [{"kind": "parketnummer", "value": "10/990001-26"}], "authority": {"name": "de rechtbank"},
             "criminal": {"accused": "ouder-b", "phase": "summoned"}}
        ],
        "events": [
            {"id": "voorval-1", "kind": "physical", "actors": ["ouder-b"], "targets": ["ouder-a"],
             "time": {"precision": "day", "on": "2026-11-10"}, "description": "Duwen en slaan in de keuken.",
             "statements": [{"id": "verklaring-1", "by": "ouder-a", "kind": "asserts", "content": "Hij sloeg mij.",
                             "made_on": "2026-11-11", "source": {"document": "pv", "page": 4}}],
             "status": {"family": "disputed"}}
        ],
        "measures": [
            {"id": "thv", "instrument": "huisverbod", "matter": "fam", "state": "in_force",
             "starts": "2026-11-10T21:35:00+01:00", "ends": "2026-11-20T21:35:00+01:00",
             "restrained": ["ouder-b"], "protected": ["ouder-a", "kind-1"],
             "rules": [{"effect": "forbids", "conduct": "contact"}]}
        ],
        "documents": [{"id": "pv", "title": "Proces-verbaal", "pages": 9}]
    })
}

/// Codes and pointers of the problems in a file.
pub fn problems(value: &Value) -> Vec<(String, String)> {
    match combizitting::intake::read(value.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(found) => found.into_iter().map(|problem| (problem.code, problem.pointer)).collect(),
    }
}

#[test]
fn a_sound_dossier_is_accepted() {
    assert_eq!(problems(&family()), Vec::new());
}

#[test]
fn the_printed_schema_describes_every_list_of_the_dossier() {
    let schema = combizitting::intake::schema();
    for list in ["persons", "matters", "events", "measures", "requests", "documents", "plans"] {
        assert!(schema["properties"][list].is_object(), "{list} ontbreekt in het schema");
    }
    assert_eq!(schema["additionalProperties"], json!(false));
}
