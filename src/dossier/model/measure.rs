//! Measures as data: who may not (or may, or must) do what, to whom, where and when.

use super::{FactSource, UseRestriction};
use crate::shared::ids::{AddressId, FactId, MatterId, MeasureId, PartyId, PersonId};
use crate::shared::moment::Instant;
use chrono::NaiveDateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A ban, order or arrangement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Id within the dossier.
    pub id: MeasureId,
    /// Legal instrument.
    pub instrument: Instrument,
    /// Legal basis as in the order, for instance "art. 509hh lid 1 onder b Sv".
    #[serde(default)]
    pub legal_basis: Option<String>,
    /// Matter it belongs to.
    pub matter: MatterId,
    /// Who issued or will issue it.
    #[serde(default)]
    pub issued_by: Option<PartyId>,
    /// Moment of the decision.
    #[serde(default)]
    pub decided_at: Option<Instant>,
    /// Begin of its force.
    #[serde(default)]
    pub starts: Option<Instant>,
    /// End of its force; absent means no fixed end or not known (see `open_ended`).
    #[serde(default)]
    pub ends: Option<Instant>,
    /// True when it has no end by its nature; false with no `ends` means the end is unknown.
    #[serde(default)]
    pub open_ended: bool,
    /// Whether it is in force.
    pub state: MeasureState,
    /// Moment at which it was lifted, withdrawn or lapsed early.
    #[serde(default)]
    pub ended_early: Option<Instant>,
    /// Why it ended early.
    #[serde(default)]
    pub ended_because: Option<String>,
    /// Measure that this one extends.
    #[serde(default)]
    pub extends: Option<MeasureId>,
    /// Persons bound by it.
    pub restrained: Vec<PersonId>,
    /// Persons it protects or whose contact it arranges.
    pub protected: Vec<PersonId>,
    /// What is forbidden, permitted or required.
    #[serde(default)]
    pub rules: Vec<MeasureRule>,
    /// Uitvoerbaar bij voorraad or dadelijk uitvoerbaar; absent means unknown.
    #[serde(default)]
    pub immediately_enforceable: Option<bool>,
    /// Moment at which the restrained person was told of it.
    #[serde(default)]
    pub notified_at: Option<Instant>,
    /// Document with the order.
    #[serde(default)]
    pub source: Option<FactSource>,
    /// Restriction on its use.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

impl Measure {
    /// Effective end: the earlier of the planned end and an early end.
    #[must_use]
    pub fn effective_end(&self) -> Option<Instant> {
        match (self.ends, self.ended_early) {
            (Some(planned), Some(early)) => Some(planned.min(early)),
            (planned, early) => planned.or(early),
        }
    }
}

/// Legal instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Instrument {
    /// Tijdelijk huisverbod, art. 2 Wth.
    Huisverbod,
    /// Verlenging, art. 9 Wth.
    HuisverbodExtension,
    /// Gedragsaanwijzing, art. 509hh Sv.
    Gedragsaanwijzing,
    /// Conditions of suspended pre-trial custody, art. 80 Sv.
    SchorsingVoorlopigeHechtenis,
    /// Special condition, art. 14c Sr.
    BijzondereVoorwaarde,
    /// Freedom-restricting measure, art. 38v Sr.
    Vrijheidsbeperkend38v,
    /// Custody.
    Detentie,
    /// Civil ban in kort geding.
    CivielVerbod,
    /// Provisional order, art. 822 Rv.
    VoorlopigeVoorziening,
    /// Omgang, art. 1:377a BW.
    Omgangsregeling,
    /// Care arrangement, art. 1:253a BW.
    Zorgregeling,
    /// Suspension of gezag, art. 1:268 BW.
    SchorsingGezag,
    /// Voorlopige voogdij.
    VoorlopigeVoogdij,
    /// Ondertoezichtstelling.
    Ondertoezichtstelling,
    /// Uithuisplaatsing.
    Uithuisplaatsing,
    /// Voluntary safety plan.
    Veiligheidsplan,
}

/// Whether a measure is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureState {
    /// In force, or was in force during its period.
    InForce,
    /// Proposed or requested, not decided.
    Proposed,
    /// Decided but not yet enforceable.
    NotYetEnforceable,
    /// Suspended.
    Suspended,
    /// Ended before its time (`ended_early`).
    Ended,
    /// Annulled from the start.
    Annulled,
}

/// One rule of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureRule {
    /// Forbids, permits or requires.
    pub effect: RuleEffect,
    /// What.
    pub conduct: Conduct,
    /// With whom; empty means all protected persons.
    #[serde(default)]
    pub with: Vec<PersonId>,
    /// By which channels; empty means every channel.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Where; empty means everywhere.
    #[serde(default)]
    pub places: Vec<Place>,
    /// When; absent means during the whole measure.
    #[serde(default)]
    pub schedule: Option<Schedule>,
    /// Exceptions to a ban.
    #[serde(default)]
    pub exceptions: Vec<RuleException>,
    /// Supervision of contact.
    #[serde(default)]
    pub supervision: Option<Supervision>,
    /// The rule in the words of the order.
    #[serde(default)]
    pub text: Option<String>,
}

