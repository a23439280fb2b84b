//! The first page of a case: what runs, who, what is in force, what ends when.

use super::facts::source_line;
use crate::dossier::model::{Capacity, Dossier, Label, Matter, Measure, MeasureState, Organisation, Person, Request};
use crate::dossier::projection::WithheldReason;
use crate::shared::ids::PersonId;
use crate::shared::moment::{dutch_date, dutch_moment, local_date, start_of_day};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A case as one reader may see it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CaseSummary {
    /// The court's own reference.
    pub reference: String,
    /// Matters in the order of the file.
    pub matters: Vec<MatterView>,
    /// Persons.
    pub persons: Vec<PersonView>,
    /// Organisations.
    pub organisations: Vec<OrganisationView>,
    /// Measures in force on the reference date.
    pub in_force: Vec<MeasureView>,
    /// Other measures: ended, proposed, to come.
    pub other_measures: Vec<MeasureView>,
    /// Requests with positions.
    pub requests: Vec<RequestView>,
    /// Help and courses.
    pub help: Vec<String>,
    /// Children and whether they were heard.
    pub child_hearings: Vec<String>,
    /// Documents in the file.
    pub documents: Vec<String>,
    /// What was left out of this reader's view, told without its content.
    pub withheld: Vec<String>,
}

/// A matter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MatterView {
    /// Domain in words.
    pub domain: String,
    /// Kind in words.
    pub kind: String,
    /// "zaaknummer C/10/…".
    pub numbers: Vec<String>,
    /// Court or authority.
    pub authority: String,
    /// State in words.
    pub state: String,
    /// Hearings in words.
    pub hearings: Vec<String>,
    /// Phase of a criminal case, in words.
    pub phase: Option<String>,
}

/// A person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PersonView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Place in the family.
    pub role: String,
    /// "11 jaar (geboren 3 mei 2015)".
    pub age: Option<String>,
    /// Capacities in words.
    pub capacities: Vec<String>,
    /// Advocate.
    pub counsel: Option<String>,
    /// Gezag lines.
    pub gezag: Vec<String>,
    /// Addresses.
    pub addresses: Vec<AddressView>,
    /// Interpreter.
    pub interpreter: Option<String>,
}

/// An address that this reader may see.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AddressView {
    /// In one line.
    pub text: String,
    /// Whether it must not be told to the other side.
    pub shielded: bool,
}

/// An organisation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OrganisationView {
    /// Name.
    pub name: String,
    /// Kind in words.
    pub kind: String,
    /// Capacities in words.
    pub capacities: Vec<String>,
}

/// A measure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MeasureView {
    /// Id.
    pub id: String,
    /// Instrument.
    pub instrument: String,
    /// Legal basis.
    pub basis: Option<String>,
    /// State in words.
    pub state: String,
    /// Begin in words.
    pub from: String,
    /// End in words.
    pub until: String,
    /// Who is bound.
    pub restrained: Vec<String>,
    /// Who is protected or meant.
    pub protected: Vec<String>,
    /// Rules in words.
    pub rules: Vec<String>,
    /// Document.
    pub source: Option<String>,
}

/// A request.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RequestView {
    /// Kind in words.
    pub kind: String,
    /// Who asks.
    pub by: String,
    /// The request.
    pub content: String,
    /// Basis as pleaded.
    pub basis: Option<String>,
    /// Positions of the others.
    pub positions: Vec<String>,
}

/// Summary of a projected dossier on a day.
#[must_use]
pub fn summarize(dossier: &Dossier, withheld: &BTreeMap<WithheldReason, usize>, on: NaiveDate) -> CaseSummary {
    let (in_force, other): (Vec<_>, Vec<_>) = dossier.measures.iter().partition(|item| is_in_force(item, on));
    let views = |items: Vec<&Measure>| items.into_iter().map(|item| measure_view(dossier, item)).collect();
    CaseSummary {
        reference: dossier.reference.clone(),
        matters: dossier.matters.iter().map(matter_view).collect(),
        persons: dossier.persons.iter().map(|person| person_view(dossier, person, on)).collect(),
        organisations: dossier.organisations.iter().map(|item| organisation_view(dossier, item)).collect(),
        in_force: views(in_force),
        other_measures: views(other),
        requests: dossier.requests.iter().map(|item| request_view(dossier, item)).collect(),
        help: help_lines(dossier),
        child_hearings: dossier
            .child_hearings
            .iter()
            .map(|item| format!("{}: {}", dossier.person_name(&item.child), item.outcome.label()))
            .collect(),
        documents: dossier.documents.iter().map(document_line).collect(),
        withheld: withheld.iter().map(|(reason, count)| withheld_line(*reason, *count)).collect(),
    }
}

/// Whether a measure is in force on some moment of a day.
#[must_use]
pub fn is_in_force(measure: &Measure, on: NaiveDate) -> bool {
    let next_day = start_of_day(on.succ_opt().unwrap_or(on));
    let begun = measure.starts.or(measure.decided_at).is_some_and(|starts| starts < next_day);
    let not_ended =
        measure.effective_end().map_or(measure.open_ended || measure.ends.is_none(), |end| end > start_of_day(on));
    begun && not_ended && matches!(measure.state, MeasureState::InForce | MeasureState::Ended)
}

fn withheld_line(reason: WithheldReason, count: usize) -> String {
    let items = if count == 1 { "1 onderdeel".to_owned() } else { format!("{count} onderdelen") };
    format!("{} Het gaat om {items}.", reason.explanation())
}

