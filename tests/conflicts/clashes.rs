//! Clashes, one table per kind.

use super::builders::{ban, contact_ban, day, dossier, of_kind, safe_handover, saturdays};
use combizitting::conflicts;
use combizitting::conflicts::model::{ConflictKind, ConflictReport, Severity};
use rstest::rstest;
use serde_json::{Value, json};

const START: &str = "2026-02-02T12:00:00+01:00";
const END: &str = "2026-04-04T12:00:00+02:00";

fn officers_ban(rules: &Value) -> Value {
    ban("ban", "gedragsaanwijzing", START, END, rules)
}

fn report(measures: &[Value], change: impl FnOnce(&mut Value)) -> ConflictReport {
    conflicts::find(&dossier(measures, change), day("2026-02-03"))
}

fn severities(report: &ConflictReport, kind: ConflictKind) -> Vec<Severity> {
    of_kind(report, kind).iter().map(|conflict| conflict.severity).collect()
}

#[test]
fn a_contact_ban_against_weekly_contact_is_blocked_and_counted_across_summer_time() {
    let report = report(&[officers_ban(&contact_ban()), saturdays(&safe_handover())], |_| {});
    let found = of_kind(&report, ConflictKind::BanAgainstContact);
    assert_eq!(found.len(), 1);
    let overlaps = found[0].overlaps.expect("times");
    // Four Saturdays in February, four in March, and 4 April at ten, before the end at noon.
    assert_eq!((overlaps.count, overlaps.first_from.to_rfc3339()), (9, "2026-02-07T10:00:00+01:00".to_owned()));
    assert_eq!(found[0].severity, Severity::Blocking);
    assert_eq!(found[0].until.map(|at| at.to_rfc3339()), Some(END.to_owned()));
    for part in [
        "Ouder B",
        "Kind Een en Kind Twee",
        "7 februari 2026 van 10.00 tot 17.00 uur",
        "heft een strafrechtelijk verbod niet op",
    ] {
        assert!(found[0].explanation.contains(part), "{part}: {}", found[0].explanation);
    }
    assert!(found[0].ways_out.iter().any(|way| way.contains("officier van justitie")));
}

