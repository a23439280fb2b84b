//! Expanding recurring times (RFC 5545) in Dutch local time, bounded.
//!
//! The rule is expanded on the wall clock and each time is then placed in Europe/Amsterdam, so
//! that "Saturday at ten" stays at ten across the change of summer time.

use crate::dossier::model::Schedule;
use crate::shared::moment::{Instant, from_local, to_local};
use crate::shared::recurrence::{self, on_clock};
use chrono::{Duration, NaiveDateTime};
use rrule::RRuleSet;

/// Times counted at most in one expansion.
pub(super) const MOST: usize = 400;

/// The times of a schedule within a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    /// Begin and end of each, in order.
    pub list: Vec<(Instant, Instant)>,
    /// Counting stopped at the bound.
    pub more: bool,
    /// The recurrence rule cannot be read; only the first time is known.
    pub unreadable: bool,
}

/// Times that touch the window from `from` until `until`.
pub(super) fn times(schedule: &Schedule, from: &Instant, until: &Instant) -> Times {
    let length = Duration::minutes(i64::from(schedule.minutes));
    let (start, end) = (to_local(from), to_local(until));
    let mut result = Times::default();
    let begins = match schedule.rrule.as_deref().map(str::trim).filter(|rule| !rule.is_empty()) {
        None => vec![schedule.first],
        Some(rule) => match expand(schedule.first, rule, start - length, end) {
            Some((begins, more)) => {
                result.more = more;
                begins
            }
            None => {
                result.unreadable = true;
                vec![schedule.first]
            }
        },
    };
    for begin in begins {
        if schedule.except.contains(&begin) {
            continue;
        }
        let span = (from_local(begin), from_local(begin + length));
        if span.0 < *until && (span.1 > *from || span.0 == *from) {
            result.list.push(span);
        }
    }
    result
}

fn expand(
    first: NaiveDateTime,
    rule: &str,
    from: NaiveDateTime,
    until: NaiveDateTime,
) -> Option<(Vec<NaiveDateTime>, bool)> {
    let rule = recurrence::read(rule, first)?;
    let set = RRuleSet::new(on_clock(first)).rrule(rule).after(on_clock(from)).before(on_clock(until));
    let limit = u16::try_from(MOST).unwrap_or(u16::MAX);
    let found = set.all(limit);
    Some((found.dates.iter().map(chrono::DateTime::naive_utc).collect(), found.limited))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::moment::start_of_day;

    fn schedule(first: &str, minutes: u32, rrule: Option<&str>) -> Schedule {
        Schedule {
            first: first.parse().unwrap(),
            minutes,
            rrule: rrule.map(str::to_owned),
            except: Vec::new(),
            handover: None,
        }
    }

    fn window(from: &str, until: &str) -> (Instant, Instant) {
        (start_of_day(from.parse().unwrap()), start_of_day(until.parse().unwrap()))
    }

    fn begins(schedule: &Schedule, from: &str, until: &str) -> Vec<String> {
        let (from, until) = window(from, until);
        times(schedule, &from, &until).list.iter().map(|(at, _)| at.to_rfc3339()).collect()
    }

    #[test]
    fn a_weekly_time_keeps_its_clock_time_across_both_changes_of_summer_time() {
        let weekly = schedule("2026-03-21T10:00:00", 120, Some("FREQ=WEEKLY"));
        assert_eq!(
            begins(&weekly, "2026-03-21", "2026-04-05"),
            ["2026-03-21T10:00:00+01:00", "2026-03-28T10:00:00+01:00", "2026-04-04T10:00:00+02:00"]
        );
        assert_eq!(
            begins(&weekly, "2026-10-24", "2026-11-01"),
            ["2026-10-24T10:00:00+02:00", "2026-10-31T10:00:00+01:00"]
        );
    }

    #[test]
    fn a_time_in_the_skipped_hour_moves_to_the_first_that_exists() {
        let daily = schedule("2026-03-28T02:30:00", 30, Some("FREQ=DAILY;COUNT=3"));
        assert_eq!(
            begins(&daily, "2026-03-28", "2026-03-31"),
            ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]
        );
    }

    #[test]
    fn until_counts_on_the_dutch_clock_in_each_of_its_notations() {
        for until in ["20260411", "20260411T235959", "20260411T080000Z"] {
            let weekly = schedule("2026-04-04T10:00:00", 60, Some(&format!("FREQ=WEEKLY;UNTIL={until}")));
            assert_eq!(begins(&weekly, "2026-04-01", "2026-05-01").len(), 2, "{until}");
        }
    }

    #[test]
    fn exceptions_are_left_out_and_a_single_time_needs_no_rule() {
        let mut weekly = schedule("2026-11-07T10:00:00", 60, Some("FREQ=WEEKLY"));
        weekly.except.push("2026-11-14T10:00:00".parse().unwrap());
        assert_eq!(begins(&weekly, "2026-11-01", "2026-11-22").len(), 2);
        assert_eq!(begins(&schedule("2026-11-07T10:00:00", 60, None), "2026-11-01", "2026-11-22").len(), 1);
    }

    #[test]
    fn a_time_that_began_before_the_window_and_runs_into_it_counts() {
        let weekend = schedule("2026-11-06T18:00:00", 2 * 24 * 60, Some("FREQ=WEEKLY"));
        assert_eq!(begins(&weekend, "2026-11-08", "2026-11-09").len(), 1);
    }

    const HOURLY: &str =
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0;BYSECOND=0";

    #[test]
    fn an_endless_rule_stops_at_the_bound_and_says_so() {
        let hourly = schedule("2000-01-01T00:00:00", 10, Some(HOURLY));
        let (from, until) = window("2000-01-01", "2001-01-01");
        let found = times(&hourly, &from, &until);
        assert_eq!(found.list.len(), MOST);
        assert!(found.more);
    }

    #[test]
    fn a_rule_that_cannot_be_read_leaves_only_the_first_time_and_says_so() {
        let broken = schedule("2026-11-07T10:00:00", 60, Some("FREQ=SOMETIMES"));
        let (from, until) = window("2026-11-01", "2026-12-01");
        let found = times(&broken, &from, &until);
        assert_eq!((found.list.len(), found.unreadable), (1, true));
    }
}
