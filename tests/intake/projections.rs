//! What each reader may know, and what leaves no trace.

use super::family;
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::projection::{Reader, WithheldReason, for_documents, for_domain, for_reader};
use combizitting::shared::ids::PersonId;
use serde_json::{Value, json};

fn dossier(change: impl Fn(&mut Value)) -> Dossier {
    let mut file = family();
    change(&mut file);
    combizitting::intake::read(file.to_string().as_bytes()).unwrap()
}

fn text(dossier: &Dossier) -> String {
    serde_json::to_string(dossier).unwrap()
}

#[test]
fn the_other_party_never_gets_a_secret_address() {
    let file = dossier(|_| {});
    let other = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-b")));
    assert!(!text(&other.dossier).contains("Zilverreigerpad"));
    assert_eq!(other.withheld.get(&WithheldReason::Shielded), Some(&1));
    let own = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-a")));
    assert!(text(&own.dossier).contains("Zilverreigerpad"));
    let court = for_reader(&file, &Reader::court([Domain::Family]));
    assert!(text(&court.dossier).contains("Zilverreigerpad"));
}

#[test]
fn an_address_whose_secrecy_nobody_asked_after_is_hidden() {
    let file = dossier(|file| {
        file["persons"][0]["addresses"][0].as_object_mut().unwrap().remove("secrecy");
    });
    let other = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-b")));
    assert!(!text(&other.dossier).contains("Zilverreigerpad"));
}

#[test]
fn a_refuge_is_hidden_even_when_marked_open() {
    let file = dossier(|file| {
        file["persons"][0]["addresses"][0]["kind"] = json!("refuge");
        file["persons"][0]["addresses"][0]["secrecy"] = json!("open");
    });
    let documents = for_documents(&file, Domain::Family);
    assert!(!text(&documents.dossier).contains("Zilverreigerpad"));
}

#[test]
fn criminal_material_reaches_the_family_matter_only_after_release() {
    let criminal = json!({"origin": "criminal"});
    let unreleased = dossier(|file| file["documents"][0]["restriction"] = criminal.clone());
    let family_view = for_domain(&unreleased, Domain::Family);
    assert!(family_view.dossier.documents.is_empty());
    assert_eq!(family_view.dossier.events[0].statements[0].source, None, "ook de paginaverwijzing is weg");
    assert_eq!(family_view.withheld.get(&WithheldReason::NotReleased), Some(&1));
    assert_eq!(for_domain(&unreleased, Domain::Criminal).dossier.documents.len(), 1);

    let released = dossier(|file| {
        file["documents"][0]["restriction"] = json!({"origin": "criminal", "releases": [
            {"to": "family", "on": "2026-11-12", "by": "om", "basis": "art. 39f Wjsg"}]});
    });
    assert_eq!(for_domain(&released, Domain::Family).dossier.documents.len(), 1);
    assert!(for_domain(&released, Domain::Administrative).dossier.documents.is_empty());
}

#[test]
fn a_statement_without_caution_stays_out_of_the_criminal_matter_only() {
    let file = dossier(|file| {
        file["events"][0]["statements"][0]["restriction"] =
            json!({"origin": "administrative", "without_caution": true});
    });
    let criminal = for_domain(&file, Domain::Criminal);
    let stated = |dossier: &Dossier| dossier.events.iter().flat_map(|event| &event.statements).count();
    assert_eq!(stated(&criminal.dossier), stated(&file) - file.events[0].statements.len());
    assert!(criminal.withheld.contains_key(&WithheldReason::WithoutCaution));
    assert_eq!(for_domain(&file, Domain::Administrative).dossier.events[0].statements.len(), 1);
}

#[test]
fn an_item_withheld_from_one_party_stands_in_no_document_for_all_parties() {
    let file = dossier(|file| {
        file["events"][0]["statements"][0]["restriction"] = json!({"origin": "family", "withheld_from": ["ouder-b"]});
    });
    assert!(!text(&for_documents(&file, Domain::Family).dossier).contains(file.events[0].statements[0].id.as_str()));
    let own = for_reader(&file, &Reader::party(&file, &PersonId::from("ouder-a")));
    assert_eq!(own.dossier.events[0].statements.len(), 1);
}

