//! What the service hands out: a stored dossier, its versions, who may see it, what was handed in.

use super::model::{Address, AddressKind, AnswerStance, Domain, Dossier, EventKind, Secrecy};
use super::projection::Reader;
use crate::identity::Role;
use crate::shared::ids::{AddressId, FactId, PartyId, PersonId};
use crate::shared::moment::Instant;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The right by which someone sees a case: an assignment that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Access {
    /// Id of the assignment.
    pub assignment: String,
    /// Role in the case.
    pub role: Role,
    /// An advocate's client.
    pub person: Option<PersonId>,
    /// A partner's organisation.
    pub party: Option<PartyId>,
    /// Domains in which a judge sits in this case; empty for others.
    pub domains: Vec<Domain>,
    /// The advocate whose right it is, when someone of their office uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<OnBehalf>,
}

/// For which advocate someone of their office acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnBehalf {
    /// Id of what the advocate gave.
    pub delegation: String,
    /// Id of the advocate.
    pub advocate: String,
    /// Name of the advocate.
    pub name: String,
}

/// That someone of an office acts for an advocate, as one of the two sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delegation {
    /// Id.
    pub id: String,
    /// Id of the other.
    pub user_id: String,
    /// Name of the other.
    pub name: String,
    /// Name with which the other signs in.
    pub login: String,
    /// The last day.
    pub last_day: NaiveDate,
}

impl Access {
    /// The reader for the projection: a judge in the domains they sit in, a clerk in all, an
    /// advocate as their client. None for a partner, who does not see the dossier.
    #[must_use]
    pub fn reader(&self, dossier: &Dossier) -> Option<Reader> {
        match (self.role, &self.person) {
            (Role::Rechter, _) => Some(Reader::court(self.domains.iter().copied())),
            (Role::Griffier, _) => Some(Reader::court(dossier.matters.iter().map(|matter| matter.domain))),
            (Role::Advocaat, Some(client)) => Some(Reader::party(dossier, client)),
            _ => None,
        }
    }
}

/// A dossier as stored, with the right by which it is seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredDossier {
    /// Version and who recorded it.
    pub version: VersionInfo,
    /// The right by which the actor sees it.
    pub access: Access,
    /// The content.
    pub dossier: Dossier,
}

/// A dossier as stored, its content as the very bytes that were hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// Version and who recorded it.
    pub version: VersionInfo,
    /// The right by which the actor sees it.
    pub access: Access,
    /// Canonical JSON of the dossier.
    pub content: String,
}

/// One version of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionInfo {
    /// Id of the dossier (UUID).
    pub dossier_id: String,
    /// Number, from 1.
    pub version: i64,
    /// SHA-256 of the canonical JSON.
    pub hash: String,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Name of who recorded it.
    pub recorded_by: String,
}

/// A line in "mijn zaken".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DossierSummary {
    /// Id of the dossier (UUID).
    pub id: String,
    /// The court's reference; never a name.
    pub reference: String,
    /// Current version.
    pub version: i64,
    /// When that version was recorded.
    pub updated_at: Instant,
}

/// A page of a list, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// Items.
    pub items: Vec<T>,
    /// Cursor for the next page; none when this is the last.
    pub next: Option<String>,
}

/// Cases that were looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCases {
    /// What was found, newest first; on the first page the case with exactly the reference that was asked for stands
    /// before them.
    pub page: Page<DossierSummary>,
    /// How many cases were looked through when older ones were not: `page.next` goes on with those.
    pub looked_at: Option<i64>,
}

/// An assignment to make.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAssignment {
    /// The user; their role decides what else is needed.
    pub user_id: String,
    /// For an advocate: the client, a person in the dossier.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// For a partner: the organisation in the dossier.
    #[serde(default)]
    pub party: Option<PartyId>,
    /// For a judge: the domains in which they sit.
    #[serde(default)]
    pub domains: Vec<Domain>,
}

/// An assignment that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// User.
    pub user_id: String,
    /// Name of the user.
    pub name: String,
    /// Whether the account is still open.
    pub can_sign_in: bool,
    /// What it gives access to.
    pub access: Access,
    /// Who of the office acts for an advocate in this case.
    pub delegates: Vec<Delegation>,
}

impl Assignment {
    /// Whether it is that of a clerk who can still work on the case.
    #[must_use]
    pub fn is_of_a_working_clerk(&self) -> bool {
        self.access.role == Role::Griffier && self.can_sign_in
    }
}

