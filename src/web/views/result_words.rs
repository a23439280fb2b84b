//! Dutch words for the values of the findings, conflicts and drafts, as readers see them. One word per value, no judgement.

use super::words::Label;

impl Label for crate::assessment::model::Outcome {
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

impl Label for crate::assessment::model::CriterionClass {
    fn label(self) -> &'static str {
        match self {
            Self::Norm => "wettelijk criterium",
            Self::Indicator => "indicator uit onderzoek",
            Self::Guidance => "praktijkrichtlijn",
        }
    }
}

impl Label for crate::assessment::model::EffectKind {
    fn label(self) -> &'static str {
        match self {
            Self::Gezag => "een beslissing over gezag",
            Self::OmgangDenial => "ontzegging of schorsing van omgang",
            Self::OmgangConditions => "voorwaarden aan omgang",
            Self::Gedragsinterventie => "een training of behandeling",
            Self::Huisverbod => "een huisverbod of verlenging",
            Self::Contactverbod => "een contact- of gebiedsverbod",
            Self::JointTalks => "mediation of gezamenlijke gesprekken",
            Self::Investigation => "nader onderzoek",
            Self::Reasons => "een motivering in de beslissing",
            Self::OrderConflict => "oplossing van botsende maatregelen",
            Self::HearFirst => "eerst de andere kant horen",
        }
    }
}

impl Label for crate::assessment::model::Direction {
    fn label(self) -> &'static str {
        match self {
            Self::Supports => "ondersteunt",
            Self::ContraIndicates => "spreekt tegen",
            Self::Requires => "vereist",
        }
    }
}

impl Label for crate::assessment::model::Force {
    fn label(self) -> &'static str {
        match self {
            Self::Question => "alleen als vraag voor de zitting",
            Self::Provisional => "voorlopig en omkeerbaar",
            Self::Full => "volledig",
        }
    }
}

impl Label for crate::conflicts::model::ConflictKind {
    fn label(self) -> &'static str {
        match self {
            Self::BanAgainstContact => "verbod tegenover omgang",
            Self::BanAgainstHandover => "verbod tegenover overdracht",
            Self::BanAgainstPlace => "verbod tegenover plaats",
            Self::BanAgainstGezag => "verbod tegenover gezamenlijk gezag",
            Self::BanAgainstJointTalks => "verbod tegenover gezamenlijke gesprekken",
            Self::DifferentScope => "maatregelen met verschillende reikwijdte",
            Self::EmptyException => "uitzondering zonder inhoud",
            Self::Incompatible => "onverenigbare verplichtingen",
            Self::BanBeyondHousehold => "huisverbod voor wie elders woont",
        }
    }
}

impl Label for crate::conflicts::model::Severity {
    fn label(self) -> &'static str {
        match self {
            Self::Blocking => "kan niet samen",
            Self::Warning => "vraagt aandacht",
            Self::Note => "ter informatie",
        }
    }
}

impl Label for crate::conflicts::model::Need {
    fn label(self) -> &'static str {
        match self {
            Self::Home => "veilig in de woning",
            Self::Contact => "vrij van contact",
        }
    }
}

impl Label for crate::conflicts::model::DeadlineStatus {
    fn label(self) -> &'static str {
        match self {
            Self::Running => "loopt",
            Self::Missed => "verstreken",
            Self::Met => "gehaald",
        }
    }
}

impl Label for crate::drafting::model::DraftKind {
    fn label(self) -> &'static str {
        match self {
            Self::Gezag => "Gezag: schorsing of beëindiging",
            Self::Omgang => "Omgang: voorwaarden",
            Self::Gedragsinterventie => "Gedragsinterventie: training of behandeling",
            Self::Huisverbod => "Huisverbod: verlenging, toetsing, voorlopige voorzieningen en beschermingsbrug",
        }
    }
}

impl Label for crate::drafting::model::ProblemLevel {
    fn label(self) -> &'static str {
        match self {
            Self::Blocks => "houdt vaststellen tegen",
            Self::Warns => "alleen met motivering",
            Self::Notes => "ter informatie",
        }
    }
}
