//! A posted form as a value again.

use super::choices::Choices;
use super::rows::{ID, WAS, clock};
use super::shape::{Field, Shape};
use crate::db::new_id;
use crate::shared::moment::from_local;
use crate::web::error::InputProblem;
use crate::web::request::Form;
use chrono::NaiveDateTime;
use serde_json::{Map, Value};

/// Most items of one list in a form.
const MOST_ITEMS: usize = 60;

/// The field that says of a time how precisely it is known.
const PRECISION: &str = "precision";

/// Reads the fields of a form back.
pub struct Reader<'a> {
    /// What was posted.
    pub form: &'a Form,
    /// What the reader could choose; what they could not see stays as it is.
    pub choices: &'a Choices,
    /// What is missing.
    pub problems: Vec<InputProblem>,
}

impl Reader<'_> {
    /// The value of a group, `None` when all of it is empty. `old` is what is stored.
    pub fn group(&mut self, fields: &[Field], old: &Value, at: &str) -> Option<Value> {
        let before = self.problems.len();
        let mut values = Map::new();
        let (mut missing, mut filled) = (Vec::new(), false);
        for field in fields {
            let name = if at.is_empty() { field.name.clone() } else { format!("{at}/{}", field.name) };
            let old = old.get(&field.name).unwrap_or(&Value::Null);
            if field.name == ID {
                let id = old.as_str().map_or_else(|| format!("n-{}", new_id()), str::to_owned);
                values.insert(field.name.clone(), Value::String(id));
                continue;
            }
            if field.words.vast {
                values.extend((!old.is_null()).then(|| (field.name.clone(), old.clone())));
                continue;
            }
            let given = self.field(field, old, &name);
            let given = given.or_else(|| (field.name == PRECISION).then(|| self.precision(at)).flatten());
            match given {
                Some(value) => {
                    // "Nee" to a question that can stay open is an answer.
                    filled |= field.shape == Shape::MaybeFlag || !is_nothing(&value);
                    values.insert(field.name.clone(), value);
                }
                None if field.required => missing.push((name, field)),
                None if field.nullable => {
                    values.insert(field.name.clone(), Value::Null);
                }
                None => {}
            }
        }
        if !filled {
            self.problems.truncate(before);
            return None;
        }
        self.problems.extend(missing.into_iter().map(|(name, field)| {
            let text = format!("Vul in: {}.", field.words.naam.to_lowercase());
            InputProblem::field(&name, "required", text)
        }));
        Some(Value::Object(values))
    }

    /// How precisely a time is known, when only the time itself was filled in.
    fn precision(&self, at: &str) -> Option<Value> {
        let given = |name: &str| !self.form.text(&format!("{at}/{name}")).trim().is_empty();
        let told = match (given("at"), given("on"), ["from", "until", "description"].into_iter().any(given)) {
            (true, false, false) => "instant",
            (false, true, false) => "day",
            (false, false, true) => "period",
            _ => return None,
        };
        Some(Value::String(told.to_owned()))
    }

    fn field(&mut self, field: &Field, old: &Value, name: &str) -> Option<Value> {
        match &field.shape {
            Shape::Group(fields) => self.group(fields, old, name),
            Shape::Many(inner) => Some(Value::Array(self.many(inner, old, name))),
            Shape::Flag => Some(Value::Bool(self.form.text(name) == "true")),
            Shape::MaybeFlag => match self.form.text(name) {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Shape::Reference(kind) => self.reference(kind, old, name),
            shape => single(shape, self.form.raw(name), old),
        }
    }

    /// One thing of the case; what the reader cannot see is kept unless something else is chosen.
    fn reference(&self, kind: &str, old: &Value, name: &str) -> Option<Value> {
        let unseen = old.as_str().filter(|id| !self.choices.has(kind, id));
        let given = self.form.text(name);
        let id = if given.is_empty() { unseen? } else { given };
        Some(Value::String(id.to_owned()))
    }

    fn many(&mut self, inner: &Shape, old: &Value, name: &str) -> Vec<Value> {
        let stored = old.as_array().map(Vec::as_slice).unwrap_or_default();
        match inner {
            Shape::Group(fields) => self.items(fields, stored, name),
            Shape::Choice(_) => in_order(stored, texts(&self.form.all(name)), |_| false),
            Shape::Reference(kind) => in_order(stored, texts(&self.form.all(name)), |id| !self.choices.has(kind, id)),
            shape if matches!(shape, Shape::Day | Shape::Moment | Shape::ClockTime) => {
                // What was not touched keeps its seconds and offset.
                let same =
                    |given: &str| stored.iter().find(|old| old.as_str().is_some_and(|old| clock(shape, old) == given));
                let given = self.form.all(name);
                let given = given.iter().flat_map(|value| value.lines()).map(str::trim);
                given.filter_map(|value| single(shape, value, same(value).unwrap_or(&Value::Null))).collect()
            }
            shape => {
                let text = self.form.raw(name).replace("\r\n", "\n");
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                lines.filter_map(|line| single(shape, line, &Value::Null)).collect()
            }
        }
    }

    fn items(&mut self, fields: &[Field], stored: &[Value], name: &str) -> Vec<Value> {
        let count: usize = self.form.text(&format!("{name}/aantal")).parse().unwrap_or_default();
        let mut items = Vec::new();
        for place in 0..count.min(MOST_ITEMS) {
            let at = format!("{name}/{place}");
            if self.form.text(&format!("{at}/weg")) == "true" {
                continue;
            }
            let was: Option<usize> = self.form.text(&format!("{at}/was")).parse().ok();
            let old = was.and_then(|was| stored.get(was)).unwrap_or(&Value::Null);
            let before = self.problems.len();
            if let Some(mut item) = self.group(fields, old, &at) {
                if let (Some(was), Some(fields)) = (was, item.as_object_mut()) {
                    fields.insert(WAS.to_owned(), Value::String(was.to_string()));
                }
                // What was above it may be gone: problems point at where it stands on the next page.
                let now = format!("/{name}/{}", items.len());
                for problem in self.problems.iter_mut().skip(before) {
                    if let Some(rest) = problem.pointer.strip_prefix(&format!("/{at}")) {
                        problem.pointer = format!("{now}{rest}");
                    }
                }
                items.push(item);
            }
        }
        items
    }
}

