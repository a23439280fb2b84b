//! What an advocate hands in, in words: the same before it is handed in, on the receipt, and for the court.

use super::facts::fact_view;
use crate::dossier::model::{Dossier, Label, Statement};
use crate::dossier::record::{SafetyConcern, SafetySubmission, StatementAnswer};
use crate::shared::dutch::capital;
use crate::shared::ids::FactId;
use serde::Serialize;

/// A line with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelledLine {
    /// Label.
    pub label: String,
    /// Text.
    pub text: String,
}

/// A line with its label.
#[must_use]
pub fn line(label: &str, text: impl Into<String>) -> LabelledLine {
    LabelledLine { label: label.to_owned(), text: text.into() }
}

fn answer(given: Option<bool>) -> &'static str {
    given.map_or("Nog niet besproken", |yes| if yes { "Ja" } else { "Nee" })
}

/// Whether the address must stay hidden, and the address itself, for who may read what was handed in.
#[must_use]
pub fn address(dossier: &Dossier, info: &SafetySubmission) -> Vec<LabelledLine> {
    let mut lines = vec![line("Adres geheim houden", answer(info.hide_address))];
    if let Some(given) = &info.address {
        let parts = [Some(&given.line), given.postcode.as_ref(), given.town.as_ref(), given.country.as_ref()];
        let text = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
        let persons: Vec<String> = given.persons.iter().map(|person| dossier.person_name(person)).collect();
        lines.push(line("Het adres, alleen voor de rechter en de griffier", text));
        lines.push(line("Wie daar verblijft", persons.join(", ")));
    }
    lines
}

/// What happened.
#[must_use]
pub fn events(dossier: &Dossier, info: &SafetySubmission) -> Vec<LabelledLine> {
    if info.concerns.is_empty() {
        return vec![line("Wat er is gebeurd", "Niets ingevuld")];
    }
    info.concerns.iter().enumerate().map(|(place, item)| event(dossier, place, item)).collect()
}

fn event(dossier: &Dossier, place: usize, item: &SafetyConcern) -> LabelledLine {
    let mut text = vec![item.description.clone()];
    let children: Vec<String> = item.children.iter().map(|child| dossier.person_name(child)).collect();
    text.extend((!children.is_empty()).then(|| format!("Kinderen erbij: {}", children.join(", "))));
    text.extend((!item.documents.is_empty()).then(|| format!("Stukken: {}", item.documents.join("; "))));
    text.push(wish(item.shielded, item.shielded_why.as_deref()));
    let when = item.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
    line(&format!("{}. {}{when}", place.saturating_add(1), capital(item.kind.label())), text.join("\n"))
}

/// Whether it must stay unread by the other side, and why.
fn wish(shielded: Option<bool>, why: Option<&str>) -> String {
    let why = why.map(|why| format!(" Waarom: {why}")).unwrap_or_default();
    match shielded {
        Some(true) => format!("Afschermen voor de andere partij: ja.{why}"),
        Some(false) => format!("Afschermen voor de andere partij: nee.{why}"),
        None => format!("Afschermen voor de andere partij: niet gezegd; daarom wel.{why}"),
    }
}

/// What holds now.
#[must_use]
pub fn measures(info: &SafetySubmission) -> Vec<LabelledLine> {
    let text = if info.measures.is_empty() { "Niets ingevuld".to_owned() } else { info.measures.join("\n") };
    vec![line("Verboden en afspraken", text)]
}

/// What makes the hearing safe.
#[must_use]
pub fn hearing(info: &SafetySubmission) -> Vec<LabelledLine> {
    vec![
        line("Apart horen", answer(info.heard_apart)),
        line("Wat nodig is", info.wishes.clone().unwrap_or_else(|| "Niets ingevuld".to_owned())),
    ]
}

/// What the client says to a statement.
#[must_use]
pub fn answered(client: &str, given: Option<&StatementAnswer>) -> LabelledLine {
    let words = |answer: &StatementAnswer| {
        let words = answer.content.as_ref().map(|words| format!(": {words}")).unwrap_or_default();
        let wish = wish(answer.shielded, answer.shielded_why.as_deref());
        format!("{}{words}\n{wish}", capital(answer.stance.label()))
    };
    line(client, given.map_or_else(|| "Hier nog geen antwoord op".to_owned(), words))
}

/// Everything that was handed in, in the order of the questions.
#[must_use]
pub fn all(dossier: &Dossier, client: &str, info: &SafetySubmission) -> Vec<LabelledLine> {
    let mut lines = [address(dossier, info), events(dossier, info), measures(info), hearing(info)].concat();
    for given in &info.answers {
        lines.push(said(dossier, &given.about));
        lines.push(answered(client, Some(given)));
    }
    lines
}

/// The statement that is answered, with who says it.
fn said(dossier: &Dossier, about: &FactId) -> LabelledLine {
    let all = dossier.events.iter().flat_map(|event| &event.statements);
    let known: Option<&Statement> = all.into_iter().find(|statement| statement.id == *about);
    match known {
        Some(said) => {
            line(&capital(&format!("{} {}", dossier.party_name(&said.by), said.kind.label())), said.content.clone())
        }
        None => line("Verklaring", fact_view(dossier, about.as_str()).text),
    }
}
