//! What the judge or mayor intends to decide. A plan holds choices of a person; what is left
//! out prints as a visible blank and holds back finalising.

use super::{FactSource, Handover, InterventionPlan, Schedule, Supervision};
use crate::shared::ids::{FactId, MatterId, MeasureId, PartyId, PersonId, RequestId};
use crate::shared::moment::Instant;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Intended decisions, per kind of draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionPlans {
    /// A: suspension or (temporary) ending of gezag.
    #[serde(default)]
    pub gezag: Option<GezagPlan>,
    /// B: omgang conditions.
    #[serde(default)]
    pub omgang: Option<OmgangPlan>,
    /// C: course or treatment.
    #[serde(default)]
    pub gedragsinterventie: Option<InterventionPlan>,
    /// D: extension of the huisverbod, its review, art. 822 order.
    #[serde(default)]
    pub huisverbod: Option<HuisverbodPlan>,
}

impl DecisionPlans {
    /// The deviations of each plan, with the name of its kind and the matter in which it decides.
    #[must_use]
    pub fn deviations(&self) -> Vec<(&'static str, &MatterId, &Vec<Deviation>)> {
        let gezag = self.gezag.as_ref().map(|plan| ("gezag", &plan.matter, &plan.deviations));
        let omgang = self.omgang.as_ref().map(|plan| ("omgang", &plan.matter, &plan.deviations));
        let course = self.gedragsinterventie.as_ref();
        let course = course.map(|plan| ("gedragsinterventie", &plan.matter, &plan.deviations));
        let home = self.huisverbod.as_ref().map(|plan| ("huisverbod", &plan.matter, &plan.deviations));
        [gezag, omgang, course, home].into_iter().flatten().collect()
    }

    /// The same, to change them.
    pub fn deviations_mut(&mut self) -> Vec<(&'static str, &mut Vec<Deviation>)> {
        let gezag = self.gezag.as_mut().map(|plan| ("gezag", &mut plan.deviations));
        let omgang = self.omgang.as_mut().map(|plan| ("omgang", &mut plan.deviations));
        let course = self.gedragsinterventie.as_mut().map(|plan| ("gedragsinterventie", &mut plan.deviations));
        let home = self.huisverbod.as_mut().map(|plan| ("huisverbod", &mut plan.deviations));
        [gezag, omgang, course, home].into_iter().flatten().collect()
    }
}

/// A reasoned deviation from a limit of law; stands in the document and the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// Code of the rule deviated from, as printed by `draft`.
    pub rule: String,
    /// Why.
    #[schemars(length(min = 20, max = 5000))]
    pub reason: String,
    /// By whom, by function; the program fills it in from the account.
    #[serde(default)]
    pub by: String,
    /// It came with a file that the clerk brought in: it lifts no limit until a judge records it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_file: bool,
}

/// Plan for draft A.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GezagPlan {
    /// Matter in which is decided.
    pub matter: MatterId,
    /// Request that is decided on.
    #[serde(default)]
    pub request: Option<RequestId>,
    /// Legal basis.
    pub basis: GezagBasis,
    /// Children.
    pub children: Vec<PersonId>,
    /// Parents whose gezag is affected.
    pub parents: Vec<PersonId>,
    /// Wholly, or the part in words.
    #[serde(default)]
    pub partial_scope: Option<String>,
    /// Ground of art. 1:268 lid 1.
    #[serde(default)]
    pub ground: Option<SuspensionGround>,
    /// Facts for the serious suspicion that a ground of 1:266 exists.
    #[serde(default)]
    pub suspicion_facts: Vec<FactId>,
    /// Facts for the acute and serious threat.
    #[serde(default)]
    pub acute_facts: Vec<FactId>,
    /// Who exercises gezag meanwhile.
    #[serde(default)]
    pub interim_holder: Option<PartyId>,
    /// Day of the order.
    #[serde(default)]
    pub order_date: Option<NaiveDate>,
    /// Lapse date as planned; computed when left out.
    #[serde(default)]
    pub lapse_date: Option<NaiveDate>,
    /// Fixed end of a 251a/253n decision (exceptional).
    #[serde(default)]
    pub fixed_end: Option<NaiveDate>,
    /// What happens at that end.
    #[serde(default)]
    pub end_consequence: Option<String>,
    /// The request is refused: nothing changes in the gezag.
    #[serde(default)]
    pub refused: bool,
    /// Asked as provisional measure under art. 223 Rv.
    #[serde(default)]
    pub provisional_223: bool,
    /// Uitvoerbaar bij voorraad.
    #[serde(default)]
    pub immediately_enforceable: Option<bool>,
    /// Reasoned deviations.
    #[serde(default)]
    pub deviations: Vec<Deviation>,
}

