//! The framework files that are part of the program.

use combizitting::assessment::builtin;
use combizitting::assessment::frameworks::builtin_files;
use combizitting::assessment::lint::lint;

#[test]
fn every_built_in_framework_passes_the_lint_and_its_own_cases() {
    let problems = lint(&builtin_files());
    let errors: Vec<String> =
        problems.iter().map(|problem| format!("{} {}: {}", problem.path, problem.place, problem.message)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn all_seventeen_frameworks_are_part_of_the_program() {
    let set = builtin().expect("frameworks");
    let ids: Vec<&str> = set.frameworks().iter().map(|loaded| loaded.framework.id.as_str()).collect();
    let expected = [
        "00-fairness",
        "begeleide-omgang",
        "bemiddeling-gezamenlijk",
        "escalatiefasen",
        "eu-2024-1385",
        "feitenvaststelling",
        "gedragsinterventie",
        "geweldspatroon",
        "gezinsprofielen",
        "instrument-resultaten",
        "istanbul",
        "ladder-triade",
        "nl-gezag-omgang",
        "rode-vlaggen",
        "stem-kind",
        "thv-rihg",
        "weging",
    ];
    assert_eq!(ids, expected);
}
