//! Clashes, coverage and deadlines, spelled out; what says the same is told once.

use super::facts::fact_view;
use super::{SourcesView, people, source_views};
use crate::conflicts::model::{
    Certainty, Conflict, ConflictKind, ConflictReport, Coverage, CoveredSpan, Deadline, DeadlineStatus, Gap, Severity,
};
use crate::dossier::model::{Conduct, Dossier, Label, Measure, RuleEffect};
use crate::drafting::given_name;
use crate::drafting::model::DraftKind;
use crate::shared::dutch::{capital, list};
use crate::shared::ids::{FactId, MatterId, PersonId};
use crate::shared::moment::{Instant, dutch_moment};
use serde::Serialize;

/// The whole report.
#[derive(Clone, Debug, Serialize)]
pub struct ReportView {
    /// Clashes, one per thing that clashes, the gravest first.
    pub clashes: Vec<ClashView>,
    /// Coverage, one per need and group of protected persons.
    pub coverage: Vec<CoverageView>,
    /// Deadlines that still run.
    pub running: Vec<DeadlineView>,
    /// Deadlines that were kept or passed.
    pub past: Vec<DeadlineView>,
}

/// One arrangement, proposal or form of gezag with everything it clashes with.
#[derive(Clone, Debug, Serialize)]
pub struct ClashView {
    /// Anchor on the page, from kind and facts: stable between versions of the dossier.
    pub anchor: String,
    /// What clashes.
    pub title: String,
    /// Gravest severity, in words.
    pub severity: &'static str,
    /// Whether it cannot go together.
    pub blocks: bool,
    /// Who is involved.
    pub persons: String,
    /// With what, in one line; empty when the title says it.
    pub with: String,
    /// With what, one per measure.
    pub against: Vec<AgainstView>,
    /// Ways out, each once.
    pub ways_out: Vec<String>,
    /// Sources, each once.
    pub sources: SourcesView,
    /// Intended decisions that it is about; each has a form.
    pub plans: Vec<PlanLink>,
}

/// An intended decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlanLink {
    /// As it stands in the address of its form.
    pub kind: &'static str,
    /// In words.
    pub text: &'static str,
}

/// One thing that a clash is with.
#[derive(Clone, Debug, Serialize)]
pub struct AgainstView {
    /// The measure, or what else.
    pub what: String,
    /// When they overlap.
    pub period: String,
    /// Explanation.
    pub explanation: String,
    /// Fact on the timeline, when it stands there.
    pub fact: Option<String>,
}

/// Coverage of one need of persons who are protected alike.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageView {
    /// Protected persons.
    pub persons: String,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpanView {
    /// Period in words.
    pub period: String,
    /// True for a gap.
    pub is_gap: bool,
    /// What covers it, or on which decision that still hangs.
    pub what: String,
    /// Why it is a gap.
    pub explanation: String,
    /// Remarks, or ways to close the gap.
    pub remarks: Vec<String>,
    /// Sources.
    pub sources: SourcesView,
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
    pub sources: SourcesView,
    /// State in words.
    pub status: &'static str,
    /// Who acts.
    pub who: String,
    /// Consequence.
    pub if_missed: String,
    /// Last working day before.
    pub alarm: Option<String>,
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
    let runs = |item: &&Deadline| item.status == DeadlineStatus::Running;
    ReportView {
        clashes: clashes(dossier, &report.conflicts),
        coverage: coverage(dossier, &report.coverage),
        running: report.deadlines.iter().filter(runs).map(deadline).collect(),
        past: report.deadlines.iter().filter(|item| !runs(item)).map(deadline).collect(),
    }
}

/// The same clash with several measures is one clash: kind and counterpart make the group.
fn clashes(dossier: &Dossier, conflicts: &[Conflict]) -> Vec<ClashView> {
    let mut groups: Vec<(ConflictKind, Vec<&FactId>, Vec<&Conflict>)> = Vec::new();
    for conflict in conflicts {
        let thing = thing_of(dossier, conflict);
        match groups.iter_mut().find(|(kind, own, _)| *kind == conflict.kind && *own == thing) {
            Some((_, _, items)) => items.push(conflict),
            None => groups.push((conflict.kind, thing, vec![conflict])),
        }
    }
    groups.iter().map(|(kind, thing, items)| clash(dossier, *kind, thing, items)).collect()
}