#[test]
fn an_event_falls_away_with_its_last_statement_and_is_counted_with_the_rule() {
    let restricted = json!({"origin": "criminal"});
    let file = dossier(|file| {
        for statement in file["events"][0]["statements"].as_array_mut().unwrap() {
            statement["restriction"] = restricted.clone();
        }
        file["events"][0]["description"] = json!("Alleen uit het proces-verbaal bekend.");
        file["events"][0]["answers"] = json!([{"by": "ouder-b", "stance": "silence"}]);
    });
    let statements = file.events[0].statements.len();
    assert!(statements > 0);
    let family_view = for_domain(&file, Domain::Family);
    assert!(!text(&family_view.dossier).contains("Alleen uit het proces-verbaal"));
    assert!(!text(&family_view.dossier).contains("silence"));
    assert_eq!(family_view.withheld.get(&WithheldReason::NotReleased), Some(&(statements + 1)));
    assert_eq!(for_domain(&file, Domain::Criminal).dossier.events, file.events);
}

#[test]
fn an_event_that_never_had_a_statement_or_keeps_one_stays() {
    let silent = dossier(|file| {
        file["events"][0]["statements"] = json!([]);
        file["events"][0]["answers"] = json!([]);
    });
    assert_eq!(for_domain(&silent, Domain::Family).dossier.events.len(), silent.events.len());
    let one_left = dossier(|file| {
        let mut second = file["events"][0]["statements"][0].clone();
        second["id"] = json!("verklaring-erbij");
        second["restriction"] = json!({"origin": "criminal"});
        file["events"][0]["statements"].as_array_mut().unwrap().push(second);
    });
    let view = for_domain(&one_left, Domain::Family);
    assert_eq!(view.dossier.events[0].statements.len(), one_left.events[0].statements.len() - 1);
    assert_eq!(view.withheld.get(&WithheldReason::NotReleased), Some(&1));
}

/// The demo family and every published ruling.
fn all_files() -> Vec<(String, Dossier)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dossiers");
    let rulings = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<(String, Dossier)> = rulings
        .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
        .map(|path| (path.display().to_string(), combizitting::intake::read(&std::fs::read(&path).unwrap()).unwrap()))
        .collect();
    assert!(files.len() >= 12);
    files.push(("gezin".to_owned(), crate::support::families::demo()));
    files
}

fn collect(value: &Value, ids: &mut Vec<String>, strings: &mut Vec<String>) {
    match value {
        Value::String(text) => strings.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids, strings)),
        Value::Object(fields) => {
            ids.extend(fields.get("id").and_then(Value::as_str).map(str::to_owned));
            // A kind can have the same word as an id; it points at nothing.
            let pointing = fields.iter().filter(|(name, _)| !matches!(name.as_str(), "kind" | "instrument"));
            pointing.for_each(|(_, item)| collect(item, ids, strings));
        }
        _ => {}
    }
}

/// What is withheld from this file one thing at a time, so that every reference to it is tried.
fn with_one_thing_withheld(file: &Dossier) -> Vec<Dossier> {
    let secret = json!({"origin": "family", "secret_source": true});
    let whole = serde_json::to_value(file).unwrap();
    let mut out = vec![file.clone()];
    for list in ["documents", "measures", "events"] {
        for at in 0..whole[list].as_array().map_or(0, Vec::len) {
            let mut changed = whole.clone();
            changed[list][at]["restriction"] = secret.clone();
            out.push(serde_json::from_value(changed).unwrap());
        }
    }
    out
}

#[test]
fn not_even_an_id_of_something_withheld_stays_behind() {
    let mut gone_somewhere = 0;
    for (name, file) in all_files()
        .iter()
        .flat_map(|(name, file)| with_one_thing_withheld(file).into_iter().map(move |changed| (name.clone(), changed)))
    {
        let (mut before, mut rest) = (Vec::new(), Vec::new());
        collect(&serde_json::to_value(&file).unwrap(), &mut before, &mut rest);
        let parties = file.persons.iter().map(|person| for_reader(&file, &Reader::party(&file, &person.id)));
        let paper = [Domain::Family, Domain::Administrative].map(|domain| for_documents(&file, domain));
        for projection in parties.chain(paper) {
            let mut view = serde_json::to_value(&projection.dossier).unwrap();
            // The measure that a plan for a huisverbod is about names what is decided on, not a source.
            if let Some(plan) = view.pointer_mut("/plans/huisverbod").and_then(Value::as_object_mut) {
                plan.remove("imposed");
            }
            let (mut left, mut strings) = (Vec::new(), Vec::new());
            collect(&view, &mut left, &mut strings);
            for id in before.iter().filter(|id| !left.contains(id)) {
                gone_somewhere += 1;
                assert!(!strings.contains(id), "{name}: {id} is gone but something still points at it");
            }
        }
    }
    assert!(gone_somewhere > 500, "{gone_somewhere}");
}

