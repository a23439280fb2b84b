//! What the lint refuses in a framework file.

use super::fixture::framework_file;
use combizitting::assessment::lint::{LintLevel, lint};
use rstest::rstest;

/// A number of cases that hold for an empty file.
fn cases_of(number: usize) -> String {
    let cases: String =
        (0..number).map(|at| format!("  - name: Niets {at}\n    expect: {{P1: missing_facts}}\n")).collect();
    format!("framework: proef\non: 2026-11-03\ncases:\n{cases}")
}

fn messages(file: &str) -> Vec<String> {
    let files = [("family/proef/v1.yaml", file.to_owned()), ("family/proef/cases.yaml", cases_of(4))];
    lint(&files).into_iter().filter(|item| item.level == LintLevel::Error).map(|item| item.message).collect()
}

#[test]
fn a_sound_framework_has_no_errors() {
    assert_eq!(messages(&framework_file("family", "norm", "    rule: {event: {violence: true}}")), [""; 0]);
}

#[rstest]
#[case("{event: {geweld: true}}", "unknown field `geweld`")]
#[case("{event: {kinds: [shouting]}}", "unknown variant `shouting`")]
#[case("{event: {violence: true, sex: f}}", "unknown field `sex`")]
#[case("{use: nergens}", "bestaat niet")]
#[case("{any: []}", "lege lijst")]
#[case("{all: [{event: {violence: true}}, {event: {violence: true}}]}", "twee keer")]
#[case("{all: [{event: {violence: true}}, {not: {event: {violence: true}}}]}", "tegendeel")]
#[case("{at_least: {n: 3, of: [{event: {violence: true}}]}}", "altijd of nooit waar")]
#[case("{at_least: {n: 1, of: [{event: {violence: true}}, {event: {signs: [jealousy]}}]}}", "dat is een score")]
#[case("{at_least: {n: 1, of: [{help: {response: [refused]}}, {event: {signs: [jealousy]}}]}}", "dat is een score")]
#[case("{event: {violence: true, kinds: [separation, protective]}}", "onbereikbaar")]
#[case("{event: {signs: [jealousy], without_signs: [jealousy]}}", "onbereikbaar")]
#[case("{age: {who: child, at_least: 12, below: 12}}", "onbereikbaar")]
#[case("{trend: {events: {violence: true}, days: 0}}", "aantal dagen")]
#[case("{plan: {kind: omgang, stopcriteria: true}}", "unknown field `stopcriteria`")]
#[case("{external_count: {instrument: dash, level: high, within_one_part: 2}}", "Alleen de RiHG")]
fn a_rule_that_cannot_be_right_is_refused(#[case] rule: &str, #[case] expected: &str) {
    let found = messages(&framework_file("family", "norm", &format!("    rule: {rule}"))).join("\n");
    assert!(found.contains(expected), "{found}");
}

#[rstest]
#[case("indicator", "{when: met, kind: gezag, direction: supports, force: full}", "volle kracht")]
#[case("norm", "{when: not_applicable, kind: gezag, direction: supports, force: full}", "onbereikbaar")]
#[case("norm", "{when: met, kind: gezag, direction: decides, force: full}", "unknown variant `decides`")]
#[case("norm", "{when: met, kind: gezag, direction: supports, force: full, weight: 3}", "unknown field `weight`")]
fn an_effect_beyond_its_class_or_reach_is_refused(#[case] class: &str, #[case] effect: &str, #[case] expected: &str) {
    let lines = format!("    rule: {{event: {{violence: true}}}}\n    effects: [{effect}]");
    let found = messages(&framework_file("family", class, &lines)).join("\n");
    assert!(found.contains(expected), "{found}");
}

