//! The time axis as a picture: hearings, deadlines, events, measures and protection on one scale,
//! with the same content as rows of a table.

use super::conflicts::period_words;
use super::facts::{event_line, measure_line};
use super::people;
use crate::conflicts::model::{ConflictReport, Coverage};
use crate::documents::timeline::Scale;
use crate::dossier::model::{Dossier, Event, EventTime, Label, Measure, MeasureState, RuleEffect};
use crate::shared::dutch::capital;
use crate::shared::ids::PersonId;
use crate::shared::moment::{Instant, dutch_date, dutch_moment, local_date};
use chrono::{Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much time the picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// A month back, three months ahead.
    Kort,
    /// A year back and ahead, cut to what there is.
    #[default]
    Jaar,
    /// Everything.
    Alles,
}

impl Span {
    /// All, from narrow to wide, with their words.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Kort, "kort", "rond deze dag"),
        (Self::Jaar, "jaar", "een jaar ervoor en erna"),
        (Self::Alles, "alles", "alles"),
    ];
}

/// The picture, in SVG units; the template draws it 960 wide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// Height.
    pub height: i64,
    /// First to last day, in words.
    pub span: String,
    /// Marks on the scale.
    pub ticks: Vec<Tick>,
    /// Rows from top to bottom.
    pub lanes: Vec<Lane>,
    /// Place of the reference date, when it lies on the axis.
    pub today: Option<i64>,
}

/// Mark on the scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// Place.
    pub x: i64,
    /// "nov 2026".
    pub label: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// Heading above the row, on the first row of its kind.
    pub heading: Option<&'static str>,
    /// Baseline of the heading.
    pub heading_y: i64,
    /// Short name.
    pub label: String,
    /// Baseline of the name.
    pub text_y: i64,
    /// What stands in it.
    pub marks: Vec<Mark>,
}

/// A bar or a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Style class.
    pub class: &'static str,
    /// Outline as an SVG path.
    pub path: String,
    /// Full words: for assistive technology, for hover, and for the table.
    pub title: String,
}

/// Margins of the picture.
const LEFT: i64 = 250;
const RIGHT: i64 = 940;
const TOP: i64 = 30;
const LANE: i64 = 26;
const HEADING: i64 = 26;
const BAR: i64 = 16;

