//! Deadlines as they come out of a dossier; the counting itself has its tables beside each rule.

use super::builders::{ban, contact_ban, day, dossier};
use combizitting::conflicts;
use combizitting::conflicts::model::{Deadline, DeadlineStatus};
use rstest::rstest;
use serde_json::{Value, json};

fn deadlines(measures: &[Value], on: &str, change: impl FnOnce(&mut Value)) -> Vec<Deadline> {
    conflicts::find(&dossier(measures, change), day(on)).deadlines
}

fn of<'d>(all: &'d [Deadline], what: &str) -> &'d Deadline {
    all.iter().find(|deadline| deadline.what.contains(what)).expect("a deadline")
}

fn huisverbod() -> Value {
    // No end entered: the law gives it.
    let mut measure = ban("thv", "huisverbod", "2010-03-27T20:00:00+01:00", "2010-04-06T20:00:00+02:00", &json!([]));
    measure["ends"] = Value::Null;
    measure
}

fn extension(state: &str, decided: &str) -> Value {
    let mut measure = ban("verlenging", "huisverbod_extension", decided, "2010-04-24T20:00:00+02:00", &json!([]));
    measure["starts"] = json!("2010-04-06T20:00:00+02:00");
    measure["state"] = json!(state);
    measure["extends"] = json!("thv");
    measure
}

#[rstest]
#[case(vec![], "2010-04-06", DeadlineStatus::Running)]
#[case(vec![], "2010-04-07", DeadlineStatus::Missed)]
#[case(vec![extension("in_force", "2010-04-05T15:00:00+02:00")], "2010-04-07", DeadlineStatus::Met)]
#[case(vec![extension("in_force", "2010-04-07T15:00:00+02:00")], "2010-04-08", DeadlineStatus::Missed)]
#[case(vec![extension("proposed", "2010-04-05T15:00:00+02:00")], "2010-04-06", DeadlineStatus::Running)]
fn the_extension_must_be_decided_before_the_ban_ends(
    #[case] more: Vec<Value>,
    #[case] on: &str,
    #[case] status: DeadlineStatus,
) {
    let measures: Vec<Value> = std::iter::once(huisverbod()).chain(more).collect();
    let all = deadlines(&measures, on, |_| {});
    let end = of(&all, "besluit tot verlenging");
    assert_eq!((end.at.to_rfc3339().as_str(), end.status), ("2010-04-06T20:00:00+02:00", status));
    assert_eq!(of(&all, "Uiterste einde").at.to_rfc3339(), "2010-04-24T20:00:00+02:00");
}

#[test]
fn an_end_that_departs_from_the_law_is_named() {
    let measure = ban("thv", "huisverbod", "2026-02-02T20:00:00+01:00", "2026-02-14T20:00:00+01:00", &json!([]));
    let all = deadlines(&[measure], "2026-02-03", |_| {});
    assert!(of(&all, "besluit tot verlenging").rule.contains("wijkt af van de wet"));
}

#[rstest]
#[case(None, "2026-02-20", DeadlineStatus::Running)]
#[case(Some("2026-02-25"), "2026-02-26", DeadlineStatus::Met)]
#[case(Some("2026-03-05"), "2026-03-10", DeadlineStatus::Missed)]
fn a_provisional_order_before_the_petition_lapses_after_four_weeks(
    #[case] filed: Option<&str>,
    #[case] on: &str,
    #[case] status: DeadlineStatus,
) {
    let order =
        ban("vovo", "voorlopige_voorziening", "2026-02-01T12:00:00+01:00", "2027-01-01T00:00:00+01:00", &json!([]));
    let all = deadlines(&[order], on, |value| {
        value["matters"]
            .as_array_mut()
            .expect("matters")
            .push(json!({"id": "m-scheiding", "domain": "family", "kind": "divorce",
            "numbers": [], "authority": {"name": "Rechtbank"}, "state": "pending", "filed_on": filed}));
    });
    let lapse = of(&all, "Verzoek tot echtscheiding");
    // Sunday 1 March 2026 is not prolonged; the alarm falls on Friday.
    assert_eq!((lapse.at.to_rfc3339().as_str(), lapse.status), ("2026-03-01T23:59:00+01:00", status));
    assert!(lapse.alarm.is_some_and(|alarm| alarm.to_rfc3339().starts_with("2026-02-27")));
}

#[rstest]
#[case(None, DeadlineStatus::Missed)]
#[case(Some("2026-08-10"), DeadlineStatus::Met)]
fn a_suspension_of_gezag_lapses_unless_its_end_is_asked(#[case] asked: Option<&str>, #[case] status: DeadlineStatus) {
    let order = json!({"id": "schorsing", "instrument": "schorsing_gezag", "matter": "m-fam", "decided_at": "2026-05-17T12:00:00+02:00",
        "state": "in_force", "restrained": ["ouder-b"], "protected": ["kind-1"]});
    let all = deadlines(&[order], "2026-09-01", |value| {
        value["requests"] = json!([{"id": "verzoek", "matter": "m-fam", "kind": "end_gezag", "by": "gi", "on": asked, "content": "einde"}]);
    });
    let lapse = of(&all, "vervalt de schorsing");
    assert_eq!((lapse.at.to_rfc3339().as_str(), lapse.status), ("2026-08-17T23:59:00+02:00", status));
}

#[test]
fn an_officers_order_without_prosecution_says_that_renewal_is_barred() {
    let order =
        ban("ban", "gedragsaanwijzing", "2026-02-01T12:00:00+01:00", "2026-05-02T12:00:00+02:00", &contact_ban());
    let all = deadlines(&[order], "2026-02-03", |value| value["matters"][1]["criminal"]["phase"] = json!("suspicion"));
    let end = of(&all, "gedragsaanwijzing");
    assert_eq!(end.at.to_rfc3339(), "2026-05-02T12:00:00+02:00");
    assert!(end.rule.contains("Nog 3 van 3") && end.rule.contains("pas als vervolging is ingesteld"));
}

#[test]
fn a_verdict_opens_fourteen_days_and_a_family_order_three_months() {
    let verdict = ban(
        "voorwaarde",
        "bijzondere_voorwaarde",
        "2026-03-23T12:00:00+01:00",
        "2028-03-23T12:00:00+01:00",
        &contact_ban(),
    );
    let order = json!({"id": "regeling", "instrument": "omgangsregeling", "matter": "m-fam", "decided_at": "2026-02-28T12:00:00+01:00",
        "state": "in_force", "restrained": ["ouder-b"], "protected": ["kind-1"]});
    let all = deadlines(&[verdict, order], "2026-03-24", |value| {
        value["matters"][1]["criminal"]["phase"] = json!("convicted_not_final");
    });
    // Fourteen days end on Easter Monday; three months end on Thursday 28 May.
    assert_eq!(of(&all, "vonnis van de strafrechter").at.to_rfc3339(), "2026-04-07T23:59:00+02:00");
    assert_eq!(of(&all, "beslissing van de familierechter").at.to_rfc3339(), "2026-05-28T23:59:00+02:00");
}

#[test]
fn every_deadline_names_who_acts_and_what_follows_when_nothing_is_done() {
    for deadline in deadlines(&[huisverbod()], "2010-04-01", |_| {}) {
        assert!(!deadline.who.is_empty() && !deadline.if_missed.is_empty() && !deadline.source.is_empty());
    }
}
