//! Conflicts, coverage and deadlines, as in the JSON interface.

use crate::shared::{
    ids::{FactId, MeasureId, PersonId},
    moment::Instant,
    source::LegalSource,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that clashes, is not covered, or ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictReport {
    /// Clashes, the gravest first.
    pub conflicts: Vec<Conflict>,
    /// Coverage per protected person and need.
    pub coverage: Vec<Coverage>,
    /// Deadlines in order of time.
    pub deadlines: Vec<Deadline>,
}

/// Kind of clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Contact ban against omgang or care arrangement.
    BanAgainstContact,
    /// Contact or location ban against the handover.
    BanAgainstHandover,
    /// Location ban against a place in an arrangement.
    BanAgainstPlace,
    /// Ban against joint gezag (consultation needed).
    BanAgainstGezag,
    /// Ban against mediation or joint talks.
    BanAgainstJointTalks,
    /// Two measures on the same persons with different scope.
    DifferentScope,
    /// An exception that has become empty or cannot be used.
    EmptyException,
    /// Two requirements that cannot both be met.
    Incompatible,
    /// A huisverbod that names someone who does not live in the home.
    BanBeyondHousehold,
}

/// Severity; a word, never a number or colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Cannot both be followed.
    Blocking,
    /// Needs attention.
    Warning,
    /// Worth knowing.
    Note,
}

/// One clash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Kind.
    pub kind: ConflictKind,
    /// Severity.
    pub severity: Severity,
    /// Measures (or the proposal) involved.
    pub measures: Vec<FactId>,
    /// Persons involved.
    pub persons: Vec<PersonId>,
    /// Begin of the first overlap.
    pub from: Option<Instant>,
    /// End of the last overlap; absent when open.
    pub until: Option<Instant>,
    /// Times at which an arrangement falls within the ban, when it has times.
    pub overlaps: Option<Overlaps>,
    /// Explanation in Dutch.
    pub explanation: String,
    /// Sources.
    pub sources: Vec<LegalSource>,
    /// Ways out that a competent authority can take.
    pub ways_out: Vec<String>,
}

/// Times of an arrangement that fall within a ban.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overlaps {
    /// Begin of the first time within the ban.
    pub first_from: Instant,
    /// End of that time.
    pub first_until: Instant,
    /// How many times fall within the ban, as far as was counted.
    pub count: usize,
    /// True when counting stopped at a bound (a year ahead, or 400 times) and there are more.
    pub more: bool,
}

/// Need of a protected person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Safe at home.
    Home,
    /// Free from contact.
    Contact,
}

/// Coverage of one person's need against one restrained person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Protected person.
    pub person: PersonId,
    /// Person against whom the protection works.
    pub against: PersonId,
    /// Need.
    pub need: Need,
    /// Covered stretches.
    pub covered: Vec<CoveredSpan>,
    /// Holes.
    pub gaps: Vec<Gap>,
}

/// A covered stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CoveredSpan {
    /// Begin.
    pub from: Instant,
    /// The begin is not in the file: the stretch is only told from the reference day on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begin_unknown: bool,
    /// End; absent when open.
    pub until: Option<Instant>,
    /// The end is not in the file, which is not the same as none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end_unknown: bool,
    /// Measures that cover it.
    pub by: Vec<MeasureId>,
    /// Remarks: not yet certain, only with exceptions.
    pub remarks: Vec<String>,
    /// Whether it rests on decisions already taken.
    pub certainty: Certainty,
    /// Intended decisions that would cover it, in words; empty when it rests on measures.
    pub plans: Vec<String>,
}

/// Whether a stretch of protection rests on decisions already taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Decided.
    Decided,
    /// Hangs on a decision that has not been taken.
    DependsOnDecision,
}

/// A hole in the coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// Begin.
    pub from: Instant,
    /// End; absent when nothing follows.
    pub until: Option<Instant>,
    /// What would close it once decided, in words; empty when it stays open also if every plan is followed.
    pub depends_on: Vec<String>,
    /// Explanation in Dutch.
    pub explanation: String,
    /// Ways to close it.
    pub ways_out: Vec<String>,
    /// Sources.
    pub sources: Vec<LegalSource>,
}

/// State of a deadline on the reference date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineStatus {
    /// Still running.
    Running,
    /// Passed without the act that was needed.
    Missed,
    /// The act was done in time.
    Met,
    /// The act was done, but the file does not say when; unknown is not late.
    Unknown,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// What ends or must be done.
    pub what: String,
    /// When.
    pub at: Instant,
    /// Rule in words: how it is counted.
    pub rule: String,
    /// Source, as cited.
    pub source: String,
    /// Source with link and mark.
    pub legal_source: LegalSource,
    /// State.
    pub status: DeadlineStatus,
    /// Who acts.
    pub who: String,
    /// What happens when missed.
    pub if_missed: String,
    /// Fact it is computed from.
    pub fact: FactId,
    /// Whether it is counted from what a draft intends: it runs only if that is decided.
    #[serde(default)]
    pub planned: bool,
    /// Last working day before, when the term is not prolonged by the Algemene termijnenwet.
    pub alarm: Option<Instant>,
}
