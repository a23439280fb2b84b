//! Everything with a date, as a time axis: hearings, deadlines, facts, measures and holes in
//! protection. The hearing sheet shows part of it and says how much stands elsewhere; the hearing
//! file shows all.

use super::sheet::{in_file_order, in_force, shortened};
use crate::assessment::is_critical;
use crate::conflicts::bridge::build;
use crate::conflicts::model::{DeadlineStatus, Gap, Need};
use crate::documents::model::{Inline, Timeline, TimelineRow, TimelineShape};
use crate::documents::timeline::short_month;
use crate::dossier::model::{Event, Evidence, Label, Measure, MeasureState};
use crate::drafting::{law, view::Scene, words};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::{Instant, local_date};
use chrono::{Datelike, NaiveDate};

/// Most rows of a kind.
pub(super) struct Most {
    pub(super) facts: usize,
    pub(super) others: usize,
    /// Most rows of a kind that weigh, which stand before the others.
    pub(super) weighing: usize,
    /// Longest description, in signs.
    pub(super) text: usize,
}

/// Nothing left out.
pub(super) const EVERYTHING: Most =
    Most { facts: usize::MAX, others: usize::MAX, weighing: usize::MAX, text: usize::MAX };

/// The axis, and how many rows were left out of it.
pub(super) struct Dated {
    pub(super) timeline: Timeline,
    pub(super) facts_left: usize,
    pub(super) others_left: usize,
}

/// The axis of a matter, each kind in order of time.
pub(super) fn dated(scene: &Scene<'_>, most: &Most) -> Dated {
    let (facts, facts_left) = facts(scene, most);
    let mut others_left = 0;
    let mut rows: Vec<TimelineRow> = Vec::new();
    let mut add = |part: Vec<(bool, TimelineRow)>, others: usize| {
        let (kept, left) = weightiest(part, others, most.weighing);
        others_left += left;
        rows.extend(kept);
    };
    let alike = |part: Vec<TimelineRow>| part.into_iter().map(|row| (false, row)).collect();
    add(hearings(scene), most.others);
    add(alike(deadlines(scene)), most.others);
    add(alike(facts), usize::MAX);
    add(measures(scene), most.others);
    add(holes(scene), most.others);
    let caption = "Zittingen, termijnen, feiten en maatregelen, geteld in Nederlandse kloktijd".to_owned();
    Dated { timeline: Timeline { caption, on: scene.on, rows }, facts_left, others_left }
}

/// The first rows of a kind in their order, those that weigh before the others; and how many are left out.
fn weightiest(part: Vec<(bool, TimelineRow)>, most: usize, always: usize) -> (Vec<TimelineRow>, usize) {
    let weighing = part.iter().filter(|(weighs, _)| *weighs).count().min(always);
    let (all, mut weighty, mut others) = (part.len(), weighing, most.saturating_sub(weighing));
    let mut kept = Vec::new();
    for (weighs, row) in part {
        let room = if weighs && weighty > 0 { &mut weighty } else { &mut others };
        if *room > 0 {
            *room = room.saturating_sub(1);
            kept.push(row);
        }
    }
    let left = all.saturating_sub(kept.len());
    (kept, left)
}

fn row(part: &str, shape: TimelineShape, label: &str, days: (Option<NaiveDate>, Option<NaiveDate>)) -> TimelineRow {
    TimelineRow {
        part: part.to_owned(),
        shape,
        label: label.to_owned(),
        from: days.0,
        until: days.1,
        when: String::new(),
        what: Vec::new(),
    }
}

/// A moment with its day as a label: "19 nov".
fn moment(part: &str, shape: TimelineShape, at: &Instant, what: String) -> TimelineRow {
    let day = local_date(at);
    let label = format!("{} {}", day.day(), short_month(day));
    let when = words::capital(&words::told_moment(at));
    TimelineRow { when, what: vec![Inline::Text(what)], ..row(part, shape, &label, (Some(day), Some(day))) }
}