/// Basis of draft A.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GezagBasis {
    /// Art. 1:268 BW.
    Bw1268,
    /// Art. 1:251a BW.
    Bw1251a,
    /// Art. 1:253n BW.
    Bw1253n,
    /// Art. 1:253a BW (cannot change gezag).
    Bw1253a,
}

/// Ground of art. 1:268 lid 1 BW.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionGround {
    /// (a) serious suspicion of a 1:266 ground and an acute and serious threat.
    AcuteThreat,
    /// (b) necessary medical treatment refused.
    MedicalTreatment,
}

/// Plan for draft B.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OmgangPlan {
    /// Matter in which is decided.
    pub matter: MatterId,
    /// Request that is decided on.
    #[serde(default)]
    pub request: Option<RequestId>,
    /// Parent whose contact is arranged.
    pub parent: PersonId,
    /// Legal basis.
    pub basis: OmgangBasis,
    /// Per child.
    pub children: Vec<OmgangChildPlan>,
    /// Day of the order.
    #[serde(default)]
    pub order_date: Option<NaiveDate>,
    /// Information for this parent: art. 1:253a lid 2 BW with joint gezag, art. 1:377b BW without gezag.
    #[serde(default)]
    pub information: Option<InformationDuty>,
    /// How often, in words ("eens per twee maanden").
    #[serde(default)]
    pub information_every: Option<String>,
    /// Third party through whom.
    #[serde(default)]
    pub information_via: Option<PartyId>,
    /// Running arrangements that this decision replaces.
    #[serde(default)]
    pub replaces: Vec<MeasureId>,
    /// Whether mediation or joint talks are made a condition.
    #[serde(default)]
    pub joint_talks_as_condition: bool,
    /// Dwangsom in whole euros per breach.
    #[serde(default)]
    pub dwangsom_euro: Option<u32>,
    /// Person who would forfeit the dwangsom.
    #[serde(default)]
    pub dwangsom_on: Option<PersonId>,
    /// Uitvoerbaar bij voorraad.
    #[serde(default)]
    pub immediately_enforceable: Option<bool>,
    /// Reasoned deviations.
    #[serde(default)]
    pub deviations: Vec<Deviation>,
}

impl OmgangPlan {
    /// Whether it refuses the request for contact for every child.
    #[must_use]
    pub fn refuses_contact(&self) -> bool {
        !self.children.is_empty() && self.children.iter().all(|child| child.form == OmgangForm::Refused)
    }

    /// Whether this decision takes the place of that arrangement: a request that is refused leaves what is there.
    #[must_use]
    pub fn replaces_measure(&self, measure: &MeasureId) -> bool {
        self.replaces.contains(measure) && !self.refuses_contact()
    }
}

/// Basis of draft B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OmgangBasis {
    /// Art. 1:377a BW: parent without gezag.
    Bw1377a,
    /// Art. 1:253a BW: parents with joint gezag.
    Bw1253a,
}

