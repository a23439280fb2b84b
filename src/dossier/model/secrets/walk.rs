//! Every text of a dossier, with its place.

use super::Secrets;
use crate::dossier::model::Dossier;
use serde_json::Value;
use std::collections::BTreeMap;

/// Places (JSON Pointer) of the texts that hold a shielded address.
#[must_use]
pub fn places_of(dossier: &Dossier) -> Vec<String> {
    let secrets = Secrets::of(dossier);
    if secrets.is_empty() {
        return Vec::new();
    }
    found(dossier, &|text| secrets.holds(text)).into_iter().map(|(place, _)| place).collect()
}

/// Places of the texts that are to be looked at: those that hold a shielded address (true), and those that name
/// only its town, or a name that is also an ordinary word (false).
#[must_use]
pub fn told_of(dossier: &Dossier) -> Vec<(String, bool)> {
    let secrets = Secrets::of(dossier);
    if secrets.is_empty() {
        return Vec::new();
    }
    let tells = |text: &str| secrets.holds(text) || secrets.names_town(text);
    found(dossier, &tells).into_iter().map(|(place, text)| (place, secrets.holds(&text))).collect()
}

impl Secrets {
    /// Places of the texts in any JSON that hold a shielded address.
    #[must_use]
    pub fn places_in(&self, value: &Value) -> Vec<String> {
        let mut texts = Vec::new();
        if !self.refused.is_empty() {
            walk(value, &mut String::new(), &|text| self.holds(text), &mut texts);
        }
        texts.into_iter().map(|(place, _)| place).collect()
    }

    /// Places of the texts in any JSON that name the town of one.
    #[must_use]
    pub fn towns_in(&self, value: &Value) -> Vec<String> {
        let mut texts = Vec::new();
        if !self.told.is_empty() {
            walk(value, &mut String::new(), &|text| self.names_town(text), &mut texts);
        }
        texts.into_iter().map(|(place, _)| place).collect()
    }
}

/// Of the texts that hold a shielded address, those that a change brings in or touches: what stood there before
/// in the same words is not of this change, wherever it stands in its list by now.
#[must_use]
pub fn brought_in(before: &Dossier, after: &Dossier) -> Vec<String> {
    let secrets = Secrets::of(after);
    if secrets.is_empty() {
        return Vec::new();
    }
    new_in(Some(before), after, &|text| secrets.holds(text))
}

/// Of the texts that name only the town of a shielded address, those that a change brings in or touches; all of
/// them when there was nothing before.
#[must_use]
pub fn towns_brought_in(before: Option<&Dossier>, after: &Dossier) -> Vec<String> {
    let secrets = Secrets::of(after);
    if secrets.told.is_empty() {
        return Vec::new();
    }
    new_in(before, after, &|text| secrets.names_town(text) && !secrets.holds(text))
}

fn new_in(before: Option<&Dossier>, after: &Dossier, holds: &dyn Fn(&str) -> bool) -> Vec<String> {
    let now = found(after, holds);
    if now.is_empty() {
        return Vec::new();
    }
    let mut stood: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (place, text) in before.into_iter().flat_map(|before| found(before, holds)) {
        *stood.entry((kind_of(&place), text)).or_default() += 1;
    }
    let is_new = |(place, text): (String, String)| {
        let known = stood.get_mut(&(kind_of(&place), text)).filter(|count| **count > 0);
        match known {
            Some(count) => {
                *count -= 1;
                None
            }
            None => Some(place),
        }
    };
    now.into_iter().filter_map(is_new).collect()
}

/// A place without its numbers: what kind of text stands there.
fn kind_of(place: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit());
    place.split('/').filter(|part| !is_number(part)).collect::<Vec<_>>().join("/")
}

/// Texts of which something holds, outside the fields of addresses.
fn found(dossier: &Dossier, holds: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    if let Ok(value) = serde_json::to_value(dossier) {
        walk(&value, &mut String::new(), holds, &mut texts);
    }
    texts
}

fn walk(value: &Value, pointer: &mut String, holds: &dyn Fn(&str) -> bool, texts: &mut Vec<(String, String)>) {
    let length = pointer.len();
    match value {
        Value::String(text) if !is_address_field(pointer) && holds(text) => {
            texts.push((pointer.clone(), text.clone()));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                walk(item, pointer, holds, texts);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                pointer.push('/');
                pointer.push_str(name);
                walk(item, pointer, holds, texts);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn is_address_field(pointer: &str) -> bool {
    pointer.starts_with("/persons/") && pointer.contains("/addresses/")
}
