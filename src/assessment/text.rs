//! An assessment as plain Dutch text, for the command line.

use super::model::{Assessment, CriterionClass, Finding, Outcome, Question, Sourced};
use super::words;
use crate::dossier::model::{Domain, Dossier, Label};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use crate::shared::source::LegalSource;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Writes an assessment as text. Nothing in it decides; the last word is the judge's.
#[must_use]
pub fn render(assessment: &Assessment, dossier: &Dossier) -> String {
    let mut out = String::new();
    let day = dutch_date(assessment.receipt.reference_date);
    let _ = writeln!(out, "TOETSING van {} naar de stand op {day}", dossier.reference);
    let _ = writeln!(out, "Dit is een hulpmiddel. De rechter beslist; een bevinding is geen oordeel over een persoon.");
    let facts = numbered(&assessment.findings);
    write_facts(&mut out, &facts);
    for findings in assessment.findings.chunk_by(|a, b| a.framework == b.framework) {
        write_framework(&mut out, findings, dossier, &facts);
    }
    let pattern = super::pattern::account(dossier, assessment, Domain::Family);
    out.push_str(&super::pattern::render(&pattern, dossier));
    write_questions(&mut out, &assessment.questions);
    write_withheld(&mut out, assessment);
    write_receipt(&mut out, assessment);
    out
}

/// Line of a fact in an explanation; what says only how many more there are is not a fact.
fn fact_of(line: &str) -> Option<&str> {
    line.strip_prefix("- ").filter(|fact| !fact.starts_with("en nog "))
}

/// Every fact that a finding tells, with its number in order of first use.
fn numbered(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut facts = BTreeMap::new();
    for fact in findings.iter().flat_map(|finding| finding.explanation.lines()).filter_map(fact_of) {
        let next = facts.len().saturating_add(1);
        facts.entry(fact).or_insert(next);
    }
    facts
}

fn write_facts(out: &mut String, facts: &BTreeMap<&str, usize>) {
    if facts.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n== Feiten ==\nElk feit staat hier één keer voluit; hierna staat alleen het nummer.");
    let mut told: Vec<(usize, &str)> = facts.iter().map(|(fact, number)| (*number, *fact)).collect();
    told.sort_unstable();
    for (number, fact) in told {
        let _ = writeln!(out, "[{number}] {fact}");
    }
}

/// The lines of an explanation, with each list of facts as one line of numbers.
fn with_numbers(explanation: &str, facts: &BTreeMap<&str, usize>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in explanation.lines() {
        let addition = match (fact_of(line).and_then(|fact| facts.get(fact)), line.strip_prefix("- ")) {
            (Some(number), _) => format!("[{number}]"),
            (None, Some(more)) => more.to_owned(),
            (None, None) => {
                lines.push(line.to_owned());
                continue;
            }
        };
        match lines.last_mut() {
            Some(heading) => {
                let _ = write!(heading, " {addition}");
            }
            None => lines.push(addition),
        }
    }
    lines
}

/// The findings of one framework; what does not apply stands in one line.
fn write_framework(out: &mut String, findings: &[Finding], dossier: &Dossier, facts: &BTreeMap<&str, usize>) {
    let name = findings.first().map(|finding| finding.framework.as_str()).unwrap_or_default();
    let _ = writeln!(out, "\n== {name} ==");
    let (short, full): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|item| is_short(item));
    full.into_iter().for_each(|finding| write_finding(out, finding, dossier, facts));
    for (outcome, heading) in [
        (Outcome::NotMet, "Niet voldaan"),
        (Outcome::MissingFacts, "Feiten ontbreken (zie de vragen)"),
        (Outcome::NotApplicable, "Niet van toepassing"),
    ] {
        let of_outcome = short.iter().filter(|item| item.outcome == outcome);
        let told: Vec<String> = of_outcome.map(|item| format!("{}{}", item.criterion, about(item, dossier))).collect();
        if !told.is_empty() {
            let _ = writeln!(out, "\n{heading}: {}.", told.join(", "));
        }
    }
}

/// What is not at stake, and guidance for which the file holds no facts, is told by its id only; what is missing
/// there stands among the questions.
fn is_short(finding: &Finding) -> bool {
    let silent = finding.hinge.is_empty() && finding.judge.is_none() && finding.class != CriterionClass::Norm;
    match finding.outcome {
        Outcome::NotApplicable => finding.judge.is_none(),
        Outcome::MissingFacts => silent,
        Outcome::NotMet => silent && finding.effects.is_empty(),
        Outcome::Met | Outcome::NeedsJudgement => false,
    }
}

