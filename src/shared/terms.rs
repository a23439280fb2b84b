//! Statutory terms: the Algemene termijnenwet (ATW), its holidays, and terms in months.
//!
//! The ATW prolongs a term in which something must be *done*. It never prolongs a measure:
//! a huisverbod may end on a Sunday (art. 13 Wth; published bans did). Days that a royal decree
//! equates with a holiday (art. 3 lid 3 ATW) are not known here; without them a term ends too
//! early rather than too late.

use super::moment::{Instant, from_local};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};

/// Length of a statutory term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermLength {
    /// Hours; the ATW does not apply (art. 4 onder a).
    Hours(u32),
    /// Calendar days.
    Days(u32),
    /// Weeks of seven days.
    Weeks(u32),
    /// Months; ends on the same day of the month, or on its last day when that is earlier.
    Months(u32),
    /// Years; the ATW does not apply.
    Years(u32),
}

/// Whether the ATW prolongs a term of this length (art. 4 onder a ATW: not for hours, more than
/// 90 days, more than twelve weeks, more than three months, or years).
#[must_use]
pub fn atw_applies(length: TermLength) -> bool {
    match length {
        TermLength::Hours(_) | TermLength::Years(_) => false,
        TermLength::Days(days) => days <= 90,
        TermLength::Weeks(weeks) => weeks <= 12,
        TermLength::Months(months) => months <= 3,
    }
}

/// The holidays of art. 3 ATW in one year, in order, with Goede Vrijdag (lid 2).
///
/// Outside the years 1583-9999, for which Easter is defined, only the fixed days are returned.
#[must_use]
pub fn holidays(year: i32) -> Vec<NaiveDate> {
    let fixed = [(1, 1), (5, 5), (12, 25), (12, 26)];
    let mut days: Vec<NaiveDate> =
        fixed.iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, *month, *day)).collect();
    days.extend(kings_birthday(year));
    if let Some(easter) = easter_sunday(year) {
        // Goede Vrijdag, tweede Paasdag, Hemelvaartsdag, tweede Pinksterdag.
        days.extend([-2_i64, 1, 39, 50].iter().map(|offset| easter + chrono::Duration::days(*offset)));
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// Easter Sunday; itself a Sunday and therefore not named by the ATW.
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let date = computus::gregorian(year).ok()?;
    NaiveDate::from_ymd_opt(date.year, date.month, date.day)
}

/// The day on which the birthday of the King is celebrated: 27 April, or the 26th when that is a
/// Sunday. Until 2013: 30 April, or the 29th (before 1980: 1 May) when that was a Sunday.
#[must_use]
pub fn kings_birthday(year: i32) -> Option<NaiveDate> {
    let usual = NaiveDate::from_ymd_opt(year, 4, if year >= 2014 { 27 } else { 30 })?;
    match (usual.weekday() == Weekday::Sun, year >= 1980) {
        (true, true) => usual.pred_opt(),
        (true, false) => usual.succ_opt(),
        (false, _) => Some(usual),
    }
}

/// Whether a day is a Saturday, a Sunday or a holiday in the sense of the ATW.
#[must_use]
pub fn is_free_day(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || holidays(day.year()).contains(&day)
}

/// The day itself when it is a working day, otherwise the first working day after it.
#[must_use]
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    let mut at = day;
    while is_free_day(at) {
        match at.succ_opt() {
            Some(next) => at = next,
            None => return at,
        }
    }
    at
}

/// The last working day before a day, for alarms on terms that nothing prolongs.
#[must_use]
pub fn last_working_day_before(day: NaiveDate) -> NaiveDate {
    let mut at = day.pred_opt().unwrap_or(day);
    while is_free_day(at) {
        match at.pred_opt() {
            Some(previous) => at = previous,
            None => return at,
        }
    }
    at
}

/// A term in months: the same-numbered day, or the last day of a shorter month
/// (29 February gives 29 May, 31 January plus one month the last of February).
#[must_use]
pub fn plus_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

