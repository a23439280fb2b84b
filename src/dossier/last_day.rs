//! The last day that a dossier knows: an old case is told as it stood then, and not against the day of today.

use super::model::Dossier;
use chrono::NaiveDate;
use serde_json::Value;

/// Parts of which the days say nothing about how far the file goes: somebody's birth, and what is only intended.
const ELSEWHERE: [&str; 2] = ["born", "plans"];

/// Days that a case lies still before it counts as an old one.
const STILL: u64 = 365;

/// The day against which a case is told when nobody names one: today, or the last day that the file knows when that is
/// more than a year ago.
#[must_use]
pub fn day_to_tell(dossier: &Dossier, today: NaiveDate) -> NaiveDate {
    let mut last = None;
    if let Ok(value) = serde_json::to_value(dossier) {
        look(&value, today, &mut last);
    }
    let still = today.checked_sub_days(chrono::Days::new(STILL));
    last.filter(|last| still.is_some_and(|still| *last < still)).unwrap_or(today)
}

fn look(value: &Value, today: NaiveDate, last: &mut Option<NaiveDate>) {
    match value {
        Value::String(text) => {
            let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()).filter(|day| *day <= today);
            *last = day.max(*last);
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, today, last)),
        Value::Object(fields) => {
            let told = fields.iter().filter(|(name, _)| !ELSEWHERE.contains(&name.as_str()));
            told.for_each(|(_, field)| look(field, today, last));
        }
        _ => {}
    }
}
