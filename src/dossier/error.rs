//! Why a dossier could not be read or changed, in words for users.

use crate::db::DbError;

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
