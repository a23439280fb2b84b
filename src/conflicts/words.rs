//! Dutch words for conflicts, needs and deadlines.

use super::model::{ConflictKind, DeadlineStatus, Need, Severity};
use crate::dossier::model::Label;

impl Label for ConflictKind {
    fn label(self) -> &'static str {
        match self {
            Self::BanAgainstContact => "verbod tegenover omgang of zorgregeling",
            Self::BanAgainstHandover => "verbod tegenover de overdracht",
            Self::BanAgainstPlace => "verbod tegenover de plaats van het contact",
            Self::BanAgainstGezag => "verbod tegenover gezamenlijk gezag",
            Self::BanAgainstJointTalks => "verbod tegenover een gezamenlijk gesprek of mediation",
            Self::DifferentScope => "maatregelen met verschil in reikwijdte",
            Self::EmptyException => "uitzondering die niet kan worden gebruikt",
            Self::Incompatible => "verplichtingen die niet samengaan",
            Self::BanBeyondHousehold => "huisverbod buiten het huishouden",
        }
    }
}

impl Label for Severity {
    fn label(self) -> &'static str {
        match self {
            Self::Blocking => "kan niet samen",
            Self::Warning => "vraagt aandacht",
            Self::Note => "ter informatie",
        }
    }
}

impl Label for Need {
    fn label(self) -> &'static str {
        match self {
            Self::Home => "veilig wonen",
            Self::Contact => "vrij van contact",
        }
    }
}

impl Label for DeadlineStatus {
    fn label(self) -> &'static str {
        match self {
            Self::Running => "loopt",
            Self::Missed => "verstreken",
            Self::Met => "gehaald",
            Self::Unknown => "niet bekend of het op tijd was",
        }
    }
}
