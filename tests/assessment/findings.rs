//! What a finding says, and what it may never do.

use super::fixture::{day, event, family, finding, framework_file, set};
use combizitting::assessment::model::{EffectKind, Force, Outcome};
use combizitting::assessment::{assess, builtin};
use combizitting::shared::hash::sha256_hex;
use rstest::rstest;
use serde_json::json;

const VIOLENCE: &str = "    rule: {event: {violence: true}}\n    effects:\n\
    \x20     - {when: met, kind: gezag, direction: supports, force: full}\n\
    \x20     - {when: needs_judgement, kind: gezag, direction: supports, force: full}\n\
    \x20     - {when: needs_judgement, kind: omgang_conditions, direction: supports, force: full}";

#[rstest]
#[case("family", "established", Outcome::Met)]
#[case("family", "admitted", Outcome::Met)]
#[case("family", "plausible", Outcome::Met)]
#[case("family", "alleged", Outcome::NeedsJudgement)]
#[case("family", "disputed", Outcome::NeedsJudgement)]
#[case("family", "refuted", Outcome::NotMet)]
#[case("family", "unknown", Outcome::MissingFacts)]
#[case("administrative", "plausible", Outcome::Met)]
#[case("administrative", "alleged", Outcome::NeedsJudgement)]
#[case("criminal", "established", Outcome::Met)]
#[case("criminal", "admitted", Outcome::NeedsJudgement)]
#[case("criminal", "plausible", Outcome::NeedsJudgement)]
fn each_domain_asks_its_own_certainty(#[case] domain: &str, #[case] status: &str, #[case] outcome: Outcome) {
    let found = finding(domain, "norm", VIOLENCE, &family(json!([event("e1", status, json!({}))])));
    assert_eq!(found.outcome, outcome);
}

#[test]
fn nothing_recorded_is_missing_and_never_no() {
    let found = finding("family", "norm", VIOLENCE, &family(json!([])));
    assert_eq!(found.outcome, Outcome::MissingFacts);
    assert_eq!(found.views.contested, Outcome::MissingFacts);
}

#[test]
fn views_tell_established_plausible_and_contested_apart() {
    let found = finding("family", "norm", VIOLENCE, &family(json!([event("e1", "plausible", json!({}))])));
    assert_eq!(found.views.established, Outcome::NeedsJudgement);
    assert_eq!(found.views.plausible, Outcome::Met);
    assert_eq!(found.views.contested, Outcome::Met);
    let found = finding("family", "norm", VIOLENCE, &family(json!([event("e1", "disputed", json!({}))])));
    assert_eq!(found.views.plausible, Outcome::NeedsJudgement);
    assert_eq!(found.views.contested, Outcome::Met);
}

#[test]
fn contested_facts_alone_give_no_effect_on_gezag_and_at_most_a_provisional_safety_prompt() {
    let found = finding("family", "norm", VIOLENCE, &family(json!([event("e1", "disputed", json!({}))])));
    let effects: Vec<_> = found.effects.iter().map(|effect| (effect.kind, effect.force)).collect();
    assert_eq!(effects, [(EffectKind::OmgangConditions, Force::Provisional)]);
}

#[test]
fn an_indicator_never_has_full_force() {
    let dossier = family(json!([event("e1", "established", json!({}))]));
    assert_eq!(finding("family", "norm", VIOLENCE, &dossier).effects[0].force, Force::Full);
    assert_eq!(finding("family", "indicator", VIOLENCE, &dossier).effects[0].force, Force::Provisional);
    assert_eq!(finding("family", "guidance", VIOLENCE, &dossier).effects[0].force, Force::Provisional);
}

#[test]
fn a_finding_waits_until_the_actor_could_answer() {
    let found = finding("family", "norm", VIOLENCE, &family(json!([event("e1", "plausible", json!({"answers": []}))])));
    let effects: Vec<_> = found.effects.iter().map(|effect| (effect.kind, effect.force)).collect();
    assert_eq!(effects, [(EffectKind::Gezag, Force::Question), (EffectKind::HearFirst, Force::Question)]);
    assert!(found.explanation.contains("Een antwoord van A. Voorbeeld staat niet in het dossier."));
}

#[rstest]
#[case("silence")]
#[case("no_answer")]
fn silence_is_never_used_against_someone(#[case] stance: &str) {
    let answered =
        |stance: &str| family(json!([event("e1", "alleged", json!({"answers": [{"by": "a", "stance": stance}]}))]));
    let silent = finding("family", "norm", VIOLENCE, &answered(stance));
    let disputing = finding("family", "norm", VIOLENCE, &answered("disputes"));
    assert_eq!((silent.outcome, silent.views, silent.effects), (disputing.outcome, disputing.views, disputing.effects));
}

