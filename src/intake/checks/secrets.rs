//! A secret address stands in its own field and nowhere else. In free text no gate would find it.

use crate::dossier::model::Dossier;
use crate::intake::Problem;
use serde_json::Value;

/// Lines shorter than this are too common to look for ("A 1").
const SHORTEST_LINE: usize = 5;

pub(super) fn check(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let secrets: Vec<String> = dossier
        .persons
        .iter()
        .flat_map(|person| &person.addresses)
        .filter(|address| address.is_shielded() && address.line.trim().chars().count() >= SHORTEST_LINE)
        .map(|address| normal(&address.line))
        .collect();
    if secrets.is_empty() {
        return;
    }
    let Ok(value) = serde_json::to_value(dossier) else { return };
    walk(&value, &mut String::new(), &secrets, problems);
}

/// Lower case and single spaces, so that a line broken or written otherwise is still found.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn walk(value: &Value, pointer: &mut String, secrets: &[String], problems: &mut Vec<Problem>) {
    let length = pointer.len();
    match value {
        Value::String(text) => {
            let text = normal(text);
            if !is_address_field(pointer) && secrets.iter().any(|secret| text.contains(secret.as_str())) {
                let message = "In deze tekst staat een adres dat geheim is of waarvan de geheimhouding onbekend is. Haal het hier weg.";
                problems.push(Problem::at(pointer.as_str(), "secret_in_text", message));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                walk(item, pointer, secrets, problems);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                pointer.push('/');
                pointer.push_str(name);
                walk(item, pointer, secrets, problems);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn is_address_field(pointer: &str) -> bool {
    pointer.starts_with("/persons/") && pointer.contains("/addresses/")
}
