//! Nothing points at what is gone: not even an id or a page number of a withheld item stays.

use crate::dossier::model::{Dossier, Event, FactSource, Measure, MeasureRule, Place};
use crate::shared::ids::{AddressId, DocumentId, FactId, MeasureId};
use std::collections::BTreeSet;

/// What is still there.
struct Left {
    documents: BTreeSet<DocumentId>,
    measures: BTreeSet<MeasureId>,
    addresses: BTreeSet<AddressId>,
    facts: BTreeSet<FactId>,
}

/// Removes sources and references that point at items which are no longer there.
pub(super) fn drop_dangling(dossier: &mut Dossier) {
    let left = Left {
        documents: dossier.documents.iter().map(|item| item.id.clone()).collect(),
        measures: dossier.measures.iter().map(|item| item.id.clone()).collect(),
        addresses: dossier.persons.iter().flat_map(|person| &person.addresses).map(|item| item.id.clone()).collect(),
        facts: dossier.fact_ids().into_iter().collect(),
    };
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
                offence.events.retain(|id| left.facts.contains(id));
            }
        }
    }
    left.clean_plans(dossier);
}

impl Left {
    fn lost(&self, source: &Option<FactSource>) -> bool {
        source.as_ref().is_some_and(|source| !self.documents.contains(&source.document))
    }

    fn clean(&self, source: &mut Option<FactSource>) {
        if self.lost(source) {
            *source = None;
        }
    }

    fn clean_event(&self, event: &mut Event) {
        for statement in &mut event.statements {
            self.clean(&mut statement.source);
            if statement.repeats.as_ref().is_some_and(|id| !self.facts.contains(id)) {
                statement.repeats = None;
            }
        }
        event.answers.iter_mut().for_each(|answer| self.clean(&mut answer.source));
        if event.breach_of.as_ref().is_some_and(|id| !self.measures.contains(id)) {
            event.breach_of = None;
        }
    }

    fn clean_measure(&self, measure: &mut Measure) {
        self.clean(&mut measure.source);
        if measure.extends.as_ref().is_some_and(|id| !self.measures.contains(id)) {
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
            if place.address.as_ref().is_some_and(|id| !self.addresses.contains(id)) {
                place.address = None;
            }
        });
    }

    fn clean_plans(&self, dossier: &mut Dossier) {
        let plans = &mut dossier.plans;
        let known = |id: &FactId| self.facts.contains(id);
        if let Some(plan) = &mut plans.gezag {
            plan.suspicion_facts.retain(known);
            plan.acute_facts.retain(known);
        }
        for child in plans.omgang.iter_mut().flat_map(|plan| plan.children.iter_mut()) {
            child.ground_facts.retain(known);
        }
        if let Some(plan) = &mut plans.gedragsinterventie {
            plan.enforceability_facts.retain(known);
            self.clean(&mut plan.advice);
        }
        if let Some(extension) = plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()) {
            extension.danger_facts.retain(known);
            self.clean(&mut extension.care_advice);
        }
    }
}
