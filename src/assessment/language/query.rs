//! Queries for facts. A list left empty means "any"; a field left out is not asked.
//!
//! A value that the dossier does not give makes the query *missing*, not false. `if_none` says
//! what it means when the dossier holds nothing of the kind at all.

use crate::dossier::model::{
    AnswerStance, ChildHearingOutcome, Conduct, CriminalPhase, EventKind, Evidence, Frequency, GezagBasis, GezagForm,
    HelpKind, HelpProgress, HelpResponse, InformationDuty, Instrument, InterventionBasis, OmgangForm, OrganisationKind,
    Programme, ProposalKind, RelationKind, RequestKind, RiskClass, RiskInstrument, RuleEffect, Sign, SignalLevel,
    StatementKind,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Role of a person in a rule. Roles are relational; a rule cannot name a sex.
/// A role that `for_each` fixes means that person; otherwise anyone in that role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Anyone.
    Anyone,
    /// Anyone who is not a child in the case.
    Adult,
    /// A parent of a child in the case.
    Parent,
    /// A parent other than `parent` (when not fixed: other than the actor).
    OtherParent,
    /// A child in the case.
    Child,
    /// An adult who is or was married to, living with, in a relation with, or parent with the actor.
    Partner,
    /// The adult fixed by `for_each: adult`.
    Person,
    /// A person bound by the huisverbod (when not fixed: by any huisverbod).
    Restrained,
    /// A person protected by the huisverbod (when not fixed: by any huisverbod).
    Protected,
    /// A person who would take part in the proposal (when not fixed: in any proposal).
    Participant,
    /// The accused in a criminal case.
    Accused,
}

/// Least certainty for a query. Order: alleged (gesteld of betwist) < plausible < admitted < established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// Gesteld of betwist.
    Alleged,
    /// Aannemelijk.
    Plausible,
    /// Erkend of onweersproken.
    Admitted,
    /// Vast.
    Established,
}

/// What it means that the dossier holds nothing of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IfNone {
    /// The dossier does not say: missing. The default for events, help, relations, gezag and hearings.
    Unknown,
    /// It is not there: false. The default for measures, proposals, requests, plans, results and criminal cases,
    /// which exist in the file or not at all.
    No,
}

/// When an event must have happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// In so many days before the reference date.
    #[serde(default)]
    pub last_days: Option<u32>,
    /// Strictly after the newest measure of one of these kinds was decided (or began).
    #[serde(default)]
    pub after_measure: Vec<Instrument>,
    /// On or after the newest separation.
    #[serde(default)]
    pub after_separation: bool,
}

/// Whether an event falls under the annex to the Besluit tijdelijk huisverbod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnnexFilter {
    /// It was placed under a part of the annex.
    Tagged,
    /// It was not.
    Untagged,
}

/// An event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventQuery {
    /// Kind of conduct.
    #[serde(default)]
    pub kinds: Vec<EventKind>,
    /// Only violence or neglect in the sense of art. 3 Istanbul Convention.
    #[serde(default)]
    pub violence: bool,
    /// At least one of these signs.
    #[serde(default)]
    pub signs: Vec<Sign>,
    /// None of these signs.
    #[serde(default)]
    pub without_signs: Vec<Sign>,
    /// At least one of the kinds or one of the signs, instead of both.
    #[serde(default)]
    pub kind_or_sign: bool,
    /// Who acted.
    #[serde(default)]
    pub actor: Option<Role>,
    /// Against whom.
    #[serde(default)]
    pub target: Option<Role>,
    /// Child that experienced it (`child`).
    #[serde(default)]
    pub exposed: Option<Role>,
    /// Least frequency, as reported.
    #[serde(default)]
    pub frequency: Option<Frequency>,
    /// Breach of a measure of one of these kinds.
    #[serde(default)]
    pub breach_of: Vec<Instrument>,
    /// Someone made a statement of one of these kinds about it, for instance a retraction.
    #[serde(default)]
    pub statements: Vec<StatementKind>,
    /// Only statements of someone who underwent the conduct: what another says of it is not theirs.
    #[serde(default)]
    pub own_statement: bool,
    /// Someone gave one of these answers to it.
    #[serde(default)]
    pub answers: Vec<AnswerStance>,
    /// Exactly this certainty in the domain, for instance only what is contested. That something was
    /// refuted is certain from the file itself.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Annex to the Besluit tijdelijk huisverbod.
    #[serde(default)]
    pub annex: Option<AnnexFilter>,
    /// When.
    #[serde(default)]
    pub within: Option<Period>,
    /// Least certainty for the outcome, when it is not that of the domain
    /// (family and administrative: plausible; criminal: established).
    #[serde(default)]
    pub status: Option<Threshold>,
    /// Least number of such events; for a pattern, not a score. Left out means one.
    #[serde(default)]
    pub at_least: Option<usize>,
    /// Least number of independent sources over these events; copies and hearsay do not count.
    #[serde(default)]
    pub independent_sources: Option<usize>,
    /// What none means; left out means unknown.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// Whether those whom events concern could answer them (silence counts as an opportunity, nothing else).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuery {
    /// Which events.
    pub events: Box<EventQuery>,
}