/// Last day of a term, before the ATW is applied. The day it starts from does not count.
#[must_use]
pub fn plain_end(start: NaiveDate, length: TermLength) -> NaiveDate {
    let plus_days = |days: u64| start.checked_add_days(Days::new(days)).unwrap_or(start);
    match length {
        TermLength::Hours(hours) => plus_days(u64::from(hours.div_ceil(24))),
        TermLength::Days(days) => plus_days(u64::from(days)),
        TermLength::Weeks(weeks) => plus_days(u64::from(weeks) * 7),
        TermLength::Months(months) => plus_months(start, months),
        TermLength::Years(years) => plus_months(start, years.saturating_mul(12)),
    }
}

/// Last day of a statutory term under the ATW: run on when it ends on a free day (art. 1), and
/// with two working days in every term of three days or more (art. 2).
#[must_use]
pub fn statutory_end(start: NaiveDate, length: TermLength) -> NaiveDate {
    let plain = plain_end(start, length);
    if !atw_applies(length) {
        return plain;
    }
    let long_enough = !matches!(length, TermLength::Days(days) if days < 3);
    let mut end = working_day_from(plain);
    // Only short terms can hold fewer than two working days.
    if long_enough && (plain - start).num_days() < 14 {
        while working_days_between(start, end) < 2 {
            match end.succ_opt() {
                Some(next) => end = working_day_from(next),
                None => return end,
            }
        }
    }
    end
}

/// Working days after `start`, up to and including `end`.
fn working_days_between(start: NaiveDate, end: NaiveDate) -> usize {
    start.iter_days().skip(1).take_while(|day| *day <= end).filter(|day| !is_free_day(*day)).count()
}

