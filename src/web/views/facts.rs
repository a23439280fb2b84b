//! A fact as a short Dutch line: wherever a finding, conflict or deadline points at an id.

use crate::dossier::model::{Domain, Dossier, Event, EventTime, EvidenceStatus, FactSource, Label, Measure};
use crate::shared::ids::FactId;
use crate::shared::moment::{dutch_date, dutch_moment, local_date};
use schemars::JsonSchema;
use serde::Serialize;

/// A fact that something rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactView {
    /// Id in the dossier.
    pub id: String,
    /// Short line.
    pub text: String,
    /// Status per domain in words, empty when the fact has none.
    pub status: String,
    /// Documents and pages it stands in.
    pub sources: Vec<String>,
    /// Where it stands on the timeline; absent when it does not stand there.
    pub anchor: Option<String>,
}

/// The fact behind an id; an id that this reader cannot see gives its bare kind, never content.
#[must_use]
pub fn fact_view(dossier: &Dossier, id: &str) -> FactView {
    let event = dossier.find_event_by_fact(id);
    let statement = dossier
        .events
        .iter()
        .flat_map(|event| event.statements.iter().map(move |statement| (event, statement)))
        .find(|(_, statement)| statement.id.as_str() == id);
    if let Some(event) = event {
        return view(id, event_line(event), status_words(&event.status), event_sources(dossier, event));
    }
    if let Some((event, statement)) = statement {
        let text = format!(
            "{} {}: {}",
            dossier.party_name(&statement.by),
            statement.kind.label(),
            statement.content.trim_end_matches('.')
        );
        let sources = statement.source.iter().map(|source| source_line(dossier, source)).collect();
        let anchor = Some(event.id.to_string());
        return FactView { anchor, ..view(id, text, status_words(&event.status), sources) };
    }
    other_fact(dossier, id)
}

/// Facts by their first day; what has no day stands last, in the order of the file.
#[must_use]
pub fn in_order_of_time<'a>(dossier: &Dossier, ids: &'a [FactId]) -> Vec<&'a FactId> {
    let day = |id: &&FactId| {
        let event = dossier.find_event_about(id.as_str());
        let measure = || dossier.measures.iter().find(|item| item.id.as_str() == id.as_str());
        match event {
            Some(event) => event.time.first_day().or_else(|| event.time.last_day()),
            None => measure().and_then(|item| item.starts.or(item.decided_at)).map(|at| local_date(&at)),
        }
    };
    let mut sorted: Vec<&FactId> = ids.iter().collect();
    sorted.sort_by_key(|id| day(id).map_or((true, chrono::NaiveDate::MAX), |day| (false, day)));
    sorted
}

/// The same fact with its status in one domain only: what counts where it is used.
#[must_use]
pub fn fact_in_domain(dossier: &Dossier, id: &str, domain: Domain) -> FactView {
    let mut fact = fact_view(dossier, id);
    let event = dossier.find_event_about(id);
    let help = dossier.help.iter().find(|help| help.id.as_str() == id);
    let status = event.map(|event| &event.status).or_else(|| help.map(|help| &help.status));
    if let Some(status) = status {
        fact.status = status.in_domain(domain).label().to_owned();
    }
    fact
}

fn view(id: &str, text: String, status: String, sources: Vec<String>) -> FactView {
    FactView { id: id.to_owned(), text, status, sources, anchor: Some(id.to_owned()) }
}

fn other_fact(dossier: &Dossier, id: &str) -> FactView {
    let document = |source: &Option<FactSource>| source.iter().map(|source| source_line(dossier, source)).collect();
    if let Some(measure) = dossier.measures.iter().find(|item| item.id.as_str() == id) {
        return view(id, measure_line(measure), String::new(), document(&measure.source));
    }
    if let Some(result) = dossier.instrument_results.iter().find(|item| item.id.as_str() == id) {
        let text = format!("{}: {}", result.instrument.label(), result.result);
        return view(id, text, String::new(), document(&result.source));
    }
    if let Some(help) = dossier.help.iter().find(|item| item.id.as_str() == id) {
        let text = format!(
            "{} voor {}: {}, {}",
            help.kind.label(),
            dossier.person_name(&help.person),
            help.response.label(),
            help.progress.label()
        );
        let anchor = help.started_on.or(help.offered_on).map(|_| id.to_owned());
        return FactView { anchor, ..view(id, text, status_words(&help.status), document(&help.source)) };
    }
    if let Some(hearing) = dossier.child_hearings.iter().find(|item| item.id.as_str() == id) {
        let day =
            hearing.held_on.or(hearing.invited_on).map(|day| format!(", {}", dutch_date(day))).unwrap_or_default();
        let matter = dossier.find_matter(&hearing.matter).map_or("zaak onbekend", |matter| matter.kind.label());
        let child = dossier.person_name(&hearing.child);
        let text = format!("horen van {child}: {}{day} ({matter})", hearing.outcome.label());
        return view(id, text, String::new(), document(&hearing.source));
    }
    if let Some(request) = dossier.requests.iter().find(|item| item.id.as_str() == id) {
        let text = format!("verzoek van {}: {}", dossier.party_name(&request.by), request.kind.label());
        let anchor = request.on.is_some().then(|| id.to_owned());
        return FactView { anchor, ..view(id, text, String::new(), document(&request.source)) };
    }
    if let Some(proposal) = dossier.proposals.iter().find(|item| item.id.as_str() == id) {
        let text = format!("voorstel: {}", proposal.kind.label());
        return FactView { anchor: None, ..view(id, text, String::new(), document(&proposal.source)) };
    }
    if let Some(matter) = dossier.matters.iter().find(|item| item.id.as_str() == id) {
        let text = format!("{} ({}), {}", matter.kind.label(), matter.domain.label(), matter.state.label());
        let dated = !(matter.hearings.is_empty() && matter.steps.is_empty());
        return FactView { anchor: dated.then(|| id.to_owned()), ..view(id, text, String::new(), Vec::new()) };
    }
    if let Some(item) = dossier.documents.iter().find(|item| item.id.as_str() == id) {
        return undated(id, format!("stuk: {}", item.title));
    }
    if let Some(person) = dossier.persons.iter().find(|item| item.id.as_str() == id) {
        return undated(id, person.name.clone());
    }
    undated(id, "gegeven dat hier niet te zien is".to_owned())
}

