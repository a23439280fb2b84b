//! Matters: one per case number set, in one of three legal domains.

use super::{Domain, FactSource};
use crate::shared::ids::{FactId, MatterId, PartyId, PersonId, RequestId};
use crate::shared::moment::Instant;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One matter before a court or authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Id within the dossier.
    pub id: MatterId,
    /// Legal domain.
    pub domain: Domain,
    /// What it is about.
    pub kind: MatterKind,
    /// All its numbers; paired numbers stand as two entries.
    pub numbers: Vec<CaseNumber>,
    /// Court or authority that decides.
    pub authority: Authority,
    /// Where it stands.
    pub state: MatterState,
    /// Day of filing or start.
    #[serde(default)]
    pub filed_on: Option<NaiveDate>,
    /// Hearings, held and planned.
    #[serde(default)]
    pub hearings: Vec<Hearing>,
    /// Course of the proceedings, in order.
    #[serde(default)]
    pub steps: Vec<ProcedureStep>,
    /// Only in criminal matters.
    #[serde(default)]
    pub criminal: Option<CriminalCase>,
}

/// Kind of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// Echtscheiding with nevenvoorzieningen.
    Divorce,
    /// Voorlopige voorzieningen, art. 821-826 Rv.
    ProvisionalMeasures,
    /// Gezag.
    Gezag,
    /// Omgang or care arrangement.
    Omgang,
    /// Child protection (ondertoezichtstelling, 1:266, 1:268).
    ChildProtection,
    /// Kort geding.
    KortGeding,
    /// Criminal case.
    CriminalCase,
    /// Tijdelijk huisverbod (mayor).
    Huisverbod,
    /// Review of a huisverbod by the administrative judge.
    HuisverbodReview,
}

/// A number under which the matter is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseNumber {
    /// What kind of number.
    pub kind: CaseNumberKind,
    /// The number as the authority writes it.
    #[schemars(length(min = 1, max = 60))]
    pub value: String,
}

/// Kind of case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseNumberKind {
    /// Zaaknummer (C/10/...).
    Zaaknummer,
    /// Rekestnummer or rolnummer (FA RK, KG ZA).
    Rekestnummer,
    /// Parketnummer.
    Parketnummer,
    /// Number of the huisverbod at the municipality.
    HuisverbodNummer,
    /// Other reference.
    Other,
}

/// Court or authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// For instance "Rechtbank Rotterdam, team familie".
    pub name: String,
    /// Place of sitting.
    #[serde(default)]
    pub place: Option<String>,
}

/// Where a matter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatterState {
    /// Announced, not yet filed.
    Announced,
    /// Pending.
    Pending,
    /// Heard, decision awaited.
    Heard,
    /// Decided, remedy open.
    Decided,
    /// Decided and final.
    Final,
    /// Withdrawn or ended otherwise.
    Withdrawn,
}

/// A hearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hearing {
    /// Begin.
    pub at: Instant,
    /// "combizitting", "mondelinge behandeling", "raadkamer".
    pub kind: String,
    /// Where in the building, for instance "zaal 3"; left out when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Who appeared (only for hearings held).
    #[serde(default)]
    pub appeared: Vec<PartyId>,
}

/// A step in the proceedings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureStep {
    /// Day.
    pub on: NaiveDate,
    /// What happened, one clause in Dutch.
    pub what: String,
    /// Document that shows it.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// Criminal case of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriminalCase {
    /// The suspect or convict.
    pub accused: PersonId,
    /// Phase; decides whether the word "verdachte" is used.
    pub phase: CriminalPhase,
    /// Offences charged.
    #[serde(default)]
    pub offences: Vec<Offence>,
    /// Risk class in the reclassering advice, as that advice gives it.
    #[serde(default)]
    pub reclassering_risk: Option<RiskClass>,
    /// Document with the reclassering advice.
    #[serde(default)]
    pub reclassering_advice: Option<FactSource>,
}

/// Phase of a criminal case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriminalPhase {
    /// Suspicion, before a summons.
    Suspicion,
    /// In pre-trial custody.
    Remand,
    /// Pre-trial custody suspended under conditions.
    RemandSuspended,
    /// Summoned.
    Summoned,
    /// Convicted, not final.
    ConvictedNotFinal,
    /// Convicted, final.
    ConvictedFinal,
    /// Acquitted.
    Acquitted,
    /// Dismissed (sepot).
    Dismissed,
}

impl CriminalPhase {
    /// Whether there is a conviction, final or not.
    #[must_use]
    pub fn is_convicted(self) -> bool {
        matches!(self, Self::ConvictedNotFinal | Self::ConvictedFinal)
    }
}

/// Risk class as reported by reclassering; never computed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskClass {
    /// Laag.
    Low,
    /// Laag tot gemiddeld.
    LowModerate,
    /// Gemiddeld.
    Moderate,
    /// Hoog.
    High,
}

/// An offence charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// Name, for instance "mishandeling".
    pub name: String,
    /// Article, for instance "art. 300 Sr".
    pub article: String,
    /// Against a (former) partner.
    #[serde(default)]
    pub against_partner: Option<bool>,
    /// Events in this dossier that it concerns.
    #[serde(default)]
    pub events: Vec<FactId>,
}

/// A request to a court or authority, with positions of the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Id within the dossier.
    pub id: RequestId,
    /// Matter in which it is made.
    pub matter: MatterId,
    /// What is asked.
    pub kind: RequestKind,
    /// Who asks.
    pub by: PartyId,
    /// Day of the request.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// Legal basis as pleaded.
    #[serde(default)]
    pub basis: Option<String>,
    /// Children concerned.
    #[serde(default)]
    pub children: Vec<PersonId>,
    /// Persons against whom it is directed.
    #[serde(default)]
    pub against: Vec<PersonId>,
    /// The request in a sentence.
    pub content: String,
    /// Grounds as pleaded.
    #[serde(default)]
    pub grounds: Option<String>,
    /// The request for which this one stands in: it is made only in case that one is not granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subsidiary_to: Option<RequestId>,
    /// Positions of the others.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Document with the request.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Suspension of gezag, art. 1:268 BW.
    SuspendGezag,
    /// Sole gezag, art. 1:251a or 1:253n BW.
    SoleGezag,
    /// End of gezag, art. 1:266 BW.
    EndGezag,
    /// Restoration of (joint) gezag.
    JointGezag,
    /// Omgang or care arrangement.
    Omgang,
    /// Denial of omgang.
    DenyOmgang,
    /// Main residence.
    MainResidence,
    /// Exclusive use of the home, art. 822 lid 1 a Rv.
    ExclusiveUseOfHome,
    /// Entrustment of children, art. 822 lid 1 c Rv.
    EntrustChildren,
    /// Maintenance, art. 822 lid 1 e Rv.
    Maintenance,
    /// Extension of a huisverbod.
    ExtendHuisverbod,
    /// Annulment or lifting of a huisverbod.
    LiftHuisverbod,
    /// Contact or area ban in kort geding.
    CivilBan,
    /// Course or treatment.
    Intervention,
    /// Information, art. 1:377b BW.
    Information,
    /// Divorce.
    Divorce,
    /// Conviction and sentence (OM).
    Conviction,
    /// Other.
    Other,
}

/// Position of a party on a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Who.
    pub by: PartyId,
    /// For or against.
    pub stance: Stance,
    /// In a sentence.
    #[serde(default)]
    pub content: Option<String>,
    /// Document.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// Stance on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Agrees.
    Agrees,
    /// Opposes.
    Opposes,
    /// Agrees in part.
    Partly,
    /// Leaves it to the court.
    Refers,
    /// Position not known.
    Unknown,
}