#[test]
fn copies_and_hearsay_are_not_independent_sources() {
    let rule = "    rule: {event: {violence: true, independent_sources: 2}}";
    let statement =
        |id: &str, by: &str, kind: &str| json!({"id": id, "by": by, "kind": kind, "content": "Verklaring."});
    let with = |statements| family(json!([event("e1", "plausible", json!({"statements": statements}))]));
    let mut copy = statement("s2", "school", "asserts");
    copy["repeats"] = json!("s1");
    let copied = with(json!([statement("s1", "b", "asserts"), copy, statement("s3", "buur", "reports")]));
    assert_eq!(finding("family", "norm", rule, &copied).outcome, Outcome::MissingFacts);
    let observed = with(json!([statement("s1", "b", "asserts"), statement("s2", "school", "observes")]));
    assert_eq!(finding("family", "norm", rule, &observed).outcome, Outcome::Met);
}

#[test]
fn hinge_facts_are_those_whose_answer_changes_the_finding() {
    let dossier = family(json!([
        event("beslist", "disputed", json!({"kind": "stalking"})),
        event("staat-vast", "plausible", json!({"kind": "threat"})),
        event("los", "disputed", json!({"kind": "neglect"})),
    ]));
    let rule = "    rule: {all: [{event: {kinds: [stalking]}}, {event: {kinds: [threat]}}]}";
    let found = finding("family", "norm", rule, &dossier);
    assert_eq!(found.hinge.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["beslist"]);
}

#[test]
fn two_facts_that_only_decide_together_are_found_as_hinge() {
    let dossier = family(json!([
        event("een", "disputed", json!({"kind": "stalking"})),
        event("twee", "disputed", json!({"kind": "threat"})),
    ]));
    let rule = "    rule: {any: [{event: {kinds: [stalking]}}, {event: {kinds: [threat]}}, {event: {kinds: [neglect], if_none: \"no\"}}]}";
    let single = finding("family", "norm", rule, &dossier);
    assert_eq!(single.hinge.len(), 2, "either fact alone makes it met");
    let rule = "    rule: {not: {all: [{event: {kinds: [stalking]}}, {missing: {event: {kinds: [threat]}}}]}}";
    let none = finding("family", "norm", rule, &dossier);
    assert_eq!(none.outcome, Outcome::Met);
    assert!(none.hinge.is_empty(), "a contested fact is not a missing one");
}

#[test]
fn many_contested_facts_are_all_weighed_as_hinge() {
    let events: Vec<_> = (0..500).map(|at| event(&format!("e{at}"), "disputed", json!({}))).collect();
    let found = finding("family", "norm", VIOLENCE, &family(json!(events)));
    assert_eq!(found.hinge.len(), 500);
}

#[test]
fn only_the_judge_answers_an_open_norm() {
    let rule = "    rule: {judge: {for: [{event: {violence: true}}], against: [{event: {kinds: [protective]}}]}}\n\
        \x20   effects: [{when: met, kind: gezag, direction: supports, force: full}]";
    let mut dossier = family(json!([event("e1", "established", json!({}))]));
    assert_eq!(finding("family", "norm", rule, &dossier).outcome, Outcome::NeedsJudgement);
    dossier.judge_words = serde_json::from_value(json!([{"about": "proef/P1", "domain": "family", "answer": "met",
        "text": "Gelet op het vonnis.", "by": "de familierechter", "on": "2026-11-03"}]))
    .expect("words");
    let judged = finding("family", "norm", rule, &dossier);
    assert_eq!(judged.outcome, Outcome::Met);
    assert_eq!(judged.judge.expect("the words stand with the finding").text, "Gelet op het vonnis.");
}

#[test]
fn protective_facts_stand_against_and_are_not_lost() {
    let rule = "    rule: {judge: {for: [{event: {violence: true}}], against: [{event: {kinds: [protective]}}]}}";
    let dossier = family(json!([
        event("e1", "plausible", json!({})),
        event("goed", "admitted", json!({"kind": "protective", "answers": []})),
    ]));
    let found = finding("family", "norm", rule, &dossier);
    assert_eq!(found.facts_for[0].as_str(), "e1");
    assert_eq!(found.facts_against[0].as_str(), "goed");
}

#[test]
fn a_secret_source_is_not_named_in_an_explanation() {
    let statement = json!({"id": "s1", "by": "buur", "kind": "observes", "content": "Geheim.",
        "source": {"document": "geheim", "page": 2}, "restriction": {"origin": "family", "secret_source": true}});
    let dossier = family(json!([event("e1", "plausible", json!({"statements": [statement]}))]));
    let found = finding("family", "norm", VIOLENCE, &dossier);
    assert!(found.explanation.contains("afgeschermde bron"));
    assert!(!found.explanation.contains("Buur") && !found.explanation.contains("Meldbrief"));
}

