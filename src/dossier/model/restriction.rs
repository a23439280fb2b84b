//! Restrictions that travel with each item: what it may be used for, and who may see it.

use crate::shared::ids::{DocumentId, PartyId, PersonId};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The three legal domains of a combined case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Strafrecht.
    Criminal,
    /// Bestuursrecht: the tijdelijk huisverbod and its review.
    Administrative,
    /// Familie- en jeugdrecht.
    Family,
}

impl Domain {
    /// The judges in this domain by function, as a decision names them; the first is the ordinary one.
    #[must_use]
    pub fn judges(self) -> &'static [&'static str] {
        match self {
            Self::Criminal => &["de strafrechter", "de politierechter", "de rechter-commissaris", "de raadkamer"],
            Self::Administrative => &["de bestuursrechter", "de voorzieningenrechter"],
            Self::Family => &["de familierechter", "de kinderrechter", "de voorzieningenrechter"],
        }
    }
}

/// Whether something may be known to the other side. Unknown counts as secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// Shielded from the other parties.
    Secret,
    /// Nobody asked; treated as secret.
    #[default]
    Unknown,
    /// May be known to all parties.
    Open,
}

impl Secrecy {
    /// True unless it is known that the other parties may see it.
    #[must_use]
    pub fn is_shielded(self) -> bool {
        self != Self::Open
    }
}

/// Legal regime under which an item was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Wet politiegegevens.
    Wpg,
    /// Wet justitiële en strafvorderlijke gegevens.
    Wjsg,
    /// Algemene verordening gegevensbescherming.
    Avg,
    /// Jeugdwet.
    Jeugdwet,
    /// Wet maatschappelijke ondersteuning (Veilig Thuis).
    Wmo,
    /// Wet tijdelijk huisverbod.
    Wth,
}

/// Recorded act by which material from one domain may be used in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Domain that may use it from then on.
    pub to: Domain,
    /// Day of the release.
    pub on: NaiveDate,
    /// Who released it.
    pub by: PartyId,
    /// Legal basis and purpose.
    pub basis: String,
}

/// What an item may be used for and who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseRestriction {
    /// Domain in which the item arose. Criminal material needs a release for other domains.
    pub origin: Domain,
    /// Said by a (later) suspect without the caution (cautie); kept out of the criminal matter.
    #[serde(default)]
    pub without_caution: bool,
    /// Comes from a source that must stay unknown to the parties.
    #[serde(default)]
    pub secret_source: bool,
    /// Persons who may not see it.
    #[serde(default)]
    pub withheld_from: Vec<PersonId>,
    /// Victims who were granted inspection of it as a document of the criminal case (art. 51b Sv).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inspection_by: Vec<PersonId>,
    /// Releases to other domains.
    #[serde(default)]
    pub releases: Vec<Release>,
    /// Legal regime of the item.
    #[serde(default)]
    pub regime: Option<Regime>,
}

impl UseRestriction {
    /// Whether a party may not see it: kept from this person, or from a source that stays unknown to all parties.
    #[must_use]
    pub fn is_hidden_from(&self, person: &PersonId) -> bool {
        self.secret_source || self.withheld_from.contains(person)
    }
}

/// How certain a fact is, in one legal domain.
///
/// Order for thresholds: alleged = disputed < plausible < admitted < established;
/// `refuted` and `unknown` stand outside the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Vast: found by a court.
    Established,
    /// Erkend: admitted or undisputed.
    Admitted,
    /// Aannemelijk: found plausible by a court or authority.
    Plausible,
    /// Gesteld: alleged, not yet answered.
    Alleged,
    /// Betwist: alleged and contradicted.
    Disputed,
    /// Weerlegd: found not to be so.
    Refuted,
    /// Onbekend.
    #[default]
    Unknown,
}

/// Status per domain; a domain left out is unknown there, never "no".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceStatus {
    /// In the criminal matter.
    #[serde(default)]
    pub criminal: Evidence,
    /// In the administrative matter.
    #[serde(default)]
    pub administrative: Evidence,
    /// In the family matter.
    #[serde(default)]
    pub family: Evidence,
}

impl EvidenceStatus {
    /// Status in one domain.
    #[must_use]
    pub fn in_domain(&self, domain: Domain) -> Evidence {
        match domain {
            Domain::Criminal => self.criminal,
            Domain::Administrative => self.administrative,
            Domain::Family => self.family,
        }
    }
}

/// A document in the file; the content stays with the court, the hash pins it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentRecord {
    /// Id within the dossier.
    pub id: DocumentId,
    /// Title as in the file index; never a secret address.
    #[schemars(length(min = 1, max = 300))]
    pub title: String,
    /// Day of the document.
    #[serde(default)]
    pub dated: Option<NaiveDate>,
    /// Who made it.
    #[serde(default)]
    pub author: Option<PartyId>,
    /// Number of pages.
    #[serde(default)]
    pub pages: Option<u32>,
    /// SHA-256 of the file, lower-case hexadecimal.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Option<String>,
    /// What it may be used for.
    #[serde(default)]
    pub restriction: Option<UseRestriction>,
}

impl DocumentRecord {
    /// Domain of the file it comes from, when that is another one and nothing records that it was
    /// released to (for the criminal court: joined to the file of) this domain.
    #[must_use]
    pub fn foreign_to(&self, domain: Domain) -> Option<Domain> {
        let restriction = self.restriction.as_ref()?;
        let released = restriction.releases.iter().any(|release| release.to == domain);
        (restriction.origin != domain && !released).then_some(restriction.origin)
    }
}

/// Where a statement of fact comes from: a document and page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactSource {
    /// Document in the file.
    pub document: DocumentId,
    /// Page in that document.
    #[serde(default)]
    pub page: Option<u32>,
}
