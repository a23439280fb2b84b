//! Runs the cases beside a framework, as written and with the parents swapped.

use super::family::{self, Parts};
use super::{LintLevel, LintProblem};
use crate::assessment::engine;
use crate::assessment::frameworks::{FrameworkSet, LoadedFramework};
use crate::assessment::language::{Case, CaseFile, Expected, ExpectedDetail};
use crate::assessment::model::{EffectKind, Finding, Force, Outcome};
use crate::dossier::model::Label;
use std::collections::{BTreeMap, BTreeSet};

/// Runs all cases of one framework.
pub fn run(loaded: &LoadedFramework, file: &CaseFile, path: &str) -> Vec<LintProblem> {
    let set = FrameworkSet::of_one(loaded.clone());
    let mut problems = Vec::new();
    for case in &file.cases {
        for parts in [Parts::AsWritten, Parts::Swapped] {
            for message in run_case(&set, file, case, parts) {
                let how = if parts == Parts::Swapped { " (ouders verwisseld)" } else { "" };
                let place = format!("{}{how}", case.name);
                problems.push(LintProblem { path: path.to_owned(), place, level: LintLevel::Error, message });
            }
        }
    }
    problems
}

fn run_case(set: &FrameworkSet, file: &CaseFile, case: &Case, parts: Parts) -> Vec<String> {
    let dossier = match family::dossier(file.on, &case.with, parts) {
        Ok(dossier) => dossier,
        Err(message) => return vec![message],
    };
    let assessment = match engine::assess(&dossier, set, file.on, &[]) {
        Ok(assessment) => assessment,
        Err(error) => return vec![error.to_string()],
    };
    let mut messages = Vec::new();
    for (key, expected) in &case.expect {
        let (criterion, about) = split_key(key, parts);
        let found: Vec<&Finding> = assessment
            .findings
            .iter()
            .filter(|finding| finding.criterion == criterion)
            .filter(|finding| about.iter().all(|id| finding.about.iter().any(|fact| fact.as_str() == *id)))
            .collect();
        if found.is_empty() {
            messages
                .push(format!("Bij {key} is er geen bevinding; bestaat dit criterium, en is het over deze persoon?"));
        }
        messages.extend(found.into_iter().flat_map(|finding| differences(key, expected, finding)));
    }
    messages
}

/// "WG6[kind-a,ouder-a]" is criterion WG6 about kind-a and ouder-a.
pub fn split_key(key: &str, parts: Parts) -> (&str, Vec<&str>) {
    let Some((criterion, rest)) = key.split_once('[') else { return (key, Vec::new()) };
    let ids = rest.trim_end_matches(']').split(',').map(str::trim);
    let ids = ids.map(|id| if parts == Parts::Swapped { family::swapped(id) } else { id });
    (criterion, ids.collect())
}

fn differences(key: &str, expected: &Expected, finding: &Finding) -> Vec<String> {
    let detail = match expected {
        Expected::Outcome(outcome) => {
            &ExpectedDetail { outcome: *outcome, established: None, plausible: None, contested: None, effects: None }
        }
        Expected::Detailed(detail) => detail,
    };
    let pairs = [
        ("uitkomst", Some(detail.outcome), finding.outcome),
        ("uitkomst op vastgestelde feiten", detail.established, finding.views.established),
        ("uitkomst met aannemelijke feiten", detail.plausible, finding.views.plausible),
        ("uitkomst met betwiste feiten", detail.contested, finding.views.contested),
    ];
    let mut messages: Vec<String> = pairs
        .into_iter()
        .filter_map(|(what, wanted, found)| {
            wanted.filter(|wanted| *wanted != found).map(|wanted| (what, wanted, found))
        })
        .map(|(what, wanted, found)| {
            format!("{key}: {what} is \"{}\", verwacht was \"{}\".", found.label(), wanted.label())
        })
        .collect();
    if let Some(wanted) = &detail.effects {
        let found = effects(finding);
        if found != *wanted {
            messages.push(format!("{key}: de gevolgen zijn {}, verwacht was {}.", told(&found), told(wanted)));
        }
    }
    messages
}

fn effects(finding: &Finding) -> BTreeMap<EffectKind, Force> {
    let mut found: BTreeMap<EffectKind, Force> = BTreeMap::new();
    for effect in &finding.effects {
        let force = found.entry(effect.kind).or_insert(effect.force);
        *force = (*force).max(effect.force);
    }
    found
}

fn told(effects: &BTreeMap<EffectKind, Force>) -> String {
    serde_json::to_string(effects).unwrap_or_default()
}

/// In how many cases each criterion stands.
pub fn numbers(file: &CaseFile) -> BTreeMap<String, usize> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for case in &file.cases {
        let criteria: BTreeSet<&str> = case.expect.keys().map(|key| split_key(key, Parts::AsWritten).0).collect();
        for criterion in criteria {
            *numbers.entry(criterion.to_owned()).or_default() += 1;
        }
    }
    numbers
}

/// Outcomes that the cases expect, per criterion.
pub fn covered(file: &CaseFile) -> BTreeMap<String, BTreeSet<Outcome>> {
    let mut covered: BTreeMap<String, BTreeSet<Outcome>> = BTreeMap::new();
    for (key, expected) in file.cases.iter().flat_map(|case| &case.expect) {
        let outcome = match expected {
            Expected::Outcome(outcome) => *outcome,
            Expected::Detailed(detail) => detail.outcome,
        };
        covered.entry(split_key(key, Parts::AsWritten).0.to_owned()).or_default().insert(outcome);
    }
    covered
}