/// Hearings that are still to come; those at the same moment in one row, and the own one weighs.
fn hearings(scene: &Scene<'_>) -> Vec<(bool, TimelineRow)> {
    let mut groups: Vec<(Instant, String, Vec<String>)> = Vec::new();
    let own = scene.matter.into_iter().flat_map(|matter| &matter.hearings).map(|hearing| hearing.at);
    let own: Vec<Instant> = own.filter(|at| local_date(at) >= scene.on).min().into_iter().collect();
    for matter in &scene.file.matters {
        for hearing in matter.hearings.iter().filter(|hearing| local_date(&hearing.at) >= scene.on) {
            let name = words::matter_name(matter.kind).to_owned();
            match groups.iter_mut().find(|(at, kind, _)| *at == hearing.at && *kind == hearing.kind) {
                Some((_, _, names)) => names.push(name),
                None => groups.push((hearing.at, hearing.kind.clone(), vec![name])),
            }
        }
    }
    groups.sort();
    let told = |(at, kind, names): (Instant, String, Vec<String>)| {
        let what = format!("{} in {}", words::capital(&kind), words::list(&names));
        (own.contains(&at), moment("Zitting", TimelineShape::Square, &at, what))
    };
    groups.into_iter().map(told).collect()
}

/// Terms of this domain that run, were missed, or of which it is not known; the same term once.
fn deadlines(scene: &Scene<'_>) -> Vec<TimelineRow> {
    let mut found: Vec<(Instant, TimelineRow)> = scene
        .conflicts
        .deadlines
        .iter()
        .filter(|deadline| deadline.status != DeadlineStatus::Met)
        .filter(|deadline| scene.label(&deadline.fact).is_some() && scene.may_tell(deadline))
        .filter(|deadline| scene.domain_of(&deadline.fact).is_none_or(|domain| domain == scene.domain))
        .map(|deadline| {
            let what = format!("{} ({}) ", deadline.what, deadline.status.label());
            let mut row = moment("Termijn", TimelineShape::Diamond, &deadline.at, what);
            row.what.push(Inline::Source(law::cite(&deadline.legal_source)));
            (deadline.at, row)
        })
        .collect();
    found.sort_by_key(|(at, _)| *at);
    found.dedup_by(|(_, next), (_, first)| next == first);
    found.into_iter().map(|(_, row)| row).collect()
}

/// The facts with a critical sign and the latest others, in order of time, and how many are left out.
fn facts(scene: &Scene<'_>, most: &Most) -> (Vec<TimelineRow>, usize) {
    let mut dated: Vec<(NaiveDate, &Event, &str)> = scene
        .file
        .events
        .iter()
        .filter_map(|event| Some((event.time.first_day()?, event, scene.label(&FactId::from(&event.id))?)))
        .collect();
    dated.sort_by_key(|(day, ..)| *day);
    // Among what may not be told nothing is picked out: that would tell something of it.
    let weighty = |event: &Event| {
        event.status.in_domain(scene.domain) != Evidence::Refuted
            && is_critical(event)
            && scene.only_elsewhere(event).is_none()
    };
    let mut order: Vec<usize> = (0..dated.len()).collect();
    order.sort_by_key(|place| {
        (!dated.get(*place).is_some_and(|(_, event, _)| weighty(event)), std::cmp::Reverse(*place))
    });
    order.truncate(most.facts);
    order.sort_unstable();
    let left = dated.len().saturating_sub(order.len());
    let told = |(day, event, label): &(NaiveDate, &Event, &str)| {
        let status = event.status.in_domain(scene.domain).label();
        let said = match scene.only_elsewhere(event) {
            Some(_) => "staat alleen in stukken die niet zijn gevoegd".to_owned(),
            None => shortened(event.description.trim_end_matches('.'), most.text),
        };
        let what = format!("{label} {said} ({status})");
        TimelineRow {
            when: words::capital(&words::event_time(&event.time)),
            what: vec![Inline::Text(what)],
            ..row("Feit", TimelineShape::Dot, label, (Some(*day), event.time.last_day()))
        }
    };
    (order.into_iter().filter_map(|place| dated.get(place)).map(told).collect(), left)
}

