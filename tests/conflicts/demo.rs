//! The demo family, checked by hand: one clash, one hole, its deadlines.

use super::builders::{cover, day, of_kind};
use combizitting::conflicts;
use combizitting::conflicts::bridge::BridgeState;
use combizitting::conflicts::model::{ConflictKind, ConflictReport, DeadlineStatus, Need, Severity};
use combizitting::dossier::model::Dossier;
use combizitting::shared::moment::to_local;
use rstest::rstest;

fn demo() -> Dossier {
    serde_json::from_str(include_str!("../../templates/demo/gezin.json")).expect("the demo dossier")
}

fn report() -> ConflictReport {
    conflicts::find(&demo(), day("2026-11-19"))
}

fn local(at: &combizitting::shared::moment::Instant) -> String {
    to_local(at).format("%Y-%m-%d %H:%M").to_string()
}

#[rstest]
// Fridays 20 Nov, 4 and 18 Dec, 1, 15 and 29 Jan (6), Wednesdays 18 Nov up to 10 Feb (13).
#[case("ban-509hh", "2026-11-18 12:30", 19)]
// Wednesdays 11 and 18 Nov, and Friday 20 Nov at 17.00, before the end at 21.35.
#[case("thv", "2026-11-11 12:30", 3)]
fn the_care_arrangement_runs_into_both_bans(#[case] ban: &str, #[case] first: &str, #[case] count: usize) {
    let report = report();
    let found = of_kind(&report, ConflictKind::BanAgainstContact);
    let clash = found.iter().find(|c| c.measures.iter().any(|m| m.as_str() == ban)).expect("the clash");
    let overlaps = clash.overlaps.expect("times");
    assert_eq!(clash.severity, Severity::Blocking);
    assert_eq!((local(&overlaps.first_from), overlaps.count, overlaps.more), (first.to_owned(), count, false));
    let persons: Vec<&str> = clash.persons.iter().map(combizitting::shared::ids::PersonId::as_str).collect();
    assert_eq!(persons, ["liv", "noor", "sem", "vader"]);
}

#[test]
fn the_handover_at_the_door_of_the_home_is_blocked_too() {
    let report = report();
    let handovers = of_kind(&report, ConflictKind::BanAgainstHandover);
    assert!(handovers.iter().any(|c| c.measures[0].as_str() == "thv" && c.severity == Severity::Blocking));
    assert!(handovers.iter().any(|c| c.measures[0].as_str() == "ban-509hh" && c.explanation.contains("basisschool")));
}

#[rstest]
#[case("moeder")]
#[case("noor")]
#[case("sem")]
#[case("liv")]
fn the_home_is_uncovered_between_the_last_day_of_the_ban_and_the_order_on_the_home(#[case] person: &str) {
    let report = report();
    let home = cover(&report, person, Need::Home);
    let gaps: Vec<_> = home
        .gaps
        .iter()
        .map(|gap| (local(&gap.from), gap.until.map(|end| local(&end)), gap.depends_on.is_empty()))
        .collect();
    assert_eq!(
        gaps,
        [
            ("2026-11-20 21:35".to_owned(), Some("2026-12-08 21:35".to_owned()), false),
            ("2026-12-08 21:35".to_owned(), Some("2026-12-18 12:00".to_owned()), true),
            ("2026-12-18 12:00".to_owned(), None, false),
        ]
    );
    assert!(home.gaps[1].explanation.contains("10 december 2026 om 10.00 uur"));
}

#[test]
fn contact_is_covered_until_the_officers_order_ends() {
    let report = report();
    let contact = cover(&report, "moeder", Need::Contact);
    assert_eq!(contact.gaps.len(), 1);
    assert_eq!(local(&contact.gaps[0].from), "2027-02-10 17:00");
}

#[rstest]
#[case("2026-11-19 23:59", "drie dagen", DeadlineStatus::Running)]
#[case("2026-11-20 21:35", "10 dagen", DeadlineStatus::Running)]
#[case("2026-12-08 21:35", "28 dagen", DeadlineStatus::Running)]
#[case("2026-10-16 23:59", "derde week", DeadlineStatus::Met)]
#[case("2026-12-11 23:59", "derde week", DeadlineStatus::Running)]
#[case("2026-12-22 23:59", "Zes weken vanaf", DeadlineStatus::Met)]
#[case("2026-12-28 23:59", "16 november 2026", DeadlineStatus::Running)]
#[case("2026-12-28 23:59", "13 november 2026", DeadlineStatus::Running)]
#[case("2027-02-10 17:00", "90 dagen", DeadlineStatus::Running)]
#[case("2027-02-19 23:59", "Drie maanden", DeadlineStatus::Running)]
fn its_deadlines_fall_where_a_clerk_would_count_them(
    #[case] at: &str,
    #[case] rule: &str,
    #[case] status: DeadlineStatus,
) {
    let report = report();
    let found = report.deadlines.iter().find(|d| local(&d.at) == at && d.rule.contains(rule));
    assert_eq!(found.map(|d| d.status), Some(status), "{at} {rule}");
}

#[test]
fn without_a_divorce_petition_to_wait_for_no_lapse_is_told() {
    assert!(!report().deadlines.iter().any(|d| d.what.contains("Verzoek tot echtscheiding")));
}

#[test]
fn the_bridge_says_which_hours_stay_open_and_what_hangs_on_a_decision() {
    let bridge = conflicts::bridge::build(&demo(), day("2026-11-19"));
    assert_eq!(bridge.imposed.as_ref().map(|id| id.as_str()), Some("thv"));
    assert_eq!(bridge.lines.len(), 8);
    let home = bridge.lines.iter().find(|l| l.person.as_str() == "moeder" && l.need == Need::Home).expect("a line");
    assert_eq!(home.state, BridgeState::Open);
    assert_eq!(home.with_plan.gaps.len(), 1);
    assert!(home.statement.contains("van 8 december 2026 om 21.35 uur tot 18 december 2026 om 12.00 uur"));
    assert!(home.statement.contains("Wat geldt van 20 november 2026 om 21.35 uur"));
    assert!(!bridge.is_closed());
}

#[test]
fn no_shielded_address_leaves_a_trace_in_the_report() {
    let (report, dossier) = (report(), demo());
    let bridge = conflicts::bridge::build(&dossier, day("2026-11-19"));
    let all = format!(
        "{}{}{}",
        serde_json::to_string(&report).expect("json"),
        conflicts::text::render(&report, &dossier),
        serde_json::to_string(&bridge).expect("json")
    );
    for secret in ["Zilverreigerpad", "9998 QX", "Reigersverborgen", "Boomvalksingel", "IJsvogelgaarde", "Roerdomp"] {
        assert!(!all.contains(secret), "{secret}");
    }
}
