//! The one gate between a dossier and everything that leaves it. Each output — page, API,
//! assessment, document, log — is made from a projection, never from the dossier itself.
//!
//! Three questions decide what stays: may the item be used in this legal domain, may this
//! reader see it, and is its secrecy known? Unknown secrecy is secret. What is withheld is
//! gone, not greyed out; only the number of items and the rule are told.

use super::model::{Domain, Dossier, Event, Person, UseRestriction};
use crate::shared::{
    ids::{DocumentId, EventId, FactId, MeasureId, PersonId},
    source::LegalSource,
};
use std::collections::{BTreeMap, BTreeSet};

/// Who reads, and in which domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Domains of the matters in which the reader has a task.
    pub domains: BTreeSet<Domain>,
    /// What the reader may know of shielded data.
    pub shielded: ShieldedAccess,
}

/// Access to addresses that are secret, and to items withheld from persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShieldedAccess {
    /// The court itself: judge and clerk.
    Court,
    /// One party: only what is its own.
    Party(PersonId),
    /// Something all parties will read: nothing shielded at all.
    AllParties,
}

impl Reader {
    /// A member of the court sitting in these domains.
    #[must_use]
    pub fn court(domains: impl IntoIterator<Item = Domain>) -> Self {
        Self { domains: domains.into_iter().collect(), shielded: ShieldedAccess::Court }
    }

    /// A party (through counsel). A party knows the matters in which it has a capacity.
    #[must_use]
    pub fn party(dossier: &Dossier, person: &PersonId) -> Self {
        let domains = dossier
            .persons
            .iter()
            .filter(|candidate| candidate.id == *person)
            .flat_map(|candidate| &candidate.capacities)
            .filter_map(|capacity| dossier.matters.iter().find(|matter| matter.id == capacity.matter))
            .map(|matter| matter.domain)
            .collect();
        Self { domains, shielded: ShieldedAccess::Party(person.clone()) }
    }

    fn sees_shielded_of(&self, owner: &PersonId) -> bool {
        match &self.shielded {
            ShieldedAccess::Court => true,
            ShieldedAccess::Party(person) => person == owner,
            ShieldedAccess::AllParties => false,
        }
    }

    fn is_withheld_by(&self, restriction: &UseRestriction) -> bool {
        match &self.shielded {
            ShieldedAccess::Court => false,
            ShieldedAccess::Party(person) => restriction.secret_source || restriction.withheld_from.contains(person),
            ShieldedAccess::AllParties => restriction.secret_source || !restriction.withheld_from.is_empty(),
        }
    }
}

/// Why an item is not in a projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WithheldReason {
    /// Criminal material without a release to this domain.
    NotReleased,
    /// A statement made without caution, kept from the criminal matter.
    WithoutCaution,
    /// Shielded from this reader.
    Shielded,
}

impl WithheldReason {
    /// The rule in a Dutch sentence.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::NotReleased => {
                "Strafrechtelijk materiaal is niet gebruikt: er is geen vastgelegde vrijgave voor dit rechtsgebied."
            }
            Self::WithoutCaution => "Een verklaring die zonder cautie is afgelegd, is niet gebruikt in de strafzaak.",
            Self::Shielded => "Afgeschermde gegevens zijn weggelaten.",
        }
    }

    /// The rule's source, with its mark.
    #[must_use]
    pub fn source(self) -> LegalSource {
        match self {
            Self::NotReleased => LegalSource::unverified("art. 39f Wet justitiële en strafvorderlijke gegevens", ""),
            Self::WithoutCaution => {
                LegalSource::unverified("art. 29 lid 2 Sv", "jci1.3:c:BWBR0001903&artikel=29&lid=2")
            }
            Self::Shielded => LegalSource::unverified("art. 8 EVRM; art. 56 Verdrag van Istanbul", ""),
        }
    }
}

/// A dossier as one reader may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// What is left.
    pub dossier: Dossier,
    /// How many items were left out, per reason.
    pub withheld: BTreeMap<WithheldReason, usize>,
}

/// The dossier as it may be used in one legal domain, by the court itself.
#[must_use]
pub fn for_domain(dossier: &Dossier, domain: Domain) -> Projection {
    for_reader(dossier, &Reader::court([domain]))
}