/// Whether a measure is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InForce {
    /// On the reference date.
    #[default]
    Now,
    /// On the reference date or later.
    NowOrLater,
    /// At any time, also when it ended.
    Ever,
    /// Decided and not annulled, whenever it runs and whether or not the file tells its days.
    Decided,
    /// Proposed or requested, not decided.
    Proposed,
}

/// A measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureQuery {
    /// Legal instrument.
    #[serde(default)]
    pub instruments: Vec<Instrument>,
    /// In force when.
    #[serde(default)]
    pub in_force: InForce,
    /// Whom it binds.
    #[serde(default)]
    pub restrained: Option<Role>,
    /// Whom it protects, or with whom it arranges contact.
    #[serde(default)]
    pub protected: Option<Role>,
    /// It has a rule on one of these kinds of conduct.
    #[serde(default)]
    pub conduct: Vec<Conduct>,
    /// That rule forbids, permits or requires.
    #[serde(default)]
    pub effect: Option<RuleEffect>,
    /// That rule has (true) or lacks (false) an exception.
    #[serde(default)]
    pub exception: Option<bool>,
    /// That rule has (true) or lacks (false) supervision.
    #[serde(default)]
    pub supervision: Option<bool>,
    /// Its end is known (true) or not (false); an order without end by its nature has a known end.
    #[serde(default)]
    pub end_known: Option<bool>,
    /// The places of that rule are addresses where a protected person still is (true) or no longer is (false).
    #[serde(default)]
    pub place_current: Option<bool>,
    /// It was extended (true) or not (false).
    #[serde(default)]
    pub extended: Option<bool>,
    /// What none means; left out means no.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// Consent of the participants of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentQuery {
    /// Everyone consented, each asked apart from the other.
    FreeAndSeparate,
    /// Someone refused.
    Refused,
}

/// A proposal of mediation, joint talks or a joint form of care.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalQuery {
    /// Kind.
    #[serde(default)]
    pub kinds: Vec<ProposalKind>,
    /// Consent of the participants.
    #[serde(default)]
    pub consent: Option<ConsentQuery>,
    /// Behaviour-specific screening was done.
    #[serde(default)]
    pub screened: Option<bool>,
    /// Adapted form was arranged.
    #[serde(default)]
    pub adapted_form: Option<bool>,
    /// What none means; left out means no.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// Help, a course or treatment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpQuery {
    /// Whose.
    #[serde(default)]
    pub person: Option<Role>,
    /// Kind.
    #[serde(default)]
    pub kinds: Vec<HelpKind>,
    /// Programme.
    #[serde(default)]
    pub programmes: Vec<Programme>,
    /// Answer to the offer.
    #[serde(default)]
    pub response: Vec<HelpResponse>,
    /// Progress.
    #[serde(default)]
    pub progress: Vec<HelpProgress>,
    /// A legal frame is named (true) or not (false).
    #[serde(default)]
    pub imposed: Option<bool>,
    /// A provider is named (true) or not (false).
    #[serde(default)]
    pub provider: Option<bool>,
    /// What none means; left out means unknown.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// A result of an instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultQuery {
    /// Instrument.
    #[serde(default)]
    pub instruments: Vec<RiskInstrument>,
    /// About whom.
    #[serde(default)]
    pub about: Option<Role>,
    /// Weapons and escalation were asked after.
    #[serde(default)]
    pub weapons_asked: Option<bool>,
    /// The assessor was trained.
    #[serde(default)]
    pub assessor_trained: Option<bool>,
    /// Least number of informants.
    #[serde(default)]
    pub informants: Option<usize>,
    /// Day, assessor and document are known (true) or one of them lacks (false).
    #[serde(default)]
    pub attributed: Option<bool>,
    /// Its limits are told (true) or not (false).
    #[serde(default)]
    pub limits_told: Option<bool>,
    /// Level in the instrument's own words.
    #[serde(default)]
    pub levels: Vec<String>,
    /// In so many days before the reference date.
    #[serde(default)]
    pub last_days: Option<u32>,
    /// What none means; left out means no.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// Signals counted within one part, as the RiHG itself prescribes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalQuery {
    /// The instrument that prescribes the count.
    pub instrument: RiskInstrument,
    /// Level as reported.
    pub level: SignalLevel,
    /// Least number within one part.
    pub within_one_part: usize,
}

