//! Every dated fact of all matters on one axis: a table, and a drawing of the measures.

use super::facts::{event_sources, measure_line, source_line, status_words, time_words};
use super::sentence_case;
use crate::dossier::model::{Dossier, Event, Label, MeasureState, RuleEffect};
use crate::shared::moment::{dutch_date, dutch_moment, local_date, to_local};
use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime};
use schemars::JsonSchema;
use serde::Serialize;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimelineEntry {
    /// Id of the fact in the dossier.
    pub id: String,
    /// Local begin, for order; absent when nobody knows.
    pub sorts_at: Option<NaiveDateTime>,
    /// When, in words.
    pub when: String,
    /// "gebeurtenis", "maatregel", "zitting", "processtap", "verzoek", "hulp", "instrument", "kindgesprek".
    pub category: String,
    /// What.
    pub what: String,
    /// Who, in words.
    pub who: String,
    /// Status per domain, empty when the fact has none.
    pub status: String,
    /// Who says what about it.
    pub statements: Vec<String>,
    /// Documents and pages.
    pub sources: Vec<String>,
}

/// Drawing of measures over time, in SVG units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// Height.
    pub height: i64,
    /// First month to last month, in words.
    pub span: String,
    /// Month marks.
    pub ticks: Vec<Tick>,
    /// One bar per measure.
    pub bars: Vec<Bar>,
    /// Hearings.
    pub points: Vec<Point>,
    /// Place of the reference date, when it lies on the axis.
    pub today: Option<i64>,
}

/// Mark on the axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// Place.
    pub x: i64,
    /// "nov 2026".
    pub label: String,
    /// Lower end of its line.
    pub bottom: i64,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// Left.
    pub x: i64,
    /// Width.
    pub width: i64,
    /// Top.
    pub y: i64,
    /// Baseline of the label.
    pub text_y: i64,
    /// Short name.
    pub label: String,
    /// Style class.
    pub class: &'static str,
    /// Full words, for assistive technology and hover.
    pub title: String,
}

/// A hearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Place.
    pub x: i64,
    /// Words.
    pub title: String,
}

/// All dated facts in order; facts without a date come last.
#[must_use]
pub fn entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    entries.extend(dossier.events.iter().map(|event| event_entry(dossier, event)));
    entries.extend(measure_entries(dossier));
    entries.extend(procedure_entries(dossier));
    entries.extend(help_entries(dossier));
    entries.extend(result_entries(dossier));
    entries.sort_by(|one, other| {
        (one.sorts_at.is_none(), one.sorts_at, &one.category, &one.id).cmp(&(
            other.sorts_at.is_none(),
            other.sorts_at,
            &other.category,
            &other.id,
        ))
    });
    entries
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

fn entry(id: &str, category: &str, sorts_at: Option<NaiveDateTime>, when: String, what: String) -> TimelineEntry {
    TimelineEntry {
        id: id.to_owned(),
        sorts_at,
        when,
        category: category.to_owned(),
        what,
        who: String::new(),
        status: String::new(),
        statements: Vec::new(),
        sources: Vec::new(),
    }
}

fn event_entry(dossier: &Dossier, event: &Event) -> TimelineEntry {
    let names = |ids: &[crate::shared::ids::PersonId]| {
        ids.iter().map(|id| dossier.person_name(id)).collect::<Vec<_>>().join(" en ")
    };
    let sorts_at = match &event.time {
        crate::dossier::model::EventTime::Instant { at } => Some(to_local(at)),
        time => time.first_day().or_else(|| time.last_day()).map(midnight),
    };
    let what = format!("{}. {}", sentence_case(event.kind.label()), event.description);
    let mut out = entry(event.id.as_str(), "gebeurtenis", sorts_at, sentence_case(&time_words(&event.time)), what);
    out.who = match (event.actors.is_empty(), event.targets.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("door {} (volgens de bron)", names(&event.actors)),
        (true, false) => format!("gericht op {}; door wie is onbekend", names(&event.targets)),
        (false, false) => format!("door {} tegen {} (volgens de bron)", names(&event.actors), names(&event.targets)),
    };
    out.status = status_words(&event.status);
    out.statements = event
        .statements
        .iter()
        .map(|item| format!("{} {}: {}", dossier.party_name(&item.by), item.kind.label(), item.content))
        .chain(event.answers.iter().map(|item| {
            let words = item.content.as_deref().map(|words| format!(": {words}")).unwrap_or_default();
            format!("{} {}{words}", dossier.person_name(&item.by), item.stance.label())
        }))
        .collect();
    out.sources = event_sources(dossier, event);
    out
}

