//! Small dossiers for these tests, written as JSON so that they read like a dossier file.

use chrono::NaiveDate;
use combizitting::conflicts::model::{Conflict, ConflictKind, ConflictReport, Coverage, Need};
use combizitting::dossier::model::Dossier;
use serde_json::{Value, json};

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Two parents who share a home, and two children in it.
pub fn family() -> Value {
    let home = |id: &str| json!({"id": id, "kind": "home", "line": "Voorbeeldstraat 1", "town": "Voorbeeldstad", "secrecy": "open"});
    json!({
        "format": "1",
        "reference": "TEST-1",
        "persons": [
            {"id": "ouder-a", "name": "Ouder A", "family_role": "parent", "addresses": [home("adr-a")]},
            {"id": "ouder-b", "name": "Ouder B", "family_role": "parent", "addresses": [home("adr-b")]},
            {"id": "kind-1", "name": "Kind Een", "family_role": "child", "born": "2015-05-01", "addresses": [home("adr-1")]},
            {"id": "kind-2", "name": "Kind Twee", "family_role": "child", "born": "2019-05-01", "addresses": [home("adr-2")]}
        ],
        "organisations": [
            {"id": "gi", "name": "GI Voorbeeld", "kind": "gecertificeerde_instelling"},
            {"id": "omgangshuis", "name": "Omgangshuis Voorbeeld", "kind": "zorgaanbieder"}
        ],
        "relations": [
            {"kind": "married", "from": "ouder-a", "to": "ouder-b"},
            {"kind": "parent_of", "from": "ouder-a", "to": "kind-1"},
            {"kind": "parent_of", "from": "ouder-b", "to": "kind-1"},
            {"kind": "parent_of", "from": "ouder-a", "to": "kind-2"},
            {"kind": "parent_of", "from": "ouder-b", "to": "kind-2"}
        ],
        "matters": [
            {"id": "m-fam", "domain": "family", "kind": "omgang", "numbers": [], "authority": {"name": "Rechtbank"}, "state": "decided"},
            {"id": "m-straf", "domain": "criminal", "kind": "criminal_case", "numbers": [], "authority": {"name": "Rechtbank"}, "state": "pending",
             "criminal": {"accused": "ouder-b", "phase": "summoned"}},
            {"id": "m-thv", "domain": "administrative", "kind": "huisverbod", "numbers": [], "authority": {"name": "Burgemeester"}, "state": "decided"}
        ]
    })
}

/// The family with measures and changes.
pub fn dossier(measures: &[Value], change: impl FnOnce(&mut Value)) -> Dossier {
    let mut value = family();
    value["measures"] = Value::Array(measures.to_vec());
    change(&mut value);
    serde_json::from_value(value).expect("a dossier of this format")
}

/// A ban of ouder-b towards the others, with its rules.
pub fn ban(id: &str, instrument: &str, starts: &str, ends: &str, rules: &Value) -> Value {
    json!({
        "id": id, "instrument": instrument, "matter": if instrument.starts_with("huisverbod") { "m-thv" } else { "m-straf" },
        "decided_at": starts, "starts": starts, "ends": ends, "state": "in_force",
        "restrained": ["ouder-b"], "protected": ["ouder-a", "kind-1", "kind-2"], "rules": rules
    })
}

/// A contact ban on everyone protected, on every channel.
pub fn contact_ban() -> Value {
    json!([{"effect": "forbids", "conduct": "contact"}])
}

/// A care arrangement between ouder-b and both children, every Saturday from 10.00 to 17.00.
pub fn saturdays(handover: &Value) -> Value {
    json!({
        "id": "regeling", "instrument": "omgangsregeling", "matter": "m-fam",
        "decided_at": "2026-01-05T12:00:00+01:00", "starts": "2026-01-06T00:00:00+01:00", "open_ended": true, "state": "in_force",
        "restrained": ["ouder-b"], "protected": ["kind-1", "kind-2"],
        "rules": [{"effect": "permits", "conduct": "contact",
            "schedule": {"first": "2026-01-10T10:00:00", "minutes": 420, "rrule": "FREQ=WEEKLY;BYDAY=SA", "handover": handover}}]
    })
}

/// A handover by a third party, at which the adults do not meet.
pub fn safe_handover() -> Value {
    json!({"via": "omgangshuis", "adults_meet": false})
}

/// Clashes of one kind.
pub fn of_kind(report: &ConflictReport, kind: ConflictKind) -> Vec<&Conflict> {
    report.conflicts.iter().filter(|conflict| conflict.kind == kind).collect()
}

/// The coverage of one person and need.
pub fn cover<'r>(report: &'r ConflictReport, person: &str, need: Need) -> &'r Coverage {
    report.coverage.iter().find(|line| line.person.as_str() == person && line.need == need).expect("a line of coverage")
}
