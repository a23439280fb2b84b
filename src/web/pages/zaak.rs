//! The pages of one case.

use super::frame::{Frame, page};
use super::onderdelen;
use super::uitleg::{OwnLine, own_lines};
use crate::audit::View;
use crate::dossier::model::{Domain, Label};
use crate::drafting::model::DraftKind;
use crate::identity::Role;
use crate::shared::moment::dutch_date;
use crate::web::case_view::CaseView;
use crate::web::drafts::may_draft;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::unfinished::{self, UnfinishedLine};
use crate::web::views::pattern::{self as pattern_views, PatternView};
use crate::web::views::{axis, brief, case, conflicts as conflict_views, findings as finding_views, timeline};
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use validator::Validate;

/// Lines of a card before the rest is folded.
const SHOWN: usize = 4;

/// A list of which the first lines are shown and the rest is folded.
#[derive(Serialize)]
struct Folded<T> {
    first: Vec<T>,
    rest: Vec<T>,
    /// How many are folded.
    more: usize,
}

impl<T> Folded<T> {
    fn new(mut items: Vec<T>, shown: usize) -> Self {
        let rest = items.split_off(shown.min(items.len()));
        Self { first: items, more: rest.len(), rest }
    }
}

#[derive(Serialize)]
struct Overview {
    case_id: String,
    version: i64,
    day: String,
    is_court: bool,
    withheld: Vec<String>,
    matters: Vec<brief::MatterLine>,
    in_force: Vec<brief::MeasureLine>,
    other_measures: Vec<brief::MeasureLine>,
    clashes: Folded<conflict_views::ClashView>,
    gaps: Vec<GapLine>,
    deadlines: Folded<conflict_views::DeadlineView>,
    questions: Folded<finding_views::QuestionView>,
    disputes: Folded<brief::DisputeLine>,
    sides: Vec<brief::SideView>,
    people: brief::PeopleView,
    help: Vec<String>,
    child_hearings: Vec<String>,
    documents: Vec<String>,
    /// Sealed decisions explained to an advocate's client.
    explained: Vec<OwnLine>,
    /// What who looks was still filling in.
    unfinished: Vec<UnfinishedLine>,
}

/// A need that is not covered all the time.
#[derive(Serialize)]
struct GapLine {
    persons: String,
    need: String,
    periods: Vec<String>,
}

impl GapLine {
    fn of(coverage: &conflict_views::CoverageView) -> Self {
        let periods = coverage.spans.iter().filter(|span| span.is_gap).map(|span| match span.what.as_str() {
            "" => span.period.clone(),
            what => format!("{} ({what})", span.period),
        });
        Self {
            persons: format!("{} tegenover {}", coverage.persons, coverage.against),
            need: coverage.need.clone(),
            periods: periods.collect(),
        }
    }
}

/// Frame of a page about a loaded case.
#[must_use]
pub fn case_frame(request: &Request, view: &CaseView, title: &str) -> Frame {
    Frame::new(request, title)
        .about_case(request, &view.version.dossier_id, &view.projection.dossier.reference)
        .acting(&view.access)
        .standing_for(&view.access, &view.projection.dossier)
}

/// What runs, what is in force, what clashes, what ends when, what is decisive, what each side says.
pub fn overview(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Dossier)?;
    let (dossier, on) = (&view.projection.dossier, view.on);
    let report = conflict_views::report(dossier, &view.conflicts());
    // Findings are the court's preparation; an advocate does not see them.
    let is_court = view.access.role != Role::Advocaat;
    let questions = if is_court { finding_views::questions(dossier, &view.assessment()?) } else { Vec::new() };
    let (in_force, other_measures) = brief::measures(dossier, on);
    let summary = case::summarize(dossier, &view.projection.withheld, on);
    let content = Overview {
        case_id: view.version.dossier_id.clone(),
        version: view.version.version,
        day: dutch_date(on),
        is_court,
        withheld: summary.withheld,
        matters: brief::matters(dossier, on),
        in_force,
        other_measures,
        clashes: Folded::new(report.clashes, SHOWN),
        gaps: report.coverage.iter().filter(|coverage| coverage.has_gap).map(GapLine::of).collect(),
        deadlines: Folded::new(report.running, SHOWN),
        questions: Folded::new(questions, SHOWN),
        disputes: Folded::new(brief::disputes(dossier), SHOWN),
        sides: brief::sides(dossier),
        people: brief::involved(dossier, on),
        help: summary.help,
        child_hearings: summary.child_hearings,
        documents: summary.documents,
        explained: if is_court { Vec::new() } else { own_lines(request)? },
        unfinished: unfinished::lines(request, dossier)?,
    };
    let title = format!("Zaak {}", dossier.reference);
    page(request, "dossier", &case_frame(request, &view, &title), &content)
}

