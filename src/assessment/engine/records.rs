//! Queries on the other records: proposals, help, results, hearings, requests, gezag, criminal
//! cases, relations and ages.

use super::truth::{Fit, Hit, Tally, Truth};
use super::world::{Binding, World};
use crate::assessment::language::{
    AddressQuery, AgeQuery, ConsentQuery, CriminalQuery, GezagQuery, HearingQuery, HelpQuery, IfNone, ProposalQuery,
    RelationQuery, RequestQuery, ResultQuery, SignalQuery,
};
use crate::dossier::model::{
    AddressKind, ChildHearingOutcome, CriminalCase, Domain, Evidence, HelpProgress, HelpResponse, HelpTrack,
    InstrumentResult, JointProposal, Relation, RelationKind, Request, Secrecy, SignalPart,
};
use chrono::{Days, Months, NaiveDate};

fn listed<T: PartialEq>(wanted: &[T], value: &T) -> Fit {
    Fit::when(wanted.is_empty() || wanted.contains(value))
}

fn listed_unless_unknown<T: PartialEq>(wanted: &[T], value: &T, unknown: &T) -> Fit {
    if !wanted.is_empty() && value == unknown && !wanted.contains(value) { Fit::Maybe } else { listed(wanted, value) }
}

impl<'a> World<'a> {
    /// What records that fit add up to. When the dossier has records of the kind and none fits, the
    /// answer is no; `if_none` is only for a dossier that has nothing of the kind.
    fn tally(
        &self,
        found: impl IntoIterator<Item = (&'a str, Evidence, Fit)>,
        any_record: bool,
        if_none: IfNone,
    ) -> Tally<'a> {
        let mut hits: Vec<Hit<'a>> = found
            .into_iter()
            .filter(|(_, _, fit)| *fit != Fit::No)
            .map(|(id, evidence, fit)| Hit {
                rank: self.rank(id),
                evidence,
                sure: fit == Fit::Yes,
                sources: Vec::new(),
            })
            .collect();
        hits.sort_by_key(|hit| hit.rank);
        Tally { hits, at_least: 1, sources: 1, if_none: if any_record { IfNone::No } else { if_none }, floor: None }
    }

