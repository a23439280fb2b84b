//! Roles and who acts.

use crate::db::Holder;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// Role of a user in the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Judge: assigned cases, in the domains they sit in.
    Rechter,
    /// Clerk: assigned cases; takes in dossiers and submissions.
    Griffier,
    /// Advocate: assigned cases, for one client.
    Advocaat,
    /// Someone of an advocate's office: the cases of advocates who let them act.
    Medewerker,
    /// Partner in the chain (OM, Raad, GI, municipality, Veilig Thuis): own deliveries only.
    Ketenpartner,
    /// Overseer: the audit trail, never content of a case.
    Toezichthouder,
    /// Administrator: users and assignments, never content of a case.
    Beheerder,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [
        Self::Rechter,
        Self::Griffier,
        Self::Advocaat,
        Self::Medewerker,
        Self::Ketenpartner,
        Self::Toezichthouder,
        Self::Beheerder,
    ];

    /// Wire name; also the Dutch word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rechter => "rechter",
            Self::Griffier => "griffier",
            Self::Advocaat => "advocaat",
            Self::Medewerker => "medewerker",
            Self::Ketenpartner => "ketenpartner",
            Self::Toezichthouder => "toezichthouder",
            Self::Beheerder => "beheerder",
        }
    }

    /// The role with this wire name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether the role works on the content of cases for the court.
    #[must_use]
    pub fn is_court(self) -> bool {
        matches!(self, Self::Rechter | Self::Griffier)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.into_iter().map(Self::as_str).collect();
            format!("De rol `{text}` bestaat niet. Kies uit: {}.", known.join(", "))
        })
    }
}

/// Who asks. Every read and write of a case takes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Id of the user.
    pub user_id: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
}

impl Actor {
    /// Id of the account under which the command line works.
    pub const OPERATOR_ID: &'static str = "systeem";

    /// The person at the command line of the machine itself, who can reach the database anyway.
    #[must_use]
    pub fn operator() -> Self {
        Self { user_id: Self::OPERATOR_ID.to_owned(), name: "Systeembeheer".to_owned(), role: Role::Beheerder }
    }
}

/// Someone who sees their own cases.
impl From<&Actor> for Holder {
    fn from(actor: &Actor) -> Self {
        Self::Account(actor.user_id.clone())
    }
}

/// A user to add.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Name to sign in with; case does not matter.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Password; at least twelve characters.
    pub password: SecretString,
}

/// A user, for lists and for choosing whom to assign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserSummary {
    /// Id.
    pub id: String,
    /// Name to sign in with.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether the user can sign in.
    pub active: bool,
}
