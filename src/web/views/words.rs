//! Dutch words for the values of the dossier model, as readers see them. One word per value, no judgement.

use crate::dossier::model::{
    AddressKind, AnswerStance, CapacityRole, CaseNumberKind, ChildHearingOutcome, Conduct, CriminalPhase, Domain,
    EventKind, Evidence, FamilyRole, GezagForm, HelpKind, HelpProgress, HelpResponse, Instrument, MatterKind,
    MatterState, MeasureState, OrganisationKind, ProposalKind, RequestKind, RiskInstrument, RuleEffect, Stance,
    StatementKind,
};

/// A value that has a Dutch word.
pub trait Label {
    /// The word as it stands in the middle of a sentence.
    fn label(self) -> &'static str;
}

impl Label for Domain {
    fn label(self) -> &'static str {
        match self {
            Self::Criminal => "strafrecht",
            Self::Administrative => "bestuursrecht",
            Self::Family => "familierecht",
        }
    }
}

impl Label for Evidence {
    fn label(self) -> &'static str {
        match self {
            Self::Established => "vastgesteld",
            Self::Admitted => "erkend",
            Self::Plausible => "aannemelijk",
            Self::Alleged => "gesteld",
            Self::Disputed => "betwist",
            Self::Refuted => "weerlegd",
            Self::Unknown => "onbekend",
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
            Self::Slachtoffer => "slachtoffer",
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
            Self::Omgang => "omgang",
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
            Self::Rekestnummer => "rekest- of rolnummer",
            Self::Parketnummer => "parketnummer",
            Self::HuisverbodNummer => "nummer huisverbod",
            Self::Other => "kenmerk",
        }
    }
}

impl Label for EventKind {
    fn label(self) -> &'static str {
        match self {
            Self::Physical => "fysiek geweld",
            Self::Sexual => "seksueel geweld",
            Self::Psychological => "psychisch geweld",
            Self::Economic => "economisch geweld",
            Self::CoerciveControl => "dwingende controle",
            Self::Stalking => "stalking",
            Self::Threat => "bedreiging",
            Self::PropertyDamage => "vernieling",
            Self::ChildAbuse => "kindermishandeling",
            Self::Neglect => "verwaarlozing",
            Self::ChildWitness => "kind is getuige",
            Self::BreachOfMeasure => "overtreding van een maatregel",
            Self::MedicalConsentRefused => "weigering van medische toestemming",
            Self::Separation => "verbreking van de relatie",
            Self::Protective => "beschermend of ontlastend feit",
            Self::Other => "andere gebeurtenis",
        }
    }
}

impl Label for StatementKind {
    fn label(self) -> &'static str {
        match self {
            Self::Asserts => "stelt",
            Self::Admits => "erkent",
            Self::Retracts => "trekt terug",
            Self::Observes => "neemt waar",
            Self::Reports => "geeft door",
            Self::Finds => "stelt vast",
        }
    }
}

impl Label for AnswerStance {
    fn label(self) -> &'static str {
        match self {
            Self::Admits => "erkent",
            Self::Disputes => "betwist",
            Self::PartlyAdmits => "erkent gedeeltelijk",
            Self::NoAnswer => "kon reageren en deed dat niet",
            Self::Silence => "beroept zich op het zwijgrecht",
        }
    }
}

impl Label for Stance {
    fn label(self) -> &'static str {
        match self {
            Self::Agrees => "stemt in",
            Self::Opposes => "verzet zich",
            Self::Partly => "stemt gedeeltelijk in",
            Self::Refers => "refereert zich",
            Self::Unknown => "standpunt onbekend",
        }
    }
}

impl Label for Instrument {
    fn label(self) -> &'static str {
        match self {
            Self::Huisverbod => "tijdelijk huisverbod",
            Self::HuisverbodExtension => "verlenging van het huisverbod",
            Self::Gedragsaanwijzing => "gedragsaanwijzing officier van justitie",
            Self::SchorsingVoorlopigeHechtenis => "voorwaarden bij schorsing voorlopige hechtenis",
            Self::BijzondereVoorwaarde => "bijzondere voorwaarde",
            Self::Vrijheidsbeperkend38v => "vrijheidsbeperkende maatregel",
            Self::Detentie => "detentie",
            Self::CivielVerbod => "civiel verbod",
            Self::VoorlopigeVoorziening => "voorlopige voorziening",
            Self::Omgangsregeling => "omgangsregeling",
            Self::Zorgregeling => "zorgregeling",
            Self::SchorsingGezag => "schorsing van het gezag",
            Self::VoorlopigeVoogdij => "voorlopige voogdij",
            Self::Ondertoezichtstelling => "ondertoezichtstelling",
            Self::Uithuisplaatsing => "uithuisplaatsing",
            Self::Veiligheidsplan => "veiligheidsplan (vrijwillig)",
        }
    }
}

