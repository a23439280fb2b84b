//! Words for how something came into the file: secrecy, exposure of children, signs.

use super::Label;
use crate::dossier::model::{BesluitAnnexPart, Exposure, Regime, Secrecy, Sex, Sign};

impl Label for Secrecy {
    fn label(self) -> &'static str {
        match self {
            Self::Secret => "geheim",
            Self::Unknown => "onbekend",
            Self::Open => "openbaar",
        }
    }
}

impl Label for Sex {
    fn label(self) -> &'static str {
        match self {
            Self::F => "vrouw",
            Self::M => "man",
            Self::X => "anders",
            Self::Unknown => "onbekend",
        }
    }
}

impl Label for Regime {
    fn label(self) -> &'static str {
        match self {
            Self::Wpg => "Wet politiegegevens",
            Self::Wjsg => "Wet justitiële en strafvorderlijke gegevens",
            Self::Avg => "Algemene verordening gegevensbescherming",
            Self::Jeugdwet => "Jeugdwet",
            Self::Wmo => "Wet maatschappelijke ondersteuning",
            Self::Wth => "Wet tijdelijk huisverbod",
        }
    }
}

impl Label for Exposure {
    fn label(self) -> &'static str {
        match self {
            Self::Target => "het was zelf het doelwit",
            Self::Saw => "zag het",
            Self::Heard => "hoorde het",
            Self::Aftermath => "zag de gevolgen",
            Self::InHouse => "was in huis",
            Self::Absent => "was er niet",
            Self::Unknown => "onbekend",
        }
    }
}

impl Label for BesluitAnnexPart {
    fn label(self) -> &'static str {
        match self {
            Self::Person => "deel 1: de persoon",
            Self::Incident => "deel 2: het voorval",
            Self::LivingCircumstances => "deel 3: de leefomstandigheden",
        }
    }
}

impl Label for Sign {
    fn label(self) -> &'static str {
        match self {
            Self::Strangulation => "niet-fatale verwurging",
            Self::FirearmAccess => "vuurwapen of toegang daartoe",
            Self::WeaponThreat => "dreiging met een wapen",
            Self::DeathThreat => "doodsbedreiging",
            Self::ForcedSex => "gedwongen seks",
            Self::Stalking => "stalking",
            Self::PregnancyViolence => "geweld tijdens zwangerschap",
            Self::SuicideThreat => "dreiging met zelfdoding",
            Self::Escalation => "escalatie",
            Self::Jealousy => "jaloezie",
            Self::Substances => "middelengebruik",
            Self::AnimalCruelty => "geweld of dreiging tegen dieren",
            Self::ChildrenAsLeverage => "kinderen als drukmiddel",
            Self::Isolation => "isolatie",
            Self::Surveillance => "toezicht op doen en laten",
            Self::FinancialControl => "controle over geld of papieren",
            Self::ProceduralControl => "controle via procedures",
            Self::ChronicFear => "aanhoudende angst",
            Self::Injury => "letsel",
            Self::Reactive => "reactief of verdedigend",
        }
    }
}
