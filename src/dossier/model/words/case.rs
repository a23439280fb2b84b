//! Words for who and what the case is about.

use super::Label;
use crate::dossier::model::{
    AddressKind, CapacityRole, CaseNumberKind, ChildHearingOutcome, CriminalPhase, Domain, FamilyRole, GezagForm,
    MatterKind, MatterState, OrganisationKind, ProposalKind, RelationKind, RequestKind,
};

impl Label for Domain {
    fn label(self) -> &'static str {
        match self {
            Self::Criminal => "strafrecht",
            Self::Administrative => "bestuursrecht",
            Self::Family => "familierecht",
        }
    }
}

impl Label for FamilyRole {
    fn label(self) -> &'static str {
        match self {
            Self::Parent => "ouder",
            Self::Child => "kind",
            Self::Partner => "partner",
            Self::Other => "andere betrokkene",
        }
    }
}

impl Label for CapacityRole {
    fn label(self) -> &'static str {
        match self {
            Self::Verzoeker => "verzoekende partij",
            Self::Verweerder => "verwerende partij",
            Self::Belanghebbende => "belanghebbende",
            Self::Minderjarige => "minderjarige",
            Self::Verdachte => "verdachte",
            Self::Veroordeelde => "veroordeelde",
            Self::Slachtoffer => "slachtoffer in de zin van art. 51a Sv",
            Self::BenadeeldePartij => "benadeelde partij",
            Self::Uithuisgeplaatste => "uithuisgeplaatste",
            Self::Achterblijver => "achterblijver",
            Self::Eiser => "eisende partij",
            Self::VerwerendBestuursorgaan => "verwerend bestuursorgaan",
            Self::Informant => "informant",
        }
    }
}

impl Label for AddressKind {
    fn label(self) -> &'static str {
        match self {
            Self::Home => "woning",
            Self::Stay => "tijdelijk verblijf",
            Self::Refuge => "opvang",
            Self::School => "school of opvang van kinderen",
            Self::Work => "werk",
            Self::Other => "ander adres",
        }
    }
}

impl Label for OrganisationKind {
    fn label(self) -> &'static str {
        match self {
            Self::Raad => "Raad voor de Kinderbescherming",
            Self::OpenbaarMinisterie => "Openbaar Ministerie",
            Self::GecertificeerdeInstelling => "gecertificeerde instelling",
            Self::Burgemeester => "burgemeester",
            Self::Reclassering => "reclassering",
            Self::VeiligThuis => "Veilig Thuis",
            Self::Politie => "politie",
            Self::Gerecht => "gerecht",
            Self::Zorgaanbieder => "zorgaanbieder",
            Self::School => "school of opvang van kinderen",
            Self::Other => "andere organisatie",
        }
    }
}

impl Label for GezagForm {
    fn label(self) -> &'static str {
        match self {
            Self::Joint => "gezamenlijk gezag",
            Self::Sole => "eenhoofdig gezag",
            Self::Suspended => "gezag geschorst",
            Self::None => "geen gezag",
            Self::ProvisionalVoogdij => "voorlopige voogdij",
            Self::Voogdij => "voogdij",
        }
    }
}

impl Label for MatterKind {
    fn label(self) -> &'static str {
        match self {
            Self::Divorce => "echtscheiding",
            Self::ProvisionalMeasures => "voorlopige voorzieningen",
            Self::Gezag => "gezag",
            Self::Omgang => "omgang of verdeling van zorg- en opvoedingstaken",
            Self::ChildProtection => "kinderbescherming",
            Self::KortGeding => "kort geding",
            Self::CriminalCase => "strafzaak",
            Self::Huisverbod => "tijdelijk huisverbod",
            Self::HuisverbodReview => "beroep tegen het huisverbod",
        }
    }
}

