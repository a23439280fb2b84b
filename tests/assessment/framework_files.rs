//! The framework files that are part of the program.

use combizitting::assessment::frameworks::builtin_files;
use combizitting::assessment::lint::{LintLevel, lint};

#[test]
fn every_built_in_framework_passes_the_lint_and_its_own_cases() {
    let problems = lint(&builtin_files());
    let errors: Vec<String> = problems
        .iter()
        .filter(|problem| problem.level == LintLevel::Error)
        .map(|problem| format!("{} {}: {}", problem.path, problem.place, problem.message))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}
