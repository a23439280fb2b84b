//! The first page of a case: each question of the reader answered in a few lines.

use super::case::{PersonView, is_in_force, person_view};
use super::facts::time_words;
use super::people;
use crate::dossier::model::{
    AnswerStance, Dossier, Event, FamilyRole, Label, Matter, Measure, MeasureState, Request, Stance,
};
use crate::shared::dutch::{capital, list};
use crate::shared::moment::{dutch_moment, local_date};
use chrono::NaiveDate;
use serde::Serialize;

/// What runs, in one line, with the rest folded.
#[derive(Clone, Debug, Serialize)]
pub struct MatterLine {
    /// Kind in words.
    pub kind: String,
    /// Domain and state: "familierecht, loopt".
    pub state: String,
    /// First hearing from the reference date on.
    pub hearing: Option<String>,
    /// Court or authority.
    pub authority: String,
    /// Numbers, one per line.
    pub numbers: Vec<String>,
    /// Hearings before the reference date, and later ones.
    pub other_hearings: Vec<String>,
}

/// What holds, in one line, with the rest folded.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureLine {
    /// Id of the fact on the timeline.
    pub id: String,
    /// Instrument.
    pub name: String,
    /// "tot 20 november 2026 om 21.35 uur".
    pub until: String,
    /// State in words, when it is not simply in force.
    pub state: Option<&'static str>,
    /// "Bas tegenover Anna en de kinderen".
    pub whom: String,
    /// Legal basis.
    pub basis: Option<String>,
    /// Begin in words.
    pub from: String,
    /// Rules in words.
    pub rules: Vec<String>,
}

/// What one side asks.
#[derive(Clone, Debug, Serialize)]
pub struct SideView {
    /// Who asks.
    pub by: String,
    /// The requests.
    pub requests: Vec<RequestLine>,
}

/// A request with the positions of the others.
#[derive(Clone, Debug, Serialize)]
pub struct RequestLine {
    /// Kind in words.
    pub kind: String,
    /// "Bas verzet zich; Anna stemt in".
    pub positions: String,
    /// The request itself.
    pub content: String,
    /// Basis as pleaded.
    pub basis: Option<String>,
    /// What the others say, in their words.
    pub words: Vec<String>,
}

/// A fact on which the sides differ.
#[derive(Clone, Debug, Serialize)]
pub struct DisputeLine {
    /// Id of the fact on the timeline.
    pub id: String,
    /// When and what.
    pub fact: String,
    /// What each side answers.
    pub answers: Vec<String>,
}

/// Everyone involved.
#[derive(Clone, Debug, Serialize)]
pub struct PeopleView {
    /// Adults of the family, then the children.
    pub family: Vec<PersonView>,
    /// Authorities and institutions, in one line each.
    pub organisations: Vec<String>,
}

/// What runs; hearings to come first.
#[must_use]
pub fn matters(dossier: &Dossier, on: NaiveDate) -> Vec<MatterLine> {
    dossier.matters.iter().map(|matter| matter_line(matter, on)).collect()
}

fn matter_line(matter: &Matter, on: NaiveDate) -> MatterLine {
    let mut hearings: Vec<_> = matter.hearings.iter().collect();
    hearings.sort_by_key(|hearing| hearing.at);
    let next = hearings.iter().position(|hearing| local_date(&hearing.at) >= on);
    let phase = matter.criminal.as_ref().map_or(matter.state.label(), |criminal| criminal.phase.label());
    MatterLine {
        kind: capital(matter.kind.label()),
        state: format!("{}, {phase}", matter.domain.label()),
        hearing: next.and_then(|place| hearings.get(place)).map(|hearing| dutch_moment(&hearing.at)),
        authority: matter.authority.name.clone(),
        numbers: matter.numbers.iter().map(|number| format!("{} {}", number.kind.label(), number.value)).collect(),
        other_hearings: hearings
            .iter()
            .enumerate()
            .filter(|(place, _)| Some(*place) != next)
            .map(|(_, hearing)| format!("{}: {}", capital(&hearing.kind), dutch_moment(&hearing.at)))
            .collect(),
    }
}

/// Measures in force on a day, then all others; what ends first stands first.
#[must_use]
pub fn measures(dossier: &Dossier, on: NaiveDate) -> (Vec<MeasureLine>, Vec<MeasureLine>) {
    let mut all: Vec<&Measure> = dossier.measures.iter().collect();
    all.sort_by_key(|item| (item.effective_end().is_none(), item.effective_end()));
    let (now, other): (Vec<&Measure>, Vec<&Measure>) = all.into_iter().partition(|item| is_in_force(item, on));
    let lines = |items: Vec<&Measure>, bare: bool| {
        items.into_iter().map(|item| measure_line(dossier, item, bare, on)).collect()
    };
    (lines(now, true), lines(other, false))
}

