//! What can be chosen from a case, as its reader may see it.

use super::words::FieldWords;
use crate::dossier::model::{Domain, Dossier, FamilyRole, Instrument, Label, Matter, Measure, MeasureState, Person};
use crate::drafting;
use crate::drafting::model::DraftKind;
use crate::shared::dutch::capital;
use crate::shared::moment::dutch_date;
use crate::web::views::facts::{fact_view, measure_line};
use std::collections::BTreeMap;

/// A value with its words.
pub type Choice = (String, String);

/// Recurrences of ordinary arrangements; another one in the dossier is kept and can be chosen as it stands.
const RECURRENCES: [(&str, &str); 4] = [
    ("FREQ=WEEKLY", "Elke week"),
    ("FREQ=WEEKLY;INTERVAL=2", "Om de twee weken"),
    ("FREQ=WEEKLY;INTERVAL=4", "Om de vier weken"),
    ("FREQ=MONTHLY", "Elke maand"),
];

/// Everything that can be chosen.
pub struct Choices {
    by_kind: BTreeMap<&'static str, Vec<Choice>>,
    children: Vec<Choice>,
    adults: Vec<Choice>,
    /// Parties that are no child: who can supervise, inform or test.
    grown: Vec<Choice>,
    /// Arrangements of contact that were decided.
    arrangements: Vec<Choice>,
    rules: Vec<Choice>,
}

impl Choices {
    /// The choices in a case for a plan of one kind.
    #[must_use]
    pub fn of(dossier: &Dossier, kind: DraftKind) -> Self {
        let mut choices = Self { rules: drafting::limits(kind), ..Self::in_case(dossier) };
        if let Some(matters) = choices.by_kind.get_mut("MatterId") {
            matters.retain(|(id, _)| may_decide_in(dossier, kind, id));
        }
        choices
    }

    /// The choices in a case, whatever the form is for.
    #[must_use]
    pub fn in_case(dossier: &Dossier) -> Self {
        let person = |person: &Person| (person.id.to_string(), person.name.clone());
        let persons: Vec<Choice> = dossier.persons.iter().map(person).collect();
        let of_role = |child: bool| {
            let fits = |one: &&Person| (one.family_role == FamilyRole::Child) == child;
            dossier.persons.iter().filter(fits).map(person).collect()
        };
        let mut parties = persons.clone();
        parties.extend(dossier.organisations.iter().map(|item| (item.id.to_string(), item.name.clone())));
        Self {
            by_kind: BTreeMap::from([
                ("PersonId", persons),
                ("PartyId", parties),
                ("MatterId", matters(dossier)),
                ("MeasureId", dossier.measures.iter().map(|item| (item.id.to_string(), measure_line(item))).collect()),
                ("RequestId", requests(dossier)),
                ("DocumentId", documents(dossier)),
                ("AddressId", addresses(dossier)),
                ("FactId", facts(dossier)),
            ]),
            children: of_role(true),
            adults: of_role(false),
            grown: parties_without_children(dossier),
            arrangements: arrangements(dossier),
            rules: Vec::new(),
        }
    }

    /// What can be chosen for a field; `None` when it is free text.
    #[must_use]
    pub fn for_field(&self, words: &FieldWords, reference: Option<&str>) -> Option<Vec<Choice>> {
        match (words.keuze.as_str(), words.wie.as_str(), reference) {
            ("herhaling", ..) => {
                Some(RECURRENCES.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect())
            }
            ("regels", ..) => Some(self.rules.clone()),
            (_, "kinderen", Some("PersonId")) => Some(self.children.clone()),
            (_, "volwassenen", Some("PersonId")) => Some(self.adults.clone()),
            (_, "volwassenen", Some("PartyId")) => Some(self.grown.clone()),
            (_, "regelingen", Some("MeasureId")) => Some(self.arrangements.clone()),
            (_, _, Some(kind)) => Some(self.by_kind.get(kind).cloned().unwrap_or_default()),
            _ => None,
        }
    }

    /// Words for a value that its list does not have.
    #[must_use]
    pub fn told(words: &FieldWords, value: &str) -> String {
        if words.keuze == "herhaling" { capital(&drafting::recurrence(value)) } else { value.to_owned() }
    }

