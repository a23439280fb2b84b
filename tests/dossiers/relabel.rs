//! Exchanges two persons, names and all, in a dossier or in an answer about it.
//!
//! What a rule says about a dossier with the parties exchanged must be what it says about the
//! dossier itself, with the parties exchanged: a party is then nothing but a name.

use combizitting::dossier::model::{Dossier, Sex};
use serde_json::Value;

/// Two persons, by id and name.
pub struct Pair {
    ids: [String; 2],
    names: [String; 2],
}

impl Pair {
    /// The first two adults of a dossier.
    pub fn of_adults(dossier: &Dossier) -> Option<Self> {
        use combizitting::dossier::model::FamilyRole::Child;
        let mut adults = dossier.persons.iter().filter(|p| p.family_role != Child);
        let (first, second) = (adults.next()?, adults.next()?);
        Some(Self {
            ids: [first.id.to_string(), second.id.to_string()],
            names: [first.name.clone(), second.name.clone()],
        })
    }

    /// The value with both persons exchanged; lists are put in a fixed order, because an order
    /// by id changes when ids change.
    pub fn exchange(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.exchange_text(text)),
            Value::Array(items) => {
                let mut items: Vec<Value> = items.iter().map(|item| self.exchange(item)).collect();
                items.sort_by_key(Value::to_string);
                Value::Array(items)
            }
            Value::Object(map) => map.iter().map(|(key, item)| (key.clone(), self.exchange(item))).collect(),
            other => other.clone(),
        }
    }

    /// The dossier with both persons exchanged, each list in its own order.
    pub fn exchange_dossier(&self, dossier: &Dossier) -> Dossier {
        fn walk(pair: &Pair, value: &mut Value) {
            match value {
                Value::String(text) => *text = pair.exchange_text(text),
                Value::Array(items) => items.iter_mut().for_each(|item| walk(pair, item)),
                Value::Object(map) => map.values_mut().for_each(|item| walk(pair, item)),
                _ => {}
            }
        }
        let mut value = serde_json::to_value(dossier).expect("a dossier is JSON");
        walk(self, &mut value);
        serde_json::from_value(value).expect("still a dossier")
    }

    fn exchange_text(&self, text: &str) -> String {
        let [a, b] = &self.ids;
        if text == a {
            return b.clone();
        }
        if text == b {
            return a.clone();
        }
        // "istanbul/IV2[sem,vader]": a criterion asked about persons.
        if let Some((criterion, persons)) = text.strip_suffix(']').and_then(|text| text.split_once('[')) {
            let persons: Vec<String> = persons.split(',').map(|id| self.exchange_text(id)).collect();
            return format!("{criterion}[{}]", persons.join(","));
        }
        let [first, second] = &self.names;
        let (first_capital, second_capital) = (capital(first), capital(second));
        let swaps: [(&str, &str); 4] =
            [(first, second), (second, first), (&first_capital, &second_capital), (&second_capital, &first_capital)];
        replace_words(text, &swaps)
    }
}

/// Registered sex exchanged for everyone.
pub fn exchange_sexes(dossier: &Dossier) -> Dossier {
    let mut out = dossier.clone();
    for person in &mut out.persons {
        person.sex = match person.sex {
            Sex::F => Sex::M,
            Sex::M => Sex::F,
            Sex::X | Sex::Unknown => Sex::X,
        };
    }
    out
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// Replaces whole words only, each place once.
fn replace_words(text: &str, swaps: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut at_word_start = true;
    while let Some(letter) = rest.chars().next() {
        let found = swaps.iter().find(|(from, _)| {
            at_word_start && rest.strip_prefix(from).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        });
        let taken = if let Some((from, to)) = found {
            out.push_str(to);
            from.len()
        } else {
            out.push(letter);
            letter.len_utf8()
        };
        at_word_start = found.is_none() && !letter.is_alphanumeric();
        rest = rest.split_at(taken).1;
    }
    out
}

#[test]
fn exchanging_twice_gives_the_dossier_back() {
    let dossier = crate::support::families::demo();
    let pair = Pair::of_adults(&dossier).expect("two parents");
    let exchanged = pair.exchange_dossier(&dossier);
    assert_ne!(exchanged, dossier);
    assert_eq!(pair.exchange_dossier(&exchanged), dossier);
}

#[test]
fn only_whole_names_are_exchanged() {
    let swaps = [("de man", "de vrouw"), ("de vrouw", "de man")];
    assert_eq!(replace_words("de man, de manier en de vrouw", &swaps), "de vrouw, de manier en de man");
}