#[rstest]
#[case("sources: [{ref: \"art. 1 Proefwet\"}]", "sources: []", "geen bron")]
#[case("limits: Een proef.", "limits: ''", "niet kan zeggen")]
#[case("limits: Een proef.", "limits: Een hoge score zegt iets.", "niet gescoord")]
#[case("limits: Een proef.", "limits: Een proef.\n    opens: [nergens]", "geen ander toetsingskader")]
#[case("Aan de rechter.", "Er staat iets. Vraag het na.", "opdracht aan de lezer")]
#[case("Aan de rechter.", "Er staat iets. <Vraag het na.", "horen bij elkaar")]
#[case("Is het zo?", "Heeft de dader het gedaan?", "schuld")]
#[case("Is het zo?", "Wat doet de moeder?", "nooit een geslacht")]
#[case("Is het zo?", "Is het {kind} veilig?", "heeft geen betekenis")]
#[case("needs_judgement: Aan de rechter.", "met: Ja.", "duplicate")]
#[case(", needs_judgement: Aan de rechter.", "", "uitleg bij")]
#[case("id: proef", "id: anders", "niet de naam van de map")]
#[case("version: \"1\"", "version: \"2\"", "niet die van de bestandsnaam")]
fn a_text_or_heading_that_does_not_fit_is_refused(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let file = framework_file("family", "norm", "    rule: {event: {violence: true}}").replacen(from, to, 1);
    let found = messages(&file).join("\n");
    assert!(found.contains(expected), "{found}");
}

#[test]
fn a_criterion_with_three_cases_is_refused_and_with_four_is_not() {
    let file = framework_file("family", "norm", "    rule: {event: {violence: true}}");
    let with = |number| {
        let problems = lint(&[("family/proef/v1.yaml", file.clone()), ("family/proef/cases.yaml", cases_of(number))]);
        problems.into_iter().filter(|item| item.level == LintLevel::Error).map(|item| item.message).collect::<Vec<_>>()
    };
    assert_eq!(with(3), ["Bij dit criterium staan 3 casussen; dat moeten er ten minste 4 zijn."]);
    assert_eq!(with(4), [""; 0]);
}

#[test]
fn a_rule_that_only_turns_another_around_in_order_or_name_is_overlap() {
    let parts = "{event: {violence: true}}, {event: {kinds: [separation]}}";
    let turned = "{event: {kinds: [separation]}}, {event: {violence: true}}";
    let file = framework_file("family", "norm", &format!("    rule: {{any: [{parts}]}}"));
    let (head, criterion) = file.split_once("criteria:\n").expect("criteria");
    let other = criterion.replace("id: P1", "id: P2").replace(parts, turned);
    let found = messages(&format!("{head}criteria:\n{criterion}{other}")).join("\n");
    assert!(found.contains("dezelfde regel als P1"), "{found}");
}

#[test]
fn a_framework_without_cases_is_refused() {
    let file = framework_file("family", "norm", "    rule: {event: {violence: true}}");
    let problems = lint(&[("family/proef/v1.yaml", file)]);
    assert!(problems.iter().any(|problem| problem.message.contains("casussen") && problem.level == LintLevel::Error));
}

#[test]
fn a_case_that_fails_is_told_with_what_was_found_and_expected() {
    let file = framework_file("family", "norm", "    rule: {event: {violence: true}}");
    let cases = "framework: proef\non: 2026-11-03\ncases:\n  - name: Niets\n    expect: {P1: not_met}\n";
    let problems = lint(&[("family/proef/v1.yaml", file.as_str()), ("family/proef/cases.yaml", cases)]);
    let expected = "P1: uitkomst is \"feiten ontbreken\", verwacht was \"niet voldaan\".";
    assert!(problems.iter().any(|problem| problem.message == expected && problem.place == "Niets"));
    assert!(problems.iter().any(|problem| problem.place == "Niets (ouders verwisseld)"));
}

#[test]
fn bytes_that_are_no_yaml_are_a_message_and_not_a_crash() {
    for bytes in [&b"\xff\xfe"[..], b"- : [", b"", b"[[[[", b"a: &a [*a]"] {
        let problems = lint(&[("family/proef/v1.yaml", bytes)]);
        assert!(!problems.is_empty());
    }
}
