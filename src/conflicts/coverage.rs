//! Coverage: per protected person, against whom and per need (home, contact), which stretches
//! are covered by which measures, and where the holes are.

use super::bans::{ALL_CHANNELS, About, Ban, Bans, Standing};
use super::case::{Case, in_use, is_dwelling, same_place};
use super::gaps;
use super::homes::HomeCover;
use super::model::{Certainty, Coverage, CoveredSpan, Gap, Need};
use crate::dossier::model::{Instrument, Label, RelationKind};
use crate::shared::ids::{MeasureId, PersonId};
use crate::shared::moment::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// Up to this many measures each change of cover is a span of its own; beyond it spans are joined.
const FINE_GRAINED: usize = 40;

/// What counts as cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// Only decisions taken and enforceable.
    Now,
    /// Also intended decisions and decisions not yet enforceable.
    WithPlans,
}

/// One measure or plan as cover.
pub(super) struct Cover<'b, 'a> {
    /// The ban.
    pub ban: &'b Ban<'a>,
    /// Remarks on it.
    remarks: Vec<String>,
}

/// Coverage of every pair with a ban.
pub(super) fn all(case: &Case<'_>, bans: &Bans<'_>, view: View) -> Vec<Coverage> {
    let mut list = Vec::new();
    let pairs: BTreeSet<(&PersonId, &PersonId)> =
        bans.pairs().map(|(restrained, protected)| (protected, restrained)).collect();
    for (person, against) in pairs {
        for need in [Need::Home, Need::Contact] {
            if need == Need::Contact || needs_home(case, bans, person, against) {
                list.push(one(case, bans, view, (person, against), need));
            }
        }
    }
    list
}

/// Whether the home of the protected person is at stake between two people.
fn needs_home(case: &Case<'_>, bans: &Bans<'_>, person: &PersonId, against: &PersonId) -> bool {
    if bans.of(against, person).any(|ban| ban.home != HomeCover::No && ban.instrument != Instrument::Detentie) {
        return true;
    }
    let partners = case.dossier.relations.iter().any(|relation| {
        let both = [(&relation.from, &relation.to), (&relation.to, &relation.from)].contains(&(person, against));
        let home = matches!(
            relation.kind,
            RelationKind::Married | RelationKind::RegisteredPartnership | RelationKind::Cohabiting
        );
        both && home && relation.until.is_none_or(|until| until >= case.on)
    });
    partners && share_home(case, person, against)
}

fn share_home(case: &Case<'_>, one: &PersonId, other: &PersonId) -> bool {
    let homes = |id: &PersonId| {
        let addresses = case.person(id).into_iter().flat_map(|person| &person.addresses);
        addresses.filter(|a| is_dwelling(a.kind) && in_use(a, case.on)).collect::<Vec<_>>()
    };
    let (mine, theirs) = (homes(one), homes(other));
    mine.iter().any(|a| theirs.iter().any(|b| same_place(a, b)))
}

fn one(
    case: &Case<'_>,
    bans: &Bans<'_>,
    view: View,
    (person, against): (&PersonId, &PersonId),
    need: Need,
) -> Coverage {
    let every: Vec<Cover<'_, '_>> = bans
        .of(against, person)
        .filter(|ban| counts(ban, View::WithPlans) && ban.until.is_none_or(|end| end > ban.from))
        .filter_map(|ban| cover(ban, need))
        .collect();
    let (decided, planned): (Vec<_>, Vec<_>) = every.iter().partition(|cover| counts(cover.ban, View::Now));
    let now = spans(&decided);
    let start = bans.of(against, person).filter(|ban| counts(ban, View::Now)).map(|ban| ban.from).min();
    let start = start.unwrap_or(case.now);
    let gap = |stretch: Stretch, depends_on: Vec<String>| {
        gaps::describe(case, bans, (person, against), need, stretch, depends_on, &every)
    };
    let everything: Vec<&Cover<'_, '_>> = every.iter().collect();
    let (covered, gaps): (Vec<CoveredSpan>, Vec<Gap>) = match view {
        View::Now => {
            let plans = spans(&planned);
            let pieces = holes(&now, start, ends_finally(&decided)).into_iter().flat_map(|hole| split(hole, &plans));
            let gaps = pieces.map(|(stretch, depends_on)| gap(stretch, depends_on)).collect();
            (now, gaps)
        }
        View::WithPlans => {
            let covered = spans(&everything);
            let holes = holes(&covered, start, ends_finally(&everything));
            let gaps = holes.into_iter().map(|stretch| gap(stretch, Vec::new())).collect();
            (covered, gaps)
        }
    };
    Coverage { person: person.clone(), against: against.clone(), need, covered, gaps }
}

type Stretch = (Instant, Option<Instant>);

fn spans(covers: &[&Cover<'_, '_>]) -> Vec<CoveredSpan> {
    if covers.len() <= FINE_GRAINED { segments(covers) } else { joined(covers) }
}

