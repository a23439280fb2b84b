//! The pages of one case.

use super::frame::{Frame, page};
use crate::audit::View;
use crate::dossier::model::Label;
use crate::shared::moment::dutch_date;
use crate::web::case_view::CaseView;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::views::{case, conflicts as conflict_views, findings as finding_views, timeline};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Overview {
    case_id: String,
    version: i64,
    day: String,
    summary: case::CaseSummary,
    conflicts: Vec<conflict_views::ConflictView>,
    deadlines: Vec<conflict_views::DeadlineView>,
    gaps: Vec<conflict_views::CoverageView>,
}

/// Frame of a page about a loaded case.
#[must_use]
pub fn case_frame(request: &Request, view: &CaseView, title: &str) -> Frame {
    Frame::new(request, title).about_case(request, &view.version.dossier_id, &view.projection.dossier.reference)
}

/// What runs, who, what is in force, what clashes, what ends when.
pub fn overview(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Dossier)?;
    let report = conflict_views::report(&view.projection.dossier, &view.conflicts());
    let content = Overview {
        case_id: view.version.dossier_id.clone(),
        version: view.version.version,
        day: dutch_date(view.on),
        summary: case::summarize(&view.projection.dossier, &view.projection.withheld, view.on),
        conflicts: report.conflicts,
        deadlines: report.deadlines.into_iter().filter(|deadline| deadline.running).collect(),
        gaps: report.coverage.into_iter().filter(|coverage| coverage.has_gap).collect(),
    };
    let title = format!("Zaak {}", view.projection.dossier.reference);
    page(request, "dossier", &case_frame(request, &view, &title), &content)
}

#[derive(Serialize)]
struct TimelineView {
    day: String,
    drawing: Option<timeline::Drawing>,
    entries: Vec<AnchoredEntry>,
}

#[derive(Serialize)]
struct AnchoredEntry {
    /// Id for links, only on the first line of a fact.
    anchor: Option<String>,
    entry: timeline::TimelineEntry,
}

/// Timeline.
pub fn timeline(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Timeline)?;
    let mut seen = BTreeSet::new();
    let entries = timeline::entries(&view.projection.dossier)
        .into_iter()
        .map(|entry| AnchoredEntry { anchor: seen.insert(entry.id.clone()).then(|| entry.id.clone()), entry })
        .collect();
    let content = TimelineView {
        day: dutch_date(view.on),
        drawing: timeline::drawing(&view.projection.dossier, view.on),
        entries,
    };
    page(request, "tijdlijn", &case_frame(request, &view, "Tijdlijn"), &content)
}

#[derive(Serialize)]
struct FindingsView {
    case_id: String,
    day: String,
    withheld: Vec<String>,
    questions: Vec<finding_views::QuestionView>,
    frameworks: Vec<finding_views::FrameworkView>,
    receipt: crate::assessment::model::Receipt,
}

/// Findings per norm.
pub fn findings(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Findings)?;
    let (dossier, assessment) = (&view.projection.dossier, view.assessment()?);
    let content = FindingsView {
        case_id: view.version.dossier_id.clone(),
        day: dutch_date(view.on),
        withheld: assessment
            .withheld
            .iter()
            .map(|item| format!("{} ({}, {}: {})", item.reason, item.source.reference, item.domain.label(), item.items))
            .collect(),
        questions: finding_views::questions(dossier, &assessment),
        frameworks: finding_views::frameworks(dossier, &assessment),
        receipt: assessment.receipt,
    };
    page(request, "bevindingen", &case_frame(request, &view, "Bevindingen"), &content)
}

#[derive(Serialize)]
struct ConflictsView {
    case_id: String,
    day: String,
    report: conflict_views::ReportView,
}

/// Clashes, coverage and deadlines.
pub fn conflicts(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Conflicts)?;
    let content = ConflictsView {
        case_id: view.version.dossier_id.clone(),
        day: dutch_date(view.on),
        report: conflict_views::report(&view.projection.dossier, &view.conflicts()),
    };
    page(request, "conflicten", &case_frame(request, &view, "Conflicten en termijnen"), &content)
}
