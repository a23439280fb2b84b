//! Words for the choices in a plan.

use super::Label;
use crate::dossier::model::{
    DenialGround, ExtensionSigner, GezagBasis, InformationDuty, InterventionBasis, OmgangBasis, OmgangForm,
    OrderChange, OrderGround, ReviewOutcome, SuspensionGround,
};

impl Label for GezagBasis {
    fn label(self) -> &'static str {
        match self {
            Self::Bw1268 => "art. 1:268 BW",
            Self::Bw1251a => "art. 1:251a BW",
            Self::Bw1253n => "art. 1:253n BW",
            Self::Bw1253a => "art. 1:253a BW",
        }
    }
}

impl Label for SuspensionGround {
    fn label(self) -> &'static str {
        match self {
            Self::AcuteThreat => {
                "a: ernstig vermoeden van een grond voor beëindiging, en een acute en ernstige bedreiging"
            }
            Self::MedicalTreatment => "b: een noodzakelijke medische behandeling wordt geweigerd",
        }
    }
}

impl Label for OmgangBasis {
    fn label(self) -> &'static str {
        match self {
            Self::Bw1377a => "art. 1:377a BW (ouder zonder gezag)",
            Self::Bw1253a => "art. 1:253a BW (ouders met gezamenlijk gezag)",
        }
    }
}

impl Label for OmgangForm {
    fn label(self) -> &'static str {
        match self {
            Self::Unrestricted => "onbegeleid contact zonder voorwaarden",
            Self::Conditions => "contact onder voorwaarden",
            Self::Supervised => "begeleid contact",
            Self::Indirect => "alleen indirect contact (brief of beeld)",
            Self::Suspended => "schorsing van het contact",
            Self::Refused => "afwijzing van het verzoek",
            Self::Denied => "ontzegging van het contact",
        }
    }
}

impl Label for DenialGround {
    fn label(self) -> &'static str {
        match self {
            Self::SeriousHarm => {
                "a: het contact zou ernstig nadeel opleveren voor de geestelijke of lichamelijke ontwikkeling van het kind"
            }
            Self::Unfit => "b: de ouder is kennelijk ongeschikt of kennelijk niet in staat tot omgang",
            Self::ChildObjects => {
                "c: het kind van twaalf jaar of ouder heeft bij het verhoor van ernstige bezwaren doen blijken"
            }
            Self::WeightyInterests => "d: het contact is anderszins in strijd met zwaarwegende belangen van het kind",
        }
    }
}

impl Label for InformationDuty {
    fn label(self) -> &'static str {
        match self {
            Self::Direct => "rechtstreeks aan de andere ouder",
            Self::ThroughThirdParty => "via een derde, zonder adres, school of dagelijkse gang",
            Self::None => "geen informatieplicht",
        }
    }
}

impl Label for InterventionBasis {
    fn label(self) -> &'static str {
        match self {
            Self::Sr14c => "bijzondere voorwaarde bij een voorwaardelijke straf (art. 14c Sr)",
            Self::Sr38v => "vrijheidsbeperkende maatregel (art. 38v Sr)",
            Self::Sv80 => "voorwaarde bij schorsing van de voorlopige hechtenis (art. 80 Sv)",
            Self::Sv509hh => "gedragsaanwijzing van de officier van justitie (art. 509hh Sv)",
            Self::FamilyCondition => "voorwaarde aan het contact, door de familierechter",
        }
    }
}

impl Label for OrderGround {
    fn label(self) -> &'static str {
        match self {
            Self::PublicOrder => "a: de openbare orde is ernstig verstoord en er is grote vrees voor herhaling",
            Self::BurdensomeConduct => {
                "b: er is vrees voor ernstig belastend gedrag van de verdachte tegenover een of meer personen"
            }
            Self::DangerToGoods => {
                "c: er is vrees voor gedrag van de verdachte dat herhaald gevaar voor goederen oplevert"
            }
        }
    }
}

impl Label for OrderChange {
    fn label(self) -> &'static str {
        match self {
            Self::Amends => "wijziging; de termijn blijft (lid 6)",
            Self::Extends => "verlenging na de termijn (lid 4)",
            Self::Replaces => "intrekking, en deze in de plaats (lid 6)",
        }
    }
}

impl Label for ExtensionSigner {
    fn label(self) -> &'static str {
        match self {
            Self::Burgemeester => "de burgemeester",
            Self::LocoBurgemeester => "de loco-burgemeester, als plaatsvervanger van de burgemeester",
            Self::Hulpofficier => "de hulpofficier van justitie",
            Self::Mandate => "een gemandateerde ambtenaar",
        }
    }
}

impl Label for ReviewOutcome {
    fn label(self) -> &'static str {
        match self {
            Self::Unfounded => "beroep ongegrond",
            Self::Founded => "beroep gegrond",
            Self::FoundedEffectsKept => "beroep gegrond, rechtsgevolgen blijven in stand",
            Self::PartlyFounded => "beroep gedeeltelijk gegrond",
        }
    }
}
