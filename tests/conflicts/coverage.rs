//! Coverage per person and need, and the protection bridge.

use super::builders::{ban, contact_ban, cover, day, dossier};
use combizitting::conflicts;
use combizitting::conflicts::bridge::BridgeState;
use combizitting::conflicts::model::{ConflictReport, Need};
use serde_json::{Value, json};

const IMPOSED: &str = "2026-02-02T20:00:00+01:00";
const END: &str = "2026-02-12T20:00:00+01:00";

fn huisverbod() -> Value {
    let rules = json!([{"effect": "forbids", "conduct": "residence", "places": [{"description": "de woning", "address": "adr-a"}]}]);
    ban("thv", "huisverbod", IMPOSED, END, &rules)
}

fn officers_ban(rules: &Value) -> Value {
    ban("ban", "gedragsaanwijzing", "2026-02-03T12:00:00+01:00", "2026-05-04T12:00:00+02:00", rules)
}

fn exclusive_use(from: &str) -> Value {
    let mut measure =
        ban("vovo", "voorlopige_voorziening", from, END, &json!([{"effect": "forbids", "conduct": "residence"}]));
    measure["ends"] = Value::Null;
    measure["open_ended"] = json!(true);
    measure
}

fn report(measures: &[Value]) -> ConflictReport {
    conflicts::find(&dossier(measures, |_| {}), day("2026-02-05"))
}

fn gaps(report: &ConflictReport, need: Need) -> Vec<(String, Option<String>)> {
    let line = cover(report, "ouder-a", need);
    line.gaps.iter().map(|gap| (gap.from.to_rfc3339(), gap.until.map(|at| at.to_rfc3339()))).collect()
}

#[test]
fn after_a_huisverbod_alone_home_and_contact_lie_open() {
    let report = report(&[huisverbod()]);
    for need in [Need::Home, Need::Contact] {
        assert_eq!(gaps(&report, need), [(END.to_owned(), None)]);
        assert_eq!(cover(&report, "ouder-a", need).covered[0].by[0].as_str(), "thv");
    }
    let home = &cover(&report, "ouder-a", Need::Home).gaps[0];
    assert!(home.explanation.contains("uiterlijk vrijdag 27 februari 2026"), "{}", home.explanation);
    assert!(
        home.ways_out.iter().any(|way| way.contains("2 maart 2026 om 20.00 uur")),
        "the extension ends four weeks after imposition"
    );
    assert!(home.ways_out.iter().any(|way| way.contains("art. 822")));
}

#[test]
fn a_ban_whose_begin_or_end_is_not_in_the_file_closes_no_hole_for_certain() {
    let mut unknown = officers_ban(&contact_ban());
    (unknown["starts"], unknown["ends"], unknown["decided_at"]) = (Value::Null, Value::Null, Value::Null);
    let dossier = dossier(&[unknown], |_| {});
    let bridge = conflicts::bridge::build(&dossier, day("2026-02-05"));
    let line = bridge.lines.iter().find(|line| line.need == Need::Contact).expect("a line");
    assert_eq!(line.state, BridgeState::NotKnown);
    assert!(line.statement.contains("is niet vast te stellen: het begin en het einde van een maatregel staan niet"));
    assert!(line.now.covered.iter().all(|span| span.begin_unknown && span.end_unknown));
    assert!(!bridge.is_closed());
    let known =
        conflicts::bridge::build(&super::builders::dossier(&[exclusive_use(IMPOSED)], |_| {}), day("2026-02-05"));
    assert!(
        known.lines.iter().all(|line| line.now.covered.iter().all(|span| !span.begin_unknown && !span.end_unknown))
    );
}

#[test]
fn a_hole_that_is_past_is_not_measured_against_a_request_of_today() {
    let past = conflicts::find(&dossier(&[huisverbod()], |_| {}), day("2026-06-01"));
    let home = &cover(&past, "ouder-a", Need::Home).gaps[0].explanation;
    assert!(home.ends_with("Er is geen verzoek om voorlopige voorzieningen bekend."), "{home}");
}

#[test]
fn an_officers_contact_ban_covers_contact_but_not_the_home() {
    let report = report(&[huisverbod(), officers_ban(&contact_ban())]);
    assert_eq!(gaps(&report, Need::Home), [(END.to_owned(), None)]);
    assert_eq!(gaps(&report, Need::Contact), [("2026-05-04T12:00:00+02:00".to_owned(), None)]);
}

