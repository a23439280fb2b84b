//! The law's clock: instants in Europe/Amsterdam, and Dutch ways to write them.

use chrono::{DateTime, Datelike, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeZone, Timelike};
use chrono_tz::{Europe::Amsterdam, Tz};

/// An instant as it travels in files and answers: RFC 3339 with its offset.
pub type Instant = DateTime<FixedOffset>;

/// The time zone in which Dutch statutes count days and hours.
pub const LAW_ZONE: Tz = Amsterdam;

/// Local clock time in the Netherlands as an instant.
///
/// A time skipped by the spring change moves to the first moment that exists; a time that
/// occurs twice in autumn takes the first (the earlier end of a ban is the one to plan for).
#[must_use]
pub fn from_local(local: NaiveDateTime) -> Instant {
    match LAW_ZONE.from_local_datetime(&local) {
        LocalResult::Single(at) => at.fixed_offset(),
        LocalResult::Ambiguous(first, _) => first.fixed_offset(),
        LocalResult::None => {
            let later = local + chrono::Duration::hours(1);
            LAW_ZONE
                .from_local_datetime(&later)
                .earliest()
                .map_or_else(|| LAW_ZONE.from_utc_datetime(&local).fixed_offset(), |at| at.fixed_offset())
        }
    }
}

/// Wall-clock time in the Netherlands of an instant.
#[must_use]
pub fn to_local(at: &Instant) -> NaiveDateTime {
    at.with_timezone(&LAW_ZONE).naive_local()
}

/// The same instant written with the Dutch offset of that day.
#[must_use]
pub fn in_law_zone(at: &Instant) -> Instant {
    let local = at.with_timezone(&LAW_ZONE);
    at.with_timezone(&local.offset().fix())
}

/// Calendar day in the Netherlands on which an instant falls.
#[must_use]
pub fn local_date(at: &Instant) -> NaiveDate {
    to_local(at).date()
}

/// Midnight at the start of a Dutch calendar day.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> Instant {
    from_local(day.and_time(chrono::NaiveTime::MIN))
}

/// The same clock time a number of calendar days later (a term in days "to the hour").
#[must_use]
pub fn plus_local_days(at: &Instant, days: u64) -> Instant {
    let local = to_local(at);
    from_local(local.checked_add_days(chrono::Days::new(days)).unwrap_or(local))
}

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];

/// "3 november 2026".
#[must_use]
pub fn dutch_date(day: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// "dinsdag 3 november 2026".
#[must_use]
pub fn dutch_weekday_date(day: NaiveDate) -> String {
    let weekday = WEEKDAYS.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    format!("{weekday} {}", dutch_date(day))
}

/// A moment in words; what has no hour in the file, and so begins with the day, is told as that day.
#[must_use]
pub fn told_moment(at: &Instant) -> String {
    let day = local_date(at);
    if *at == start_of_day(day) { dutch_date(day) } else { dutch_moment(at) }
}

/// "3 november 2026 om 09.17 uur".
#[must_use]
pub fn dutch_moment(at: &Instant) -> String {
    let local = to_local(at);
    format!("{} om {:02}.{:02} uur", dutch_date(local.date()), local.hour(), local.minute())
}
