//! Short names and stretches of labels, so that a paragraph can be read.

use crate::dossier::model::{Dossier, Person};
use serde_json::Value;

/// How a child is called after the heading: the given name, where nobody else has it.
#[must_use]
pub fn given_name<'p>(file: &Dossier, child: &'p Person) -> Option<&'p str> {
    let (given, rest) = child.name.split_once(' ')?;
    let named = |word: &str| {
        let mut signs = word.chars();
        signs.next().is_some_and(char::is_uppercase) && word.chars().count() > 1 && signs.all(char::is_alphabetic)
    };
    let family = rest.rsplit(' ').next().unwrap_or_default();
    let is_name = named(given) && family.chars().next().is_some_and(char::is_uppercase) && family.chars().count() > 2;
    let mut others = file.persons.iter().filter(|other| other.id != child.id);
    (is_name && others.all(|other| !other.name.split([' ', '-']).any(|word| word == given))).then_some(given)
}

/// The same data with each child by its given name.
pub(super) fn short(file: &Dossier, mut value: Value) -> Value {
    let names: Vec<(&str, &str)> =
        file.children().filter_map(|child| Some((child.name.as_str(), given_name(file, child)?))).collect();
    rename(&mut value, &names);
    value
}

fn rename(value: &mut Value, names: &[(&str, &str)]) {
    match value {
        Value::String(text) => {
            for (full, given) in names {
                if text.contains(full) {
                    *text = text.replace(full, given);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        Value::Object(fields) => fields.values_mut().for_each(|field| rename(field, names)),
        _ => {}
    }
}

/// Labels in order, each once; three or more with numbers in a row as "F1 tot en met F4".
pub(super) fn stretches<'l>(labels: impl Iterator<Item = &'l str>) -> Vec<String> {
    let mut numbered: Vec<(usize, char, u32)> = Vec::new();
    let mut other: Vec<String> = Vec::new();
    for label in labels {
        let mut signs = label.chars();
        let letter = signs.next().unwrap_or_default();
        match ("FMHRK".find(letter), signs.as_str().parse()) {
            (Some(place), Ok(number)) => numbered.push((place, letter, number)),
            _ if other.iter().any(|known| known == label) => {}
            _ => other.push(label.to_owned()),
        }
    }
    numbered.sort_unstable();
    numbered.dedup();
    let follows = |(_, a, x): &(usize, char, u32), (_, b, y): &(usize, char, u32)| a == b && x.saturating_add(1) == *y;
    let mut out: Vec<String> = Vec::new();
    for stretch in numbered.chunk_by(follows) {
        match stretch {
            [(_, letter, first), _, .., (_, _, last)] => out.push(format!("{letter}{first} tot en met {letter}{last}")),
            few => out.extend(few.iter().map(|(_, letter, number)| format!("{letter}{number}"))),
        }
    }
    out.extend(other);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_order_and_in_stretches() {
        let labels = ["F9", "M1", "F3", "F2", "F1", "F9", "het verzoek", "F11", "F12"];
        let expected = ["F1 tot en met F3", "F9", "F11", "F12", "M1", "het verzoek"];
        assert_eq!(stretches(labels.into_iter()), expected);
    }
}
