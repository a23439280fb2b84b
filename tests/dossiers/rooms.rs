//! Assessment and conflicts on every dossier file: always an answer, the same answer, and the
//! same answer whoever the parties are.

use super::corpus::RULINGS;
use super::relabel::{Pair, exchange_sexes};
use crate::support::families::{demo, demo_day};
use chrono::NaiveDate;
use combizitting::dossier::model::Dossier;
use combizitting::{assessment, conflicts};
use serde_json::Value;

/// Every file with its name and the day on which it is looked at.
pub fn every_file() -> Vec<(&'static str, Dossier, NaiveDate)> {
    let mut files = vec![("gezin", demo(), demo_day())];
    files.extend(RULINGS.iter().map(|r| (r.file, r.dossier(), r.reference_day())));
    files
}

pub fn assess(dossier: &Dossier, on: NaiveDate) -> assessment::model::Assessment {
    let frameworks = assessment::builtin().expect("the frameworks that come with the software are sound");
    assessment::assess(dossier, frameworks, on, &[]).expect("a dossier that passed intake can be assessed")
}

/// Both answers as JSON, without the receipt (its hash must differ when the input differs).
fn answers(dossier: &Dossier, on: NaiveDate) -> Value {
    let mut assessed = serde_json::to_value(assess(dossier, on)).expect("JSON");
    if let Some(map) = assessed.as_object_mut() {
        map.remove("receipt");
    }
    let found = serde_json::to_value(conflicts::find(dossier, on)).expect("JSON");
    serde_json::json!({ "assess": assessed, "conflicts": found })
}

/// The first places where two answers differ, for a readable failure.
fn difference(left: &Value, right: &Value) -> String {
    fn walk(at: &str, left: &Value, right: &Value, out: &mut Vec<String>) {
        match (left, right) {
            (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
                a.iter().zip(b.values()).for_each(|((key, x), y)| walk(&format!("{at}/{key}"), x, y, out));
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                a.iter().zip(b).enumerate().for_each(|(i, (x, y))| walk(&format!("{at}/{i}"), x, y, out));
            }
            (a, b) if a != b => out.push(format!("{at}\n   {a}\n   {b}")),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk("", left, right, &mut out);
    out.truncate(6);
    out.join("\n")
}

/// Every list in a fixed order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(sorted).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(map) => map.into_iter().map(|(key, item)| (key, sorted(item))).collect(),
        other => other,
    }
}

#[test]
fn every_file_gets_findings_and_the_same_bytes_twice() {
    for (name, dossier, on) in every_file() {
        let first = serde_json::to_string(&assess(&dossier, on)).expect("JSON");
        assert!(!assess(&dossier, on).findings.is_empty(), "{name} has no findings");
        assert_eq!(first, serde_json::to_string(&assess(&dossier, on)).expect("JSON"), "{name}");
        let report = serde_json::to_string(&conflicts::find(&dossier, on)).expect("JSON");
        assert_eq!(report, serde_json::to_string(&conflicts::find(&dossier, on)).expect("JSON"), "{name}");
    }
}

#[test]
fn exchanging_the_parties_changes_nothing_but_names() {
    for (name, dossier, on) in every_file() {
        let Some(pair) = Pair::of_adults(&dossier) else { continue };
        let left = pair.exchange(&answers(&dossier, on));
        let right = sorted(answers(&pair.exchange_dossier(&dossier), on));
        assert!(left == right, "{name}:\n{}", difference(&left, &right));
    }
}

#[test]
fn exchanging_the_sexes_changes_nothing() {
    for (name, dossier, on) in every_file() {
        let (left, right) = (answers(&dossier, on), answers(&exchange_sexes(&dossier), on));
        assert!(left == right, "{name}:\n{}", difference(&left, &right));
    }
}

#[test]
fn order_of_events_and_statements_does_not_matter() {
    for (name, dossier, on) in every_file() {
        let mut turned = dossier.clone();
        turned.events.reverse();
        turned.events.iter_mut().for_each(|event| event.statements.reverse());
        let (left, right) = (answers(&dossier, on), answers(&turned, on));
        assert!(left == right, "{name}:\n{}", difference(&left, &right));
    }
}
