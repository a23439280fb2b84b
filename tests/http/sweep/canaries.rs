//! A dossier with a word of its own in every field that can be secret, for every party. Which
//! fields those are comes from the schema: a new kind of item with a restriction is in the sweep at once.

use crate::http::harness::Who;
use crate::support::families::demo;
use combizitting::dossier::model::Dossier;
use serde_json::{Value, json};

/// Who may read a word, decided here and not by the code under test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum May {
    /// Judge and clerk.
    Court,
    /// Judge and clerk, and the advocate of this person.
    Only(String),
    /// The criminal judge, the clerk and the suspect (the father).
    CriminalFile,
    /// Judges who sit in the family domain, and the clerk.
    FamilyBench,
    /// The court and who handed it in.
    HandedIn(Who),
}

impl May {
    pub fn read(&self, who: Who) -> bool {
        let court = matches!(who, Who::Judge | Who::FamilyJudge | Who::Clerk);
        match self {
            Self::Court | Self::FamilyBench => court,
            Self::Only(person) => court || client_of(who) == Some(person.as_str()),
            Self::CriminalFile => matches!(who, Who::Judge | Who::Clerk | Who::OtherSide),
            // Who acts for an advocate reads what was handed in for that advocate.
            Self::HandedIn(by) => court || who == *by || (*by, who) == (Who::Advocate, Who::Delegate),
        }
    }

    /// Whether it may stand in a paper that all parties in the case will read.
    pub fn stand_on_paper(&self, draft: &str) -> bool {
        match self {
            Self::FamilyBench => true,
            Self::CriminalFile => draft == "gedragsinterventie",
            Self::Court | Self::Only(_) | Self::HandedIn(_) => false,
        }
    }
}

fn client_of(who: Who) -> Option<&'static str> {
    match who {
        Who::Advocate | Who::Delegate => Some("moeder"),
        Who::OtherSide => Some("vader"),
        _ => None,
    }
}

/// A word that occurs nowhere else.
#[derive(Clone, Debug)]
pub struct Canary {
    pub word: String,
    pub place: String,
    pub may: May,
}

/// Gives each secret its own word.
#[derive(Default)]
pub struct Aviary {
    pub all: Vec<Canary>,
}

impl Aviary {
    pub fn word(&mut self, place: &str, may: May) -> String {
        let word = format!("zqx{:04}qz", self.all.len());
        self.all.push(Canary { word: word.clone(), place: place.to_owned(), may });
        word
    }
}

/// The demo family with canaries.
pub fn dossier(aviary: &mut Aviary) -> Dossier {
    let schema = serde_json::to_value(combizitting::intake::schema()).unwrap();
    let mut file = serde_json::to_value(demo()).unwrap();
    let persons: Vec<String> =
        file["persons"].as_array().unwrap().iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect();
    let lists = restricted_lists(&schema);
    assert!(lists.len() >= 7, "{lists:?}");
    for (path, kind) in &lists {
        for (may, restriction) in restrictions(&persons) {
            let word = aviary.word(&path.join("/"), may.clone());
            let mut item = first_at(&file, path)
                .unwrap_or_else(|| panic!("the demo family has no {}: give it one", path.join("/")))
                .clone();
            rename_ids(&mut item, &word);
            fill(&schema, kind, &mut item, &word);
            clear(&mut item);
            if may == May::CriminalFile {
                of_the_police(&mut item);
            }
            item["restriction"] = restriction;
            let list = list_at(&mut file, path).unwrap();
            list.push(item);
        }
    }
    addresses(aviary, &schema, &mut file, &persons);
    let mut hearing = file["child_hearings"][0].clone();
    rename_ids(&mut hearing, "zqx-horen");
    hearing["shared_summary"] =
        json!(format!("Het kind zei {}.", aviary.word("child_hearings/shared_summary", May::Court)));
    hearing.as_object_mut().unwrap().remove("sharing_checked");
    file["child_hearings"].as_array_mut().unwrap().push(hearing);
    let words = aviary.word("judge_words/text", May::FamilyBench);
    file["judge_words"].as_array_mut().unwrap().push(json!({"about": "istanbul/IV4", "domain": "family",
        "text": format!("Overweging {words}."), "by": "de kinderrechter", "on": "2026-11-16"}));
    combizitting::intake::read(file.to_string().as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn restrictions(persons: &[String]) -> Vec<(May, Value)> {
    let others = |own: &String| persons.iter().filter(|person| *person != own).cloned().collect::<Vec<_>>();
    let mut out = vec![
        (May::Court, json!({"origin": "family", "secret_source": true})),
        (May::Court, json!({"origin": "family", "withheld_from": persons})),
        (May::CriminalFile, json!({"origin": "criminal"})),
    ];
    out.extend(
        persons
            .iter()
            .map(|person| (May::Only(person.clone()), json!({"origin": "family", "withheld_from": others(person)}))),
    );
    out
}

/// For each person an address that is secret, one that nobody asked after, and a refuge marked open.
fn addresses(aviary: &mut Aviary, schema: &Value, file: &mut Value, persons: &[String]) {
    for (at, person) in persons.iter().enumerate() {
        for (kind, secrecy) in [("stay", Some("secret")), ("work", None), ("refuge", Some("open"))] {
            let word = aviary.word("persons/addresses", May::Only(person.clone()));
            let mut address = json!({"id": format!("adr-{word}"), "kind": kind});
            fill(schema, "Address", &mut address, &word);
            if let Some(secrecy) = secrecy {
                address["secrecy"] = json!(secrecy);
            }
            let person = &mut file["persons"][at];
            if person["addresses"].is_null() {
                person["addresses"] = json!([]);
            }
            person["addresses"].as_array_mut().unwrap().push(address);
        }
    }
}

/// Every list in the schema whose items carry a restriction, with the name of their type.
fn restricted_lists(schema: &Value) -> Vec<(Vec<String>, String)> {
    let mut out = Vec::new();
    walk(schema, schema, &mut Vec::new(), &mut out);
    out
}

fn walk(schema: &Value, at: &Value, path: &mut Vec<String>, out: &mut Vec<(Vec<String>, String)>) {
    for (name, property) in at["properties"].as_object().into_iter().flatten() {
        let Some(kind) = reference(&property["items"]) else { continue };
        let target = &schema["$defs"][&kind];
        if target["type"] != "object" || path.len() > 3 {
            continue;
        }
        path.push(name.clone());
        if target["properties"].get("restriction").is_some() {
            out.push((path.clone(), kind));
        }
        walk(schema, target, path, out);
        path.pop();
    }
}

fn reference(schema: &Value) -> Option<String> {
    let direct = schema["$ref"].as_str();
    let nullable = schema["anyOf"].as_array().into_iter().flatten().find_map(|one| one["$ref"].as_str());
    direct.or(nullable).and_then(|text| text.strip_prefix("#/$defs/")).map(str::to_owned)
}

fn first_at<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    let (name, rest) = path.split_first()?;
    let mut items = value[name].as_array()?.iter();
    if rest.is_empty() { items.next() } else { items.find_map(|item| first_at(item, rest)) }
}

fn list_at<'a>(value: &'a mut Value, path: &[String]) -> Option<&'a mut Vec<Value>> {
    let (name, rest) = path.split_first()?;
    if rest.is_empty() {
        return value.get_mut(name)?.as_array_mut();
    }
    // The parent is one that every reader keeps, so that only the item's own restriction counts.
    let open = |item: &Value| item["restriction"].is_null() && first_at(item, rest).is_some();
    let parent = value.get_mut(name)?.as_array_mut()?.iter_mut().find(|item| open(item))?;
    list_at(parent, rest)
}

