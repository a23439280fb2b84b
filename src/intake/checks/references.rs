//! Every reference points at something that exists and is of the right kind.
//!
//! The references are read from the file's own JSON: a field's name says what it points at.
//! So a new field in the model needs one line in `kind_of`, and a test holds that no field
//! of an id type is forgotten.

use crate::dossier::model::Dossier;
use crate::intake::Problem;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a reference points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Person,
    Child,
    Party,
    Matter,
    Document,
    Address,
    Measure,
    Request,
    Fact,
    Statement,
}

impl Target {
    fn dutch(self) -> &'static str {
        match self {
            Self::Person => "persoon",
            Self::Child => "kind",
            Self::Party => "persoon of instantie",
            Self::Matter => "zaak",
            Self::Document => "document",
            Self::Address => "adres",
            Self::Measure => "maatregel",
            Self::Request => "verzoek",
            Self::Fact => "feit",
            Self::Statement => "verklaring",
        }
    }
}

struct Known<'a> {
    persons: BTreeSet<&'a str>,
    children: BTreeSet<&'a str>,
    organisations: BTreeSet<&'a str>,
    matters: BTreeSet<&'a str>,
    documents: BTreeSet<&'a str>,
    addresses: BTreeSet<&'a str>,
    measures: BTreeSet<&'a str>,
    requests: BTreeSet<&'a str>,
    statements: BTreeSet<&'a str>,
    facts: BTreeSet<String>,
}

impl<'a> Known<'a> {
    fn of(dossier: &'a Dossier) -> Self {
        Self {
            persons: dossier.persons.iter().map(|item| item.id.as_str()).collect(),
            children: dossier.children().map(|item| item.id.as_str()).collect(),
            organisations: dossier.organisations.iter().map(|item| item.id.as_str()).collect(),
            matters: dossier.matters.iter().map(|item| item.id.as_str()).collect(),
            documents: dossier.documents.iter().map(|item| item.id.as_str()).collect(),
            addresses: dossier.persons.iter().flat_map(|item| &item.addresses).map(|item| item.id.as_str()).collect(),
            measures: dossier.measures.iter().map(|item| item.id.as_str()).collect(),
            requests: dossier.requests.iter().map(|item| item.id.as_str()).collect(),
            statements: dossier.events.iter().flat_map(|item| &item.statements).map(|item| item.id.as_str()).collect(),
            facts: dossier.fact_ids().into_iter().map(|id| id.0).collect(),
        }
    }

    fn has(&self, target: Target, id: &str) -> bool {
        match target {
            Target::Person => self.persons.contains(id),
            Target::Child => self.children.contains(id),
            Target::Party => self.persons.contains(id) || self.organisations.contains(id),
            Target::Matter => self.matters.contains(id),
            Target::Document => self.documents.contains(id),
            Target::Address => self.addresses.contains(id),
            Target::Measure => self.measures.contains(id),
            Target::Request => self.requests.contains(id),
            Target::Fact => self.facts.contains(id),
            Target::Statement => self.statements.contains(id),
        }
    }
}

pub(super) fn check(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let known = Known::of(dossier);
    // Writing plain data as JSON cannot fail; if it did, there would be nothing to walk.
    let Ok(value) = serde_json::to_value(dossier) else { return };
    walk(&value, &mut Place::default(), &known, problems);
}

/// Where the walk is: the pointer, and the names of the fields on the way.
#[derive(Default)]
struct Place<'v> {
    pointer: String,
    names: Vec<&'v str>,
}

fn walk<'v>(value: &'v Value, place: &mut Place<'v>, known: &Known<'_>, problems: &mut Vec<Problem>) {
    let length = place.pointer.len();
    match value {
        Value::String(id) => {
            let Some(target) = kind_of(&place.names) else { return };
            if !known.has(target, id) {
                let message = format!("Dit verwijst naar een {} die niet in het dossier staat.", target.dutch());
                let message = message.replace("kind die", "kind dat").replace("adres die", "adres dat");
                let message = message.replace("document die", "document dat").replace("verzoek die", "verzoek dat");
                problems.push(Problem::at(
                    &place.pointer,
                    "unknown_reference",
                    message.replace("feit die", "feit dat"),
                ));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                place.pointer.push_str(&format!("/{index}"));
                walk(item, place, known, problems);
                place.pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                place.pointer.push('/');
                place.pointer.push_str(name);
                place.names.push(name);
                walk(item, place, known, problems);
                place.names.pop();
                place.pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// What a field points at, by its name and the names around it.
fn kind_of(names: &[&str]) -> Option<Target> {
    let (name, rest) = names.split_last()?;
    let parent = rest.last().copied().unwrap_or_default();
    let within = |wanted: &str| names.contains(&wanted);
    let target = match *name {
        "actors" | "targets" | "restrained" | "protected" | "with" | "participants" | "against" | "withheld_from"
        | "inspection_by" | "informants" | "about" | "protects" | "parents" | "contact_struck_for" | "dwangsom_on"
        | "accused" | "person" | "parent" | "applicant" | "respondent" | "in_favour" => match (*name, parent) {
            ("about", "judge_words") => return None,
            _ => Target::Person,
        },
        "child" | "children" if !rest.is_empty() => Target::Child,
        "from" | "to" => match parent {
            "relations" | "handover" => Target::Person,
            _ => return None,
        },
        "on" if parent == "conditions" && within("omgang") => Target::Person,
        "by" => match parent {
            "judge_words" | "deviations" => return None,
            "answers" | "consents" => Target::Person,
            _ => Target::Party,
        },
        "holder" | "issued_by" | "assessor" | "provider" | "author" | "via" | "through" | "interim_holder"
        | "information_via" | "evaluated_by" | "stopped_by" | "checked_by" | "supervised_by" | "appeared" => {
            Target::Party
        }
        "matter" | "imposed_in" => Target::Matter,
        "document" => Target::Document,
        "address" if parent == "places" || parent == "place" => Target::Address,
        "extends" | "imposed" | "breach_of" | "replaces" => Target::Measure,
        "measure" if parent == "earlier_order" => Target::Measure,
        "request" | "subsidiary_to" => Target::Request,
        "repeats" => Target::Statement,
        "suspicion_facts" | "acute_facts" | "ground_facts" | "enforceability_facts" | "danger_facts" | "new_facts" => {
            Target::Fact
        }
        "events" if parent == "offences" => Target::Fact,
        _ => return None,
    };
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::kind_of;
    use serde_json::Value;

    /// Walks the schema along every path of field names down to the references.
    fn unchecked(schema: &Value, root: &Value, names: &mut Vec<String>, found: &mut Vec<String>) {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let name = target.rsplit('/').next().unwrap();
            let own = names.last().is_some_and(|last| last == "id");
            let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
            if name.ends_with("Id") && !own && kind_of(&borrowed).is_none() {
                found.push(names.join("."));
            }
            return unchecked(&root["$defs"][name], root, names, found);
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            names.push(name.clone());
            unchecked(property, root, names, found);
            names.pop();
        }
        for part in ["items"].iter().filter_map(|key| schema.get(key)) {
            unchecked(part, root, names, found);
        }
        for part in ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema[key].as_array()).flatten() {
            unchecked(part, root, names, found);
        }
    }

    #[test]
    fn every_reference_in_the_model_is_checked() {
        let schema = crate::intake::schema();
        let mut found = Vec::new();
        unchecked(schema, schema, &mut Vec::new(), &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
