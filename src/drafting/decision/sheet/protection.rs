//! What is in force today, what clashes, where protection stops, and what a safe hearing asks.

use super::HEARING_FILE;
use super::room::{Room, cut, left_out};
use crate::assessment::CRITICAL_SIGNS;
use crate::conflicts::bridge::{BridgeLine, build};
use crate::conflicts::model::Gap;
use crate::dossier::model::{
    Conduct, Event, Evidence, FamilyRole, Label, Measure, MeasureRule, MeasureState, RuleEffect,
};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::FactId;
use crate::shared::moment::{local_date, start_of_day};
use serde_json::{Value, json};

/// Measures that hold on the reference date, as far as this file may tell them.
pub(in crate::drafting::decision) fn in_force<'s>(scene: &'s Scene<'_>) -> Vec<&'s Measure> {
    let now = start_of_day(scene.on);
    let on_the_day = |measure: &&Measure| {
        measure.state == MeasureState::InForce
            && measure.starts.is_none_or(|start| local_date(&start) <= scene.on)
            && measure.effective_end().is_none_or(|end| end >= now)
            && !scene.is_untold_measure(measure)
    };
    scene.file.measures.iter().filter(on_the_day).collect()
}

/// Measures given in a matter of this judge's domain come first, and this many take no room of the others: the
/// arrangement that is to be changed is never the one left out.
const OWN_MEASURES: usize = 1;

pub(super) fn in_force_rows(scene: &Scene<'_>, room: &Room) -> Value {
    let own =
        |measure: &Measure| scene.file.find_matter(&measure.matter).is_some_and(|matter| matter.domain == scene.domain);
    let (first, rest): (Vec<&Measure>, Vec<&Measure>) = in_force(scene).into_iter().partition(|measure| own(measure));
    let most = room.measures.saturating_add(first.len().min(OWN_MEASURES));
    let rows = first.into_iter().chain(rest).map(|measure| scene.measure(measure));
    cut(rows.collect(), most, ("maatregel", "maatregelen"), HEARING_FILE)
}

pub(super) fn not_decided(scene: &Scene<'_>, room: &Room) -> Value {
    let waiting = |measure: &&Measure| {
        matches!(measure.state, MeasureState::Proposed | MeasureState::NotYetEnforceable)
            && !scene.is_untold_measure(measure)
    };
    let told = |measure: &Measure| {
        let label = scene.label(&FactId::from(&measure.id))?;
        Some(format!("{label} ({}, {})", measure.instrument.label(), measure.state.label()))
    };
    let rows: Vec<String> = scene.file.measures.iter().filter(waiting).filter_map(told).collect();
    let left = left_out(
        rows.len().saturating_sub(room.measures),
        ("voorgenomen maatregel", "voorgenomen maatregelen"),
        HEARING_FILE,
    );
    let kept: Vec<String> = rows.into_iter().take(room.measures).collect();
    json!({ "wat": words::text_or_null(&words::list(&kept)), "meer": left })
}

/// Measures of which nothing is told here, by their labels alone.
pub(super) fn not_joined(scene: &Scene<'_>) -> Value {
    let all: Vec<FactId> = scene.file.measures.iter().map(|measure| FactId::from(&measure.id)).collect();
    scene.label_list(&scene.untold_measures(&all))
}

/// Pairs that cannot both be followed.
pub(super) fn clashes(scene: &Scene<'_>, room: &Room) -> Value {
    let mut rows = match scene.clashes_in_short().0 {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    };
    // The hearing file explains; the sheet says which and when.
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.retain(|key, _| ["maatregelen", "ernst", "van", "tot"].contains(&key.as_str()));
    }
    cut(rows, room.clashes, ("botsing", "botsingen"), HEARING_FILE)
}

/// What asks for attention, by name.
pub(super) fn softer(scene: &Scene<'_>, room: &Room) -> Value {
    let names = scene.clashes_in_short().1;
    let rows: Vec<Value> = names.as_str().map(|names| names.split("; ").map(Value::from).collect()).unwrap_or_default();
    cut(rows, room.clashes.saturating_mul(2), ("aandachtspunt", "aandachtspunten"), HEARING_FILE)
}

/// First time without protection, now and if the plan is followed; persons with the same hole together.
pub(super) fn gaps(scene: &Scene<'_>, room: &Room) -> Value {
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for line in in_file_order(scene, build(scene.file, scene.on).lines) {
        if line.now.gaps.is_empty() && line.with_plan.gaps.is_empty() {
            continue;
        }
        let (now, with_plan) = (first_hole(&line.now.gaps), first_hole(&line.with_plan.gaps));
        let value = json!({
            "tegen": scene.person(&line.against),
            "behoefte": words::capital(line.need.label()),
            "zelfde": now == with_plan,
            "nu": now,
            "met_plan": with_plan,
        });
        let name = scene.person(&line.person);
        match groups.iter_mut().find(|(known, _)| *known == value) {
            Some((_, names)) => names.push(name),
            None => groups.push((value, vec![name])),
        }
    }
    let rows = groups.into_iter().map(|(mut value, names)| {
        if let Value::Object(row) = &mut value {
            row.insert("wie".to_owned(), json!(words::list(&names)));
        }
        value
    });
    cut(rows.collect(), room.gaps, ("gat in de bescherming", "gaten in de bescherming"), HEARING_FILE)
}

