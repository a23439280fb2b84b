//! Persons, organisations, relations, addresses and gezag.

use super::{FactSource, Secrecy};
use crate::shared::ids::{AddressId, MatterId, PartyId, PersonId};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A natural person in the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Id within the dossier.
    pub id: PersonId,
    /// Name as it stands in the heading of a decision.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// Place in the family, not a judgement on conduct.
    pub family_role: FamilyRole,
    /// Day of birth, when known.
    #[serde(default)]
    pub born: Option<NaiveDate>,
    /// Year of birth when the day is not known.
    #[serde(default)]
    pub born_year: Option<i32>,
    /// Registered sex; never read by a rule.
    #[serde(default)]
    pub sex: Sex,
    /// Procedural capacity per matter.
    #[serde(default)]
    pub capacities: Vec<Capacity>,
    /// Advocate.
    #[serde(default)]
    pub counsel: Option<Counsel>,
    /// Places where the person lives, stays, works or goes to school.
    #[serde(default)]
    pub addresses: Vec<Address>,
    /// Language of an interpreter that is needed.
    #[serde(default)]
    pub interpreter: Option<String>,
}

/// Place in the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FamilyRole {
    /// Parent of a child in the case.
    Parent,
    /// Child whose position is decided on.
    Child,
    /// Partner who is not a parent of the children.
    Partner,
    /// Anyone else.
    Other,
}

/// Registered sex. Kept for the heading of documents only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Vrouw.
    F,
    /// Man.
    M,
    /// Anders.
    X,
    /// Onbekend.
    #[default]
    Unknown,
}

/// Capacity of a person or organisation in one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// The matter.
    pub matter: MatterId,
    /// The capacity.
    #[serde(rename = "as")]
    pub role: CapacityRole,
}

/// Procedural capacity, in the words of the courts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityRole {
    /// Verzoekende partij.
    Verzoeker,
    /// Verwerende partij.
    Verweerder,
    /// Belanghebbende.
    Belanghebbende,
    /// Minderjarige.
    Minderjarige,
    /// Verdachte (until convicted).
    Verdachte,
    /// Veroordeelde.
    Veroordeelde,
    /// Slachtoffer in the sense of art. 51a Sv.
    Slachtoffer,
    /// Benadeelde partij.
    BenadeeldePartij,
    /// Uithuisgeplaatste: the person on whom the huisverbod was imposed.
    Uithuisgeplaatste,
    /// Achterblijver: who stays in the home.
    Achterblijver,
    /// Eiser in administrative review.
    Eiser,
    /// Verweerder in administrative review (burgemeester).
    VerwerendBestuursorgaan,
    /// Informant or adviser of the court.
    Informant,
}

/// Advocate of a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counsel {
    /// Name with title.
    pub name: String,
    /// Place of office.
    #[serde(default)]
    pub place: Option<String>,
}

/// An address with its secrecy. A refuge is always secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Id within the dossier; measures refer to it.
    pub id: AddressId,
    /// What kind of place.
    pub kind: AddressKind,
    /// Street and number.
    pub line: String,
    /// Postcode.
    #[serde(default)]
    pub postcode: Option<String>,
    /// Town.
    #[serde(default)]
    pub town: Option<String>,
    /// Country, when it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Whether the others may know it; left out means unknown, treated as secret.
    #[serde(default)]
    pub secrecy: Secrecy,
    /// First day there.
    #[serde(default)]
    pub since: Option<NaiveDate>,
    /// Last day there.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

impl Address {
    /// Whether the address must stay hidden from other parties.
    #[must_use]
    pub fn is_shielded(&self) -> bool {
        self.secrecy.is_shielded() || self.kind == AddressKind::Refuge
    }
}

/// Kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// Home.
    Home,
    /// Temporary stay.
    Stay,
    /// Opvang (refuge): always secret.
    Refuge,
    /// School or day care.
    School,
    /// Work.
    Work,
    /// Other.
    Other,
}

/// An organisation in the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Id within the dossier; shares the namespace of persons.
    pub id: PartyId,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Capacity per matter.
    #[serde(default)]
    pub capacities: Vec<Capacity>,
}

/// Kind of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Raad voor de Kinderbescherming.
    Raad,
    /// Openbaar Ministerie.
    OpenbaarMinisterie,
    /// Gecertificeerde instelling.
    GecertificeerdeInstelling,
    /// Burgemeester.
    Burgemeester,
    /// Reclassering.
    Reclassering,
    /// Veilig Thuis.
    VeiligThuis,
    /// Police.
    Politie,
    /// Court.
    Gerecht,
    /// Provider of help, supervision or treatment.
    Zorgaanbieder,
    /// School or day care.
    School,
    /// Other.
    Other,
}

/// A relation between two persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// What relation.
    pub kind: RelationKind,
    /// First person (the parent, the carer, either partner).
    pub from: PersonId,
    /// Second person (the child, or the other partner).
    pub to: PersonId,
    /// Begin.
    #[serde(default)]
    pub since: Option<NaiveDate>,
    /// End.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Document that shows it.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// Kind of relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Gehuwd.
    Married,
    /// Geregistreerd partnerschap.
    RegisteredPartnership,
    /// Samenwonend.
    Cohabiting,
    /// Affectieve relatie without shared home.
    Partners,
    /// From is legal parent of to.
    ParentOf,
    /// From is stepparent of to.
    StepparentOf,
    /// From has cared for to for at least a year (art. 1:267 BW).
    CarerOf,
    /// Brother or sister.
    SiblingOf,
    /// Other family.
    RelativeOf,
}

/// Who holds gezag over a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GezagRecord {
    /// The child.
    pub child: PersonId,
    /// Person or GI holding or having held it.
    pub holder: PartyId,
    /// In what form.
    pub form: GezagForm,
    /// From when.
    #[serde(default)]
    pub since: Option<NaiveDate>,
    /// Until when.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Extract of the gezagsregister or other document. Without it the record is unproven.
    #[serde(default)]
    pub source: Option<FactSource>,
}

/// Form of gezag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GezagForm {
    /// Gezamenlijk gezag.
    Joint,
    /// Eenhoofdig gezag.
    Sole,
    /// Geschorst.
    Suspended,
    /// Geen gezag.
    None,
    /// Voorlopige voogdij.
    ProvisionalVoogdij,
    /// Voogdij.
    Voogdij,
}

impl GezagForm {
    /// Whether the holder can act on it now.
    #[must_use]
    pub fn is_held(self) -> bool {
        matches!(self, Self::Joint | Self::Sole | Self::ProvisionalVoogdij | Self::Voogdij)
    }
}
