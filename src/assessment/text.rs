//! An assessment as plain Dutch text, for the command line.

use super::model::{Assessment, Finding, Question};
use super::words;
use crate::dossier::model::{Dossier, Label};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use crate::shared::source::LegalSource;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Writes an assessment as text. Nothing in it decides; the last word is the judge's.
#[must_use]
pub fn render(assessment: &Assessment, dossier: &Dossier) -> String {
    let mut out = String::new();
    let day = dutch_date(assessment.receipt.reference_date);
    let _ = writeln!(out, "TOETSING van {} naar de stand op {day}", dossier.reference);
    let _ = writeln!(out, "Dit is een hulpmiddel. De rechter beslist; een bevinding is geen oordeel over een persoon.");
    let mut framework = "";
    let mut seen = BTreeSet::new();
    for finding in &assessment.findings {
        if finding.framework != framework {
            framework = &finding.framework;
            let _ = writeln!(out, "\n== {framework} ==");
        }
        write_finding(&mut out, finding, dossier, &mut seen);
    }
    write_questions(&mut out, &assessment.questions);
    write_withheld(&mut out, assessment);
    write_receipt(&mut out, assessment);
    out
}

/// A fact that was told in full before, by its moment and description only.
fn told_before(line: &str) -> String {
    let head = line.split_once(". ").map_or(line, |(head, _)| head);
    format!("{} (hierboven voluit).", head.trim_end_matches('.'))
}

fn write_finding<'a>(out: &mut String, finding: &'a Finding, dossier: &Dossier, seen: &mut BTreeSet<&'a str>) {
    let about = finding.about.iter().map(|id| told(id, dossier)).collect::<Vec<_>>().join(" / ");
    let about = if about.is_empty() { about } else { format!(" [{about}]") };
    let _ = writeln!(out, "\n{} ({}){about} {}", finding.criterion, finding.class.label(), finding.question);
    let _ = writeln!(out, "  Uitkomst: {}", finding.outcome.label());
    for line in finding.explanation.lines() {
        if line.starts_with("- ") && !seen.insert(line) {
            let _ = writeln!(out, "  {}", told_before(line));
        } else {
            let _ = writeln!(out, "  {line}");
        }
    }
    for effect in &finding.effects {
        let _ = writeln!(out, "  Gevolg: {} ({})", words::effect(effect.kind, effect.direction), effect.force.label());
    }
    if let Some(judge) = &finding.judge {
        let whole = !finding.about.is_empty() && !judge.about.ends_with(']');
        let scope = if whole { " (bij dit criterium als geheel)" } else { "" };
        let _ = writeln!(out, "  Woorden van {}{scope}: {}", judge.by, judge.text);
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
        let _ = writeln!(out, "   {} Van belang voor: {}.", question.why, question.decides.join(", "));
    }
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
