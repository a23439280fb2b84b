//! What an assessment says: findings, never verdicts. Shapes as in the JSON interface.

use crate::shared::{ids::FactId, source::LegalSource};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of running frameworks over one dossier on one reference date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// What was run on what.
    pub receipt: Receipt,
    /// Findings in the order of frameworks and criteria.
    pub findings: Vec<Finding>,
    /// Questions for the hearing, from hinge facts and missing facts.
    pub questions: Vec<Question>,
    /// Material that could not be used in a domain, told without its content.
    pub withheld: Vec<Withheld>,
}

/// Receipt: with it anyone can repeat the assessment byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// SHA-256 over the canonical JSON of the dossier.
    pub dossier_hash: String,
    /// Frameworks that were run.
    pub frameworks: Vec<FrameworkRef>,
    /// Day for which was assessed.
    pub reference_date: NaiveDate,
    /// Software and version.
    pub software: String,
}

/// A framework by version and hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrameworkRef {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the framework file.
    pub hash: String,
}

/// Class of a criterion; it limits the force of what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionClass {
    /// Legal criterion.
    Norm,
    /// Evidence-based indicator.
    Indicator,
    /// Practice guidance.
    Guidance,
}

/// Outcome of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Voldaan.
    Met,
    /// Niet voldaan.
    NotMet,
    /// Feiten ontbreken.
    MissingFacts,
    /// Oordeel van de rechter nodig.
    NeedsJudgement,
    /// Niet van toepassing.
    NotApplicable,
}

impl Outcome {
    /// The code, as it stands in every JSON output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::MissingFacts => "missing_facts",
            Self::NeedsJudgement => "needs_judgement",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// The outcome when only facts of a given certainty count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Views {
    /// Only established and admitted facts.
    pub established: Outcome,
    /// Plausible facts as well.
    pub plausible: Outcome,
    /// Contested and alleged facts as well ("indien juist").
    pub contested: Outcome,
}

/// One criterion applied to the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Framework id.
    pub framework: String,
    /// Criterion id within the framework.
    pub criterion: String,
    /// The question in Dutch.
    pub question: String,
    /// Why it matters, in Dutch.
    #[serde(default)]
    pub why: String,
    /// For whom or what it was asked: persons, or the measure or proposal; empty for the whole dossier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<FactId>,
    /// Domain whose facts, certainty and use barrier applied; only readers in that domain may see it.
    pub domain: crate::dossier::model::Domain,
    /// Class.
    pub class: CriterionClass,
    /// Outcome on the evidence that counts for this criterion's domain.
    pub outcome: Outcome,
    /// Outcome in three views.
    pub views: Views,
    /// Facts that support it.
    pub facts_for: Vec<FactId>,
    /// Facts that speak against it.
    pub facts_against: Vec<FactId>,
    /// Facts that are missing, with the question that would supply them.
    pub missing: Vec<MissingFact>,
    /// Contested or missing facts that would change the outcome.
    pub hinge: Vec<FactId>,
    /// What follows from it, with limited force.
    pub effects: Vec<Effect>,
    /// Sources of the norm.
    pub sources: Vec<LegalSource>,
    /// The explanation's first sentences: the outcome and what it means, without the facts.
    pub summary: String,
    /// What is still to be done about it, for who prepares the hearing; never a part of a decision.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_do: String,
    /// Explanation in Dutch, for a judge.
    pub explanation: String,
    /// What the criterion cannot say and what speaks against relying on it, in Dutch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub limits: String,
    /// Frameworks to go on with, by id; only when it is met or needs a judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<String>,
    /// The judge's own answer and words, when given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub judge: Option<crate::dossier::model::JudgeWords>,
    /// How it stands without that answer, for a paper of before the hearing at which it is given.
    #[serde(skip)]
    #[schemars(skip)]
    pub unanswered: Option<Box<Unanswered>>,
}

/// A finding that a judge answered, as it stands without the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// Outcome.
    pub outcome: Outcome,
    /// Outcome in three views.
    pub views: Views,
    /// Facts that are missing.
    pub missing: Vec<MissingFact>,
    /// What follows from it.
    pub effects: Vec<Effect>,
    /// The outcome and what it means.
    pub summary: String,
}

