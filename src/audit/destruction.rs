//! Steps towards the destruction of a case.

use serde::{Deserialize, Serialize};

/// A step; the last one says that the content of the chain's case is no longer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DestructionStep {
    /// Someone proposed it.
    Proposed,
    /// The proposal was withdrawn.
    Withdrawn,
    /// A package for the archive was written.
    Packaged,
    /// Someone else confirmed it, and it was done.
    Done,
}

impl DestructionStep {
    /// All steps.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Withdrawn, Self::Packaged, Self::Done];

    /// In Dutch, as it follows the name of who took it.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Proposed => "heeft voorgesteld deze zaak te vernietigen",
            Self::Withdrawn => "heeft het voorstel om deze zaak te vernietigen ingetrokken",
            Self::Packaged => "heeft van deze zaak een pakket voor het archief gemaakt",
            Self::Done => "heeft de vernietiging bevestigd: de inhoud van deze zaak is vernietigd",
        }
    }
}
