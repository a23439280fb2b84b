//! Who gets a paper: the adults of the matter and those whom the decision binds or protects, and
//! the children of twelve or older whom it concerns. Unknown age is not twelve.

use super::eyes::Eyes;
use super::{HeldBack, Paper, criminal};
use crate::dossier::model::{
    CapacityRole, Domain, FamilyRole, GezagForm, Instrument, InterventionBasis, MeasureState, Person,
};
use crate::drafting::decision::{imposed_in, is_gi};
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::moment::local_date;

/// From this age a child gets a paper of its own: as the law asks its opinion (art. 809 Rv).
const OWN_PAPER: u32 = 12;
const ADULT: u32 = 18;

/// Readers in the order of the file.
#[derive(Default)]
pub(super) struct Readers {
    pub adults: Vec<PersonId>,
    pub children: Vec<PersonId>,
    pub held_back: Vec<HeldBack>,
}

/// Whether a document decides something; the bridge only shows how protection joins up.
pub(super) fn is_decision(document: &str) -> bool {
    document != "beschermingsbrug"
}

pub(super) fn readers(paper: &Paper<'_>) -> Readers {
    let mut found = Readers::default();
    let (day, concerned) = (paper.text.sealed.meta.dated, concerned(paper));
    for person in &paper.file.persons {
        let is_child = person.family_role == FamilyRole::Child;
        if is_child && concerned.contains(&person.id) {
            match why_not(paper, person) {
                None => found.children.push(person.id.clone()),
                Some(reason) => {
                    found.held_back.push(HeldBack { reader: person.name.clone(), reason: reason.to_owned() })
                }
            }
        } else if !is_child
            && person.is_at_least(ADULT, day) != Some(false)
            && (is_party(paper, person) || concerned.contains(&person.id))
        {
            match why_not_adult(paper, &person.id, &concerned) {
                None => found.adults.push(person.id.clone()),
                Some(reason) => {
                    found.held_back.push(HeldBack { reader: person.name.clone(), reason: reason.to_owned() });
                }
            }
        }
    }
    found
}

const REWRITTEN: &str = "De tekst van de beslissing is met de hand gewijzigd. Een papier voor een kind kan die tekst niet \
     letterlijk geven, en de gegevens in het dossier vertellen de beslissing niet meer. Leg het zelf uit.";
const REWRITTEN_OTHER: &str = "De tekst van de beslissing is met de hand gewijzigd. Daardoor is niet te zien welk deel deze \
     persoon beschermt, en het andere deel van een strafzaak is niet voor deze persoon.";
const NOT_PROTECTED: &str = "Geen verbod in deze beslissing beschermt deze persoon, en de rest van een strafzaak is niet voor \
     deze persoon.";
const UNKNOWN_AGE: &str = "De geboortedatum van dit kind is niet bekend. Daarom is niet zeker dat het op de dag van de \
     beslissing 12 jaar of ouder was. Vul de geboortedatum in het dossier in.";
const TOO_YOUNG: &str = "Dit kind was op de dag van de beslissing jonger dan 12 jaar.";
const NO_DAY: &str = "De dag van de beslissing is met de hand gewijzigd of ingevuld. Daarom is niet zeker dat dit kind toen 12 jaar of \
     ouder was.";

fn why_not(paper: &Paper<'_>, child: &Person) -> Option<&'static str> {
    match child.is_at_least(OWN_PAPER, paper.text.sealed.meta.dated) {
        None => Some(UNKNOWN_AGE),
        Some(false) => Some(TOO_YOUNG),
        Some(true) if paper.own.rewritten => Some(REWRITTEN),
        Some(true) if !paper.own.day_is_sure => Some(NO_DAY),
        Some(true) => None,
    }
}

fn why_not_adult(paper: &Paper<'_>, person: &PersonId, concerned: &[PersonId]) -> Option<&'static str> {
    if !is_only_protected(paper, person) {
        return None;
    }
    match (paper.own.rewritten, concerned.contains(person)) {
        (true, _) => Some(REWRITTEN_OTHER),
        (false, false) => Some(NOT_PROTECTED),
        (false, true) => None,
    }
}

/// Whether someone has a capacity in the matter that makes them more than an informant.
fn is_party(paper: &Paper<'_>, person: &Person) -> bool {
    person.capacities.iter().any(|capacity| {
        Some(&capacity.matter) == paper.part.matter
            && !matches!(capacity.role, CapacityRole::Informant | CapacityRole::Minderjarige)
    })
}

/// In a criminal matter: everyone but the person whom the order binds.
pub(super) fn is_only_protected(paper: &Paper<'_>, person: &PersonId) -> bool {
    let plan = paper.file.plans.gedragsinterventie.as_ref();
    paper.part.domain == Domain::Criminal && plan.is_none_or(|plan| plan.person != *person)
}

/// Persons whom the decision itself names.
fn concerned(paper: &Paper<'_>) -> Vec<PersonId> {
    let plans = &paper.file.plans;
    let mut ids: Vec<PersonId> = Vec::new();
    match paper.part.name {
        "gezag" => {
            if let Some(plan) = &plans.gezag {
                ids.extend(plan.children.iter().chain(&plan.parents).cloned());
            }
        }
        "omgang" => {
            if let Some(plan) = &plans.omgang {
                ids.extend(plan.children.iter().map(|child| child.child.clone()));
                ids.push(plan.parent.clone());
            }
        }
        "gedragsinterventie" => {
            if let Some(plan) = &plans.gedragsinterventie {
                ids.push(plan.person.clone());
                if plan.basis == InterventionBasis::FamilyCondition {
                    ids.extend(criminal::waiting(paper.file, plan).into_iter().map(|child| child.child.clone()));
                } else {
                    ids.extend(criminal::protected(plan));
                }
            }
        }
        "voorlopige-voorzieningen" => {
            if let Some(own) = plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref()) {
                ids.extend([own.applicant.clone(), own.respondent.clone()]);
                ids.extend(own.items.iter().flat_map(|item| &item.children).cloned());
            }
        }
        _ => {
            if let Some(measure) = imposed_in(paper.file, plans.huisverbod.as_ref()) {
                ids.extend(measure.restrained.iter().chain(&measure.protected).cloned());
            }
        }
    }
    ids
}

/// The gecertificeerde instelling of a child, when the dossier has one on the day of the decision.
pub(super) fn jeugdbeschermer(paper: &Paper<'_>, eyes: &Eyes<'_>) -> Option<String> {
    let file = paper.file;
    let holds = file.organisations.iter().find(|item| {
        is_gi(file, &item.id) && file.gezag_of(&item.id, eyes.you, eyes.on).is_some_and(GezagForm::is_held)
    });
    let runs = |until: Option<_>| until.as_ref().map(local_date).is_none_or(|end| end >= eyes.on);
    let supervised = file.measures.iter().filter(|measure| {
        matches!(measure.instrument, Instrument::Ondertoezichtstelling | Instrument::VoorlopigeVoogdij)
            && measure.state == MeasureState::InForce
            && measure.protected.contains(eyes.you)
            && runs(measure.effective_end())
    });
    let by_measure = supervised.filter_map(|measure| measure.issued_by.as_ref()).find(|by| is_gi(file, by));
    let planned =
        file.plans.gezag.as_ref().filter(|plan| paper.part.name == "gezag" && plan.children.contains(eyes.you));
    let planned = planned.and_then(|plan| plan.interim_holder.as_ref()).filter(|holder| is_gi(file, holder));
    let id: Option<&PartyId> = planned.or(holds.map(|item| &item.id)).or(by_measure);
    id.map(|id| file.party_name(id))
}
