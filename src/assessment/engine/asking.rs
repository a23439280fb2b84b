//! To whom a question for the hearing is put, and which lawful source could answer it.
//!
//! Derived from what the question is about, never from who is believed: both sides are asked
//! alike, apart from each other, and a child only by the judge.

use super::world::World;
use crate::assessment::language::{Condition, Framework};
use crate::assessment::model::{RecordKind, Sourced};
use crate::dossier::model::{CriminalPhase, Domain, Dossier, Event, EventKind, FamilyRole, Sign, StatementKind};
use crate::shared::dutch::list;
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::law;
use crate::shared::source::LegalSource;
use chrono::NaiveDate;

/// Addressees and sources of one question.
pub struct Asking {
    /// To whom it is put.
    pub put_to: Vec<Sourced>,
    /// What could answer it.
    pub could_answer: Vec<Sourced>,
}

/// About conduct that is in the file. `worlds` are the domains in which the question arises.
pub fn about_event(worlds: &[&World<'_>], event: &Event) -> Asking {
    let put_to = worlds.first().map(|world| persons_asked(world.dossier, event, world.on)).unwrap_or_default();
    Asking { put_to, could_answer: sources(worlds, event) }
}

/// A person whose own answer is awaited.
pub fn awaited(dossier: &Dossier, id: &str) -> Sourced {
    adult(dossier, &PersonId::from(id), "")
}

/// About something that the file does not hold.
pub fn about_missing(of: RecordKind) -> Asking {
    let (who, what): (Sourced, Sourced) = match of {
        RecordKind::Conduct => (
            said("ieder van de volwassenen, apart van de ander"),
            cited("wat Veilig Thuis, de politie of een hulpverlener mag delen", &[MEDICAL_SECRECY]),
        ),
        RecordKind::Result => (
            said("wie het onderzoek deed of het instrument invulde"),
            said("het rapport zelf, met dag, methode en grenzen"),
        ),
        RecordKind::Help => (
            said("de aanbieder van de hulp, en wie de hulp krijgt"),
            cited("een bericht van de aanbieder, met toestemming van wie het betreft", &[MEDICAL_SECRECY]),
        ),
        RecordKind::ChildHearing => (
            cited("de griffier; het kind zelf alleen door de rechter", &[CHILD_HEARD]),
            cited("de oproep en het verslag van het kindgesprek", &[CHILD_HEARD]),
        ),
        RecordKind::CriminalCase => (
            said("de officier van justitie of de reclassering"),
            cited("het advies van de reclassering of een stuk uit het strafdossier, na vrijgave", &[RELEASE]),
        ),
        RecordKind::Measure => (said("wie de maatregel gaf"), said("het besluit of de beschikking zelf")),
        RecordKind::Gezag => (said("de griffier"), said("een uittreksel uit het gezagsregister")),
        RecordKind::Person => (said("de partijen"), said("een uittreksel uit de basisregistratie personen")),
        RecordKind::Proposal => (
            said("ieder van de deelnemers, apart van de ander"),
            said("het voorstel zelf, en wat ieder apart daarop antwoordde"),
        ),
        RecordKind::Request => (said("de advocaat van wie verzoekt"), said("het verzoekschrift en de stukken daarbij")),
        RecordKind::Plan => (said("wie beslist"), said("de eigen motivering")),
    };
    Asking { put_to: vec![who], could_answer: vec![what] }
}

/// What kind of record a condition asks for: the first that it names.
pub fn record_kind(framework: &Framework, condition: &Condition) -> Option<RecordKind> {
    let first = |parts: &[Condition]| parts.iter().find_map(|part| record_kind(framework, part));
    match condition {
        Condition::All(parts) | Condition::Any(parts) => first(parts),
        Condition::AtLeast(some) => first(&some.of),
        Condition::Not(part) | Condition::Missing(part) => record_kind(framework, part),
        Condition::Unless(unless) => record_kind(framework, &unless.rule),
        Condition::Judge(open) => first(&open.for_).or_else(|| first(&open.against)),
        // The linter refuses definitions that go round in a circle.
        Condition::Use(name) => record_kind(framework, &framework.definitions.get(name)?.rule),
        Condition::Event(_) | Condition::Asymmetry(_) | Condition::Trend(_) | Condition::Answered(_) => {
            Some(RecordKind::Conduct)
        }
        Condition::Measure(_) | Condition::Overlap(_) => Some(RecordKind::Measure),
        Condition::Proposal(_) => Some(RecordKind::Proposal),
        Condition::Help(_) => Some(RecordKind::Help),
        Condition::InstrumentResult(_)
        | Condition::Stale(_)
        | Condition::ResultsDiffer(_)
        | Condition::ExternalCount(_) => Some(RecordKind::Result),
        Condition::ChildHearing(_) => Some(RecordKind::ChildHearing),
        Condition::Request(_) => Some(RecordKind::Request),
        Condition::Gezag(_) => Some(RecordKind::Gezag),
        Condition::CriminalPhase(_) => Some(RecordKind::CriminalCase),
        Condition::Relation(_) | Condition::Age(_) | Condition::Address(_) => Some(RecordKind::Person),
        Condition::Plan(_) => Some(RecordKind::Plan),
    }
}

type Article = (&'static str, &'static str);

const CHILD_HEARD: Article = ("art. 809 Rv", "jci1.3:c:BWBR0001827&artikel=809");
const ADVICE_OF_RAAD: Article = ("art. 810 Rv", "jci1.3:c:BWBR0001827&artikel=810");
const SILENCE: Article = ("art. 29 Sv", "jci1.3:c:BWBR0001903&artikel=29");
const EXAMINING_JUDGE: Article = ("art. 316 Sv", "jci1.3:c:BWBR0001903&artikel=316");
const MEDICAL_SECRECY: Article = ("art. 7:457 BW", "jci1.3:c:BWBR0005290&artikel=457");
const RELEASE: Article = ("art. 39f Wet justitiële en strafvorderlijke gegevens", "jci1.3:c:BWBR0014194&artikel=39f");

fn said(text: &str) -> Sourced {
    Sourced { text: text.to_owned(), sources: Vec::new() }
}

fn cited(text: &str, articles: &[Article]) -> Sourced {
    let source = |(reference, jci): &Article| {
        let source = LegalSource::unverified(reference, jci);
        if law::is_read(reference) { source.checked() } else { source }
    };
    Sourced { text: text.to_owned(), sources: articles.iter().map(source).collect() }
}

fn is_child(dossier: &Dossier, id: &PersonId) -> bool {
    dossier.find_person(id).is_some_and(|person| person.family_role == FamilyRole::Child)
}

/// Adults concerned, then who observed it in a profession, then the children.
fn persons_asked(dossier: &Dossier, event: &Event, on: NaiveDate) -> Vec<Sourced> {
    let mut persons: Vec<&PersonId> = event.actors.iter().chain(&event.targets).collect();
    persons.sort();
    persons.dedup();
    let (children, adults): (Vec<&PersonId>, Vec<&PersonId>) =
        persons.into_iter().partition(|id| is_child(dossier, id));
    let apart = if adults.len() > 1 { ", apart gehoord" } else { "" };
    let mut asked: Vec<Sourced> = adults.into_iter().map(|id| adult(dossier, id, apart)).collect();
    asked.extend(observers(dossier, event).into_iter().map(|id| said(&dossier.party_name(id))));
    asked.extend(about_children(dossier, &children, on));
    asked
}

/// A child of twelve or older may speak with the judge; on a younger one the Raad can advise.
fn about_children(dossier: &Dossier, children: &[&PersonId], on: NaiveDate) -> Vec<Sourced> {
    let twelve = |id: &PersonId| {
        let born = dossier.find_person(id).and_then(|person| person.born);
        born.and_then(|born| on.years_since(born)).is_some_and(|age| age >= 12)
    };
    let (older, younger): (Vec<&PersonId>, Vec<&PersonId>) = children.iter().partition(|id| twelve(id));
    let mut asked: Vec<Sourced> = older
        .iter()
        .map(|id| {
            let name = dossier.person_name(id);
            cited(&format!("{name}, alleen door de rechter in een kindgesprek"), &[CHILD_HEARD])
        })
        .collect();
    if !younger.is_empty() {
        let names: Vec<String> = younger.iter().map(|id| dossier.person_name(id)).collect();
        let text = format!("de Raad voor de Kinderbescherming, over {}", list(&names));
        asked.push(cited(&text, &[ADVICE_OF_RAAD]));
    }
    asked
}

fn adult(dossier: &Dossier, id: &PersonId, apart: &str) -> Sourced {
    let name = dossier.person_name(id);
    let tried = dossier.matters.iter().filter_map(|matter| matter.criminal.as_ref()).any(|case| {
        let over = [CriminalPhase::ConvictedFinal, CriminalPhase::Acquitted, CriminalPhase::Dismissed];
        case.accused == *id && !over.contains(&case.phase)
    });
    if tried {
        // What silence means in another matter is for its judge (art. 149 Rv); the right itself is of the criminal one.
        let text = format!("{name}{apart}, in de strafzaak verdachte en daar niet verplicht te antwoorden");
        cited(&text, &[SILENCE])
    } else {
        said(&format!("{name}{apart}"))
    }
}

/// Organisations that saw something themselves; who only passes on what others said is no source of it.
fn observers<'e>(dossier: &Dossier, event: &'e Event) -> Vec<&'e PartyId> {
    let mut seen: Vec<&PartyId> = event
        .statements
        .iter()
        .filter(|statement| statement.kind == StatementKind::Observes && statement.repeats.is_none())
        .map(|statement| &statement.by)
        .filter(|by| dossier.organisations.iter().any(|item| item.id == **by))
        .collect();
    seen.sort();
    seen.dedup();
    seen
}

