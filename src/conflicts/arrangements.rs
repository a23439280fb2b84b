//! From measures and the omgang plan to arrangements: who has contact with which child, when,
//! under whose supervision and with what handover.

use super::bans::{Standing, content, period};
use super::case::{Case, instrument_words};
use crate::dossier::model::{
    Channel, Conduct, Handover, Instrument, Measure, MeasureRule, OmgangBasis, OmgangChildPlan, OmgangForm, OmgangPlan,
    Place, RuleEffect, Schedule, Supervision,
};
use crate::shared::ids::{FactId, MeasureId, PartyId, PersonId};
use crate::shared::moment::{Instant, start_of_day};
use std::collections::BTreeSet;

/// Contact that an order or plan allows or requires.
#[derive(Clone, Debug)]
pub(super) struct Arrangement<'a> {
    /// Measure id, or id of the matter of the plan.
    pub id: FactId,
    /// Measure; absent for a plan.
    pub measure: Option<&'a Measure>,
    /// Name in a sentence.
    pub words: &'static str,
    /// On what an intended one rests; absent for a measure.
    pub basis: Option<OmgangBasis>,
    /// How far it has come.
    pub standing: Standing,
    /// Begin.
    pub from: Instant,
    /// End; absent when open.
    pub until: Option<Instant>,
    /// Adults concerned.
    pub adults: BTreeSet<&'a PersonId>,
    /// Children concerned.
    pub children: BTreeSet<&'a PersonId>,
    /// Channels; empty means every channel.
    pub channels: Vec<Channel>,
    /// Places of the contact.
    pub places: &'a [Place],
    /// Times; absent means without times.
    pub schedule: Option<&'a Schedule>,
    /// Handover.
    pub handover: Option<&'a Handover>,
    /// Supervision.
    pub supervision: Option<&'a Supervision>,
    /// Made by a court or GI, or about to be.
    pub by_authority: bool,
    /// Only about the handover, not about contact itself.
    pub handover_only: bool,
    /// Number of the rule (or of the child in a plan), so that times of different rules add up.
    pub rule: usize,
}

impl Arrangement<'_> {
    /// Whether people meet in person under it.
    pub fn in_person(&self) -> bool {
        self.channels.is_empty() || self.channels.contains(&Channel::InPerson)
    }

    /// The id of its measure, to leave a measure's own exceptions out.
    pub fn measure_id(&self) -> Option<&MeasureId> {
        self.measure.map(|measure| &measure.id)
    }

    /// Whether a third party stands between or beside: supervisor or go-between.
    pub fn goes_through(&self, party: &PartyId) -> bool {
        self.supervision.is_some_and(|s| s.by == *party)
            || self.handover.and_then(|h| h.via.as_ref()).is_some_and(|via| via == party)
    }
}

/// All arrangements of a dossier, in order of begin and id.
pub(super) fn collect<'a>(case: &Case<'a>) -> Vec<Arrangement<'a>> {
    let mut all = Vec::new();
    for measure in &case.dossier.measures {
        from_measure(case, measure, &mut all);
    }
    if let Some(plan) = &case.dossier.plans.omgang {
        all.extend(plan.children.iter().enumerate().filter_map(|(index, child)| from_plan(case, plan, (index, child))));
    }
    all.sort_by(|a, b| (a.from, &a.id, &a.children).cmp(&(b.from, &b.id, &b.children)));
    all
}

fn from_measure<'a>(case: &Case<'a>, measure: &'a Measure, all: &mut Vec<Arrangement<'a>>) {
    let Some((from, until, standing)) = period(case, measure) else { return };
    let (restrained, protected, rules) = content(case, measure);
    let is_arrangement = matches!(measure.instrument, Instrument::Omgangsregeling | Instrument::Zorgregeling);
    let contact_rules = rules.iter().enumerate().filter(|(_, rule)| {
        matches!(rule.effect, RuleEffect::Permits | RuleEffect::Requires)
            && matches!(rule.conduct, Conduct::Contact | Conduct::Handover)
    });
    let mut found = false;
    for (index, rule) in contact_rules {
        found = true;
        all.push(from_rule(case, measure, (from, until, standing), restrained, protected, Some((index, rule))));
    }
    // A regeling whose times were not entered is still a regeling, unless it only forbids (a denial).
    let denies = rules.iter().any(|rule| rule.effect == RuleEffect::Forbids && rule.conduct == Conduct::Contact);
    if is_arrangement && !found && !denies {
        all.push(from_rule(case, measure, (from, until, standing), restrained, protected, None));
    }
}

fn from_rule<'a>(
    case: &Case<'a>,
    measure: &'a Measure,
    (from, until, standing): (Instant, Option<Instant>, Standing),
    restrained: &'a [PersonId],
    protected: &'a [PersonId],
    numbered: Option<(usize, &'a MeasureRule)>,
) -> Arrangement<'a> {
    let rule = numbered.map(|(_, rule)| rule);
    let with = rule.map_or(&[][..], |rule| &rule.with);
    let everyone = || restrained.iter().chain(protected).chain(with);
    let narrowed = |child: bool| {
        let named: BTreeSet<&PersonId> = with.iter().filter(|id| case.is_child(id) == child).collect();
        if named.is_empty() || !child { everyone().filter(|id| case.is_child(id) == child).collect() } else { named }
    };
    let schedule = rule.and_then(|rule| rule.schedule.as_ref());
    Arrangement {
        id: FactId::from(&measure.id),
        measure: Some(measure),
        words: instrument_words(measure.instrument),
        basis: None,
        standing,
        from,
        until,
        adults: narrowed(false),
        children: narrowed(true),
        channels: rule.map(|rule| rule.channels.clone()).unwrap_or_default(),
        places: rule.map_or(&[], |rule| &rule.places),
        schedule,
        handover: schedule.and_then(|schedule| schedule.handover.as_ref()),
        supervision: rule.and_then(|rule| rule.supervision.as_ref()),
        by_authority: measure.instrument != Instrument::Veiligheidsplan,
        handover_only: rule.is_some_and(|rule| rule.conduct == Conduct::Handover),
        rule: numbered.map_or(0, |(index, _)| index),
    }
}

fn from_plan<'a>(
    case: &Case<'a>,
    plan: &'a OmgangPlan,
    (rule, child): (usize, &'a OmgangChildPlan),
) -> Option<Arrangement<'a>> {
    let channels = match child.form {
        OmgangForm::Unrestricted | OmgangForm::Conditions | OmgangForm::Supervised => Vec::new(),
        OmgangForm::Indirect => vec![Channel::Phone, Channel::Written, Channel::Digital, Channel::Video],
        OmgangForm::Suspended | OmgangForm::Refused | OmgangForm::Denied => return None,
    };
    let begin = child.starts_on.or(plan.order_date).unwrap_or(case.on);
    Some(Arrangement {
        id: FactId::from(&plan.matter),
        measure: None,
        words: match plan.basis {
            OmgangBasis::Bw1253a => "de voorgenomen zorgregeling",
            OmgangBasis::Bw1377a => "de voorgenomen omgangsregeling",
        },
        basis: Some(plan.basis),
        standing: Standing::Planned,
        from: start_of_day(begin),
        until: None,
        adults: BTreeSet::from([&plan.parent]),
        children: BTreeSet::from([&child.child]),
        channels,
        places: &[],
        schedule: child.schedule.as_ref(),
        handover: child.handover.as_ref().or_else(|| child.schedule.as_ref().and_then(|s| s.handover.as_ref())),
        supervision: child.supervision.as_ref(),
        by_authority: true,
        handover_only: false,
        rule,
    })
}