/// What a clash is about: the arrangement or proposal; nothing for gezag, which is no measure; and
/// both measures when neither is the arrangement.
fn thing_of<'a>(dossier: &Dossier, conflict: &'a Conflict) -> Vec<&'a FactId> {
    let is_arrangement = |id: &FactId| {
        let permits = |measure: &&Measure| {
            measure.rules.iter().any(|rule| {
                rule.effect != RuleEffect::Forbids && matches!(rule.conduct, Conduct::Contact | Conduct::Handover)
            })
        };
        dossier.measures.iter().filter(|item| item.id.as_str() == id.as_str()).any(|item| permits(&item))
    };
    let is_proposal = |id: &FactId| dossier.proposals.iter().any(|item| item.id.as_str() == id.as_str());
    let found: Vec<&FactId> = match conflict.kind {
        ConflictKind::BanAgainstContact | ConflictKind::BanAgainstHandover | ConflictKind::BanAgainstPlace => {
            conflict.measures.iter().filter(|id| is_arrangement(id)).collect()
        }
        ConflictKind::BanAgainstJointTalks => conflict.measures.iter().filter(|id| is_proposal(id)).collect(),
        ConflictKind::BanAgainstGezag => return Vec::new(),
        _ => Vec::new(),
    };
    if found.is_empty() { conflict.measures.iter().collect() } else { found }
}

fn clash(dossier: &Dossier, kind: ConflictKind, thing: &[&FactId], items: &[&Conflict]) -> ClashView {
    let names: Vec<String> = thing.iter().map(|id| name_of(dossier, id)).collect();
    let mut persons: Vec<PersonId> = Vec::new();
    let mut ways_out: Vec<String> = Vec::new();
    for item in items {
        persons.extend(item.persons.iter().filter(|id| !persons.contains(id)).cloned().collect::<Vec<_>>());
        ways_out.extend(item.ways_out.iter().filter(|way| !ways_out.contains(way)).cloned().collect::<Vec<_>>());
    }
    let gravest = items.iter().map(|item| item.severity).min().unwrap_or(Severity::Note);
    let ids: Vec<&str> = thing.iter().map(|id| id.as_str()).collect();
    ClashView {
        anchor: format!("botsing-{}-{}", slug(kind), ids.join("-")).trim_end_matches('-').to_owned(),
        title: title(kind, &names),
        severity: gravest.label(),
        blocks: gravest == Severity::Blocking,
        persons: short(dossier, &people(dossier, &persons)),
        with: if items.iter().any(|item| item.measures.iter().any(|id| !thing.contains(&id)))
            || kind == ConflictKind::BanAgainstJointTalks
        {
            let mut names: Vec<String> = items.iter().map(|item| counterpart(dossier, thing, item)).collect();
            names.dedup();
            capital(&list(&names))
        } else {
            String::new()
        },
        against: items.iter().map(|item| against(dossier, thing, item)).collect(),
        ways_out: ways_out.iter().map(|way| short(dossier, way)).collect(),
        sources: source_views(items.iter().flat_map(|item| &item.sources)),
        plans: plans_in(dossier, items),
    }
}

/// The decisions intended in the matters that a clash names.
fn plans_in(dossier: &Dossier, items: &[&Conflict]) -> Vec<PlanLink> {
    let plans = &dossier.plans;
    let matters = [
        (DraftKind::Gezag, plans.gezag.as_ref().map(|plan| &plan.matter)),
        (DraftKind::Omgang, plans.omgang.as_ref().map(|plan| &plan.matter)),
        (DraftKind::Gedragsinterventie, plans.gedragsinterventie.as_ref().map(|plan| &plan.matter)),
    ];
    let named =
        |matter: &MatterId| items.iter().flat_map(|item| &item.measures).any(|id| id.as_str() == matter.as_str());
    let link = |kind: DraftKind| PlanLink { kind: kind.as_str(), text: kind.label() };
    matters.into_iter().filter(|(_, matter)| matter.is_some_and(named)).map(|(kind, _)| link(kind)).collect()
}

