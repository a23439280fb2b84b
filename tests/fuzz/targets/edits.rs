//! Changes to a JSON value, told by bytes: most of what comes out still has the right form, so that it reaches what
//! lies behind the reading.

use serde_json::{Value, json};

/// Bytes of one change.
const CHANGE: usize = 4;
/// Changes at most.
const MOST: usize = 24;

/// One of the values, changed as the bytes say: the first byte chooses, each four after it are one change.
pub fn edited(bases: &[Value], bytes: &[u8], words: &[&str]) -> Option<Value> {
    let (first, rest) = bytes.split_first()?;
    let mut value = bases.get(usize::from(*first) % bases.len().max(1))?.clone();
    for change in rest.chunks_exact(CHANGE).take(MOST) {
        apply(&mut value, [change[0], change[1], change[2], change[3]], words);
    }
    Some(value)
}

fn apply(value: &mut Value, [high, low, what, with]: [u8; CHANGE], words: &[&str]) {
    let mut places = Vec::new();
    collect(value, &mut String::new(), &mut places);
    let at = usize::from(u16::from_be_bytes([high, low]));
    let place = places[at % places.len()].clone();
    let other = places[at.wrapping_mul(31).wrapping_add(usize::from(with)) % places.len()].clone();
    match what % 6 {
        0 => remove(value, &place),
        1 => put(value, &place, word(words, with)),
        2 => put(value, &place, odd(with)),
        3 => {
            let copy = value.pointer(&other).cloned().unwrap_or_default();
            put(value, &place, copy);
        }
        4 => append(value, &place),
        _ => alter_text(value, &place, with),
    }
}

fn collect(value: &Value, pointer: &mut String, places: &mut Vec<String>) {
    places.push(pointer.clone());
    let length = pointer.len();
    let mut step = |key: &str, item: &Value| {
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        collect(item, pointer, places);
        pointer.truncate(length);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| step(&at.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| step(key, item)),
        _ => {}
    }
}

fn put(value: &mut Value, place: &str, new: Value) {
    if let Some(old) = value.pointer_mut(place) {
        *old = new;
    }
}

fn remove(value: &mut Value, place: &str) {
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    match value.pointer_mut(parent) {
        Some(Value::Array(items)) => {
            if let Ok(at) = key.parse::<usize>() {
                items.remove(at);
            }
        }
        Some(Value::Object(fields)) => {
            fields.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        _ => {}
    }
}

/// Once more what stands in a list.
fn append(value: &mut Value, place: &str) {
    if let Some(Value::Array(items)) = value.pointer_mut(place)
        && items.len() < 64
        && let Some(last) = items.last().cloned()
    {
        items.push(last);
    }
}

fn alter_text(value: &mut Value, place: &str, with: u8) {
    if let Some(Value::String(text)) = value.pointer_mut(place) {
        match with % 4 {
            0 => text.clear(),
            1 => text.push(char::from(with)),
            2 => *text = text.chars().rev().collect(),
            _ => {
                text.pop();
            }
        }
    }
}

fn word(words: &[&str], with: u8) -> Value {
    json!(words[usize::from(with) % words.len()])
}

fn odd(with: u8) -> Value {
    match with % 12 {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(u32::MAX),
        6 => json!(i64::MIN),
        7 => json!(1.5e300),
        8 => json!([]),
        9 => json!({}),
        10 => json!([[]]),
        _ => json!(with),
    }
}
