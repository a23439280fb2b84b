//! What is decided, per kind of document, as data for its template. Only choices of the plan and
//! what the law derives from them; what the plan leaves open stays null and prints as a blank.

mod around_ban;
mod axis;
mod basis;
mod bridge;
mod gezag;
mod hearing;
mod huisverbod;
mod intervention;
mod intervention_order;
mod omgang;
mod order_change;
mod related;
mod schedule;
mod sheet;
mod voogdij;

pub(super) use bridge::bridge;
pub(super) use gezag::{gezag, holders, is_gi, lapse_of};
pub(super) use hearing::hearing;
pub(super) use huisverbod::{
    annulled_on, divorce_runs, extended, extension, extension_decided, home_in, imposed_in, last_end, provisional,
    review,
};
pub(super) use intervention::{demand_in, intervention, names_a_course};
pub(super) use intervention_order::running_order;
pub(super) use omgang::{is_lasting, omgang};
pub(super) use related::{asks_beside_contact, informants, is_provisional, is_silent, left_open};
pub(crate) use schedule::recurrence;
pub(super) use schedule::told;
pub(super) use sheet::{STEPS, sheet};
pub(super) use voogdij::{only_institution, running as running_voogdij};

use super::markup::Figures;
use super::view::Scene;
use super::words;
use crate::documents::model::Block;
use crate::dossier::model::Deviation;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Whether the decision leaves something open, so that not all else is refused.
pub(super) fn holds_back(own: &Value) -> bool {
    let rows = |list: &str| own.get(list).and_then(Value::as_array).into_iter().flatten();
    let flag = |row: &Value, name: &str| row.get(name).and_then(Value::as_bool).unwrap_or_default();
    let named = |row: &Value, name: &str| row.get(name).is_some_and(Value::is_string);
    let settled = |row: &Value| flag(row, "niet_ontvankelijk") || named(row, "primair") || named(row, "elders");
    rows("overig").any(|row| !settled(row)) || rows("kinderen").any(|row| flag(row, "vervolg"))
}

/// Whether a point of the decision on another request needs a reason of its own; what was asked only in case that
/// another is not granted, or is decided in another paper, has its reason there.
pub(super) fn asks_reasons(own: &Value) -> bool {
    let rows = |list: &str| own.get(list).and_then(Value::as_array).into_iter().flatten();
    let elsewhere = own.get("elders_beslist").and_then(Value::as_bool).unwrap_or_default();
    let told = |row: &&Value| ["primair", "elders"].iter().any(|name| row.get(name).is_some_and(Value::is_string));
    let mut beside = rows("overig").filter(|row| !told(row));
    rows("niet_gevolgd").next().is_some() || (!elsewhere && beside.next().is_some())
}

/// One document's own part: title, day, and data under "besluit".
pub(super) struct Decision {
    /// Title of the document.
    pub title: String,
    /// Day of the document, when planned.
    pub dated: Option<NaiveDate>,
    /// Author, when it is not the authority of the matter.
    pub author: Option<String>,
    /// Data for the template.
    pub data: Value,
}

/// The drawings that a document may ask for by name.
pub(super) fn figures(scene: &Scene<'_>, document: &str) -> Figures {
    let axis = match document {
        "zittingsblad" => sheet::axis(scene),
        "zittingsmap" => axis::dated(scene, &axis::EVERYTHING),
        _ => return Figures::new(),
    };
    Figures::from([("tijdas", Block::Timeline(scene.in_short(axis.timeline)))])
}

/// What is charged in the criminal matter of the scene, or in those of its domain.
fn charges(scene: &Scene<'_>) -> Value {
    let own = scene.file.matters.iter().filter(|matter| scene.is_own(&matter.id));
    let offences = own.filter_map(|matter| matter.criminal.as_ref()).flat_map(|case| &case.offences);
    offences.map(|offence| intervention_order::offence(scene, offence)).collect()
}

/// Yes, no, or not chosen.
fn choice(value: Option<bool>) -> Value {
    json!({ "bekend": value.is_some(), "ja": value == Some(true) })
}

/// Deviations as they stand in the document.
fn deviations(list: &[Deviation]) -> Value {
    list.iter()
        .map(|item| {
            let rule = super::checks::limit_words(&item.rule);
            json!({ "regel": rule.unwrap_or_else(|| item.rule.clone()), "reden": item.reason, "door": item.by })
        })
        .collect()
}

/// One object with the fields of both.
fn with(mut base: Value, own: Value) -> Value {
    if let (Value::Object(base), Value::Object(own)) = (&mut base, own) {
        base.extend(own);
    }
    base
}

fn number(value: Option<u32>) -> Value {
    value.map_or(Value::Null, |value| json!(value.to_string()))
}

fn months_after(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.checked_add_months(chrono::Months::new(months))
}

fn date(day: Option<NaiveDate>) -> Value {
    words::day(day)
}
