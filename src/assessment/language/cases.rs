//! Cases beside a framework: `assessment-frameworks/<domain>/<id>/cases.yaml`.
//!
//! Each case adds facts to a base family and says what the framework must answer. Every case is
//! also run with the two parents swapped; the answers must be the same.

use super::super::model::{EffectKind, Force, Outcome};
use crate::shared::ids::PersonId;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The cases of one framework.
///
/// The base family: parents `ouder-a` and `ouder-b`, married, both with joint gezag; children
/// `kind-a` (14) and `kind-b` (8) on the reference date; organisations `raad`, `om`, `politie`,
/// `burgemeester`, `gi`, `aanbieder`; matters `familie`, `straf` (of ouder-a, only when a
/// case gives `criminal`), `thv`; document `stuk`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Framework id.
    pub framework: String,
    /// Reference date of the cases.
    pub on: NaiveDate,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows, in Dutch.
    pub name: String,
    /// Facts added to the base family.
    #[serde(default)]
    pub with: Fragments,
    /// Outcome per criterion: `BM1`, or for one person `SK1[kind-a]`, `WG6[kind-a,ouder-a]`.
    pub expect: BTreeMap<String, Expected>,
}

/// Facts as in a dossier file; what a case leaves out gets a plain default:
/// ids `feit-1`, `maatregel-1`, `uitslag-1`, `hulp-1`, `gehoor-1`, `verzoek-1`, `voorstel-1`;
/// an event: act of ouder-a against ouder-b ten days before the reference date, with the
/// answer "disputes" of ouder-a; a measure: in force since five days for ten days, binds ouder-a
/// and protects ouder-b, in matter `familie`. `status: plausible` means that status in all
/// three domains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fragments {
    /// Events.
    #[serde(default)]
    pub events: Vec<serde_json::Value>,
    /// Measures.
    #[serde(default)]
    pub measures: Vec<serde_json::Value>,
    /// Results of instruments.
    #[serde(default)]
    pub instrument_results: Vec<serde_json::Value>,
    /// Help.
    #[serde(default)]
    pub help: Vec<serde_json::Value>,
    /// Hearings of children.
    #[serde(default)]
    pub child_hearings: Vec<serde_json::Value>,
    /// Requests.
    #[serde(default)]
    pub requests: Vec<serde_json::Value>,
    /// Proposals.
    #[serde(default)]
    pub proposals: Vec<serde_json::Value>,
    /// Relations beside those of the base family.
    #[serde(default)]
    pub relations: Vec<serde_json::Value>,
    /// Gezag records; when given they replace those of the base family.
    #[serde(default)]
    pub gezag: Option<Vec<serde_json::Value>>,
    /// The criminal case, as in a matter's `criminal`.
    #[serde(default)]
    pub criminal: Option<serde_json::Value>,
    /// Plans, as in a dossier file.
    #[serde(default)]
    pub plans: Option<serde_json::Value>,
    /// The judge's own words and answers; domain `family` and "de rechter" when left out.
    #[serde(default)]
    pub judge_words: Vec<serde_json::Value>,
    /// Changes to persons of the base family, per id.
    #[serde(default)]
    pub persons: BTreeMap<PersonId, serde_json::Value>,
}

/// What a case expects of a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Expected {
    /// Only the outcome.
    Outcome(Outcome),
    /// The outcome and more.
    Detailed(ExpectedDetail),
}

/// The outcome, views and effects that a case expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedDetail {
    /// Outcome.
    pub outcome: Outcome,
    /// Outcome on established and admitted facts.
    #[serde(default)]
    pub established: Option<Outcome>,
    /// Outcome with plausible facts.
    #[serde(default)]
    pub plausible: Option<Outcome>,
    /// Outcome with contested facts.
    #[serde(default)]
    pub contested: Option<Outcome>,
    /// Effects with their force; when given, exactly these kinds.
    #[serde(default)]
    pub effects: Option<BTreeMap<EffectKind, Force>>,
}
