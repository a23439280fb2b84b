//! One fact in one sentence or two, with its sources and answers.

use super::super::words;
use crate::dossier::model::{
    Answer, AnswerStance, Domain, Dossier, Event, EventTime, Evidence, FactSource, Label, Measure, Statement,
    StatementKind, UseRestriction,
};
use crate::shared::dutch::capital;
use crate::shared::ids::{FactId, PartyId};
use crate::shared::moment::{dutch_date, dutch_moment};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Tells facts of one projected dossier.
pub struct FactTexts<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Domain whose certainty is told.
    domain: Domain,
    /// Facts told before: many findings rest on the same facts.
    told: RefCell<HashMap<String, String>>,
}

impl<'a> FactTexts<'a> {
    /// Facts of this dossier, none told yet.
    #[must_use]
    pub fn new(dossier: &'a Dossier, domain: Domain) -> Self {
        Self { dossier, domain, told: RefCell::default() }
    }

    /// Writes a fact in Dutch at the end of a text.
    pub fn tell(&self, id: &FactId, text: &mut String) {
        if let Some(known) = self.told.borrow().get(id.as_str()) {
            text.push_str(known);
            return;
        }
        let new = self.fact(id.as_str());
        text.push_str(&new);
        self.told.borrow_mut().insert(id.to_string(), new);
    }

    fn fact(&self, key: &str) -> String {
        let dossier = self.dossier;
        if let Some(event) = dossier.find_event_by_fact(key) {
            return self.event(event);
        }
        if let Some(measure) = dossier.measures.iter().find(|item| item.id.as_str() == key) {
            return self.measure(measure);
        }
        self.record(key).unwrap_or_else(|| self.party(key))
    }

    fn party(&self, key: &str) -> String {
        if let Some(matter) = self.dossier.matters.iter().find(|item| item.id.as_str() == key) {
            let number = matter.numbers.first().map_or("zonder nummer", |number| number.value.as_str());
            return format!("de zaak {number} bij {}.", matter.authority.name);
        }
        format!("de gegevens in het dossier over {}.", self.dossier.party_name(&PartyId::from(key)))
    }

    fn record(&self, key: &str) -> Option<String> {
        let dossier = self.dossier;
        if let Some(item) = dossier.instrument_results.iter().find(|item| item.id.as_str() == key) {
            let on = item.on.map_or_else(|| "zonder datum".to_owned(), dutch_date);
            let name = item.instrument.label();
            return Some(format!(
                "Uitslag {name} ({on}): {}{}.",
                item.result.trim_end_matches('.'),
                self.place(&item.source)
            ));
        }
        if let Some(item) = dossier.help.iter().find(|item| item.id.as_str() == key) {
            let note = item.note.as_deref().unwrap_or("hulp of behandeling").trim_end_matches('.');
            let status = self.certainty(item.status.in_domain(self.domain));
            return Some(format!(
                "{}: {note}{}. {status}",
                dossier.person_name(&item.person),
                self.place(&item.source)
            ));
        }
        if let Some(item) = dossier.child_hearings.iter().find(|item| item.id.as_str() == key) {
            let child = dossier.person_name(&item.child);
            return Some(format!("De gelegenheid voor {child} om te worden gehoord{}.", self.place(&item.source)));
        }
        if let Some(item) = dossier.requests.iter().find(|item| item.id.as_str() == key) {
            let by = dossier.party_name(&item.by);
            return Some(format!("Verzoek van {by}: {}{}.", item.kind.label(), self.place(&item.source)));
        }
        let item = dossier.proposals.iter().find(|item| item.id.as_str() == key)?;
        Some(format!("Het voorstel: {}{}.", item.kind.label(), self.place(&item.source)))
    }

    fn measure(&self, measure: &Measure) -> String {
        let mut text = measure.instrument.label().to_owned();
        if let Some(starts) = measure.starts.or(measure.decided_at) {
            let _ = write!(text, " vanaf {}", dutch_moment(&starts));
        }
        match measure.effective_end() {
            Some(end) => {
                let _ = write!(text, " tot {}", dutch_moment(&end));
            }
            None if measure.open_ended => text.push_str(" zonder einddatum"),
            None => text.push_str(", einde niet bekend"),
        }
        format!("{}{}.", capital(&text), self.place(&measure.source))
    }