/// Whom or what a finding is about, in brackets.
fn about(finding: &Finding, dossier: &Dossier) -> String {
    let about = finding.about.iter().map(|id| told(id, dossier)).collect::<Vec<_>>().join(" / ");
    if about.is_empty() { about } else { format!(" [{about}]") }
}

fn write_finding(out: &mut String, finding: &Finding, dossier: &Dossier, facts: &BTreeMap<&str, usize>) {
    let about = about(finding, dossier);
    let _ = writeln!(out, "\n{} ({}){about} {}", finding.criterion, finding.class.label(), finding.question);
    let _ = writeln!(out, "  Uitkomst: {}", finding.outcome.label());
    for line in with_numbers(&finding.explanation, facts) {
        let _ = writeln!(out, "  {line}");
    }
    for effect in &finding.effects {
        let _ = writeln!(out, "  Gevolg: {} ({})", words::effect(effect.kind, effect.direction), effect.force.label());
    }
    if let Some(judge) = &finding.judge {
        let whole = !finding.about.is_empty() && !judge.about.ends_with(']');
        let scope = if whole { " (bij dit criterium als geheel)" } else { "" };
        let _ = writeln!(out, "  Woorden van {}{scope}: {}", judge.by, judge.text);
    }
    let at_stake = matches!(finding.outcome, Outcome::Met | Outcome::NeedsJudgement);
    if at_stake && !finding.limits.is_empty() {
        let _ = writeln!(out, "  Grenzen: {}", finding.limits);
    }
    if !finding.opens.is_empty() {
        let _ = writeln!(out, "  Zie ook: {}", finding.opens.join(", "));
    }
    let sources = finding.sources.iter().map(source).collect::<Vec<_>>().join("; ");
    let _ = writeln!(out, "  Bron: {sources}");
}

/// A person by name, a proposal or measure by its kind.
fn told(id: &FactId, dossier: &Dossier) -> String {
    let key = id.as_str();
    if let Some(item) = dossier.proposals.iter().find(|item| item.id.as_str() == key) {
        return item.kind.label().to_owned();
    }
    if let Some(item) = dossier.measures.iter().find(|item| item.id.as_str() == key) {
        return item.instrument.label().to_owned();
    }
    dossier.party_name(&key.into())
}

/// A source with its mark.
#[must_use]
pub fn source(source: &LegalSource) -> String {
    let ecli = if source.ecli.is_empty() { String::new() } else { format!(" ({})", source.ecli) };
    let mark = if source.verified { "" } else { " [niet geverifieerd]" };
    format!("{}{ecli}{mark}", source.reference)
}

fn write_questions(out: &mut String, questions: &[Question]) {
    if questions.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n== Vragen voor de zitting ==");
    for (number, question) in questions.iter().enumerate() {
        let _ = writeln!(out, "{}. {}", number + 1, question.about);
        let _ = writeln!(out, "   {}", question.why);
        let _ = writeln!(out, "   Te vragen aan: {}.", sourced(&question.put_to));
        let _ = writeln!(out, "   Kan blijken uit: {}.", sourced(&question.could_answer));
        if !question.decides.is_empty() {
            let _ = writeln!(out, "   Beslist over: {}.", question.decides.join(", "));
        }
        if !question.bears_on.is_empty() {
            let _ = writeln!(out, "   Speelt mee bij: {}.", question.bears_on.join(", "));
        }
    }
}

/// Words with their sources, each after its own words.
fn sourced(items: &[Sourced]) -> String {
    let item = |item: &Sourced| {
        let sources: Vec<String> = item.sources.iter().map(source).collect();
        if sources.is_empty() { item.text.clone() } else { format!("{} ({})", item.text, sources.join("; ")) }
    };
    items.iter().map(item).collect::<Vec<_>>().join("; ")
}

fn write_withheld(out: &mut String, assessment: &Assessment) {
    if assessment.withheld.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n== Niet gebruikt ==");
    for item in &assessment.withheld {
        let place = words::in_domain(item.domain);
        let _ = writeln!(out, "- {} Aantal {place}: {}. Bron: {}", item.reason, item.items, source(&item.source));
    }
}

fn write_receipt(out: &mut String, assessment: &Assessment) {
    let receipt = &assessment.receipt;
    let _ = writeln!(out, "\n== Verantwoording ==");
    let _ = writeln!(out, "Dossier (sha256): {}", receipt.dossier_hash);
    for item in &receipt.frameworks {
        let _ = writeln!(out, "Kader {} versie {} (sha256): {}", item.id, item.version, item.hash);
    }
    let _ = writeln!(out, "Peildatum: {}; programma: {}", receipt.reference_date, receipt.software);
}