impl Label for MeasureState {
    fn label(self) -> &'static str {
        match self {
            Self::InForce => "van kracht",
            Self::Proposed => "voorgesteld of verzocht",
            Self::NotYetEnforceable => "nog niet uitvoerbaar",
            Self::Suspended => "geschorst",
            Self::Ended => "voortijdig geëindigd",
            Self::Annulled => "vernietigd",
        }
    }
}

impl Label for RuleEffect {
    fn label(self) -> &'static str {
        match self {
            Self::Forbids => "verbiedt",
            Self::Permits => "staat toe",
            Self::Requires => "gebiedt",
        }
    }
}

impl Label for Conduct {
    fn label(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Presence => "aanwezigheid op een plaats",
            Self::Residence => "verblijf in of gebruik van de woning",
            Self::Handover => "overdracht van de kinderen",
            Self::JointSession => "gezamenlijke gesprekken",
            Self::Course => "training of behandeling",
            Self::Reporting => "zich melden",
            Self::Gezag => "uitoefening van gezag",
            Self::Guidance => "toezicht door de gecertificeerde instelling",
        }
    }
}

impl Label for HelpKind {
    fn label(self) -> &'static str {
        match self {
            Self::Course => "gedragsinterventie",
            Self::Treatment => "behandeling",
            Self::Support => "hulp",
            Self::SystemTalk => "systeemgesprek",
            Self::AddictionCare => "verslavingszorg",
            Self::Other => "andere hulp",
        }
    }
}

impl Label for HelpResponse {
    fn label(self) -> &'static str {
        match self {
            Self::Offered => "aangeboden",
            Self::Accepted => "aanvaard",
            Self::Refused => "geweigerd",
            Self::Imposed => "opgelegd",
            Self::Unknown => "antwoord onbekend",
        }
    }
}

impl Label for HelpProgress {
    fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "niet begonnen",
            Self::Waiting => "wachtlijst",
            Self::Running => "loopt",
            Self::Completed => "afgerond",
            Self::Stopped => "voortijdig gestopt",
            Self::Unknown => "voortgang onbekend",
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

impl Label for RequestKind {
    fn label(self) -> &'static str {
        match self {
            Self::SuspendGezag => "schorsing van het gezag",
            Self::SoleGezag => "eenhoofdig gezag",
            Self::EndGezag => "beëindiging van het gezag",
            Self::JointGezag => "gezamenlijk gezag of herstel",
            Self::Omgang => "omgang of zorgregeling",
            Self::DenyOmgang => "ontzegging van omgang",
            Self::MainResidence => "hoofdverblijf",
            Self::ExclusiveUseOfHome => "uitsluitend gebruik van de woning",
            Self::EntrustChildren => "toevertrouwing van de kinderen",
            Self::Maintenance => "alimentatie",
            Self::ExtendHuisverbod => "verlenging van het huisverbod",
            Self::LiftHuisverbod => "opheffing of vernietiging van het huisverbod",
            Self::CivilBan => "contact- of straatverbod",
            Self::Intervention => "training of behandeling",
            Self::Information => "informatieregeling",
            Self::Divorce => "echtscheiding",
            Self::Conviction => "veroordeling en straf",
            Self::Other => "ander verzoek",
        }
    }
}

impl Label for ProposalKind {
    fn label(self) -> &'static str {
        match self {
            Self::Mediation => "mediation",
            Self::JointSession => "gezamenlijk gesprek",
            Self::VictimOffenderTalk => "slachtoffer-dadergesprek",
            Self::SharedCare => "co-ouderschap",
            Self::Birdnesting => "birdnesting",
            Self::JointParentingHelp => "gezamenlijk hulpaanbod",
        }
    }
}

impl Label for RiskInstrument {
    fn label(self) -> &'static str {
        match self {
            Self::Rihg => "RiHG",
            Self::Masic => "MASIC",
            Self::FlDoors => "FL-DOORS",
            Self::Dash => "DASH",
            Self::Sash => "SASH",
            Self::DangerAssessment => "Danger Assessment",
            Self::Sara => "B-SAFER of SARA",
            Self::VeiligThuis => "veiligheidsbeoordeling Veilig Thuis",
            Self::ChildInterview => "kindgesprek volgens protocol",
            Self::RaadReport => "rapport van de Raad",
            Self::Other => "ander instrument",
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