/// New ids for an item and all in it.
fn rename_ids(value: &mut Value, word: &str) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(id)) = fields.get_mut("id") {
                *id = format!("{id}-{word}");
            }
            fields.values_mut().for_each(|item| rename_ids(item, word));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_ids(item, word)),
        _ => {}
    }
}

/// Puts the word in every free text of an item, also where the example has none.
fn fill(schema: &Value, kind: &str, item: &mut Value, word: &str) {
    let properties = schema["$defs"][kind]["properties"].as_object().unwrap().clone();
    for (name, property) in properties {
        if is_free_text(&property) && name != "rrule" {
            item[&name] = json!(format!("{word} kanarie"));
        } else if let Some(inner) = reference(&property).filter(|inner| is_object(schema, inner)) {
            if item[&name].is_object() {
                fill(schema, &inner, &mut item[&name], word);
            }
        } else if let Some(inner) = reference(&property["items"]).filter(|inner| is_object(schema, inner)) {
            for part in item.get_mut(&name).and_then(Value::as_array_mut).into_iter().flatten() {
                fill(schema, &inner, part, word);
            }
        }
    }
}

fn is_object(schema: &Value, kind: &str) -> bool {
    schema["$defs"][kind]["properties"].is_object()
}

fn is_free_text(property: &Value) -> bool {
    let text = property["type"] == "string"
        || property["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("string")));
    text && ["format", "pattern", "enum", "const"].iter().all(|limit| property.get(*limit).is_none())
}

/// Takes away inner restrictions, and references that make a copy contradict its example.
fn clear(value: &mut Value) {
    if let Value::Object(fields) = value {
        for name in ["restriction", "repeats", "extends", "breach_of", "sha256", "source", "besluit_annex"] {
            fields.remove(name);
        }
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(clear),
        Value::Array(items) => items.iter_mut().for_each(clear),
        _ => {}
    }
}

/// Nothing of it is the victim's own.
fn of_the_police(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_answer = fields.contains_key("stance");
            for (name, own) in [("by", if is_answer { "vader" } else { "politie" }), ("author", "politie")] {
                if let Some(Value::String(text)) = fields.get_mut(name) {
                    *text = own.to_owned();
                }
            }
            if let Some(list) = fields.get_mut("protected") {
                *list = json!(["noor"]);
            }
            fields.values_mut().for_each(of_the_police);
        }
        Value::Array(items) => items.iter_mut().for_each(of_the_police),
        _ => {}
    }
}
