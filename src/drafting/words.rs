//! Dutch words for what the model names in code, in the words of the courts and neutral on
//! conduct.

use crate::dossier::model::*;
pub(super) use crate::shared::dutch::{capital, list};
pub(super) use crate::shared::moment::told_moment;
use crate::shared::moment::{Instant, dutch_date, dutch_moment, local_date, start_of_day};
use chrono::NaiveDate;
use serde_json::Value;

/// A day in words, or null.
pub(super) fn day(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| Value::String(dutch_date(day)))
}

/// A moment in words, or null.
pub(super) fn moment(at: Option<&Instant>) -> Value {
    at.map_or(Value::Null, |at| Value::String(told_moment(at)))
}

/// Whether a moment stands for a day: a file that knows no hour has the first minute of the day.
pub(super) fn is_without_hour(at: &Instant) -> bool {
    *at == start_of_day(local_date(at))
}

/// Institutions by the beginning of their name, as that stands within a sentence.
const INSTITUTIONS: &[(&str, &str)] = &[
    ("Raad voor de Kinderbescherming", "de Raad voor de Kinderbescherming"),
    ("Openbaar Ministerie", "het Openbaar Ministerie"),
    ("Gecertificeerde instelling", "de gecertificeerde instelling"),
    ("Burgemeester", "de burgemeester"),
    ("Politie", "de politie"),
    ("Reclassering,", "de reclassering,"),
    ("Rechtbank", "de rechtbank"),
    ("Gerechtshof", "het gerechtshof"),
    ("Basisschool", "basisschool"),
    ("Huisartsenpraktijk", "huisartsenpraktijk"),
    ("Forensische polikliniek", "de forensische polikliniek"),
];

/// The name of an institution as it stands in a sentence.
pub(super) fn with_article(name: &str) -> String {
    let known = INSTITUTIONS.iter().find_map(|(start, told)| Some(format!("{told}{}", name.strip_prefix(start)?)));
    known.unwrap_or_else(|| name.to_owned())
}

/// A name as the subject of a sentence that it begins: "De politie, eenheid Rotterdam, verklaart".
pub(super) fn subject(name: &str) -> String {
    capital(&amid(name))
}

/// A name in the middle of a sentence that goes on after it: "aan de reclassering, eenheid Rotterdam, om toezicht".
pub(super) fn amid(name: &str) -> String {
    let told = with_article(name);
    if told.contains(", ") { format!("{told},") } else { told }
}

/// A sentence as it goes on after a colon: its first word is a name or stands small.
pub(super) fn within(sentence: &str) -> String {
    let articles = [("De ", "de "), ("Het ", "het "), ("Een ", "een ")];
    let known = articles.iter().find_map(|(start, small)| Some(format!("{small}{}", sentence.strip_prefix(start)?)));
    known.unwrap_or_else(|| sentence.to_owned())
}

/// Text, or null when empty.
pub(super) fn text_or_null(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { Value::String(text.to_owned()) }
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

/// What an adviser thinks of a request.
pub(super) fn advice(stance: Stance) -> &'static str {
    match stance {
        Stance::Agrees => "adviseert het verzoek toe te wijzen",
        Stance::Opposes => "adviseert het verzoek af te wijzen",
        Stance::Partly => "adviseert het verzoek gedeeltelijk te volgen",
        Stance::Refers => "adviseert nog niet over het verzoek",
        Stance::Unknown => "heeft nog geen advies gegeven",
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

pub(super) fn statement(kind: StatementKind, by_court: bool) -> &'static str {
    match kind {
        StatementKind::Asserts => "verklaart",
        StatementKind::Admits => "erkent",
        StatementKind::Retracts => "komt terug op een eerdere verklaring",
        StatementKind::Observes => "beschrijft een eigen waarneming",
        StatementKind::Reports => "geeft weer wat anderen hebben gezegd",
        StatementKind::Finds if by_court => "stelt vast",
        StatementKind::Finds => "schrijft als bevinding",
    }
}

/// How a child met what happened; a file may call several children by one name.
pub(super) fn met_by(child: &str, how: Exposure) -> String {
    let told = exposure(how);
    let several = child.split(' ').next_back().is_some_and(|word| word.ends_with("kinderen"));
    let plural = || match told.split_once(' ') {
        Some(("heeft", rest)) => format!("hebben {rest}"),
        Some(("was", rest)) => format!("waren {rest}"),
        _ => told.to_owned(),
    };
    format!("{child} {}", if several { plural() } else { told.to_owned() })
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

/// A matter as it is named in a sentence.
pub(super) fn matter_name(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Divorce => "de echtscheidingszaak",
        MatterKind::ProvisionalMeasures => "de zaak over voorlopige voorzieningen",
        MatterKind::Gezag => "de zaak over het gezag",
        MatterKind::Omgang => "de zaak over omgang en zorg",
        MatterKind::ChildProtection => "de kinderbeschermingszaak",
        MatterKind::KortGeding => "het kort geding",
        MatterKind::CriminalCase => "de strafzaak",
        MatterKind::Huisverbod => "de zaak over het huisverbod",
        MatterKind::HuisverbodReview => "het beroep tegen het huisverbod",
    }
}

/// A matter as a part of a file name.
pub(super) fn file_word(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Divorce => "echtscheiding",
        MatterKind::ProvisionalMeasures => "voorlopige-voorzieningen",
        MatterKind::Gezag => "gezag",
        MatterKind::Omgang => "omgang",
        MatterKind::ChildProtection => "kinderbescherming",
        MatterKind::KortGeding => "kort-geding",
        MatterKind::CriminalCase => "strafzaak",
        MatterKind::Huisverbod => "huisverbod",
        MatterKind::HuisverbodReview => "beroep-huisverbod",
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
            // Words that name the year are the time itself; a bound made from them for the order says no more.
            let told = description.as_deref().filter(|words| from.is_none() != until.is_none() && names_a_year(words));
            match (span.is_empty(), description) {
                _ if told.is_some() => told.unwrap_or_default().to_owned(),
                (false, Some(words)) => format!("{span} ({words})"),
                (false, None) => span,
                (true, Some(words)) => words.clone(),
                (true, None) => "tijdstip niet bekend".to_owned(),
            }
        }
        EventTime::Unknown => "tijdstip niet bekend".to_owned(),
    }
}

fn names_a_year(words: &str) -> bool {
    words.split(|sign: char| !sign.is_ascii_digit()).any(|number| number.len() == 4)
}
