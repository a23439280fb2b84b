//! The one gate between a dossier and everything that leaves it. Each output — page, API,
//! assessment, document, log — is made from a projection, never from the dossier itself.
//!
//! Three questions decide what stays: may the item be used in this legal domain, may this
//! reader see it, and is its secrecy known? Unknown secrecy is secret. What is withheld is
//! gone, not greyed out; only the number of items and the rule are told.

//!
//! `gate` decides item by item; `dangling` then removes every reference to what is gone.

mod dangling;
mod gate;

use super::model::{CapacityRole, Domain, Dossier, UseRestriction};
use crate::shared::{ids::PersonId, source::LegalSource};
use gate::Gate;
use std::collections::{BTreeMap, BTreeSet};

/// Who reads, and in which domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Domains of the matters in which the reader has a task.
    pub domains: BTreeSet<Domain>,
    /// What the reader may know of shielded data.
    pub shielded: ShieldedAccess,
    /// Whether the reader is a victim in a criminal matter: of that file they see what they said
    /// themselves, what protects them, and what inspection was granted of (art. 51b Sv).
    pub victim: bool,
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
        Self { domains: domains.into_iter().collect(), shielded: ShieldedAccess::Court, victim: false }
    }

    /// A party (through counsel). A party knows the matters in which it has a capacity; the file
    /// of a criminal matter only as its suspect or convict.
    #[must_use]
    pub fn party(dossier: &Dossier, person: &PersonId) -> Self {
        let mut reader =
            Self { domains: BTreeSet::new(), shielded: ShieldedAccess::Party(person.clone()), victim: false };
        let own = dossier.persons.iter().filter(|candidate| candidate.id == *person);
        for capacity in own.flat_map(|candidate| &candidate.capacities) {
            let Some(matter) = dossier.matters.iter().find(|matter| matter.id == capacity.matter) else { continue };
            let accused = matches!(capacity.role, CapacityRole::Verdachte | CapacityRole::Veroordeelde);
            let victim = matches!(capacity.role, CapacityRole::Slachtoffer | CapacityRole::BenadeeldePartij);
            if matter.domain != Domain::Criminal || accused {
                reader.domains.insert(matter.domain);
            } else if victim {
                reader.victim = true;
            }
        }
        reader
    }

    /// Something that all parties in one domain will read.
    fn all_parties(domain: Domain) -> Self {
        Self { domains: BTreeSet::from([domain]), shielded: ShieldedAccess::AllParties, victim: false }
    }

    /// The party, when the reader is one.
    fn person(&self) -> Option<&PersonId> {
        match &self.shielded {
            ShieldedAccess::Party(person) => Some(person),
            ShieldedAccess::Court | ShieldedAccess::AllParties => None,
        }
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
            ShieldedAccess::Party(person) => restriction.is_hidden_from(person),
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
    /// Material of the criminal file of which a victim was not granted inspection.
    NotInspected,
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
            Self::NotInspected => {
                "Stukken van de strafzaak zijn weggelaten: een slachtoffer ziet de stukken waarvan de officier van justitie \
                 of de rechter kennisneming heeft toegestaan."
            }
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
            Self::NotInspected => LegalSource::unverified("art. 51b Sv", "jci1.3:c:BWBR0001903&artikel=51b"),
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
    for_reader(dossier, &Reader::all_parties(domain))
}

/// The dossier as one reader may know it.
#[must_use]
pub fn for_reader(dossier: &Dossier, reader: &Reader) -> Projection {
    let mut gate = Gate::new(reader);
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
    dangling::drop_dangling(&mut out);
    Projection { dossier: out, withheld: gate.withheld }
}
