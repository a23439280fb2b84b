//! Every dated fact of all matters, in order of time.

use super::facts::{event_sources, measure_line, source_line, status_words, time_words};
use crate::dossier::model::{Dossier, Event, EventKind, Label};
use crate::shared::dutch::capital;
use crate::shared::moment::{dutch_date, dutch_moment, to_local};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use schemars::JsonSchema;
use serde::Serialize;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimelineEntry {
    /// Id of the fact in the dossier.
    pub id: String,
    /// Local begin, for order; absent when nobody knows.
    pub sorts_at: Option<NaiveDateTime>,
    /// When, in words.
    pub when: String,
    /// "gebeurtenis", "maatregel", "zitting", "processtap", "verzoek", "hulp", "instrument", "kindgesprek".
    pub category: String,
    /// What.
    pub what: String,
    /// Who, in words.
    pub who: String,
    /// Status per domain, empty when the fact has none.
    pub status: String,
    /// Who says what about it.
    pub statements: Vec<String>,
    /// Documents and pages.
    pub sources: Vec<String>,
}

/// All dated facts in order; facts without a date come last.
#[must_use]
pub fn entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    entries.extend(dossier.events.iter().map(|event| event_entry(dossier, event)));
    entries.extend(measure_entries(dossier));
    entries.extend(procedure_entries(dossier));
    entries.extend(help_entries(dossier));
    entries.extend(result_entries(dossier));
    entries.sort_by(|one, other| {
        (one.sorts_at.is_none(), one.sorts_at, &one.category, &one.id).cmp(&(
            other.sorts_at.is_none(),
            other.sorts_at,
            &other.category,
            &other.id,
        ))
    });
    entries
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

fn entry(id: &str, category: &str, sorts_at: Option<NaiveDateTime>, when: String, what: String) -> TimelineEntry {
    TimelineEntry {
        id: id.to_owned(),
        sorts_at,
        when,
        category: category.to_owned(),
        what,
        who: String::new(),
        status: String::new(),
        statements: Vec::new(),
        sources: Vec::new(),
    }
}

fn event_entry(dossier: &Dossier, event: &Event) -> TimelineEntry {
    let names = |ids: &[crate::shared::ids::PersonId]| {
        ids.iter().map(|id| dossier.person_name(id)).collect::<Vec<_>>().join(" en ")
    };
    let sorts_at = match &event.time {
        crate::dossier::model::EventTime::Instant { at } => Some(to_local(at)),
        time => time.first_day().or_else(|| time.last_day()).map(midnight),
    };
    let what = format!("{}. {}", capital(event.kind.label()), event.description);
    let mut out = entry(event.id.as_str(), "gebeurtenis", sorts_at, capital(&time_words(&event.time)), what);
    out.who = match (event.actors.is_empty(), event.targets.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("door {} (volgens de bron)", names(&event.actors)),
        (true, false) => format!("gericht op {}; door wie is onbekend", names(&event.targets)),
        // Who leaves or seeks help does it against nobody.
        (false, false) if matches!(event.kind, EventKind::Separation | EventKind::Protective) => {
            format!("door {}; betrokken: {} (volgens de bron)", names(&event.actors), names(&event.targets))
        }
        (false, false) => format!("door {} tegen {} (volgens de bron)", names(&event.actors), names(&event.targets)),
    };
    out.status = status_words(&event.status);
    out.statements = event
        .statements
        .iter()
        .map(|item| format!("{} {}: {}", dossier.party_name(&item.by), item.kind.label(), item.content))
        .chain(event.answers.iter().map(|item| {
            let words = item.content.as_deref().map(|words| format!(": {words}")).unwrap_or_default();
            format!("{} {}{words}", dossier.person_name(&item.by), item.stance.label())
        }))
        .collect();
    out.sources = event_sources(dossier, event);
    out
}

fn measure_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    for measure in &dossier.measures {
        let start = measure.starts.or(measure.decided_at);
        let mut begin = entry(
            measure.id.as_str(),
            "maatregel",
            start.as_ref().map(to_local),
            start.as_ref().map_or_else(|| "Begin onbekend".to_owned(), dutch_moment),
            format!("Begin: {}", measure_line(measure)),
        );
        begin.who = measure.restrained.iter().map(|id| dossier.person_name(id)).collect::<Vec<_>>().join(", ");
        begin.sources = measure.source.iter().map(|source| source_line(dossier, source)).collect();
        entries.push(begin);
        if let Some(end) = measure.effective_end() {
            let what = format!("Einde: {}", measure.instrument.label());
            let mut out = entry(measure.id.as_str(), "maatregel", Some(to_local(&end)), dutch_moment(&end), what);
            out.statements = measure.ended_because.iter().cloned().collect();
            entries.push(out);
        }
    }
    entries
}

fn procedure_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let mut entries = Vec::new();
    for matter in &dossier.matters {
        let in_matter = format!("{} ({})", matter.kind.label(), matter.domain.label());
        for hearing in &matter.hearings {
            let what = format!("{} in de zaak {in_matter}", capital(&hearing.kind));
            entries.push(entry(
                matter.id.as_str(),
                "zitting",
                Some(to_local(&hearing.at)),
                dutch_moment(&hearing.at),
                what,
            ));
        }
        for step in &matter.steps {
            let what = format!("{} ({})", capital(step.what.trim_end_matches('.')), matter.kind.label());
            let mut out = entry(matter.id.as_str(), "processtap", Some(midnight(step.on)), dutch_date(step.on), what);
            out.sources = step.source.iter().map(|source| source_line(dossier, source)).collect();
            entries.push(out);
        }
    }
    for request in &dossier.requests {
        let Some(on) = request.on else { continue };
        let what = format!("Verzoek om {}: {}", request.kind.label(), request.content);
        let mut out = entry(request.id.as_str(), "verzoek", Some(midnight(on)), dutch_date(on), what);
        out.who = dossier.party_name(&request.by);
        out.sources = request.source.iter().map(|source| source_line(dossier, source)).collect();
        entries.push(out);
    }
    entries
}

fn help_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    dossier
        .help
        .iter()
        .filter_map(|help| {
            let on = help.started_on.or(help.offered_on)?;
            let what = format!("{}: {}, {}", capital(help.kind.label()), help.response.label(), help.progress.label());
            let mut out = entry(help.id.as_str(), "hulp", Some(midnight(on)), dutch_date(on), what);
            out.who = dossier.person_name(&help.person);
            out.status = status_words(&help.status);
            out.sources = help.source.iter().map(|source| source_line(dossier, source)).collect();
            Some(out)
        })
        .collect()
}

/// Results of risk instruments, and the hearing of children.
fn result_entries(dossier: &Dossier) -> Vec<TimelineEntry> {
    let day = |on: Option<NaiveDate>| on.map_or_else(|| "Datum onbekend".to_owned(), dutch_date);
    let results = dossier.instrument_results.iter().map(|item| {
        let what = format!("{}: {}", capital(item.instrument.label()), item.result);
        let mut out = entry(item.id.as_str(), "instrument", item.on.map(midnight), day(item.on), what);
        out.who = item.assessor.as_ref().map(|id| dossier.party_name(id)).unwrap_or_default();
        out.sources = item.source.iter().map(|source| source_line(dossier, source)).collect();
        out
    });
    let hearings = dossier.child_hearings.iter().map(|item| {
        let on = item.held_on.or(item.invited_on);
        let what = format!("{}: {}", dossier.person_name(&item.child), item.outcome.label());
        entry(item.id.as_str(), "kindgesprek", on.map(midnight), day(on), what)
    });
    results.chain(hearings).collect()
}
