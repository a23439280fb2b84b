//! Conditions: how fact queries are combined into a rule.

use super::{
    AddressQuery, AgeQuery, AnswerQuery, CriminalQuery, EventQuery, GezagQuery, HearingQuery, HelpQuery, MeasureQuery,
    PlanQuery, ProposalQuery, RelationQuery, RequestQuery, ResultQuery, Role, SignalQuery,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A condition: a combination of conditions, or a query for facts in the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every part is true.
    All(Vec<Condition>),
    /// At least one part is true.
    Any(Vec<Condition>),
    /// At least n parts are true; the parts are different things, never points on a scale.
    AtLeast(AtLeast),
    /// The part is false. Unknown stays unknown.
    Not(Box<Condition>),
    /// The rule is true and the defeater is false.
    Unless(Box<Unless>),
    /// The dossier does not say whether the part is so: true for a gap, false otherwise.
    Missing(Box<Condition>),
    /// An open norm: the judge answers; the engine lists the facts for and against.
    Judge(Judgement),
    /// The definition with this name.
    Use(String),
    /// An event happened.
    Event(Box<EventQuery>),
    /// Events go one way between two roles, and not the other way.
    Asymmetry(Box<Asymmetry>),
    /// Such events are reported more often of late than in the time before.
    Trend(Box<Trend>),
    /// The person concerned could answer every event that the query finds.
    Answered(AnswerQuery),
    /// A measure exists.
    Measure(Box<MeasureQuery>),
    /// Two measures bind or protect the same persons in the same period.
    Overlap(Box<Overlap>),
    /// A joint form was proposed.
    Proposal(ProposalQuery),
    /// Help, a course or treatment of a person.
    Help(HelpQuery),
    /// A result of an instrument is in the file.
    InstrumentResult(ResultQuery),
    /// The newest result is older than the newest such event.
    Stale(Box<Stale>),
    /// Two such results differ in level; which of them is right is for the judge.
    ResultsDiffer(ResultQuery),
    /// Signals counted as the instrument itself prescribes (RiHG); never a count of our own.
    ExternalCount(SignalQuery),
    /// Opportunity given to a child to be heard.
    ChildHearing(HearingQuery),
    /// A request was made.
    Request(RequestQuery),
    /// Who holds gezag.
    Gezag(GezagQuery),
    /// Phase of a criminal case.
    CriminalPhase(CriminalQuery),
    /// Relation between persons.
    Relation(RelationQuery),
    /// Age of a person on the reference date.
    Age(AgeQuery),
    /// Whether a person's address is shielded.
    Address(AddressQuery),
    /// What the judge or mayor intends.
    Plan(PlanQuery),
}

/// At least n of the parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// How many.
    pub n: usize,
    /// The parts.
    pub of: Vec<Condition>,
}

/// A rule with an exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unless {
    /// The rule.
    pub rule: Condition,
    /// What takes it away.
    pub defeater: Condition,
}

/// An open norm. It is never met by computation: with facts for or against it (certain or
/// contested) the outcome is `needs_judgement`, without any it is `missing_facts`. Only the judge's
/// own answer (`judge_words` about "framework/criterion") makes it true or false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// Facts that speak for it.
    #[serde(rename = "for")]
    pub for_: Vec<Condition>,
    /// Facts that speak against it; protective and contradicting facts belong here.
    #[serde(default)]
    pub against: Vec<Condition>,
    /// Only facts that speak for it make it a question for the judge: with facts against it alone it is
    /// `missing_facts`, since there is nothing to weigh them against.
    #[serde(default)]
    pub asks_support: bool,
}

/// Events from one role to another that do not go the other way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asymmetry {
    /// Which events; its actor and target are set by `from` and `to`.
    pub events: EventQuery,
    /// Who acts.
    pub from: Role,
    /// Against whom.
    pub to: Role,
}

/// More such events in the last days than in as many days before. What is reported more often need not happen
/// more often; a criterion that uses it has to say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// Which events.
    pub events: EventQuery,
    /// Length of each of the two periods in days.
    pub days: u32,
}

/// Two measures on the same persons at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overlap {
    /// The one.
    pub one: MeasureQuery,
    /// The other.
    pub other: MeasureQuery,
}

/// The newest result is older than the newest such event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stale {
    /// The result.
    pub result: ResultQuery,
    /// The event that makes it outdated.
    pub after: EventQuery,
}
