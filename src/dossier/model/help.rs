//! Instruments' results, help, and children being heard.

use super::{Domain, EvidenceStatus, FactSource, UseRestriction};
use crate::shared::ids::{FactId, MatterId, PartyId, PersonId};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of an instrument as its user reported it; never administered or recomputed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentResult {
    /// Id within the dossier.
    pub id: FactId,
    /// Which instrument.
    pub instrument: RiskInstrument,
    /// Version of the instrument.
    #[serde(default)]
    pub version: Option<String>,
    /// Day of the assessment.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// Who assessed.
    #[serde(default)]
    pub assessor: Option<PartyId>,
    /// Whether the assessor was trained for it; absent means unknown.
    #[serde(default)]
    pub assessor_trained: Option<bool>,
    /// Persons who gave information.
    #[serde(default)]
    pub informants: Vec<PersonId>,
    /// About whom.
    #[serde(default)]
    pub about: Vec<PersonId>,
    /// The result in the assessor's words.
    pub result: String,
    /// Level in the instrument's own terms.
    #[serde(default)]
    pub level: Option<String>,
    /// Signals per part, only for instruments that report so (RiHG).
    #[serde(default)]
    pub signals: Vec<SignalResult>,
    /// Whether weapons and escalation were asked after; absent means unknown.
    #[serde(default)]
    pub weapons_asked: Option<bool>,
    /// Limitations as reported.
    #[serde(default)]
    pub limits: Option<String>,
    /// Document.
    #[serde(default)]
    pub source: Option<FactSource>,
    /// Restriction on its use.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

/// Instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskInstrument {
    /// Risicotaxatie-instrument huiselijk geweld.
    Rihg,
    /// MASIC.
    Masic,
    /// FL-DOORS.
    FlDoors,
    /// DASH.
    Dash,
    /// SASH.
    Sash,
    /// Danger Assessment.
    DangerAssessment,
    /// B-SAFER or SARA.
    Sara,
    /// Veilig Thuis triage or veiligheidsbeoordeling.
    VeiligThuis,
    /// Structured child interview (NICHD).
    ChildInterview,
    /// Report by the Raad with a structured risk section.
    RaadReport,
    /// Other.
    Other,
}

/// One signal as reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalResult {
    /// Part of the instrument.
    pub part: SignalPart,
    /// Number of the signal in the instrument.
    pub number: u32,
    /// Level as reported.
    pub level: SignalLevel,
}

/// Part of the RiHG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalPart {
    /// The person.
    Person,
    /// The incident.
    Incident,
    /// The family.
    Family,
}

/// Level of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalLevel {
    /// Hoog.
    High,
    /// Middel.
    Medium,
    /// Laag.
    Low,
}

/// Help, course or treatment of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpTrack {
    /// Id within the dossier.
    pub id: FactId,
    /// Whose.
    pub person: PersonId,
    /// What kind.
    pub kind: HelpKind,
    /// Named programme.
    #[serde(default)]
    pub programme: Option<Programme>,
    /// Who gives it.
    #[serde(default)]
    pub provider: Option<PartyId>,
    /// Day of the offer.
    #[serde(default)]
    pub offered_on: Option<NaiveDate>,
    /// Answer to the offer.
    pub response: HelpResponse,
    /// How far it is.
    pub progress: HelpProgress,
    /// Start.
    #[serde(default)]
    pub started_on: Option<NaiveDate>,
    /// End.
    #[serde(default)]
    pub ended_on: Option<NaiveDate>,
    /// In words: attendance, goals, outcome.
    #[serde(default)]
    pub note: Option<String>,
    /// Legal frame, when imposed.
    #[serde(default)]
    pub imposed_in: Option<MatterId>,
    /// Document.
    #[serde(default)]
    pub source: Option<FactSource>,
    /// Status per domain.
    #[serde(default)]
    pub status: EvidenceStatus,
    /// Restriction on its use.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

