//! What things are called in one document: F1, M2, "de strafzaak".

use crate::dossier::model::{Dossier, Event, Label, Matter};
use crate::drafting::words;
use std::collections::BTreeMap;

/// Labels in one document: F for events, M for measures, H for help, R for results, K for
/// children's hearings, P for proposals. A statement has the label of its event.
pub(super) fn labels(file: &Dossier) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for (index, event) in in_time(file).into_iter().enumerate() {
        let label = format!("F{}", index + 1);
        for statement in &event.statements {
            labels.insert(statement.id.to_string(), label.clone());
        }
        labels.insert(event.id.to_string(), label);
    }
    let mut number = |letter: &str, ids: Vec<String>| {
        for (index, id) in ids.into_iter().enumerate() {
            labels.insert(id, format!("{letter}{}", index + 1));
        }
    };
    number("M", file.measures.iter().map(|item| item.id.to_string()).collect());
    number("H", file.help.iter().map(|item| item.id.to_string()).collect());
    number("R", file.instrument_results.iter().map(|item| item.id.to_string()).collect());
    number("K", file.child_hearings.iter().map(|item| item.id.to_string()).collect());
    for proposal in &file.proposals {
        labels.insert(proposal.id.to_string(), format!("het voorstel voor {}", proposal.kind.label()));
    }
    for person in &file.persons {
        labels.insert(person.id.to_string(), person.name.clone());
    }
    for organisation in &file.organisations {
        labels.insert(organisation.id.to_string(), organisation.name.clone());
    }
    for matter in &file.matters {
        labels.insert(matter.id.to_string(), told_apart(file, matter, words::matter_name(matter.kind)));
    }
    for document in &file.documents {
        labels.insert(document.id.to_string(), document.title.clone());
    }
    for request in &file.requests {
        labels.insert(request.id.to_string(), "het verzoek".to_owned());
    }
    labels
}

/// The name of a matter, with its accused where the file has more than one criminal case.
pub(super) fn told_apart(file: &Dossier, matter: &Matter, name: &str) -> String {
    let several = file.matters.iter().filter(|other| other.criminal.is_some()).count() > 1;
    match matter.criminal.as_ref().filter(|_| several) {
        Some(criminal) => format!("{name} tegen {}", file.person_name(&criminal.accused)),
        None => name.to_owned(),
    }
}

/// Events in order of time; those without a day come last, in the order of the file.
pub(super) fn in_time(file: &Dossier) -> Vec<&Event> {
    let mut events: Vec<&Event> = file.events.iter().collect();
    events.sort_by_key(|event| {
        // Of what was before some day that day counts, and it comes before what was on it.
        let day = event.time.first_day().or(event.time.last_day());
        (day.is_none(), day, event.time.first_day().is_some())
    });
    events
}
