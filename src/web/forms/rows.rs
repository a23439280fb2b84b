//! A value as rows of a form.

use super::choices::{Choice, Choices};
use super::shape::{Field, Shape};
use crate::shared::moment::{Instant, to_local};
use crate::web::error::InputProblem;
use serde::Serialize;
use serde_json::Value;

/// Empty fields after the moments that stand there.
const MORE_MOMENTS: usize = 3;
/// How many choices are shown before they are folded away.
const OPEN_CHOICES: usize = 8;

/// One field on the page. The template asks for its kind by name; every part is always there.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Place in the plan as a JSON Pointer without its first slash: id and name of the field.
    pub name: String,
    /// Words.
    pub label: String,
    /// A sentence below it; empty for none.
    pub hint: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// How it is asked.
    pub is: Is,
    /// What stands in it.
    pub value: String,
    /// What can be chosen.
    pub options: Vec<OptionRow>,
    /// How it is called that nothing is chosen.
    pub empty: String,
    /// How many of many are chosen; empty when all are in sight.
    pub folded: String,
    /// Fields of a group.
    pub rows: Vec<Row>,
    /// Items of a list.
    pub items: Vec<ItemRow>,
    /// Number of items, the empty one included.
    pub count: usize,
    /// Whether a group is shown open.
    pub open: bool,
}

/// Kind of a row, one of which is true.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Is {
    /// Box of several lines: long text, or one entry a line.
    pub area: bool,
    /// A box of one line, of the type that `input` says.
    pub input: Option<&'static str>,
    /// A box to tick.
    pub tick: bool,
    /// One of a list.
    pub select: bool,
    /// One of a few, all in sight.
    pub radios: bool,
    /// Some of a list.
    pub ticks: bool,
    /// Several moments, each in a field of the browser of the type that this says.
    pub moments: Option<&'static str>,
    /// Fields together.
    pub group: bool,
    /// Several groups.
    pub list: bool,
}

/// A choice.
#[derive(Clone, Debug, Serialize)]
pub struct OptionRow {
    /// Value.
    pub value: String,
    /// Words.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// An item of a list.
#[derive(Clone, Debug, Serialize)]
pub struct ItemRow {
    /// Name of its first part, for its fields.
    pub name: String,
    /// "1".
    pub number: usize,
    /// What its first question was answered with, when that is a choice.
    pub title: String,
    /// Place among the items that are stored; empty for a new one.
    pub was: String,
    /// Whether it is the empty one at the end.
    pub new: bool,
    /// Whether none stands before it.
    pub first: bool,
    /// Whether it is shown open.
    pub open: bool,
    /// Fields.
    pub rows: Vec<Row>,
}

/// What the rows are made with.
pub struct Maker<'a> {
    /// What can be chosen.
    pub choices: &'a Choices,
    /// Problems, with the place in the plan.
    pub problems: &'a [InputProblem],
    /// Whether the empty item at the end of a list is shown open, because it is what is asked.
    pub inviting: bool,
}