fn sources(worlds: &[&World<'_>], event: &Event) -> Vec<Sourced> {
    let has = |sign: Sign| event.signs.contains(&sign);
    let bodily = matches!(event.kind, EventKind::Physical | EventKind::Sexual | EventKind::ChildAbuse);
    let mut could = Vec::new();
    if bodily || has(Sign::Strangulation) || has(Sign::ForcedSex) {
        could.push(cited(
            "een letselbeschrijving of een brief van een arts, met toestemming van wie het betreft",
            &[MEDICAL_SECRECY],
        ));
    }
    if matches!(event.kind, EventKind::Threat | EventKind::Stalking) || has(Sign::DeathThreat) {
        could.push(said("de berichten of beelden zelf, met afzender, dag en uur"));
    }
    if matches!(event.kind, EventKind::Economic | EventKind::CoerciveControl) {
        could.push(said("bankafschriften, berichten of een getuige die het zelf meemaakte"));
    }
    if event.breach_of.is_some() {
        could.push(said("een proces-verbaal van wie op de maatregel toeziet"));
    }
    could.extend(from_authorities(worlds, event));
    if could.is_empty() {
        could.push(said("een stuk waarin dit staat, of de eigen verklaring van ieder"));
    }
    could
}

/// What only an authority can bring in, by the domain in which the question arises.
fn from_authorities(worlds: &[&World<'_>], event: &Event) -> Vec<Sourced> {
    let arises = |domain: Domain| worlds.iter().any(|world| world.domain == domain);
    let touches_child = !event.exposure.is_empty()
        || worlds.first().is_some_and(|world| event.targets.iter().any(|id| is_child(world.dossier, id)));
    let mut could = Vec::new();
    if arises(Domain::Family) && touches_child {
        could.push(cited("advies van de Raad voor de Kinderbescherming", &[ADVICE_OF_RAAD]));
    }
    if arises(Domain::Criminal) {
        could.push(cited("in de strafzaak: nader onderzoek door de rechter-commissaris", &[EXAMINING_JUDGE]));
    }
    let tried = worlds.iter().any(|world| world.dossier.matters.iter().any(|matter| matter.criminal.is_some()));
    if tried && (arises(Domain::Family) || arises(Domain::Administrative)) {
        could.push(cited("stukken uit het strafdossier, na vrijgave voor deze zaak", &[RELEASE]));
    }
    could
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn kind_asked_by(rule: Value) -> Option<RecordKind> {
        let framework: Framework = serde_json::from_value(json!({
            "id": "proef", "version": "1.0.0", "title": "Proef", "about": "Proef.", "domain": "family",
            "licence": "EUPL-1.2", "criteria": [],
            "definitions": { "verzocht": { "rule": { "request": {} } } }
        }))
        .unwrap();
        record_kind(&framework, &serde_json::from_value(rule).unwrap())
    }

    #[test]
    fn a_rule_asks_for_the_kind_of_record_that_it_names_first() {
        use RecordKind::*;
        let cases = [
            (json!({ "event": {} }), Some(Conduct)),
            (json!({ "measure": {} }), Some(Measure)),
            (json!({ "proposal": {} }), Some(Proposal)),
            (json!({ "help": {} }), Some(Help)),
            (json!({ "instrument_result": {} }), Some(Result)),
            (json!({ "results_differ": {} }), Some(Result)),
            (json!({ "child_hearing": {} }), Some(ChildHearing)),
            (json!({ "request": {} }), Some(Request)),
            (json!({ "gezag": {} }), Some(Gezag)),
            (json!({ "criminal_phase": {} }), Some(CriminalCase)),
            (json!({ "relation": {} }), Some(Person)),
            (json!({ "use": "verzocht" }), Some(Request)),
            (json!({ "use": "bestaat niet" }), None),
            (json!({ "not": { "help": {} } }), Some(Help)),
            (json!({ "missing": { "gezag": {} } }), Some(Gezag)),
            (json!({ "any": [{ "measure": {} }, { "event": {} }] }), Some(Measure)),
            (json!({ "all": [{ "use": "bestaat niet" }, { "event": {} }] }), Some(Conduct)),
            (json!({ "at_least": { "n": 1, "of": [{ "proposal": {} }] } }), Some(Proposal)),
            (json!({ "all": [] }), None),
        ];
        for (rule, expected) in cases {
            assert_eq!(kind_asked_by(rule.clone()), expected, "{rule}");
        }
    }

    #[test]
    fn what_the_file_does_not_hold_is_asked_of_who_can_lawfully_tell_it() {
        use RecordKind::*;
        let cases = [
            (Conduct, "apart van de ander", "Veilig Thuis", Some("art. 7:457 BW")),
            (Result, "wie het onderzoek deed", "het rapport zelf", None),
            (Help, "de aanbieder van de hulp", "met toestemming", Some("art. 7:457 BW")),
            (ChildHearing, "alleen door de rechter", "verslag van het kindgesprek", Some("art. 809 Rv")),
            (
                CriminalCase,
                "de officier van justitie",
                "na vrijgave",
                Some("art. 39f Wet justitiële en strafvorderlijke gegevens"),
            ),
            (Measure, "wie de maatregel gaf", "de beschikking zelf", None),
            (Gezag, "de griffier", "gezagsregister", None),
            (Person, "de partijen", "basisregistratie personen", None),
            (Proposal, "apart van de ander", "wat ieder apart", None),
            (Request, "de advocaat van wie verzoekt", "het verzoekschrift", None),
            (Plan, "wie beslist", "de eigen motivering", None),
        ];
        for (kind, who, what, article) in cases {
            let asking = about_missing(kind);
            let texts = |items: &[Sourced]| items.iter().map(|item| item.text.clone()).collect::<Vec<_>>().join(" ");
            assert!(texts(&asking.put_to).contains(who), "{kind:?}: {}", texts(&asking.put_to));
            assert!(texts(&asking.could_answer).contains(what), "{kind:?}: {}", texts(&asking.could_answer));
            let cited: Vec<&LegalSource> = asking.could_answer.iter().flat_map(|item| &item.sources).collect();
            assert_eq!(cited.first().map(|source| source.reference.as_str()), article, "{kind:?}");
            for source in cited {
                assert_eq!(source.verified, law::is_read(&source.reference), "{kind:?}: {}", source.reference);
            }
        }
    }
}