/// A fact that has no place on the timeline.
fn undated(id: &str, text: String) -> FactView {
    FactView { anchor: None, ..view(id, text, String::new(), Vec::new()) }
}

/// "fysiek geweld, 3 november 2026: …".
#[must_use]
pub fn event_line(event: &Event) -> String {
    let time = time_words(&event.time);
    format!("{}, {time}: {}", event.kind.label(), event.description.trim_end_matches('.'))
}

/// "contactverbod, art. …, van kracht tot …".
#[must_use]
pub fn measure_line(measure: &Measure) -> String {
    let basis = measure.legal_basis.as_deref().map(|basis| format!(" ({basis})")).unwrap_or_default();
    let end = match measure.effective_end() {
        Some(end) => format!("tot {}", dutch_moment(&end)),
        None if measure.open_ended => "zonder einddatum".to_owned(),
        None => "einde onbekend".to_owned(),
    };
    format!("{}{basis}, {}, {end}", measure.instrument.label(), measure.state.label())
}

/// When something happened, in words.
#[must_use]
pub fn time_words(time: &EventTime) -> String {
    match time {
        EventTime::Instant { at } => dutch_moment(at),
        EventTime::Day { on } => dutch_date(*on),
        EventTime::Period { from, until, description } => {
            let dates = match (from, until) {
                (Some(from), Some(until)) => Some(format!("{} tot en met {}", dutch_date(*from), dutch_date(*until))),
                (Some(from), None) => Some(format!("vanaf {}", dutch_date(*from))),
                (None, Some(until)) => Some(format!("tot en met {}", dutch_date(*until))),
                (None, None) => None,
            };
            match (dates, description) {
                (Some(dates), Some(words)) => format!("{words} ({dates})"),
                (Some(dates), None) => dates,
                (None, Some(words)) => words.clone(),
                (None, None) => "periode onbekend".to_owned(),
            }
        }
        EventTime::Unknown => "tijdstip onbekend".to_owned(),
    }
}

/// "strafrecht: onbekend; bestuursrecht: aannemelijk; familierecht: betwist".
#[must_use]
pub fn status_words(status: &EvidenceStatus) -> String {
    [Domain::Criminal, Domain::Administrative, Domain::Family]
        .map(|domain| format!("{}: {}", domain.label(), status.in_domain(domain).label()))
        .join("; ")
}

/// "proces-verbaal aangifte, p. 4".
#[must_use]
pub fn source_line(dossier: &Dossier, source: &FactSource) -> String {
    let title = dossier
        .documents
        .iter()
        .find(|item| item.id == source.document)
        .map_or_else(|| source.document.to_string(), |item| item.title.clone());
    source.page.map_or_else(|| title.clone(), |page| format!("{title}, p. {page}"))
}

/// Documents an event stands in, each once.
#[must_use]
pub fn event_sources(dossier: &Dossier, event: &Event) -> Vec<String> {
    let mut lines: Vec<String> = event
        .statements
        .iter()
        .filter_map(|statement| statement.source.as_ref())
        .chain(event.answers.iter().filter_map(|answer| answer.source.as_ref()))
        .map(|source| source_line(dossier, source))
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake;

    #[test]
    fn facts_stand_in_order_of_their_first_day_and_those_without_a_day_last() {
        let file = include_bytes!("../../../templates/demo/gezin.json");
        let mut dossier = intake::read(file).expect("the family of the demonstration");
        let mut events = dossier.events.iter_mut();
        let unknown = events.next().map(|event| {
            event.time = EventTime::Unknown;
            FactId::from(&event.id)
        });
        let unknown = unknown.expect("an event");
        let ids: Vec<FactId> = dossier.events.iter().map(|event| FactId::from(&event.id)).collect();
        let sorted = in_order_of_time(&dossier, &ids);
        let days: Vec<_> = sorted
            .iter()
            .filter_map(|id| dossier.find_event_about(id.as_str()))
            .filter_map(|event| event.time.first_day().or_else(|| event.time.last_day()))
            .collect();
        assert!(days.len() > 5 && days.is_sorted(), "{days:?}");
        let place = sorted.iter().position(|id| **id == unknown).expect("it is among them");
        assert!(place >= days.len(), "what has no day stands last");
        assert_eq!(sorted.len(), ids.len());
    }
}
