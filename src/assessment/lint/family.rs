//! The base family of the cases, and the dossier that a case makes of it.

use crate::assessment::language::Fragments;
use crate::dossier::model::Dossier;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Map, Value, json};

/// Which parent plays which part in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// As written.
    AsWritten,
    /// The two parents swapped.
    Swapped,
}

/// The other parent when parts are swapped.
pub fn swapped(id: &str) -> &str {
    match id {
        "ouder-a" => "ouder-b",
        "ouder-b" => "ouder-a",
        other => other,
    }
}

/// The dossier of a case.
///
/// # Errors
/// A Dutch message when a fragment does not fit the dossier model.
pub fn dossier(on: NaiveDate, with: &Fragments, parts: Parts) -> Result<Dossier, String> {
    let mut added = Value::Object(fragments(on, with));
    if parts == Parts::Swapped {
        added = swap(added);
    }
    serde_json::from_value(complete(base(on), added))
        .map_err(|error| format!("De feiten van de casus passen niet in een dossier: {error}."))
}

/// Fragments with their defaults, as keys of a dossier.
fn fragments(on: NaiveDate, with: &Fragments) -> Map<String, Value> {
    let mut added = Map::new();
    added.insert("events".to_owned(), list(&with.events, |number, item| event(on, number, item)));
    added.insert("measures".to_owned(), list(&with.measures, |number, item| measure(on, number, item)));
    added.insert(
        "instrument_results".to_owned(),
        list(&with.instrument_results, |number, item| {
            let id = format!("uitslag-{number}");
            over(json!({"id": id, "instrument": "other", "on": day(on, 5), "result": "zie de uitslag"}), item)
        }),
    );
    added.insert(
        "help".to_owned(),
        list(&with.help, |number, item| {
            let id = format!("hulp-{number}");
            over(
                json!({"id": id, "person": "ouder-a", "kind": "course", "response": "accepted", "progress": "running",
            "status": "established"}),
                item,
            )
        }),
    );
    procedure(on, with, &mut added);
    added
}

/// What parties, children and the court did.
fn procedure(on: NaiveDate, with: &Fragments, added: &mut Map<String, Value>) {
    added.insert(
        "child_hearings".to_owned(),
        list(&with.child_hearings, |number, item| {
            over(
                json!({"id": format!("gehoor-{number}"), "child": "kind-a", "matter": "familie", "outcome": "heard"}),
                item,
            )
        }),
    );
    added.insert(
        "requests".to_owned(),
        list(&with.requests, |number, item| {
            over(
                json!({"id": format!("verzoek-{number}"), "matter": "familie", "kind": "omgang", "by": "ouder-a",
            "content": "Een verzoek in deze casus"}),
                item,
            )
        }),
    );
    added.insert("proposals".to_owned(), list(&with.proposals, |number, item| {
        over(json!({"id": format!("voorstel-{number}"), "kind": "mediation", "participants": ["ouder-a", "ouder-b"]}), item)
    }));
    added.insert("relations".to_owned(), list(&with.relations, |_, item| item.clone()));
    added.insert(
        "judge_words".to_owned(),
        list(&with.judge_words, |_, item| {
            over(
                json!({"domain": "family", "text": "Het oordeel in deze casus", "by": "de rechter", "on": day(on, 0)}),
                item,
            )
        }),
    );
    added.insert("plans".to_owned(), with.plans.clone().unwrap_or_else(|| json!({})));
    added.insert("gezag".to_owned(), with.gezag.clone().map_or(Value::Null, Value::Array));
    added.insert(
        "criminal".to_owned(),
        with.criminal
            .as_ref()
            .map_or(Value::Null, |item| over(json!({"accused": "ouder-a", "phase": "suspicion"}), item)),
    );
    let persons = with.persons.iter().map(|(id, change)| (id.0.clone(), change.clone())).collect();
    added.insert("persons".to_owned(), Value::Object(persons));
}

/// Adds fragments to the base family.
fn complete(mut base: Value, added: Value) -> Value {
    let (Value::Object(dossier), Value::Object(added)) = (&mut base, added) else { return base };
    for (key, value) in added {
        match (key.as_str(), value) {
            ("criminal", Value::Null) | ("gezag", Value::Null) => {}
            ("criminal", case) => {
                if let Some(matter) =
                    dossier.get_mut("matters").and_then(|all| all.get_mut(1)).and_then(Value::as_object_mut)
                {
                    matter.insert("criminal".to_owned(), case);
                }
            }
            ("persons", Value::Object(changes)) => change_persons(dossier, &changes),
            ("relations", Value::Array(more)) => {
                if let Some(all) = dossier.get_mut("relations").and_then(Value::as_array_mut) {
                    all.extend(more);
                }
            }
            (_, value) => {
                dossier.insert(key, value);
            }
        }
    }
    base
}

fn change_persons(dossier: &mut Map<String, Value>, changes: &Map<String, Value>) {
    let Some(persons) = dossier.get_mut("persons").and_then(Value::as_array_mut) else { return };
    for (id, change) in changes {
        match persons.iter_mut().find(|person| person.get("id").and_then(Value::as_str) == Some(id)) {
            Some(person) => *person = over(person.clone(), change),
            None => persons.push(over(json!({"id": id, "name": id, "family_role": "other"}), change)),
        }
    }
}