#[rstest]
#[case("in_force", Some(Severity::Blocking))]
#[case("proposed", Some(Severity::Warning))]
#[case("not_yet_enforceable", Some(Severity::Warning))]
#[case("suspended", Some(Severity::Note))]
#[case("annulled", None)]
fn the_state_of_the_ban_decides_how_grave_the_clash_is(#[case] state: &str, #[case] expected: Option<Severity>) {
    let mut measure = officers_ban(&contact_ban());
    measure["state"] = json!(state);
    let report = report(&[measure, saturdays(&safe_handover())], |_| {});
    assert_eq!(severities(&report, ConflictKind::BanAgainstContact), expected.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_ban_that_ended_before_the_first_contact_does_not_clash() {
    let mut measure = officers_ban(&contact_ban());
    measure["state"] = json!("ended");
    measure["ended_early"] = json!("2026-02-06T00:00:00+01:00");
    let report = report(&[measure, saturdays(&safe_handover())], |_| {});
    assert!(of_kind(&report, ConflictKind::BanAgainstContact).is_empty());
}

#[test]
fn a_clash_that_lies_wholly_before_the_reference_date_is_only_noted() {
    let measures = [officers_ban(&contact_ban()), saturdays(&safe_handover())];
    let report = conflicts::find(&dossier(&measures, |_| {}), day("2026-06-01"));
    assert_eq!(severities(&report, ConflictKind::BanAgainstContact), [Severity::Note]);
}

#[test]
fn a_ban_on_phone_calls_does_not_forbid_meeting() {
    let mut arrangement = saturdays(&safe_handover());
    arrangement["rules"][0]["channels"] = json!(["in_person"]);
    let rules = json!([{"effect": "forbids", "conduct": "contact", "channels": ["phone"]}]);
    let report = report(&[officers_ban(&rules), arrangement], |_| {});
    assert!(of_kind(&report, ConflictKind::BanAgainstContact).is_empty());
}

#[rstest]
#[case(json!({"by": "omgangshuis", "agreed": true}), Severity::Note, 9, 0)]
#[case(json!({"by": "omgangshuis", "agreed": false}), Severity::Blocking, 9, 1)]
// Until 1 March the supervisor is not there: four Saturdays in February.
#[case(json!({"by": "omgangshuis", "agreed": true, "available_from": "2026-03-01"}), Severity::Blocking, 4, 1)]
#[case(Value::Null, Severity::Blocking, 9, 0)]
fn an_exception_counts_only_when_its_terms_are_met(
    #[case] supervision: Value,
    #[case] severity: Severity,
    #[case] count: usize,
    #[case] empty: usize,
) {
    let rules = json!([{"effect": "forbids", "conduct": "contact", "with": ["kind-1"], "exceptions": [
        {"text": "begeleid contact bij het omgangshuis", "allows": "contact", "with": ["kind-1"], "through": "omgangshuis", "only_arranged": true}]}]);
    let mut arrangement = saturdays(&json!({"adults_meet": false}));
    arrangement["protected"] = json!(["kind-1"]);
    arrangement["rules"][0]["supervision"] = supervision;
    let report = report(&[officers_ban(&rules), arrangement], |_| {});
    let found = of_kind(&report, ConflictKind::BanAgainstContact);
    assert_eq!((found[0].severity, found[0].overlaps.map(|o| o.count)), (severity, Some(count)));
    assert_eq!(of_kind(&report, ConflictKind::EmptyException).len(), empty);
}

#[rstest]
#[case(json!({"adults_meet": true}), Some(Severity::Blocking))]
#[case(json!({"from": "ouder-a", "to": "ouder-b"}), Some(Severity::Warning))]
#[case(Value::Null, Some(Severity::Warning))]
#[case(json!({"adults_meet": false}), None)]
#[case(json!({"via": "omgangshuis"}), None)]
fn the_handover_clashes_when_the_adults_meet_or_may_meet(#[case] handover: Value, #[case] expected: Option<Severity>) {
    let rules = json!([{"effect": "forbids", "conduct": "contact", "with": ["ouder-a"]}]);
    let report = report(&[officers_ban(&rules), saturdays(&handover)], |_| {});
    assert_eq!(severities(&report, ConflictKind::BanAgainstHandover), expected.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_handover_at_a_secret_place_is_blocked_without_naming_it() {
    let rules = json!([{"effect": "forbids", "conduct": "presence", "places": [{"description": "de verblijfplaats", "address": "adr-opvang"}]}]);
    let handover = json!({"adults_meet": false, "place": {"description": "Geheimlaan 9", "address": "adr-opvang"}});
    let dossier = dossier(&[officers_ban(&rules), saturdays(&handover)], |value| {
        let list = value["persons"][0]["addresses"].as_array_mut().expect("addresses");
        list.push(json!({"id": "adr-opvang", "kind": "refuge", "line": "Geheimlaan 9", "postcode": "9999 ZZ"}));
    });
    let report = conflicts::find(&dossier, day("2026-02-03"));
    let found = of_kind(&report, ConflictKind::BanAgainstHandover);
    assert_eq!(found[0].severity, Severity::Blocking);
    assert!(found[0].explanation.contains("een afgeschermd adres"));
    assert!(!format!("{report:?}{}", conflicts::text::render(&report, &dossier)).contains("Geheimlaan"));
}

#[test]
fn contact_at_a_place_the_ban_names_is_blocked() {
    let rules = json!([{"effect": "forbids", "conduct": "presence", "places": [{"description": "de school", "address": "adr-school"}]}]);
    let mut arrangement = saturdays(&safe_handover());
    arrangement["rules"][0]["places"] = json!([{"description": "op school", "address": "adr-school"}]);
    let report = report(&[officers_ban(&rules), arrangement], |value| {
        let list = value["persons"][2]["addresses"].as_array_mut().expect("addresses");
        list.push(json!({"id": "adr-school", "kind": "school", "line": "Schoolplein 2", "secrecy": "open"}));
    });
    assert_eq!(severities(&report, ConflictKind::BanAgainstPlace), [Severity::Blocking]);
}

#[test]
fn a_huisverbod_that_names_a_child_living_elsewhere_is_flagged_for_that_child_only() {
    let rules = json!([{"effect": "forbids", "conduct": "residence", "places": [{"description": "de woning", "address": "adr-a"}]}]);
    let measure = ban("thv", "huisverbod", START, "2026-02-12T12:00:00+01:00", &rules);
    let report = report(&[measure], |value| value["persons"][3]["addresses"][0]["line"] = json!("Elders 5"));
    let found = of_kind(&report, ConflictKind::BanBeyondHousehold);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].persons.iter().map(|p| p.as_str()).collect::<Vec<_>>(), ["kind-2", "ouder-b"]);
    assert!(found[0].sources.iter().any(|source| source.ecli == "ECLI:NL:RBROT:2020:10182"));
}

#[rstest]
#[case(contact_ban(), Severity::Warning)]
#[case(json!([{"effect": "forbids", "conduct": "contact", "channels": ["in_person"]}]), Severity::Note)]
fn joint_gezag_asks_for_talks_that_a_ban_forbids(#[case] rules: Value, #[case] severity: Severity) {
    let report = report(&[officers_ban(&rules)], |value| {
        value["gezag"] = json!([
            {"child": "kind-1", "holder": "ouder-a", "form": "joint"},
            {"child": "kind-1", "holder": "ouder-b", "form": "joint"}
        ]);
    });
    assert_eq!(severities(&report, ConflictKind::BanAgainstGezag), [severity]);
}

#[rstest]
#[case(true, false, None, vec![Severity::Blocking])]
#[case(false, true, None, vec![Severity::Warning])]
#[case(false, true, Some(true), vec![])]
#[case(true, true, None, vec![Severity::Blocking, Severity::Warning])]
#[case(false, false, None, vec![])]
fn mediation_meets_a_ban_or_unscreened_violence(
    #[case] banned: bool,
    #[case] violence: bool,
    #[case] screened: Option<bool>,
    #[case] expected: Vec<Severity>,
) {
    let measures: Vec<Value> = banned.then(|| officers_ban(&contact_ban())).into_iter().collect();
    let report = report(&measures, |value| {
        value["proposals"] = json!([{"id": "voorstel", "kind": "mediation", "participants": ["ouder-a", "ouder-b"], "screened": screened}]);
        if violence {
            value["events"] = json!([{"id": "ev", "kind": "physical", "actors": ["ouder-b"], "targets": ["ouder-a"],
                "time": {"precision": "day", "on": "2026-01-20"}, "description": "een duw"}]);
        }
    });
    assert_eq!(severities(&report, ConflictKind::BanAgainstJointTalks), expected);
}

#[test]
fn two_bans_of_different_length_say_on_which_the_protection_hangs() {
    let condition = ban(
        "voorwaarde",
        "bijzondere_voorwaarde",
        START,
        "2028-02-02T12:00:00+01:00",
        &json!([
        {"effect": "forbids", "conduct": "contact", "exceptions": [{"text": "omgang via de GI", "allows": "contact"}]}]),
    );
    let measure = ban("maatregel", "vrijheidsbeperkend38v", START, "2030-02-02T12:00:00+01:00", &contact_ban());
    let report = report(&[condition, measure], |_| {});
    let found = of_kind(&report, ConflictKind::DifferentScope);
    assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
    assert!(
        found[0]
            .explanation
            .contains("Na 2 februari 2028 om 12.00 uur hangt de bescherming af van de vrijheidsbeperkende maatregel")
    );
    assert!(found[0].explanation.contains("\"omgang via de GI\""));
}

#[test]
fn a_huisverbod_beside_conditions_of_suspended_custody_is_double_cover() {
    let thv = ban("thv", "huisverbod", START, "2026-03-02T12:00:00+01:00", &json!([]));
    let conditions = ban("sv80", "schorsing_voorlopige_hechtenis", START, "2026-06-02T12:00:00+02:00", &contact_ban());
    let report = report(&[thv, conditions], |_| {});
    let found = of_kind(&report, ConflictKind::DifferentScope);
    assert!(found[0].explanation.contains("alleen het tijdelijk huisverbod beschermt de woning"));
    assert!(found[0].sources.iter().any(|source| source.ecli == "ECLI:NL:RBMAA:2011:BQ1534"));
}

#[rstest]
#[case(Some("2026-12-31T00:00:00+01:00"), vec![(Severity::Warning, "2026-12-31T00:00:00+01:00")])]
#[case(Some("2031-12-31T00:00:00+01:00"), vec![])]
#[case(None, vec![(Severity::Warning, "2026-02-02T12:00:00+01:00")])]
fn an_exception_that_needs_the_gi_is_empty_without_supervision_order(
    #[case] ends: Option<&str>,
    #[case] expected: Vec<(Severity, &str)>,
) {
    let rules = json!([{"effect": "forbids", "conduct": "contact", "with": ["kind-1"], "exceptions": [
        {"text": "omgang met de GI erbij", "allows": "contact", "through": "gi"}]}]);
    let mut measures = vec![ban("maatregel", "vrijheidsbeperkend38v", START, "2031-02-02T12:00:00+01:00", &rules)];
    measures.extend(ends.map(|ends| {
        json!({"id": "ots", "instrument": "ondertoezichtstelling", "matter": "m-fam", "starts": "2026-01-01T00:00:00+01:00",
            "ends": ends, "state": "in_force", "restrained": ["ouder-a", "ouder-b"], "protected": ["kind-1"]})
    }));
    let report = report(&measures, |_| {});
    let found: Vec<_> = of_kind(&report, ConflictKind::EmptyException)
        .iter()
        .map(|c| (c.severity, c.from.expect("a begin").to_rfc3339()))
        .collect();
    let expected: Vec<_> = expected.into_iter().map(|(severity, from)| (severity, from.to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn contact_in_person_during_custody_cannot_be_met() {
    let custody = json!({"id": "detentie", "instrument": "detentie", "matter": "m-straf", "starts": START, "ends": END,
        "state": "in_force", "restrained": ["ouder-b"], "protected": ["ouder-a"]});
    let report = report(&[custody, saturdays(&safe_handover())], |_| {});
    let found = of_kind(&report, ConflictKind::Incompatible);
    assert_eq!((found.len(), found[0].overlaps.map(|o| o.count)), (1, Some(9)));
}

#[test]
fn an_intended_arrangement_inside_a_ban_is_blocked_and_one_after_it_is_not() {
    for (starts, expected) in [("2026-02-14", 1), ("2026-04-11", 0)] {
        let report = report(&[officers_ban(&contact_ban())], |value| {
            value["plans"] = json!({"omgang": {"matter": "m-fam", "parent": "ouder-b", "basis": "bw1377a", "order_date": "2026-02-10",
                "children": [{"child": "kind-1", "form": "supervised", "starts_on": starts,
                    "schedule": {"first": format!("{starts}T10:00:00"), "minutes": 60, "rrule": "FREQ=WEEKLY"},
                    "handover": {"adults_meet": false}}]}});
        });
        assert_eq!(
            severities(&report, ConflictKind::BanAgainstContact),
            vec![Severity::Blocking; expected],
            "{starts}"
        );
    }
}

#[test]
fn a_ban_that_begins_years_ahead_still_clashes_though_its_times_are_not_counted() {
    let near = officers_ban(&contact_ban());
    let far =
        ban("later", "vrijheidsbeperkend38v", "2030-01-01T00:00:00+01:00", "2032-01-01T00:00:00+01:00", &contact_ban());
    let report = report(&[near, far, saturdays(&safe_handover())], |_| {});
    let found = of_kind(&report, ConflictKind::BanAgainstContact);
    let later = found.iter().find(|c| c.measures[0].as_str() == "later").expect("the later clash");
    assert_eq!((later.severity, later.overlaps), (Severity::Blocking, None));
    assert!(later.explanation.contains("niet uitgeteld"));
}