/// The dossier as it may stand in a document that all parties in this domain will read.
#[must_use]
pub fn for_documents(dossier: &Dossier, domain: Domain) -> Projection {
    let reader = Reader { domains: BTreeSet::from([domain]), shielded: ShieldedAccess::AllParties };
    for_reader(dossier, &reader)
}

/// The dossier as one reader may know it.
#[must_use]
pub fn for_reader(dossier: &Dossier, reader: &Reader) -> Projection {
    let mut gate = Gate { reader, withheld: BTreeMap::new() };
    let mut out = dossier.clone();
    gate.persons(&mut out);
    gate.restricted_items(&mut out);
    gate.words_of_children(&mut out);
    if reader.shielded != ShieldedAccess::Court {
        out.plans = Default::default();
        out.judge_words.clear();
    } else {
        out.judge_words.retain(|words| reader.domains.contains(&words.domain));
    }
    if let ShieldedAccess::AllParties = reader.shielded {
        out.plans = dossier.plans.clone();
        out.judge_words =
            dossier.judge_words.iter().filter(|words| reader.domains.contains(&words.domain)).cloned().collect();
    }
    drop_dangling(&mut out);
    Projection { dossier: out, withheld: gate.withheld }
}

struct Gate<'a> {
    reader: &'a Reader,
    withheld: BTreeMap<WithheldReason, usize>,
}

impl Gate<'_> {
    fn count(&mut self, reason: WithheldReason) {
        *self.withheld.entry(reason).or_default() += 1;
    }

    fn persons(&mut self, dossier: &mut Dossier) {
        let own_lines = self.own_address_lines(dossier);
        for person in &mut dossier.persons {
            let before = person.addresses.len();
            self.addresses(person, &own_lines);
            for _ in person.addresses.len()..before {
                self.count(WithheldReason::Shielded);
            }
        }
    }

    fn own_address_lines(&self, dossier: &Dossier) -> BTreeSet<String> {
        let ShieldedAccess::Party(own) = &self.reader.shielded else { return BTreeSet::new() };
        dossier
            .persons
            .iter()
            .filter(|person| person.id == *own)
            .flat_map(|person| person.addresses.iter().map(|address| address.line.clone()))
            .collect()
    }

    fn addresses(&self, person: &mut Person, own_lines: &BTreeSet<String>) {
        let sees = self.reader.sees_shielded_of(&person.id);
        person.addresses.retain(|address| sees || !address.is_shielded() || own_lines.contains(&address.line));
    }

    /// A child's words go to the parties only when it was checked that this is safe for the child.
    fn words_of_children(&mut self, dossier: &mut Dossier) {
        if self.reader.shielded == ShieldedAccess::Court {
            return;
        }
        for hearing in &mut dossier.child_hearings {
            if hearing.sharing_checked != Some(true) && hearing.shared_summary.take().is_some() {
                self.count(WithheldReason::Shielded);
            }
        }
    }

    /// True when the item stays.
    fn keeps(&mut self, restriction: Option<&UseRestriction>) -> bool {
        let Some(restriction) = restriction else { return true };
        if let Some(reason) = self.reason_against(restriction) {
            self.count(reason);
            return false;
        }
        true
    }

    fn reason_against(&self, restriction: &UseRestriction) -> Option<WithheldReason> {
        if self.reader.is_withheld_by(restriction) {
            return Some(WithheldReason::Shielded);
        }
        let domains = &self.reader.domains;
        let usable_in = |domain: &Domain| {
            let released = restriction.releases.iter().any(|release| release.to == *domain);
            let own_domain = restriction.origin != Domain::Criminal || *domain == Domain::Criminal;
            let caution_ok = !(restriction.without_caution && *domain == Domain::Criminal);
            (own_domain || released) && caution_ok
        };
        if domains.iter().any(usable_in) {
            return None;
        }
        if restriction.without_caution && domains.iter().all(|domain| *domain == Domain::Criminal) {
            return Some(WithheldReason::WithoutCaution);
        }
        Some(WithheldReason::NotReleased)
    }

    fn restricted_items(&mut self, dossier: &mut Dossier) {
        dossier.documents.retain(|item| self.keeps(item.restriction.as_ref()));
        dossier.measures.retain(|item| self.keeps(item.restriction.as_ref()));
        dossier.instrument_results.retain(|item| self.keeps(item.restriction.as_ref()));
        dossier.help.retain(|item| self.keeps(item.restriction.as_ref()));
        let mut events = std::mem::take(&mut dossier.events);
        events.retain(|event| self.keeps(event.restriction.as_ref()));
        for event in &mut events {
            event.statements.retain(|item| self.keeps(item.restriction.as_ref()));
            event.answers.retain(|item| self.keeps(item.restriction.as_ref()));
        }
        dossier.events = events;
        if !self.reader.domains.contains(&Domain::Criminal) {
            for matter in &mut dossier.matters {
                if let Some(criminal) = &mut matter.criminal {
                    // That there is a case, and its phase, is known; its file is not.
                    criminal.reclassering_risk = None;
                    criminal.reclassering_advice = None;
                }
            }
        }
    }
}