#[test]
fn a_location_ban_covers_the_home_only_when_it_names_the_home() {
    let at = |address: &str| json!([{"effect": "forbids", "conduct": "presence", "places": [{"description": "een plek", "address": address}]}]);
    let with_refuge = |value: &mut Value| {
        let list = value["persons"][0]["addresses"].as_array_mut().expect("addresses");
        list.push(json!({"id": "adr-opvang", "kind": "refuge", "line": "Geheimlaan 9"}));
    };
    for (address, from) in [("adr-a", "2026-05-04T12:00:00+02:00"), ("adr-opvang", END)] {
        let dossier = dossier(&[huisverbod(), officers_ban(&at(address))], with_refuge);
        let report = conflicts::find(&dossier, day("2026-02-05"));
        assert_eq!(gaps(&report, Need::Home), [(from.to_owned(), None)], "{address}");
    }
}

#[test]
fn exclusive_use_of_the_home_covers_the_home_and_never_contact() {
    let report = report(&[huisverbod(), exclusive_use(END)]);
    assert!(gaps(&report, Need::Home).is_empty());
    let contact = cover(&report, "ouder-a", Need::Contact);
    assert_eq!(gaps(&report, Need::Contact), [(END.to_owned(), None)]);
    assert!(contact.gaps[0].explanation.contains("bevat geen contactverbod"));
}

#[test]
fn a_hole_between_two_measures_runs_from_the_end_of_one_to_the_begin_of_the_other() {
    let report = report(&[huisverbod(), exclusive_use("2026-02-20T12:00:00+01:00")]);
    assert_eq!(gaps(&report, Need::Home), [(END.to_owned(), Some("2026-02-20T12:00:00+01:00".to_owned()))]);
}

#[test]
fn a_suspended_ban_does_not_count_and_is_said_not_to() {
    let mut suspended = officers_ban(&contact_ban());
    suspended["state"] = json!("suspended");
    let report = report(&[huisverbod(), suspended]);
    assert_eq!(gaps(&report, Need::Contact), [(END.to_owned(), None)]);
    assert!(cover(&report, "ouder-a", Need::Contact).gaps[0].explanation.contains("is geschorst en telt niet mee"));
}

#[test]
fn a_final_order_whose_end_the_judge_chose_leaves_no_hole_after_it() {
    let measure = ban("maatregel", "vrijheidsbeperkend38v", IMPOSED, "2029-02-02T20:00:00+01:00", &contact_ban());
    assert!(gaps(&report(&[measure]), Need::Contact).is_empty());
}

#[test]
fn an_exception_stands_beside_the_cover_it_weakens() {
    let rules = json!([{"effect": "forbids", "conduct": "contact", "exceptions": [{"text": "via de advocaat", "allows": "contact"}]}]);
    let report = report(&[officers_ban(&rules)]);
    let remarks = &cover(&report, "ouder-a", Need::Contact).covered[0].remarks;
    assert!(remarks.iter().any(|remark| remark.contains("via de advocaat")));
}

#[test]
fn a_hole_that_only_a_plan_closes_says_so_in_report_and_bridge() {
    let extension = |value: &mut Value| {
        value["plans"] = json!({"huisverbod": {"matter": "m-thv", "imposed": "thv",
            "extension": {"new_end": "2026-03-02T20:00:00+01:00"},
            "provisional": {"matter": "m-vovo", "applicant": "ouder-a", "respondent": "ouder-b",
                "effective_from": "2026-03-02T20:00:00+01:00",
                "items": [{"kind": "exclusive_use_of_home", "text": "woning", "children": ["kind-1", "kind-2"]}]}}});
    };
    let dossier = dossier(&[huisverbod()], extension);
    let report = conflicts::find(&dossier, day("2026-02-05"));
    let home = cover(&report, "ouder-a", Need::Home);
    // One stretch that the extension and the order close between them is one hole, and it hangs on both.
    assert_eq!(home.gaps.len(), 1);
    let named = home.gaps[0].depends_on.join(" ");
    assert!(named.contains("verlenging van het huisverbod") && named.contains("art. 822"), "{named}");
    let bridge = conflicts::bridge::build(&dossier, day("2026-02-05"));
    let state = |need: Need| {
        bridge.lines.iter().find(|line| line.person.as_str() == "ouder-a" && line.need == need).map(|line| line.state)
    };
    assert_eq!(state(Need::Home), Some(BridgeState::ClosedIfPlanFollowed));
    // The plan holds no contact ban after four weeks.
    assert_eq!(state(Need::Contact), Some(BridgeState::Open));
}
