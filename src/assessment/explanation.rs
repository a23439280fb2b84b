//! Explanations a judge can use: the text of the criterion, then the facts with who says so, in
//! which document and page, how certain they are in this domain, and what the other side answers.

mod facts;

use super::language::Criterion;
use super::model::{Finding, MissingFact, Outcome};
use crate::dossier::model::{Dossier, InstrumentResult, JointProposal, Label, Measure};
use crate::shared::dutch;
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::dutch_date;
pub use facts::FactTexts;
use std::fmt::Write as _;

/// Facts told in full in one explanation; the others are counted.
const FACTS_IN_FULL: usize = 12;

/// A usual length of a fact in words, in bytes.
const FACT_LENGTH: usize = 256;

/// For whom or what a criterion was asked.
pub struct Subject<'s> {
    /// `{kind}`
    pub child: Option<&'s str>,
    /// `{ouder}`
    pub parent: Option<&'s str>,
    /// `{andere_ouder}`
    pub others: Vec<&'s str>,
    /// `{persoon}`
    pub person: Option<&'s str>,
    /// `{gebondene}` and `{beschermde}`
    pub measure: Option<&'s Measure>,
    /// `{deelnemers}` and `{voorstel}`
    pub proposal: Option<&'s JointProposal>,
    /// `{uitslag}`
    pub result: Option<&'s InstrumentResult>,
}

/// Placeholders that a text may have.
pub const PLACEHOLDERS: [&str; 9] = [
    "{kind}",
    "{ouder}",
    "{andere_ouder}",
    "{persoon}",
    "{gebondene}",
    "{beschermde}",
    "{deelnemers}",
    "{voorstel}",
    "{uitslag}",
];

/// The outcome and what it means, without the facts, and what is still to be done about it.
fn summarise(dossier: &Dossier, criterion: &Criterion, finding: &Finding, subject: &Subject<'_>) -> (String, String) {
    match (criterion.explanation.for_outcome(finding.outcome), &finding.judge) {
        (None, Some(words)) if words.answer.is_some() => (judged(finding.outcome, &words.told_by()), String::new()),
        (template, _) => {
            let (told, to_do) = apart(template.unwrap_or_default());
            let told = if told.is_empty() { standard(finding.outcome) } else { &told };
            (fill(told, dossier, subject), fill(&to_do, dossier, subject))
        }
    }
}

/// What a text tells, and what it asks of its reader: the parts between `<` and `>`.
#[must_use]
pub fn apart(text: &str) -> (String, String) {
    let (mut told, mut to_do): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for part in text.split('>') {
        let (before, asked) = part.split_once('<').unwrap_or((part, ""));
        told.push(before.trim());
        to_do.push(asked.trim());
    }
    let join = |parts: Vec<&str>| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    (join(told), join(to_do))
}

/// Writes the summary and the explanation of one finding.
pub fn explain(facts: &FactTexts<'_>, criterion: &Criterion, finding: &mut Finding, subject: &Subject<'_>) {
    (finding.summary, finding.to_do) = summarise(facts.dossier, criterion, finding, subject);
    finding.explanation = with_facts(facts, finding);
}

fn with_facts(facts: &FactTexts<'_>, finding: &Finding) -> String {
    if finding.outcome == Outcome::NotApplicable {
        return finding.summary_and_to_do();
    }
    let told = finding.facts_for.len().min(FACTS_IN_FULL) + finding.facts_against.len().min(FACTS_IN_FULL);
    let mut text = finding.summary_and_to_do();
    text.reserve(256 + told * FACT_LENGTH);
    list(&mut text, "Hiervoor spreken:", &finding.facts_for, facts);
    list(&mut text, "Hiertegen spreken:", &finding.facts_against, facts);
    if !finding.missing.is_empty() {
        let what = finding.missing.iter().map(|item| item.what.trim_end_matches('.')).collect::<Vec<_>>().join("; ");
        let _ = write!(text, "\nNiet bekend is: {what}.");
    }
    views(&mut text, finding);
    text
}

/// Explanation when it is not known whether a criterion applies.
#[must_use]
pub fn applicability_unknown(missing: &[MissingFact]) -> String {
    let mut text = "Uit het dossier blijkt niet of deze vraag hier speelt.".to_owned();
    if !missing.is_empty() {
        let what = missing.iter().map(|item| item.what.as_str()).collect::<Vec<_>>().join("; ");
        let _ = write!(text, "\nNiet bekend is: {what}.");
    }
    text
}

