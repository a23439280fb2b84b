//! A form that nobody touched changes nothing; what is touched changes only that.

use super::choices::Choices;
use super::read::{Reader, bare, placed};
use super::rows::{Maker, Row};
use super::shape::Field;
use crate::dossier::model::{Domain, Dossier};
use crate::drafting::model::DraftKind;
use crate::intake;
use crate::web::request::Form;
use serde_json::{Value, json};
use std::fs;

const TYPES: [(DraftKind, &str); 4] = [
    (DraftKind::Gezag, "GezagPlan"),
    (DraftKind::Omgang, "OmgangPlan"),
    (DraftKind::Gedragsinterventie, "InterventionPlan"),
    (DraftKind::Huisverbod, "HuisverbodPlan"),
];

/// What a browser sends of these rows when nothing is touched.
fn sent(rows: &[Row], pairs: &mut Vec<(String, String)>) {
    for row in rows {
        let mut push = |value: &str| pairs.push((row.name.clone(), value.to_owned()));
        if row.is.list {
            pairs.push((format!("{}/aantal", row.name), row.count.to_string()));
            for item in &row.items {
                pairs.push((format!("{}/was", item.name), item.was.clone()));
                sent(&item.rows, pairs);
            }
        } else if row.is.group {
            sent(&row.rows, pairs);
        } else if row.is.ticks || row.is.select || row.is.radios {
            row.options.iter().filter(|option| option.chosen).for_each(|option| push(&option.value));
        } else if row.is.moments.is_some() {
            row.options.iter().for_each(|option| push(&option.value));
        } else if row.is.tick {
            (row.value == "true").then(|| push("true"));
        } else {
            push(&row.value);
        }
    }
}

fn untouched(dossier: &Dossier, choices: &Choices, kind: DraftKind, type_name: &str) -> (Value, Vec<(String, String)>) {
    let plan = serde_json::to_value(&dossier.plans).unwrap()[kind.as_str()].clone();
    let maker = Maker { choices, problems: &[], inviting: false };
    let mut pairs = Vec::new();
    sent(&maker.rows(&Field::of_type(type_name).unwrap(), &placed(&plan), ""), &mut pairs);
    (plan, pairs)
}

fn read(choices: &Choices, type_name: &str, plan: &Value, pairs: Vec<(String, String)>) -> (Value, Vec<String>) {
    let form = Form::of(pairs);
    let mut reader = Reader { form: &form, choices, problems: Vec::new() };
    let value = reader.group(&Field::of_type(type_name).unwrap(), plan, "").unwrap_or(Value::Null);
    let problems = reader.problems.into_iter().map(|problem| problem.pointer).collect();
    (bare(&value), problems)
}

/// The plan as the dossier's own types write it.
fn as_stored(dossier: &Dossier, kind: DraftKind, plan: &Value) -> Value {
    let mut whole = serde_json::to_value(dossier).unwrap();
    whole["plans"][kind.as_str()] = plan.clone();
    let read = intake::read(&serde_json::to_vec(&whole).unwrap()).unwrap_or_else(|problems| panic!("{problems:?}"));
    serde_json::to_value(&read.plans).unwrap()[kind.as_str()].clone()
}

fn dossiers() -> Vec<Dossier> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dossiers");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut read: Vec<Vec<u8>> = files
        .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
        .map(|path| fs::read(path).unwrap())
        .collect();
    read.push(include_bytes!("../../../templates/demo/gezin.json").to_vec());
    read.iter().map(|bytes| intake::read(bytes).unwrap()).collect()
}

#[test]
fn a_form_that_was_not_touched_gives_the_plan_back_as_it_was() {
    let mut plans = 0;
    for dossier in dossiers() {
        for (kind, type_name) in TYPES {
            let choices = Choices::of(&dossier, kind);
            let (plan, pairs) = untouched(&dossier, &choices, kind, type_name);
            let (again, problems) = read(&choices, type_name, &plan, pairs);
            assert!(problems.is_empty(), "{} {type_name}: {problems:?}", dossier.reference);
            plans += usize::from(!plan.is_null());
            if plan.is_null() {
                assert!(again.is_null(), "{} {type_name}", dossier.reference);
            } else {
                assert_eq!(as_stored(&dossier, kind, &again), plan, "{} {type_name}", dossier.reference);
            }
        }
    }
    assert!(plans >= 5, "{plans} plans");
}