impl Finding {
    /// The summary and what is still to be done about it.
    #[must_use]
    pub fn summary_and_to_do(&self) -> String {
        let parts = [self.summary.as_str(), self.to_do.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The finding as it stands without the answer of a judge, where one was given.
    #[must_use]
    pub fn without_answer(&self) -> Option<Self> {
        let bare = self.unanswered.as_deref()?.clone();
        Some(Self {
            outcome: bare.outcome,
            views: bare.views,
            missing: bare.missing,
            effects: bare.effects,
            summary: bare.summary,
            ..self.clone()
        })
    }

    /// Name of this finding that stays the same as long as its criterion and the persons it is about do:
    /// "istanbul/IV4", or "istanbul/IV2[noor,vader]" when it is asked for persons. Also the `about` of
    /// the judge's own words on it.
    #[must_use]
    pub fn key(&self) -> String {
        let about: Vec<&str> = self.about.iter().map(FactId::as_str).collect();
        let criterion = format!("{}/{}", self.framework, self.criterion);
        if about.is_empty() { criterion } else { format!("{criterion}[{}]", about.join(",")) }
    }
}

/// A fact that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MissingFact {
    /// What is missing.
    pub what: String,
    /// Question that would supply it.
    pub ask: String,
    /// What kind of record would hold it; left out in a framework, it follows from the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<RecordKind>,
}

/// Kind of record in a dossier that a question can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Conduct of persons.
    Conduct,
    /// Result of an instrument or an inquiry.
    Result,
    /// Help, a course or treatment.
    Help,
    /// Opportunity of a child to be heard.
    ChildHearing,
    /// A criminal case.
    CriminalCase,
    /// A measure.
    Measure,
    /// Who holds gezag.
    Gezag,
    /// Persons: age, relation, address.
    Person,
    /// Something proposed to several persons together.
    Proposal,
    /// A request to the court.
    Request,
    /// What the judge or mayor intends.
    Plan,
}

/// What follows from a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// What it concerns.
    pub kind: EffectKind,
    /// Direction.
    pub direction: Direction,
    /// Force.
    pub force: Force,
}

/// What an effect concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// Custody decision (sole, ending, suspension).
    Gezag,
    /// Denial, refusal or suspension of contact.
    OmgangDenial,
    /// Conditions or supervision of contact.
    OmgangConditions,
    /// Course or treatment.
    Gedragsinterventie,
    /// Huisverbod or its extension.
    Huisverbod,
    /// Contact or area ban.
    Contactverbod,
    /// Mediation or joint talks.
    JointTalks,
    /// Further investigation.
    Investigation,
    /// Reasons needed in the decision.
    Reasons,
    /// Conflicting orders.
    OrderConflict,
    /// Hear the other side first.
    HearFirst,
}

/// Direction of an effect; never "decides".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Ondersteunt.
    Supports,
    /// Contra-indiceert.
    ContraIndicates,
    /// Vereist.
    Requires,
}

/// Force of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// Only a question for the hearing.
    Question,
    /// Provisional and reversible.
    Provisional,
    /// Full.
    Full,
}

/// A question for the hearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Why it is asked.
    pub kind: QuestionKind,
    /// What is asked.
    pub about: String,
    /// Why it matters.
    pub why: String,
    /// Criteria whose finding the answer decides ("framework/criterion"). Empty only for a critical sign.
    pub decides: Vec<String>,
    /// Criteria that lean on the facts, though the answer alone changes none of them. Only for a critical sign.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bears_on: Vec<String>,
    /// To whom it is put, in Dutch.
    pub put_to: Vec<Sourced>,
    /// What could lawfully answer it, in Dutch.
    pub could_answer: Vec<Sourced>,
    /// Facts it is about.
    pub facts: Vec<FactId>,
}

impl Question {
    /// All criteria it has to do with.
    pub fn criteria(&self) -> impl Iterator<Item = &String> {
        self.decides.iter().chain(&self.bears_on)
    }
}

/// Why a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A finding waits for the answer of the person concerned (art. 19 Rv).
    Answer,
    /// A contested fact that changes a finding when it is settled.
    Hinge,
    /// A critical sign that is not settled; asked also when no finding turns on it.
    Critical,
    /// The dossier says nothing about it.
    Missing,
}

/// Words in Dutch with the law they rest on, if any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sourced {
    /// The words.
    pub text: String,
    /// Their sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<LegalSource>,
}

/// Notice that something in the file could not be used, without its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Withheld {
    /// Domain in which it was not used.
    pub domain: crate::dossier::model::Domain,
    /// Why, in Dutch.
    pub reason: String,
    /// Source of that rule.
    pub source: LegalSource,
    /// How many items.
    pub items: usize,
}
