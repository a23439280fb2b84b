//! What must hold for every dossier: order and party do not matter, and size does not choke it.

use super::builders::{ban, contact_ban, day, family, safe_handover, saturdays};
use chrono::{Days, NaiveDate};
use combizitting::conflicts;
use combizitting::conflicts::model::ConflictReport;
use combizitting::dossier::model::Dossier;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const ON: &str = "2026-02-05";

fn rich() -> Value {
    let supervised = json!([{"effect": "forbids", "conduct": "contact", "exceptions": [
        {"text": "begeleid", "allows": "contact", "with": ["kind-1"], "through": "omgangshuis", "only_arranged": true}]}]);
    let mut value = family();
    value["measures"] = json!([
        ban("thv", "huisverbod", "2026-02-02T20:00:00+01:00", "2026-02-12T20:00:00+01:00", &json!([])),
        ban("ban", "gedragsaanwijzing", "2026-02-03T12:00:00+01:00", "2026-05-04T12:00:00+02:00", &contact_ban()),
        ban(
            "sv80",
            "schorsing_voorlopige_hechtenis",
            "2026-02-04T12:00:00+01:00",
            "2026-06-04T12:00:00+02:00",
            &supervised
        ),
        saturdays(&safe_handover()),
    ]);
    value["gezag"] = json!([
        {"child": "kind-1", "holder": "ouder-a", "form": "joint"},
        {"child": "kind-1", "holder": "ouder-b", "form": "joint"}
    ]);
    value["proposals"] = json!([{"id": "voorstel", "kind": "mediation", "participants": ["ouder-a", "ouder-b"]}]);
    value
}

fn report(value: Value) -> ConflictReport {
    let dossier: Dossier = serde_json::from_value(value).expect("a dossier");
    conflicts::find(&dossier, day(ON))
}

/// What a report says apart from the names in its sentences.
fn bones(report: &ConflictReport) -> Vec<String> {
    let mut all: Vec<String> = report
        .conflicts
        .iter()
        .map(|c| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                c.kind, c.severity, c.measures, c.persons, c.from, c.until, c.overlaps
            )
        })
        .collect();
    all.extend(report.coverage.iter().map(|c| {
        let gaps: Vec<_> = c.gaps.iter().map(|g| (g.from, g.until, g.ways_out.clone())).collect();
        format!("{} {} {:?} {:?} {gaps:?}", c.person, c.against, c.need, c.covered)
    }));
    all.extend(report.deadlines.iter().map(|d| format!("{d:?}")));
    all.sort();
    all
}

#[test]
fn parties_who_change_places_get_the_same_report_with_their_ids_exchanged() {
    let exchange =
        |text: &str| text.replace("ouder-a", "\u{1}").replace("ouder-b", "ouder-a").replace('\u{1}', "ouder-b");
    let swapped: Value = serde_json::from_str(&exchange(&rich().to_string())).expect("json");
    let sorted_persons = |lines: Vec<String>| {
        // A list of ids is sorted by id, so only its content is compared.
        let mut lines: Vec<String> = lines
            .into_iter()
            .map(|line| {
                let mut letters: Vec<char> = line.chars().collect();
                letters.sort_unstable();
                letters.into_iter().collect()
            })
            .collect();
        lines.sort();
        lines
    };
    let back = bones(&report(swapped)).iter().map(|line| exchange(line)).collect();
    assert_eq!(sorted_persons(back), sorted_persons(bones(&report(rich()))));
}

#[test]
fn registered_sex_changes_nothing() {
    let mut other = rich();
    for (index, sex) in ["f", "m", "x", "unknown"].iter().enumerate() {
        other["persons"][index]["sex"] = json!(sex);
    }
    assert_eq!(report(other), report(rich()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_order_of_lists_does_not_matter(
        measures in Just(rich()["measures"].as_array().expect("measures").clone()).prop_shuffle(),
        persons in Just(rich()["persons"].as_array().expect("persons").clone()).prop_shuffle(),
        gezag in Just(rich()["gezag"].as_array().expect("gezag").clone()).prop_shuffle(),
    ) {
        let mut value = rich();
        value["measures"] = Value::Array(measures);
        value["persons"] = Value::Array(persons);
        value["gezag"] = Value::Array(gezag);
        prop_assert_eq!(report(value), report(rich()));
    }
}

fn local(day: NaiveDate) -> String {
    combizitting::shared::moment::start_of_day(day).to_rfc3339()
}

/// A dossier with this many bans (all on the same people) and as many events.
fn large(bans: u64, spread: u64) -> Dossier {
    let begin = day("2026-01-01");
    let mut value = family();
    let mut measures: Vec<Value> = (0..bans)
        .map(|number| {
            let from = begin + Days::new(number * spread);
            ban(
                &format!("ban-{number}"),
                "gedragsaanwijzing",
                &local(from),
                &local(from + Days::new(90)),
                &contact_ban(),
            )
        })
        .collect();
    measures.push(saturdays(&safe_handover()));
    value["measures"] = Value::Array(measures);
    let events = (0..bans).map(|number| {
        json!({"id": format!("ev-{number}"), "kind": "threat", "actors": ["ouder-b"], "targets": ["ouder-a"],
            "time": {"precision": "unknown"}, "description": "een bedreiging"})
    });
    value["events"] = Value::Array(events.collect());
    serde_json::from_value(value).expect("a dossier")
}

#[test]
fn five_thousand_measures_and_events_are_read_in_seconds() {
    // All at once, and in a row: both shapes must stay quick, also in an unoptimised build.
    for spread in [0, 5] {
        let dossier = large(2_500, spread);
        let begin = Instant::now();
        let report = conflicts::find(&dossier, day(ON));
        let took = begin.elapsed();
        assert!(!report.conflicts.is_empty() && report.coverage.iter().any(|line| !line.covered.is_empty()));
        assert!(took < Duration::from_secs(20), "{took:?} at spread {spread}");
    }
}
