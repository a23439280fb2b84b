//! From measures and intended decisions to bans per pair of persons, each with its period,
//! and an index by pair so that looking up is not a walk through everything.

use super::case::{Case, instrument_words};
use super::homes::{HomeCover, home_cover};
use super::planned;
use crate::dossier::model::{
    Conduct, CriminalConditionKind, ExtensionPlan, Instrument, InterventionBasis, InterventionPlan, Measure,
    MeasureRule, MeasureState, OrderChange, ProvisionalItem, ProvisionalItemKind, ProvisionalPlan, RuleEffect,
};
use crate::shared::ids::{FactId, MeasureId, PersonId};
use crate::shared::moment::{Instant, local_date, plus_local_days, start_of_day};
use crate::shared::terms::plus_months;
use std::collections::{BTreeMap, BTreeSet};

/// Number of channels there are; a ban that names them all names every channel.
pub(super) const ALL_CHANNELS: usize = 6;

/// Days after a verdict in which it can be appealed; it is final at the earliest on the day after.
const APPEAL_DAYS: u64 = 15;

/// How far a measure or plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Decided and enforceable during its period.
    InForce,
    /// Decided, not yet enforceable.
    NotYet,
    /// Decided, now suspended.
    Suspended,
    /// Asked, proposed or intended.
    Planned,
}

/// What a ban is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// Contact with the protected person.
    Contact,
    /// A place or area.
    Place,
    /// Living in or entering the home of the protected person.
    Home,
}

/// A ban on one person for the sake of one other.
#[derive(Clone, Debug)]
pub(super) struct Ban<'a> {
    /// Measure id, or id of the matter of a plan.
    pub id: FactId,
    /// Measure; absent for a plan.
    pub measure: Option<&'a Measure>,
    /// Instrument.
    pub instrument: Instrument,
    /// Words for a plan; absent for a measure.
    pub plan: Option<&'static str>,
    /// How far it has come.
    pub standing: Standing,
    /// Begin; of a measure without one in the file, the reference day.
    pub from: Instant,
    /// Whether the begin is in the file.
    pub begin_known: bool,
    /// End; absent when open or unknown.
    pub until: Option<Instant>,
    /// No end by its nature.
    pub open_ended: bool,
    /// Who is restrained.
    pub restrained: &'a PersonId,
    /// Who is protected.
    pub protected: &'a PersonId,
    /// What it is about.
    pub about: About,
    /// Its rule; absent when it follows from the statute (huisverbod) or a plan.
    pub rule: Option<&'a MeasureRule>,
    /// Words of an intended condition.
    pub text: Option<&'a str>,
    /// Exception to an intended condition, in words.
    pub exception: Option<&'a str>,
    /// Whether it keeps the restrained person away from the home that is at stake.
    pub home: HomeCover,
}

impl Ban<'_> {
    /// Name in a sentence.
    pub fn words(&self) -> &'static str {
        self.plan.unwrap_or_else(|| instrument_words(self.instrument))
    }

    /// Whether it ends on a day that the file does not give. A provisional measure has no fixed end (art. 826 Rv).
    pub fn end_is_unknown(&self) -> bool {
        self.until.is_none() && !self.open_ended && self.instrument != Instrument::VoorlopigeVoorziening
    }

    /// Whether it begins only when a verdict is final, on a day that nobody knows.
    pub fn awaits_finality(&self) -> bool {
        self.plan.is_some() && !self.begin_known
    }

    /// Whether it overlaps a period.
    pub fn overlaps(&self, from: &Instant, until: Option<&Instant>) -> bool {
        until.is_none_or(|end| self.from < *end) && self.until.is_none_or(|end| end > *from)
    }
}

/// All bans, with an index by (restrained, protected).
#[derive(Clone)]
pub(super) struct Bans<'a> {
    /// In a fixed order: begin, id, pair.
    pub all: Vec<Ban<'a>>,
    by_pair: BTreeMap<&'a PersonId, BTreeMap<&'a PersonId, Vec<usize>>>,
}