/// Direction of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleEffect {
    /// Verbiedt.
    Forbids,
    /// Staat toe.
    Permits,
    /// Gebiedt.
    Requires,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Conduct {
    /// Contact with persons.
    Contact,
    /// Being at a place.
    Presence,
    /// Living at, or using, a home.
    Residence,
    /// Handing over children.
    Handover,
    /// Joint talks.
    JointSession,
    /// Course or treatment.
    Course,
    /// Reporting to an authority.
    Reporting,
    /// Exercising gezag.
    Gezag,
    /// Supervision by a GI.
    Guidance,
}

/// Channel of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Fysiek.
    InPerson,
    /// Telefoon.
    Phone,
    /// Schriftelijk.
    Written,
    /// Digitaal (mail, chat, sociale media).
    Digital,
    /// Via anderen.
    ThirdParty,
    /// Beeldbellen.
    Video,
}

/// A place in a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// In words; never a secret address.
    pub description: String,
    /// Address in this dossier, by id.
    #[serde(default)]
    pub address: Option<AddressId>,
    /// Radius in metres around it, for an area ban.
    #[serde(default)]
    pub radius_metres: Option<u32>,
}

/// A recurring time, in Dutch local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// First occurrence, local time in the Netherlands, without offset.
    pub first: NaiveDateTime,
    /// Length in minutes.
    pub minutes: u32,
    /// RFC 5545 recurrence rule without "RRULE:"; absent means once.
    #[serde(default)]
    pub rrule: Option<String>,
    /// Occurrences left out, local time.
    #[serde(default)]
    pub except: Vec<NaiveDateTime>,
    /// How the children change hands.
    #[serde(default)]
    pub handover: Option<Handover>,
}

/// Handover of children at the begin and end of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Where.
    #[serde(default)]
    pub place: Option<Place>,
    /// Person who brings.
    #[serde(default)]
    pub from: Option<PersonId>,
    /// Person who collects.
    #[serde(default)]
    pub to: Option<PersonId>,
    /// Third person or organisation in between.
    #[serde(default)]
    pub via: Option<PartyId>,
    /// Whether the adults meet; absent means unknown.
    #[serde(default)]
    pub adults_meet: Option<bool>,
}

/// An exception in a ban.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleException {
    /// In the words of the order.
    pub text: String,
    /// What it allows.
    pub allows: Conduct,
    /// With whom; empty means all.
    #[serde(default)]
    pub with: Vec<PersonId>,
    /// Only under supervision or through this third party.
    #[serde(default)]
    pub through: Option<PartyId>,
    /// Only for an arrangement made or approved by a court or GI.
    #[serde(default)]
    pub only_arranged: bool,
}

/// Supervision of contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    /// Who supervises.
    pub by: PartyId,
    /// Whether they agreed; absent means unknown.
    #[serde(default)]
    pub agreed: Option<bool>,
    /// First day on which they are available.
    #[serde(default)]
    pub available_from: Option<chrono::NaiveDate>,
    /// Whether they report to the court.
    #[serde(default)]
    pub reports: Option<bool>,
    /// Whether they are volunteers.
    #[serde(default)]
    pub volunteers: Option<bool>,
}

/// A proposal to talk or care jointly: mediation, joint sessions, birdnesting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JointProposal {
    /// Id within the dossier.
    pub id: FactId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// Who proposes.
    #[serde(default)]
    pub by: Option<PartyId>,
    /// Who would take part.
    pub participants: Vec<PersonId>,
    /// Consent per person.
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// Whether behaviour-specific screening was done; absent means unknown.
    #[serde(default)]
    pub screened: Option<bool>,
    /// Adapted form (shuttle, online, lawyers present, right to stop, follow-up); absent means unknown.
    #[serde(default)]
    pub adapted_form: Option<bool>,
    /// Day.
    #[serde(default)]
    pub on: Option<chrono::NaiveDate>,
    /// Document.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// Kind of joint proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// Mediation.
    Mediation,
    /// Gezamenlijk gesprek or systeemgesprek.
    JointSession,
    /// Slachtoffer-dadergesprek.
    VictimOffenderTalk,
    /// Co-ouderschap.
    SharedCare,
    /// Birdnesting.
    Birdnesting,
    /// Uniform hulpaanbod or parenting course together.
    JointParentingHelp,
}

/// Consent of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Who.
    pub by: PersonId,
    /// Given or refused; absent means unknown.
    #[serde(default)]
    pub given: Option<bool>,
    /// Asked apart from the other; absent means unknown.
    #[serde(default)]
    pub asked_separately: Option<bool>,
}
