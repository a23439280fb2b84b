//! Dutch words for outcomes, classes and effects, as a court uses them.

use super::model::{CriterionClass, Direction, EffectKind, Force, Outcome};
use crate::dossier::model::{Domain, Label};

impl Label for Outcome {
    fn label(self) -> &'static str {
        match self {
            Self::Met => "voldaan",
            Self::NotMet => "niet voldaan",
            Self::MissingFacts => "feiten ontbreken",
            Self::NeedsJudgement => "oordeel van de rechter nodig",
            Self::NotApplicable => "niet van toepassing",
        }
    }
}

impl Label for CriterionClass {
    fn label(self) -> &'static str {
        match self {
            Self::Norm => "wettelijk criterium",
            Self::Indicator => "indicator uit onderzoek",
            Self::Guidance => "praktijkrichtlijn",
        }
    }
}

impl Label for EffectKind {
    fn label(self) -> &'static str {
        match self {
            Self::Gezag => "een beslissing over het gezag",
            Self::OmgangDenial => "afwijzing, schorsing of ontzegging van omgang",
            Self::OmgangConditions => "voorwaarden bij of begeleiding van omgang",
            Self::Gedragsinterventie => "een gedragsinterventie of behandeling",
            Self::Huisverbod => "een huisverbod of de verlenging daarvan",
            Self::Contactverbod => "een contact- of gebiedsverbod",
            Self::JointTalks => "mediation of gezamenlijke gesprekken",
            Self::Investigation => "nader onderzoek",
            Self::Reasons => "een uitdrukkelijke motivering",
            Self::OrderConflict => "oplossing van botsende maatregelen",
            Self::HearFirst => "het eerst horen van de andere partij",
        }
    }
}

impl Label for Direction {
    fn label(self) -> &'static str {
        match self {
            Self::Supports => "ondersteunt",
            Self::ContraIndicates => "pleit tegen",
            Self::Requires => "vraagt om",
        }
    }
}

impl Label for Force {
    fn label(self) -> &'static str {
        match self {
            Self::Question => "alleen als vraag voor de zitting",
            Self::Provisional => "voorlopig en herroepelijk",
            Self::Full => "volgt uit de norm",
        }
    }
}

/// "in de familiezaak".
#[must_use]
pub fn in_domain(value: Domain) -> &'static str {
    match value {
        Domain::Criminal => "in de strafzaak",
        Domain::Administrative => "in de bestuursrechtelijke zaak",
        Domain::Family => "in de familiezaak",
    }
}

/// An effect in a sentence without its force, for instance "ondersteunt voorwaarden bij omgang".
#[must_use]
pub fn effect(kind: EffectKind, direction: Direction) -> String {
    format!("{} {}", direction.label(), kind.label())
}