impl<'a> Bans<'a> {
    /// Collects the bans of measures and plans.
    pub fn collect(case: &Case<'a>) -> Self {
        let mut all = Vec::new();
        for measure in &case.dossier.measures {
            from_measure(case, measure, &mut all);
        }
        from_plans(case, &mut all);
        planned::fit(case, &mut all);
        all.sort_by(|a, b| {
            (a.from, &a.id, a.restrained, a.protected, a.about)
                .cmp(&(b.from, &b.id, b.restrained, b.protected, b.about))
                .then_with(|| a.until.cmp(&b.until))
        });
        let mut by_pair: BTreeMap<_, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
        for (index, ban) in all.iter().enumerate() {
            by_pair.entry(ban.restrained).or_default().entry(ban.protected).or_default().push(index);
        }
        let mut bans = Self { all, by_pair };
        // Needs the other bans of the pair, so it comes last; comparing addresses is dear, so it comes once.
        let covers: Vec<HomeCover> = bans.all.iter().map(|ban| home_cover(case, &bans, ban)).collect();
        for (ban, cover) in bans.all.iter_mut().zip(covers) {
            ban.home = cover;
        }
        bans
    }

    /// The same bans, as they hold if the plan is followed.
    pub fn if_followed(&self, case: &Case<'_>) -> Self {
        let mut bans = self.clone();
        planned::follow(case, &mut bans.all);
        bans
    }

    /// Pairs for which there is any ban.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a PersonId, &'a PersonId)> + '_ {
        self.by_pair
            .iter()
            .flat_map(|(restrained, others)| others.keys().map(move |protected| (*restrained, *protected)))
    }

    /// Bans of one pair, in order of begin.
    pub fn of<'b>(
        &'b self,
        restrained: &PersonId,
        protected: &PersonId,
    ) -> impl Iterator<Item = &'b Ban<'a>> + use<'a, 'b> {
        let others = self.by_pair.get(restrained);
        let list = others.and_then(|others| others.get(protected)).map_or(&[][..], |list| list);
        list.iter().filter_map(|index| self.all.get(*index))
    }
}

/// Period and standing of a measure; none when it never had force.
pub(super) fn period(case: &Case<'_>, measure: &Measure) -> Option<(Instant, Option<Instant>, Standing)> {
    let standing = match measure.state {
        MeasureState::InForce | MeasureState::Ended => Standing::InForce,
        MeasureState::Proposed => Standing::Planned,
        MeasureState::NotYetEnforceable => Standing::NotYet,
        MeasureState::Suspended => Standing::Suspended,
        MeasureState::Annulled => return None,
    };
    let known = begin(case, measure);
    let from = known.unwrap_or(case.now);
    let mut until = measure.effective_end();
    // The term runs from the day it was imposed: without that day there is no last day either.
    if let Some(imposed) = known.filter(|_| until.is_none() && measure.instrument == Instrument::Huisverbod) {
        until = Some(plus_local_days(&imposed, super::deadlines::huisverbod::terms_on(local_date(&imposed)).days));
    }
    if until.is_none() && measure.state == MeasureState::Ended {
        until = Some(case.now.max(from));
    }
    (until.is_none_or(|end| end > from)).then_some((from, until, standing))
}

/// Begin of a measure, as far as the file gives one.
fn begin(case: &Case<'_>, measure: &Measure) -> Option<Instant> {
    let base_end = measure.extends.as_ref().and_then(|id| case.measure(id)).and_then(Measure::effective_end);
    measure.starts.or(base_end).or(measure.decided_at)
}

/// The measure whose rules and persons count: an extension without its own takes those it extends.
pub(super) fn content<'a>(
    case: &Case<'a>,
    measure: &'a Measure,
) -> (&'a [PersonId], &'a [PersonId], &'a [MeasureRule]) {
    let base = measure.extends.as_ref().and_then(|id| case.measure(id));
    let pick = |own: &'a [PersonId], of_base: fn(&'a Measure) -> &'a [PersonId]| {
        if own.is_empty() { base.map_or(own, of_base) } else { own }
    };
    let rules = if measure.rules.is_empty() { base.map_or(&measure.rules[..], |b| &b.rules) } else { &measure.rules };
    (pick(&measure.restrained, |b| &b.restrained), pick(&measure.protected, |b| &b.protected), rules)
}

fn is_huisverbod(instrument: Instrument) -> bool {
    matches!(instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension)
}

