//! The dossier of one domain, indexed once: persons by role, events in order of id.

use super::memo::Memo;
use super::truth::{Fit, Rank};
use crate::assessment::explanation::FactTexts;
use crate::assessment::language::{ForEach, Role};
use crate::dossier::model::{
    Domain, Dossier, Event, EventKind, Evidence, FamilyRole, Instrument, InstrumentResult, JointProposal, Measure,
    RelationKind, Statement, StatementKind,
};
use crate::shared::moment::local_date;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Place of a person in the index.
pub type Who = usize;

/// An event with its persons looked up.
pub struct EventView<'a> {
    /// The event.
    pub event: &'a Event,
    /// Its place in the order of ids.
    pub rank: Rank,
    /// Who acted.
    pub actors: Vec<Who>,
    /// Against whom.
    pub targets: Vec<Who>,
    /// Certainty in this domain.
    pub evidence: Evidence,
    /// Actors who have not had an opportunity to answer it.
    pub unanswered_by: Vec<&'a str>,
}

/// Everything a query may look at.
pub struct World<'a> {
    /// The projected dossier.
    pub dossier: &'a Dossier,
    /// Domain.
    pub domain: Domain,
    /// Reference date.
    pub on: NaiveDate,
    /// Events by id.
    pub events: Vec<EventView<'a>>,
    /// Day of the newest separation.
    pub separated_on: Option<NaiveDate>,
    /// Answers of queries so far.
    pub memo: Memo<'a>,
    /// Facts in words, as they are needed.
    pub texts: FactTexts<'a>,
    /// Ids of everything that a query may find, in order; a rank is a place here.
    facts: Vec<&'a str>,
    /// Place of the event with a rank.
    event_at: Vec<Option<usize>>,
    index: BTreeMap<&'a str, Who>,
    names: Vec<&'a str>,
    born: Vec<Option<NaiveDate>>,
    is_child: Vec<bool>,
    is_parent: Vec<bool>,
    parents_of: BTreeMap<Who, BTreeSet<Who>>,
    partners: BTreeSet<(Who, Who)>,
    accused: BTreeSet<Who>,
    restrained: BTreeSet<Who>,
    protected: BTreeSet<Who>,
    participants: BTreeSet<Who>,
    statements: BTreeMap<&'a str, &'a Statement>,
}

/// Roles fixed by `for_each`.
#[derive(Clone, Default)]
pub struct Binding<'a> {
    /// `child`.
    pub child: Option<Who>,
    /// `parent`.
    pub parent: Option<Who>,
    /// `other_parent`, when `parent` is fixed.
    pub others: BTreeSet<Who>,
    /// `person`.
    pub person: Option<Who>,
    /// The huisverbod.
    pub measure: Option<&'a Measure>,
    /// The proposal.
    pub proposal: Option<&'a JointProposal>,
    /// The result of an instrument.
    pub result: Option<&'a InstrumentResult>,
}

impl<'a> World<'a> {
    /// Indexes a projected dossier.
    pub fn new(dossier: &'a Dossier, domain: Domain, on: NaiveDate) -> Self {
        let mut persons: Vec<_> = dossier.persons.iter().collect();
        persons.sort_by(|one, other| one.id.cmp(&other.id));
        let names: Vec<&str> = persons.iter().map(|person| person.id.as_str()).collect();
        let mut world = Self {
            dossier,
            domain,
            on,
            events: Vec::new(),
            separated_on: None,
            memo: Memo::default(),
            texts: FactTexts::new(dossier, domain),
            facts: findable(dossier),
            event_at: Vec::new(),
            index: names.iter().enumerate().map(|(at, id)| (*id, at)).collect(),
            born: persons.iter().map(|person| person.born).collect(),
            is_child: persons.iter().map(|person| person.family_role == FamilyRole::Child).collect(),
            is_parent: persons.iter().map(|person| person.family_role == FamilyRole::Parent).collect(),
            names,
            parents_of: BTreeMap::new(),
            partners: BTreeSet::new(),
            accused: BTreeSet::new(),
            restrained: BTreeSet::new(),
            protected: BTreeSet::new(),
            participants: BTreeSet::new(),
            statements: BTreeMap::new(),
        };
        world.index_relations();
        world.index_roles();
        world.index_events();
        world
    }