#[test]
fn what_the_reader_cannot_see_stays_in_the_plan() {
    let mut dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let kind = DraftKind::Gezag;
    let whole = serde_json::to_value(&dossier.plans).unwrap()["gezag"].clone();
    let unseen = whole["acute_facts"][0].as_str().unwrap().to_owned();
    let before = dossier.events.len();
    dossier.events.retain(|event| event.id.as_str() != unseen);
    assert_eq!(dossier.events.len() + 1, before, "the fact is an event");
    let choices = Choices::of(&dossier, kind);
    let (_, pairs) = untouched(&dossier, &choices, kind, "GezagPlan");
    assert!(!pairs.iter().any(|(_, value)| *value == unseen), "it is not on the page");
    let (again, _) = read(&choices, "GezagPlan", &whole, pairs);
    assert!(again["acute_facts"].as_array().unwrap().contains(&json!(unseen)));
}

#[test]
fn an_item_that_is_taken_away_takes_nothing_else_along() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let kind = DraftKind::Omgang;
    let choices = Choices::of(&dossier, kind);
    let (plan, mut pairs) = untouched(&dossier, &choices, kind, "OmgangPlan");
    let children = plan["children"].as_array().unwrap();
    assert!(children.len() > 1);
    pairs.push(("children/0/weg".to_owned(), "true".to_owned()));
    let (again, problems) = read(&choices, "OmgangPlan", &plan, pairs);
    assert!(problems.is_empty(), "{problems:?}");
    let stored = as_stored(&dossier, kind, &again);
    assert_eq!(stored["children"].as_array().unwrap().as_slice(), &children[1..]);
}

#[test]
fn a_field_that_is_missing_is_told_at_its_place_and_an_empty_item_is_none() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let choices = Choices::of(&dossier, DraftKind::Omgang);
    let pairs = |list: &[(&str, &str)]| list.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let (value, problems) = read(
        &choices,
        "OmgangPlan",
        &Value::Null,
        pairs(&[
            ("basis", "bw1377a"),
            ("children/aantal", "3"),
            ("children/1/form", "denied"),
            ("children/1/until", "2026-13-40"),
        ]),
    );
    assert_eq!(problems, ["/children/0/child", "/matter", "/parent"]);
    assert_eq!(value["children"].as_array().unwrap().len(), 1, "two items were empty");
    assert_eq!(value["children"][0]["until"], "2026-13-40", "what was typed stays, and the intake refuses it");
    let (nothing, problems) =
        read(&choices, "OmgangPlan", &Value::Null, pairs(&[("children/aantal", "1"), ("basis", "")]));
    assert!(nothing.is_null() && problems.is_empty());
}

#[test]
fn a_clock_time_is_dutch_and_keeps_its_offset_when_it_was_not_touched() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let choices = Choices::of(&dossier, DraftKind::Huisverbod);
    let given = |moment: &str, old: &str| {
        let pairs = vec![("extension/new_end".to_owned(), moment.to_owned())];
        let old = json!({"extension": {"new_end": old}});
        read(&choices, "HuisverbodPlan", &old, pairs).0["extension"]["new_end"].clone()
    };
    let utc = "2026-11-20T13:30:30Z";
    assert_eq!(given("2026-11-20T14:30", utc), utc, "not touched: not rewritten");
    assert_eq!(given("2026-11-20T15:30", utc), "2026-11-20T15:30:00+01:00");
    assert_eq!(given("2026-07-20T15:30", utc), "2026-07-20T15:30:00+02:00", "summer time");
    assert_eq!(given("straks", utc), "straks");
}

/// Lists of the dossier that have a form per item, with the type of their items.
const ITEMS: [(&str, &str); 7] = [
    ("documents", "DocumentRecord"),
    ("persons", "Person"),
    ("organisations", "Organisation"),
    ("events", "Event"),
    ("requests", "Request"),
    ("help", "HelpTrack"),
    ("child_hearings", "ChildHearing"),
];

#[test]
fn every_item_of_every_section_comes_back_as_it_was_when_nobody_touched_its_form() {
    let mut seen = 0;
    for dossier in dossiers() {
        let (choices, whole) = (Choices::in_case(&dossier), serde_json::to_value(&dossier).unwrap());
        for (list, type_name) in ITEMS {
            let fields = Field::of_type(type_name).unwrap();
            for (place, item) in whole[list].as_array().unwrap().iter().enumerate() {
                let maker = Maker { choices: &choices, problems: &[], inviting: false };
                let mut pairs = Vec::new();
                sent(&maker.rows(&fields, &placed(item), ""), &mut pairs);
                let (again, problems) = read(&choices, type_name, item, pairs);
                assert!(problems.is_empty(), "{} {list} {place}: {problems:?}", dossier.reference);
                let mut changed = whole.clone();
                changed[list][place] = again;
                let changed = intake::read(&serde_json::to_vec(&changed).unwrap());
                assert_eq!(changed.as_ref(), Ok(&dossier), "{} {list} {place}", dossier.reference);
                seen += 1;
            }
        }
    }
    assert!(seen > 250, "{seen} items");
}

