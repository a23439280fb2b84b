//! What is wrong with framework files: language, sources, classes, reach of rules, words that do
//! not fit, cases that are missing, and cases that fail when run.

mod cases;
mod family;
mod reach;
mod rules;
pub mod schema;

use super::frameworks::{self, LoadedFramework};
use super::language::CaseFile;
use super::model::Outcome;
use crate::dossier::model::Label;
use crate::shared::hash::sha256_hex;
use std::collections::{BTreeMap, BTreeSet};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LintLevel {
    /// The framework must not be used like this.
    Error,
    /// Worth a look.
    Warning,
}

/// One problem in a framework file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LintProblem {
    /// File.
    pub path: String,
    /// Criterion, definition or case.
    pub place: String,
    /// How bad.
    pub level: LintLevel,
    /// In Dutch.
    pub message: String,
}

/// Checks framework files and runs their cases. Files are given as path and content; the path
/// ends in `<domain>/<id>/v<version>.yaml` or `<domain>/<id>/cases.yaml`.
#[must_use]
pub fn lint<P: AsRef<str>, B: AsRef<[u8]>>(files: &[(P, B)]) -> Vec<LintProblem> {
    let files: BTreeMap<&str, &[u8]> = files.iter().map(|(path, bytes)| (path.as_ref(), bytes.as_ref())).collect();
    let mut problems = Vec::new();
    let mut folders: BTreeMap<String, String> = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| frameworks::is_framework(path)) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let cases_path = if folder.is_empty() { "cases.yaml".to_owned() } else { format!("{folder}/cases.yaml") };
        match frameworks::parse_framework(bytes) {
            Err(message) => problems.push(error(path, "", message)),
            Ok(framework) => {
                if let Some(first) = folders.insert(framework.id.clone(), (*path).to_owned()) {
                    problems.push(error(path, "id", format!("Dit id staat ook in {first}.")));
                }
                let loaded = LoadedFramework { framework, hash: sha256_hex(bytes), path: (*path).to_owned() };
                problems.extend(check_framework(&loaded, folder));
                problems.extend(check_cases(&loaded, &cases_path, files.get(cases_path.as_str()).copied()));
            }
        }
    }
    problems.extend(unknown_opens(&files, &folders));
    if folders.is_empty() && problems.is_empty() {
        problems.push(error("", "", frameworks::FrameworkError::None.to_string()));
    }
    problems.sort();
    problems.dedup();
    problems
}

/// A criterion can only lead on to a framework that is there.
fn unknown_opens(files: &BTreeMap<&str, &[u8]>, known: &BTreeMap<String, String>) -> Vec<LintProblem> {
    let mut problems = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| frameworks::is_framework(path)) {
        let Ok(framework) = frameworks::parse_framework(bytes) else { continue };
        for criterion in &framework.criteria {
            for id in criterion.opens.iter().filter(|id| !known.contains_key(*id) || **id == framework.id) {
                let message = format!("\"opens\" noemt \"{id}\", en dat is geen ander toetsingskader.");
                problems.push(error(path, &criterion.id, message));
            }
        }
    }
    problems
}

fn error(path: &str, place: &str, message: String) -> LintProblem {
    LintProblem { path: path.to_owned(), place: place.to_owned(), level: LintLevel::Error, message }
}

fn check_framework(loaded: &LoadedFramework, folder: &str) -> Vec<LintProblem> {
    let framework = &loaded.framework;
    let mut problems: Vec<LintProblem> = rules::check(framework)
        .into_iter()
        .map(|(place, level, message)| LintProblem { path: loaded.path.clone(), place, level, message })
        .collect();
    let name = folder.rsplit('/').next().unwrap_or(folder);
    if !name.is_empty() && name != framework.id {
        problems.push(error(&loaded.path, "id", format!("Het id \"{}\" is niet de naam van de map.", framework.id)));
    }
    if !loaded.path.ends_with(&format!("v{}.yaml", framework.version)) {
        problems.push(error(&loaded.path, "version", "De versie is niet die van de bestandsnaam.".to_owned()));
    }
    problems
}

fn check_cases(loaded: &LoadedFramework, path: &str, bytes: Option<&[u8]>) -> Vec<LintProblem> {
    let Some(bytes) = bytes else {
        return vec![error(path, "", "De casussen bij dit toetsingskader ontbreken.".to_owned())];
    };
    let file = match frameworks::parse_cases(bytes) {
        Ok(file) => file,
        Err(message) => return vec![error(path, "", message)],
    };
    let mut problems = cases::run(loaded, &file, path);
    if file.framework != loaded.framework.id {
        problems.push(error(path, "framework", "Deze casussen horen bij een ander toetsingskader.".to_owned()));
    }
    problems.extend(coverage(loaded, &file, path));
    problems
}

/// Fewest cases beside a criterion; each is also run with the parents swapped.
const FEWEST_CASES: usize = 4;

/// Each criterion needs enough cases, and one for each outcome that it can have.
fn coverage(loaded: &LoadedFramework, file: &CaseFile, path: &str) -> Vec<LintProblem> {
    let covered = cases::covered(file);
    let numbers = cases::numbers(file);
    let none = BTreeSet::new();
    let mut problems = Vec::new();
    for criterion in &loaded.framework.criteria {
        let has = covered.get(&criterion.id).unwrap_or(&none);
        if has.is_empty() {
            problems.push(error(path, &criterion.id, "Bij dit criterium is geen enkele casus.".to_owned()));
            continue;
        }
        let number = numbers.get(&criterion.id).copied().unwrap_or_default();
        if number < FEWEST_CASES {
            let message =
                format!("Bij dit criterium staan {number} casussen; dat moeten er ten minste {FEWEST_CASES} zijn.");
            problems.push(error(path, &criterion.id, message));
        }
        let mut wanted = rules::outcomes(&loaded.framework, criterion);
        if criterion.applies_when.is_some() {
            wanted.insert(Outcome::NotApplicable);
        }
        for outcome in wanted.difference(has) {
            let message = format!("Een casus met de uitkomst \"{}\" ontbreekt.", (*outcome).label());
            problems.push(LintProblem {
                path: path.to_owned(),
                place: criterion.id.clone(),
                level: LintLevel::Warning,
                message,
            });
        }
    }
    problems
}