impl Label for MatterState {
    fn label(self) -> &'static str {
        match self {
            Self::Announced => "aangekondigd",
            Self::Pending => "loopt",
            Self::Heard => "behandeld, beslissing volgt",
            Self::Decided => "beslist, rechtsmiddel staat open",
            Self::Final => "onherroepelijk",
            Self::Withdrawn => "ingetrokken of beëindigd",
        }
    }
}

impl Label for CaseNumberKind {
    fn label(self) -> &'static str {
        match self {
            Self::Zaaknummer => "zaaknummer",
            Self::Rekestnummer => "rekestnummer",
            Self::Parketnummer => "parketnummer",
            Self::HuisverbodNummer => "nummer huisverbod",
            Self::Other => "kenmerk",
        }
    }
}

impl Label for CriminalPhase {
    fn label(self) -> &'static str {
        match self {
            Self::Suspicion => "verdenking",
            Self::Remand => "voorlopige hechtenis",
            Self::RemandSuspended => "voorlopige hechtenis geschorst",
            Self::Summoned => "gedagvaard",
            Self::ConvictedNotFinal => "veroordeeld, niet onherroepelijk",
            Self::ConvictedFinal => "onherroepelijk veroordeeld",
            Self::Acquitted => "vrijgesproken",
            Self::Dismissed => "geseponeerd",
        }
    }
}

impl Label for RequestKind {
    fn label(self) -> &'static str {
        match self {
            Self::SuspendGezag => "schorsing van het gezag",
            Self::SoleGezag => "eenhoofdig gezag",
            Self::EndGezag => "beëindiging van het gezag",
            Self::JointGezag => "gezamenlijk gezag",
            Self::Omgang => "omgang of een zorgregeling",
            Self::DenyOmgang => "ontzegging van de omgang",
            Self::MainResidence => "hoofdverblijf",
            Self::ExclusiveUseOfHome => "uitsluitend gebruik van de woning",
            Self::EntrustChildren => "toevertrouwing van de kinderen",
            Self::Maintenance => "onderhoudsbijdrage",
            Self::ExtendHuisverbod => "verlenging van het huisverbod",
            Self::LiftHuisverbod => "vernietiging of opheffing van het huisverbod",
            Self::CivilBan => "contact- of gebiedsverbod",
            Self::Intervention => "gedragsinterventie",
            Self::Information => "informatie over het kind",
            Self::Divorce => "echtscheiding",
            Self::Conviction => "veroordeling",
            Self::Other => "ander verzoek",
        }
    }
}

impl Label for ProposalKind {
    fn label(self) -> &'static str {
        match self {
            Self::Mediation => "mediation",
            Self::JointSession => "gezamenlijk gesprek",
            Self::VictimOffenderTalk => "herstelbemiddeling",
            Self::SharedCare => "co-ouderschap",
            Self::Birdnesting => "birdnesting",
            Self::JointParentingHelp => "gezamenlijk hulpaanbod voor ouders",
        }
    }
}

impl Label for ChildHearingOutcome {
    fn label(self) -> &'static str {
        match self {
            Self::Heard => "gehoord",
            Self::Written => "per brief gereageerd",
            Self::Invited => "opgeroepen, nog niet gehoord",
            Self::Declined => "opgeroepen, wil niet gehoord worden",
            Self::NotInvited => "niet opgeroepen",
            Self::Unknown => "onbekend",
        }
    }
}

impl Label for RelationKind {
    fn label(self) -> &'static str {
        match self {
            Self::Married => "gehuwd met",
            Self::RegisteredPartnership => "geregistreerd partner van",
            Self::Cohabiting => "samenwonend met",
            Self::Partners => "partner van, zonder samen te wonen",
            Self::ParentOf => "juridisch ouder van",
            Self::StepparentOf => "stiefouder van",
            Self::CarerOf => "verzorger van, ten minste een jaar",
            Self::SiblingOf => "broer of zus van",
            Self::RelativeOf => "andere familie van",
        }
    }
}
