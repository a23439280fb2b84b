//! Words for measures and what they ask.

use super::Label;
use crate::dossier::model::{
    Channel, Conduct, CriminalConditionKind, Instrument, MeasureState, ProvisionalItem, ProvisionalItemKind, RuleEffect,
};

impl Label for Instrument {
    fn label(self) -> &'static str {
        match self {
            Self::Huisverbod => "tijdelijk huisverbod",
            Self::HuisverbodExtension => "verlenging van het huisverbod",
            Self::Gedragsaanwijzing => "gedragsaanwijzing van de officier van justitie",
            Self::SchorsingVoorlopigeHechtenis => "voorwaarden bij schorsing van de voorlopige hechtenis",
            Self::BijzondereVoorwaarde => "bijzondere voorwaarde",
            Self::Vrijheidsbeperkend38v => "vrijheidsbeperkende maatregel",
            Self::Detentie => "detentie",
            Self::CivielVerbod => "verbod in kort geding",
            Self::VoorlopigeVoorziening => "voorlopige voorziening",
            Self::Omgangsregeling => "omgangsregeling",
            Self::Zorgregeling => "zorgregeling",
            Self::SchorsingGezag => "schorsing van het gezag",
            Self::VoorlopigeVoogdij => "voorlopige voogdij",
            Self::Ondertoezichtstelling => "ondertoezichtstelling",
            Self::Uithuisplaatsing => "uithuisplaatsing",
            Self::Veiligheidsplan => "vrijwillig veiligheidsplan",
        }
    }
}

impl Label for MeasureState {
    fn label(self) -> &'static str {
        match self {
            Self::InForce => "in werking",
            Self::Proposed => "gevraagd of voorgesteld, nog niet beslist",
            Self::NotYetEnforceable => "beslist, nog niet uitvoerbaar",
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

impl Label for CriminalConditionKind {
    fn label(self) -> &'static str {
        match self {
            Self::ContactBan => "contactverbod",
            Self::LocationBan => "locatieverbod",
            Self::AreaBan => "gebiedsverbod",
            Self::Reporting => "meldplicht",
            Self::Course => "gedragsinterventie of behandeling",
            Self::GuidanceToHelp => "begeleiding bij hulpverlening",
            Self::ElectronicMonitoring => "elektronisch toezicht",
            Self::Other => "ander gedragsvoorschrift",
        }
    }
}

impl Label for ProvisionalItemKind {
    fn label(self) -> &'static str {
        match self {
            Self::ExclusiveUseOfHome => "uitsluitend gebruik van de echtelijke woning (art. 822 lid 1 onder a Rv)",
            Self::Goods => "goederen voor dagelijks gebruik (art. 822 lid 1 onder b Rv)",
            Self::EntrustChildren => "toevertrouwing van de kinderen (art. 822 lid 1 onder c Rv)",
            Self::ContactWithChildren => "zorgregeling, omgang en informatie (art. 822 lid 1 onder d Rv)",
            Self::Maintenance => "levensonderhoud (art. 822 lid 1 onder e Rv)",
            Self::ContactBan => "contactverbod (staat niet in art. 822 Rv)",
            Self::AreaBan => "gebieds- of straatverbod (staat niet in art. 822 Rv)",
            Self::Other => "andere voorziening (staat niet in art. 822 Rv)",
        }
    }
}

impl ProvisionalItem {
    /// What it is, in words: what one spouse pays for the children goes with their care (art. 822 lid 1 onder c Rv), and
    /// not with maintenance of the other spouse.
    #[must_use]
    pub fn label(&self) -> &'static str {
        if self.kind == ProvisionalItemKind::Maintenance && !self.children.is_empty() {
            return "bijdrage in de verzorging en opvoeding van de kinderen (art. 822 lid 1 onder c Rv)";
        }
        self.kind.label()
    }
}

impl Label for Channel {
    fn label(self) -> &'static str {
        match self {
            Self::InPerson => "in persoon",
            Self::Phone => "per telefoon",
            Self::Written => "per brief",
            Self::Digital => "via internet",
            Self::ThirdParty => "via anderen",
            Self::Video => "via beeldbellen",
        }
    }
}