#[test]
fn criminal_material_without_release_is_told_but_not_used_in_a_family_finding() {
    let restriction = json!({"origin": "criminal"});
    let dossier = family(json!([event("e1", "established", json!({"restriction": restriction}))]));
    let frameworks = set(&framework_file("family", "norm", VIOLENCE));
    let assessment = assess(&dossier, &frameworks, day(), &[]).expect("an assessment");
    assert_eq!(assessment.findings[0].outcome, Outcome::MissingFacts);
    assert_eq!(assessment.withheld.len(), 1);
    assert_eq!(assessment.withheld[0].items, 1);
    let json = serde_json::to_string(&assessment).expect("JSON");
    assert!(!json.contains("e1"), "not even the id of withheld material leaves a trace");
}

#[test]
fn two_actors_pin_nothing_on_one_of_them() {
    let rule = "    for_each: parent\n    rule: {event: {violence: true, actor: parent, target: other_parent}}";
    let frameworks = set(&framework_file("family", "norm", rule));
    let both = json!({"actors": ["a", "b"], "targets": ["a", "b"],
        "answers": [{"by": "a", "stance": "disputes"}, {"by": "b", "stance": "disputes"}]});
    let dossier = family(json!([event("e1", "plausible", both)]));
    let assessment = assess(&dossier, &frameworks, day(), &[]).expect("an assessment");
    assert!(assessment.findings.iter().all(|finding| finding.outcome == Outcome::MissingFacts));
}

#[test]
fn the_receipt_pins_the_framework_file_and_the_dossier() {
    let file = framework_file("family", "norm", VIOLENCE);
    let dossier = family(json!([]));
    let receipt = assess(&dossier, &set(&file), day(), &[]).expect("an assessment").receipt;
    assert_eq!(receipt.frameworks[0].hash, sha256_hex(file.as_bytes()));
    assert_eq!(receipt.reference_date, day());
    let mut other = dossier.clone();
    other.reference.push('x');
    assert_ne!(
        assess(&other, &set(&file), day(), &[]).expect("an assessment").receipt.dossier_hash,
        receipt.dossier_hash
    );
}

#[test]
fn an_unknown_framework_is_named_with_those_that_exist() {
    let error = assess(&family(json!([])), builtin().expect("frameworks"), day(), &["nergens".to_owned()])
        .expect_err("there is no such framework");
    let message = error.to_string();
    assert!(message.contains("nergens") && message.contains("istanbul"), "{message}");
}

#[test]
fn the_fairness_framework_is_run_with_any_choice() {
    let assessment = assess(&family(json!([])), builtin().expect("frameworks"), day(), &["istanbul".to_owned()])
        .expect("an assessment");
    let ran: Vec<_> = assessment.receipt.frameworks.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ran, ["00-fairness", "istanbul"]);
}

#[test]
fn an_explanation_gives_the_facts_with_source_status_and_answer() {
    let statements = json!([
        {"id": "s1", "by": "b", "kind": "asserts", "content": "Hij sloeg.", "source": {"document": "pv", "page": 2}},
        {"id": "s2", "by": "school", "kind": "asserts", "content": "Zij zei.", "repeats": "s1"}
    ]);
    let answers = json!([{"by": "a", "stance": "disputes", "content": "Het was een ongeluk."}]);
    let dossier = family(json!([event("e1", "disputed", json!({"statements": statements, "answers": answers}))]));
    let found = finding("family", "norm", VIOLENCE, &dossier);
    let golden = "Aan de rechter.\n\
        Hiervoor spreken:\n\
        - 20 oktober 2026: Wat e1 beschrijft. B. Voorbeeld verklaart dit (Proces-verbaal van aangifte, p. 2). Herhalingen in \
        andere stukken (1) zijn niet apart meegeteld. Status in de familiezaak: betwist. A. Voorbeeld betwist dit: Het was een \
        ongeluk.\n\
        Op alleen vastgestelde en erkende feiten: oordeel van de rechter nodig. Met aannemelijke feiten erbij: oordeel van de \
        rechter nodig. Met betwiste feiten erbij, indien juist: voldaan.";
    assert_eq!(found.explanation, golden);
}

#[test]
fn an_answer_of_the_judge_about_one_parent_is_none_about_the_other() {
    let lines = "    for_each: parent\n    rule: {judge: {for: [{event: {violence: true}}]}}";
    let frameworks = set(&framework_file("family", "norm", lines));
    let outcomes = |about: &str| {
        let mut dossier = family(json!([event("e1", "plausible", json!({}))]));
        dossier.judge_words = serde_json::from_value(json!([{"about": about, "domain": "family", "answer": "met",
            "text": "Gelet op het rapport.", "by": "de familierechter", "on": "2026-11-03"}]))
        .expect("words");
        let assessment = assess(&dossier, &frameworks, day(), &[]).expect("an assessment");
        assessment.findings.iter().map(|finding| finding.outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcomes("proef/P1[a]"), [Outcome::Met, Outcome::NeedsJudgement]);
    assert_eq!(outcomes("proef/P1"), [Outcome::NeedsJudgement, Outcome::NeedsJudgement]);
}
