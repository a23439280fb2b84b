//! Why a dossier could not be read or changed, in words for users.

use super::model::secrets::{SECRET_CODE, SECRET_IN_TEXT, TOWN_CODE, TOWN_IN_TEXT};
use crate::db::DbError;

/// Something in a text or file that cannot be accepted, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedProblem {
    /// JSON Pointer in what was given.
    pub pointer: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, in Dutch, without the value.
    pub message: String,
}

impl PlacedProblem {
    /// A text that holds a shielded address.
    #[must_use]
    pub fn secret_at(pointer: String) -> Self {
        Self { pointer, code: SECRET_CODE, message: SECRET_IN_TEXT.to_owned() }
    }

    /// A text that names the town of one, and nobody said that it may.
    #[must_use]
    pub fn town_at(pointer: String) -> Self {
        Self { pointer, code: TOWN_CODE, message: TOWN_IN_TEXT.to_owned() }
    }
}

/// Why something with a dossier was refused. The text is for users.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DossierError {
    /// It does not exist, or not for this actor.
    #[error("Deze zaak is er niet, of u bent er niet aan toegewezen.")]
    NotFound,
    /// The role does not allow this, whatever the case.
    #[error("Uw rol staat dit niet toe.")]
    Forbidden,
    /// Someone else recorded a new version in the meantime.
    #[error(
        "Iemand anders heeft het dossier intussen gewijzigd; de laatste versie is {current}. Er is niets opgeslagen. \
         Haal die versie op en breng uw wijziging daarin aan."
    )]
    Conflict {
        /// The version that now holds.
        current: i64,
    },
    /// Someone else took a step with a document in the meantime; the text says which.
    #[error("{0}")]
    Overtaken(String),
    /// There is another dossier with this reference.
    #[error("Er is al een dossier met dit kenmerk. Er is niets opgeslagen.")]
    ReferenceTaken,
    /// What was given cannot be accepted; the text says why.
    #[error("{0}")]
    Invalid(String),
    /// What was given cannot be accepted, at these places.
    #[error("{}", .0.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" "))]
    Placed(Vec<PlacedProblem>),
    /// A stored snapshot cannot be read by this program.
    #[error("Het opgeslagen dossier kan niet worden gelezen. Laat de beheerder `combizitting audit verify` uitvoeren.")]
    Unreadable,
    /// A failure of storage.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for DossierError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