impl Maker<'_> {
    /// The rows of the fields of a group; `at` is the place of the group, empty for the plan itself.
    #[must_use]
    pub fn rows(&self, fields: &[Field], value: &Value, at: &str) -> Vec<Row> {
        // An id is nothing that anyone fills in, nor is what the program knows.
        let asked = fields.iter().filter(|field| field.name != ID && !field.words.vast);
        asked.map(|field| self.row(field, value.get(&field.name).unwrap_or(&Value::Null), at)).collect()
    }

    fn row(&self, field: &Field, value: &Value, at: &str) -> Row {
        let name = if at.is_empty() { field.name.clone() } else { format!("{at}/{}", field.name) };
        let pointer = format!("/{name}");
        let base = Row {
            label: field.words.naam.clone(),
            empty: if field.words.leeg.is_empty() { "Niet ingevuld".to_owned() } else { field.words.leeg.clone() },
            hint: field.words.uitleg.clone(),
            error: self.problems.iter().find(|problem| problem.pointer == pointer).map(|item| item.melding.clone()),
            name,
            ..Row::default()
        };
        match &field.shape {
            Shape::Group(fields) => self.group(base, fields, value, field.words.nodig),
            Shape::Many(inner) => self.many(base, field, inner, value),
            Shape::Flag => Row { is: Is { tick: true, ..Is::default() }, value: told(value), ..base },
            shape => self.single(base, field, shape, value),
        }
    }

    fn single(&self, base: Row, field: &Field, shape: &Shape, value: &Value) -> Row {
        let value = told(value);
        let input = |kind| Is { input: Some(kind), ..Is::default() };
        let select = |mut options: Vec<Choice>| {
            // Another value stays a choice of its own, but an id of something that the reader cannot see is
            // not shown; `read` keeps it.
            let unknown = !value.is_empty() && !options.iter().any(|(known, _)| *known == value);
            if unknown && reference(shape).is_none() {
                options.push((value.clone(), Choices::told(field.words, &value)));
            }
            let options = chosen(options, std::slice::from_ref(&value));
            let radios = field.words.keuze == "rondjes";
            Row { is: Is { select: !radios, radios, ..Is::default() }, options, value: value.clone(), ..base.clone() }
        };
        match shape {
            Shape::Choice(options) => select(options.clone()),
            Shape::MaybeFlag => select(
                [("true", "Ja"), ("false", "Nee")].map(|(value, text)| (value.to_owned(), text.to_owned())).into(),
            ),
            Shape::Number => Row { is: input("number"), value, ..base },
            Shape::Day => Row { is: input("date"), value, ..base },
            Shape::Moment | Shape::ClockTime => {
                Row { is: input("datetime-local"), value: clock(shape, &value), ..base }
            }
            _ => match self.choices.for_field(field.words, reference(shape)) {
                Some(options) => select(options),
                None if field.words.lang => Row { is: Is { area: true, ..Is::default() }, value, ..base },
                None => Row { is: input("text"), value, ..base },
            },
        }
    }

    fn many(&self, base: Row, field: &Field, inner: &Shape, value: &Value) -> Row {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let words: Vec<String> = items.iter().map(told).collect();
        match inner {
            Shape::Group(fields) => self.list(base, fields, items, field.words.nodig && items.is_empty()),
            Shape::Choice(_) | Shape::Reference(_) => {
                let known = match inner {
                    Shape::Choice(options) => options.clone(),
                    _ => self.choices.for_field(field.words, reference(inner)).unwrap_or_default(),
                };
                let options = chosen(known, &words);
                let count = options.iter().filter(|option| option.chosen).count();
                let folded = match options.len() {
                    0 => "In dit dossier is hier niets te kiezen".to_owned(),
                    all if all > OPEN_CHOICES => format!("{count} van {all} gekozen"),
                    _ => String::new(),
                };
                Row { is: Is { ticks: true, ..Is::default() }, options, folded, ..base }
            }
            Shape::Day | Shape::Moment | Shape::ClockTime => moments(base, inner, &words),
            _ => Row { is: Is { area: true, ..Is::default() }, value: words.join("\n"), ..base },
        }
    }

    fn group(&self, base: Row, fields: &[Field], value: &Value, needed: bool) -> Row {
        let rows = self.rows(fields, value, &base.name);
        // What is missed when it is empty is not folded away.
        let open = value.is_object() || needed || self.inviting || self.concerns(&base.name);
        Row { is: Is { group: true, ..Is::default() }, rows, open, ..base }
    }

    fn list(&self, base: Row, fields: &[Field], items: &[Value], needed: bool) -> Row {
        let item = |place: usize, value: &Value, new: bool| {
            let name = format!("{}/{place}", base.name);
            let rows = self.rows(fields, value, &name);
            let chosen = rows.first().and_then(|row| row.options.iter().find(|option| option.chosen));
            ItemRow {
                number: place.saturating_add(1),
                title: chosen.map(|option| option.text.clone()).unwrap_or_default(),
                was: value.get(WAS).map(told).unwrap_or_default(),
                new,
                first: place == 0,
                open: !new || needed || self.concerns(&name) || self.inviting,
                rows,
                name,
            }
        };
        let mut list: Vec<ItemRow> = items.iter().enumerate().map(|(place, value)| item(place, value, false)).collect();
        list.push(item(items.len(), &Value::Null, true));
        Row { is: Is { list: true, ..Is::default() }, count: list.len(), items: list, ..base }
    }

    /// Whether a problem lies within.
    fn concerns(&self, name: &str) -> bool {
        self.problems.iter().any(|problem| problem.pointer.starts_with(&format!("/{name}/")))
    }
}

/// A field for each moment, and some that are empty for more.
fn moments(base: Row, shape: &Shape, words: &[String]) -> Row {
    let kind = if *shape == Shape::Day { "date" } else { "datetime-local" };
    let value = |word: &String| if *shape == Shape::Day { word.clone() } else { clock(shape, word) };
    let stored = words.iter().map(value);
    let all = stored.chain(std::iter::repeat_n(String::new(), MORE_MOMENTS));
    let options =
        (1_usize..).zip(all).map(|(number, value)| OptionRow { value, text: number.to_string(), chosen: false });
    Row { is: Is { moments: Some(kind), ..Is::default() }, options: options.collect(), ..base }
}

/// The field of an item that other items refer to.
pub const ID: &str = "id";

/// In an item of a list: its place among the stored ones, as the form carries it along.
pub const WAS: &str = "~was";

fn reference(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Reference(kind) => Some(kind),
        _ => None,
    }
}

/// A single value as the text of a field.
fn told(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A moment as the browser's field takes it.
#[must_use]
pub fn clock(shape: &Shape, value: &str) -> String {
    let local = match shape {
        Shape::Moment => value.parse::<Instant>().ok().map(|at| to_local(&at)),
        _ => value.parse::<chrono::NaiveDateTime>().ok(),
    };
    local.map_or_else(|| value.to_owned(), |at| at.format("%Y-%m-%dT%H:%M").to_string())
}

/// The choices, with what is chosen.
fn chosen(known: Vec<Choice>, values: &[String]) -> Vec<OptionRow> {
    known.into_iter().map(|(value, text)| OptionRow { chosen: values.contains(&value), value, text }).collect()
}
