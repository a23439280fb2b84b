//! Nothing points at what is gone: not even an id or a page number of a withheld item stays.

use crate::dossier::model::{Dossier, Event, FactSource, Measure, MeasureRule, Place};
use crate::shared::ids::{AddressId, FactId};

/// What is still there, in order. Documents and measures are among the facts: all ids of a dossier
/// are in one namespace.
struct Left {
    addresses: Vec<AddressId>,
    facts: Vec<FactId>,
}

/// Removes sources and references that point at items which are no longer there.
pub(super) fn drop_dangling(dossier: &mut Dossier) {
    let mut left = Left {
        addresses: dossier.persons.iter().flat_map(|person| &person.addresses).map(|item| item.id.clone()).collect(),
        facts: dossier.fact_ids(),
    };
    left.addresses.sort_unstable();
    left.facts.sort_unstable();
    for event in &mut dossier.events {
        left.clean_event(event);
    }
    for measure in &mut dossier.measures {
        left.clean_measure(measure);
    }
    dossier.relations.iter_mut().for_each(|item| left.clean(&mut item.source));
    dossier.gezag.iter_mut().for_each(|item| left.clean(&mut item.source));
    dossier.instrument_results.iter_mut().for_each(|item| left.clean(&mut item.source));
    dossier.help.iter_mut().for_each(|item| left.clean(&mut item.source));
    dossier.child_hearings.iter_mut().for_each(|item| left.clean(&mut item.source));
    dossier.proposals.iter_mut().for_each(|item| left.clean(&mut item.source));
    for request in &mut dossier.requests {
        left.clean(&mut request.source);
        request.positions.iter_mut().for_each(|item| left.clean(&mut item.source));
    }
    for matter in &mut dossier.matters {
        // A step is told by its document; without it there is nothing to show it by.
        matter.steps.retain(|step| !left.lost(&step.source));
        if let Some(criminal) = &mut matter.criminal {
            left.clean(&mut criminal.reclassering_advice);
            for offence in &mut criminal.offences {
                offence.events.retain(|id| left.has(id.as_str()));
            }
        }
    }
    left.clean_plans(dossier);
}

impl Left {
    fn has(&self, fact: &str) -> bool {
        self.facts.binary_search_by(|known| known.as_str().cmp(fact)).is_ok()
    }

    fn lost(&self, source: &Option<FactSource>) -> bool {
        source.as_ref().is_some_and(|source| !self.has(source.document.as_str()))
    }

    fn clean(&self, source: &mut Option<FactSource>) {
        if self.lost(source) {
            *source = None;
        }
    }

    fn clean_event(&self, event: &mut Event) {
        for statement in &mut event.statements {
            self.clean(&mut statement.source);
            if statement.repeats.as_ref().is_some_and(|id| !self.has(id.as_str())) {
                statement.repeats = None;
            }
        }
        event.answers.iter_mut().for_each(|answer| self.clean(&mut answer.source));
        if event.breach_of.as_ref().is_some_and(|id| !self.has(id.as_str())) {
            event.breach_of = None;
        }
    }

    fn clean_measure(&self, measure: &mut Measure) {
        self.clean(&mut measure.source);
        if measure.extends.as_ref().is_some_and(|id| !self.has(id.as_str())) {
            measure.extends = None;
        }
        for rule in &mut measure.rules {
            self.clean_places(rule);
        }
    }

    fn clean_places(&self, rule: &mut MeasureRule) {
        let handover = rule.schedule.as_mut().and_then(|schedule| schedule.handover.as_mut());
        let places = rule.places.iter_mut().chain(handover.and_then(|handover| handover.place.as_mut()));
        places.for_each(|place: &mut Place| {
            if place.address.as_ref().is_some_and(|id| self.addresses.binary_search(id).is_err()) {
                place.address = None;
            }
        });
    }

    fn clean_plans(&self, dossier: &mut Dossier) {
        let plans = &mut dossier.plans;
        let known = |id: &FactId| self.has(id.as_str());
        if let Some(plan) = &mut plans.gezag {
            plan.suspicion_facts.retain(known);
            plan.acute_facts.retain(known);
        }
        if let Some(plan) = &mut plans.omgang {
            plan.replaces.retain(|id| self.has(id.as_str()));
        }
        for child in plans.omgang.iter_mut().flat_map(|plan| plan.children.iter_mut()) {
            child.ground_facts.retain(known);
        }
        if let Some(plan) = &mut plans.gedragsinterventie {
            plan.enforceability_facts.retain(known);
            plan.suspicion_facts.retain(known);
            plan.ground_facts.retain(known);
            if plan.earlier_order.as_ref().is_some_and(|earlier| !self.has(earlier.measure.as_str())) {
                plan.earlier_order = None;
            }
            plan.earlier_order.iter_mut().for_each(|earlier| earlier.new_facts.retain(known));
            self.clean(&mut plan.advice);
        }
        if let Some(extension) = plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()) {
            extension.danger_facts.retain(known);
            self.clean(&mut extension.care_advice);
        }
    }
}
