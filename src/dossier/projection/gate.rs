//! What one reader may know, item by item.

use super::{Reader, ShieldedAccess, WithheldReason};
use crate::dossier::model::{Domain, Dossier, Event, Person, UseRestriction};
use std::collections::{BTreeMap, BTreeSet};

/// Decides of each item whether it stays, and counts what does not.
pub(super) struct Gate<'a> {
    reader: &'a Reader,
    pub(super) withheld: BTreeMap<WithheldReason, usize>,
}

impl<'a> Gate<'a> {
    pub(super) fn new(reader: &'a Reader) -> Self {
        Self { reader, withheld: BTreeMap::new() }
    }

    fn count(&mut self, reason: WithheldReason) {
        *self.withheld.entry(reason).or_default() += 1;
    }

    pub(super) fn persons(&mut self, dossier: &mut Dossier) {
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
    pub(super) fn words_of_children(&mut self, dossier: &mut Dossier) {
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
        self.keeps_own(restriction, false)
    }

    /// True when the item stays. What a victim said, or what protects a victim, is their own.
    fn keeps_own(&mut self, restriction: Option<&UseRestriction>, own: bool) -> bool {
        self.withheld_for(restriction, own).is_none()
    }

    /// Why the item goes, counted; `None` when it stays.
    fn withheld_for(&mut self, restriction: Option<&UseRestriction>, own: bool) -> Option<WithheldReason> {
        let reason = self.reason_against(restriction?, own)?;
        self.count(reason);
        Some(reason)
    }

    fn reason_against(&self, restriction: &UseRestriction, own: bool) -> Option<WithheldReason> {
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
        if domains.iter().any(usable_in) || self.is_inspected(restriction, own) {
            return None;
        }
        if restriction.without_caution && domains.iter().all(|domain| *domain == Domain::Criminal) {
            return Some(WithheldReason::WithoutCaution);
        }
        let criminal = restriction.origin == Domain::Criminal;
        Some(if criminal && self.reader.victim { WithheldReason::NotInspected } else { WithheldReason::NotReleased })
    }

    /// Whether a victim may see this of the criminal file.
    fn is_inspected(&self, restriction: &UseRestriction, own: bool) -> bool {
        let granted = self.reader.person().is_some_and(|person| restriction.inspection_by.contains(person));
        self.reader.victim && restriction.origin == Domain::Criminal && (own || granted)
    }

    fn is_reader(&self, party: &str) -> bool {
        self.reader.person().is_some_and(|person| person.as_str() == party)
    }

    pub(super) fn restricted_items(&mut self, dossier: &mut Dossier) {
        dossier.documents.retain(|item| {
            let own = item.author.as_ref().is_some_and(|author| self.is_reader(author.as_str()));
            self.keeps_own(item.restriction.as_ref(), own)
        });
        dossier.measures.retain(|item| {
            let own = item.protected.iter().any(|person| self.is_reader(person.as_str()));
            self.keeps_own(item.restriction.as_ref(), own)
        });
        dossier.instrument_results.retain(|item| self.keeps(item.restriction.as_ref()));
        dossier.help.retain(|item| self.keeps(item.restriction.as_ref()));
        self.events(dossier);
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

    /// Events and what is said of them. An event of which everything that was said falls away is itself
    /// withheld: its description and the answers to it tell what was withheld. An event of which the file
    /// holds no statement at all rests on its own description.
    fn events(&mut self, dossier: &mut Dossier) {
        dossier.events.retain_mut(|event| {
            let own = event.statements.iter().any(|statement| self.is_reader(statement.by.as_str()));
            if !self.keeps_own(event.restriction.as_ref(), own) {
                return false;
            }
            let told = self.statements(event);
            if let Some(reason) = told {
                self.count(reason);
            }
            told.is_none()
        });
    }

    /// Keeps of one event what this reader may know; the reason when nothing that was said is left.
    fn statements(&mut self, event: &mut Event) -> Option<WithheldReason> {
        // What is said of an event is restricted at least as far as the event itself.
        let around = event.restriction.clone();
        let mut last = None;
        event.statements.retain(|item| {
            let own = self.is_reader(item.by.as_str());
            let reason = self.withheld_for(item.restriction.as_ref().or(around.as_ref()), own);
            last = reason.or(last);
            reason.is_none()
        });
        if last.is_some() && event.statements.is_empty() {
            return last;
        }
        event.answers.retain(|item| {
            let own = self.is_reader(item.by.as_str());
            self.keeps_own(item.restriction.as_ref().or(around.as_ref()), own)
        });
        None
    }
}