/// A text with each child by its given name, where nobody else has it.
fn short(dossier: &Dossier, text: &str) -> String {
    let names = dossier.children().filter_map(|child| Some((child.name.as_str(), given_name(dossier, child)?)));
    names.fold(text.to_owned(), |text, (full, given)| text.replace(full, given))
}

fn slug(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::BanAgainstContact => "contact",
        ConflictKind::BanAgainstHandover => "overdracht",
        ConflictKind::BanAgainstPlace => "plaats",
        ConflictKind::BanAgainstGezag => "gezag",
        ConflictKind::BanAgainstJointTalks => "gesprek",
        ConflictKind::DifferentScope => "reikwijdte",
        ConflictKind::EmptyException => "uitzondering",
        ConflictKind::Incompatible => "onverenigbaar",
        ConflictKind::BanBeyondHousehold => "huisgenoten",
    }
}

fn title(kind: ConflictKind, names: &[String]) -> String {
    let what = list(names);
    match kind {
        ConflictKind::BanAgainstContact => format!("Contact ({what}) binnen een verbod"),
        ConflictKind::BanAgainstHandover => format!("Overdracht ({what}) binnen een verbod"),
        ConflictKind::BanAgainstPlace => format!("Plaats ({what}) binnen een verbod"),
        ConflictKind::BanAgainstGezag => "Gezamenlijk gezag vraagt verboden overleg".to_owned(),
        ConflictKind::BanAgainstJointTalks => format!("Voorstel voor {what}"),
        ConflictKind::DifferentScope => format!("Niet dezelfde bescherming: {what}"),
        ConflictKind::EmptyException => format!("Lege uitzondering: {what}"),
        ConflictKind::Incompatible => format!("Kan niet samen: {what}"),
        ConflictKind::BanBeyondHousehold => format!("Huisverbod voor wie elders woont: {what}"),
    }
}

/// A measure or proposal by its bare name; a matter stands for the decision intended in it.
fn name_of(dossier: &Dossier, id: &FactId) -> String {
    if let Some(measure) = dossier.measures.iter().find(|item| item.id.as_str() == id.as_str()) {
        return measure.instrument.label().to_owned();
    }
    if let Some(proposal) = dossier.proposals.iter().find(|item| item.id.as_str() == id.as_str()) {
        return proposal.kind.label().to_owned();
    }
    if let Some(matter) = dossier.matters.iter().find(|item| item.id.as_str() == id.as_str()) {
        return format!("voorgenomen beslissing ({})", matter.kind.label());
    }
    fact_view(dossier, id.as_str()).text
}

/// What a thing clashes with, by name; itself when there is nothing else.
fn counterpart(dossier: &Dossier, thing: &[&FactId], item: &Conflict) -> String {
    let names: Vec<String> =
        item.measures.iter().filter(|id| !thing.contains(id)).map(|id| name_of(dossier, id)).collect();
    match (names.is_empty(), item.kind) {
        (false, _) => list(&names),
        (true, ConflictKind::BanAgainstJointTalks) => "geweld dat het dossier noemt".to_owned(),
        (true, _) => list(&thing.iter().map(|id| name_of(dossier, id)).collect::<Vec<_>>()),
    }
}

fn against(dossier: &Dossier, thing: &[&FactId], item: &Conflict) -> AgainstView {
    let others: Vec<&FactId> = item.measures.iter().filter(|id| !thing.contains(id)).collect();
    let is_measure = |id: &&&FactId| dossier.measures.iter().any(|measure| measure.id.as_str() == id.as_str());
    AgainstView {
        what: capital(&counterpart(dossier, thing, item)),
        period: match (&item.from, &item.until) {
            // What the dossier says of violence has no period of its own.
            (from, until) if !others.is_empty() || item.kind != ConflictKind::BanAgainstJointTalks => {
                period_words(from.as_ref(), until.as_ref())
            }
            _ => String::new(),
        },
        explanation: short(dossier, &item.explanation),
        fact: others.iter().find(is_measure).map(|id| id.to_string()),
    }
}

