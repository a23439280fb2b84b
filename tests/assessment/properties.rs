//! What holds for every dossier: a party is a name, order is nothing, and what has nothing to do
//! with the matter changes nothing.
//!
//! Each property is tried on a few dozen generated dossiers, or on as many as
//! `COMBIZITTING_GEVALLEN` says: `COMBIZITTING_GEVALLEN=10000 cargo test --test suite assessment::properties`.

use super::fixture::{day, event, family};
use combizitting::assessment::engine::FAIRNESS;
use combizitting::assessment::model::{Assessment, CriterionClass, Finding, Outcome};
use combizitting::assessment::{assess, builtin, outcomes};
use combizitting::dossier::model::{Domain, Dossier, Sex};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

fn run(dossier: &Dossier) -> Assessment {
    assess(dossier, builtin().expect("frameworks"), day(), &[]).expect("an assessment")
}

/// What a finding says, without the texts in which names stand.
fn said(finding: &Finding) -> Value {
    let mut value = serde_json::to_value(finding).expect("JSON");
    let map = value.as_object_mut().expect("an object");
    map.retain(|key, _| !matches!(key.as_str(), "explanation" | "summary" | "to_do" | "question" | "why"));
    // What is missing is told with names as well; that as much is missing must stay.
    map.insert("missing".to_owned(), json!(finding.missing.len()));
    value
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

/// The two parents exchanged, everywhere but in the list of persons.
fn exchange(value: &Value) -> Value {
    match value {
        Value::String(id) if id == "a" => json!("b"),
        Value::String(id) if id == "b" => json!("a"),
        Value::Array(items) => items.iter().map(exchange).collect(),
        Value::Object(map) => map.iter().map(|(key, item)| (key.clone(), exchange(item))).collect(),
        other => other.clone(),
    }
}

fn exchanged(dossier: &Dossier) -> Dossier {
    let mut value = serde_json::to_value(dossier).expect("JSON");
    let persons = value["persons"].clone();
    value = exchange(&value);
    value["persons"] = persons;
    serde_json::from_value(value).expect("a dossier")
}

fn some_event() -> impl Strategy<Value = Value> {
    let kinds =
        select(vec!["physical", "coercive_control", "threat", "stalking", "separation", "protective", "child_abuse"]);
    let statuses = select(vec!["established", "admitted", "plausible", "alleged", "disputed", "refuted", "unknown"]);
    let signs = select(vec!["strangulation", "death_threat", "jealousy", "reactive", "children_as_leverage"]);
    let actors = select(vec![vec!["a"], vec!["b"], vec!["a", "b"], vec![]]);
    (kinds, statuses, signs, actors, any::<bool>(), 1_u32..28).prop_map(|(kind, status, sign, actors, answered, on)| {
        let targets = if actors == ["a"] { vec!["b", "kind"] } else { vec!["a"] };
        let answers: Vec<Value> = if answered {
            actors.iter().map(|by| json!({"by": by, "stance": "disputes"})).collect()
        } else {
            Vec::new()
        };
        let changes = json!({"kind": kind, "signs": [sign], "actors": actors, "targets": targets, "answers": answers,
            "time": {"precision": "day", "on": format!("2026-10-{on:02}")}});
        event("later-genummerd", status, changes)
    })
}

fn some_dossier() -> impl Strategy<Value = Dossier> {
    (proptest::collection::vec(some_event(), 0..6), any::<bool>()).prop_map(|(mut events, proposed)| {
        for (number, event) in events.iter_mut().enumerate() {
            event["id"] = json!(format!("e{number}"));
        }
        let mut dossier = family(json!(events));
        if proposed {
            dossier.proposals = serde_json::from_value(json!([
                {"id": "voorstel", "kind": "mediation", "participants": ["a", "b"], "screened": true}
            ]))
            .expect("a proposal");
            dossier.measures = serde_json::from_value(json!([
                {"id": "ban", "instrument": "huisverbod", "matter": "fam", "state": "in_force",
                 "starts": "2026-10-30T10:00:00+01:00", "ends": "2026-11-09T10:00:00+01:00",
                 "restrained": ["a"], "protected": ["b", "kind"], "rules": [{"effect": "forbids", "conduct": "contact"}]}
            ]))
            .expect("a measure");
        }
        dossier
    })
}

/// Every event told once by the neighbour, with this many copies of that in other papers.
fn with_statements(dossier: &Dossier, copies: usize) -> Dossier {
    let mut told = dossier.clone();
    for event in &mut told.events {
        let id = |number: usize| format!("{}-v{number}", event.id);
        let statement = |number: usize| {
            let repeats = if number == 0 { Value::Null } else { json!(id(0)) };
            json!({"id": id(number), "by": "buur", "content": "Ik zag het.", "kind": "observes", "repeats": repeats})
        };
        let statements: Value = (0..=copies).map(statement).collect();
        event.statements = serde_json::from_value(statements).expect("statements");
    }
    told
}

/// Dossiers for each property.
fn cases() -> u32 {
    std::env::var("COMBIZITTING_GEVALLEN").ok().and_then(|text| text.parse().ok()).unwrap_or(48)
}

/// The same finding in another assessment: same criterion, asked for the same.
fn same<'a>(assessment: &'a Assessment, finding: &Finding) -> &'a Finding {
    let is_same = |other: &&Finding| {
        (&other.framework, &other.criterion, &other.about) == (&finding.framework, &finding.criterion, &finding.about)
    };
    assessment.findings.iter().find(is_same).expect("every criterion is asked again")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parties_exchanged_give_the_same_findings_with_the_parties_exchanged(dossier in some_dossier()) {
        let straight: Vec<Value> = run(&dossier).findings.iter().map(|finding| exchange(&said(finding))).collect();
        let swapped: Vec<Value> = run(&exchanged(&dossier)).findings.iter().map(said).collect();
        prop_assert_eq!(sorted(straight), sorted(swapped));
    }

    #[test]
    fn outcomes_alone_are_those_of_the_whole_assessment(dossier in some_dossier()) {
        let alone = outcomes(&dossier, builtin().expect("frameworks"), day(), &[]).expect("outcomes");
        let alone: Vec<_> = alone
            .into_iter()
            .map(|item| (item.framework.to_owned(), item.criterion.to_owned(), item.about, item.outcome))
            .collect();
        let whole: Vec<_> = run(&dossier)
            .findings
            .into_iter()
            .map(|finding| (finding.framework, finding.criterion, finding.about, finding.outcome))
            .collect();
        prop_assert_eq!(alone, whole);
    }

    #[test]
    fn the_order_of_facts_changes_nothing(dossier in some_dossier()) {
        let mut turned = dossier.clone();
        turned.events.reverse();
        turned.persons.reverse();
        turned.relations.reverse();
        turned.measures.reverse();
        turned.documents.reverse();
        let (one, other) = (run(&dossier), run(&turned));
        prop_assert_eq!(one.findings, other.findings);
        prop_assert_eq!(one.questions, other.questions);
    }

    #[test]
    fn the_sex_of_a_person_changes_nothing(dossier in some_dossier()) {
        let mut other = dossier.clone();
        for person in &mut other.persons {
            person.sex = if person.sex == Sex::F { Sex::M } else { Sex::F };
        }
        let (one, other) = (run(&dossier), run(&other));
        prop_assert_eq!(one.findings, other.findings);
        prop_assert_eq!(one.questions, other.questions);
    }

    #[test]
    fn copies_of_a_statement_change_no_outcome(dossier in some_dossier(), copies in 1_usize..4) {
        let said_once = with_statements(&dossier, 0);
        let repeated = with_statements(&dossier, copies);
        let bare = |assessment: &Assessment| assessment.findings.iter().map(said).collect::<Vec<_>>();
        prop_assert_eq!(bare(&run(&said_once)), bare(&run(&repeated)));
    }

    #[test]
    fn criminal_material_without_release_supports_no_finding_elsewhere_and_is_told(dossier in some_dossier()) {
        let (mut closed, mut without) = (dossier.clone(), dossier);
        let mut number = 0;
        for event in closed.events.iter_mut().step_by(2) {
            event.restriction = serde_json::from_value(json!({"origin": "criminal"})).expect("a restriction");
            number += 1;
        }
        without.events = without.events.into_iter().enumerate().filter(|(at, _)| at % 2 == 1).map(|(_, it)| it).collect();
        let elsewhere = |assessment: &Assessment| -> Vec<Finding> {
            assessment.findings.iter().filter(|finding| finding.domain != Domain::Criminal).cloned().collect()
        };
        let assessed = run(&closed);
        prop_assert_eq!(elsewhere(&assessed), elsewhere(&run(&without)));
        for domain in [Domain::Family, Domain::Administrative] {
            let told: usize = assessed.withheld.iter().filter(|item| item.domain == domain).map(|item| item.items).sum();
            prop_assert_eq!(told, number);
        }
    }

    #[test]
    fn one_more_established_fact_of_the_same_kind_never_takes_a_norm_away(dossier in some_dossier(), at in 0_usize..6) {
        let Some(event) = dossier.events.get(at).cloned() else { return Ok(()) };
        let mut more = dossier.clone();
        let established = json!({"family": "established", "criminal": "established", "administrative": "established"});
        let mut again = event.clone();
        again.id = "zz-nogmaals".into();
        again.status = serde_json::from_value(established).expect("a status");
        more.events.push(again);
        let after = run(&more).findings;
        let supported = |finding: &&Finding| {
            finding.class == CriterionClass::Norm
                && finding.outcome == Outcome::Met
                && finding.facts_for.iter().any(|fact| fact.as_str() == event.id.as_str())
        };
        for before in run(&dossier).findings.iter().filter(supported) {
            let same = |other: &&Finding| {
                (&other.framework, &other.criterion, &other.about) == (&before.framework, &before.criterion, &before.about)
            };
            prop_assert_eq!(after.iter().find(same).map(|finding| finding.outcome), Some(Outcome::Met));
        }
    }

    #[test]
    fn an_unknown_fact_never_answers_no(dossier in some_dossier(), at in 0_usize..6) {
        let mut without = dossier.clone();
        if at >= without.events.len() {
            return Ok(());
        }
        let mut event = without.events.remove(at);
        event.status = Default::default();
        let mut unknown = without.clone();
        unknown.events.push(event);
        let (without, unknown) = (run(&without), run(&unknown));
        // The fairness rules ask whether the file holds an answer; that it holds none is known, whatever the event.
        let about_what_happened = |finding: &&Finding| finding.framework != FAIRNESS;
        let said_no = unknown.findings.iter().filter(|finding| finding.outcome == Outcome::NotMet);
        for finding in said_no.filter(about_what_happened) {
            let then = same(&without, finding);
            prop_assert_eq!(then.outcome, Outcome::NotMet, "{}/{}", then.framework, then.criterion);
        }
    }

    #[test]
    fn two_runs_give_identical_bytes(dossier in some_dossier()) {
        let bytes = |assessment: &Assessment| serde_json::to_vec(assessment).expect("JSON");
        prop_assert_eq!(bytes(&run(&dossier)), bytes(&run(&dossier)));
    }

    #[test]
    fn a_fact_that_has_nothing_to_do_with_it_changes_nothing(dossier in some_dossier()) {
        let mut more = dossier.clone();
        let aside = json!({"id": "zz-terzijde", "kind": "other", "actors": ["buur"], "targets": ["buur"],
            "time": {"precision": "day", "on": "2026-01-01"}, "description": "De buur verhuisde.",
            "status": {"family": "established", "criminal": "established", "administrative": "established"}});
        more.events.push(serde_json::from_value(aside).expect("an event"));
        prop_assert_eq!(run(&dossier).findings, run(&more).findings);
    }
}
