//! Dutch words for what the model names in code, in the words of the courts and neutral on
//! conduct.

use crate::assessment::model::{Direction, EffectKind, Outcome};
use crate::conflicts::model::Need;
use crate::dossier::model::*;
use crate::shared::moment::{Instant, dutch_date, dutch_moment};
use chrono::NaiveDate;
use serde_json::Value;

/// A day in words, or null.
pub(super) fn day(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| Value::String(dutch_date(day)))
}

/// A moment with its clock time in words, or null.
pub(super) fn moment(at: Option<&Instant>) -> Value {
    at.map_or(Value::Null, |at| Value::String(dutch_moment(at)))
}

/// "a, b en c"; empty text for an empty list.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} en {last}", rest.join(", ")),
    }
}

/// The same text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Text, or null when empty.
pub(super) fn text_or_null(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { Value::String(text.to_owned()) }
}

pub(super) fn domain(domain: Domain) -> &'static str {
    match domain {
        Domain::Criminal => "strafrecht",
        Domain::Administrative => "bestuursrecht",
        Domain::Family => "familierecht",
    }
}

pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Established => "vastgesteld door een rechter",
        Evidence::Admitted => "erkend of niet weersproken",
        Evidence::Plausible => "aannemelijk geacht",
        Evidence::Alleged => "gesteld, nog niet beantwoord",
        Evidence::Disputed => "betwist",
        Evidence::Refuted => "niet gebleken",
        Evidence::Unknown => "in deze zaak nog niet beoordeeld",
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "voldaan",
        Outcome::NotMet => "niet voldaan",
        Outcome::MissingFacts => "feiten ontbreken",
        Outcome::NeedsJudgement => "oordeel van de rechter nodig",
        Outcome::NotApplicable => "niet van toepassing",
    }
}

pub(super) fn effect(kind: EffectKind) -> &'static str {
    match kind {
        EffectKind::Gezag => "een beslissing over het gezag",
        EffectKind::OmgangDenial => "afwijzing, schorsing of ontzegging van omgang",
        EffectKind::OmgangConditions => "voorwaarden aan of begeleiding van omgang",
        EffectKind::Gedragsinterventie => "een gedragsinterventie of behandeling",
        EffectKind::Huisverbod => "een huisverbod of de verlenging daarvan",
        EffectKind::Contactverbod => "een contact- of gebiedsverbod",
        EffectKind::JointTalks => "mediation of gezamenlijke gesprekken",
        EffectKind::Investigation => "nader onderzoek",
        EffectKind::Reasons => "een uitdrukkelijke motivering",
        EffectKind::OrderConflict => "afstemming van botsende maatregelen",
        EffectKind::HearFirst => "eerst horen van de andere partij",
    }
}

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Supports => "ondersteunt",
        Direction::ContraIndicates => "pleit tegen",
        Direction::Requires => "vraagt om",
    }
}

pub(super) fn number_kind(kind: CaseNumberKind) -> &'static str {
    match kind {
        CaseNumberKind::Zaaknummer => "zaaknummer",
        CaseNumberKind::Rekestnummer => "rekestnummer",
        CaseNumberKind::Parketnummer => "parketnummer",
        CaseNumberKind::HuisverbodNummer => "nummer huisverbod",
        CaseNumberKind::Other => "kenmerk",
    }
}

pub(super) fn matter_kind(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Divorce => "echtscheiding",
        MatterKind::ProvisionalMeasures => "voorlopige voorzieningen",
        MatterKind::Gezag => "gezag",
        MatterKind::Omgang => "omgang of verdeling van zorg- en opvoedingstaken",
        MatterKind::ChildProtection => "kinderbescherming",
        MatterKind::KortGeding => "kort geding",
        MatterKind::CriminalCase => "strafzaak",
        MatterKind::Huisverbod => "tijdelijk huisverbod",
        MatterKind::HuisverbodReview => "beroep tegen het huisverbod",
    }
}

pub(super) fn capacity(role: CapacityRole) -> &'static str {
    match role {
        CapacityRole::Verzoeker => "verzoekende partij",
        CapacityRole::Verweerder => "verwerende partij",
        CapacityRole::Belanghebbende => "belanghebbende",
        CapacityRole::Minderjarige => "minderjarige",
        CapacityRole::Verdachte => "verdachte",
        CapacityRole::Veroordeelde => "veroordeelde",
        CapacityRole::Slachtoffer => "slachtoffer in de zin van art. 51a Sv",
        CapacityRole::BenadeeldePartij => "benadeelde partij",
        CapacityRole::Uithuisgeplaatste => "uithuisgeplaatste",
        CapacityRole::Achterblijver => "achterblijver",
        CapacityRole::Eiser => "eisende partij",
        CapacityRole::VerwerendBestuursorgaan => "verwerend bestuursorgaan",
        CapacityRole::Informant => "informant",
    }
}