    fn index_relations(&mut self) {
        for relation in &self.dossier.relations {
            let (Some(from), Some(to)) = (self.find(relation.from.as_str()), self.find(relation.to.as_str())) else {
                continue;
            };
            match relation.kind {
                RelationKind::ParentOf => {
                    self.parents_of.entry(to).or_default().insert(from);
                    if let Some(parent) = self.is_parent.get_mut(from) {
                        *parent = true;
                    }
                }
                RelationKind::Married
                | RelationKind::RegisteredPartnership
                | RelationKind::Cohabiting
                | RelationKind::Partners => {
                    self.partners.insert((from, to));
                    self.partners.insert((to, from));
                }
                _ => {}
            }
        }
        for parents in self.parents_of.values() {
            for one in parents {
                self.partners.extend(parents.iter().filter(|other| *other != one).map(|other| (*one, *other)));
            }
        }
    }

    fn index_roles(&mut self) {
        let dossier = self.dossier;
        self.accused =
            self.all(dossier.matters.iter().filter_map(|item| item.criminal.as_ref()).map(|item| &item.accused));
        let bans = || dossier.measures.iter().filter(|item| item.instrument == Instrument::Huisverbod);
        self.restrained = self.all(bans().flat_map(|item| &item.restrained));
        self.protected = self.all(bans().flat_map(|item| &item.protected));
        self.participants = self.all(dossier.proposals.iter().flat_map(|item| &item.participants));
        self.statements = dossier
            .events
            .iter()
            .flat_map(|event| &event.statements)
            .map(|statement| (statement.id.as_str(), statement))
            .collect();
    }

    fn index_events(&mut self) {
        let mut events: Vec<EventView<'a>> = self
            .dossier
            .events
            .iter()
            .map(|event| EventView {
                event,
                rank: self.rank(event.id.as_str()),
                unanswered_by: unanswered_by(event, |id| self.find(id).map(|who| self.id(who))),
                actors: event.actors.iter().filter_map(|id| self.find(id.as_str())).collect(),
                targets: event.targets.iter().filter_map(|id| self.find(id.as_str())).collect(),
                evidence: event.status.in_domain(self.domain),
            })
            .collect();
        events.sort_by(|one, other| one.event.id.cmp(&other.event.id));
        self.separated_on = events
            .iter()
            .filter(|item| item.event.kind == EventKind::Separation)
            .filter_map(|item| item.event.time.first_day())
            .max();
        self.event_at = vec![None; self.facts.len()];
        for (at, view) in events.iter().enumerate() {
            if let Some(place) = self.event_at.get_mut(view.rank as usize) {
                *place = Some(at);
            }
        }
        self.events = events;
    }

    /// Place of a fact among all facts, in the order of ids.
    pub fn rank(&self, id: &str) -> Rank {
        let place = self.facts.binary_search(&id).unwrap_or(self.facts.len());
        Rank::try_from(place).unwrap_or(Rank::MAX)
    }

