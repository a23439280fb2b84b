//! Recurrence rules: counting ends in time and at its bound, in order and within the window; what intake accepts can be
//! counted, and what cannot be counted was refused at the door.

use super::in_time;
use chrono::{Days, Duration, NaiveDate, Timelike};
use combizitting::conflicts::fuzz_support::{MOST, times};
use combizitting::dossier::model::{Dossier, Schedule};
use combizitting::intake;
use combizitting::shared::moment::{start_of_day, to_local};
use std::sync::LazyLock;

/// Bytes before the rule: day, hour and minute, length, begin and length of the window.
const HEAD: usize = 8;

const RULES: [&str; 22] = [
    "FREQ=WEEKLY;BYDAY=SA",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SA;WKST=MO",
    "FREQ=DAILY;COUNT=5",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
    "FREQ=YEARLY;BYYEARDAY=-366",
    "FREQ=HOURLY;BYHOUR=1,2,3",
    "FREQ=MINUTELY;INTERVAL=7",
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;BYHOUR=25",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=WEEKLY;UNTIL=20260411T080000Z",
    "FREQ=WEEKLY;UNTIL=20260411",
    "FREQ=WEEKLY;UNTIL=99999999",
    "RRULE:FREQ=DAILY;INTERVAL=65535",
    "FREQ=DAILY;COUNT=0;INTERVAL=0",
    "freq=weekly;byday=sa",
    "FREQ=YEARLY;BYEASTER=-2",
];

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| {
    let file = serde_json::json!({"format": "1", "reference": "proef", "persons": [
            {"id": "a", "name": "de ene ouder", "family_role": "parent"},
            {"id": "k", "name": "het kind", "family_role": "child"}],
        "matters": [{"id": "fam", "domain": "family", "kind": "divorce", "state": "pending", "numbers": [],
            "authority": {"name": "de rechtbank"}}],
        "measures": [{"id": "omgang", "instrument": "omgangsregeling", "matter": "fam", "state": "in_force",
            "starts": "2026-01-01T00:00:00+01:00", "restrained": ["a"], "protected": ["k"],
            "rules": [{"effect": "permits", "conduct": "contact",
                "schedule": {"first": "2026-01-03T10:00:00", "minutes": 60}}]}]});
    intake::read(file.to_string().as_bytes()).expect("a dossier")
});

/// Rules as they are written, and rules that never come or never end.
pub fn seeds() -> Vec<Vec<u8>> {
    let heads: [[u8; HEAD]; 3] = [[10, 0, 10, 60, 0, 0, 1, 0], [120, 88, 149, 255, 120, 88, 255, 1], [0; HEAD]];
    heads.iter().flat_map(|head| RULES.map(|rule| [head.as_slice(), rule.as_bytes()].concat())).collect()
}

/// What holds for every rule.
pub fn check(bytes: &[u8]) {
    let Some((head, rule)) = bytes.split_first_chunk::<HEAD>() else { return };
    let Ok(rule) = std::str::from_utf8(rule) else { return };
    let [day_high, day_low, clock, length, from_high, from_low, window, except] = *head;
    let start = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");
    let day = |high, low| start + Days::new(u64::from(u16::from_be_bytes([high, low])) * 3);
    let midnight = day(day_high, day_low).and_hms_opt(0, 0, 0).expect("midnight");
    let first = midnight + Duration::minutes(i64::from(clock) * 5);
    let minutes = if length == 255 { u32::MAX } else { u32::from(length) * 30 };
    let left_out = if except > 0 { vec![first + Duration::days(i64::from(except))] } else { Vec::new() };
    let schedule = Schedule { first, minutes, rrule: Some(rule.to_owned()), except: left_out, handover: None };
    let from_day = day(from_high, from_low);
    let (from, until) = (start_of_day(from_day), start_of_day(from_day + Days::new(u64::from(window) * 2)));

    let counted = in_time(|| times(&schedule, &from, &until));
    assert!(counted.list.len() <= MOST, "{} times", counted.list.len());
    assert!(!counted.unreadable || counted.list.len() <= 1, "an unreadable rule has times");
    assert!(counted.list.windows(2).all(|pair| pair[0].0 <= pair[1].0), "not in order");
    for (begin, end) in &counted.list {
        assert!(*begin < until && (*end > from || *begin == from), "{begin} to {end} lies outside the window");
        // At night the clock may skip or repeat an hour, and two times on it are one.
        let at = to_local(begin);
        assert!(at.hour() < 4 || !schedule.except.contains(&at), "{begin} was left out");
    }
    if accepted(&schedule) {
        assert!(!counted.unreadable, "intake accepts {rule:?}, and counting cannot read it");
    }
}

fn accepted(schedule: &Schedule) -> bool {
    let mut dossier = DOSSIER.clone();
    dossier.measures[0].rules[0].schedule = Some(schedule.clone());
    in_time(|| intake::check(&dossier)).is_empty()
}
