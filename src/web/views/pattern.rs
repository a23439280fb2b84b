//! Who does what to whom, in the family matter: each act with what is told of it, and only beside
//! that the hypotheses with their rivals. What nobody told is "niet genoemd", never "nee".

use super::facts::{FactView, fact_in_domain};
use crate::assessment::model::Assessment;
use crate::assessment::pattern::{self, Account, Row};
use crate::dossier::model::{Domain, Dossier, Label};
use crate::shared::ids::{EventId, PersonId};
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// The account of a pattern.
#[derive(Clone, Debug, Serialize)]
pub struct PatternView {
    /// From whom to whom.
    pub directions: Vec<DirectionView>,
    /// How many acts could not be placed, in words.
    pub unplaced: Option<String>,
    /// Hypotheses; none without directions.
    pub hypotheses: Vec<String>,
}

/// What one person is said or found to have done to another.
#[derive(Clone, Debug, Serialize)]
pub struct DirectionView {
    /// "A tegenover B".
    pub title: String,
    /// How often and when, in words.
    pub course: String,
    /// Acts.
    pub acts: Vec<ActView>,
    /// Who says or saw it themselves.
    pub sources: Vec<String>,
}

/// An act and what is told of it.
#[derive(Clone, Debug, Serialize)]
pub struct ActView {
    /// The act with its certainty in the family matter.
    pub fact: FactView,
    /// Control.
    pub control: &'static str,
    /// Lasting fear.
    pub fear: &'static str,
    /// Injury, or a child that experienced it.
    pub impact: &'static str,
    /// Reaction or defence.
    pub reactive: &'static str,
}

/// The account of what the reader may see; absent when there is nothing to tell.
#[must_use]
pub fn pattern(dossier: &Dossier, assessment: &Assessment) -> Option<PatternView> {
    let account = pattern::account(dossier, assessment, Domain::Family);
    let name = |id: &PersonId| dossier.person_name(id);
    let direction = |((actor, target), row): (&(PersonId, PersonId), &Row)| DirectionView {
        title: format!("{} tegenover {}", name(actor), name(target)),
        course: course(row),
        acts: row.acts.keys().map(|id| act(dossier, row, id)).collect(),
        sources: row.sources.iter().map(|id| dossier.party_name(&id.as_str().into())).collect(),
    };
    let directions: Vec<DirectionView> = account.rows.iter().map(direction).collect();
    let unplaced = unplaced(&account);
    let something = !directions.is_empty() || unplaced.is_some();
    something.then(|| PatternView { directions, unplaced, hypotheses: hypotheses(dossier, &account) })
}

fn act(dossier: &Dossier, row: &Row, id: &EventId) -> ActView {
    let told = |set: &BTreeSet<EventId>| if set.contains(id) { "genoemd" } else { "niet genoemd" };
    ActView {
        fact: fact_in_domain(dossier, id.as_str(), Domain::Family),
        control: told(&row.control),
        fear: told(&row.fear),
        impact: told(&row.impact),
        reactive: told(&row.reactive),
    }
}

fn course(row: &Row) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "onbekend".to_owned(), dutch_date);
    let often = row.frequency.map_or("niet vermeld", Label::label);
    let rises = if row.rises() {
        " In de laatste drie maanden is meer gemeld dan in de drie maanden daarvoor; dat zegt niet dat er meer gebeurde."
    } else {
        ""
    };
    format!("Hoe vaak: {often}. Eerste dag: {}. Laatste dag: {}.{rises}", day(row.first), day(row.last))
}

fn unplaced(account: &Account) -> Option<String> {
    match account.unplaced.len() {
        0 => None,
        1 => Some("Van één feit is niet bekend wie handelde of tegen wie.".to_owned()),
        many => Some(format!("Van {many} feiten is niet bekend wie handelde of tegen wie.")),
    }
}

fn hypotheses(dossier: &Dossier, account: &Account) -> Vec<String> {
    let told = |item: &pattern::Hypothesis| {
        format!(
            "Veronderstelling over het gedrag van {}: {} ({}). Andere verklaringen blijven open: {}.",
            dossier.person_name(&item.about),
            item.name,
            item.outcome.label(),
            item.rivals.join("; ")
        )
    };
    account.hypotheses.iter().map(told).collect()
}