/// The judge answered the open norm; the words themselves stand with the finding.
fn judged(outcome: Outcome, by: &str) -> String {
    let answer = match outcome {
        Outcome::Met => "dat het antwoord op deze vraag ja is",
        Outcome::NotMet => "dat het antwoord op deze vraag nee is",
        _ => "dat dit nog niet kan worden beslist",
    };
    format!("Hier geldt het eigen oordeel van {by}: {answer}.")
}

fn standard(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "Het antwoord op deze vraag is ja.",
        Outcome::NotMet => "Het antwoord op deze vraag is nee.",
        Outcome::MissingFacts => "Het dossier bevat te weinig feiten om dit te beantwoorden.",
        Outcome::NeedsJudgement => "Dit vraagt een oordeel van de rechter.",
        Outcome::NotApplicable => "Dit criterium is hier niet van toepassing.",
    }
}

/// The three views, told only when they differ.
fn views(text: &mut String, finding: &Finding) {
    let views = finding.views;
    if views.established == views.plausible && views.plausible == views.contested && views.plausible == finding.outcome
    {
        return;
    }
    let _ = write!(
        text,
        "\nOp alleen vastgestelde en erkende feiten: {}. Met aannemelijke feiten erbij: {}. Met betwiste feiten erbij, indien juist: {}.",
        views.established.label(),
        views.plausible.label(),
        views.contested.label(),
    );
}

fn list(text: &mut String, heading: &str, ids: &[FactId], facts: &FactTexts<'_>) {
    if ids.is_empty() {
        return;
    }
    let _ = write!(text, "\n{heading}");
    for id in ids.iter().take(FACTS_IN_FULL) {
        text.push_str("\n- ");
        facts.tell(id, text);
    }
    if let Some(more) = ids.len().checked_sub(FACTS_IN_FULL).filter(|more| *more > 0) {
        let _ = write!(text, "\n- en nog {more} in het dossier vermelde feiten.");
    }
}

/// A text with its placeholders filled.
#[must_use]
pub fn fill(template: &str, dossier: &Dossier, subject: &Subject<'_>) -> String {
    if !template.contains('{') {
        return template.trim().to_owned();
    }
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template.trim();
    while let Some((before, from_brace)) = rest.find('{').and_then(|at| rest.split_at_checked(at)) {
        text.push_str(before);
        let placeholder = PLACEHOLDERS.iter().find(|name| from_brace.starts_with(**name));
        // A brace that opens no placeholder is a brace.
        let written = placeholder.copied().unwrap_or("{");
        match placeholder {
            Some(name) => text.push_str(value(name, dossier, subject).as_deref().unwrap_or("de betrokkene")),
            None => text.push_str(written),
        }
        rest = from_brace.get(written.len()..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

fn value(placeholder: &str, dossier: &Dossier, subject: &Subject<'_>) -> Option<String> {
    let name = |id: &str| dossier.party_name(&id.into());
    let persons = |ids: &[PersonId]| named(&ids.iter().map(|id| name(id.as_str())).collect::<Vec<_>>());
    match placeholder {
        "{kind}" => subject.child.map(name),
        "{ouder}" => subject.parent.map(name),
        "{andere_ouder}" if subject.others.is_empty() => None,
        "{andere_ouder}" => Some(named(&subject.others.iter().map(|id| name(id)).collect::<Vec<_>>())),
        "{persoon}" => subject.person.map(name),
        "{gebondene}" => subject.measure.map(|measure| persons(&measure.restrained)),
        "{beschermde}" => subject.measure.map(|measure| persons(&measure.protected)),
        "{deelnemers}" => subject.proposal.map(|proposal| persons(&proposal.participants)),
        "{voorstel}" => subject.proposal.map(|proposal| proposal.kind.label().to_owned()),
        "{uitslag}" => subject.result.map(told_result),
        _ => None,
    }
}

/// An instrument with the day of its result.
fn told_result(result: &InstrumentResult) -> String {
    let name = result.instrument.label();
    result.on.map_or_else(|| format!("{name} (zonder datum)"), |on| format!("{name} van {}", dutch_date(on)))
}

/// Names in a row; those concerned, when the file names nobody.
fn named(names: &[String]) -> String {
    if names.is_empty() { "de betrokkenen".to_owned() } else { dutch::list(names) }
}