fn measure_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    for measure in &dossier.measures {
        let start = measure.starts.or(measure.decided_at);
        let mut begin = entry(
            measure.id.as_str(),
            "maatregel",
            start.as_ref().map(to_local),
            start.as_ref().map_or_else(|| "Begin onbekend".to_owned(), dutch_moment),
            format!("Begin: {}", measure_line(measure)),
        );
        begin.who = measure.restrained.iter().map(|id| dossier.person_name(id)).collect::<Vec<_>>().join(", ");
        begin.sources = measure.source.iter().map(|source| source_line(dossier, source)).collect();
        entries.push(begin);
        if let Some(end) = measure.effective_end() {
            let what = format!("Einde: {}", measure.instrument.label());
            let mut out = entry(measure.id.as_str(), "maatregel", Some(to_local(&end)), dutch_moment(&end), what);
            out.statements = measure.ended_because.iter().cloned().collect();
            entries.push(out);
        }
    }
    entries
}

fn procedure_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    for matter in &dossier.matters {
        let in_matter = format!("{} ({})", matter.kind.label(), matter.domain.label());
        for hearing in &matter.hearings {
            let what = format!("{} in de zaak {in_matter}", sentence_case(&hearing.kind));
            entries.push(entry(
                matter.id.as_str(),
                "zitting",
                Some(to_local(&hearing.at)),
                dutch_moment(&hearing.at),
                what,
            ));
        }
        for step in &matter.steps {
            let what = format!("{} ({})", sentence_case(step.what.trim_end_matches('.')), matter.kind.label());
            let mut out = entry(matter.id.as_str(), "processtap", Some(midnight(step.on)), dutch_date(step.on), what);
            out.sources = step.source.iter().map(|source| source_line(dossier, source)).collect();
            entries.push(out);
        }
    }
    for request in &dossier.requests {
        let Some(on) = request.on else { continue };
        let what = format!("Verzoek om {}: {}", request.kind.label(), request.content);
        let mut out = entry(request.id.as_str(), "verzoek", Some(midnight(on)), dutch_date(on), what);
        out.who = dossier.party_name(&request.by);
        out.sources = request.source.iter().map(|source| source_line(dossier, source)).collect();
        entries.push(out);
    }
    entries
}

fn help_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    dossier
        .help
        .iter()
        .filter_map(|help| {
            let on = help.started_on.or(help.offered_on)?;
            let what =
                format!("{}: {}, {}", sentence_case(help.kind.label()), help.response.label(), help.progress.label());
            let mut out = entry(help.id.as_str(), "hulp", Some(midnight(on)), dutch_date(on), what);
            out.who = dossier.person_name(&help.person);
            out.status = status_words(&help.status);
            out.sources = help.source.iter().map(|source| source_line(dossier, source)).collect();
            Some(out)
        })
        .collect()
}

/// Results of risk instruments, and the hearing of children.
fn result_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let day = |on: Option<NaiveDate>| on.map_or_else(|| "Datum onbekend".to_owned(), dutch_date);
    let results = dossier.instrument_results.iter().map(|item| {
        let what = format!("{}: {}", sentence_case(item.instrument.label()), item.result);
        let mut out = entry(item.id.as_str(), "instrument", item.on.map(midnight), day(item.on), what);
        out.who = item.assessor.as_ref().map(|id| dossier.party_name(id)).unwrap_or_default();
        out.sources = item.source.iter().map(|source| source_line(dossier, source)).collect();
        out
    });
    let hearings = dossier.child_hearings.iter().map(|item| {
        let on = item.held_on.or(item.invited_on);
        let what = format!("{}: {}", dossier.person_name(&item.child), item.outcome.label());
        entry(item.id.as_str(), "kindgesprek", on.map(midnight), day(on), what)
    });
    results.chain(hearings).collect()
}

/// Margins of the drawing in SVG units; the template draws it 960 wide.
const LEFT: i64 = 250;
const RIGHT: i64 = 940;
const TOP: i64 = 34;
const LANE: i64 = 26;

struct Axis {
    first: NaiveDate,
    last: NaiveDate,
}

impl Axis {
    /// Place of a day, kept within the axis.
    fn x(&self, day: NaiveDate) -> i64 {
        let whole = (self.last - self.first).num_days().max(1);
        let part = (day - self.first).num_days().clamp(0, whole);
        LEFT + part * (RIGHT - LEFT) / whole
    }
}