pub(super) fn instrument(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Huisverbod => "tijdelijk huisverbod",
        Instrument::HuisverbodExtension => "verlenging van het huisverbod",
        Instrument::Gedragsaanwijzing => "gedragsaanwijzing van de officier van justitie",
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

pub(super) fn measure_state(state: MeasureState) -> &'static str {
    match state {
        MeasureState::InForce => "in werking",
        MeasureState::Proposed => "gevraagd of voorgesteld, nog niet beslist",
        MeasureState::NotYetEnforceable => "beslist, nog niet uitvoerbaar",
        MeasureState::Suspended => "geschorst",
        MeasureState::Ended => "voortijdig geëindigd",
        MeasureState::Annulled => "vernietigd",
    }
}

pub(super) fn gezag_form(form: GezagForm) -> &'static str {
    match form {
        GezagForm::Joint => "gezamenlijk gezag",
        GezagForm::Sole => "eenhoofdig gezag",
        GezagForm::Suspended => "gezag geschorst",
        GezagForm::None => "geen gezag",
        GezagForm::ProvisionalVoogdij => "voorlopige voogdij",
        GezagForm::Voogdij => "voogdij",
    }
}

pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Agrees => "stemt in met het verzoek",
        Stance::Opposes => "voert verweer",
        Stance::Partly => "stemt gedeeltelijk in",
        Stance::Refers => "refereert zich aan het oordeel van de rechter",
        Stance::Unknown => "heeft nog geen standpunt kenbaar gemaakt",
    }
}

pub(super) fn answer(stance: AnswerStance) -> &'static str {
    match stance {
        AnswerStance::Admits => "erkent dit",
        AnswerStance::Disputes => "betwist dit",
        AnswerStance::PartlyAdmits => "erkent dit gedeeltelijk",
        AnswerStance::NoAnswer => "heeft hierop niet gereageerd, hoewel dat kon",
        AnswerStance::Silence => "beroept zich op het zwijgrecht; daaruit volgt niets",
    }
}

pub(super) fn statement(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Asserts => "verklaart",
        StatementKind::Admits => "erkent",
        StatementKind::Retracts => "komt terug op een eerdere verklaring",
        StatementKind::Observes => "beschrijft een eigen waarneming",
        StatementKind::Reports => "geeft weer wat anderen hebben gezegd",
        StatementKind::Finds => "stelt vast",
    }
}

pub(super) fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Target => "was zelf betrokken",
        Exposure::Saw => "heeft het gezien",
        Exposure::Heard => "heeft het gehoord",
        Exposure::Aftermath => "heeft de gevolgen meegemaakt",
        Exposure::InHouse => "was in huis",
        Exposure::Absent => "was er niet bij",
        Exposure::Unknown => "(aanwezigheid niet bekend)",
    }
}

pub(super) fn hearing_outcome(outcome: ChildHearingOutcome) -> &'static str {
    match outcome {
        ChildHearingOutcome::Heard => "is gehoord",
        ChildHearingOutcome::Written => "heeft een brief gestuurd",
        ChildHearingOutcome::Invited => "is opgeroepen en nog niet gehoord",
        ChildHearingOutcome::Declined => "is opgeroepen en wilde niet worden gehoord",
        ChildHearingOutcome::NotInvited => "is niet opgeroepen",
        ChildHearingOutcome::Unknown => "of de gelegenheid is gegeven, is niet bekend",
    }
}

pub(super) fn help_response(response: HelpResponse) -> &'static str {
    match response {
        HelpResponse::Offered => "aangeboden",
        HelpResponse::Accepted => "aanvaard",
        HelpResponse::Refused => "niet aanvaard",
        HelpResponse::Imposed => "opgelegd",
        HelpResponse::Unknown => "antwoord niet bekend",
    }
}

pub(super) fn help_progress(progress: HelpProgress) -> &'static str {
    match progress {
        HelpProgress::NotStarted => "nog niet begonnen",
        HelpProgress::Waiting => "op de wachtlijst",
        HelpProgress::Running => "loopt",
        HelpProgress::Completed => "afgerond",
        HelpProgress::Stopped => "voortijdig gestopt",
        HelpProgress::Unknown => "voortgang niet bekend",
    }
}