fn matter_view(matter: &Matter) -> MatterView {
    MatterView {
        domain: matter.domain.label().to_owned(),
        kind: matter.kind.label().to_owned(),
        numbers: matter.numbers.iter().map(|number| format!("{} {}", number.kind.label(), number.value)).collect(),
        authority: matter.authority.name.clone(),
        state: matter.state.label().to_owned(),
        hearings: matter.hearings.iter().map(|item| format!("{}: {}", item.kind, dutch_moment(&item.at))).collect(),
        phase: matter.criminal.as_ref().map(|criminal| criminal.phase.label().to_owned()),
    }
}

fn capacities(dossier: &Dossier, list: &[Capacity]) -> Vec<String> {
    list.iter()
        .filter_map(|capacity| {
            let matter = dossier.find_matter(&capacity.matter)?;
            Some(format!("{} ({})", capacity.role.label(), matter.kind.label()))
        })
        .collect()
}

pub(super) fn person_view(dossier: &Dossier, person: &Person, on: NaiveDate) -> PersonView {
    let age = match (person.born, person.age_on(on), person.born_year) {
        (Some(born), Some(age), _) => Some(format!("{age} jaar (geboren op {})", dutch_date(born))),
        (None, _, Some(year)) => Some(format!("geboren in {year}")),
        _ => None,
    };
    PersonView {
        id: person.id.to_string(),
        name: person.name.clone(),
        role: person.family_role.label().to_owned(),
        age,
        capacities: capacities(dossier, &person.capacities),
        counsel: person.counsel.as_ref().map(|counsel| match &counsel.place {
            Some(place) => format!("{} te {place}", counsel.name),
            None => counsel.name.clone(),
        }),
        gezag: gezag_lines(dossier, &person.id, on),
        addresses: person
            .addresses
            .iter()
            .map(|address| AddressView {
                text: [Some(&address.line), address.postcode.as_ref(), address.town.as_ref(), address.country.as_ref()]
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", ")
                    + &format!(" ({})", address.kind.label()),
                shielded: address.is_shielded(),
            })
            .collect(),
        interpreter: person.interpreter.clone(),
    }
}

fn gezag_lines(dossier: &Dossier, child: &PersonId, on: NaiveDate) -> Vec<String> {
    dossier
        .gezag
        .iter()
        .filter(|record| record.child == *child)
        .filter(|record| record.until.is_none_or(|until| until >= on))
        .map(|record| {
            let proof = if record.source.is_some() { "" } else { " (niet gebleken uit een stuk)" };
            format!("{}: {}{proof}", dossier.party_name(&record.holder), record.form.label())
        })
        .collect()
}

fn organisation_view(dossier: &Dossier, organisation: &Organisation) -> OrganisationView {
    OrganisationView {
        name: organisation.name.clone(),
        kind: organisation.kind.label().to_owned(),
        capacities: capacities(dossier, &organisation.capacities),
    }
}

fn measure_view(dossier: &Dossier, measure: &Measure) -> MeasureView {
    let names = |ids: &[PersonId]| ids.iter().map(|id| dossier.person_name(id)).collect::<Vec<_>>();
    MeasureView {
        id: measure.id.to_string(),
        instrument: measure.instrument.label().to_owned(),
        basis: measure.legal_basis.clone(),
        state: measure.state.label().to_owned(),
        from: measure.starts.as_ref().map_or_else(|| "begin onbekend".to_owned(), dutch_moment),
        until: match measure.effective_end() {
            Some(end) => dutch_moment(&end),
            None if measure.open_ended => "geen vaste einddatum".to_owned(),
            None => "einde onbekend".to_owned(),
        },
        restrained: names(&measure.restrained),
        protected: names(&measure.protected),
        rules: measure
            .rules
            .iter()
            .map(|rule| {
                rule.text.clone().unwrap_or_else(|| format!("{} {}", rule.effect.label(), rule.conduct.label()))
            })
            .collect(),
        source: measure.source.as_ref().map(|source| source_line(dossier, source)),
    }
}

fn request_view(dossier: &Dossier, request: &Request) -> RequestView {
    RequestView {
        kind: request.kind.label().to_owned(),
        by: dossier.party_name(&request.by),
        content: request.content.clone(),
        basis: request.basis.clone(),
        positions: request
            .positions
            .iter()
            .map(|position| {
                let words = position.content.as_deref().map(|words| format!(": {words}")).unwrap_or_default();
                format!("{} {}{words}", dossier.party_name(&position.by), position.stance.label())
            })
            .collect(),
    }
}

fn help_lines(dossier: &Dossier) -> Vec<String> {
    dossier
        .help
        .iter()
        .map(|help| {
            let provider =
                help.provider.as_ref().map(|id| format!(" bij {}", dossier.party_name(id))).unwrap_or_default();
            format!(
                "{}: {}{provider}, {}, {}",
                dossier.person_name(&help.person),
                help.kind.label(),
                help.response.label(),
                help.progress.label()
            )
        })
        .collect()
}

fn document_line(document: &crate::dossier::model::DocumentRecord) -> String {
    let dated = document.dated.map(|day| format!(", {}", dutch_date(day))).unwrap_or_default();
    let pages = document.pages.map(|pages| format!(", {pages} p.")).unwrap_or_default();
    format!("{}{dated}{pages}", document.title)
}

/// First hearing on or after a day, in words; for the list of cases.
#[must_use]
pub fn next_hearing(dossier: &Dossier, on: NaiveDate) -> Option<String> {
    dossier
        .matters
        .iter()
        .flat_map(|matter| &matter.hearings)
        .filter(|hearing| local_date(&hearing.at) >= on)
        .min_by_key(|hearing| hearing.at)
        .map(|hearing| dutch_moment(&hearing.at))
}
