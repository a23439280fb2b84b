//! Our own engine on the whole set of frameworks, and on the eight criteria alone.

use chrono::NaiveDate;
use combizitting::assessment::{FrameworkSet, builtin, outcomes};
use combizitting::dossier::model::Dossier;
use combizitting::shared::ids::FactId;
use std::collections::BTreeMap;

/// The criteria that all three engines can express.
pub const CRITERIA: [(&str, &str); 8] = [
    ("thv-rihg", "TH1a"),
    ("00-fairness", "FA2"),
    ("00-fairness", "FA4"),
    ("istanbul", "IV1"),
    ("istanbul", "IV5"),
    ("nl-gezag-omgang", "NL1c"),
    ("bemiddeling-gezamenlijk", "BM3"),
    ("rode-vlaggen", "RV-VERWURGING"),
];

/// Outcome per criterion and whom or what it is about: "FA4[vader]".
pub type Outcomes = BTreeMap<String, String>;

/// Name of one question.
pub fn key(criterion: &str, about: &[impl AsRef<str>]) -> String {
    let about: Vec<&str> = about.iter().map(AsRef::as_ref).collect();
    if about.is_empty() { criterion.to_owned() } else { format!("{criterion}[{}]", about.join(",")) }
}

/// The built-in frameworks, unchanged but for the criteria that the peers do not have.
pub fn eight() -> FrameworkSet {
    let mut files = Vec::new();
    for loaded in builtin().expect("frameworks").frameworks() {
        let mut framework = loaded.framework.clone();
        let id = framework.id.clone();
        framework.also_in.clear();
        framework.criteria.retain(|criterion| CRITERIA.contains(&(id.as_str(), criterion.id.as_str())));
        if !framework.criteria.is_empty() {
            // JSON is YAML.
            files.push((loaded.path.clone(), serde_json::to_vec(&framework).expect("JSON")));
        }
    }
    FrameworkSet::from_files(&files).expect("frameworks")
}

/// Outcomes of the eight criteria, as every engine must give them.
pub fn expected(dossier: &Dossier, frameworks: &FrameworkSet, on: NaiveDate) -> Outcomes {
    let answers = outcomes(dossier, frameworks, on, &[]).expect("outcomes");
    answers
        .iter()
        .map(|item| {
            let about: Vec<&str> = item.about.iter().map(FactId::as_str).collect();
            (key(&item.criterion, &about), item.outcome.as_str().to_owned())
        })
        .collect()
}