pub(super) fn help_kind(kind: HelpKind) -> &'static str {
    match kind {
        HelpKind::Course => "gedragsinterventie",
        HelpKind::Treatment => "behandeling",
        HelpKind::Support => "ondersteuning",
        HelpKind::SystemTalk => "systeemgesprek",
        HelpKind::AddictionCare => "verslavingszorg",
        HelpKind::Other => "andere hulp",
    }
}

pub(super) fn programme(programme: Programme) -> &'static str {
    match programme {
        Programme::Borg => "BORG (Beëindiging Onderling Relationeel Geweld)",
        Programme::TakeABreak => "Take a Break",
        Programme::ForensischeZorg => "ambulante forensische zorg",
        Programme::Verslavingszorg => "verslavingszorg",
        Programme::Groepsaanbod => "groepsaanbod",
        Programme::Other => "een ander programma",
    }
}

pub(super) fn risk_instrument(instrument: RiskInstrument) -> &'static str {
    match instrument {
        RiskInstrument::Rihg => "RiHG",
        RiskInstrument::Masic => "MASIC",
        RiskInstrument::FlDoors => "FL-DOORS",
        RiskInstrument::Dash => "DASH",
        RiskInstrument::Sash => "SASH",
        RiskInstrument::DangerAssessment => "Danger Assessment",
        RiskInstrument::Sara => "B-SAFER/SARA",
        RiskInstrument::VeiligThuis => "beoordeling van Veilig Thuis",
        RiskInstrument::ChildInterview => "gestructureerd kindgesprek",
        RiskInstrument::RaadReport => "rapport van de Raad voor de Kinderbescherming",
        RiskInstrument::Other => "ander instrument",
    }
}

pub(super) fn risk_class(class: RiskClass) -> &'static str {
    match class {
        RiskClass::Low => "laag",
        RiskClass::LowModerate => "laag tot gemiddeld",
        RiskClass::Moderate => "gemiddeld",
        RiskClass::High => "hoog",
    }
}

pub(super) fn need(need: Need) -> &'static str {
    match need {
        Need::Home => "veilig wonen",
        Need::Contact => "vrij van contact",
    }
}

pub(super) fn condition_kind(kind: CriminalConditionKind) -> &'static str {
    match kind {
        CriminalConditionKind::ContactBan => "contactverbod",
        CriminalConditionKind::LocationBan => "locatieverbod",
        CriminalConditionKind::AreaBan => "gebiedsverbod",
        CriminalConditionKind::Reporting => "meldplicht",
        CriminalConditionKind::Course => "gedragsinterventie of behandeling",
        CriminalConditionKind::GuidanceToHelp => "begeleiding bij hulpverlening",
        CriminalConditionKind::ElectronicMonitoring => "elektronisch toezicht",
        CriminalConditionKind::Other => "ander gedragsvoorschrift",
    }
}

pub(super) fn provisional_item(kind: ProvisionalItemKind) -> &'static str {
    match kind {
        ProvisionalItemKind::ExclusiveUseOfHome => "uitsluitend gebruik van de echtelijke woning (lid 1 onder a)",
        ProvisionalItemKind::Goods => "goederen voor dagelijks gebruik (lid 1 onder b)",
        ProvisionalItemKind::EntrustChildren => "toevertrouwing van de kinderen (lid 1 onder c)",
        ProvisionalItemKind::ContactWithChildren => "zorgregeling, omgang en informatie (lid 1 onder d)",
        ProvisionalItemKind::Maintenance => "levensonderhoud (lid 1 onder e)",
        ProvisionalItemKind::ContactBan => "contactverbod (staat niet in art. 822 Rv)",
        ProvisionalItemKind::AreaBan => "gebieds- of straatverbod (staat niet in art. 822 Rv)",
        ProvisionalItemKind::Other => "andere voorziening (staat niet in art. 822 Rv)",
    }
}

/// When an event happened, as precisely as known.
pub(super) fn event_time(time: &EventTime) -> String {
    match time {
        EventTime::Instant { at } => dutch_moment(at),
        EventTime::Day { on } => dutch_date(*on),
        EventTime::Period { from, until, description } => {
            let span = match (from, until) {
                (Some(from), Some(until)) => format!("van {} tot en met {}", dutch_date(*from), dutch_date(*until)),
                (Some(from), None) => format!("vanaf {}", dutch_date(*from)),
                (None, Some(until)) => format!("tot en met {}", dutch_date(*until)),
                (None, None) => String::new(),
            };
            match (span.is_empty(), description) {
                (false, Some(words)) => format!("{span} ({words})"),
                (false, None) => span,
                (true, Some(words)) => words.clone(),
                (true, None) => "tijdstip niet bekend".to_owned(),
            }
        }
        EventTime::Unknown => "tijdstip niet bekend".to_owned(),
    }
}