#[derive(Serialize)]
struct TimelineView {
    day: String,
    drawing: Option<axis::Drawing>,
    spans: Vec<SpanChoice>,
    years: Vec<YearView>,
}

/// How much time the picture shows.
#[derive(Serialize)]
struct SpanChoice {
    value: &'static str,
    text: &'static str,
    current: bool,
}

/// Query of the timeline.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    /// Day for which the case is viewed (YYYY-MM-DD); today when left out.
    #[serde(default)]
    peildatum: Option<NaiveDate>,
    /// How much time the picture shows.
    #[serde(default)]
    periode: axis::Span,
}

/// The facts of one year.
#[derive(Serialize)]
struct YearView {
    heading: String,
    anchor: String,
    entries: Vec<AnchoredEntry>,
}

#[derive(Serialize)]
struct AnchoredEntry {
    /// Id for links, only on the first line of a fact.
    anchor: Option<String>,
    /// Whether it has statements or documents to fold open.
    has_more: bool,
    /// Where the clerk corrects it.
    edit: Option<String>,
    entry: timeline::TimelineEntry,
}

/// Timeline.
pub fn timeline(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load_for_today(request, View::Timeline)?;
    let query: TimelineQuery = request.query()?;
    let on = query.peildatum.unwrap_or(view.on);
    let drawing = axis::drawing(
        &view.projection.dossier,
        &crate::conflicts::find(&view.projection.dossier, on),
        on,
        query.periode,
    );
    let spans = axis::Span::ALL
        .into_iter()
        .map(|(span, value, text)| SpanChoice { value, text, current: span == query.periode })
        .collect();
    let edits = view.access.role == Role::Griffier;
    let mut seen = BTreeSet::new();
    let mut years: Vec<YearView> = Vec::new();
    for entry in timeline::entries(&view.projection.dossier) {
        let year = entry.sorts_at.map(|at| at.year());
        let heading = year.map_or_else(|| "Zonder datum".to_owned(), |year| year.to_string());
        let anchor = seen.insert(entry.id.clone()).then(|| entry.id.clone());
        let has_more = !(entry.statements.is_empty() && entry.sources.is_empty());
        let edit = edits.then(|| onderdelen::form_of(&entry)).flatten();
        let entry = AnchoredEntry { anchor, has_more, edit, entry };
        match years.last_mut() {
            Some(last) if last.heading == heading => last.entries.push(entry),
            _ => years.push(YearView {
                anchor: year.map_or_else(|| "zonder-datum".to_owned(), |year| format!("jaar-{year}")),
                heading,
                entries: vec![entry],
            }),
        }
    }
    let content = TimelineView { day: dutch_date(on), drawing, spans, years };
    page(request, "tijdlijn", &case_frame(request, &view, "Tijdlijn"), &content)
}

#[derive(Serialize)]
struct FindingsView {
    case_id: String,
    /// Whether the reader may record an own judgement: judges, each in their own domains.
    may_judge: bool,
    day: String,
    withheld: Vec<String>,
    questions: Folded<finding_views::QuestionView>,
    pattern: Option<PatternView>,
    frameworks: Vec<finding_views::FrameworkView>,
    receipt: crate::assessment::model::Receipt,
}

/// A judge who does not sit in the family matter gets no account of that matter.
fn reads_family(view: &CaseView) -> bool {
    view.access.role != Role::Rechter || view.access.domains.contains(&Domain::Family)
}

/// Findings per norm.
pub fn findings(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Findings)?;
    let (dossier, assessment) = (&view.projection.dossier, view.assessment()?);
    let content = FindingsView {
        case_id: view.version.dossier_id.clone(),
        may_judge: view.access.role == Role::Rechter,
        day: dutch_date(view.on),
        withheld: assessment
            .withheld
            .iter()
            .map(|item| {
                let times = if item.items == 1 { "1 gegeven".to_owned() } else { format!("{} gegevens", item.items) };
                format!("{} Het gaat om {times} ({}; {}).", item.reason, item.domain.label(), item.source.reference)
            })
            .collect(),
        questions: Folded::new(finding_views::questions(dossier, &assessment), 8),
        pattern: reads_family(&view).then(|| pattern_views::pattern(dossier, &assessment)).flatten(),
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
    let mut report = conflict_views::report(&view.projection.dossier, &view.conflicts());
    // A link only for who may open what it leads to.
    let is_court = view.access.role.is_court();
    let may = |plan: &conflict_views::PlanLink| {
        let kind = DraftKind::ALL.into_iter().find(|kind| kind.as_str() == plan.kind);
        is_court && kind.is_some_and(|kind| may_draft(&view.access, &view.projection.dossier, kind))
    };
    report.clashes.iter_mut().for_each(|clash| clash.plans.retain(may));
    let content = ConflictsView { case_id: view.version.dossier_id.clone(), day: dutch_date(view.on), report };
    page(request, "conflicten", &case_frame(request, &view, "Conflicten en termijnen"), &content)
}
