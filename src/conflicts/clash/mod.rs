//! Clashes. Each file finds one kind; all of them write into one collector, which joins what
//! concerns the same two measures, so that one clash is told once with all persons and times.

pub(super) mod contact;
pub(super) mod exception;
pub(super) mod gezag;
pub(super) mod handover;
pub(super) mod household;
pub(super) mod incompatible;
pub(super) mod joint_talks;
pub(super) mod scope;

use super::arrangements::{self, Arrangement};
use super::bans::{Ban, Bans, Standing};
use super::case::{Case, until_words};
use super::model::{Conflict, ConflictKind, Overlaps, Severity};
use super::schedule::{self, Times};
use super::sources::{Source, sources};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::{Instant, plus_local_days, told_moment};
use std::collections::{BTreeMap, BTreeSet};

/// Bans of one pair told apart per arrangement; further ones are counted together.
const BANS_PER_PAIR: usize = 25;

/// All clashes, the gravest first.
pub(super) fn find(case: &Case<'_>, bans: &Bans<'_>) -> Vec<Conflict> {
    let arrangements = arrangements::collect(case);
    let mut found = Collector::default();
    contact::find(case, bans, &arrangements, &mut found);
    handover::find(case, bans, &arrangements, &mut found);
    exception::find(case, bans, &arrangements, &mut found);
    gezag::find(case, bans, &mut found);
    joint_talks::find(case, bans, &mut found);
    scope::find(case, bans, &mut found);
    household::find(case, &mut found);
    incompatible::find(case, &arrangements, &mut found);
    let mut all = found.finish(case);
    // A begin that nobody knows is not told as a day.
    let open: BTreeSet<&FactId> = bans.all.iter().filter(|ban| ban.awaits_finality()).map(|ban| &ban.id).collect();
    for conflict in all.iter_mut().filter(|conflict| conflict.measures.iter().any(|id| open.contains(id))) {
        (conflict.from, conflict.until, conflict.overlaps) = (None, None, None);
    }
    all
}

/// A clash while it is being put together.
pub(super) struct Draft {
    /// Severity; the gravest of all persons wins.
    pub severity: Severity,
    /// Persons.
    pub persons: BTreeSet<PersonId>,
    /// Begin of the first overlap.
    pub from: Option<Instant>,
    /// End of the last overlap.
    pub until: Option<Instant>,
    /// Times within the ban, per rule of the arrangement.
    pub overlaps: BTreeMap<usize, Overlaps>,
    /// First sentence, with the persons that come together from all parts.
    pub lead: Option<Lead>,
    /// Further sentences, each once, in order.
    pub sentences: Vec<String>,
    /// Sources.
    pub sources: BTreeSet<Source>,
    /// Ways out, each once, in order.
    pub ways_out: Vec<String>,
}

/// A sentence around a list of names that grows while parts are joined.
pub(super) struct Lead {
    /// Before the names.
    pub before: String,
    /// The persons named.
    pub persons: BTreeSet<PersonId>,
    /// After the names.
    pub after: &'static str,
}

/// Collects clashes by kind and the two things that clash.
#[derive(Default)]
pub(super) struct Collector {
    drafts: BTreeMap<(ConflictKind, Vec<FactId>), Draft>,
}

impl Collector {
    /// Adds a clash, or joins it with the one already found between the same things.
    pub fn add(&mut self, kind: ConflictKind, about: Vec<FactId>, draft: Draft) {
        let Some(old) = self.drafts.get_mut(&(kind, about.clone())) else {
            self.drafts.insert((kind, about), draft);
            return;
        };
        old.severity = old.severity.min(draft.severity);
        old.persons.extend(draft.persons);
        old.from = match (old.from, draft.from) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        old.until = old.until.and_then(|a| draft.until.map(|b| a.max(b)));
        match (&mut old.lead, draft.lead) {
            (Some(lead), Some(more)) => lead.persons.extend(more.persons),
            (None, more) => old.lead = more,
            (Some(_), None) => {}
        }
        for (rule, times) in draft.overlaps {
            let kept = old.overlaps.entry(rule).or_insert(times);
            if times.count > kept.count {
                *kept = times;
            }
        }
        for line in draft.sentences {
            if !old.sentences.contains(&line) {
                old.sentences.push(line);
            }
        }
        old.sources.extend(draft.sources);
        for line in draft.ways_out {
            if !old.ways_out.contains(&line) {
                old.ways_out.push(line);
            }
        }
    }

    fn finish(self, case: &Case<'_>) -> Vec<Conflict> {
        let mut all: Vec<Conflict> = self
            .drafts
            .into_iter()
            .map(|((kind, measures), draft)| {
                let past = draft.until.is_some_and(|end| end <= case.now);
                let lead = draft.lead.map(|lead| format!("{}{}{}", lead.before, case.names(&lead.persons), lead.after));
                let mut explanation = lead.into_iter().chain(draft.sentences).collect::<Vec<_>>().join(" ");
                if past {
                    explanation.push_str(" Dit lag geheel vóór de peildatum.");
                }
                Conflict {
                    kind,
                    severity: if past { Severity::Note } else { draft.severity },
                    measures,
                    persons: draft.persons.into_iter().collect(),
                    from: draft.from,
                    until: draft.until,
                    overlaps: total(&draft.overlaps),
                    explanation,
                    sources: sources(&draft.sources.into_iter().collect::<Vec<_>>()),
                    ways_out: if past { Vec::new() } else { draft.ways_out },
                }
            })
            .collect();
        all.sort_by(|a, b| {
            (a.severity, a.from.is_none(), a.from, a.kind, &a.measures).cmp(&(
                b.severity,
                b.from.is_none(),
                b.from,
                b.kind,
                &b.measures,
            ))
        });
        all
    }
}

