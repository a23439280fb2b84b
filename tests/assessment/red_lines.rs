//! From a finding to the page of a source: nothing a finding leans on hangs in the air.

use crate::support::families;
use combizitting::assessment::{assess, builtin};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every place ("document", page or none) that stands in a record or in what it consists of.
fn places<'v>(value: &'v Value, found: &mut BTreeSet<(&'v str, Option<u64>)>) {
    match value {
        Value::Object(fields) => {
            if let Some(document) = fields.get("document").and_then(Value::as_str) {
                found.insert((document, fields.get("page").and_then(Value::as_u64)));
            }
            fields.values().for_each(|field| places(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| places(item, found)),
        _ => {}
    }
}

/// The record with an id, wherever it stands.
fn record<'v>(value: &'v Value, id: &str) -> Option<&'v Value> {
    match value {
        Value::Object(fields) if fields.get("id").and_then(Value::as_str) == Some(id) => Some(value),
        Value::Object(fields) => fields.values().find_map(|field| record(field, id)),
        Value::Array(items) => items.iter().find_map(|item| record(item, id)),
        _ => None,
    }
}

#[test]
fn each_fact_of_each_finding_on_the_demo_family_leads_to_a_page_of_a_document_in_the_file() {
    let dossier = families::demo();
    let assessment = assess(&dossier, builtin().expect("frameworks"), families::demo_day(), &[]).expect("findings");
    let file = serde_json::to_value(&dossier).expect("JSON");
    // That a case runs is known from its number, and that a child was not invited from nothing being there.
    let matters = dossier.matters.iter().map(|matter| matter.id.as_str());
    let not_invited =
        dossier.child_hearings.iter().filter(|item| item.invited_on.is_none()).map(|item| item.id.as_str());
    let without: BTreeSet<&str> = matters.chain(not_invited).collect();
    let documents: BTreeSet<&str> = dossier.documents.iter().map(|document| document.id.as_str()).collect();
    let mut seen = 0;
    for finding in &assessment.findings {
        for fact in finding.facts_for.iter().chain(&finding.facts_against).chain(&finding.hinge) {
            if without.contains(fact.as_str()) {
                continue;
            }
            let record = record(&file, fact.as_str()).unwrap_or_else(|| panic!("{fact} is not in the file"));
            let mut found = BTreeSet::new();
            places(record, &mut found);
            let paged = found.iter().any(|(document, page)| documents.contains(document) && page.is_some());
            assert!(paged, "{}: {fact} leads to no page: {found:?}", finding.key());
            seen += 1;
        }
        assert!(!finding.sources.is_empty(), "{} has no norm", finding.key());
    }
    assert!(seen > 100, "only {seen} facts were followed");
}

#[test]
fn the_explanation_of_each_finding_names_the_page_of_each_of_its_events() {
    let dossier = families::demo();
    let assessment = assess(&dossier, builtin().expect("frameworks"), families::demo_day(), &[]).expect("findings");
    let told = assessment.findings.iter().filter(|finding| !finding.facts_for.is_empty());
    for finding in told {
        let events =
            finding.facts_for.iter().filter(|id| dossier.events.iter().any(|event| event.id.as_str() == id.as_str()));
        let lines = finding.explanation.lines().filter(|line| line.starts_with("- ")).count();
        if events.count() > 0 {
            assert!(lines > 0 && finding.explanation.contains(", p. "), "{}: {}", finding.key(), finding.explanation);
        }
    }
}