/// An id, or the ids in "framework/criterion[kind-a,ouder-a]".
fn swap_ids(text: &str) -> String {
    match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((head, ids)) => format!("{head}[{}]", ids.split(',').map(swapped).collect::<Vec<_>>().join(",")),
        None => swapped(text).to_owned(),
    }
}

fn swap(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(swap_ids(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(swap).collect()),
        Value::Object(map) => {
            Value::Object(map.into_iter().map(|(key, item)| (swapped(&key).to_owned(), swap(item))).collect())
        }
        other => other,
    }
}

fn list(items: &[Value], complete: impl Fn(usize, &Value) -> Value) -> Value {
    Value::Array(items.iter().enumerate().map(|(at, item)| status_per_domain(complete(at + 1, item))).collect())
}

/// Keys of `item` laid over `default`.
fn over(mut default: Value, item: &Value) -> Value {
    if let (Value::Object(default), Value::Object(item)) = (&mut default, item) {
        default.extend(item.clone());
    }
    default
}

/// `status: plausible` means that status in all three domains.
fn status_per_domain(mut item: Value) -> Value {
    if let Some(status) = item.get_mut("status").filter(|status| status.is_string()) {
        let word = status.take();
        *status = json!({"criminal": word, "administrative": word, "family": word});
    }
    item
}

fn event(on: NaiveDate, number: usize, item: &Value) -> Value {
    let mut event = over(
        json!({"id": format!("feit-{number}"), "kind": "physical", "actors": ["ouder-a"], "targets": ["ouder-b"],
            "time": {"precision": "day", "on": day(on, 10)}, "description": "Een gebeurtenis in deze casus"}),
        item,
    );
    if event.get("answers").is_none() {
        let actors = event.get("actors").and_then(Value::as_array).cloned().unwrap_or_default();
        let answers: Vec<Value> = actors.into_iter().map(|by| json!({"by": by, "stance": "disputes"})).collect();
        if let Value::Object(event) = &mut event {
            event.insert("answers".to_owned(), Value::Array(answers));
        }
    }
    if let Some(statements) = event.get_mut("statements").and_then(Value::as_array_mut) {
        for (at, statement) in statements.iter_mut().enumerate() {
            let id = format!("verklaring-{number}-{}", at + 1);
            *statement =
                over(json!({"id": id, "kind": "asserts", "content": "Een verklaring in deze casus"}), statement);
        }
    }
    event
}

fn measure(on: NaiveDate, number: usize, item: &Value) -> Value {
    let at = |day: Option<NaiveDate>| day.map(|day| crate::shared::moment::start_of_day(day).to_rfc3339());
    over(
        json!({"id": format!("maatregel-{number}"), "matter": "familie", "state": "in_force",
            "starts": at(on.checked_sub_days(Days::new(5))), "ends": at(on.checked_add_days(Days::new(10))),
            "restrained": ["ouder-a"], "protected": ["ouder-b"]}),
        item,
    )
}

fn day(on: NaiveDate, before: u64) -> String {
    on.checked_sub_days(Days::new(before)).unwrap_or(on).to_string()
}

fn base(on: NaiveDate) -> Value {
    let born = |years: u32| on.checked_sub_months(Months::new(years * 12 + 2)).unwrap_or(on).to_string();
    let organisation = |id: &str, kind: &str| json!({"id": id, "name": id, "kind": kind});
    let parent_of = |parent: &str, child: &str| json!({"kind": "parent_of", "from": parent, "to": child});
    let gezag = |holder: &str, child: &str| json!({"child": child, "holder": holder, "form": "joint", "source": {"document": "stuk", "page": 1}});
    let matter = |id: &str, domain: &str, kind: &str| {
        json!({"id": id, "domain": domain, "kind": kind, "state": "pending",
            "numbers": [{"kind": "other", "value": id}], "authority": {"name": "Rechtbank"}})
    };
    json!({
        "format": "1",
        "reference": format!("casus {}", on.year()),
        "persons": [
            {"id": "ouder-a", "name": "Ouder A", "family_role": "parent", "born": born(38), "sex": "f"},
            {"id": "ouder-b", "name": "Ouder B", "family_role": "parent", "born": born(40), "sex": "m"},
            {"id": "kind-a", "name": "Kind A", "family_role": "child", "born": born(14)},
            {"id": "kind-b", "name": "Kind B", "family_role": "child", "born": born(8)}
        ],
        "organisations": [
            organisation("raad", "raad"), organisation("om", "openbaar_ministerie"), organisation("politie", "politie"),
            organisation("burgemeester", "burgemeester"), organisation("gi", "gecertificeerde_instelling"),
            organisation("reclassering", "reclassering"), organisation("veilig-thuis", "veilig_thuis"),
            organisation("aanbieder", "zorgaanbieder")
        ],
        "relations": [
            {"kind": "married", "from": "ouder-a", "to": "ouder-b", "since": "2010-06-01"},
            parent_of("ouder-a", "kind-a"), parent_of("ouder-a", "kind-b"),
            parent_of("ouder-b", "kind-a"), parent_of("ouder-b", "kind-b")
        ],
        "gezag": [
            gezag("ouder-a", "kind-a"), gezag("ouder-a", "kind-b"), gezag("ouder-b", "kind-a"), gezag("ouder-b", "kind-b")
        ],
        "matters": [
            matter("familie", "family", "divorce"), matter("straf", "criminal", "criminal_case"),
            matter("thv", "administrative", "huisverbod")
        ],
        "documents": [{"id": "stuk", "title": "Stuk in deze casus"}]
    })
}
