//! A recurring time in Dutch words.

use crate::dossier::model::Schedule;
use crate::shared::moment::{dutch_date, dutch_weekday_date};
use chrono::{Duration, Timelike};

/// The parts of a recurring time.
pub(in crate::drafting) struct Told {
    /// How it recurs; `None` when it is once, or when the rule has no short Dutch form.
    pub recurrence: Option<String>,
    /// Whether it is once.
    pub once: bool,
    /// The clock times.
    pub times: String,
    /// Day of the first time.
    pub first: String,
    /// Days on which it falls away; empty when there are none.
    pub except: String,
}

/// A recurring time, taken apart.
pub(in crate::drafting) fn told(schedule: &Schedule) -> Told {
    let end = schedule.first + Duration::minutes(i64::from(schedule.minutes));
    let clock = |at: chrono::NaiveDateTime| format!("{:02}.{:02}", at.hour(), at.minute());
    let times = if end.date() == schedule.first.date() {
        format!("van {} tot {} uur", clock(schedule.first), clock(end))
    } else if schedule.rrule.is_some() && end - schedule.first < Duration::days(7) {
        // It comes back: the day of the week tells, and the date of the first end would be taken for the last day.
        let day = dutch_weekday_date(end.date());
        let day = day.split(' ').next().unwrap_or_default();
        format!("van {} uur tot {day} {} uur", clock(schedule.first), clock(end))
    } else {
        format!("van {} uur tot {} om {} uur", clock(schedule.first), dutch_weekday_date(end.date()), clock(end))
    };
    let except: Vec<String> = schedule.except.iter().map(|at| dutch_date(at.date())).collect();
    Told {
        recurrence: schedule.rrule.as_deref().and_then(plain_recurrence),
        once: schedule.rrule.is_none(),
        times,
        first: dutch_weekday_date(schedule.first.date()),
        except: crate::drafting::words::list(&except),
    }
}

/// "om de twee weken op zaterdag van 10.00 tot 11.30 uur, voor het eerst op zaterdag 13 februari 2027". A rule
/// that has no short Dutch form is quoted as it stands.
pub(super) fn in_words(schedule: &Schedule) -> String {
    let Told { times, first, except, .. } = told(schedule);
    let except = if except.is_empty() { except } else { format!(", niet op {except}") };
    match schedule.rrule.as_deref() {
        None => format!("eenmaal, op {first} {times}{except}"),
        Some(rule) => format!("{} {times}, voor het eerst op {first}{except}", recurrence(rule)),
    }
}

/// The recurrence of RFC 5545 in words; a rule that has no short Dutch form is quoted as it stands.
pub(crate) fn recurrence(rule: &str) -> String {
    plain_recurrence(rule).unwrap_or_else(|| format!("volgens de herhaalregel {rule}"))
}

/// The recurrence of RFC 5545 in words; `None` when a rule has no short Dutch form.
fn plain_recurrence(rule: &str) -> Option<String> {
    let part = |name: &str| {
        rule.split(';').find_map(|item| item.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    };
    let known = ["FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL", "WKST"];
    let simple = rule.split(';').all(|item| item.split_once('=').is_some_and(|(key, _)| known.contains(&key)));
    let days: Option<Vec<String>> =
        part("BYDAY").unwrap_or_default().split(',').filter(|day| !day.is_empty()).map(weekday).collect();
    let (Some(frequency), Some(days), true) = (part("FREQ"), days, simple) else {
        return None;
    };
    let interval = part("INTERVAL").unwrap_or("1");
    let every = match (frequency, interval) {
        ("DAILY", "1") => "elke dag".to_owned(),
        ("WEEKLY", "1") => "elke week".to_owned(),
        ("WEEKLY", "2") => "om de twee weken".to_owned(),
        ("MONTHLY", "1") => "elke maand".to_owned(),
        ("DAILY", count) => format!("eens per {count} dagen"),
        ("WEEKLY", count) => format!("eens per {count} weken"),
        ("MONTHLY", count) => format!("eens per {count} maanden"),
        _ => return None,
    };
    let on = if days.is_empty() { String::new() } else { format!(" op {}", crate::drafting::words::list(&days)) };
    let count = part("COUNT").map(|count| format!(", {count} keer")).unwrap_or_default();
    let until = part("UNTIL").and_then(until_words).map(|day| format!(", tot en met {day}")).unwrap_or_default();
    Some(format!("{every}{on}{count}{until}"))
}

fn until_words(until: &str) -> Option<String> {
    let day = chrono::NaiveDate::parse_from_str(until.get(..8)?, "%Y%m%d").ok()?;
    Some(dutch_date(day))
}

fn weekday(code: &str) -> Option<String> {
    let name = match code {
        "MO" => "maandag",
        "TU" => "dinsdag",
        "WE" => "woensdag",
        "TH" => "donderdag",
        "FR" => "vrijdag",
        "SA" => "zaterdag",
        "SU" => "zondag",
        _ => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(rrule: Option<&str>) -> Schedule {
        Schedule {
            first: chrono::NaiveDate::from_ymd_opt(2027, 2, 13).unwrap().and_hms_opt(10, 0, 0).unwrap(),
            minutes: 90,
            rrule: rrule.map(str::to_owned),
            except: Vec::new(),
            handover: None,
        }
    }

    #[test]
    fn recurrences_read_as_dutch() {
        for (rule, words) in [
            (
                Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
                "om de twee weken op zaterdag van 10.00 tot 11.30 uur, voor het eerst op zaterdag 13 februari 2027",
            ),
            (
                Some("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=4"),
                "elke week op zaterdag en zondag, 4 keer van 10.00 tot 11.30 uur, voor het eerst op zaterdag 13 februari 2027",
            ),
            (
                Some("FREQ=MONTHLY;BYSETPOS=1"),
                "volgens de herhaalregel FREQ=MONTHLY;BYSETPOS=1 van 10.00 tot 11.30 uur, voor het eerst op zaterdag 13 februari 2027",
            ),
            (None, "eenmaal, op zaterdag 13 februari 2027 van 10.00 tot 11.30 uur"),
        ] {
            assert_eq!(in_words(&schedule(rule)), words);
        }
        let weekend = Schedule { minutes: 49 * 60, ..schedule(Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA")) };
        assert_eq!(
            in_words(&weekend),
            "om de twee weken op zaterdag van 10.00 uur tot maandag 11.00 uur, voor het eerst op zaterdag 13 februari 2027"
        );
    }
}