/// Drawing of all measures from a year before to a year after the reference date, cut to what there is.
#[must_use]
pub fn drawing(dossier: &Dossier, on: NaiveDate) -> Option<Drawing> {
    let axis = axis(dossier, on)?;
    let shown: Vec<_> = dossier
        .measures
        .iter()
        .filter(|item| item.starts.or(item.decided_at).is_some_and(|start| local_date(&start) <= axis.last))
        .filter(|item| item.effective_end().is_none_or(|end| local_date(&end) >= axis.first))
        .collect();
    let bars = shown
        .iter()
        .enumerate()
        .map(|(lane, measure)| {
            let start = measure.starts.or(measure.decided_at).map_or(axis.first, |start| local_date(&start));
            let end = measure.effective_end().map_or(axis.last, |end| local_date(&end));
            let (x, right) = (axis.x(start), axis.x(end));
            let y = TOP + i64::try_from(lane).unwrap_or_default() * LANE;
            let permits = measure.rules.iter().all(|rule| rule.effect != RuleEffect::Forbids);
            let class = match measure.state {
                MeasureState::InForce | MeasureState::Ended if permits => "bar permits",
                MeasureState::InForce | MeasureState::Ended => "bar",
                _ => "bar proposed",
            };
            Bar {
                x,
                width: (right - x).max(3),
                y,
                text_y: y + 14,
                label: shorten(&sentence_case(measure.instrument.label()), 34),
                class,
                title: sentence_case(&measure_line(measure)),
            }
        })
        .collect::<Vec<_>>();
    let height = TOP + i64::try_from(bars.len()).unwrap_or_default() * LANE + 30;
    Some(Drawing {
        height,
        span: format!("van {} tot en met {}", dutch_date(axis.first), dutch_date(axis.last)),
        ticks: ticks(&axis, height),
        bars,
        points: hearings(dossier, &axis),
        today: (axis.first..=axis.last).contains(&on).then(|| axis.x(on)),
    })
}

fn axis(dossier: &Dossier, on: NaiveDate) -> Option<Axis> {
    let year = Months::new(12);
    let (floor, ceiling) = (on.checked_sub_months(year)?, on.checked_add_months(year)?);
    let days = dossier
        .measures
        .iter()
        .flat_map(|item| [item.starts.or(item.decided_at), item.effective_end()])
        .flatten()
        .map(|at| local_date(&at))
        .chain(dossier.matters.iter().flat_map(|matter| &matter.hearings).map(|item| local_date(&item.at)))
        .map(|day| day.clamp(floor, ceiling))
        .chain([on])
        .collect::<Vec<_>>();
    if dossier.measures.is_empty() {
        return None;
    }
    let first = days.iter().min()?.with_day(1)?;
    let last = days.iter().max()?.with_day(1)?.checked_add_months(Months::new(1))?;
    Some(Axis { first, last })
}

fn ticks(axis: &Axis, bottom: i64) -> Vec<Tick> {
    let months = (axis.last.year() - axis.first.year()) * 12 + axis.last.month() as i32 - axis.first.month() as i32;
    let step = u32::try_from(months / 9 + 1).unwrap_or(1);
    let mut ticks = Vec::new();
    let mut month = axis.first;
    while month < axis.last && ticks.len() < 40 {
        let words = dutch_date(month);
        let name: String = words.split(' ').nth(1).unwrap_or_default().chars().take(3).collect();
        ticks.push(Tick { x: axis.x(month), label: format!("{name} {}", month.year()), bottom });
        let Some(next) = month.checked_add_months(Months::new(step)) else { break };
        month = next;
    }
    ticks
}

fn hearings(dossier: &Dossier, axis: &Axis) -> Vec<Point> {
    let mut points: Vec<Point> = dossier
        .matters
        .iter()
        .flat_map(|matter| matter.hearings.iter().map(move |hearing| (matter, hearing)))
        .filter(|(_, hearing)| (axis.first..=axis.last).contains(&local_date(&hearing.at)))
        .map(|(matter, hearing)| Point {
            x: axis.x(local_date(&hearing.at)),
            title: format!("{}, {}: {}", sentence_case(&hearing.kind), matter.kind.label(), dutch_moment(&hearing.at)),
        })
        .collect();
    points.sort_by_key(|point| point.x);
    points
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