/// State on a day: the end of a period needs no decision to be recorded.
fn state_on(measure: &Measure, on: NaiveDate) -> &'static str {
    let passed = measure.effective_end().is_some_and(|end| local_date(&end) <= on);
    let to_come = measure.starts.is_some_and(|start| local_date(&start) > on);
    match measure.state {
        MeasureState::InForce if passed => "geëindigd",
        MeasureState::InForce if to_come => "begint nog",
        state => state.label(),
    }
}

fn measure_line(dossier: &Dossier, measure: &Measure, in_force: bool, on: NaiveDate) -> MeasureLine {
    let (bound, others) = (people(dossier, &measure.restrained), people(dossier, &measure.protected));
    MeasureLine {
        id: measure.id.to_string(),
        name: capital(measure.instrument.label()),
        until: match measure.effective_end() {
            Some(end) => format!("tot {}", dutch_moment(&end)),
            None if measure.open_ended => "zonder vaste einddatum".to_owned(),
            None => "einde onbekend".to_owned(),
        },
        state: (!in_force).then(|| state_on(measure, on)),
        whom: match (bound.is_empty(), others.is_empty()) {
            (false, false) => format!("{bound} tegenover {others}"),
            (false, true) => bound,
            (true, false) => format!("over {others}"),
            (true, true) => String::new(),
        },
        basis: measure.legal_basis.clone(),
        from: measure.starts.as_ref().map_or_else(|| "begin onbekend".to_owned(), dutch_moment),
        rules: measure
            .rules
            .iter()
            .map(|rule| {
                rule.text.clone().unwrap_or_else(|| format!("{} {}", rule.effect.label(), rule.conduct.label()))
            })
            .map(|text| capital(&text))
            .collect(),
    }
}

/// Requests with the positions of the others, by who asks.
#[must_use]
pub fn sides(dossier: &Dossier) -> Vec<SideView> {
    let mut sides: Vec<SideView> = Vec::new();
    for request in &dossier.requests {
        let by = dossier.party_name(&request.by);
        let line = request_line(dossier, request);
        match sides.iter_mut().find(|side| side.by == by) {
            Some(side) => side.requests.push(line),
            None => sides.push(SideView { by, requests: vec![line] }),
        }
    }
    sides
}

fn request_line(dossier: &Dossier, request: &Request) -> RequestLine {
    let stances: Vec<String> = request
        .positions
        .iter()
        .map(|item| match item.stance {
            Stance::Unknown => format!("van {} is geen standpunt bekend", dossier.party_name(&item.by)),
            stance => format!("{} {}", dossier.party_name(&item.by), stance.label()),
        })
        .collect();
    RequestLine {
        kind: capital(request.kind.label()),
        positions: capital(&stances.join("; ")),
        content: request.content.clone(),
        basis: request.basis.clone(),
        words: request
            .positions
            .iter()
            .filter_map(|item| Some(format!("{}: {}", dossier.party_name(&item.by), item.content.as_ref()?)))
            .collect(),
    }
}

/// Facts that someone disputes wholly or partly, the newest first.
#[must_use]
pub fn disputes(dossier: &Dossier) -> Vec<DisputeLine> {
    let differs = |event: &&Event| {
        event.answers.iter().any(|item| matches!(item.stance, AnswerStance::Disputes | AnswerStance::PartlyAdmits))
    };
    let mut events: Vec<&Event> = dossier.events.iter().filter(differs).collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.time.last_day().or_else(|| event.time.first_day())));
    events.into_iter().map(|event| dispute_line(dossier, event)).collect()
}

fn dispute_line(dossier: &Dossier, event: &Event) -> DisputeLine {
    let time = capital(&time_words(&event.time));
    DisputeLine {
        id: event.id.to_string(),
        fact: format!("{time}: {}", event.description.trim_end_matches('.')),
        answers: event
            .answers
            .iter()
            .map(|item| {
                let words = item.content.as_deref().map(|words| format!(": {words}")).unwrap_or_default();
                format!("{} {}{words}", dossier.person_name(&item.by), item.stance.label())
            })
            .collect(),
    }
}

/// Everyone involved.
#[must_use]
pub fn involved(dossier: &Dossier, on: NaiveDate) -> PeopleView {
    let (children, adults): (Vec<_>, Vec<_>) =
        dossier.persons.iter().partition(|person| person.family_role == FamilyRole::Child);
    PeopleView {
        family: adults.into_iter().chain(children).map(|person| person_view(dossier, person, on)).collect(),
        organisations: dossier
            .organisations
            .iter()
            .map(|item| {
                let mut roles: Vec<String> = item
                    .capacities
                    .iter()
                    .filter_map(|capacity| {
                        let matter = dossier.find_matter(&capacity.matter)?;
                        Some(format!("{} ({})", capacity.role.label(), matter.kind.label()))
                    })
                    .collect();
                roles.dedup();
                if roles.is_empty() { item.name.clone() } else { format!("{}: {}", item.name, list(&roles)) }
            })
            .collect(),
    }
}
