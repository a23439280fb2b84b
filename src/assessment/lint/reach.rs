//! Which truths a rule can have at all, worked out from its text.

use crate::assessment::engine::Truth;
use crate::assessment::language::{Condition, Definition, EventQuery, IfNone, PlanQuery, Threshold};
use crate::dossier::model::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// Truths that a condition can have by computation.
pub fn truths(condition: &Condition, definitions: &BTreeMap<String, Definition>) -> BTreeSet<Truth> {
    Reach { definitions, answered: false, depth: 0 }.of(condition)
}

/// Truths that a condition can have once the judge has answered its open norm.
pub fn truths_with_answer(condition: &Condition, definitions: &BTreeMap<String, Definition>) -> BTreeSet<Truth> {
    Reach { definitions, answered: true, depth: 0 }.of(condition)
}

struct Reach<'d> {
    definitions: &'d BTreeMap<String, Definition>,
    answered: bool,
    depth: usize,
}

const ALL: [Truth; 4] = [Truth::False, Truth::Missing, Truth::Open, Truth::True];

fn with_missing(missing: bool) -> BTreeSet<Truth> {
    let mut set = BTreeSet::from([Truth::False, Truth::True]);
    if missing {
        set.insert(Truth::Missing);
    }
    set
}

impl Reach<'_> {
    fn of(&mut self, condition: &Condition) -> BTreeSet<Truth> {
        match condition {
            Condition::All(parts) => self.combine(parts, Truth::True, std::cmp::min),
            Condition::Any(parts) => self.combine(parts, Truth::False, std::cmp::max),
            Condition::AtLeast(group) if group.n == group.of.len() => {
                self.combine(&group.of, Truth::True, std::cmp::min)
            }
            Condition::AtLeast(group) => self.combine(&group.of, Truth::False, std::cmp::max),
            Condition::Not(part) => self.of(part).into_iter().map(Truth::negate).collect(),
            Condition::Unless(unless) => {
                let negated: BTreeSet<Truth> = self.of(&unless.defeater).into_iter().map(Truth::negate).collect();
                pairwise(&self.of(&unless.rule), &negated, std::cmp::min)
            }
            Condition::Missing(part) => {
                let inner = self.of(part);
                let missing = inner.contains(&Truth::Missing).then_some(Truth::True);
                let told = inner.iter().any(|truth| *truth != Truth::Missing).then_some(Truth::False);
                missing.into_iter().chain(told).collect()
            }
            Condition::Judge(_) if self.answered => ALL.into(),
            Condition::Judge(_) => BTreeSet::from([Truth::Missing, Truth::Open]),
            Condition::Use(name) => self.used(name),
            query => of_query(query),
        }
    }

    fn used(&mut self, name: &str) -> BTreeSet<Truth> {
        let definitions = self.definitions;
        match definitions.get(name) {
            Some(definition) if self.depth < 16 => {
                self.depth += 1;
                let set = self.of(&definition.rule);
                self.depth -= 1;
                set
            }
            _ => BTreeSet::from([Truth::Missing]),
        }
    }

    fn combine(&mut self, parts: &[Condition], start: Truth, join: fn(Truth, Truth) -> Truth) -> BTreeSet<Truth> {
        parts.iter().fold(BTreeSet::from([start]), |all, part| pairwise(&all, &self.of(part), join))
    }
}

fn pairwise(one: &BTreeSet<Truth>, other: &BTreeSet<Truth>, join: fn(Truth, Truth) -> Truth) -> BTreeSet<Truth> {
    one.iter().flat_map(|left| other.iter().map(move |right| join(*left, *right))).collect()
}

/// A query for events of exactly some certainty: nothing is refuted to it, and without a field that the file may
/// leave unknown it is missing only when there is nothing of the kind.
fn of_exact(query: &EventQuery) -> BTreeSet<Truth> {
    let unsure = query.actor.is_some()
        || query.target.is_some()
        || query.exposed.is_some()
        || query.frequency.is_some()
        || query.within.is_some()
        || !query.breach_of.is_empty()
        || query.independent_sources.is_some();
    let no = query.if_none == Some(IfNone::No);
    let contested = query.evidence.iter().any(|at| matches!(at, Evidence::Alleged | Evidence::Disputed));
    let mut set = BTreeSet::new();
    if query.evidence.iter().any(|at| !matches!(at, Evidence::Alleged | Evidence::Disputed)) || counts_alleged(query) {
        set.insert(Truth::True);
    }
    if contested && !counts_alleged(query) {
        set.insert(Truth::Open);
    }
    if unsure || !no {
        set.insert(Truth::Missing);
    }
    if no {
        set.insert(Truth::False);
    }
    set
}

fn counts_alleged(query: &EventQuery) -> bool {
    query.status == Some(Threshold::Alleged)
}

fn of_query(query: &Condition) -> BTreeSet<Truth> {
    let unknown = |if_none: Option<IfNone>, default: IfNone| if_none.unwrap_or(default) == IfNone::Unknown;
    match query {
        // What is alleged counts as it is: nothing stays open.
        Condition::Event(item) if !item.evidence.is_empty() => of_exact(item),
        Condition::Event(item) if counts_alleged(item) => with_missing(true),
        Condition::Trend(item) if counts_alleged(&item.events) => with_missing(true),
        Condition::Stale(item) if counts_alleged(&item.after) => with_missing(true),
        Condition::Asymmetry(item) if counts_alleged(&item.events) => with_missing(true),
        Condition::Event(_)
        | Condition::Asymmetry(_)
        | Condition::Trend(_)
        | Condition::Stale(_)
        | Condition::Help(_) => ALL.into(),
        Condition::Answered(_) => with_missing(false),
        Condition::Proposal(item) => with_missing(
            item.consent.is_some()
                || item.screened.is_some()
                || item.adapted_form.is_some()
                || unknown(item.if_none, IfNone::No),
        ),
        Condition::InstrumentResult(item) | Condition::ResultsDiffer(item) => with_missing(
            item.about.is_some()
                || item.informants.is_some()
                || item.weapons_asked.is_some()
                || item.assessor_trained.is_some()
                || !item.levels.is_empty()
                || item.last_days.is_some()
                || unknown(item.if_none, IfNone::No),
        ),
        Condition::Request(item) => with_missing(item.by_carer || unknown(item.if_none, IfNone::No)),
        Condition::Gezag(item) => with_missing(unknown(item.if_none, IfNone::Unknown)),
        Condition::Relation(item) => with_missing(unknown(item.if_none, IfNone::Unknown)),
        Condition::CriminalPhase(item) => with_missing(
            !item.reclassering_risk.is_empty()
                || item.reclassering_advice.is_some()
                || unknown(item.if_none, IfNone::No),
        ),
        Condition::Plan(plan) => with_missing(match plan {
            PlanQuery::Omgang {
                adults_meet,
                supervisor_reports,
                supervisor_volunteers,
                supervisor_agreed,
                information,
                ..
            } => {
                adults_meet.is_some()
                    || supervisor_reports.is_some()
                    || supervisor_volunteers.is_some()
                    || supervisor_agreed.is_some()
                    || !information.is_empty()
            }
            PlanQuery::Gedragsinterventie { programmes, .. } => !programmes.is_empty(),
            PlanQuery::Gezag { .. } | PlanQuery::Extension { .. } => false,
        }),
        _ => with_missing(true),
    }
}
