//! The protection bridge of draft D: per protected person and per need, what covers each hour
//! after the huisverbod, as things stand now and as they would be if the plan is followed.

use super::bans::Bans;
use super::case::{Case, until_words};
use super::coverage::{self, View};
use super::model::{Certainty, Coverage, Need};
use crate::dossier::model::{Dossier, Instrument, Measure, MeasureState};
use crate::shared::dutch::capital;
use crate::shared::ids::{MatterId, MeasureId, PersonId};
use crate::shared::moment::{Instant, in_law_zone, told_moment};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The protection bridge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bridge {
    /// Matter of the huisverbod, when there is one.
    pub matter: Option<MatterId>,
    /// The huisverbod from which the bridge starts.
    pub imposed: Option<MeasureId>,
    /// Day for which it is drawn up.
    pub on: NaiveDate,
    /// One line per protected person, restrained person and need.
    pub lines: Vec<BridgeLine>,
}

/// How well one need is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BridgeState {
    /// No uncovered hour, by decisions already taken.
    Closed,
    /// No uncovered hour if the plan is followed; that hangs on decisions not yet taken.
    ClosedIfPlanFollowed,
    /// An uncovered stretch remains, also with the plan.
    Open,
    /// No uncovered stretch is found, but of a measure that covers it begin or end is not in the file.
    NotKnown,
}

/// One person and one need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BridgeLine {
    /// Protected person.
    pub person: PersonId,
    /// Person against whom the protection works.
    pub against: PersonId,
    /// Need.
    pub need: Need,
    /// State in one word.
    pub state: BridgeState,
    /// By decisions taken.
    pub now: Coverage,
    /// If the plan is followed.
    pub with_plan: Coverage,
    /// State in a Dutch sentence.
    pub statement: String,
}

impl Bridge {
    /// Whether every need of every person is covered by decisions already taken.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.lines.iter().all(|line| line.state == BridgeState::Closed)
    }
}

/// Builds the bridge for the huisverbod in the plan (or else the last one imposed); without a
/// huisverbod it covers every pair with a ban. Pure: same dossier and day, same bridge.
#[must_use]
pub fn build(dossier: &Dossier, on: NaiveDate) -> Bridge {
    let case = Case::new(dossier, on);
    let bans = Bans::collect(&case);
    let imposed = imposed(&case);
    let now = coverage::all(&case, &bans, View::Now);
    let mut planned: BTreeMap<(PersonId, PersonId, Need), Coverage> =
        coverage::all(&case, &bans.if_followed(&case), View::WithPlans)
            .into_iter()
            .map(|line| ((line.person.clone(), line.against.clone(), line.need), line))
            .collect();
    let wanted = |line: &Coverage| {
        imposed.is_none_or(|measure| {
            measure.restrained.contains(&line.against) && measure.protected.contains(&line.person)
        })
    };
    let lines = now
        .into_iter()
        .filter(wanted)
        .filter_map(|now| {
            let with_plan = planned.remove(&(now.person.clone(), now.against.clone(), now.need))?;
            Some(line(&case, now, with_plan))
        })
        .collect();
    Bridge { matter: imposed.map(|m| m.matter.clone()), imposed: imposed.map(|m| m.id.clone()), on, lines }
}

fn imposed<'a>(case: &Case<'a>) -> Option<&'a Measure> {
    let planned = case.dossier.plans.huisverbod.as_ref().and_then(|plan| case.measure(&plan.imposed));
    planned.or_else(|| {
        case.dossier
            .measures
            .iter()
            .filter(|m| m.instrument == Instrument::Huisverbod && m.state != MeasureState::Annulled)
            .max_by(|a, b| (a.starts.or(a.decided_at), &a.id).cmp(&(b.starts.or(b.decided_at), &b.id)))
    })
}

fn line(case: &Case<'_>, now: Coverage, with_plan: Coverage) -> BridgeLine {
    let state = match (open(case, &now), open(case, &with_plan)) {
        (_, false) if rests_on_unknown(&with_plan) => BridgeState::NotKnown,
        (false, false) if !rests_on_unknown(&now) => BridgeState::Closed,
        (_, false) => BridgeState::ClosedIfPlanFollowed,
        // Also when the plan itself ends what was decided, as an annulment does.
        (_, true) => BridgeState::Open,
    };
    let statement = statement(case, state, &now, &with_plan);
    let (person, against, need) = (now.person.clone(), now.against.clone(), now.need);
    BridgeLine { person, against, need, state, now, with_plan, statement }
}