/// Omgang plan for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OmgangChildPlan {
    /// The child.
    pub child: PersonId,
    /// Rung of the ladder.
    pub form: OmgangForm,
    /// Grounds for denial (art. 1:377a lid 3 BW).
    #[serde(default)]
    pub grounds: Vec<DenialGround>,
    /// Facts for those grounds.
    #[serde(default)]
    pub ground_facts: Vec<FactId>,
    /// First day on which contact may take place.
    #[serde(default)]
    pub starts_on: Option<NaiveDate>,
    /// Term of suspension or denial; absent means without fixed term.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Times.
    #[serde(default)]
    pub schedule: Option<Schedule>,
    /// Handover.
    #[serde(default)]
    pub handover: Option<Handover>,
    /// Supervision.
    #[serde(default)]
    pub supervision: Option<Supervision>,
    /// Conditions, each checkable.
    #[serde(default)]
    pub conditions: Vec<ContactCondition>,
    /// Events upon which contact stops.
    #[serde(default)]
    pub stop_criteria: Vec<String>,
    /// Who establishes that one of them occurred.
    #[serde(default)]
    pub stopped_by: Option<PartyId>,
    /// Day of evaluation.
    #[serde(default)]
    pub evaluation_on: Option<NaiveDate>,
    /// Who evaluates.
    #[serde(default)]
    pub evaluated_by: Option<PartyId>,
}

/// Rung of the ladder for omgang.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OmgangForm {
    /// Onbegeleid, zonder voorwaarden.
    Unrestricted,
    /// Onder voorwaarden.
    Conditions,
    /// Begeleid.
    Supervised,
    /// Indirect (brief, beeld).
    Indirect,
    /// Geschorst.
    Suspended,
    /// Verzoek afgewezen.
    Refused,
    /// Ontzegd.
    Denied,
}

impl OmgangForm {
    /// Whether child and parent meet, speak or write in this form.
    #[must_use]
    pub fn has_contact(self) -> bool {
        !matches!(self, Self::Suspended | Self::Refused | Self::Denied)
    }
}

/// Ground of art. 1:377a lid 3 BW.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DenialGround {
    /// (a) ernstig nadeel.
    SeriousHarm,
    /// (b) kennelijk ongeschikt of niet in staat.
    Unfit,
    /// (c) ernstige bezwaren van een kind van twaalf jaar of ouder.
    ChildObjects,
    /// (d) zwaarwegende belangen.
    WeightyInterests,
}

/// A condition to contact that can be checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactCondition {
    /// What must be done.
    pub text: String,
    /// On whom it rests.
    pub on: PersonId,
    /// How it is shown, for instance "eindverslag".
    #[serde(default)]
    pub shown_by: Option<String>,
    /// Who checks.
    #[serde(default)]
    pub checked_by: Option<PartyId>,
    /// By when.
    #[serde(default)]
    pub by_date: Option<NaiveDate>,
}

/// Information duty of the caring parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InformationDuty {
    /// Directly to the other parent.
    Direct,
    /// Through a third party, without address, school or routine.
    ThroughThirdParty,
    /// None.
    None,
}

/// Plan for draft D: three decisions by three authorities, and the bridge between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HuisverbodPlan {
    /// Matter of the huisverbod.
    pub matter: MatterId,
    /// The imposed huisverbod.
    pub imposed: MeasureId,
    /// Decision of the mayor on an extension.
    #[serde(default)]
    pub extension: Option<ExtensionPlan>,
    /// Review by the court.
    #[serde(default)]
    pub review: Option<ReviewPlan>,
    /// Art. 822 order by the family judge.
    #[serde(default)]
    pub provisional: Option<ProvisionalPlan>,
    /// Reasoned deviations.
    #[serde(default)]
    pub deviations: Vec<Deviation>,
}

/// Extension by the mayor, art. 9 Wth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionPlan {
    /// Moment of the decision.
    #[serde(default)]
    pub decided_at: Option<Instant>,
    /// The huisverbod is not extended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// Why it is not extended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal_reason: Option<String>,
    /// New end; absent when it is not extended, or not yet chosen.
    #[serde(default)]
    pub new_end: Option<Instant>,
    /// Who signs.
    #[serde(default)]
    pub signed_by: Option<ExtensionSigner>,
    /// Facts that show continuing danger, after imposition.
    #[serde(default)]
    pub danger_facts: Vec<FactId>,
    /// Day of consultation of Veilig Thuis (child abuse).
    #[serde(default)]
    pub veilig_thuis_consulted_on: Option<NaiveDate>,
    /// Day on which the banned person was heard.
    #[serde(default)]
    pub heard_on: Option<NaiveDate>,
    /// What the banned person said about the extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// Advice of the care organisation.
    #[serde(default)]
    pub care_advice: Option<FactSource>,
    /// Why a lighter measure does not do.
    #[serde(default)]
    pub lighter_measures: Option<String>,
}