/// Removes sources and references that point at items which are no longer there, so that not
/// even an id or page number of a withheld document stays behind.
fn drop_dangling(dossier: &mut Dossier) {
    let documents: BTreeSet<DocumentId> = dossier.documents.iter().map(|item| item.id.clone()).collect();
    let measures: BTreeSet<MeasureId> = dossier.measures.iter().map(|item| item.id.clone()).collect();
    let events: BTreeSet<EventId> = dossier.events.iter().map(|item| item.id.clone()).collect();
    for event in &mut dossier.events {
        clean_event(event, &documents, &measures);
    }
    let lost = |source: &Option<super::model::FactSource>| {
        source.as_ref().is_some_and(|source| !documents.contains(&source.document))
    };
    for measure in &mut dossier.measures {
        if lost(&measure.source) {
            measure.source = None;
        }
        if measure.extends.as_ref().is_some_and(|id| !measures.contains(id)) {
            measure.extends = None;
        }
    }
    dossier.instrument_results.iter_mut().filter(|item| lost(&item.source)).for_each(|item| item.source = None);
    dossier.help.iter_mut().filter(|item| lost(&item.source)).for_each(|item| item.source = None);
    dossier.proposals.iter_mut().filter(|item| lost(&item.source)).for_each(|item| item.source = None);
    for request in &mut dossier.requests {
        if lost(&request.source) {
            request.source = None;
        }
        request.positions.iter_mut().filter(|item| lost(&item.source)).for_each(|item| item.source = None);
    }
    for matter in &mut dossier.matters {
        matter.steps.retain(|step| !lost(&step.source));
        for offence in matter.criminal.iter_mut().flat_map(|criminal| criminal.offences.iter_mut()) {
            offence.events.retain(|id| events.iter().any(|event| event.as_str() == id.as_str()));
        }
    }
    clean_plans(dossier);
}

fn clean_event(event: &mut Event, documents: &BTreeSet<DocumentId>, measures: &BTreeSet<MeasureId>) {
    for source in event
        .statements
        .iter_mut()
        .map(|item| &mut item.source)
        .chain(event.answers.iter_mut().map(|item| &mut item.source))
    {
        if source.as_ref().is_some_and(|source| !documents.contains(&source.document)) {
            *source = None;
        }
    }
    if event.breach_of.as_ref().is_some_and(|id| !measures.contains(id)) {
        event.breach_of = None;
    }
}

fn clean_plans(dossier: &mut Dossier) {
    let known: BTreeSet<FactId> = dossier.fact_ids().into_iter().collect();
    let plans = &mut dossier.plans;
    if let Some(plan) = &mut plans.gezag {
        plan.suspicion_facts.retain(|id| known.contains(id));
        plan.acute_facts.retain(|id| known.contains(id));
    }
    for child in plans.omgang.iter_mut().flat_map(|plan| plan.children.iter_mut()) {
        child.ground_facts.retain(|id| known.contains(id));
    }
    if let Some(plan) = &mut plans.gedragsinterventie {
        plan.enforceability_facts.retain(|id| known.contains(id));
    }
    if let Some(extension) = plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()) {
        extension.danger_facts.retain(|id| known.contains(id));
    }
}