    /// Whether the reader may see the thing behind an id.
    #[must_use]
    pub fn has(&self, reference: &str, id: &str) -> bool {
        self.by_kind.get(reference).is_some_and(|known| known.iter().any(|(value, _)| value == id))
    }
}

/// Whether a decision of this kind can be one in this matter: on gezag and omgang only the family judge decides. What was
/// chosen before stays in sight.
fn may_decide_in(dossier: &Dossier, kind: DraftKind, id: &str) -> bool {
    let chosen = match kind {
        DraftKind::Gezag => dossier.plans.gezag.as_ref().map(|plan| &plan.matter),
        DraftKind::Omgang => dossier.plans.omgang.as_ref().map(|plan| &plan.matter),
        DraftKind::Gedragsinterventie | DraftKind::Huisverbod => return true,
    };
    let is_family = |matter: &Matter| matter.id.as_str() == id && matter.domain == Domain::Family;
    dossier.matters.iter().any(is_family) || chosen.is_some_and(|chosen| chosen.as_str() == id)
}

fn parties_without_children(dossier: &Dossier) -> Vec<Choice> {
    let grown = dossier.persons.iter().filter(|person| person.family_role != FamilyRole::Child);
    let persons = grown.map(|person| (person.id.to_string(), person.name.clone()));
    persons.chain(dossier.organisations.iter().map(|item| (item.id.to_string(), item.name.clone()))).collect()
}

fn arrangements(dossier: &Dossier) -> Vec<Choice> {
    let fits = |item: &&Measure| {
        matches!(item.instrument, Instrument::Omgangsregeling | Instrument::Zorgregeling)
            && !matches!(item.state, MeasureState::Proposed | MeasureState::Annulled)
    };
    dossier.measures.iter().filter(fits).map(|item| (item.id.to_string(), measure_line(item))).collect()
}

fn matters(dossier: &Dossier) -> Vec<Choice> {
    let line = |matter: &Matter| {
        let number = matter.numbers.first().map(|number| format!("{}, ", number.value)).unwrap_or_default();
        (matter.id.to_string(), format!("{number}{} ({})", matter.kind.label(), matter.authority.name))
    };
    dossier.matters.iter().map(line).collect()
}

fn requests(dossier: &Dossier) -> Vec<Choice> {
    let line = |request: &crate::dossier::model::Request| {
        let on = request.on.map(|day| format!(", {}", dutch_date(day))).unwrap_or_default();
        let text = format!("{}: {}{on}", dossier.party_name(&request.by), request.kind.label());
        (request.id.to_string(), text)
    };
    dossier.requests.iter().map(line).collect()
}

fn documents(dossier: &Dossier) -> Vec<Choice> {
    let line = |item: &crate::dossier::model::DocumentRecord| {
        let on = item.dated.map(|day| format!(", {}", dutch_date(day))).unwrap_or_default();
        (item.id.to_string(), format!("{}{on}", item.title))
    };
    dossier.documents.iter().map(line).collect()
}

/// Addresses without shield; one that is shielded is never on a list.
fn addresses(dossier: &Dossier) -> Vec<Choice> {
    let of = |person: &Person| {
        let open = person.addresses.iter().filter(|address| !address.is_shielded());
        open.map(|address| (address.id.to_string(), format!("{} ({})", address.line, person.name))).collect::<Vec<_>>()
    };
    dossier.persons.iter().flat_map(of).collect()
}

/// Facts that a decision can rest on, each with its day and words.
fn facts(dossier: &Dossier) -> Vec<Choice> {
    let events = dossier.events.iter().map(|item| item.id.as_str());
    let ids = events
        .chain(dossier.help.iter().map(|item| item.id.as_str()))
        .chain(dossier.instrument_results.iter().map(|item| item.id.as_str()))
        .chain(dossier.child_hearings.iter().map(|item| item.id.as_str()))
        .chain(dossier.measures.iter().map(|item| item.id.as_str()));
    ids.map(|id| (id.to_owned(), capital(&fact_view(dossier, id).text))).collect()
}
