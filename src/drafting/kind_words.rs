//! Dutch words for the kinds of drafts and the weight of their problems.

use super::model::{DraftKind, ProblemLevel};
use crate::dossier::model::Label;

impl Label for DraftKind {
    fn label(self) -> &'static str {
        match self {
            Self::Gezag => "Gezag: schorsing of beëindiging",
            Self::Omgang => "Omgang: voorwaarden",
            Self::Gedragsinterventie => "Gedragsinterventie: training of behandeling",
            Self::Huisverbod => "Huisverbod: verlenging, toetsing, voorlopige voorzieningen en beschermingsbrug",
        }
    }
}

impl Label for ProblemLevel {
    fn label(self) -> &'static str {
        match self {
            Self::Blocks => "houdt vaststellen tegen",
            Self::Warns => "alleen met motivering",
            Self::Notes => "ter informatie",
        }
    }
}
