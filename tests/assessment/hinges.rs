//! The question list holds exactly the facts that decide something, tried by answering each of them.

use super::fixture::day;
use crate::support::families;
use chrono::NaiveDate;
use combizitting::assessment::model::{Assessment, Outcome, QuestionKind};
use combizitting::assessment::{assess, builtin};
use combizitting::dossier::model::{Domain, Dossier, Event, Evidence};
use std::collections::{BTreeMap, BTreeSet};

const DOMAINS: [Domain; 3] = [Domain::Criminal, Domain::Administrative, Domain::Family];

fn run(dossier: &Dossier, on: NaiveDate) -> Assessment {
    assess(dossier, builtin().expect("frameworks"), on, &[]).expect("an assessment")
}

/// Outcomes in one domain. The rules over all frameworks ask about the file (who answered, what is
/// contested), so settling a fact changes them by itself.
fn outcomes(assessment: &Assessment, domain: Domain) -> BTreeMap<String, Outcome> {
    let own = assessment.findings.iter().filter(|finding| finding.domain == domain);
    own.filter(|finding| finding.framework != "00-fairness").map(|item| (item.key(), item.outcome)).collect()
}

/// Whether a criterion that applies in both gets another outcome. One that only begins or ceases to
/// apply, for instance because nothing is alleged any more, is not decided by the answer.
fn differ(before: &BTreeMap<String, Outcome>, after: &BTreeMap<String, Outcome>) -> bool {
    before.iter().any(|(key, outcome)| {
        after.get(key).is_some_and(|other| other != outcome && ![*outcome, *other].contains(&Outcome::NotApplicable))
    })
}

fn settle(dossier: &Dossier, event: &str, domain: Domain, evidence: Evidence) -> Dossier {
    let mut dossier = dossier.clone();
    for item in dossier.events.iter_mut().filter(|item| item.id.as_str() == event) {
        match domain {
            Domain::Criminal => item.status.criminal = evidence,
            Domain::Administrative => item.status.administrative = evidence,
            Domain::Family => item.status.family = evidence,
        }
    }
    dossier
}

fn is_open(event: &Event, domain: Domain) -> bool {
    matches!(event.status.in_domain(domain), Evidence::Alleged | Evidence::Disputed | Evidence::Unknown)
}

/// Open facts whose settling, one way or the other, changes an outcome in the domain.
fn deciding(dossier: &Dossier, on: NaiveDate, domain: Domain) -> BTreeSet<String> {
    let before = outcomes(&run(dossier, on), domain);
    let after = |event: &Event, answer| outcomes(&run(&settle(dossier, event.id.as_str(), domain, answer), on), domain);
    let changes = |event: &&Event| {
        [Evidence::Established, Evidence::Refuted].into_iter().any(|answer| differ(&before, &after(event, answer)))
    };
    let open = dossier.events.iter().filter(|event| is_open(event, domain));
    open.filter(changes).map(|event| event.id.as_str().to_owned()).collect()
}

/// Events among the hinge facts; other records that are open are asked for as missing.
fn hinges(assessment: &Assessment, dossier: &Dossier, domain: Domain) -> BTreeSet<String> {
    let own = assessment.findings.iter().filter(|item| item.domain == domain && item.framework != "00-fairness");
    let is_event = |id: &&str| dossier.events.iter().any(|event| event.id.as_str() == *id);
    own.flat_map(|item| &item.hinge).map(|id| id.as_str()).filter(is_event).map(str::to_owned).collect()
}

#[test]
fn the_hinge_facts_of_the_demo_family_are_those_that_change_an_outcome_when_answered() {
    let (dossier, on) = (families::demo(), families::demo_day());
    let assessment = run(&dossier, on);
    for domain in DOMAINS {
        assert_eq!(hinges(&assessment, &dossier, domain), deciding(&dossier, on, domain), "{domain:?}");
    }
}

