//! A report in Dutch for the command line.

use super::case::{Case, until_words};
use super::model::{Conflict, ConflictReport, Coverage, Deadline, DeadlineStatus, Gap, Need, Severity};
use crate::dossier::model::{Dossier, Label};
use crate::shared::moment::{dutch_weekday_date, local_date, told_moment};
use crate::shared::source::LegalSource;
use std::fmt::Write as _;

/// Writes a report as text, with the names of the dossier.
#[must_use]
pub fn render(report: &ConflictReport, dossier: &Dossier) -> String {
    // Names do not hang on the date; any day serves for the look-ups.
    let case = Case::new(dossier, chrono::NaiveDate::MIN);
    let mut out = String::new();
    heading(&mut out, &format!("Botsingen ({})", report.conflicts.len()));
    if report.conflicts.is_empty() {
        line(&mut out, "Er zijn in het dossier geen botsingen gevonden.");
    }
    for (number, conflict) in report.conflicts.iter().enumerate() {
        conflict_text(&mut out, number + 1, conflict);
    }
    let gaps: usize = report.coverage.iter().map(|coverage| coverage.gaps.len()).sum();
    heading(&mut out, &format!("Bescherming en gaten ({gaps})"));
    if report.coverage.is_empty() {
        line(&mut out, "Het dossier bevat geen beschermende maatregelen.");
    }
    for alike in alike(&report.coverage) {
        coverage_text(&mut out, &case, &alike);
    }
    heading(&mut out, &format!("Termijnen ({})", report.deadlines.len()));
    if report.deadlines.is_empty() {
        line(&mut out, "Er zijn in het dossier geen termijnen gevonden.");
    }
    for deadline in &report.deadlines {
        deadline_text(&mut out, deadline);
    }
    out
}

fn line(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

fn heading(out: &mut String, text: &str) {
    if !out.is_empty() {
        line(out, "");
    }
    line(out, text);
    line(out, &"=".repeat(text.chars().count()));
}

fn severity_words(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "BLOKKEERT",
        Severity::Warning => "LET OP",
        Severity::Note => "TER INFORMATIE",
    }
}

fn conflict_text(out: &mut String, number: usize, conflict: &Conflict) {
    line(out, "");
    line(out, &format!("{number}. [{}] {}", severity_words(conflict.severity), conflict.kind.label()));
    line(out, &format!("   {}", conflict.explanation));
    let ids: Vec<&str> = conflict.measures.iter().map(crate::shared::ids::FactId::as_str).collect();
    line(out, &format!("   In het dossier: {}", ids.join(", ")));
    ways(out, &conflict.ways_out);
    sources(out, &conflict.sources);
}

fn ways(out: &mut String, ways_out: &[String]) {
    if !ways_out.is_empty() {
        line(out, "   Wat kan:");
    }
    for way in ways_out {
        line(out, &format!("   - {way}"));
    }
}

fn sources(out: &mut String, sources: &[LegalSource]) {
    if sources.is_empty() {
        return;
    }
    let words: Vec<String> = sources.iter().map(source_words).collect();
    line(out, &format!("   Bronnen: {}", words.join("; ")));
}

fn source_words(source: &LegalSource) -> String {
    let ecli = if source.ecli.is_empty() { String::new() } else { format!(", {}", source.ecli) };
    let mark = if source.verified { "" } else { " (niet geverifieerd)" };
    format!("{}{ecli}{mark}", source.reference)
}

/// Lines of coverage that differ only in the protected person, together.
fn alike(all: &[Coverage]) -> Vec<Vec<&Coverage>> {
    let shape = |a: &Coverage| {
        let gaps: Vec<_> = a.gaps.iter().map(|gap| (gap.from, gap.until, &gap.depends_on, &gap.ways_out)).collect();
        format!("{}{:?}{:?}{gaps:?}", a.against, a.need, a.covered)
    };
    let mut groups: Vec<(String, Vec<&Coverage>)> = Vec::new();
    let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for coverage in all {
        let key = shape(coverage);
        match places.get(&key).and_then(|place| groups.get_mut(*place)) {
            Some((_, list)) => list.push(coverage),
            None => {
                places.insert(key.clone(), groups.len());
                groups.push((key, vec![coverage]));
            }
        }
    }
    groups.into_iter().map(|(_, list)| list).collect()
}

fn coverage_text(out: &mut String, case: &Case<'_>, alike: &[&Coverage]) {
    let Some(coverage) = alike.first() else { return };
    let (first, together) = (case.name(&coverage.person), case.names(alike.iter().map(|one| &one.person)));
    let need = match coverage.need {
        Need::Home => "woning",
        Need::Contact => "contact",
    };
    line(out, "");
    line(out, &format!("{together} tegenover {}: {need}", case.name(&coverage.against)));
    if coverage.covered.is_empty() {
        line(out, "   Geen bescherming door genomen beslissingen.");
    }
    for span in &coverage.covered {
        let ids: Vec<&str> = span.by.iter().map(crate::shared::ids::MeasureId::as_str).collect();
        let until = until_words(span.until.as_ref(), true);
        line(out, &format!("   gedekt   van {} {until}, door {}", told_moment(&span.from), ids.join(", ")));
        for remark in &span.remarks {
            line(out, &format!("            {remark}"));
        }
    }
    for gap in &coverage.gaps {
        // One explanation stands for all persons of the group.
        gap_text(out, gap, &gap.explanation.replace(&format!("voor {first} "), &format!("voor {together} ")));
    }
}

fn gap_text(out: &mut String, gap: &Gap, explanation: &str) {
    let label = if gap.depends_on.is_empty() { "GAT      " } else { "GAT, tenzij nog wordt beslist: " };
    let until =
        gap.until.map_or_else(|| "zonder bekend vervolg".to_owned(), |end| format!("tot {}", told_moment(&end)));
    line(out, &format!("   {label}van {} {until}", told_moment(&gap.from)));
    line(out, &format!("   {explanation}"));
    ways(out, &gap.ways_out);
    sources(out, &gap.sources);
}

fn deadline_text(out: &mut String, deadline: &Deadline) {
    let status = match deadline.status {
        DeadlineStatus::Running => "loopt",
        DeadlineStatus::Missed => "verstreken",
        DeadlineStatus::Met => "gehaald",
        DeadlineStatus::Unknown => "niet bekend of het op tijd was",
    };
    line(out, "");
    line(out, &format!("{} [{status}]", told_moment(&deadline.at)));
    line(out, &format!("   {}", deadline.what));
    line(out, &format!("   {}", deadline.rule));
    line(out, &format!("   Wie: {}. Anders: {}", deadline.who, deadline.if_missed));
    if let Some(alarm) = deadline.alarm {
        line(out, &format!("   Laatste werkdag ervoor: {}", dutch_weekday_date(local_date(&alarm))));
    }
    line(out, &format!("   Bron: {}", source_words(&deadline.legal_source)));
}