/// The last minute of a day (23.59 Dutch time): the moment at which a term in days ends.
#[must_use]
pub fn end_of_day(day: NaiveDate) -> Instant {
    from_local(day.and_time(NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2026-01-01")]
    #[case("2026-04-03")]
    #[case("2026-04-06")]
    #[case("2026-04-27")]
    #[case("2026-05-05")]
    #[case("2026-05-14")]
    #[case("2026-05-25")]
    #[case("2026-12-25")]
    #[case("2026-12-26")]
    fn holidays_of_2026_are_those_of_article_3(#[case] text: &str) {
        assert!(holidays(2026).contains(&day(text)));
        assert_eq!(holidays(2026).len(), 9);
    }

    #[rstest]
    #[case(2014, "2014-04-26")]
    #[case(2025, "2025-04-26")]
    #[case(2031, "2031-04-26")]
    #[case(2026, "2026-04-27")]
    #[case(2013, "2013-04-30")]
    #[case(2006, "2006-04-29")]
    #[case(1972, "1972-05-01")]
    fn kings_birthday_moves_away_from_sunday(#[case] year: i32, #[case] expected: &str) {
        assert_eq!(kings_birthday(year), Some(day(expected)));
    }

    #[test]
    fn easter_based_holidays_fall_on_their_weekday_from_1991_to_2040() {
        for year in 1991..=2040 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sun);
            assert!(easter >= NaiveDate::from_ymd_opt(year, 3, 22).unwrap());
            assert!(easter <= NaiveDate::from_ymd_opt(year, 4, 25).unwrap());
            let all = holidays(year);
            for (offset, weekday) in [(-2, Weekday::Fri), (1, Weekday::Mon), (39, Weekday::Thu), (50, Weekday::Mon)] {
                let holiday = easter + chrono::Duration::days(offset);
                assert_eq!(holiday.weekday(), weekday, "{year}");
                assert!(all.contains(&holiday), "{year}");
                assert!(is_free_day(holiday), "{year}");
            }
            assert!(all.len() >= 8 && all.len() <= 9, "{year}");
        }
    }

    #[rstest]
    // Known dates of Easter.
    #[case(1991, "1991-03-31")]
    #[case(2000, "2000-04-23")]
    #[case(2008, "2008-03-23")]
    #[case(2011, "2011-04-24")]
    #[case(2019, "2019-04-21")]
    #[case(2024, "2024-03-31")]
    #[case(2026, "2026-04-05")]
    #[case(2038, "2038-04-25")]
    #[case(2040, "2040-04-01")]
    fn easter_falls_on_its_known_date(#[case] year: i32, #[case] expected: &str) {
        assert_eq!(easter_sunday(year), Some(day(expected)));
    }

    #[rstest]
    #[case(TermLength::Hours(24), false)]
    #[case(TermLength::Days(90), true)]
    #[case(TermLength::Days(91), false)]
    #[case(TermLength::Weeks(12), true)]
    #[case(TermLength::Weeks(13), false)]
    #[case(TermLength::Months(3), true)]
    #[case(TermLength::Months(4), false)]
    #[case(TermLength::Years(1), false)]
    fn the_act_stops_at_the_limits_of_article_4(#[case] length: TermLength, #[case] applies: bool) {
        assert_eq!(atw_applies(length), applies);
    }

    #[rstest]
    // Ends on Sunday 29 May 2016, runs on to Monday 30 May.
    #[case("2016-02-29", TermLength::Months(3), "2016-05-30")]
    #[case("2017-04-30", TermLength::Months(3), "2017-07-31")]
    #[case("2026-01-31", TermLength::Months(1), "2026-03-02")]
    // Good Friday and Easter Monday in between.
    #[case("2026-03-20", TermLength::Days(14), "2026-04-07")]
    // Christmas: ends 25 December 2026 (Friday), runs on to Monday 28 December.
    #[case("2026-11-13", TermLength::Weeks(6), "2026-12-28")]
    // Three days after Thursday before Easter must hold two working days.
    #[case("2026-04-02", TermLength::Days(3), "2026-04-08")]
    // Three days from Friday: Saturday, Sunday, Monday hold one working day; Tuesday is added.
    #[case("2026-11-13", TermLength::Days(3), "2026-11-17")]
    // Two days are not stretched by article 2, only by article 1.
    #[case("2026-11-13", TermLength::Days(2), "2026-11-16")]
    // A year is never prolonged (22 November 2026 is a Sunday).
    #[case("2025-11-22", TermLength::Years(1), "2026-11-22")]
    // More than twelve weeks is never prolonged: 13 weeks after Sunday is a Sunday.
    #[case("2026-11-22", TermLength::Weeks(13), "2027-02-21")]
    fn terms_end_where_the_act_says(#[case] start: &str, #[case] length: TermLength, #[case] end: &str) {
        assert_eq!(statutory_end(day(start), length), day(end));
    }

    #[rstest]
    #[case("2026-01-31", 1, "2026-02-28")]
    #[case("2028-01-31", 1, "2028-02-29")]
    #[case("2016-02-29", 3, "2016-05-29")]
    #[case("2017-04-30", 3, "2017-07-30")]
    #[case("2026-11-30", 3, "2027-02-28")]
    #[case("2016-05-17", 3, "2016-08-17")]
    fn month_terms_end_on_the_same_day_or_the_last(#[case] start: &str, #[case] months: u32, #[case] end: &str) {
        assert_eq!(plus_months(day(start), months), day(end));
    }

    #[rstest]
    #[case("2026-11-23", "2026-11-20")]
    #[case("2026-04-07", "2026-04-02")]
    #[case("2026-12-28", "2026-12-24")]
    fn the_alarm_falls_on_the_last_working_day_before(#[case] lapse: &str, #[case] alarm: &str) {
        assert_eq!(last_working_day_before(day(lapse)), day(alarm));
    }

    #[test]
    fn a_year_without_easter_table_still_has_its_fixed_days() {
        assert_eq!(easter_sunday(1500), None);
        assert!(!holidays(1500).is_empty());
    }
}
