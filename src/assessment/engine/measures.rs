//! Which measures fit a query, and which overlap.

use super::truth::{Fit, Hit, Tally};
use super::world::{Binding, World};
use crate::assessment::language::{IfNone, InForce, MeasureQuery, Overlap};
use crate::dossier::model::{Evidence, Instrument, Measure, MeasureRule, MeasureState};
use crate::shared::ids::PersonId;
use crate::shared::moment::{Instant, start_of_day};
use chrono::Days;

impl<'a> World<'a> {
    /// What a measure query finds. An order stands as it was given, so its certainty is "vast".
    pub fn tally_measures(&self, query: &MeasureQuery, binding: &Binding<'a>) -> Tally<'a> {
        let hits =
            self.find_measures(query, binding).into_iter().map(|(measure, fit)| self.order(measure, fit)).collect();
        tally(hits, query.if_none)
    }

    /// Pairs of measures on the same persons in the same period.
    pub fn tally_overlap(&self, overlap: &Overlap, binding: &Binding<'a>) -> Tally<'a> {
        let ones = self.find_measures(&overlap.one, binding);
        let others = self.find_measures(&overlap.other, binding);
        let mut hits: Vec<Hit<'a>> = Vec::new();
        for (one, one_fit) in &ones {
            for (other, other_fit) in others.iter().filter(|(other, _)| other.id != one.id) {
                let fit = (*one_fit).min(*other_fit).min(periods_overlap(one, other)).min(share_persons(one, other));
                if fit != Fit::No {
                    hits.extend([self.order(one, fit), self.order(other, fit)]);
                }
            }
        }
        hits.sort_by_key(|hit| (hit.rank, !hit.sure));
        hits.dedup_by_key(|hit| hit.rank);
        tally(hits, None)
    }

    fn order(&self, measure: &'a Measure, fit: Fit) -> Hit<'a> {
        let rank = self.rank(measure.id.as_str());
        Hit { rank, evidence: Evidence::Established, sure: fit == Fit::Yes, sources: Vec::new() }
    }

    fn find_measures(&self, query: &MeasureQuery, binding: &Binding<'a>) -> Vec<(&'a Measure, Fit)> {
        let mut found: Vec<(&Measure, Fit)> = self
            .dossier
            .measures
            .iter()
            .map(|measure| (measure, self.measure_fits(query, measure, binding)))
            .filter(|(_, fit)| *fit != Fit::No)
            .collect();
        found.sort_by(|one, other| one.0.id.cmp(&other.0.id));
        found
    }

    fn measure_fits(&self, query: &MeasureQuery, measure: &Measure, binding: &Binding<'a>) -> Fit {
        let right_kind = query.instruments.is_empty() || query.instruments.contains(&measure.instrument);
        if !right_kind || !is_of_bound_ban(measure, binding) {
            return Fit::No;
        }
        self.in_force(query.in_force, measure)
            .min(self.extension_fits(query.extended, measure))
            .min(Fit::when(query.end_known.is_none_or(|wanted| wanted == end_known(measure))))
            .min(self.bound_persons_fit(query, measure, binding))
    }

    fn bound_persons_fit(&self, query: &MeasureQuery, measure: &Measure, binding: &Binding<'a>) -> Fit {
        let asks_rule = !query.conduct.is_empty()
            || query.effect.is_some()
            || query.exception.is_some()
            || query.supervision.is_some()
            || query.place_current.is_some();
        let restrained = self.someone(query.restrained, &measure.restrained, binding);
        if !asks_rule {
            return restrained.min(self.protected_fit(query, measure, &measure.protected, binding));
        }
        let by_rule = measure.rules.iter().filter(|rule| rule_fits(query, rule)).map(|rule| {
            let with = if rule.with.is_empty() { &measure.protected } else { &rule.with };
            self.protected_fit(query, measure, with, binding).min(self.places_fit(query.place_current, rule, with))
        });
        restrained.min(by_rule.max().unwrap_or(Fit::No))
    }

    /// Whether the measure protects (or arranges contact with) someone in the role, towards someone it binds.
    fn protected_fit(&self, query: &MeasureQuery, measure: &Measure, with: &[PersonId], binding: &Binding<'a>) -> Fit {
        let Some(role) = query.protected else { return Fit::Yes };
        if with.is_empty() {
            return Fit::Maybe;
        }
        let bound = self.places(&measure.restrained);
        let fits = self.places(with).into_iter().any(|who| {
            let mut towards = bound.iter().copied().filter(|actor| *actor != who);
            match query.restrained {
                Some(restrained) => towards.any(|actor| {
                    self.has_role(restrained, actor, None, binding) && self.has_role(role, who, Some(actor), binding)
                }),
                None => self.has_role(role, who, bound.iter().next().copied(), binding),
            }
        });
        Fit::when(fits)
    }

    /// Whether the addresses of a rule are those where a protected person still lives, works or goes to school.
    fn places_fit(&self, current: Option<bool>, rule: &MeasureRule, with: &[PersonId]) -> Fit {
        let Some(current) = current else { return Fit::Yes };
        let persons = || self.dossier.persons.iter().filter(|person| with.contains(&person.id));
        let still_there = |id: &crate::shared::ids::AddressId| {
            let mut known = persons().flat_map(|person| &person.addresses).filter(|address| address.id == *id);
            known.next().map(|address| address.until.is_none_or(|until| until >= self.on))
        };
        let told: Vec<Option<bool>> =
            rule.places.iter().filter_map(|place| place.address.as_ref()).map(still_there).collect();
        if told.contains(&Some(false)) {
            return Fit::when(!current);
        }
        if told.is_empty() || told.contains(&None) { Fit::Maybe } else { Fit::when(current) }
    }

    fn extension_fits(&self, wanted: Option<bool>, measure: &Measure) -> Fit {
        let Some(wanted) = wanted else { return Fit::Yes };
        let extended = self.dossier.measures.iter().any(|other| {
            other.extends.as_ref() == Some(&measure.id)
                && !matches!(other.state, MeasureState::Proposed | MeasureState::Annulled)
        });
        Fit::when(extended == wanted)
    }

    fn in_force(&self, when: InForce, measure: &Measure) -> Fit {
        let proposed = measure.state == MeasureState::Proposed;
        if when == InForce::Proposed || proposed || measure.state == MeasureState::Annulled {
            return Fit::when(when == InForce::Proposed && proposed);
        }
        let day_begins = start_of_day(self.on);
        let day_ends = start_of_day(self.on.checked_add_days(Days::new(1)).unwrap_or(self.on));
        if when == InForce::Decided {
            return Fit::Yes;
        }
        let Some(starts) = measure.starts.or(measure.decided_at) else { return Fit::Maybe };
        let begun = Fit::when(starts < day_ends);
        let pending = matches!(measure.state, MeasureState::NotYetEnforceable | MeasureState::Suspended);
        match when {
            InForce::Ever | InForce::Decided => begun,
            InForce::Now if pending => Fit::No,
            InForce::Now => begun.min(not_ended(measure, &day_begins)),
            InForce::NowOrLater | InForce::Proposed => not_ended(measure, &day_begins),
        }
    }
}

fn not_ended(measure: &Measure, moment: &Instant) -> Fit {
    match measure.effective_end() {
        Some(end) => Fit::when(end > *moment),
        None if measure.state == MeasureState::Ended => Fit::No,
        None if measure.open_ended => Fit::Yes,
        None => Fit::Maybe,
    }
}

/// With a huisverbod fixed by `for_each`, huisverbod queries look at that one and its extensions.
fn is_of_bound_ban(measure: &Measure, binding: &Binding<'_>) -> bool {
    let Some(ban) = binding.measure else { return true };
    let is_ban = matches!(measure.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension);
    !is_ban || measure.id == ban.id || measure.extends.as_ref() == Some(&ban.id)
}

/// A measure without end by its nature has a known end as well: none.
fn end_known(measure: &Measure) -> bool {
    measure.open_ended || measure.effective_end().is_some() || measure.state == MeasureState::Ended
}

fn rule_fits(query: &MeasureQuery, rule: &MeasureRule) -> bool {
    (query.conduct.is_empty() || query.conduct.contains(&rule.conduct))
        && query.effect.is_none_or(|effect| effect == rule.effect)
        && query.exception.is_none_or(|wanted| wanted != rule.exceptions.is_empty())
        && query.supervision.is_none_or(|wanted| wanted == rule.supervision.is_some())
}

fn periods_overlap(one: &Measure, other: &Measure) -> Fit {
    let start = |item: &Measure| item.starts.or(item.decided_at);
    let before_end = |starts: Option<Instant>, item: &Measure| match (starts, item.effective_end()) {
        (Some(starts), Some(end)) => Fit::when(starts < end),
        (_, None) if item.open_ended => Fit::Yes,
        _ => Fit::Maybe,
    };
    before_end(start(one), other).min(before_end(start(other), one))
}

fn share_persons(one: &Measure, other: &Measure) -> Fit {
    let all = |item: &Measure| item.restrained.iter().chain(&item.protected).cloned().collect::<Vec<_>>();
    let shared =
        all(one).into_iter().filter(|person| all(other).contains(person)).collect::<std::collections::BTreeSet<_>>();
    Fit::when(shared.len() >= 2)
}

fn tally(hits: Vec<Hit<'_>>, if_none: Option<IfNone>) -> Tally<'_> {
    Tally { hits, at_least: 1, sources: 1, if_none: if_none.unwrap_or(IfNone::No), floor: None }
}