/// Cuts a hole where plans would cover it; each piece says on which plans it hangs. What several plans would
/// close between them is one piece that hangs on all of them.
fn split(hole: Stretch, plans: &[CoveredSpan]) -> Vec<(Stretch, Vec<String>)> {
    let mut whole: Vec<(Stretch, Vec<String>)> = Vec::new();
    for (stretch, depends_on) in cut(hole, plans) {
        match whole.last_mut() {
            Some((last, known)) if last.1 == Some(stretch.0) && !known.is_empty() && !depends_on.is_empty() => {
                last.1 = stretch.1;
                let fresh: Vec<String> = depends_on.into_iter().filter(|plan| !known.contains(plan)).collect();
                known.extend(fresh);
            }
            _ => whole.push((stretch, depends_on)),
        }
    }
    whole
}

/// The pieces of a hole, cut at every change of plans.
fn cut((from, until): Stretch, plans: &[CoveredSpan]) -> Vec<(Stretch, Vec<String>)> {
    let mut pieces = Vec::new();
    let mut reached = Some(from);
    for span in plans {
        let Some(begin) = reached else { break };
        let ends_before = span.until.is_some_and(|end| end <= begin);
        let starts_after = until.is_some_and(|end| span.from >= end);
        if ends_before || starts_after {
            continue;
        }
        if span.from > begin {
            pieces.push(((begin, Some(span.from)), Vec::new()));
        }
        let end = match (span.until, until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        pieces.push(((begin.max(span.from), end), span.plans.clone()));
        reached = end;
    }
    if let Some(begin) = reached.filter(|begin| until.is_none_or(|end| *begin < end)) {
        pieces.push(((begin, until), Vec::new()));
    }
    pieces
}

fn counts(ban: &Ban<'_>, view: View) -> bool {
    match ban.standing {
        Standing::InForce => true,
        Standing::Planned | Standing::NotYet => view == View::WithPlans,
        Standing::Suspended => false,
    }
}

fn cover<'b, 'a>(ban: &'b Ban<'a>, need: Need) -> Option<Cover<'b, 'a>> {
    // A ban with times of its own leaves the rest of the day open.
    if ban.rule.is_some_and(|rule| rule.schedule.is_some()) {
        return None;
    }
    let mut remarks = Vec::new();
    match (need, ban.about) {
        (Need::Contact, About::Contact) => {
            let channels = ban.rule.map_or(&[][..], |rule| &rule.channels);
            let words: BTreeSet<&str> = channels.iter().map(|channel| channel.label()).collect();
            if !words.is_empty() && words.len() < ALL_CHANNELS {
                remarks.push(format!("alleen voor contact {}", words.into_iter().collect::<Vec<_>>().join(", ")));
            }
        }
        (Need::Home, About::Home) => {}
        (Need::Home, About::Place) => match ban.home {
            HomeCover::Yes => {}
            HomeCover::ByDescription => remarks.push(
                "volgens de omschrijving gaat het om de woning; het adres is niet aan het dossier gekoppeld".to_owned(),
            ),
            HomeCover::No => return None,
        },
        _ => return None,
    }
    let name = ban.words();
    for exception in ban.rule.map_or(&[][..], |rule| &rule.exceptions) {
        remarks.push(format!("{name} kent een uitzondering: \"{}\"", exception.text));
    }
    if ban.instrument == Instrument::Detentie {
        remarks.push("zolang de detentie duurt".to_owned());
    }
    match (ban.standing, ban.until) {
        (Standing::Planned, _) => remarks.push(format!("{name}: hangt af van een beslissing die nog niet is genomen")),
        (Standing::NotYet, _) => remarks.push(format!("{name} is nog niet uitvoerbaar")),
        (_, None) if ban.instrument == Instrument::VoorlopigeVoorziening => remarks.push(
            "eindigt volgens art. 826 Rv, onder meer bij inschrijving van de echtscheiding of intrekking van het verzoek"
                .to_owned(),
        ),
        (_, None) if ban.end_is_unknown() => remarks.push(format!("het einde van {name} staat niet in het dossier")),
        _ => {}
    }
    if ban.awaits_finality() {
        remarks.push(format!("{name} begint pas als het vonnis onherroepelijk is"));
    } else if !ban.begin_known {
        remarks.push(format!("het begin van {name} staat niet in het dossier"));
    }
    Some(Cover { ban, remarks })
}

/// A span for every stretch with the same measures.
fn segments(covers: &[&Cover<'_, '_>]) -> Vec<CoveredSpan> {
    let mut cuts: Vec<Instant> = covers.iter().flat_map(|c| [Some(c.ban.from), c.ban.until]).flatten().collect();
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().skip(1).map(|at| Some(*at)).chain([None]);
    let mut spans: Vec<CoveredSpan> = Vec::new();
    for (from, until) in cuts.iter().zip(ends) {
        let active: Vec<&Cover<'_, '_>> = covers
            .iter()
            .copied()
            .filter(|c| c.ban.from <= *from && c.ban.until.is_none_or(|end| end > *from))
            .collect();
        if active.is_empty() {
            continue;
        }
        let span = span(&active, *from, until);
        match spans.last_mut() {
            Some(last) if last.until == Some(span.from) && same_cover(last, &span) => {
                (last.until, last.end_unknown) = (span.until, span.end_unknown);
            }
            _ => spans.push(span),
        }
    }
    spans
}

fn same_cover(a: &CoveredSpan, b: &CoveredSpan) -> bool {
    a.by == b.by && a.plans == b.plans && a.certainty == b.certainty
}

fn span(active: &[&Cover<'_, '_>], from: Instant, until: Option<Instant>) -> CoveredSpan {
    let by: BTreeSet<&MeasureId> = active.iter().filter_map(|c| c.ban.measure).map(|m| &m.id).collect();
    let plans: BTreeSet<&str> =
        active.iter().filter(|c| c.ban.standing != Standing::InForce).map(|c| c.ban.words()).collect();
    let remarks: BTreeSet<&String> = active.iter().flat_map(|c| &c.remarks).collect();
    let decided = active.iter().any(|c| c.ban.standing == Standing::InForce);
    // What is decided carries the stretch; an intention beside it makes no begin or end known.
    let carries = |c: &&&Cover<'_, '_>| !decided || c.ban.standing == Standing::InForce;
    let carried = || active.iter().filter(carries).map(|c| c.ban);
    CoveredSpan {
        from,
        // Whether a verdict is final at any later moment is not known either.
        begin_unknown: carried().all(Ban::awaits_finality)
            || (carried().any(|ban| ban.from == from)
                && carried().filter(|ban| ban.from == from).all(|ban| !ban.begin_known)),
        until,
        end_unknown: until.is_none() && carried().filter(|ban| ban.until.is_none()).all(Ban::end_is_unknown),
        by: by.into_iter().cloned().collect(),
        remarks: remarks.into_iter().cloned().collect(),
        certainty: if decided { Certainty::Decided } else { Certainty::DependsOnDecision },
        plans: plans.into_iter().map(str::to_owned).collect(),
    }
}

/// One span per unbroken stretch, for dossiers with very many measures.
fn joined(covers: &[&Cover<'_, '_>]) -> Vec<CoveredSpan> {
    let mut order: Vec<&Cover<'_, '_>> = covers.to_vec();
    order.sort_by(|a, b| a.ban.from.cmp(&b.ban.from).then_with(|| a.ban.id.cmp(&b.ban.id)));
    let mut groups: Vec<(Instant, Option<Instant>, Vec<&Cover<'_, '_>>)> = Vec::new();
    for cover in order {
        match groups.last_mut() {
            Some((_, end, list)) if end.is_none_or(|end| cover.ban.from <= end) => {
                *end = end.and_then(|old| cover.ban.until.map(|new| old.max(new)));
                list.push(cover);
            }
            _ => groups.push((cover.ban.from, cover.ban.until, vec![cover])),
        }
    }
    groups.into_iter().map(|(from, until, list)| span(&list, from, until)).collect()
}

/// Whether the last cover is a final order whose end its judge chose: then no hole is told after it.
fn ends_finally(covers: &[&Cover<'_, '_>]) -> bool {
    let last = covers.iter().filter_map(|c| c.ban.until).max();
    covers.iter().any(|c| {
        c.ban.until == last
            && matches!(
                c.ban.instrument,
                Instrument::Vrijheidsbeperkend38v | Instrument::BijzondereVoorwaarde | Instrument::CivielVerbod
            )
    })
}

/// Stretches without cover from `start` on; the last one is open at its end.
fn holes(covered: &[CoveredSpan], start: Instant, final_end: bool) -> Vec<(Instant, Option<Instant>)> {
    let mut holes = Vec::new();
    let mut reached = Some(start);
    for span in covered {
        let Some(until_now) = reached else { break };
        if span.from > until_now {
            holes.push((until_now, Some(span.from)));
        }
        reached = span.until.map(|end| end.max(until_now));
    }
    if let Some(from) = reached.filter(|_| !final_end || covered.is_empty()) {
        holes.push((from, None));
    }
    holes
}

/// The measures and plans that end at a moment, for the explanation of a hole.
pub(super) fn ending_at<'b, 'a>(covers: &[Cover<'b, 'a>], at: Instant) -> Vec<&'b Ban<'a>> {
    let mut seen = BTreeMap::new();
    for cover in covers.iter().filter(|c| c.ban.until == Some(at)) {
        seen.entry(cover.ban.words()).or_insert(cover.ban);
    }
    seen.into_values().collect()
}
