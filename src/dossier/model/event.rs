//! Events and what is said about them.

use super::{EvidenceStatus, FactSource, UseRestriction};
use crate::shared::ids::{EventId, FactId, MeasureId, PartyId, PersonId};
use crate::shared::moment::Instant;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that happened, or is said to have happened: one incident or a period of conduct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Id within the dossier.
    pub id: EventId,
    /// Kind of conduct.
    pub kind: EventKind,
    /// Who acted. Two actors mean that both did, or that it is unclear which of both.
    #[serde(default)]
    pub actors: Vec<PersonId>,
    /// Against whom.
    #[serde(default)]
    pub targets: Vec<PersonId>,
    /// When, as precisely as known.
    pub time: EventTime,
    /// Place in words; never a secret address.
    #[serde(default)]
    pub place: Option<String>,
    /// The conduct in neutral words.
    #[schemars(length(min = 1, max = 2000))]
    pub description: String,
    /// Signs that frameworks read.
    #[serde(default)]
    pub signs: Vec<Sign>,
    /// How often such conduct occurred, as reported.
    #[serde(default)]
    pub frequency: Option<Frequency>,
    /// Exposure of each child.
    #[serde(default)]
    pub exposure: Vec<ChildExposure>,
    /// Part of the annex to the Besluit tijdelijk huisverbod under which it falls.
    #[serde(default)]
    pub besluit_annex: Option<BesluitAnnexPart>,
    /// Measure that was breached by it.
    #[serde(default)]
    pub breach_of: Option<MeasureId>,
    /// Who says what about it.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// What the other side answered.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Status per legal domain.
    #[serde(default)]
    pub status: EvidenceStatus,
    /// Restriction on the event as a whole.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

/// Kind of conduct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Fysiek geweld.
    Physical,
    /// Seksueel geweld.
    Sexual,
    /// Psychisch geweld.
    Psychological,
    /// Economisch geweld.
    Economic,
    /// Dwingende controle.
    CoerciveControl,
    /// Stalking (belaging).
    Stalking,
    /// Bedreiging.
    Threat,
    /// Vernieling.
    PropertyDamage,
    /// Kindermishandeling.
    ChildAbuse,
    /// Verwaarlozing.
    Neglect,
    /// Kind is getuige.
    ChildWitness,
    /// Overtreding van een maatregel.
    BreachOfMeasure,
    /// Weigering van noodzakelijke medische toestemming.
    MedicalConsentRefused,
    /// Feitelijke of aangekondigde scheiding of breuk (no violence in itself).
    Separation,
    /// Beschermend of ontlastend feit (no violence).
    Protective,
    /// Anders.
    Other,
    /// Something happened, and the file does not tell what: it counts for nothing until it is told.
    Untold,
}

impl EventKind {
    /// Whether this is violence or neglect in the sense of art. 3 Istanbul Convention.
    #[must_use]
    pub fn is_violence(self) -> bool {
        !matches!(self, Self::MedicalConsentRefused | Self::Separation | Self::Protective | Self::Other | Self::Untold)
    }
}

/// When something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "precision", rename_all = "snake_case", deny_unknown_fields)]
pub enum EventTime {
    /// To the minute.
    Instant {
        /// The moment.
        at: Instant,
    },
    /// To the day.
    Day {
        /// The day.
        on: NaiveDate,
    },
    /// A period, open at either side.
    Period {
        /// First day.
        #[serde(default)]
        from: Option<NaiveDate>,
        /// Last day.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// In words, for instance "tijdens de relatie".
        #[serde(default)]
        description: Option<String>,
    },
    /// Not known.
    Unknown,
}

impl EventTime {
    /// First day it can have happened.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Instant { at } => Some(crate::shared::moment::local_date(at)),
            Self::Day { on } => Some(*on),
            Self::Period { from, .. } => *from,
            Self::Unknown => None,
        }
    }

    /// Last day it can have happened.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Period { until, .. } => *until,
            other => other.first_day(),
        }
    }
}

