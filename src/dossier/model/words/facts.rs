//! Words for what is said, found, tested and offered.

use super::Label;
use crate::dossier::model::{
    AnswerStance, EventKind, Evidence, Frequency, HelpKind, HelpProgress, HelpResponse, Programme, RiskClass,
    RiskInstrument, SignalLevel, SignalPart, Stance, StatementKind,
};

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
            Self::Untold => "voorval waarvan de inhoud niet bekend is",
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
            Self::VeiligThuis => "veiligheidsbeoordeling van Veilig Thuis",
            Self::ChildInterview => "gestructureerd gesprek met het kind",
            Self::RaadReport => "rapport van de Raad voor de Kinderbescherming",
            Self::Other => "ander instrument",
        }
    }
}

impl Label for RiskClass {
    fn label(self) -> &'static str {
        match self {
            Self::Low => "laag",
            Self::LowModerate => "laag tot gemiddeld",
            Self::Moderate => "gemiddeld",
            Self::High => "hoog",
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
            Self::Refused => "niet aanvaard",
            Self::Imposed => "opgelegd",
            Self::Unknown => "antwoord niet bekend",
        }
    }
}

impl Label for HelpProgress {
    fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "nog niet begonnen",
            Self::Waiting => "op de wachtlijst",
            Self::Running => "loopt",
            Self::Completed => "afgerond",
            Self::Stopped => "voortijdig gestopt",
            Self::Unknown => "voortgang niet bekend",
        }
    }
}

impl Label for Programme {
    fn label(self) -> &'static str {
        match self {
            Self::Borg => "BORG (Beëindiging Onderling Relationeel Geweld)",
            Self::TakeABreak => "Take a Break",
            Self::ForensischeZorg => "ambulante forensische zorg",
            Self::Verslavingszorg => "verslavingszorg",
            Self::Groepsaanbod => "groepsaanbod",
            Self::Other => "een ander programma",
        }
    }
}

impl Evidence {
    /// The same certainty in full, for running text: who took it to be so, not only that it is.
    #[must_use]
    pub fn in_full(self) -> &'static str {
        match self {
            Self::Established => "vastgesteld door een rechter",
            Self::Admitted => "erkend of niet weersproken",
            Self::Plausible => "aannemelijk geacht",
            Self::Alleged => "gesteld, nog niet beantwoord",
            Self::Disputed => "betwist",
            Self::Refuted => "niet gebleken",
            Self::Unknown => "nog niet beoordeeld",
        }
    }
}

impl Label for Frequency {
    fn label(self) -> &'static str {
        match self {
            Self::Once => "eenmaal",
            Self::Sometimes => "soms",
            Self::Often => "vaak",
            Self::Constant => "voortdurend",
        }
    }
}

impl Label for SignalPart {
    fn label(self) -> &'static str {
        match self {
            Self::Person => "persoon",
            Self::Incident => "incident",
            Self::Family => "gezin",
        }
    }
}

impl Label for SignalLevel {
    fn label(self) -> &'static str {
        match self {
            Self::High => "hoog",
            Self::Medium => "middel",
            Self::Low => "laag",
        }
    }
}