/// Times of all rules together: the first of all, and the sum.
fn total(per_rule: &BTreeMap<usize, Overlaps>) -> Option<Overlaps> {
    per_rule.values().copied().reduce(|a, b| {
        let first = if b.first_from < a.first_from { b } else { a };
        Overlaps { count: a.count + b.count, more: a.more || b.more, ..first }
    })
}

/// Weight of a clash between a ban and something it may stand against.
pub(super) fn severity(ban: Standing, other: Standing) -> Severity {
    match (ban, other) {
        (Standing::Suspended, _) | (_, Standing::Suspended) => Severity::Note,
        (Standing::InForce, Standing::InForce | Standing::Planned) => Severity::Blocking,
        _ => Severity::Warning,
    }
}

/// What the standing of two things adds to the sentence; empty when both are in force.
pub(super) fn standing_words(ban: &Ban<'_>, other: Standing, other_words: &str) -> String {
    let one = |standing: Standing, words: &str| match standing {
        Standing::InForce => None,
        Standing::NotYet => Some(format!("{words} is nog niet uitvoerbaar")),
        Standing::Suspended => Some(format!("{words} is geschorst en kan herleven")),
        Standing::Planned => Some(format!("over {words} is nog niet beslist")),
    };
    let parts: Vec<String> = [one(ban.standing, ban.words()), one(other, other_words)].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" Let op: {}.", parts.join("; ")) }
}

/// "de gedragsaanwijzing (art. 509hh Sv), van ... tot ...".
pub(super) fn ban_with_period(ban: &Ban<'_>) -> String {
    if ban.awaits_finality() {
        return format!("{} (vanaf het moment waarop het vonnis onherroepelijk is)", ban.words());
    }
    let until = until_words(ban.until.as_ref(), ban.open_ended);
    format!("{} (van {} {until})", ban.words(), told_moment(&ban.from))
}

/// Part that two stretches share.
pub(super) fn shared_periods(
    (from, until): (Instant, Option<Instant>),
    (other_from, other_until): (Instant, Option<Instant>),
) -> Option<(Instant, Option<Instant>)> {
    let begin = from.max(other_from);
    let end = match (until, other_until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    end.is_none_or(|end| end > begin).then_some((begin, end))
}

/// Weight of two requirements that exclude each other: never more than a warning, since one of
/// both can mostly be moved.
pub(super) fn standing_severity(one: Standing, other: Standing) -> Severity {
    severity(one, other).max(Severity::Warning)
}

/// Part that a ban and a stretch share.
pub(super) fn shared(ban: &Ban<'_>, from: Instant, until: Option<Instant>) -> Option<(Instant, Option<Instant>)> {
    shared_periods((ban.from, ban.until), (from, until))
}

/// Decided bans; the planned ones only when nothing is decided, so that a plan adds no echo.
pub(super) fn decided_first<'b, 'a>(list: Vec<&'b Ban<'a>>) -> Vec<&'b Ban<'a>> {
    let decided: Vec<&Ban<'a>> = list.iter().copied().filter(|ban| ban.standing != Standing::Planned).collect();
    if decided.is_empty() { list } else { decided }
}

/// Bans of a pair that overlap a period: the first ones, and how many more there are.
pub(super) fn overlapping<'b, 'a>(
    bans: &'b Bans<'a>,
    restrained: &PersonId,
    protected: &PersonId,
    from: &Instant,
    until: Option<&Instant>,
) -> (Vec<&'b Ban<'a>>, usize) {
    let mut list = Vec::new();
    let mut more = 0;
    for ban in bans.of(restrained, protected) {
        if until.is_some_and(|end| ban.from >= *end) {
            break;
        }
        if ban.overlaps(from, until) {
            if list.len() < BANS_PER_PAIR { list.push(ban) } else { more += 1 }
        }
    }
    (list, more)
}

/// Times of an arrangement over the stretch in which bans may meet it, at most a year ahead.
pub(super) fn times_of(
    case: &Case<'_>,
    arrangement: &Arrangement<'_>,
    from: Instant,
    until: Option<Instant>,
) -> Option<Times> {
    let schedule = arrangement.schedule?;
    let begin = arrangement.from.max(from);
    let bound = plus_local_days(&begin.max(case.now), 366);
    let ends = [until, arrangement.until].into_iter().flatten().min();
    let end = ends.map_or(bound, |end| end.min(bound));
    // Several bans ask for the same stretch, and expanding a recurrence is dear.
    let key = (std::ptr::from_ref(schedule).addr(), begin, end);
    let known = case.times.borrow().get(&key).cloned();
    let mut times = known.unwrap_or_else(|| {
        let counted = schedule::times(schedule, &begin, &end);
        case.times.borrow_mut().insert(key, counted.clone());
        counted
    });
    times.more |= schedule.rrule.is_some() && ends.is_none_or(|real| real > bound);
    Some(times)
}

/// Whether a stretch lies beyond the point up to which times were counted.
pub(super) fn beyond_count(times: &Times, from: &Instant) -> bool {
    times.more && times.list.last().is_none_or(|(begin, _)| begin < from)
}

/// The times of a list that fall within a stretch.
pub(super) fn within(times: &Times, from: &Instant, until: Option<&Instant>) -> Option<(Overlaps, Instant)> {
    let start = times.list.partition_point(|(_, end)| end <= from);
    let stop = until.map_or(times.list.len(), |end| times.list.partition_point(|(begin, _)| begin < end));
    let part = times.list.get(start..stop.max(start))?;
    let (first, last) = (part.first()?, part.last()?);
    let at_bound = stop == times.list.len();
    Some((
        Overlaps { first_from: first.0, first_until: first.1, count: part.len(), more: times.more && at_bound },
        last.1,
    ))
}