/// Persons with the same stretches against the same person are told together.
fn coverage(dossier: &Dossier, all: &[Coverage]) -> Vec<CoverageView> {
    let alike = |one: &Coverage, other: &Coverage| {
        one.against == other.against
            && one.need == other.need
            && one.covered == other.covered
            && one.gaps.len() == other.gaps.len()
            && one.gaps.iter().zip(&other.gaps).all(|(one, other)| (one.from, one.until) == (other.from, other.until))
    };
    let mut groups: Vec<(&Coverage, Vec<PersonId>)> = Vec::new();
    for item in all {
        match groups.iter_mut().find(|(first, _)| alike(first, item)) {
            Some((_, persons)) => persons.push(item.person.clone()),
            None => groups.push((item, vec![item.person.clone()])),
        }
    }
    groups
        .into_iter()
        .map(|(item, persons)| CoverageView {
            persons: capital(&people(dossier, &persons)),
            against: dossier.person_name(&item.against),
            need: item.need.label().to_owned(),
            spans: spans(dossier, item, persons.len() > 1),
            has_gap: !item.gaps.is_empty(),
        })
        .collect()
}

fn spans(dossier: &Dossier, item: &Coverage, for_several: bool) -> Vec<SpanView> {
    let mut spans: Vec<(Instant, SpanView)> = item
        .covered
        .iter()
        .map(|span| (span.from, covered(dossier, span)))
        .chain(item.gaps.iter().map(|gap| (gap.from, hole(gap, for_several.then_some(dossier), &item.person))))
        .collect();
    spans.sort_by_key(|(from, _)| *from);
    spans.into_iter().map(|(_, view)| view).collect()
}

fn covered(dossier: &Dossier, span: &CoveredSpan) -> SpanView {
    let by: Vec<String> = span
        .by
        .iter()
        .filter_map(|id| dossier.find_measure(id))
        .map(|measure| measure.instrument.label().to_owned())
        .chain(span.plans.iter().cloned())
        .collect();
    let hangs = span.certainty == Certainty::DependsOnDecision;
    SpanView {
        period: period_words(Some(&span.from).filter(|_| !span.begin_unknown), span.until.as_ref()),
        is_gap: false,
        what: capital(&list(&by)) + if hangs { " (nog niet beslist)" } else { "" },
        explanation: String::new(),
        remarks: span.remarks.clone(),
        sources: SourcesView::default(),
    }
}

/// A gap; its explanation names the first person, so for a group that name gives way to "hen".
fn hole(gap: &Gap, group_of: Option<&Dossier>, first: &PersonId) -> SpanView {
    let explanation = group_of.map_or_else(
        || gap.explanation.clone(),
        |dossier| gap.explanation.replace(&format!("voor {} ", dossier.person_name(first)), "voor hen "),
    );
    SpanView {
        period: period_words(Some(&gap.from), gap.until.as_ref()),
        is_gap: true,
        what: match gap.depends_on.as_slice() {
            [] => String::new(),
            plans => format!("sluit alleen door {}; daarover is nog niet beslist", list(plans)),
        },
        explanation,
        remarks: gap.ways_out.clone(),
        sources: source_views(&gap.sources),
    }
}

/// A term for a page.
#[must_use]
pub fn deadline(item: &Deadline) -> DeadlineView {
    DeadlineView {
        what: item.what.clone(),
        at: dutch_moment(&item.at),
        rule: item.rule.clone(),
        sources: source_views([&item.legal_source]),
        status: item.status.label(),
        who: capital(&item.who),
        if_missed: item.if_missed.clone(),
        alarm: item.alarm.as_ref().map(dutch_moment),
    }
}
