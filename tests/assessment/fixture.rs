//! A small family and one-criterion frameworks for the tests of this room.

use chrono::NaiveDate;
use combizitting::assessment::model::Finding;
use combizitting::assessment::{FrameworkSet, assess};
use combizitting::dossier::model::Dossier;
use serde_json::{Value, json};

/// Day on which everything here is looked at.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 3).expect("a calendar day")
}

/// Two parents, a neighbour and a child, with these events.
pub fn family(events: Value) -> Dossier {
    let matter = |id: &str, domain: &str, kind: &str| {
        json!({"id": id, "domain": domain, "kind": kind, "state": "pending",
            "numbers": [{"kind": "zaaknummer", "value": "C/10/1"}], "authority": {"name": "Rechtbank"}})
    };
    serde_json::from_value(json!({
        "format": "1",
        "reference": "proef",
        "persons": [
            {"id": "a", "name": "A. Voorbeeld", "family_role": "parent", "sex": "f", "born": "1985-01-01"},
            {"id": "b", "name": "B. Voorbeeld", "family_role": "parent", "sex": "m", "born": "1985-01-01"},
            {"id": "buur", "name": "C. Buur", "family_role": "other"},
            {"id": "kind", "name": "Kind", "family_role": "child", "born": "2012-05-05"}
        ],
        "organisations": [{"id": "school", "name": "De school", "kind": "school"}],
        "relations": [
            {"kind": "parent_of", "from": "a", "to": "kind"},
            {"kind": "parent_of", "from": "b", "to": "kind"}
        ],
        "matters": [matter("fam", "family", "divorce"), matter("str", "criminal", "criminal_case")],
        "documents": [
            {"id": "pv", "title": "Proces-verbaal van aangifte"},
            {"id": "geheim", "title": "Meldbrief", "restriction": {"origin": "family", "secret_source": true}}
        ],
        "events": events
    }))
    .expect("a dossier")
}

/// An act of `a` against `b`, to which `a` answered, with changes.
pub fn event(id: &str, status: &str, changes: Value) -> Value {
    let mut event = json!({
        "id": id, "kind": "physical", "actors": ["a"], "targets": ["b"], "description": format!("Wat {id} beschrijft."),
        "time": {"precision": "day", "on": "2026-10-20"},
        "answers": [{"by": "a", "stance": "disputes"}],
        "status": {"family": status, "criminal": status, "administrative": status}
    });
    if let (Value::Object(event), Value::Object(changes)) = (&mut event, changes) {
        event.extend(changes);
    }
    event
}

/// A framework of one criterion; lines are those of the criterion besides its heading.
pub fn framework_file(domain: &str, class: &str, lines: &str) -> String {
    format!(
        "id: proef\nversion: \"1\"\ntitle: Proef\nabout: Proef\ndomain: {domain}\nlicence: eigen bewoordingen\n\
         criteria:\n  - id: P1\n    class: {class}\n    question: Is het zo?\n    why: Het is een proef.\n    limits: Een proef.\n\
         \x20   sources: [{{ref: \"art. 1 Proefwet\"}}]\n\
         \x20   explanation: {{met: Ja., not_met: Nee., missing_facts: Onbekend., needs_judgement: Aan de rechter.}}\n{lines}\n"
    )
}

/// The set of one framework file.
pub fn set(file: &str) -> FrameworkSet {
    FrameworkSet::from_files(&[("family/proef/v1.yaml", file.as_bytes())]).expect("a framework")
}

/// The only finding of a one-criterion framework.
pub fn finding(domain: &str, class: &str, lines: &str, dossier: &Dossier) -> Finding {
    let frameworks = set(&framework_file(domain, class, lines));
    let assessment = assess(dossier, &frameworks, day(), &[]).expect("an assessment");
    assert_eq!(assessment.findings.len(), 1, "one criterion asked once gives one finding");
    assessment.findings.into_iter().next().expect("a finding")
}
