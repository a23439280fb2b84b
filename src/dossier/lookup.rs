//! Questions a dossier answers about itself: who is who, how old, who holds gezag.

use super::model::{
    CapacityRole, Domain, Dossier, Event, Evidence, FamilyRole, GezagForm, Matter, Measure, Person, ProvisionalItem,
    ProvisionalItemKind, ProvisionalPlan, RelationKind, RequestKind,
};
use crate::shared::ids::{EventId, FactId, MatterId, MeasureId, PartyId, PersonId};
use chrono::{Datelike, NaiveDate};

impl Dossier {
    /// A person by id.
    #[must_use]
    pub fn find_person(&self, id: &PersonId) -> Option<&Person> {
        self.persons.iter().find(|person| person.id == *id)
    }

    /// A matter by id.
    #[must_use]
    pub fn find_matter(&self, id: &MatterId) -> Option<&Matter> {
        self.matters.iter().find(|matter| matter.id == *id)
    }

    /// A measure by id.
    #[must_use]
    pub fn find_measure(&self, id: &MeasureId) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == *id)
    }

    /// An event by id.
    #[must_use]
    pub fn find_event(&self, id: &EventId) -> Option<&Event> {
        self.events.iter().find(|event| event.id == *id)
    }

    /// The event that a fact is.
    #[must_use]
    pub fn find_event_by_fact(&self, fact: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id.as_str() == fact)
    }

    /// The event that a fact is, or in which it was stated.
    #[must_use]
    pub fn find_event_about(&self, fact: &str) -> Option<&Event> {
        self.find_event_by_fact(fact).or_else(|| {
            self.events.iter().find(|event| event.statements.iter().any(|statement| statement.id.as_str() == fact))
        })
    }

    /// Whether these facts are all events that are no more than alleged or disputed in a domain; no facts are none.
    #[must_use]
    pub fn rests_on_claims(&self, facts: &[FactId], domain: Domain) -> bool {
        let claimed = |event: &Event| {
            matches!(event.status.in_domain(domain), Evidence::Alleged | Evidence::Disputed | Evidence::Unknown)
        };
        !facts.is_empty() && facts.iter().all(|fact| self.find_event_about(fact.as_str()).is_some_and(claimed))
    }

    /// Name of a person or organisation as it stands in a document.
    #[must_use]
    pub fn party_name(&self, id: &PartyId) -> String {
        self.persons
            .iter()
            .find(|person| person.id.as_str() == id.as_str())
            .map(|person| person.name.clone())
            .or_else(|| self.organisations.iter().find(|item| item.id == *id).map(|item| item.name.clone()))
            .unwrap_or_else(|| id.to_string())
    }

    /// Name of a person.
    #[must_use]
    pub fn person_name(&self, id: &PersonId) -> String {
        self.party_name(&PartyId::from(id))
    }

    /// Children of the case, in the order of the file.
    pub fn children(&self) -> impl Iterator<Item = &Person> {
        self.persons.iter().filter(|person| person.family_role == FamilyRole::Child)
    }

    /// Parents of a child by the relations in the file.
    pub fn parents_of<'a>(&'a self, child: &'a PersonId) -> impl Iterator<Item = &'a PersonId> {
        self.relations
            .iter()
            .filter(move |relation| relation.kind == RelationKind::ParentOf && relation.to == *child)
            .map(|relation| &relation.from)
    }

    /// Whether two persons are married or registered partners on a day.
    #[must_use]
    pub fn are_spouses(&self, one: &PersonId, other: &PersonId, on: NaiveDate) -> bool {
        self.relations.iter().any(|relation| {
            matches!(relation.kind, RelationKind::Married | RelationKind::RegisteredPartnership)
                && ((relation.from == *one && relation.to == *other)
                    || (relation.from == *other && relation.to == *one))
                && relation.since.is_none_or(|since| since <= on)
                && relation.until.is_none_or(|until| until >= on)
        })
    }

    /// In whose favour an item of a provisional order is: as the plan says, or else who alone asked it in that
    /// matter, or else, where the file has no request for it, who applies for the order. `None` when it cannot be
    /// told: both asked it, or it is an arrangement for the children that is in nobody's favour.
    #[must_use]
    pub fn favoured<'a>(&'a self, plan: &'a ProvisionalPlan, item: &'a ProvisionalItem) -> Option<&'a PersonId> {
        if item.in_favour.is_some() {
            return item.in_favour.as_ref();
        }
        let kind = match item.kind {
            ProvisionalItemKind::ExclusiveUseOfHome => RequestKind::ExclusiveUseOfHome,
            ProvisionalItemKind::EntrustChildren => RequestKind::EntrustChildren,
            ProvisionalItemKind::Maintenance => RequestKind::Maintenance,
            _ => return None,
        };
        let asked = |spouse: &PersonId| {
            let mut requests = self.requests.iter().filter(|item| item.matter == plan.matter && item.kind == kind);
            requests.any(|request| request.by.as_str() == spouse.as_str())
        };
        match (asked(&plan.applicant), asked(&plan.respondent)) {
            (true, true) => None,
            (false, true) => Some(&plan.respondent),
            _ => Some(&plan.applicant),
        }
    }

    /// Form of gezag that a holder has over a child on a day; `None` when the file does not say.
    #[must_use]
    pub fn gezag_of(&self, holder: &PartyId, child: &PersonId, on: NaiveDate) -> Option<GezagForm> {
        self.gezag
            .iter()
            .filter(|record| record.holder == *holder && record.child == *child)
            .filter(|record| record.since.is_none_or(|since| since <= on))
            .filter(|record| record.until.is_none_or(|until| until >= on))
            .max_by_key(|record| record.since)
            .map(|record| record.form)
    }

    /// Capacity of a person or organisation in a matter.
    #[must_use]
    pub fn capacity_in(&self, party: &PartyId, matter: &MatterId) -> Option<CapacityRole> {
        let of_person =
            self.persons.iter().filter(|item| item.id.as_str() == party.as_str()).flat_map(|item| &item.capacities);
        let of_organisation =
            self.organisations.iter().filter(|item| item.id == *party).flat_map(|item| &item.capacities);
        of_person.chain(of_organisation).find(|capacity| capacity.matter == *matter).map(|capacity| capacity.role)
    }

    /// Ids of everything a finding may rest on, in the order of the file.
    #[must_use]
    pub fn fact_ids(&self) -> Vec<FactId> {
        let mut ids: Vec<FactId> = Vec::new();
        ids.extend(self.events.iter().map(|item| FactId::from(&item.id)));
        ids.extend(self.events.iter().flat_map(|item| item.statements.iter().map(|statement| statement.id.clone())));
        ids.extend(self.measures.iter().map(|item| FactId::from(&item.id)));
        ids.extend(self.instrument_results.iter().map(|item| item.id.clone()));
        ids.extend(self.help.iter().map(|item| item.id.clone()));
        ids.extend(self.child_hearings.iter().map(|item| item.id.clone()));
        ids.extend(self.proposals.iter().map(|item| item.id.clone()));
        ids.extend(self.requests.iter().map(|item| FactId::from(&item.id)));
        ids.extend(self.matters.iter().map(|item| FactId::from(&item.id)));
        ids.extend(self.documents.iter().map(|item| FactId::from(&item.id)));
        ids
    }
}

impl Person {
    /// Age in whole years on a day; `None` when the day of birth is unknown and the year does not decide.
    #[must_use]
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        let born = self.born?;
        day.years_since(born)
    }

    /// Whether the person is at least this old on a day. `None` when that is not known.
    #[must_use]
    pub fn is_at_least(&self, years: u32, day: NaiveDate) -> Option<bool> {
        if let Some(age) = self.age_on(day) {
            return Some(age >= years);
        }
        // With only a year of birth the answer is certain except in the year itself.
        let difference = day.year() - self.born_year?;
        let years = i32::try_from(years).ok()?;
        if difference > years {
            Some(true)
        } else if difference < years {
            Some(false)
        } else {
            None
        }
    }
}