/// A criminal case of ouder-b with ouder-a as its victim, and a file about it.
fn criminal(change: impl Fn(&mut Value)) -> Dossier {
    dossier(|file| {
        let capacities = file["persons"][0]["capacities"].as_array_mut().unwrap();
        capacities.push(json!({"matter": "straf", "as": "slachtoffer"}));
        file["documents"][0]["restriction"] = json!({"origin": "criminal"});
        file["events"][0]["statements"][0]["restriction"] = json!({"origin": "criminal"});
        change(file);
    })
}

fn view_of(file: &Dossier, person: &str) -> combizitting::dossier::projection::Projection {
    for_reader(file, &Reader::party(file, &PersonId::from(person)))
}

#[test]
fn a_victim_sees_of_the_criminal_file_only_what_is_their_own_or_was_opened_to_them() {
    let of_another = |file: &mut Value| file["events"][0]["statements"][0]["by"] = json!("ouder-b");
    let closed = criminal(of_another);
    let victim = view_of(&closed, "ouder-a");
    let hidden = closed.events[0].statements[0].id.as_str();
    assert!(victim.dossier.documents.iter().all(|document| document.id != closed.documents[0].id));
    assert!(!text(&victim.dossier).contains(hidden));
    assert!(victim.withheld[&WithheldReason::NotInspected] >= 2);
    assert!(WithheldReason::NotInspected.explanation().contains("kennisneming"));
    // The suspect has the whole file (art. 30 Sv), the victim what inspection was granted of.
    let suspect = view_of(&closed, "ouder-b");
    assert_eq!(suspect.dossier.documents.len(), closed.documents.len());
    let opened = criminal(|file| {
        of_another(file);
        file["documents"][0]["restriction"]["inspection_by"] = json!(["ouder-a"]);
    });
    let victim = view_of(&opened, "ouder-a");
    assert!(victim.dossier.documents.iter().any(|document| document.id == opened.documents[0].id));
    assert!(!text(&victim.dossier).contains(opened.events[0].statements[0].id.as_str()));
    // Inspection is for the victim in the criminal case: the family court does not use it.
    assert!(for_domain(&opened, Domain::Family).dossier.documents.iter().all(|item| item.id != opened.documents[0].id));
}

#[test]
fn a_victim_keeps_what_they_said_themselves_and_the_bans_that_protect_them() {
    let file = criminal(|file| {
        file["events"][0]["restriction"] = json!({"origin": "criminal"});
        file["events"][0]["statements"][0]["by"] = json!("ouder-a");
        file["measures"] = json!([
            {"id": "ban", "instrument": "gedragsaanwijzing", "matter": "straf", "state": "in_force",
             "restrained": ["ouder-b"], "protected": ["ouder-a"], "restriction": {"origin": "criminal"}},
            {"id": "meldplicht", "instrument": "schorsing_voorlopige_hechtenis", "matter": "straf", "state": "in_force",
             "restrained": ["ouder-b"], "protected": [], "restriction": {"origin": "criminal"}}
        ]);
    });
    let victim = view_of(&file, "ouder-a");
    assert_eq!(victim.dossier.events.len(), file.events.len());
    assert_eq!(victim.dossier.events[0].statements[0].by.as_str(), "ouder-a");
    let bans: Vec<&str> = victim.dossier.measures.iter().map(|measure| measure.id.as_str()).collect();
    assert_eq!(bans, ["ban"]);
    assert!(victim.dossier.matters.iter().any(|matter| matter.id.as_str() == "straf"), "that there is a case is known");
    // What others said about the same event stays with its restriction.
    let others: Vec<_> =
        victim.dossier.events[0].statements.iter().filter(|item| item.by.as_str() != "ouder-a").collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn what_is_withheld_from_a_victim_stays_so_even_when_inspection_was_granted() {
    let file = criminal(|file| {
        file["documents"][0]["restriction"] =
            json!({"origin": "criminal", "inspection_by": ["ouder-a"], "withheld_from": ["ouder-a"]});
    });
    assert!(view_of(&file, "ouder-a").dossier.documents.iter().all(|item| item.id != file.documents[0].id));
}

#[test]
fn the_demo_mother_does_not_read_the_childs_interview_by_the_police() {
    let demo = crate::support::families::demo();
    let text = text(&view_of(&demo, "moeder").dossier);
    assert!(!text.contains(crate::support::families::CRIMINAL_NOT_RELEASED));
    assert!(text.contains("ban-509hh"), "the ban that protects her was released, and is hers to know");
}