/// Signs that frameworks read; facts, never a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Niet-fatale verwurging.
    Strangulation,
    /// Vuurwapen of toegang daartoe.
    FirearmAccess,
    /// Dreiging met een wapen.
    WeaponThreat,
    /// Doodsbedreiging.
    DeathThreat,
    /// Gedwongen seks.
    ForcedSex,
    /// Stalking.
    Stalking,
    /// Geweld tijdens zwangerschap.
    PregnancyViolence,
    /// Suïcidedreiging.
    SuicideThreat,
    /// Escalatie.
    Escalation,
    /// Jaloezie.
    Jealousy,
    /// Middelengebruik.
    Substances,
    /// Dierenmishandeling of dreiging met dieren.
    AnimalCruelty,
    /// Kinderen als drukmiddel.
    ChildrenAsLeverage,
    /// Isolatie.
    Isolation,
    /// Toezicht op doen en laten.
    Surveillance,
    /// Controle over geld of papieren.
    FinancialControl,
    /// Controle via procedures.
    ProceduralControl,
    /// Chronische angst.
    ChronicFear,
    /// Letsel.
    Injury,
    /// Reactief of verdedigend.
    Reactive,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Eenmaal.
    Once,
    /// Soms.
    Sometimes,
    /// Vaak.
    Often,
    /// Voortdurend.
    Constant,
}

/// How a child was exposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildExposure {
    /// The child.
    pub child: PersonId,
    /// How.
    pub how: Exposure,
}

/// Manner of exposure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// Was itself the target.
    Target,
    /// Saw it.
    Saw,
    /// Heard it.
    Heard,
    /// Saw the aftermath.
    Aftermath,
    /// Was in the house, asleep or elsewhere.
    InHouse,
    /// Was not there.
    Absent,
    /// Not known.
    Unknown,
}

impl Exposure {
    /// Whether the child experienced the event in some way.
    #[must_use]
    pub fn is_exposed(self) -> bool {
        matches!(self, Self::Target | Self::Saw | Self::Heard | Self::Aftermath | Self::InHouse)
    }
}

/// Part of the exclusive list in the annex to the Besluit tijdelijk huisverbod (art. 2 lid 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BesluitAnnexPart {
    /// Part 1: the person.
    Person,
    /// Part 2: the incident.
    Incident,
    /// Part 3: the living circumstances.
    LivingCircumstances,
}

/// What someone says about an event, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Id within the dossier.
    pub id: FactId,
    /// Who says it.
    pub by: PartyId,
    /// What kind of statement.
    pub kind: StatementKind,
    /// In words; never a secret address.
    #[schemars(length(min = 1, max = 2000))]
    pub content: String,
    /// Day of the statement.
    #[serde(default)]
    pub made_on: Option<NaiveDate>,
    /// Document and page.
    #[serde(default)]
    pub source: Option<FactSource>,
    /// Statement that this one only repeats; copies count once.
    #[serde(default)]
    pub repeats: Option<FactId>,
    /// Restriction on its use.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

/// Kind of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// Says that it happened.
    Asserts,
    /// Admits own conduct.
    Admits,
    /// Takes back an earlier statement.
    Retracts,
    /// Own observation (injury, traces, behaviour).
    Observes,
    /// Passes on what others said.
    Reports,
    /// Finding by a court or authority.
    Finds,
}

/// Answer of the person whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Who answers.
    pub by: PersonId,
    /// How.
    pub stance: AnswerStance,
    /// In words.
    #[serde(default)]
    pub content: Option<String>,
    /// Day.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// Document and page.
    #[serde(default)]
    pub source: Option<FactSource>,
    /// Restriction on its use.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

/// Stance of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStance {
    /// Erkent.
    Admits,
    /// Betwist.
    Disputes,
    /// Erkent deels.
    PartlyAdmits,
    /// Kon reageren, deed dat niet.
    NoAnswer,
    /// Beroept zich op het zwijgrecht; nothing follows from it.
    Silence,
}
