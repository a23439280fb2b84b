//! For which parties a document is not meant, as the file records it: what a judge must not put to a party by accident.

use super::list::BundleList;
use crate::documents::bundle::model::NotFor;
use crate::dossier::model::{DocumentRecord, Dossier, FactSource, FamilyRole, Person, UseRestriction};
use crate::dossier::projection::{Reader, for_reader};
use crate::dossier::record::Access;
use crate::shared::dutch;
use crate::shared::ids::{DocumentId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// The adult parties, each with what they may not have: whole documents, and pages of others.
pub(super) struct Hidden {
    parties: Vec<Party>,
}

struct Party {
    name: String,
    whole: BTreeSet<DocumentId>,
    /// Pages of a document; none of a page stands for one that is not recorded.
    partly: BTreeMap<DocumentId, BTreeSet<Option<u32>>>,
}

impl Hidden {
    /// What is hidden from the parties; nothing for a reader who is not of the court, since that is not theirs to know.
    pub(super) fn of(projected: &Dossier, access: &Access) -> Self {
        let is_party = |person: &&Person| !person.capacities.is_empty() && person.family_role != FamilyRole::Child;
        let persons = projected.persons.iter().filter(|_| access.role.is_court()).filter(is_party);
        Self { parties: persons.map(|person| Party::of(projected, person)).collect() }
    }

    /// The mark of a document; none when every party may have all of it.
    pub(super) fn mark(&self, document: &DocumentRecord) -> Option<NotFor> {
        let whole = self.parties.iter().filter(|party| party.whole.contains(&document.id));
        let names: Vec<String> = whole.map(|party| party.name.clone()).collect();
        let mut told = Vec::new();
        if !names.is_empty() {
            told.push(format!("niet voor {}", dutch::list(&names)));
        }
        let mut partly: Vec<(String, Vec<String>)> = Vec::new();
        for party in self.parties.iter().filter(|party| !party.whole.contains(&document.id)) {
            let Some(pages) = party.partly.get(&document.id).map(in_words) else { continue };
            match partly.iter_mut().find(|(known, _)| *known == pages) {
                Some((_, names)) => names.push(party.name.clone()),
                None => partly.push((pages, vec![party.name.clone()])),
            }
        }
        told.extend(
            partly.into_iter().map(|(pages, names)| format!("deels niet voor {} ({pages})", dutch::list(&names))),
        );
        (!told.is_empty()).then(|| NotFor { told: dutch::capital(&told.join("; ")) })
    }

    /// Whether a document in the list has a mark.
    pub(super) fn marks_any(&self, list: &BundleList) -> bool {
        let mut listed = list.groups.iter().flat_map(|group| &group.documents).map(|listed| &listed.document);
        listed.any(|id| self.parties.iter().any(|party| party.whole.contains(id) || party.partly.contains_key(id)))
    }
}

impl Party {
    fn of(projected: &Dossier, person: &Person) -> Self {
        let own = for_reader(projected, &Reader::party(projected, &person.id)).dossier;
        let has = |document: &DocumentRecord| own.documents.iter().any(|known| known.id == document.id);
        let whole = projected.documents.iter().filter(|document| !has(document));
        let mut partly: BTreeMap<DocumentId, BTreeSet<Option<u32>>> = BTreeMap::new();
        for source in hidden_sources(projected, &person.id) {
            partly.entry(source.document.clone()).or_default().insert(source.page);
        }
        Self { name: person.name.clone(), whole: whole.map(|document| document.id.clone()).collect(), partly }
    }
}

/// Where in the documents stands what is kept from a person.
fn hidden_sources<'d>(file: &'d Dossier, person: &PersonId) -> Vec<&'d FactSource> {
    type Item<'d> = (Option<&'d FactSource>, Option<&'d UseRestriction>);
    let mut items: Vec<Item<'d>> = Vec::new();
    for event in &file.events {
        let around = event.restriction.as_ref();
        let said = event.statements.iter().map(|item| (item.source.as_ref(), item.restriction.as_ref().or(around)));
        let answered = event.answers.iter().map(|item| (item.source.as_ref(), item.restriction.as_ref().or(around)));
        items.extend(said.chain(answered));
    }
    items.extend(file.instrument_results.iter().map(|item| (item.source.as_ref(), item.restriction.as_ref())));
    items.extend(file.help.iter().map(|item| (item.source.as_ref(), item.restriction.as_ref())));
    items.extend(file.measures.iter().map(|item| (item.source.as_ref(), item.restriction.as_ref())));
    let hidden = items.into_iter().filter(|(_, own)| own.is_some_and(|own| own.is_hidden_from(person)));
    hidden.filter_map(|(source, _)| source).collect()
}

/// "p. 3 en 8", or that the file does not say which.
fn in_words(pages: &BTreeSet<Option<u32>>) -> String {
    let known: Vec<String> = pages.iter().flatten().map(u32::to_string).collect();
    if known.len() < pages.len() {
        return "bladzijde niet vastgelegd".to_owned();
    }
    format!("p. {}", dutch::list(&known))
}