fn about(instrument: Instrument, rule: &MeasureRule) -> Option<About> {
    match (rule.effect, rule.conduct) {
        (RuleEffect::Forbids, Conduct::Contact) => Some(About::Contact),
        (RuleEffect::Forbids, Conduct::Residence) => Some(About::Home),
        (RuleEffect::Forbids, Conduct::Presence) if is_huisverbod(instrument) => Some(About::Home),
        (RuleEffect::Forbids, Conduct::Presence) => Some(About::Place),
        // Exclusive use of the home, art. 822 lid 1 onder a Rv.
        (RuleEffect::Permits | RuleEffect::Requires, Conduct::Residence)
            if instrument == Instrument::VoorlopigeVoorziening =>
        {
            Some(About::Home)
        }
        _ => None,
    }
}

fn from_measure<'a>(case: &Case<'a>, measure: &'a Measure, all: &mut Vec<Ban<'a>>) {
    let Some((from, until, standing)) = period(case, measure) else { return };
    let (restrained, protected, rules) = content(case, measure);
    let begin_known = begin(case, measure).is_some();
    let mut push = |about: About, rule: Option<&'a MeasureRule>, protected: &'a [PersonId]| {
        for who in restrained {
            for whom in protected.iter().filter(|whom| *whom != who) {
                all.push(Ban {
                    id: FactId::from(&measure.id),
                    measure: Some(measure),
                    instrument: measure.instrument,
                    plan: None,
                    standing,
                    from,
                    begin_known,
                    until,
                    open_ended: measure.open_ended,
                    restrained: who,
                    protected: whom,
                    about,
                    rule,
                    text: None,
                    exception: None,
                    home: HomeCover::No,
                });
            }
        }
    };
    let mut seen = BTreeSet::new();
    for rule in rules {
        if let Some(about) = about(measure.instrument, rule) {
            seen.insert(about);
            push(about, Some(rule), if rule.with.is_empty() { protected } else { &rule.with });
        }
    }
    // By statute a huisverbod holds a ban on the home and on contact (art. 1 onder b Wth).
    if is_huisverbod(measure.instrument) {
        for about in [About::Contact, About::Home] {
            if !seen.contains(&about) {
                push(about, None, protected);
            }
        }
    }
    // Someone in custody is not at the door; contact from custody remains possible.
    if measure.instrument == Instrument::Detentie {
        push(About::Home, None, protected);
    }
}

fn from_plans<'a>(case: &Case<'a>, all: &mut Vec<Ban<'a>>) {
    let plans = &case.dossier.plans;
    if let Some(plan) = &plans.huisverbod {
        if let Some(end) = plan.extension.as_ref().and_then(ExtensionPlan::granted_end) {
            extension_plan(case, &plan.imposed, end, all);
        }
        if let Some(provisional) = &plan.provisional {
            provisional_plan(case, provisional, all);
        }
    }
    if let Some(plan) = plans.gedragsinterventie.as_ref().filter(|plan| !plan.refused) {
        intervention_plan(case, plan, all);
    }
}

fn extension_plan<'a>(case: &Case<'a>, imposed: &MeasureId, new_end: Instant, all: &mut Vec<Ban<'a>>) {
    // When the extension already stands in the dossier as a measure, the plan adds nothing.
    let stands = case.dossier.measures.iter().any(|m| {
        m.extends.as_ref() == Some(imposed)
            && m.state != MeasureState::Annulled
            && m.effective_end().is_some_and(|end| end >= new_end)
    });
    let Some(measure) = case.measure(imposed).filter(|_| !stands) else { return };
    let Some((_, Some(base_end), _)) = period(case, measure) else { return };
    if new_end <= base_end {
        return;
    }
    let mut base = Vec::new();
    from_measure(case, measure, &mut base);
    all.extend(base.into_iter().map(|ban| Ban {
        measure: None,
        instrument: Instrument::HuisverbodExtension,
        plan: Some("de voorgenomen verlenging van het huisverbod door de burgemeester"),
        standing: Standing::Planned,
        from: base_end,
        begin_known: true,
        until: Some(new_end),
        open_ended: false,
        ..ban
    }));
}

