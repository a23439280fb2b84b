//! All ids of a dossier share one namespace and stand once.

use crate::dossier::model::Dossier;
use crate::intake::Problem;
use std::collections::BTreeMap;

pub(super) fn check(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let mut first_seen: BTreeMap<&str, String> = BTreeMap::new();
    for (pointer, id) in all_ids(dossier) {
        if let Some(earlier) = first_seen.get(id) {
            let message = format!("Dit kenmerk staat ook bij {earlier}. Elk kenmerk mag maar één keer voorkomen.");
            problems.push(Problem::at(pointer, "duplicate_id", message));
        } else {
            first_seen.insert(id, pointer);
        }
    }
}

/// Every id with the pointer to the thing that carries it.
fn all_ids(dossier: &Dossier) -> Vec<(String, &str)> {
    let mut ids: Vec<(String, &str)> = Vec::new();
    macro_rules! lists {
        ($($field:ident),+) => {
            $(for (index, item) in dossier.$field.iter().enumerate() {
                ids.push((format!("/{}/{index}/id", stringify!($field)), item.id.as_str()));
            })+
        };
    }
    lists!(persons, organisations, matters, events, measures, instrument_results, help, child_hearings);
    lists!(requests, proposals, documents);
    for (at, person) in dossier.persons.iter().enumerate() {
        for (index, address) in person.addresses.iter().enumerate() {
            ids.push((format!("/persons/{at}/addresses/{index}/id"), address.id.as_str()));
        }
    }
    for (at, event) in dossier.events.iter().enumerate() {
        for (index, statement) in event.statements.iter().enumerate() {
            ids.push((format!("/events/{at}/statements/{index}/id"), statement.id.as_str()));
        }
    }
    ids
}
