//! Dutch words for outcomes, certainty, domains and instruments, as a court uses them.

use super::model::{CriterionClass, Direction, EffectKind, Force, Outcome};
use crate::dossier::model::{Domain, Evidence, Instrument, ProposalKind, RequestKind, RiskInstrument};

/// Outcome of a criterion.
#[must_use]
pub fn outcome(value: Outcome) -> &'static str {
    match value {
        Outcome::Met => "voldaan",
        Outcome::NotMet => "niet voldaan",
        Outcome::MissingFacts => "feiten ontbreken",
        Outcome::NeedsJudgement => "oordeel van de rechter nodig",
        Outcome::NotApplicable => "niet van toepassing",
    }
}

/// Class of a criterion.
#[must_use]
pub fn class(value: CriterionClass) -> &'static str {
    match value {
        CriterionClass::Norm => "norm",
        CriterionClass::Indicator => "indicator",
        CriterionClass::Guidance => "handreiking",
    }
}

/// Certainty of a fact.
#[must_use]
pub fn evidence(value: Evidence) -> &'static str {
    match value {
        Evidence::Established => "vastgesteld door een rechter",
        Evidence::Admitted => "erkend of niet weersproken",
        Evidence::Plausible => "aannemelijk geacht",
        Evidence::Alleged => "gesteld, nog niet beantwoord",
        Evidence::Disputed => "betwist",
        Evidence::Refuted => "weerlegd",
        Evidence::Unknown => "onbekend",
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

/// Legal instrument of a measure.
#[must_use]
pub fn instrument(value: Instrument) -> &'static str {
    match value {
        Instrument::Huisverbod => "tijdelijk huisverbod",
        Instrument::HuisverbodExtension => "verlenging van het huisverbod",
        Instrument::Gedragsaanwijzing => "gedragsaanwijzing",
        Instrument::SchorsingVoorlopigeHechtenis => "voorwaarden bij schorsing van de voorlopige hechtenis",
        Instrument::BijzondereVoorwaarde => "bijzondere voorwaarde",
        Instrument::Vrijheidsbeperkend38v => "vrijheidsbeperkende maatregel",
        Instrument::Detentie => "detentie",
        Instrument::CivielVerbod => "verbod in kort geding",
        Instrument::VoorlopigeVoorziening => "voorlopige voorziening",
        Instrument::Omgangsregeling => "omgangsregeling",
        Instrument::Zorgregeling => "zorgregeling",
        Instrument::SchorsingGezag => "schorsing van het gezag",
        Instrument::VoorlopigeVoogdij => "voorlopige voogdij",
        Instrument::Ondertoezichtstelling => "ondertoezichtstelling",
        Instrument::Uithuisplaatsing => "uithuisplaatsing",
        Instrument::Veiligheidsplan => "vrijwillig veiligheidsplan",
    }
}

/// Proposal of a joint form.
#[must_use]
pub fn proposal(value: ProposalKind) -> &'static str {
    match value {
        ProposalKind::Mediation => "mediation",
        ProposalKind::JointSession => "gezamenlijk gesprek",
        ProposalKind::VictimOffenderTalk => "herstelbemiddeling",
        ProposalKind::SharedCare => "co-ouderschap",
        ProposalKind::Birdnesting => "birdnesting",
        ProposalKind::JointParentingHelp => "gezamenlijk hulpaanbod voor ouders",
    }
}

/// Risk or screening instrument.
#[must_use]
pub fn risk_instrument(value: RiskInstrument) -> &'static str {
    match value {
        RiskInstrument::Rihg => "RiHG",
        RiskInstrument::Masic => "MASIC",
        RiskInstrument::FlDoors => "FL-DOORS",
        RiskInstrument::Dash => "DASH",
        RiskInstrument::Sash => "SASH",
        RiskInstrument::DangerAssessment => "Danger Assessment",
        RiskInstrument::Sara => "B-SAFER of SARA",
        RiskInstrument::VeiligThuis => "veiligheidsbeoordeling van Veilig Thuis",
        RiskInstrument::ChildInterview => "gestructureerd gesprek met het kind",
        RiskInstrument::RaadReport => "rapport van de Raad voor de Kinderbescherming",
        RiskInstrument::Other => "ander instrument",
    }
}

/// What a request asks.
#[must_use]
pub fn request(value: RequestKind) -> &'static str {
    match value {
        RequestKind::SuspendGezag => "schorsing van het gezag",
        RequestKind::SoleGezag => "eenhoofdig gezag",
        RequestKind::EndGezag => "beëindiging van het gezag",
        RequestKind::JointGezag => "gezamenlijk gezag",
        RequestKind::Omgang => "omgang of een zorgregeling",
        RequestKind::DenyOmgang => "ontzegging van de omgang",
        RequestKind::MainResidence => "hoofdverblijf",
        RequestKind::ExclusiveUseOfHome => "uitsluitend gebruik van de woning",
        RequestKind::EntrustChildren => "toevertrouwing van de kinderen",
        RequestKind::Maintenance => "onderhoudsbijdrage",
        RequestKind::ExtendHuisverbod => "verlenging van het huisverbod",
        RequestKind::LiftHuisverbod => "vernietiging of opheffing van het huisverbod",
        RequestKind::CivilBan => "contact- of gebiedsverbod",
        RequestKind::Intervention => "gedragsinterventie",
        RequestKind::Information => "informatie over het kind",
        RequestKind::Divorce => "echtscheiding",
        RequestKind::Conviction => "veroordeling",
        RequestKind::Other => "ander verzoek",
    }
}

/// An effect in a sentence without its force, for instance "ondersteunt voorwaarden bij omgang".
#[must_use]
pub fn effect(kind: EffectKind, direction: Direction) -> String {
    let verb = match direction {
        Direction::Supports => "ondersteunt",
        Direction::ContraIndicates => "pleit tegen",
        Direction::Requires => "vraagt om",
    };
    let what = match kind {
        EffectKind::Gezag => "een beslissing over het gezag",
        EffectKind::OmgangDenial => "afwijzing, schorsing of ontzegging van omgang",
        EffectKind::OmgangConditions => "voorwaarden of begeleiding bij omgang",
        EffectKind::Gedragsinterventie => "een gedragsinterventie of behandeling",
        EffectKind::Huisverbod => "een huisverbod of verlenging daarvan",
        EffectKind::Contactverbod => "een contact- of gebiedsverbod",
        EffectKind::JointTalks => "bemiddeling of gezamenlijke gesprekken",
        EffectKind::Investigation => "nader onderzoek",
        EffectKind::Reasons => "een motivering in de beslissing",
        EffectKind::OrderConflict => "oplossing van botsende maatregelen",
        EffectKind::HearFirst => "het eerst horen van de ander",
    };
    format!("{verb} {what}")
}

/// Force of an effect.
#[must_use]
pub fn force(value: Force) -> &'static str {
    match value {
        Force::Question => "alleen als vraag voor de zitting",
        Force::Provisional => "voorlopig en herroepelijk",
        Force::Full => "volgt uit de norm",
    }
}