fn provisional_plan<'a>(case: &Case<'a>, plan: &'a ProvisionalPlan, all: &mut Vec<Ban<'a>>) {
    // When the order asked for already stands in the dossier as a measure, the plan adds nothing.
    let stands = case.dossier.measures.iter().any(|m| {
        m.matter == plan.matter
            && m.instrument == Instrument::VoorlopigeVoorziening
            && m.state != MeasureState::Annulled
    });
    let granted = |item: &&ProvisionalItem| !item.refused;
    let home = plan.items.iter().filter(granted).find(|item| item.kind == ProvisionalItemKind::ExclusiveUseOfHome);
    let Some(favoured) = home.filter(|_| !stands).and_then(|item| case.dossier.favoured(plan, item)) else { return };
    let order = plan.order_date.map(start_of_day);
    let Some(from) = plan.effective_from.or(order).or(plan.hearing_at) else { return };
    let children = plan
        .items
        .iter()
        .filter(granted)
        .filter(|item| {
            matches!(item.kind, ProvisionalItemKind::EntrustChildren | ProvisionalItemKind::ExclusiveUseOfHome)
        })
        .flat_map(|item| &item.children);
    let protected: BTreeSet<&PersonId> = std::iter::once(favoured).chain(children).collect();
    for whom in protected {
        all.push(Ban {
            id: FactId::from(&plan.matter),
            measure: None,
            instrument: Instrument::VoorlopigeVoorziening,
            plan: Some("het voorgenomen uitsluitend gebruik van de woning (art. 822 lid 1 onder a Rv)"),
            standing: Standing::Planned,
            from,
            begin_known: true,
            until: None,
            open_ended: true,
            restrained: plan.other_spouse(favoured),
            protected: whom,
            about: About::Home,
            rule: None,
            text: None,
            exception: None,
            home: HomeCover::No,
        });
    }
}

fn intervention_plan<'a>(case: &Case<'a>, plan: &'a InterventionPlan, all: &mut Vec<Ban<'a>>) {
    let Some(order) = plan.order_date else { return };
    let from = start_of_day(order);
    let (instrument, words) = match plan.basis {
        InterventionBasis::Sr14c => {
            (Instrument::BijzondereVoorwaarde, "de voorgenomen bijzondere voorwaarde (art. 14c Sr)")
        }
        InterventionBasis::Sr38v => (Instrument::Vrijheidsbeperkend38v, "de voorgenomen maatregel (art. 38v Sr)"),
        InterventionBasis::Sv80 => {
            (Instrument::SchorsingVoorlopigeHechtenis, "de voorgenomen schorsingsvoorwaarde (art. 80 Sv)")
        }
        InterventionBasis::Sv509hh => {
            (Instrument::Gedragsaanwijzing, "de voorgenomen gedragsaanwijzing (art. 509hh Sv)")
        }
        InterventionBasis::FamilyCondition => return,
    };
    let months = match plan.basis {
        InterventionBasis::Sr14c => plan.proeftijd_months,
        _ => plan.duration_months,
    };
    // An amendment leaves the period of the order as it is (lid 6); an extension joins up with it (lid 4).
    let amended = plan.earlier_order.as_ref().filter(|earlier| earlier.how == OrderChange::Amends);
    let extended = plan.earlier_order.as_ref().filter(|earlier| earlier.how == OrderChange::Extends);
    let from = extended.and_then(|earlier| case.measure(&earlier.measure)?.effective_end()).unwrap_or(from);
    // A verdict that is not immediately enforceable binds nobody before it is final: not before the term of appeal is
    // over (art. 408 Sv), and its end counts from then.
    let final_first = plan.basis.is_verdict() && plan.immediately_enforceable != Some(true);
    let from = if final_first { plus_local_days(&from, APPEAL_DAYS) } else { from };
    let until = amended
        .and_then(|earlier| case.measure(&earlier.measure)?.effective_end())
        .or_else(|| plan.duration_days.map(|days| plus_local_days(&from, u64::from(days))))
        .or_else(|| months.map(|months| start_of_day(plus_months(order, months))))
        .filter(|_| !final_first);
    for condition in &plan.conditions {
        let about = match condition.kind {
            CriminalConditionKind::ContactBan => About::Contact,
            CriminalConditionKind::LocationBan | CriminalConditionKind::AreaBan => About::Place,
            _ => continue,
        };
        for whom in condition.protects.iter().filter(|whom| **whom != plan.person && case.person(whom).is_some()) {
            all.push(Ban {
                id: FactId::from(&plan.matter),
                measure: None,
                instrument,
                plan: Some(words),
                standing: Standing::Planned,
                from,
                begin_known: !final_first,
                until,
                open_ended: false,
                restrained: &plan.person,
                protected: whom,
                about,
                rule: None,
                text: Some(&condition.text),
                exception: condition.exception.as_deref(),
                home: HomeCover::No,
            });
        }
    }
}