#[test]
fn a_new_item_gets_an_id_and_a_new_part_of_it_too() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let choices = Choices::in_case(&dossier);
    let pairs = [
        ("kind", "threat"),
        ("description", "Er is gebeld."),
        ("time/precision", "day"),
        ("time/on", "2026-11-20"),
        ("statements/aantal", "2"),
        ("statements/0/by", "moeder"),
        ("statements/0/kind", "asserts"),
        ("statements/0/content", "Hij belde."),
    ];
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (event, problems) = read(&choices, "Event", &Value::Null, pairs);
    assert!(problems.is_empty(), "{problems:?}");
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    assert!(id(&event) != id(&event["statements"][0]) && id(&event).starts_with("n-"), "{event}");
    assert_eq!(event["time"], json!({"precision": "day", "on": "2026-11-20"}), "no field of another form of time");
    assert_eq!(event["statements"].as_array().unwrap().len(), 1, "an empty one is none");
    let mut whole = serde_json::to_value(&dossier).unwrap();
    whole["events"].as_array_mut().unwrap().push(event);
    assert!(intake::read(&serde_json::to_vec(&whole).unwrap()).is_ok());
}

#[test]
fn a_time_that_is_filled_in_says_itself_how_precisely_it_is_known() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let choices = Choices::in_case(&dossier);
    let time = |fields: &[(&str, &str)]| {
        let given = [("kind", "threat"), ("description", "Er is gebeld.")];
        let all = given.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (event, problems) = read(&choices, "Event", &Value::Null, all.collect());
        (event["time"].clone(), problems)
    };
    assert_eq!(time(&[("time/on", "2026-11-20")]).0, json!({"precision": "day", "on": "2026-11-20"}));
    assert_eq!(time(&[("time/description", "die zomer")]).0["precision"], "period");
    assert_eq!(time(&[("time/at", "2026-11-20T19:50")]).0["precision"], "instant");
    let said = time(&[("time/precision", "unknown"), ("time/on", "2026-11-20")]);
    assert_eq!(said.0["precision"], "unknown", "what was chosen stands");
    // Two kinds of time are no answer: then it is asked.
    let both = time(&[("time/on", "2026-11-20"), ("time/at", "2026-11-20T19:50")]);
    assert_eq!(both.1, ["/time/precision"]);
}

#[test]
fn moments_that_lapse_each_have_a_field_of_the_browser_and_stay_as_they_were() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let choices = Choices::in_case(&dossier);
    let old = json!({"first": "2026-11-27T17:00:00", "minutes": 60, "except": ["2026-12-25T17:00:30"]});
    let fields = Field::of_type("Schedule").unwrap();
    let maker = Maker { choices: &choices, problems: &[], inviting: false };
    let rows = maker.rows(&fields, &old, "");
    let row = rows.iter().find(|row| row.name == "except").unwrap();
    let values: Vec<&str> = row.options.iter().map(|option| option.value.as_str()).collect();
    assert_eq!((row.is.moments, values), (Some("datetime-local"), vec!["2026-12-25T17:00", "", "", ""]));
    let given = [("first", "2026-11-27T17:00"), ("minutes", "60"), ("except", "2026-12-25T17:00"), ("except", "")];
    let more = given.iter().chain(&[("except", "2027-01-01T17:00")]);
    let pairs = more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (schedule, problems) = read(&choices, "Schedule", &old, pairs);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(schedule["except"], json!(["2026-12-25T17:00:30", "2027-01-01T17:00:00"]));
}

#[test]
fn on_omgang_is_decided_in_a_family_matter_only() {
    let dossier = intake::read(include_bytes!("../../../templates/demo/gezin.json")).unwrap();
    let field = Field::of_type("OmgangPlan").unwrap().into_iter().find(|field| field.name == "matter").unwrap();
    let offered = |kind| Choices::of(&dossier, kind).for_field(field.words, Some("MatterId")).unwrap();
    let domains = |kind| -> Vec<Domain> {
        let of = |id: &str| dossier.matters.iter().find(|matter| matter.id.as_str() == id).unwrap().domain;
        offered(kind).iter().map(|(id, _)| of(id)).collect()
    };
    for kind in [DraftKind::Omgang, DraftKind::Gezag] {
        assert!(!domains(kind).is_empty() && domains(kind).iter().all(|domain| *domain == Domain::Family), "{kind:?}");
    }
    assert!(domains(DraftKind::Gedragsinterventie).contains(&Domain::Criminal));
}