fn open(case: &Case<'_>, coverage: &Coverage) -> bool {
    coverage.gaps.iter().any(|gap| gap.until.is_none_or(|end| end > case.now))
}

/// Whether what covers a stretch begins or ends on a day that the file does not give.
fn rests_on_unknown(coverage: &Coverage) -> bool {
    coverage.covered.iter().any(|span| span.begin_unknown || span.end_unknown)
}

/// What the file does not give of the measures that cover, in words.
fn unknown_words(coverage: &Coverage) -> &'static str {
    let begin = coverage.covered.iter().any(|span| span.begin_unknown);
    match (begin, coverage.covered.iter().any(|span| span.end_unknown)) {
        (true, true) => "het begin en het einde van een maatregel staan",
        (true, false) => "het begin van een maatregel staat",
        (false, _) => "het einde van een maatregel staat",
    }
}

fn statement(case: &Case<'_>, state: BridgeState, now: &Coverage, with_plan: &Coverage) -> String {
    let need = match now.need {
        Need::Home => "bescherming van de woning",
        Need::Contact => "een contactverbod",
    };
    let whom = format!("voor {} tegenover {}", case.name(&now.person), case.name(&now.against));
    match state {
        BridgeState::Closed => {
            let end = now.covered.last().and_then(|span| span.until);
            let end = end.map_or_else(String::new, |end| {
                format!(", tot het einde van de laatste maatregel op {}", told_moment(&end))
            });
            format!("Zonder onderbreking geldt {whom} {need}{end}.")
        }
        BridgeState::NotKnown => format!(
            "Of {whom} steeds {need} geldt, is niet vast te stellen: {} niet in het dossier.",
            unknown_words(with_plan)
        ),
        BridgeState::ClosedIfPlanFollowed => {
            format!(
                "Als het plan wordt gevolgd, geldt {whom} zonder onderbreking {need}. Wat geldt {}, hangt af van een beslissing die nog niet is genomen.",
                waiting(with_plan).join(" en ")
            )
        }
        BridgeState::Open => {
            let holes: Vec<String> = with_plan
                .gaps
                .iter()
                .filter(|gap| gap.until.is_none_or(|end| end > case.now))
                .map(|gap| hole(gap.from, gap.until))
                .collect();
            let depends = waiting(with_plan);
            let also = if depends.is_empty() {
                String::new()
            } else {
                format!(" Wat geldt {}, hangt af van een beslissing die nog niet is genomen.", depends.join(" en "))
            };
            let lead = match (has_plan(case), open(case, now)) {
                (true, true) => format!("Ook als het plan wordt gevolgd, geldt {whom}"),
                (true, false) => format!("Als het plan wordt gevolgd, geldt {whom}"),
                (false, _) => format!("{} geldt", capital(&whom)),
            };
            format!("{lead} niet steeds {need}. Er is een gat {}.{also}", holes.join(" en "))
        }
    }
}

/// Whether the file holds a plan that changes the protection.
fn has_plan(case: &Case<'_>) -> bool {
    let plans = &case.dossier.plans;
    plans.huisverbod.is_some() || plans.gedragsinterventie.is_some()
}

/// Stretches that rest only on decisions not yet taken.
fn waiting(with_plan: &Coverage) -> Vec<String> {
    let mut stretches: Vec<(Instant, Option<Instant>)> = Vec::new();
    for span in with_plan.covered.iter().filter(|span| span.certainty == Certainty::DependsOnDecision) {
        match stretches.last_mut() {
            Some((_, until)) if *until == Some(span.from) => *until = span.until,
            _ => stretches.push((span.from, span.until)),
        }
    }
    stretches
        .iter()
        .map(|(from, until)| format!("van {} {}", told_moment(from), until_words(until.as_ref(), true)))
        .collect()
}

fn hole(from: Instant, until: Option<Instant>) -> String {
    let from = told_moment(&in_law_zone(&from));
    until.map_or_else(
        || format!("vanaf {from}, zonder dat bekend is wat volgt"),
        |until| format!("van {from} tot {}", told_moment(&until)),
    )
}
