//! Clashes, coverage and deadlines, spelled out.

use super::facts::{FactView, fact_view};
use super::{SourceView, sentence_case, source_views};
use crate::conflicts::model::{Conflict, ConflictReport, Coverage, Deadline};
use crate::dossier::model::{Dossier, Label};
use crate::shared::moment::{Instant, dutch_moment};
use serde::Serialize;

/// The whole report.
#[derive(Clone, Debug, Serialize)]
pub struct ReportView {
    /// Clashes.
    pub conflicts: Vec<ConflictView>,
    /// Coverage.
    pub coverage: Vec<CoverageView>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineView>,
}

/// One clash.
#[derive(Clone, Debug, Serialize)]
pub struct ConflictView {
    /// Kind in words.
    pub kind: String,
    /// Severity in words.
    pub severity: String,
    /// Measures and proposals involved.
    pub measures: Vec<FactView>,
    /// Names.
    pub persons: String,
    /// When they overlap.
    pub period: String,
    /// Explanation.
    pub explanation: String,
    /// Ways out.
    pub ways_out: Vec<String>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// Coverage of one need.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageView {
    /// Protected person.
    pub person: String,
    /// Against whom.
    pub against: String,
    /// Need in words.
    pub need: String,
    /// Covered stretches and gaps in order of time.
    pub spans: Vec<SpanView>,
    /// Whether there is a gap.
    pub has_gap: bool,
}

/// A stretch of time, covered or not.
#[derive(Clone, Debug, Serialize)]
pub struct SpanView {
    /// Period in words.
    pub period: String,
    /// True for a gap.
    pub is_gap: bool,
    /// What covers it, or why it is a gap.
    pub what: String,
    /// Remarks, or ways to close the gap.
    pub remarks: Vec<String>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// A deadline.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineView {
    /// What ends or must be done.
    pub what: String,
    /// When.
    pub at: String,
    /// How it is counted.
    pub rule: String,
    /// Source.
    pub source: SourceView,
    /// State in words.
    pub status: String,
    /// Who acts.
    pub who: String,
    /// Consequence.
    pub if_missed: String,
    /// Last working day before.
    pub alarm: Option<String>,
    /// Whether it still runs.
    pub running: bool,
}

/// "van … tot …".
#[must_use]
pub fn period_words(from: Option<&Instant>, until: Option<&Instant>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!("van {} tot {}", dutch_moment(from), dutch_moment(until)),
        (Some(from), None) => format!("vanaf {}, zonder bekend einde", dutch_moment(from)),
        (None, Some(until)) => format!("tot {}", dutch_moment(until)),
        (None, None) => "periode niet bekend".to_owned(),
    }
}

/// The report for a page.
#[must_use]
pub fn report(dossier: &Dossier, report: &ConflictReport) -> ReportView {
    ReportView {
        conflicts: report.conflicts.iter().map(|item| conflict(dossier, item)).collect(),
        coverage: report.coverage.iter().map(|item| coverage(dossier, item)).collect(),
        deadlines: report.deadlines.iter().map(deadline).collect(),
    }
}

fn conflict(dossier: &Dossier, item: &Conflict) -> ConflictView {
    ConflictView {
        kind: sentence_case(item.kind.label()),
        severity: item.severity.label().to_owned(),
        measures: item.measures.iter().map(|id| fact_view(dossier, id.as_str())).collect(),
        persons: item.persons.iter().map(|id| dossier.person_name(id)).collect::<Vec<_>>().join(", "),
        period: period_words(item.from.as_ref(), item.until.as_ref()),
        explanation: item.explanation.clone(),
        ways_out: item.ways_out.clone(),
        sources: source_views(&item.sources),
    }
}

fn coverage(dossier: &Dossier, item: &Coverage) -> CoverageView {
    let covered = item.covered.iter().map(|span| {
        let by = span.by.iter().map(|id| fact_view(dossier, id.as_str()).text).collect::<Vec<_>>().join("; ");
        let view = SpanView {
            period: period_words(Some(&span.from), span.until.as_ref()),
            is_gap: false,
            what: sentence_case(&by),
            remarks: span.remarks.clone(),
            sources: Vec::new(),
        };
        (span.from, view)
    });
    let gaps = item.gaps.iter().map(|gap| {
        let view = SpanView {
            period: period_words(Some(&gap.from), gap.until.as_ref()),
            is_gap: true,
            what: gap.explanation.clone(),
            remarks: gap.ways_out.clone(),
            sources: source_views(&gap.sources),
        };
        (gap.from, view)
    });
    let mut spans: Vec<_> = covered.chain(gaps).collect();
    spans.sort_by_key(|(from, _)| *from);
    CoverageView {
        person: dossier.person_name(&item.person),
        against: dossier.person_name(&item.against),
        need: item.need.label().to_owned(),
        spans: spans.into_iter().map(|(_, view)| view).collect(),
        has_gap: !item.gaps.is_empty(),
    }
}

fn deadline(item: &Deadline) -> DeadlineView {
    DeadlineView {
        what: item.what.clone(),
        at: dutch_moment(&item.at),
        rule: item.rule.clone(),
        source: SourceView::from(&item.legal_source),
        status: item.status.label().to_owned(),
        who: item.who.clone(),
        if_missed: item.if_missed.clone(),
        alarm: item.alarm.as_ref().map(dutch_moment),
        running: item.status == crate::conflicts::model::DeadlineStatus::Running,
    }
}
