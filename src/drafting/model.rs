//! A set of draft decisions and the problems that hold back finalising.

use crate::documents::model::DocumentModel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kind of draft, as on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DraftKind {
    /// A: schorsing of beëindiging van gezag.
    Gezag,
    /// B: omgang.
    Omgang,
    /// C: gedragsinterventie.
    Gedragsinterventie,
    /// D: the huisverbod set.
    Huisverbod,
}

impl DraftKind {
    /// All kinds, in the order A to D.
    pub const ALL: [Self; 4] = [Self::Gezag, Self::Omgang, Self::Gedragsinterventie, Self::Huisverbod];

    /// Wire name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gezag => "gezag",
            Self::Omgang => "omgang",
            Self::Gedragsinterventie => "gedragsinterventie",
            Self::Huisverbod => "huisverbod",
        }
    }
}

/// Drafts of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSet {
    /// Kind.
    pub kind: DraftKind,
    /// Documents; one for A-C, several for D (extension, review, art. 822, bridge).
    pub documents: Vec<Draft>,
    /// Problems over the whole set, blocking ones first.
    pub problems: Vec<DraftProblem>,
}

/// One document of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// File name without extension; never a name or number of a person.
    pub name: String,
    /// The document.
    pub model: DocumentModel,
}

/// How a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemLevel {
    /// Impossible in law or incomplete: holds back finalising.
    Blocks,
    /// A limit of law that may be left with reasons.
    Warns,
    /// Worth knowing.
    Notes,
}

/// A problem of a draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct DraftProblem {
    /// Stable code, for instance "huisverbod_over_28_days".
    pub code: String,
    /// Level.
    pub level: ProblemLevel,
    /// In Dutch.
    pub message: String,
    /// Source of the rule, empty for mere incompleteness.
    pub source: String,
    /// True when the plan cannot be in law (a huisverbod of 29 days, a course in a 38v order):
    /// then no document is written at all. A gap or a clash to be resolved only holds back finalising.
    pub impossible: bool,
}

impl DraftSet {
    /// Whether the plan cannot be in law, so that no document may be written.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(|problem| problem.impossible)
    }
}
