//! The language of a framework file `assessment-frameworks/<domain>/<id>/v1.yaml`.
//!
//! A lawyer can read and change a criterion: each has a question, a reason why it matters, a
//! rule built from fact queries, effects with a limited force, sources, and an explanation per
//! outcome. Unknown fields are refused. The meaning of the words:
//!
//! - Every condition is true, false, *open* (it turns on a contested fact) or *missing* (the
//!   dossier does not say). `any` takes the strongest of its parts in the order
//!   false < missing < open < true, `all` the weakest. Unknown never becomes "no".
//! - A rule that is true gives `met`, false gives `not_met`, open gives `needs_judgement`,
//!   missing gives `missing_facts`. A false `applies_when` gives `not_applicable`.
//! - The same rule is read in three views: established or admitted facts only; plausible facts
//!   as well; contested facts as well ("indien juist").

mod cases;
mod condition;
mod query;

pub use cases::*;
pub use condition::*;
pub use query::*;

use super::model::{CriterionClass, Direction, EffectKind, Force, MissingFact, Outcome, RecordKind};
use crate::dossier::model::Domain;
use crate::shared::source::LegalSource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A framework file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Id; equals the name of the folder.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{0,63}$"))]
    pub id: String,
    /// Version; equals the file name without "v" and extension.
    pub version: String,
    /// Title in Dutch.
    pub title: String,
    /// What it is for, in Dutch.
    pub about: String,
    /// Legal domain whose facts, certainty and use barrier apply, unless a criterion says otherwise.
    pub domain: Domain,
    /// Other domains in which every criterion is asked as well, on the facts and certainty that count there; its id
    /// then ends in "-straf", "-bestuur" or "-familie". Only where the dossier has a matter in that domain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<Domain>,
    /// Licence or ground on which the content may be used.
    pub licence: String,
    /// Conditions with a name, used in rules as `{use: name}`.
    #[serde(default)]
    pub definitions: BTreeMap<String, Definition>,
    /// Criteria, in the order in which they are shown.
    pub criteria: Vec<Criterion>,
}

/// A named condition with the question that supplies its facts when they are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// What is missing when the dossier does not say, in Dutch.
    #[serde(default)]
    pub what: Option<String>,
    /// Question for the hearing that would supply it, in Dutch.
    #[serde(default)]
    pub ask: Option<String>,
    /// What kind of record would supply it, when that is another than the rule reads.
    #[serde(default)]
    pub of: Option<RecordKind>,
    /// The condition.
    pub rule: Condition,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Id within the framework.
    pub id: String,
    /// Class; it limits the force of the effects.
    pub class: CriterionClass,
    /// The question in Dutch.
    pub question: String,
    /// Why it matters, in Dutch.
    pub why: String,
    /// What it cannot say, and what speaks against relying on it, in Dutch; every criterion needs it.
    #[serde(default)]
    pub limits: Option<String>,
    /// Frameworks to go on with when it is met or needs a judgement, by id.
    #[serde(default)]
    pub opens: Vec<String>,
    /// Domain, when it is not the framework's.
    #[serde(default)]
    pub domain: Option<Domain>,
    /// For whom or what it is asked separately.
    #[serde(default)]
    pub for_each: ForEach,
    /// When it applies; left out means always. Asked at the weakest certainty: an allegation opens it.
    #[serde(default)]
    pub applies_when: Option<Condition>,
    /// When it is met.
    pub rule: Condition,
    /// Questions when facts are missing and no definition asks them.
    #[serde(default)]
    pub asks: Vec<MissingFact>,
    /// What follows from an outcome.
    #[serde(default)]
    pub effects: Vec<EffectRule>,
    /// Sources; at least one.
    pub sources: Vec<LegalSource>,
    /// Explanation per outcome, in Dutch, for a judge.
    pub explanation: Explanations,
}

/// For whom or what a criterion is asked separately, and which roles that fixes in its rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ForEach {
    /// Once for the whole dossier.
    #[default]
    Dossier,
    /// For each child: fixes `child`.
    Child,
    /// For each parent: fixes `parent` and `other_parent`.
    Parent,
    /// For each child with each of its parents: fixes `child`, `parent` and `other_parent`.
    ChildAndParent,
    /// For each adult: fixes `person`.
    Adult,
    /// For each huisverbod: fixes `restrained` and `protected`, and the measure itself.
    Huisverbod,
    /// For each proposal of mediation, joint talks or joint care: fixes `participant` and the proposal itself.
    Proposal,
    /// For each result of an instrument: fixes the result itself.
    Result,
}

/// What follows from an outcome; the engine may lower the force, never raise it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectRule {
    /// Outcome from which it follows.
    pub when: Outcome,
    /// What it concerns.
    pub kind: EffectKind,
    /// Direction.
    pub direction: Direction,
    /// Greatest force it may have.
    pub force: Force,
}

/// Explanation per outcome. Placeholders for the fixed roles: `{kind}`, `{ouder}`,
/// `{andere_ouder}`, `{persoon}`, `{gebondene}`, `{beschermde}`, `{deelnemers}`, `{voorstel}`, `{uitslag}`.
/// What the reader is asked to do stands between `<` and `>`: whoever prepares the hearing reads it, a decision never
/// has it. The engine adds the facts with who says so, where, the status, and the other side's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explanations {
    /// Voldaan.
    #[serde(default)]
    pub met: Option<String>,
    /// Niet voldaan.
    #[serde(default)]
    pub not_met: Option<String>,
    /// Feiten ontbreken.
    #[serde(default)]
    pub missing_facts: Option<String>,
    /// Oordeel van de rechter nodig.
    #[serde(default)]
    pub needs_judgement: Option<String>,
    /// Niet van toepassing; a standard sentence when left out.
    #[serde(default)]
    pub not_applicable: Option<String>,
}

impl Explanations {
    /// The text for an outcome, when the file gives one.
    #[must_use]
    pub fn for_outcome(&self, outcome: Outcome) -> Option<&str> {
        match outcome {
            Outcome::Met => self.met.as_deref(),
            Outcome::NotMet => self.not_met.as_deref(),
            Outcome::MissingFacts => self.missing_facts.as_deref(),
            Outcome::NeedsJudgement => self.needs_judgement.as_deref(),
            Outcome::NotApplicable => self.not_applicable.as_deref(),
        }
    }
}