/// Kind of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HelpKind {
    /// Gedragsinterventie.
    Course,
    /// Behandeling.
    Treatment,
    /// Hulp for victim or child.
    Support,
    /// Systeemgesprek.
    SystemTalk,
    /// Middelenzorg.
    AddictionCare,
    /// Other.
    Other,
}

/// Named programmes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Programme {
    /// Beëindiging Onderling Relationeel Geweld (reclassering).
    Borg,
    /// Take a Break.
    TakeABreak,
    /// Forensic outpatient care.
    ForensischeZorg,
    /// Addiction care.
    Verslavingszorg,
    /// Support group.
    Groepsaanbod,
    /// Other.
    Other,
}

/// Answer to an offer of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HelpResponse {
    /// Aangeboden, no answer yet.
    Offered,
    /// Aanvaard.
    Accepted,
    /// Geweigerd.
    Refused,
    /// Opgelegd.
    Imposed,
    /// Not known.
    Unknown,
}

/// Progress of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HelpProgress {
    /// Niet begonnen.
    NotStarted,
    /// Wachtlijst.
    Waiting,
    /// Loopt.
    Running,
    /// Afgerond.
    Completed,
    /// Voortijdig gestopt.
    Stopped,
    /// Not known.
    Unknown,
}

/// Opportunity given to a child to be heard (art. 809 Rv, art. 7 Wth).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildHearing {
    /// Id within the dossier.
    pub id: FactId,
    /// The child.
    pub child: PersonId,
    /// The matter.
    pub matter: MatterId,
    /// Day of the invitation.
    #[serde(default)]
    pub invited_on: Option<NaiveDate>,
    /// Day of the talk or letter.
    #[serde(default)]
    pub held_on: Option<NaiveDate>,
    /// What came of it.
    pub outcome: ChildHearingOutcome,
    /// Whether the child showed serious objections to contact; absent means unknown.
    #[serde(default)]
    pub objects_to_contact: Option<bool>,
    /// Rendering of the child's words that may be shared with the parties.
    #[serde(default)]
    pub shared_summary: Option<String>,
    /// Whether sharing was checked for the child's safety; absent means unknown.
    #[serde(default)]
    pub sharing_checked: Option<bool>,
    /// Document and page of the invitation or the report.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// Outcome of the opportunity to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChildHearingOutcome {
    /// Gehoord.
    Heard,
    /// By letter.
    Written,
    /// Opgeroepen, nog niet gehoord.
    Invited,
    /// Invited, did not wish to.
    Declined,
    /// Not invited.
    NotInvited,
    /// Not known.
    Unknown,
}

/// The judge's own words for a criterion or a block of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeWords {
    /// Criterion id ("istanbul/IV4"; with the persons when it is asked per person,
    /// "istanbul/IV2[vader]") or block of a draft ("omgang/beoordeling").
    pub about: String,
    /// Domain of the judge.
    pub domain: Domain,
    /// Own answer to an open norm; absent when only words are given.
    #[serde(default)]
    pub answer: Option<JudgeAnswer>,
    /// The words.
    #[schemars(length(min = 1, max = 20000))]
    pub text: String,
    /// Attribution, by function: "de kinderrechter".
    pub by: String,
    /// Day.
    pub on: NaiveDate,
    /// What was chosen on that about which words for a paper are, when they were written: the form of contact, the
    /// basis, the outcome, as the format writes it ("denied", "bw1268=refused"). The program fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub beside: Option<String>,
    /// They came with a file that the clerk brought in; no judge recorded them under an own account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_file: bool,
}

impl JudgeWords {
    /// Whose words they are, as a paper and a page tell it.
    #[must_use]
    pub fn told_by(&self) -> String {
        if self.from_file { format!("{}{BROUGHT_IN}", self.by) } else { self.by.clone() }
    }
}

/// What is told of words that no judge recorded.
const BROUGHT_IN: &str = " (ingebracht door de griffie)";

/// The judge's own answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JudgeAnswer {
    /// Voldaan.
    Met,
    /// Niet voldaan.
    NotMet,
    /// Onbeslist.
    Undecided,
}
