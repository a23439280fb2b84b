//! Recurrence rules (RFC 5545) as this program reads them: one way for the door and for who counts, so that what is let
//! in can be counted, and counting ends in time.

use super::moment::to_local;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use rrule::{Frequency, RRule, Tz, Unvalidated, Validated};

/// Characters of a rule at most; the longest in use has some fifty.
const LONGEST: usize = 500;
/// Times on one day at most.
const MOST_A_DAY: usize = 24;

/// A rule on the Dutch wall clock; none when it cannot be read, or names more times than anyone arranges. Every second
/// for a hundred years would keep whoever counts it busy for minutes.
#[must_use]
pub fn read(rule: &str, first: NaiveDateTime) -> Option<RRule<Validated>> {
    // The library takes text apart by bytes, and panics within a sign of more than one.
    if rule.len() > LONGEST || !rule.is_ascii() {
        return None;
    }
    let rule: RRule<Unvalidated> = wall_clock_until(rule).parse().ok()?;
    let often = matches!(rule.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly);
    let on_a_day = [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()]
        .iter()
        .fold(1_usize, |times, by| times.saturating_mul(by.len().max(1)));
    if often || on_a_day > MOST_A_DAY {
        return None;
    }
    rule.validate(on_clock(first)).ok()
}

/// A time on the wall clock, as the library counts it: without a zone, so that ten o'clock stays ten o'clock.
#[must_use]
pub fn on_clock(at: NaiveDateTime) -> chrono::DateTime<Tz> {
    Tz::UTC.from_utc_datetime(&at)
}

/// The rule with UNTIL written on the Dutch wall clock (a plain date runs to the end of that day).
fn wall_clock_until(rule: &str) -> String {
    let rule = rule.strip_prefix("RRULE:").unwrap_or(rule);
    let parts = rule.split(';').map(|part| match part.split_once('=') {
        Some((key, value)) if key.eq_ignore_ascii_case("UNTIL") => {
            until_on_clock(value).map_or_else(|| part.to_owned(), |at| format!("UNTIL={}Z", at.format("%Y%m%dT%H%M%S")))
        }
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join(";")
}

fn until_on_clock(value: &str) -> Option<NaiveDateTime> {
    if let Some(utc) = value.strip_suffix(['Z', 'z']) {
        let at = NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok()?;
        return Some(to_local(&at.and_utc().fixed_offset()));
    }
    NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok().or_else(|| {
        let day = NaiveDate::parse_from_str(value, "%Y%m%d").ok()?;
        Some(day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?))
    })
}