impl ExtensionPlan {
    /// The new end that the plan brings about; none when it refuses.
    #[must_use]
    pub fn granted_end(&self) -> Option<Instant> {
        self.new_end.filter(|_| !self.refused)
    }
}

impl HuisverbodPlan {
    /// The extension, when the plan extends.
    #[must_use]
    pub fn granted_extension(&self) -> Option<&ExtensionPlan> {
        self.extension.as_ref().filter(|extension| !extension.refused)
    }

    /// Whether the plan decides not to extend.
    #[must_use]
    pub fn refuses_extension(&self) -> bool {
        self.extension.as_ref().is_some_and(|extension| extension.refused)
    }
}

/// Who signs an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionSigner {
    /// Burgemeester.
    Burgemeester,
    /// Loco-burgemeester.
    LocoBurgemeester,
    /// Hulpofficier van justitie (may not extend).
    Hulpofficier,
    /// Official under mandate (may not extend).
    Mandate,
}

/// Review by the court.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPlan {
    /// Matter of the review.
    pub matter: MatterId,
    /// Request.
    #[serde(default)]
    pub request: Option<RequestId>,
    /// Intended outcome; absent leaves a blank.
    #[serde(default)]
    pub outcome: Option<ReviewOutcome>,
    /// Persons for whom the contact ban would be struck.
    #[serde(default)]
    pub contact_struck_for: Vec<PersonId>,
    /// Day of the ruling.
    #[serde(default)]
    pub ruling_on: Option<NaiveDate>,
}

/// Outcome of the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// Beroep ongegrond.
    Unfounded,
    /// Beroep gegrond.
    Founded,
    /// Gegrond, rechtsgevolgen in stand.
    FoundedEffectsKept,
    /// Gedeeltelijk gegrond.
    PartlyFounded,
}

/// Provisional order, art. 822 Rv.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalPlan {
    /// Matter.
    pub matter: MatterId,
    /// Who asks.
    pub applicant: PersonId,
    /// The other spouse.
    pub respondent: PersonId,
    /// Day of filing.
    #[serde(default)]
    pub filed_on: Option<NaiveDate>,
    /// Planned hearing.
    #[serde(default)]
    pub hearing_at: Option<Instant>,
    /// Planned day of the order.
    #[serde(default)]
    pub order_date: Option<NaiveDate>,
    /// Planned moment at which the home must be left.
    #[serde(default)]
    pub effective_from: Option<Instant>,
    /// Items asked.
    pub items: Vec<ProvisionalItem>,
    /// Whether the divorce petition is filed, and when.
    #[serde(default)]
    pub divorce_filed_on: Option<NaiveDate>,
}

impl ProvisionalPlan {
    /// The spouse who does not get what the other gets.
    #[must_use]
    pub fn other_spouse(&self, favoured: &PersonId) -> &PersonId {
        if *favoured == self.respondent { &self.applicant } else { &self.respondent }
    }
}

/// One item of an art. 822 order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalItem {
    /// What kind; anything outside art. 822 lid 1 is refused.
    pub kind: ProvisionalItemKind,
    /// In words; of what is refused: why.
    pub text: String,
    /// Children concerned.
    #[serde(default)]
    pub children: Vec<PersonId>,
    /// In whose favour it is; absent means who alone asked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_favour: Option<PersonId>,
    /// First day on which it holds; absent is the day of the order (art. 822 lid 2 Rv). The home has its own moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The request for it is refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

/// Kind of provisional item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProvisionalItemKind {
    /// (a) exclusive use of the home.
    ExclusiveUseOfHome,
    /// (b) goods for daily use.
    Goods,
    /// (c) entrustment of children.
    EntrustChildren,
    /// (d) contact with children, information.
    ContactWithChildren,
    /// (e) maintenance.
    Maintenance,
    /// Contact ban: not in the list.
    ContactBan,
    /// Area or street ban: not in the list.
    AreaBan,
    /// Other: not in the list.
    Other,
}