/// Measures with their begin and end: filled while in force, only a rim when not (yet). What holds today weighs.
fn measures(scene: &Scene<'_>) -> Vec<(bool, TimelineRow)> {
    let holding = in_force(scene);
    let told = |measure: &Measure| {
        let label = scene.label(&FactId::from(&measure.id))?;
        let start = measure.starts.or(measure.decided_at);
        let end = measure.effective_end();
        let when = match (start, end, measure.open_ended) {
            (Some(start), Some(end), _) => format!("{} tot {}", words::told_moment(&start), words::told_moment(&end)),
            (Some(start), None, true) => format!("vanaf {}, zonder vast einde", words::told_moment(&start)),
            (Some(start), None, false) => format!("vanaf {}, einde niet bekend", words::told_moment(&start)),
            (None, Some(end), _) => format!("tot {}", words::told_moment(&end)),
            (None, None, _) => return None,
        };
        let (shape, state) = match measure.state {
            MeasureState::InForce => (TimelineShape::Bar, String::new()),
            state => (TimelineShape::Open, format!(" ({})", state.label())),
        };
        let days = (start.map(|at| local_date(&at)), end.map(|at| local_date(&at)));
        let what = format!("{label} {}{state}", measure.instrument.label());
        let row = TimelineRow {
            when: words::capital(&when),
            what: vec![Inline::Text(what)],
            ..row("Maatregel", shape, label, days)
        };
        let holds = holding.iter().any(|other| other.id == measure.id);
        Some((start.or(end)?, (holds, row)))
    };
    let may_tell = |measure: &&Measure| !scene.is_untold_measure(measure);
    let measures = scene.file.measures.iter().filter(may_tell);
    let mut rows: Vec<(Instant, (bool, TimelineRow))> = measures.filter_map(told).collect();
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A hole, for what, against whom, and whether the plan closes it.
type Hole = (Gap, Need, PersonId, bool);

/// Whether two holes have time in common.
fn meets(left: &Gap, right: &Gap) -> bool {
    left.until.is_none_or(|end| end > right.from) && right.until.is_none_or(|end| end > left.from)
}

/// Holes in protection as things stand, persons with the same hole together. One that the plan leaves open weighs.
fn holes(scene: &Scene<'_>) -> Vec<(bool, TimelineRow)> {
    let mut groups: Vec<(Hole, Vec<String>)> = Vec::new();
    for line in in_file_order(scene, build(scene.file, scene.on).lines) {
        for gap in &line.now.gaps {
            let name = scene.person(&line.person);
            let stays = line.with_plan.gaps.iter().any(|other| meets(other, gap));
            let same = |(known, need, against, closes): &Hole| {
                (known.from, known.until) == (gap.from, gap.until)
                    && (*need, *closes) == (line.need, !stays)
                    && *against == line.against
            };
            match groups.iter_mut().find(|(known, _)| same(known)) {
                Some((_, names)) => names.push(name),
                None => groups.push(((gap.clone(), line.need, line.against.clone(), !stays), vec![name])),
            }
        }
    }
    groups.sort_by_key(|((gap, ..), _)| gap.from);
    let told = |((gap, need, against, closes), names): (Hole, Vec<String>)| {
        let end = gap.until.map_or_else(|| "een nog onbekend moment".to_owned(), |at| words::told_moment(&at));
        let plan = if closes { "; het plan sluit dit" } else { "" };
        let what = format!("{}, {} tegenover {}{plan}", need.label(), words::list(&names), scene.person(&against));
        let shape = if closes { TimelineShape::GapUnlessPlanned } else { TimelineShape::Gap };
        let row = TimelineRow {
            when: words::capital(&format!("{} tot {end}", words::told_moment(&gap.from))),
            what: vec![Inline::Text(what)],
            ..row("Gat", shape, "", (Some(local_date(&gap.from)), gap.until.map(|at| local_date(&at))))
        };
        (!closes, row)
    };
    groups.into_iter().map(told).collect()
}