/// Safety information by an advocate, before the hearing and outside sight of the other party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetySubmission {
    /// What happened or is feared.
    #[serde(default)]
    pub concerns: Vec<SafetyConcern>,
    /// Bans, orders and arrangements that hold, in words.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Whether the client's address must stay hidden; none when not asked.
    #[serde(default)]
    pub hide_address: Option<bool>,
    /// The address itself, the one place in a submission where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<HandedAddress>,
    /// Whether the client asks to be heard apart from the other; none when not asked.
    #[serde(default)]
    pub heard_apart: Option<bool>,
    /// What is asked of the court for safety at the hearing, in words.
    #[serde(default)]
    pub wishes: Option<String>,
    /// What the client says to statements of others, each to one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<StatementAnswer>,
}

/// An address that an advocate hands in for the court alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedAddress {
    /// Street and number.
    pub line: String,
    /// Postcode.
    #[serde(default)]
    pub postcode: Option<String>,
    /// Town.
    #[serde(default)]
    pub town: Option<String>,
    /// Country, when it is another one.
    #[serde(default)]
    pub country: Option<String>,
    /// Who stay there: the client, children, or both.
    pub persons: Vec<PersonId>,
}

impl HandedAddress {
    /// The address as it would stand in a dossier: secret, unless the client said that it is not.
    #[must_use]
    pub fn recorded(&self, id: AddressId, hide: Option<bool>) -> Address {
        Address {
            id,
            kind: AddressKind::Stay,
            line: self.line.clone(),
            postcode: self.postcode.clone(),
            town: self.town.clone(),
            country: self.country.clone(),
            secrecy: match hide {
                Some(true) => Secrecy::Secret,
                Some(false) => Secrecy::Open,
                None => Secrecy::Unknown,
            },
            since: None,
            until: None,
        }
    }
}

/// What the client says to one statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementAnswer {
    /// The statement, by its id in the dossier.
    pub about: FactId,
    /// How the client answers it.
    pub stance: AnswerStance,
    /// In words.
    #[serde(default)]
    pub content: Option<String>,
    /// Whether the other side must not read it, when it is taken over; what was not said is shielded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shielded: Option<bool>,
    /// Why it must be shielded, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shielded_why: Option<String>,
}

/// One concern in a safety submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyConcern {
    /// Kind of conduct.
    pub kind: EventKind,
    /// When, in words or as a date.
    #[serde(default)]
    pub when: Option<String>,
    /// In words.
    pub description: String,
    /// Children who were exposed.
    #[serde(default)]
    pub children: Vec<PersonId>,
    /// Titles of documents that show it.
    #[serde(default)]
    pub documents: Vec<String>,
    /// Whether the other side must not read it, when it is taken over; what was not said is shielded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shielded: Option<bool>,
    /// Why it must be shielded, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shielded_why: Option<String>,
}

/// Information delivered by a partner in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Title, for instance "Raadsrapport".
    pub title: String,
    /// Day of the document.
    #[serde(default)]
    pub made_on: Option<NaiveDate>,
    /// Content in words.
    pub text: String,
    /// The legal domain it is meant for; until that is known only the clerk reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
}

/// Proof of what was handed in: when, and the hash of its canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Id of the submission.
    pub submission: String,
    /// When it was received.
    pub received_at: Instant,
    /// SHA-256 of the canonical JSON.
    pub hash: String,
    /// For which advocate, when someone of their office handed it in.
    pub on_behalf: Option<HandedInFor>,
}

/// That someone handed in for an advocate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandedInFor {
    /// Name of the advocate.
    pub advocate: String,
    /// Name of who did it.
    pub by: String,
}

/// Kind of submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionKind {
    /// Safety information by an advocate.
    SafetyInfo,
    /// Delivery by a partner.
    Delivery,
}

impl SubmissionKind {
    /// Wire name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SafetyInfo => "safety_info",
            Self::Delivery => "delivery",
        }
    }

    /// The kind with this wire name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::SafetyInfo, Self::Delivery].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Something handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Submission {
    /// Receipt that was given.
    pub receipt: Receipt,
    /// Kind.
    pub kind: SubmissionKind,
    /// Name of who handed it in.
    pub by: String,
    /// Client or organisation on whose behalf, by id in the dossier.
    pub on_behalf_of: String,
    /// Content: a `SafetySubmission` or a `Delivery`.
    pub content: serde_json::Value,
    /// Version of the dossier into which the clerk took it; none when that is still to be done.
    pub taken_in_version: Option<i64>,
}

/// What someone handed in, with the case in which.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnDelivery {
    /// Id of the case.
    pub dossier_id: String,
    /// The court's reference; never a name.
    pub reference: String,
    /// What was handed in, with its receipt and whether it stands in the dossier yet.
    pub submission: Submission,
}

/// Something handed in that does not stand in the dossier yet, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingSubmission {
    /// Id of the case.
    pub dossier_id: String,
    /// The court's reference; never a name.
    pub reference: String,
    /// Kind.
    pub kind: SubmissionKind,
    /// Name of who handed it in, and for which advocate if not for themselves.
    pub by: String,
    /// When.
    pub received_at: Instant,
}