#[test]
fn each_question_of_the_demo_family_decides_something_or_is_a_critical_sign() {
    let assessment = run(&families::demo(), families::demo_day());
    let asked: BTreeSet<&str> = assessment
        .questions
        .iter()
        .filter(|question| question.kind == QuestionKind::Hinge)
        .flat_map(|question| &question.facts)
        .map(|id| id.as_str())
        .collect();
    let hinges: BTreeSet<&str> =
        assessment.findings.iter().flat_map(|item| &item.hinge).map(|id| id.as_str()).collect();
    let events: BTreeSet<String> = families::demo().events.iter().map(|event| event.id.as_str().to_owned()).collect();
    let of_events: BTreeSet<&str> = hinges.into_iter().filter(|id| events.contains(*id)).collect();
    assert_eq!(asked, of_events, "each hinge fact is asked about, and nothing else as one");
    for question in &assessment.questions {
        let critical = question.kind == QuestionKind::Critical;
        assert_eq!(question.decides.is_empty(), critical, "{}", question.about);
        assert!(!question.put_to.is_empty() && !question.could_answer.is_empty(), "{}", question.about);
    }
}

#[test]
fn who_is_asked_depends_on_the_part_in_the_event_and_not_on_the_side() {
    let assessment = run(&families::demo(), families::demo_day());
    let question = assessment.questions.iter().find(|item| item.about.contains("bij de keel")).expect("a question");
    let asked: Vec<&str> = question.put_to.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(
        asked,
        [
            "Anna Voorbeeld-Aarden, apart gehoord",
            "Bas Fictief-Zandman, apart gehoord, in de strafzaak verdachte en daar niet verplicht te antwoorden",
            "Huisartsenpraktijk Voorbeeldkwartier",
            "Politie, eenheid Rotterdam",
        ]
    );
    let silence = question.put_to.get(1).and_then(|item| item.sources.first()).expect("the right to silence");
    assert_eq!((silence.reference.as_str(), silence.verified), ("art. 29 Sv", false));
}

#[test]
fn a_young_child_is_not_asked_but_spoken_about() {
    let assessment = run(&families::demo(), families::demo_day());
    let question = assessment.questions.iter().find(|item| item.about.contains("bovenarm")).expect("a question");
    let asked: Vec<&str> = question.put_to.iter().map(|item| item.text.as_str()).collect();
    assert!(asked.contains(&"de Raad voor de Kinderbescherming, over Sem Fictief-Zandman"), "{asked:?}");
    assert!(!asked.iter().any(|text| text.contains("kindgesprek")), "{asked:?}");
}

#[test]
fn hinge_facts_of_generated_families_are_those_that_change_an_outcome() {
    for seed in 0..24_u32 {
        let dossier = families_of(seed);
        let assessment = run(&dossier, day());
        for domain in DOMAINS {
            let (found, tried) = (hinges(&assessment, &dossier, domain), deciding(&dossier, day(), domain));
            let extra: Vec<&String> = tried.difference(&found).collect();
            assert!(extra.is_empty(), "seed {seed}, {domain:?}: {extra:?} decide but are not among the questions");
        }
    }
}

/// Small families of which the facts differ in kind, direction and certainty.
fn families_of(seed: u32) -> Dossier {
    use super::fixture::{event, family};
    use serde_json::json;
    const KINDS: [&str; 6] = ["physical", "threat", "stalking", "coercive_control", "economic", "child_abuse"];
    const STATES: [&str; 5] = ["disputed", "plausible", "alleged", "unknown", "established"];
    let events: Vec<_> = (0..4_u32)
        .map(|at| {
            let mix = seed.wrapping_mul(7).wrapping_add(at.wrapping_mul(3)) as usize;
            let (from, to) = if mix.is_multiple_of(3) { ("b", "a") } else { ("a", "b") };
            let other = json!({"kind": KINDS[mix % KINDS.len()], "actors": [from], "targets": [to]});
            event(&format!("e{at}"), STATES[(mix / 2) % STATES.len()], other)
        })
        .collect();
    family(json!(events))
}

#[test]
fn who_still_has_to_answer_is_asked_and_nobody_else() {
    let file = include_bytes!("../dossiers/ECLI_NL_RBLIM_2016_4840.json");
    let assessment = run(&serde_json::from_slice(file).expect("a dossier"), day());
    let waits: Vec<_> = assessment.questions.iter().filter(|item| item.kind == QuestionKind::Answer).collect();
    assert!(!waits.is_empty(), "someone in this ruling has not answered yet");
    for question in waits {
        for asked in &question.put_to {
            let name = asked.text.split(", die als verdachte").next().unwrap_or_default();
            assert!(question.about.contains(&format!("antwoord van {name}")), "{}: {}", question.about, asked.text);
        }
        assert!(!question.put_to.is_empty(), "{}", question.about);
    }
}
