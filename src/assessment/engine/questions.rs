//! Questions for the hearing: what would change a finding, what is missing, and who must answer.

use super::Judged;
use crate::assessment::model::Question;
use crate::dossier::model::{Dossier, Event, Label};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use std::collections::{BTreeMap, BTreeSet};

/// Facts that wait, with who must be asked; the criteria that wait for it, and the dossier.
type Waits<'j> = BTreeMap<(&'j str, &'j [String]), (BTreeSet<String>, &'j Dossier)>;

/// Questions in a fixed order: answers to be asked, hinge facts, missing facts.
pub fn questions(judged: &[Judged<'_>]) -> Vec<Question> {
    let mut hinges: BTreeMap<&FactId, (BTreeSet<String>, &Dossier)> = BTreeMap::new();
    let mut waits: Waits<'_> = BTreeMap::new();
    let mut missing: BTreeMap<&str, (&str, BTreeSet<String>)> = BTreeMap::new();
    for item in judged {
        let key = format!("{}/{}", item.finding.framework, item.finding.criterion);
        for fact in &item.finding.hinge {
            hinges.entry(fact).or_insert_with(|| (BTreeSet::new(), item.world)).0.insert(key.clone());
        }
        for (fact, persons) in &item.waits {
            waits.entry((fact, persons)).or_insert_with(|| (BTreeSet::new(), item.world)).0.insert(key.clone());
        }
        for fact in &item.finding.missing {
            missing.entry(&fact.ask).or_insert_with(|| (&fact.what, BTreeSet::new())).1.insert(key.clone());
        }
    }
    let mut questions: Vec<Question> = Vec::new();
    let events = EventTexts::of(judged);
    questions.extend(
        waits.into_iter().map(|((fact, persons), (decides, dossier))| wait(&events, dossier, fact, persons, decides)),
    );
    // What is not known of other records is asked by the questions on missing facts.
    let of_events = hinges.into_iter().filter(|(fact, _)| events.0.contains_key(fact.as_str()));
    questions.extend(of_events.map(|(fact, (decides, _))| hinge(&events, fact, decides)));
    questions.extend(missing.into_iter().map(|(ask, (what, decides))| Question {
        about: ask.to_owned(),
        why: format!("Het dossier zegt hierover niets: {what}."),
        decides: decides.into_iter().collect(),
        facts: Vec::new(),
    }));
    questions
}

/// Events by id, and the dossiers for everything else.
struct EventTexts<'a>(BTreeMap<&'a str, &'a Event>, Vec<&'a Dossier>);

impl<'a> EventTexts<'a> {
    fn of(judged: &[Judged<'a>]) -> Self {
        let mut dossiers: Vec<&Dossier> = Vec::new();
        for item in judged {
            if !dossiers.iter().any(|known| std::ptr::eq(*known, item.world)) {
                dossiers.push(item.world);
            }
        }
        let events =
            dossiers.iter().flat_map(|dossier| &dossier.events).map(|event| (event.id.as_str(), event)).collect();
        Self(events, dossiers)
    }

    fn text(&self, id: &str) -> String {
        match self.0.get(id) {
            Some(event) => format!("\"{}\"", event.description.trim_end_matches('.')),
            None => self.other(id).unwrap_or_else(|| format!("wat in het dossier staat onder {id}")),
        }
    }

    /// A result or proposal in words; the first dossier that has it.
    fn other(&self, id: &str) -> Option<String> {
        self.1.iter().find_map(|dossier| {
            let result = dossier.instrument_results.iter().find(|item| item.id.as_str() == id).map(|item| {
                let on = item.on.map(|day| format!(" van {}", dutch_date(day))).unwrap_or_default();
                format!("de uitslag {}{on}", item.instrument.label())
            });
            let proposal = || dossier.proposals.iter().find(|item| item.id.as_str() == id);
            result.or_else(|| proposal().map(|item| format!("het voorstel voor {}", item.kind.label())))
        })
    }

    fn is_event(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

fn wait(
    events: &EventTexts<'_>,
    dossier: &Dossier,
    fact: &str,
    persons: &[String],
    decides: BTreeSet<String>,
) -> Question {
    let names: Vec<String> = persons.iter().map(|id| dossier.party_name(&id.as_str().into())).collect();
    Question {
        about: format!("Wat is het antwoord van {} op dit feit: {}?", names.join(" en "), events.text(fact)),
        why: "Het dossier bevat nog geen antwoord. Een bevinding die hierop steunt, wacht op hoor en wederhoor."
            .to_owned(),
        decides: decides.into_iter().collect(),
        facts: vec![FactId::from(fact)],
    }
}

fn hinge(events: &EventTexts<'_>, fact: &FactId, decides: BTreeSet<String>) -> Question {
    let text = events.text(fact.as_str());
    let (about, why) = if events.is_event(fact.as_str()) {
        (format!("Is dit feit juist: {text}?"), "Dit feit staat niet vast, en het antwoord verandert een bevinding.")
    } else {
        let about = format!("Klopt wat het dossier zegt over {text}, en wat ontbreekt daarin?");
        (about, "Het dossier is hierover niet volledig, en het antwoord verandert een bevinding.")
    };
    Question { about, why: why.to_owned(), decides: decides.into_iter().collect(), facts: vec![fact.clone()] }
}