    fn event(&self, event: &Event) -> String {
        let mut text = format!("{}: {}.", when(&event.time), event.description.trim().trim_end_matches('.'));
        let mut own: Vec<&Statement> =
            event.statements.iter().filter(|statement| statement.repeats.is_none()).collect();
        own.sort_by_key(|statement| (statement.made_on, &statement.id));
        let told: Vec<String> = own.into_iter().map(|statement| self.statement(event, statement)).collect();
        if !told.is_empty() {
            let _ = write!(text, " {}.", capital(&told.join("; ")));
        }
        let copies = event.statements.iter().filter(|statement| statement.repeats.is_some()).count();
        if copies > 0 {
            let _ = write!(text, " Herhalingen in andere stukken ({copies}) zijn niet apart meegeteld.");
        }
        let _ = write!(text, " {}", self.certainty(event.status.in_domain(self.domain)));
        self.answers(event, &mut text);
        text
    }

    fn certainty(&self, evidence: Evidence) -> String {
        format!("Status {}: {}.", words::in_domain(self.domain), evidence.in_full())
    }

    fn answers(&self, event: &Event, text: &mut String) {
        for answer in &event.answers {
            let _ = write!(text, " {}", self.answer(answer));
        }
        for actor in &event.actors {
            if !event.answers.iter().any(|answer| answer.by == *actor) {
                let name = self.dossier.person_name(actor);
                let _ = write!(text, " Een antwoord van {name} staat niet in het dossier.");
            }
        }
    }

    fn answer(&self, answer: &Answer) -> String {
        let name = self.dossier.person_name(&answer.by);
        let stance = match answer.stance {
            AnswerStance::Admits => "erkent dit",
            AnswerStance::Disputes => "betwist dit",
            AnswerStance::PartlyAdmits => "erkent dit deels",
            AnswerStance::NoAnswer => "kon hierop antwoorden en deed dat niet",
            AnswerStance::Silence => "beroept zich op het zwijgrecht; daaraan is geen gevolg verbonden",
        };
        match &answer.content {
            Some(content) => {
                format!("{name} {stance}: {}{}.", content.trim_end_matches('.'), self.place(&answer.source))
            }
            None => format!("{name} {stance}{}.", self.place(&answer.source)),
        }
    }

    fn statement(&self, event: &Event, statement: &Statement) -> String {
        if is_secret(&statement.restriction) {
            return "een afgeschermde bron verklaart hierover".to_owned();
        }
        let name = self.dossier.party_name(&statement.by);
        let caution = statement.restriction.as_ref().is_some_and(|item| item.without_caution);
        let caution = if caution { ", zonder cautie" } else { "" };
        // Who is said to have acted gives an own account; it never reads as support for what is said of them.
        if event.actors.iter().any(|actor| actor.as_str() == statement.by.as_str()) {
            let content = statement.content.trim().trim_end_matches('.');
            return format!("{name} zegt hierover{caution}: {content}{}", self.place(&statement.source));
        }
        let verb = match statement.kind {
            StatementKind::Asserts => "verklaart dit",
            StatementKind::Admits => "erkent dit",
            StatementKind::Retracts => "komt terug op een eerdere verklaring",
            StatementKind::Observes => "nam dit waar",
            StatementKind::Reports => "geeft weer wat anderen zeiden",
            StatementKind::Finds => "heeft dit vastgesteld of aangenomen",
        };
        format!("{name} {verb}{caution}{}", self.place(&statement.source))
    }

    /// " (title of the document, p. 3)".
    fn place(&self, source: &Option<FactSource>) -> String {
        let Some(source) = source else { return String::new() };
        let document = self.dossier.documents.iter().find(|item| item.id == source.document);
        let title = match document {
            Some(document) if is_secret(&document.restriction) => return String::new(),
            Some(document) => document.title.as_str(),
            None => source.document.as_str(),
        };
        source.page.map_or_else(|| format!(" ({title})"), |page| format!(" ({title}, p. {page})"))
    }
}

fn is_secret(restriction: &Option<UseRestriction>) -> bool {
    restriction.as_ref().is_some_and(|item| item.secret_source)
}

fn when(time: &EventTime) -> String {
    match time {
        EventTime::Instant { at } => capital(&dutch_moment(at)),
        EventTime::Day { on } => dutch_date(*on),
        EventTime::Period { description: Some(words), .. } => capital(words),
        EventTime::Period { from: Some(from), until: Some(until), .. } => {
            format!("{} tot en met {}", dutch_date(*from), dutch_date(*until))
        }
        EventTime::Period { from: Some(from), .. } => format!("Vanaf {}", dutch_date(*from)),
        EventTime::Period { until: Some(until), .. } => format!("Tot en met {}", dutch_date(*until)),
        EventTime::Period { .. } | EventTime::Unknown => "Datum onbekend".to_owned(),
    }
}