    /// Proposals.
    pub fn tally_proposals(&self, query: &ProposalQuery, binding: &Binding<'a>) -> Tally<'a> {
        let found = self
            .dossier
            .proposals
            .iter()
            .filter(|item| binding.proposal.is_none_or(|fixed| fixed.id == item.id))
            .map(|item| (item.id.as_str(), Evidence::Established, proposal_fits(query, item)));
        self.tally(found, false, query.if_none.unwrap_or(IfNone::No))
    }

    /// Help.
    pub fn tally_help(&self, query: &HelpQuery, binding: &Binding<'a>) -> Tally<'a> {
        let of_kind = |item: &&HelpTrack| {
            self.someone(query.person, std::slice::from_ref(&item.person), binding) == Fit::Yes
                && (query.kinds.is_empty() || query.kinds.contains(&item.kind))
        };
        let tracks: Vec<&HelpTrack> = self.dossier.help.iter().filter(of_kind).collect();
        let found =
            tracks.iter().map(|item| (item.id.as_str(), item.status.in_domain(self.domain), help_fits(query, item)));
        self.tally(found, !tracks.is_empty(), query.if_none.unwrap_or(IfNone::Unknown))
    }

    /// Results of instruments.
    pub fn tally_results(&self, query: &ResultQuery, binding: &Binding<'a>) -> Tally<'a> {
        let found = self
            .find_results(query, binding)
            .into_iter()
            .map(|(item, fit)| (item.id.as_str(), Evidence::Established, fit));
        self.tally(found, false, query.if_none.unwrap_or(IfNone::No))
    }

    /// Results that fit, or may fit, a query.
    pub fn find_results(&self, query: &ResultQuery, binding: &Binding<'a>) -> Vec<(&'a InstrumentResult, Fit)> {
        let fits = |item: &InstrumentResult| {
            let recent = query.last_days.map_or(Fit::Yes, |days| match item.on {
                Some(on) => Fit::when(on <= self.on && on + Days::new(u64::from(days)) >= self.on),
                None => Fit::Maybe,
            });
            Fit::when(binding.result.is_none_or(|fixed| fixed.id == item.id))
                .min(listed(&query.instruments, &item.instrument))
                .min(attribution_fits(query, item))
                .min(self.someone(query.about, &item.about, binding))
                .min(Fit::wanted(item.weapons_asked, query.weapons_asked))
                .min(Fit::wanted(item.assessor_trained, query.assessor_trained))
                .min(match query.informants {
                    Some(_) if item.informants.is_empty() => Fit::Maybe,
                    least => Fit::when(least.is_none_or(|least| item.informants.len() >= least)),
                })
                .min(match (&item.level, query.levels.is_empty()) {
                    (_, true) => Fit::Yes,
                    (None, false) => Fit::Maybe,
                    (Some(level), false) => Fit::when(query.levels.contains(level)),
                })
                .min(recent)
        };
        let results = self.dossier.instrument_results.iter();
        results.map(|item| (item, fits(item))).filter(|(_, fit)| *fit != Fit::No).collect()
    }

    /// Results that differ in level, as their instruments name it.
    pub fn tally_difference(&self, query: &ResultQuery, binding: &Binding<'a>) -> Tally<'a> {
        let results: Vec<(&InstrumentResult, Fit)> =
            self.find_results(query, binding).into_iter().filter(|(item, _)| item.level.is_some()).collect();
        let level = |item: &InstrumentResult| item.level.as_deref().unwrap_or_default().to_lowercase();
        let differs = |item: &InstrumentResult| results.iter().any(|(other, _)| level(other) != level(item));
        let found = results.iter().filter(|(item, _)| differs(item));
        let found = found.map(|(item, fit)| (item.id.as_str(), Evidence::Established, *fit));
        self.tally(found, false, query.if_none.unwrap_or(IfNone::No))
    }

    /// Whether anyone in a role has a home, stay or refuge that the others may not know.
    pub fn address(&self, query: &AddressQuery, binding: &Binding<'a>) -> Truth {
        let lives = |kind| matches!(kind, AddressKind::Home | AddressKind::Stay | AddressKind::Refuge);
        let of_person = |who| {
            let person = self.dossier.persons.iter().find(|person| person.id.as_str() == self.id(who));
            let addresses = person.into_iter().flat_map(|person| &person.addresses);
            let current = addresses.filter(|item| lives(item.kind) && item.until.is_none_or(|until| until >= self.on));
            let told = current.map(|item| match item.secrecy {
                _ if item.kind == AddressKind::Refuge => Truth::True,
                Secrecy::Secret => Truth::True,
                Secrecy::Unknown => Truth::Missing,
                Secrecy::Open => Truth::False,
            });
            told.max().unwrap_or(Truth::Missing)
        };
        let persons = self.everyone().filter(|who| self.has_role(query.who, *who, None, binding));
        persons.map(of_person).max().unwrap_or(Truth::Missing)
    }

    /// Results with the number of signals that the instrument itself prescribes.
    pub fn tally_signals(&self, query: &SignalQuery) -> Tally<'a> {
        let results = self.dossier.instrument_results.iter().filter(|item| item.instrument == query.instrument);
        let enough = |item: &InstrumentResult| {
            [SignalPart::Person, SignalPart::Incident, SignalPart::Family].iter().any(|part| {
                let of_part = item.signals.iter().filter(|signal| signal.part == *part && signal.level == query.level);
                of_part.count() >= query.within_one_part
            })
        };
        let found: Vec<_> = results
            .map(|item| {
                let fit = if item.signals.is_empty() { Fit::Maybe } else { Fit::when(enough(item)) };
                (item.id.as_str(), Evidence::Established, fit)
            })
            .collect();
        let any = !found.is_empty();
        self.tally(found, any, IfNone::Unknown)
    }

    /// Hearings of children.
    pub fn tally_hearings(&self, query: &HearingQuery, binding: &Binding<'a>) -> Tally<'a> {
        let of_child = self
            .dossier
            .child_hearings
            .iter()
            .filter(|item| self.someone(query.child, std::slice::from_ref(&item.child), binding) == Fit::Yes);
        let found: Vec<_> = of_child
            .map(|item| {
                let fit = listed_unless_unknown(&query.outcomes, &item.outcome, &ChildHearingOutcome::Unknown)
                    .min(Fit::wanted(item.objects_to_contact, query.objects_to_contact))
                    .min(Fit::wanted(item.sharing_checked, query.sharing_checked));
                (item.id.as_str(), Evidence::Established, fit)
            })
            .collect();
        let any = !found.is_empty();
        self.tally(found, any, query.if_none.unwrap_or(IfNone::Unknown))
    }

    /// Requests.
    pub fn tally_requests(&self, query: &RequestQuery, binding: &Binding<'a>) -> Tally<'a> {
        let found = self
            .dossier
            .requests
            .iter()
            .map(|item| (item.id.as_str(), Evidence::Established, self.request_fits(query, item, binding)));
        self.tally(found, false, query.if_none.unwrap_or(IfNone::No))
    }

    fn request_fits(&self, query: &RequestQuery, item: &Request, binding: &Binding<'a>) -> Fit {
        if !query.kinds.is_empty() && !query.kinds.contains(&item.kind) {
            return Fit::No;
        }
        let concerns = |role, list: &[crate::shared::ids::PersonId]| match role {
            Some(_) if list.is_empty() => Fit::Yes,
            role => self.someone(role, list, binding),
        };
        self.asked_by(query, item, binding)
            .min(concerns(query.child, &item.children))
            .min(concerns(query.against, &item.against))
    }

    fn asked_by(&self, query: &RequestQuery, item: &Request, binding: &Binding<'a>) -> Fit {
        if query.by.is_none() && query.by_organisation.is_empty() && !query.by_carer {
            return Fit::Yes;
        }
        let person = self.find(item.by.as_str());
        let in_role = query.by.zip(person).is_some_and(|(role, who)| self.has_role(role, who, None, binding));
        let organisation = self.dossier.organisations.iter().find(|other| other.id == item.by);
        let of_kind = organisation.is_some_and(|found| query.by_organisation.contains(&found.kind));
        let carer = if query.by_carer { self.cares_for_a_year(item, binding) } else { Fit::No };
        Fit::when(in_role || of_kind).max(carer)
    }

    /// Whether the applicant, not being a parent, cared for a child concerned for at least a year (art. 1:267 BW).
    fn cares_for_a_year(&self, item: &Request, binding: &Binding<'a>) -> Fit {
        let year_ago = self.on.checked_sub_months(Months::new(12));
        let cares = self.dossier.relations.iter().filter(|relation| {
            relation.kind == RelationKind::CarerOf
                && relation.from.as_str() == item.by.as_str()
                && (item.children.is_empty() || item.children.contains(&relation.to))
                && binding.child.is_none_or(|child| self.id(child) == relation.to.as_str())
                && relation.until.is_none_or(|until| until >= self.on)
                && !self.dossier.parents_of(&relation.to).any(|parent| *parent == relation.from)
        });
        let long_enough = |since: Option<NaiveDate>| match (since, year_ago) {
            (Some(since), Some(limit)) => Fit::when(since <= limit),
            _ => Fit::Maybe,
        };
        cares.map(|relation| long_enough(relation.since)).max().unwrap_or(Fit::No)
    }

    /// Gezag on the reference date. Records have no id of their own; the child stands for them.
    pub fn tally_gezag(&self, query: &GezagQuery, binding: &Binding<'a>) -> Tally<'a> {
        let current = self.dossier.gezag.iter().filter(|record| {
            let child = self.someone(query.child, std::slice::from_ref(&record.child), binding) == Fit::Yes;
            let holder = query.holder.is_none_or(|role| {
                self.find(record.holder.as_str()).is_some_and(|who| self.has_role(role, who, None, binding))
            });
            child
                && holder
                && record.since.is_none_or(|since| since <= self.on)
                && record.until.is_none_or(|until| until >= self.on)
        });
        let found: Vec<_> = current
            .map(|record| {
                let fit = listed(&query.forms, &record.form)
                    .min(Fit::when(query.proven.is_none_or(|wanted| wanted == record.source.is_some())));
                (record.child.as_str(), Evidence::Established, fit)
            })
            .collect();
        let any = !found.is_empty();
        self.tally(found, any, query.if_none.unwrap_or(IfNone::Unknown))
    }

    /// Criminal cases; the matter stands for the case.
    pub fn tally_criminal(&self, query: &CriminalQuery, binding: &Binding<'a>) -> Tally<'a> {
        let found =
            self.dossier.matters.iter().filter_map(|matter| matter.criminal.as_ref().map(|case| (matter, case))).map(
                |(matter, case)| (matter.id.as_str(), Evidence::Established, self.criminal_fits(query, case, binding)),
            );
        let any = self.dossier.matters.iter().any(|matter| matter.criminal.is_some());
        self.tally(found, any, query.if_none.unwrap_or(IfNone::No))
    }

    fn criminal_fits(&self, query: &CriminalQuery, case: &CriminalCase, binding: &Binding<'a>) -> Fit {
        let risk = match case.reclassering_risk {
            _ if query.reclassering_risk.is_empty() => Fit::Yes,
            None => Fit::Maybe,
            Some(risk) => Fit::when(query.reclassering_risk.contains(&risk)),
        };
        // Outside the criminal domain the advice may be there without being released.
        let advice = match (query.reclassering_advice, case.reclassering_advice.is_some()) {
            (None, _) => Fit::Yes,
            (Some(_), false) if self.domain != Domain::Criminal => Fit::Maybe,
            (Some(wanted), there) => Fit::when(wanted == there),
        };
        self.someone(query.accused, std::slice::from_ref(&case.accused), binding)
            .min(listed(&query.phases, &case.phase))
            .min(risk)
            .min(advice)
    }

    /// Relations; the second person stands for them.
    pub fn tally_relations(&self, query: &RelationQuery, binding: &Binding<'a>) -> Tally<'a> {
        let between = |relation: &Relation, swapped: bool| {
            let (from, to) = if swapped { (&relation.to, &relation.from) } else { (&relation.from, &relation.to) };
            let (Some(from), Some(to)) = (self.find(from.as_str()), self.find(to.as_str())) else { return false };
            query.from.is_none_or(|role| self.has_role(role, from, None, binding))
                && query.to.is_none_or(|role| self.has_role(role, to, Some(from), binding))
        };
        let found: Vec<_> = self
            .dossier
            .relations
            .iter()
            .filter(|relation| between(relation, false) || (is_mutual(relation.kind) && between(relation, true)))
            .map(|relation| {
                let lasts = relation.until.is_none_or(|until| until >= self.on);
                let fit = listed(&query.kinds, &relation.kind).min(Fit::when(!query.current || lasts));
                (relation.to.as_str(), Evidence::Established, fit)
            })
            .collect();
        let any = !found.is_empty();
        self.tally(found, any, query.if_none.unwrap_or(IfNone::Unknown))
    }

    /// Age of a person, or of anyone in a role.
    pub fn age(&self, query: &AgeQuery, binding: &Binding<'a>) -> Truth {
        let of_person = |who| {
            let person = self.dossier.persons.iter().find(|person| person.id.as_str() == self.id(who));
            let at_least = |years| person.and_then(|person| person.is_at_least(years, self.on));
            let old_enough = query.at_least.map_or(Fit::Yes, |years| Fit::wanted(at_least(years), Some(true)));
            let young_enough = query.below.map_or(Fit::Yes, |years| Fit::wanted(at_least(years), Some(false)));
            old_enough.min(young_enough).truth()
        };
        let persons = self.everyone().filter(|who| self.has_role(query.who, *who, None, binding));
        persons.map(of_person).max().unwrap_or(Truth::Missing)
    }
}

fn is_mutual(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Married
            | RelationKind::RegisteredPartnership
            | RelationKind::Cohabiting
            | RelationKind::Partners
            | RelationKind::SiblingOf
            | RelationKind::RelativeOf
    )
}

fn attribution_fits(query: &ResultQuery, item: &InstrumentResult) -> Fit {
    let attributed = item.on.is_some() && item.assessor.is_some() && item.source.is_some();
    Fit::when(query.attributed.is_none_or(|wanted| wanted == attributed))
        .min(Fit::when(query.limits_told.is_none_or(|wanted| wanted == item.limits.is_some())))
}

fn proposal_fits(query: &ProposalQuery, item: &JointProposal) -> Fit {
    listed(&query.kinds, &item.kind)
        .min(query.consent.map_or(Fit::Yes, |consent| consent_fits(consent, item)))
        .min(Fit::wanted(item.screened, query.screened))
        .min(Fit::wanted(item.adapted_form, query.adapted_form))
}

fn consent_fits(wanted: ConsentQuery, item: &JointProposal) -> Fit {
    let of = |person: &crate::shared::ids::PersonId| item.consents.iter().find(|consent| consent.by == *person);
    match wanted {
        ConsentQuery::FreeAndSeparate => item
            .participants
            .iter()
            .map(|person| {
                let consent = of(person);
                Fit::wanted(consent.and_then(|given| given.given), Some(true))
                    .min(Fit::wanted(consent.and_then(|given| given.asked_separately), Some(true)))
            })
            .min()
            .unwrap_or(Fit::Maybe),
        ConsentQuery::Refused => item
            .participants
            .iter()
            .map(|person| Fit::wanted(of(person).and_then(|given| given.given), Some(false)))
            .max()
            .unwrap_or(Fit::Maybe),
    }
}

fn help_fits(query: &HelpQuery, item: &HelpTrack) -> Fit {
    let programme = match item.programme {
        _ if query.programmes.is_empty() => Fit::Yes,
        None => Fit::No,
        Some(programme) => Fit::when(query.programmes.contains(&programme)),
    };
    programme
        .min(listed_unless_unknown(&query.response, &item.response, &HelpResponse::Unknown))
        .min(listed_unless_unknown(&query.progress, &item.progress, &HelpProgress::Unknown))
        .min(Fit::when(query.imposed.is_none_or(|wanted| wanted == item.imposed_in.is_some())))
        .min(Fit::when(query.provider.is_none_or(|wanted| wanted == item.provider.is_some())))
}
