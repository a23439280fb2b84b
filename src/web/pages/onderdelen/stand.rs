//! What is missing in an item: the fields that the words mark as needed and that are empty or unknown.

use crate::dossier::model::Dossier;
use crate::shared::moment::dutch_date;
use crate::web::forms::shape::{Field, Shape};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A field that misses something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Missing {
    /// Place in the form of the item, which is the id of the field.
    pub place: String,
    /// "Waar het staat (Wie erover verklaart, nummer 2)".
    pub what: String,
    /// The name of the field alone.
    #[serde(skip)]
    pub name: String,
}

/// The fields of an item that miss something, in the order of the form.
pub(super) fn missing(fields: &[Field], item: &Value) -> Vec<Missing> {
    let mut found = Vec::new();
    within(fields, item, "", "", &mut found);
    found
}

fn within(fields: &[Field], item: &Value, at: &str, of: &str, found: &mut Vec<Missing>) {
    for field in fields {
        let value = item.get(&field.name).unwrap_or(&Value::Null);
        let place = if at.is_empty() { field.name.clone() } else { format!("{at}/{}", field.name) };
        if field.words.nodig && is_open(value) && !is_spared(field, item) {
            let name = field.words.naam.clone();
            let what = if of.is_empty() { name.clone() } else { format!("{name} ({of})") };
            found.push(Missing { place, what, name });
            continue;
        }
        match (&field.shape, value) {
            (Shape::Group(inner), Value::Object(_)) => within(inner, value, &place, of, found),
            (Shape::Many(inner), Value::Array(items)) => {
                let Shape::Group(inner) = &**inner else { continue };
                for (number, item) in items.iter().enumerate() {
                    let one = format!("{}, nummer {}", field.words.naam.to_lowercase(), number.saturating_add(1));
                    within(inner, item, &format!("{place}/{number}"), &one, found);
                }
            }
            _ => {}
        }
    }
}

/// Whether an item of this kind does without the field: a protective fact is done against nobody.
fn is_spared(field: &Field, item: &Value) -> bool {
    let kind = item.get("kind").and_then(Value::as_str);
    kind.is_some_and(|kind| field.words.niet_bij.iter().any(|spared| spared == kind))
}

/// Empty, or said to be unknown; all of it, when it has parts.
fn is_open(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty() || text == "unknown",
        Value::Object(fields) => match fields.get("precision") {
            Some(precision) => precision == "unknown",
            None => fields.values().all(is_open),
        },
        _ => false,
    }
}

/// Documents that something is said to stand in and that are older than the event: that can be right, of what someone
/// feared, but is more often a slip.
pub(super) fn older_sources(dossier: &Dossier, id: &str) -> Vec<String> {
    let Some(event) = dossier.find_event_by_fact(id) else { return Vec::new() };
    let Some(day) = event.time.first_day() else { return Vec::new() };
    let said = event.statements.iter().filter_map(|statement| statement.source.as_ref());
    let answered = event.answers.iter().filter_map(|answer| answer.source.as_ref());
    let mut told: Vec<String> = Vec::new();
    for source in said.chain(answered) {
        let document = dossier.documents.iter().find(|document| document.id == source.document);
        let Some((document, dated)) = document.and_then(|document| Some((document, document.dated?))) else { continue };
        let line =
            format!("“{}” is van {}, van vóór deze gebeurtenis. Klopt de bron?", document.title, dutch_date(dated));
        if dated < day && !told.contains(&line) {
            told.push(line);
        }
    }
    told
}

/// "3 keer dag van het stuk", in the order of the names.
pub(super) fn counted(missing: impl Iterator<Item = Missing>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in missing {
        *counts.entry(one.name).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| format!("{count} keer {}", name.to_lowercase())).collect()
}