    /// Id of a fact.
    pub fn fact(&self, rank: Rank) -> &'a str {
        self.facts.get(rank as usize).copied().unwrap_or_default()
    }

    /// How many facts there are.
    pub fn fact_count(&self) -> usize {
        self.facts.len()
    }

    /// The event with a rank, when that fact is an event.
    pub fn event(&self, rank: Rank) -> Option<&EventView<'a>> {
        self.event_at.get(rank as usize).copied().flatten().and_then(|at| self.events.get(at))
    }

    /// Actors of an event who have not had an opportunity to answer it.
    pub fn unanswered_by(&self, rank: Rank) -> &[&'a str] {
        self.event(rank).map_or(&[], |view| &view.unanswered_by)
    }

    /// Day on which a person was born.
    pub fn born(&self, who: Who) -> Option<NaiveDate> {
        self.born.get(who).copied().flatten()
    }

    /// Place of a person.
    pub fn find(&self, id: &str) -> Option<Who> {
        self.index.get(id).copied()
    }

    /// Id of a person.
    pub fn id(&self, who: Who) -> &'a str {
        self.names.get(who).copied().unwrap_or_default()
    }

    /// All persons by place.
    pub fn everyone(&self) -> impl Iterator<Item = Who> + use<> {
        0..self.names.len()
    }

    fn all<'b>(&self, ids: impl Iterator<Item = &'b crate::shared::ids::PersonId>) -> BTreeSet<Who> {
        ids.filter_map(|id| self.find(id.as_str())).collect()
    }

    /// Places of persons.
    pub fn places(&self, ids: &[crate::shared::ids::PersonId]) -> BTreeSet<Who> {
        self.all(ids.iter())
    }

    /// Whether a person is a child in the case.
    pub fn is_child(&self, who: Who) -> bool {
        self.is_child.get(who).copied().unwrap_or(false)
    }

    /// Whether a person has a role; `actor` is who acts towards that person, when someone does.
    pub fn has_role(&self, role: Role, who: Who, actor: Option<Who>, binding: &Binding<'_>) -> bool {
        let parent = self.is_parent.get(who).copied().unwrap_or(false);
        match role {
            Role::Anyone => true,
            Role::Adult => !self.is_child(who),
            Role::Parent => binding.parent.map_or(parent, |fixed| fixed == who),
            Role::OtherParent if binding.parent.is_some() => binding.others.contains(&who),
            Role::OtherParent => parent && actor != Some(who),
            Role::Child => binding.child.map_or_else(|| self.is_child(who), |fixed| fixed == who),
            Role::Partner => match actor {
                Some(actor) => self.partners.contains(&(actor, who)),
                None => self.partners.iter().any(|(_, other)| *other == who),
            },
            Role::Person => binding.person.map_or_else(|| !self.is_child(who), |fixed| fixed == who),
            Role::Accused => self.accused.contains(&who),
            Role::Restrained => match binding.measure {
                Some(measure) => self.is_listed(who, &measure.restrained),
                None => self.restrained.contains(&who),
            },
            Role::Protected => match binding.measure {
                Some(measure) => self.is_listed(who, &measure.protected),
                None => self.protected.contains(&who),
            },
            Role::Participant => match binding.proposal {
                Some(proposal) => self.is_listed(who, &proposal.participants),
                None => self.participants.contains(&who),
            },
        }
    }

    fn is_listed(&self, who: Who, ids: &[crate::shared::ids::PersonId]) -> bool {
        ids.iter().any(|id| id.as_str() == self.id(who))
    }

    /// Whether someone in a list has a role; an empty list is unknown.
    pub fn someone(&self, role: Option<Role>, list: &[crate::shared::ids::PersonId], binding: &Binding<'_>) -> Fit {
        let Some(role) = role else { return Fit::Yes };
        if list.is_empty() {
            return Fit::Maybe;
        }
        let mut places = list.iter().filter_map(|id| self.find(id.as_str()));
        Fit::when(places.any(|who| self.has_role(role, who, None, binding)))
    }

    /// The fixed roles for each finding of a criterion; empty when there is nobody to ask it for.
    pub fn bindings(&self, each: ForEach) -> Vec<Binding<'a>> {
        let none = Binding::default();
        let children = || self.everyone().filter(|who| self.is_child(*who));
        match each {
            ForEach::Dossier => vec![none],
            ForEach::Child => children().map(|child| Binding { child: Some(child), ..Binding::default() }).collect(),
            ForEach::Parent => self
                .everyone()
                .filter(|who| self.has_role(Role::Parent, *who, None, &none))
                .map(|parent| Binding { parent: Some(parent), others: self.co_parents(parent), ..Binding::default() })
                .collect(),
            ForEach::ChildAndParent => children().flat_map(|child| self.parents_bindings(child)).collect(),
            ForEach::Adult => self
                .everyone()
                .filter(|who| !self.is_child(*who))
                .map(|person| Binding { person: Some(person), ..Binding::default() })
                .collect(),
            ForEach::Huisverbod => {
                let mut bans: Vec<&Measure> =
                    self.dossier.measures.iter().filter(|item| item.instrument == Instrument::Huisverbod).collect();
                bans.sort_by(|one, other| one.id.cmp(&other.id));
                bans.into_iter().map(|measure| Binding { measure: Some(measure), ..Binding::default() }).collect()
            }
            ForEach::Proposal => {
                let mut proposals: Vec<&JointProposal> = self.dossier.proposals.iter().collect();
                proposals.sort_by(|one, other| one.id.cmp(&other.id));
                proposals.into_iter().map(|item| Binding { proposal: Some(item), ..Binding::default() }).collect()
            }
            ForEach::Result => {
                let mut results: Vec<&InstrumentResult> = self.dossier.instrument_results.iter().collect();
                results.sort_by(|one, other| one.id.cmp(&other.id));
                results.into_iter().map(|item| Binding { result: Some(item), ..Binding::default() }).collect()
            }
        }
    }

    fn parents_bindings(&self, child: Who) -> Vec<Binding<'a>> {
        let parents = self.parents_of.get(&child).cloned().unwrap_or_default();
        parents
            .iter()
            .map(|parent| Binding {
                child: Some(child),
                parent: Some(*parent),
                others: parents.iter().copied().filter(|other| other != parent).collect(),
                ..Binding::default()
            })
            .collect()
    }

    fn co_parents(&self, parent: Who) -> BTreeSet<Who> {
        let shared = self.parents_of.values().filter(|parents| parents.contains(&parent)).flatten();
        shared.copied().filter(|other| *other != parent).collect()
    }

    /// Independent sources of an event: a copy counts as its original, passing on what others said not at all,
    /// and neither does an own account, short of an admission, by who is said to have acted.
    pub fn independent_sources(&self, event: &'a Event) -> Vec<&'a str> {
        let mut sources: Vec<&str> = Vec::new();
        for statement in &event.statements {
            let original = self.original(statement);
            if matches!(original.kind, StatementKind::Reports | StatementKind::Retracts) {
                continue;
            }
            let own_account = event.actors.iter().any(|actor| actor.as_str() == original.by.as_str());
            if own_account && original.kind != StatementKind::Admits {
                continue;
            }
            let lost = original.repeats.as_ref().map(crate::shared::ids::FactId::as_str);
            sources.push(lost.unwrap_or(original.by.as_str()));
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    fn original(&self, statement: &'a Statement) -> &'a Statement {
        let mut at = statement;
        // A chain of copies is short; a circle in a bad file ends here as well.
        for _ in 0..16 {
            match at.repeats.as_ref().and_then(|id| self.statements.get(id.as_str())) {
                Some(earlier) => at = earlier,
                None => break,
            }
        }
        at
    }

    /// Day on which the newest measure of some kinds was decided or began.
    pub fn newest_measure(&self, kinds: &[Instrument], binding: &Binding<'_>) -> Option<NaiveDate> {
        let start = |item: &Measure| item.decided_at.or(item.starts).map(|at| local_date(&at));
        if let Some(fixed) = binding.measure.filter(|fixed| kinds.contains(&fixed.instrument)) {
            return start(fixed);
        }
        self.dossier.measures.iter().filter(|item| kinds.contains(&item.instrument)).filter_map(start).max()
    }
}

/// Ids that queries may find, in order. Gezag is found by its child, a relation by its second person.
fn findable(dossier: &Dossier) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::with_capacity(dossier.events.len() + 64);
    ids.extend(dossier.events.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.measures.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.instrument_results.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.help.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.child_hearings.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.requests.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.proposals.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.matters.iter().map(|item| item.id.as_str()));
    ids.extend(dossier.gezag.iter().map(|item| item.child.as_str()));
    ids.extend(dossier.relations.iter().map(|item| item.to.as_str()));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Known persons who are said to have acted and have not had an opportunity to answer.
fn unanswered_by<'a>(event: &'a Event, known: impl Fn(&str) -> Option<&'a str>) -> Vec<&'a str> {
    if matches!(event.kind, EventKind::Protective | EventKind::Separation) {
        return Vec::new();
    }
    // Any entry is an opportunity to answer, silence and "geen antwoord" as well; nothing else follows from those.
    let answered = |id: &&str| event.answers.iter().any(|answer| answer.by.as_str() == *id);
    event.actors.iter().filter_map(|id| known(id.as_str())).filter(|id| !answered(id)).collect()
}