/// A row before it has a place: heading, name and what it holds.
type Row = (&'static str, String, Vec<Item>);

/// What a row holds before it has a place.
struct Item {
    class: &'static str,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    shape: Shape,
    title: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Bar,
    Dot,
    Diamond,
}

impl Item {
    fn mark(&self, axis: &Scale, y: i64) -> Option<Mark> {
        if !axis.touches(self.from, self.until) {
            return None;
        }
        let (from, until) = (axis.x(self.from.unwrap_or(axis.first)), axis.x(self.until.unwrap_or(axis.last)));
        let middle = y + BAR / 2;
        let path = match self.shape {
            Shape::Bar => format!("M{from} {y}h{}v{BAR}h-{}z", (until - from).max(3), (until - from).max(3)),
            Shape::Dot => format!("M{} {middle}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", from - 5),
            Shape::Diamond => format!("M{from} {}l7 7l-7 7l-7 -7z", middle - 7),
        };
        Some(Mark { class: self.class, path, title: self.title.clone() })
    }

    fn point(class: &'static str, shape: Shape, day: NaiveDate, title: String) -> Self {
        Self { class, from: Some(day), until: Some(day), shape, title }
    }
}

/// The picture of a case on a day; nothing when there is nothing dated to draw.
#[must_use]
pub fn drawing(dossier: &Dossier, report: &ConflictReport, on: NaiveDate, span: Span) -> Option<Drawing> {
    let mut rows: Vec<Row> = vec![
        ("Zittingen en termijnen", "Zittingen".to_owned(), hearings(dossier)),
        ("Zittingen en termijnen", "Termijnen".to_owned(), deadlines(report)),
        ("Gebeurtenissen", "Volgens de bronnen".to_owned(), events(dossier)),
    ];
    rows.extend(dossier.measures.iter().map(|item| ("Maatregelen", short(item), vec![measure(item)])));
    rows.extend(protection(dossier, &report.coverage));
    rows.retain(|(_, _, items)| !items.is_empty());
    let axis = axis(&rows, on, span)?;
    let mut y = TOP;
    let mut lanes: Vec<Lane> = Vec::new();
    let mut before = "";
    for (heading, label, items) in rows {
        let new_kind = heading != before;
        let top = if new_kind { y + HEADING } else { y };
        let marks: Vec<Mark> = items.iter().filter_map(|item| item.mark(&axis, top)).collect();
        if marks.is_empty() {
            continue;
        }
        lanes.push(Lane {
            heading: new_kind.then_some(heading),
            heading_y: y + 18,
            label: shorten(&label, 36),
            text_y: top + 13,
            marks,
        });
        (before, y) = (heading, top + LANE);
    }
    Some(Drawing {
        height: y + 8,
        span: format!("van {} tot en met {}", dutch_date(axis.first), dutch_date(axis.last)),
        ticks: axis.ticks(9).into_iter().map(|(x, label)| Tick { x, label }).collect(),
        lanes,
        today: axis.holds(on).then(|| axis.x(on)),
    })
}

fn hearings(dossier: &Dossier) -> Vec<Item> {
    let all = dossier.matters.iter().flat_map(|matter| matter.hearings.iter().map(move |hearing| (matter, hearing)));
    all.map(|(matter, hearing)| {
        let kind = capital(&hearing.kind);
        let title = format!("{kind}, {}: {}", matter.kind.label(), dutch_moment(&hearing.at));
        Item::point("point hearing", Shape::Dot, local_date(&hearing.at), title)
    })
    .collect()
}

fn deadlines(report: &ConflictReport) -> Vec<Item> {
    report
        .deadlines
        .iter()
        .map(|item| {
            let title = format!("{}: {} ({})", item.what, dutch_moment(&item.at), item.status.label());
            Item::point("point deadline", Shape::Diamond, local_date(&item.at), title)
        })
        .collect()
}

fn events(dossier: &Dossier) -> Vec<Item> {
    dossier.events.iter().filter_map(event).collect()
}

fn event(event: &Event) -> Option<Item> {
    let title = capital(&event_line(event));
    let (from, until) = (event.time.first_day(), event.time.last_day());
    let is_period = matches!(event.time, EventTime::Period { .. }) && from != until;
    if is_period {
        return Some(Item { class: "bar event", from, until, shape: Shape::Bar, title });
    }
    Some(Item::point("point", Shape::Dot, from.or(until)?, title))
}

fn short(measure: &Measure) -> String {
    capital(measure.instrument.label())
}

fn measure(measure: &Measure) -> Item {
    let permits = measure.rules.iter().all(|rule| rule.effect != RuleEffect::Forbids);
    Item {
        class: match measure.state {
            MeasureState::InForce | MeasureState::Ended if permits => "bar permits",
            MeasureState::InForce | MeasureState::Ended => "bar",
            _ => "bar proposed",
        },
        from: measure.starts.or(measure.decided_at).map(|start| local_date(&start)),
        until: measure.effective_end().map(|end| local_date(&end)),
        shape: Shape::Bar,
        title: capital(&measure_line(measure)),
    }
}

/// One row per need and group of persons who are protected alike.
fn protection(dossier: &Dossier, all: &[Coverage]) -> Vec<Row> {
    let times = |item: &Coverage| -> Vec<_> {
        item.covered
            .iter()
            .map(|span| (span.from, span.until))
            .chain(item.gaps.iter().map(|gap| (gap.from, gap.until)))
            .collect()
    };
    let mut groups: Vec<(&Coverage, Vec<PersonId>)> = Vec::new();
    for item in all {
        let alike =
            |first: &Coverage| first.need == item.need && first.against == item.against && times(first) == times(item);
        match groups.iter_mut().find(|(first, _)| alike(first)) {
            Some((_, persons)) => persons.push(item.person.clone()),
            None => groups.push((item, vec![item.person.clone()])),
        }
    }
    groups
        .into_iter()
        .map(|(item, persons)| {
            let who = capital(&people(dossier, &persons));
            let bar = |class, from: Instant, until: Option<Instant>, words: &str| Item {
                class,
                from: Some(local_date(&from)),
                until: until.map(|until| local_date(&until)),
                shape: Shape::Bar,
                title: format!("{who}, {}: {words} {}", item.need.label(), period_words(Some(&from), until.as_ref())),
            };
            let covered = item.covered.iter().map(|span| bar("bar covered", span.from, span.until, "beschermd"));
            let gaps = item.gaps.iter().map(|gap| bar("bar gap", gap.from, gap.until, "niet gedekt"));
            ("Bescherming", capital(item.need.label()), covered.chain(gaps).collect())
        })
        .collect()
}

fn axis(rows: &[Row], on: NaiveDate, span: Span) -> Option<Scale> {
    if rows.is_empty() {
        return None;
    }
    let days = rows.iter().flat_map(|(_, _, items)| items).flat_map(|item| [item.from, item.until]).flatten();
    let (floor, ceiling) = match span {
        Span::Kort => (on.checked_sub_months(Months::new(1))?, on.checked_add_months(Months::new(3))?),
        Span::Jaar => (on.checked_sub_months(Months::new(12))?, on.checked_add_months(Months::new(12))?),
        Span::Alles => (NaiveDate::MIN, NaiveDate::MAX),
    };
    Scale::over(days, on, (floor, ceiling), (LEFT, RIGHT))
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
