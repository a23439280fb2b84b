//! Plan for draft C: course, treatment, bans and reporting in a criminal frame, or a condition to contact.

use super::{Deviation, FactSource};
use crate::shared::ids::{FactId, MatterId, MeasureId, PartyId, PersonId};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Plan for draft C.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterventionPlan {
    /// Matter in which is decided.
    pub matter: MatterId,
    /// Person who would follow it.
    pub person: PersonId,
    /// Legal basis.
    pub basis: InterventionBasis,
    /// What is demanded or asked on this basis is refused: nothing of it is ordered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// Programme.
    #[serde(default)]
    pub programme: Option<super::Programme>,
    /// Provider.
    #[serde(default)]
    pub provider: Option<PartyId>,
    /// Supervising reclassering body.
    #[serde(default)]
    pub supervised_by: Option<PartyId>,
    /// Reclassering advice.
    #[serde(default)]
    pub advice: Option<FactSource>,
    /// Length of the course in weeks.
    #[serde(default)]
    pub course_weeks: Option<u32>,
    /// Probation period in months.
    #[serde(default)]
    pub proeftijd_months: Option<u32>,
    /// Prison sentence in days: total.
    #[serde(default)]
    pub sentence_days: Option<u32>,
    /// Prison sentence in days: conditional part.
    #[serde(default)]
    pub conditional_days: Option<u32>,
    /// Whether the conditional sentence follows a conviction by this order.
    #[serde(default)]
    pub on_conviction: bool,
    /// Duration in days (509hh, suspension of remand).
    #[serde(default)]
    pub duration_days: Option<u32>,
    /// Duration in months (38v, suspension of remand).
    #[serde(default)]
    pub duration_months: Option<u32>,
    /// Substitute custody in days per breach (38v).
    #[serde(default)]
    pub custody_days_per_breach: Option<u32>,
    /// Maximum substitute custody in days (38v).
    #[serde(default)]
    pub custody_days_max: Option<u32>,
    /// Other conditions: contact ban, area ban, reporting.
    #[serde(default)]
    pub conditions: Vec<CriminalCondition>,
    /// Dadelijk uitvoerbaar.
    #[serde(default)]
    pub immediately_enforceable: Option<bool>,
    /// Facts for the criterion of immediate enforceability.
    #[serde(default)]
    pub enforceability_facts: Vec<FactId>,
    /// Facts for the serious suspicion (ernstige bezwaren), art. 509hh lid 1 Sv.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspicion_facts: Vec<FactId>,
    /// Ground of art. 509hh lid 1 Sv.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_ground: Option<OrderGround>,
    /// Facts for that ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ground_facts: Vec<FactId>,
    /// A gedragsaanwijzing still in force that this one changes, extends or replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_order: Option<EarlierOrder>,
    /// Day of the order.
    #[serde(default)]
    pub order_date: Option<NaiveDate>,
    /// Reasoned deviations.
    #[serde(default)]
    pub deviations: Vec<Deviation>,
}

/// Basis of draft C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterventionBasis {
    /// Special condition, art. 14c Sr.
    Sr14c,
    /// Freedom-restricting measure, art. 38v Sr.
    Sr38v,
    /// Conditions of suspension of pre-trial custody, art. 80 Sv.
    Sv80,
    /// Gedragsaanwijzing, art. 509hh Sv.
    Sv509hh,
    /// Condition to contact by the family judge.
    FamilyCondition,
}

impl InterventionBasis {
    /// Whether it is given in a verdict.
    #[must_use]
    pub const fn is_verdict(self) -> bool {
        matches!(self, Self::Sr14c | Self::Sr38v)
    }
}

/// Ground of art. 509hh lid 1 Sv.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderGround {
    /// (a) public order seriously disturbed, and great fear of repetition.
    PublicOrder,
    /// (b) fear of seriously burdensome conduct towards persons.
    BurdensomeConduct,
    /// (c) fear of conduct that is a repeated danger to goods.
    DangerToGoods,
}

/// What a gedragsaanwijzing does with one that is still in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierOrder {
    /// The earlier order.
    pub measure: MeasureId,
    /// What happens to it.
    pub how: OrderChange,
    /// New facts or circumstances that give reason for it (art. 509hh lid 6 Sv).
    #[serde(default)]
    pub new_facts: Vec<FactId>,
}

/// What happens to an earlier gedragsaanwijzing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderChange {
    /// Changed; its period stays (lid 6).
    Amends,
    /// Extended after its period (lid 4).
    Extends,
    /// Withdrawn, and this one given instead (lid 6).
    Replaces,
}

/// A condition beside the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriminalCondition {
    /// What kind.
    pub kind: CriminalConditionKind,
    /// Text of the condition.
    pub text: String,
    /// Persons protected.
    #[serde(default)]
    pub protects: Vec<PersonId>,
    /// Exceptions, for instance for arranged omgang.
    #[serde(default)]
    pub exception: Option<String>,
    /// Area of an area ban: streets, a map or a radius; never a secret address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Officer or body to which one reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_to: Option<String>,
    /// Times at which one reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_at: Option<String>,
}

/// Kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriminalConditionKind {
    /// Contactverbod.
    ContactBan,
    /// Locatieverbod.
    LocationBan,
    /// Gebiedsverbod.
    AreaBan,
    /// Meldplicht.
    Reporting,
    /// Course or treatment.
    Course,
    /// Guidance to help (509hh).
    GuidanceToHelp,
    /// Electronic monitoring.
    ElectronicMonitoring,
    /// Other conduct.
    Other,
}
