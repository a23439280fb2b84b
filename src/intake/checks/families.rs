//! Families that can exist: no child its own parent, no two who hold gezag alone.

use crate::dossier::model::{Dossier, FamilyRole, GezagForm, GezagRecord, RelationKind};
use crate::intake::Problem;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(dossier: &Dossier, problems: &mut Vec<Problem>) {
    births(dossier, problems);
    relations(dossier, problems);
    ancestry(dossier, problems);
    gezag(dossier, problems);
    matters(dossier, problems);
}

fn births(dossier: &Dossier, problems: &mut Vec<Problem>) {
    for (index, person) in dossier.persons.iter().enumerate() {
        if let (Some(born), Some(year)) = (person.born, person.born_year)
            && born.year() != year
        {
            let at = format!("/persons/{index}/born_year");
            problems.push(Problem::at(at, "birth_contradiction", "Het geboortejaar past niet bij de geboortedatum."));
        }
    }
}

fn relations(dossier: &Dossier, problems: &mut Vec<Problem>) {
    for (index, relation) in dossier.relations.iter().enumerate() {
        let at = format!("/relations/{index}");
        if relation.from == relation.to {
            let message = match relation.kind {
                RelationKind::ParentOf => "Iemand kan niet de ouder van zichzelf zijn.",
                _ => "Een relatie heeft twee verschillende personen nodig.",
            };
            problems.push(Problem::at(&at, "relation_to_self", message));
            continue;
        }
        let born = |id| dossier.find_person(id).and_then(|person| person.born);
        if relation.kind == RelationKind::ParentOf
            && let (Some(parent), Some(child)) = (born(&relation.from), born(&relation.to))
            && parent >= child
        {
            let message = "De ouder is volgens de geboortedata niet ouder dan het kind.";
            problems.push(Problem::at(at, "parent_younger_than_child", message));
        }
    }
}

/// A person may not be among its own forebears.
fn ancestry(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for relation in dossier.relations.iter().filter(|relation| relation.kind == RelationKind::ParentOf) {
        if relation.from != relation.to {
            parents.entry(relation.to.as_str()).or_default().push(relation.from.as_str());
        }
    }
    for (index, person) in dossier.persons.iter().enumerate() {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = parents.get(person.id.as_str()).cloned().unwrap_or_default();
        while let Some(next) = open.pop() {
            if next == person.id.as_str() {
                let at = format!("/persons/{index}");
                problems.push(Problem::at(
                    at,
                    "own_ancestor",
                    "Deze persoon is volgens de relaties een voorouder van zichzelf.",
                ));
                break;
            }
            if seen.insert(next) {
                open.extend(parents.get(next).into_iter().flatten());
            }
        }
    }
}

fn gezag(dossier: &Dossier, problems: &mut Vec<Problem>) {
    for (index, record) in dossier.gezag.iter().enumerate() {
        let at = format!("/gezag/{index}");
        if record.holder.as_str() == record.child.as_str() {
            problems.push(Problem::at(&at, "gezag_over_self", "Een kind kan geen gezag over zichzelf hebben."));
        }
        let clashes = dossier.gezag.iter().take(index).any(|other| {
            other.child == record.child
                && other.holder != record.holder
                && overlap(other, record)
                && alone_against_held(other, record)
        });
        if clashes {
            let message = "Tegelijk met een eenhoofdig gezag kan niemand anders gezag over hetzelfde kind hebben.";
            problems.push(Problem::at(at, "gezag_contradiction", message));
        }
    }
}

fn alone_against_held(one: &GezagRecord, other: &GezagRecord) -> bool {
    (one.form == GezagForm::Sole && other.form.is_held()) || (other.form == GezagForm::Sole && one.form.is_held())
}

fn overlap(one: &GezagRecord, other: &GezagRecord) -> bool {
    let before = |first: &GezagRecord, second: &GezagRecord| matches!((first.until, second.since), (Some(until), Some(since)) if until <= since);
    !before(one, other) && !before(other, one)
}

fn matters(dossier: &Dossier, problems: &mut Vec<Problem>) {
    use crate::dossier::model::{Domain, MatterKind};
    for (index, matter) in dossier.matters.iter().enumerate() {
        let expected = match matter.kind {
            MatterKind::CriminalCase => Domain::Criminal,
            MatterKind::Huisverbod | MatterKind::HuisverbodReview => Domain::Administrative,
            _ => Domain::Family,
        };
        if matter.domain != expected {
            let message = "Het rechtsgebied past niet bij de soort zaak.";
            problems.push(Problem::at(format!("/matters/{index}/domain"), "domain_contradiction", message));
        }
        if matter.criminal.is_some() != (matter.kind == MatterKind::CriminalCase) {
            let message = "Strafrechtelijke gegevens horen bij een strafzaak, en alleen daar.";
            problems.push(Problem::at(format!("/matters/{index}/criminal"), "criminal_contradiction", message));
        }
        if let Some(criminal) = &matter.criminal
            && dossier.find_person(&criminal.accused).is_some_and(|person| person.family_role == FamilyRole::Child)
        {
            let message = "Een kind over wie wordt beslist kan hier niet de verdachte zijn.";
            problems.push(Problem::at(format!("/matters/{index}/criminal/accused"), "accused_is_child", message));
        }
    }
}