/// Whether a value says nothing: an empty list, a box that is not ticked.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// What was ticked, in the order in which it is stored and then that of the page; what is unseen stays.
fn in_order(stored: &[Value], ticked: Vec<Value>, is_unseen: impl Fn(&str) -> bool) -> Vec<Value> {
    let stays = |value: &&Value| ticked.contains(value) || value.as_str().is_some_and(&is_unseen);
    let mut values: Vec<Value> = stored.iter().filter(stays).cloned().collect();
    values.extend(ticked.into_iter().filter(|value| !stored.contains(value)));
    values
}

fn texts(values: &[String]) -> Vec<Value> {
    values.iter().filter(|value| !value.trim().is_empty()).map(|value| Value::String(value.trim().to_owned())).collect()
}

/// A value that stands alone. What does not fit stays as it was typed, so that the intake can say so.
fn single(shape: &Shape, given: &str, old: &Value) -> Option<Value> {
    let given = given.replace("\r\n", "\n");
    let given = given.trim();
    if given.is_empty() {
        return None;
    }
    let as_text = || Value::String(given.to_owned());
    Some(match shape {
        Shape::Number => given.parse::<u64>().map_or_else(|_| as_text(), Value::from),
        Shape::Moment | Shape::ClockTime => {
            // The field knows no seconds and no offset: what was not touched keeps them.
            if old.as_str().is_some_and(|old| clock(shape, old) == given) {
                return Some(old.clone());
            }
            let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
                .iter()
                .find_map(|form| NaiveDateTime::parse_from_str(given, form).ok());
            match (local, shape) {
                (Some(local), Shape::Moment) => Value::String(from_local(local).to_rfc3339()),
                (Some(local), _) => Value::String(local.format("%Y-%m-%dT%H:%M:%S").to_string()),
                (None, _) => as_text(),
            }
        }
        _ => as_text(),
    })
}

/// A value as it is stored, with the place of each item of its lists: as `rows` shows it.
#[must_use]
pub fn placed(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), placed(value))).collect(),
        Value::Array(items) => {
            let item = |(place, value): (usize, &Value)| {
                let mut value = placed(value);
                if let Some(fields) = value.as_object_mut() {
                    fields.insert(WAS.to_owned(), Value::String(place.to_string()));
                }
                value
            };
            items.iter().enumerate().map(item).collect()
        }
        other => other.clone(),
    }
}

/// The value without those places: as it is stored.
#[must_use]
pub fn bare(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| name.as_str() != WAS);
            kept.map(|(name, value)| (name.clone(), bare(value))).collect()
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}