/// Opportunity given to a child to be heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingQuery {
    /// The child (`child`).
    #[serde(default)]
    pub child: Option<Role>,
    /// Outcome.
    #[serde(default)]
    pub outcomes: Vec<ChildHearingOutcome>,
    /// The child showed serious objections to contact.
    #[serde(default)]
    pub objects_to_contact: Option<bool>,
    /// Sharing of the child's words was checked for safety.
    #[serde(default)]
    pub sharing_checked: Option<bool>,
    /// What none means; left out means unknown.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestQuery {
    /// What is asked.
    #[serde(default)]
    pub kinds: Vec<RequestKind>,
    /// Asked by a person in this role.
    #[serde(default)]
    pub by: Option<Role>,
    /// Asked by an organisation of one of these kinds.
    #[serde(default)]
    pub by_organisation: Vec<OrganisationKind>,
    /// Asked by someone who cares for the child for at least a year.
    #[serde(default)]
    pub by_carer: bool,
    /// Concerns this child (`child`); a request that names no child concerns every child.
    #[serde(default)]
    pub child: Option<Role>,
    /// Directed against this person; a request that names nobody is directed against every other party.
    #[serde(default)]
    pub against: Option<Role>,
    /// What none means; left out means no.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// Who holds gezag on the reference date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GezagQuery {
    /// Over which child (`child`).
    #[serde(default)]
    pub child: Option<Role>,
    /// Who.
    #[serde(default)]
    pub holder: Option<Role>,
    /// In what form.
    #[serde(default)]
    pub forms: Vec<GezagForm>,
    /// Shown by a document (true) or not (false).
    #[serde(default)]
    pub proven: Option<bool>,
    /// What none means; left out means unknown.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// A criminal case of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriminalQuery {
    /// Whose.
    #[serde(default)]
    pub accused: Option<Role>,
    /// Phase.
    #[serde(default)]
    pub phases: Vec<CriminalPhase>,
    /// Risk class as the reclassering gives it.
    #[serde(default)]
    pub reclassering_risk: Vec<RiskClass>,
    /// A reclassering advice is in the file.
    #[serde(default)]
    pub reclassering_advice: Option<bool>,
    /// What none means; left out means no.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// A relation on the reference date or ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationQuery {
    /// Kind.
    #[serde(default)]
    pub kinds: Vec<RelationKind>,
    /// First person; for partners the order does not matter.
    #[serde(default)]
    pub from: Option<Role>,
    /// Second person.
    #[serde(default)]
    pub to: Option<Role>,
    /// Only when it has not ended on the reference date.
    #[serde(default)]
    pub current: bool,
    /// What none means; left out means unknown.
    #[serde(default)]
    pub if_none: Option<IfNone>,
}

/// Age in whole years on the reference date. An unknown day of birth is missing, unless the year decides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeQuery {
    /// Whose; when the role is not fixed, anyone in it.
    pub who: Role,
    /// Least age.
    #[serde(default)]
    pub at_least: Option<u32>,
    /// Below this age.
    #[serde(default)]
    pub below: Option<u32>,
}

/// Whether an address is shielded from the other parties. The address itself is never read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressQuery {
    /// Whose home, stay or refuge; when the role is not fixed, anyone in it.
    pub who: Role,
}

/// What the judge or mayor intends. Every field that is given must fit one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanQuery {
    /// Draft A.
    Gezag {
        /// Basis.
        #[serde(default)]
        basis: Vec<GezagBasis>,
    },
    /// Draft B.
    Omgang {
        /// Form for the child (or any child).
        #[serde(default)]
        forms: Vec<OmgangForm>,
        /// A ground for denial is named (true) or not (false).
        #[serde(default)]
        ground: Option<bool>,
        /// Supervision is arranged (true) or not (false).
        #[serde(default)]
        supervision: Option<bool>,
        /// Handover: the adults meet (true) or do not meet (false).
        #[serde(default)]
        adults_meet: Option<bool>,
        /// A term and an evaluation are named (true) or one of them lacks (false).
        #[serde(default)]
        term: Option<bool>,
        /// Joint talks are made a condition.
        #[serde(default)]
        joint_talks: Option<bool>,
        /// Events upon which contact stops are named (true) or not (false).
        #[serde(default)]
        stop_criteria: Option<bool>,
        /// A day of evaluation and who evaluates are named (true) or one of them lacks (false).
        #[serde(default)]
        evaluation: Option<bool>,
        /// Every condition says how it is shown, who checks and by when (true) or one does not (false).
        #[serde(default)]
        checkable: Option<bool>,
        /// The supervisor reports to the court.
        #[serde(default)]
        supervisor_reports: Option<bool>,
        /// The supervisors are volunteers.
        #[serde(default)]
        supervisor_volunteers: Option<bool>,
        /// The supervisor agreed.
        #[serde(default)]
        supervisor_agreed: Option<bool>,
        /// A third person is between the adults at the handover (true) or none is named (false).
        #[serde(default)]
        handover_via: Option<bool>,
        /// Information duty.
        #[serde(default)]
        information: Vec<InformationDuty>,
        /// A dwangsom is intended.
        #[serde(default)]
        dwangsom: Option<bool>,
    },
    /// Draft C.
    Gedragsinterventie {
        /// Basis.
        #[serde(default)]
        basis: Vec<InterventionBasis>,
        /// Programme.
        #[serde(default)]
        programmes: Vec<Programme>,
        /// Provider is named (true) or not (false).
        #[serde(default)]
        provider: Option<bool>,
    },
    /// Draft D: the extension.
    Extension {
        /// The banned person was heard (a day is named) or not.
        #[serde(default)]
        heard: Option<bool>,
        /// It is said why a lighter measure does not do.
        #[serde(default)]
        lighter_measures: Option<bool>,
        /// Facts on continuing danger are named.
        #[serde(default)]
        danger_facts: Option<bool>,
    },
}
