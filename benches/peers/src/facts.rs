//! The facts that the eight criteria ask, without the rest of the dossier, in a form that every engine
//! can read. Who may use what in which domain is settled here: the peers have no gate of their own.

use chrono::{Datelike, Days, NaiveDate};
use combizitting::dossier::model::{Domain, Dossier, Evidence, Exposure, FamilyRole, Instrument, RelationKind};
use combizitting::dossier::projection;
use combizitting::shared::ids::PersonId;
use combizitting::shared::moment::start_of_day;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A day as a number that can be compared: 20261117.
fn number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// Certainty on one scale: refuted, unknown, alleged, plausible, admitted, established.
fn level(evidence: Evidence) -> i64 {
    match evidence {
        Evidence::Refuted => -2,
        Evidence::Unknown => -1,
        Evidence::Alleged | Evidence::Disputed => 0,
        Evidence::Plausible => 1,
        Evidence::Admitted => 2,
        Evidence::Established => 3,
    }
}

/// Parents of each child.
fn parents_of(dossier: &Dossier) -> BTreeMap<&PersonId, BTreeSet<&PersonId>> {
    let mut parents: BTreeMap<&PersonId, BTreeSet<&PersonId>> = BTreeMap::new();
    for relation in dossier.relations.iter().filter(|relation| relation.kind == RelationKind::ParentOf) {
        parents.entry(&relation.to).or_default().insert(&relation.from);
    }
    parents
}

fn persons(dossier: &Dossier) -> Vec<Value> {
    let parents = parents_of(dossier);
    dossier
        .persons
        .iter()
        .map(|person| {
            let shared = parents.values().filter(|both| both.contains(&person.id)).flatten();
            let co_parents: BTreeSet<_> = shared.filter(|other| **other != &person.id).collect();
            let is_parent = person.family_role == FamilyRole::Parent
                || parents.values().any(|parents| parents.contains(&person.id));
            json!({
                "id": person.id,
                "born": person.born.map(number),
                "born_year": person.born_year,
                "child": person.family_role == FamilyRole::Child,
                "parent": is_parent,
                "parents": parents.get(&person.id).cloned().unwrap_or_default(),
                "co_parents": co_parents,
            })
        })
        .collect()
}

fn events(dossier: &Dossier) -> Vec<Value> {
    let known: BTreeSet<&str> = dossier.persons.iter().map(|person| person.id.as_str()).collect();
    dossier
        .events
        .iter()
        .map(|event| {
            let exposure: Vec<Value> = event
                .exposure
                .iter()
                .map(|item| {
                    let exposed = (item.how != Exposure::Unknown).then(|| item.how.is_exposed());
                    json!({"child": item.child, "exposed": exposed})
                })
                .collect();
            json!({
                "id": event.id,
                "violence": event.kind.is_violence(),
                "level": level(event.status.in_domain(Domain::Family)),
                "actors": event.actors.iter().filter(|id| known.contains(id.as_str())).collect::<Vec<_>>(),
                "targets": event.targets,
                "exposure": exposure,
                "last_day": event.time.last_day().map(number),
                "signs": event.signs,
            })
        })
        .collect()
}

fn measures(dossier: &Dossier) -> Vec<Value> {
    dossier
        .measures
        .iter()
        .map(|measure| {
            let rules: Vec<Value> = measure
                .rules
                .iter()
                .map(|rule| {
                    let with = if rule.with.is_empty() { &measure.protected } else { &rule.with };
                    json!({"effect": rule.effect, "conduct": rule.conduct, "with": with})
                })
                .collect();
            json!({
                "id": measure.id,
                "state": measure.state,
                "starts": measure.starts.or(measure.decided_at).map(|at| at.timestamp()),
                "ends": measure.effective_end().map(|at| at.timestamp()),
                "open_ended": measure.open_ended,
                "restrained": measure.restrained,
                "rules": rules,
            })
        })
        .collect()
}

/// The facts of a dossier for one day.
pub fn of(dossier: &Dossier, on: NaiveDate) -> Value {
    let family = projection::for_domain(dossier, Domain::Family).dossier;
    let administrative = projection::for_domain(dossier, Domain::Administrative).dossier;
    let bans = administrative.measures.iter().filter(|measure| measure.instrument == Instrument::Huisverbod);
    let requests = family.requests.iter();
    let phases: Vec<_> =
        family.matters.iter().filter_map(|matter| matter.criminal.as_ref()).map(|case| case.phase).collect();
    json!({
        "on": number(on),
        "day_begins": start_of_day(on).timestamp(),
        "day_ends": start_of_day(on.checked_add_days(Days::new(1)).expect("a next day")).timestamp(),
        "persons": persons(&family),
        "bans": bans.map(|ban| json!({"id": ban.id, "restrained": ban.restrained})).collect::<Vec<_>>(),
        "events": events(&family),
        "measures": measures(&family),
        "phases": phases,
        "requests": requests.map(|item| json!({
            "kind": item.kind, "by": item.by, "children": item.children, "against": item.against,
        })).collect::<Vec<_>>(),
        "hearings": family.child_hearings.iter().map(|item| json!({
            "child": item.child, "outcome": item.outcome, "objects": item.objects_to_contact,
        })).collect::<Vec<_>>(),
        "proposals": family.proposals.iter().map(|item| json!({
            "id": item.id, "participants": item.participants,
        })).collect::<Vec<_>>(),
    })
}
