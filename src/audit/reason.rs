//! Why the court changed what stood in a dossier: one of a few reasons. The log holds no free words, because who
//! reads it may not read the case.

use serde::{Deserialize, Serialize};

/// Why something that stood in a dossier was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeReason {
    /// It was not complete.
    Completed,
    /// A slip of the pen.
    Slip,
    /// It was taken from its source wrongly.
    TakenWrongly,
    /// A new document says so.
    NewDocument,
    /// A party asked for it or answered.
    Party,
    /// It was spoken of at the hearing.
    Hearing,
    /// Something else.
    Other,
}

impl ChangeReason {
    /// All reasons, in the order of a form.
    pub const ALL: [Self; 7] =
        [Self::Completed, Self::Slip, Self::TakenWrongly, Self::NewDocument, Self::Party, Self::Hearing, Self::Other];

    /// As it stands in a form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "aanvulling",
            Self::Slip => "verschrijving",
            Self::TakenWrongly => "onjuist-overgenomen",
            Self::NewDocument => "nieuw-stuk",
            Self::Party => "partij",
            Self::Hearing => "zitting",
            Self::Other => "anders",
        }
    }

    /// The reason that a form names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }

    /// In Dutch, as a phrase of its own.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Completed => "aanvulling: dit ontbrak nog",
            Self::Slip => "verschrijving",
            Self::TakenWrongly => "onjuist overgenomen uit het stuk",
            Self::NewDocument => "volgt uit een nieuw stuk",
            Self::Party => "na een reactie van een partij",
            Self::Hearing => "besproken op de zitting",
            Self::Other => "een andere reden",
        }
    }
}