/// "van 8 december 2026 om 21.35 uur tot 18 december 2026 om 12.00 uur": the first hole, with those that join up with it.
fn first_hole(gaps: &[Gap]) -> Value {
    let mut gaps = gaps.iter();
    let Some(first) = gaps.next() else { return Value::Null };
    let until = gaps.fold(first.until, |end, next| if end == Some(next.from) { next.until } else { end });
    json!(match until {
        Some(until) => format!("van {} tot {}", words::told_moment(&first.from), words::told_moment(&until)),
        None => format!("vanaf {}", words::told_moment(&first.from)),
    })
}

/// Persons in the order of the file, as in every other paper.
pub(in crate::drafting::decision) fn in_file_order(scene: &Scene<'_>, mut lines: Vec<BridgeLine>) -> Vec<BridgeLine> {
    lines.sort_by_key(|line| scene.file.persons.iter().position(|person| person.id == line.person));
    lines
}

/// What the file says that matters for a safe hearing; what is decided about it stays open.
pub(super) fn safety(scene: &Scene<'_>, room: &Room) -> Value {
    let mut points = bans(scene);
    let signs = signs(scene);
    if !signs.is_empty() {
        points.push(format!("Kritieke signalen in het dossier: {}.", words::list(&signs)));
    }
    for person in &scene.file.persons {
        if let Some(language) = &person.interpreter {
            points.push(format!("{} heeft een tolk nodig in de taal {language}.", person.name));
        }
    }
    cut(points.into_iter().map(Value::from).collect(), room.safety, ("punt", "punten"), HEARING_FILE)
}

/// "niet-fatale verwurging (F10, gesteld en betwist)", the gravest first: a sign that is not settled is never told as
/// something that was.
fn signs(scene: &Scene<'_>) -> Vec<String> {
    let mut groups: Vec<((usize, String), Vec<FactId>)> = Vec::new();
    for event in &scene.file.events {
        let id = FactId::from(&event.id);
        let Some(how) = sign(scene, event).filter(|_| scene.label(&id).is_some()) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == how) {
            Some((_, facts)) => facts.push(id),
            None => groups.push((how, vec![id])),
        }
    }
    groups.sort_by_key(|((gravity, _), _)| *gravity);
    let told = |((gravity, how), facts): ((usize, String), Vec<FactId>)| {
        let labels = scene.label_list(&facts);
        let labels = labels.as_str().unwrap_or_default();
        match CRITICAL_SIGNS.get(gravity) {
            Some((_, name)) => format!("{name} ({labels}, {how})"),
            None => format!("{labels} ({how})"),
        }
    };
    groups.into_iter().map(told).collect()
}

/// Place of the gravest sign of an event among all, and how it stands in this matter.
fn sign(scene: &Scene<'_>, event: &Event) -> Option<(usize, String)> {
    let status = event.status.in_domain(scene.domain);
    let gravity = CRITICAL_SIGNS.iter().position(|(sign, _)| event.signs.contains(sign))?;
    // What it is a sign of is contents of papers that are not part of this file.
    if scene.only_elsewhere(event).is_some() {
        return None;
    }
    let how = match status {
        Evidence::Refuted => return None,
        Evidence::Disputed => "gesteld en betwist",
        Evidence::Alleged | Evidence::Unknown => "gesteld",
        status => status.label(),
    };
    Some((gravity, how.to_owned()))
}

/// Contact bans between adults, one sentence for each pair.
fn bans(scene: &Scene<'_>) -> Vec<String> {
    let mut pairs: Vec<((String, String), Vec<String>)> = Vec::new();
    for measure in in_force(scene) {
        let forbids = |rule: &MeasureRule| rule.effect == RuleEffect::Forbids && rule.conduct == Conduct::Contact;
        let adults: Vec<String> = measure
            .protected
            .iter()
            .filter(|id| scene.file.find_person(id).is_some_and(|person| person.family_role != FamilyRole::Child))
            .map(|id| scene.person(id))
            .collect();
        let Some(label) = scene.label(&FactId::from(&measure.id)).filter(|_| measure.rules.iter().any(forbids)) else {
            continue;
        };
        if adults.is_empty() {
            continue;
        }
        let pair = (scene.persons(&measure.restrained), words::list(&adults));
        let name = format!("{label} ({})", measure.instrument.label());
        match pairs.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, names)) => names.push(name),
            None => pairs.push((pair, vec![name])),
        }
    }
    let told = |((from, to), names): ((String, String), Vec<String>)| {
        format!("Er geldt een contactverbod tussen {from} en {to}, op grond van {}.", words::list(&names))
    };
    pairs.into_iter().map(told).collect()
}
