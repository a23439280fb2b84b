//! Dutch words for the kinds of drafts and the weight of their problems.

use super::model::{DraftKind, ProblemLevel};
use crate::conflicts::model::ConflictKind;
use crate::dossier::model::Label;

impl Label for DraftKind {
    fn label(self) -> &'static str {
        match self {
            Self::Gezag => "Gezag: schorsing of beëindiging",
            Self::Omgang => "Omgang: regelen, voorwaarden of ontzegging",
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

/// What two measures have to do with each other, in a few words.
pub(super) fn clash_in_short(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::BanAgainstContact => "contact binnen een verbod",
        ConflictKind::BanAgainstHandover => "overdracht binnen een verbod",
        ConflictKind::BanAgainstPlace => "een plaats binnen een verbod",
        ConflictKind::BanAgainstGezag => "overleg over gezag binnen een verbod",
        ConflictKind::BanAgainstJointTalks => "een gezamenlijk gesprek binnen een verbod",
        ConflictKind::DifferentScope => "verschil in wat of wie het verbod betreft",
        ConflictKind::EmptyException => "een uitzondering waar niets onder valt",
        ConflictKind::Incompatible => "niet allebei na te leven",
        ConflictKind::BanBeyondHousehold => "een verbod voor wie geen huisgenoot is",
    }
}
