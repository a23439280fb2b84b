//! Two requirements of different orders that one person cannot both meet: contact in person
//! while in custody, or at the time of a course or a duty to report.

use super::{Collector, Draft, shared_periods, standing_severity, times_of, within};
use crate::conflicts::arrangements::Arrangement;
use crate::conflicts::bans::{Standing, period};
use crate::conflicts::case::{Case, instrument_words, occurrence_words, sentence};
use crate::conflicts::model::ConflictKind;
use crate::conflicts::schedule;
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Conduct, Instrument, Measure, RuleEffect, Schedule};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::{Instant, plus_local_days};
use std::collections::{BTreeMap, BTreeSet};

/// Arrangements each duty is compared with at most.
const NEIGHBOURS: usize = 25;

/// A stretch or times at which a person must be elsewhere.
struct Elsewhere<'a> {
    measure: &'a Measure,
    from: Instant,
    until: Option<Instant>,
    standing: Standing,
    schedule: Option<&'a Schedule>,
}

/// Finds requirements that exclude each other.
pub(in crate::conflicts) fn find(case: &Case<'_>, all: &[Arrangement<'_>], found: &mut Collector) {
    let mut elsewhere: BTreeMap<&PersonId, Vec<Elsewhere<'_>>> = BTreeMap::new();
    for measure in &case.dossier.measures {
        let Some((from, until, standing)) = period(case, measure) else { continue };
        let required = measure.rules.iter().filter(|rule| {
            rule.effect == RuleEffect::Requires && matches!(rule.conduct, Conduct::Course | Conduct::Reporting)
        });
        let schedules = required.filter_map(|rule| rule.schedule.as_ref()).map(Some);
        let custody = (measure.instrument == Instrument::Detentie).then_some(None);
        for schedule in schedules.chain(custody) {
            for person in &measure.restrained {
                elsewhere.entry(person).or_default().push(Elsewhere { measure, from, until, standing, schedule });
            }
        }
    }
    for list in elsewhere.values_mut() {
        list.sort_by(|a, b| (a.from, &a.measure.id).cmp(&(b.from, &b.measure.id)));
    }
    for arrangement in all.iter().filter(|a| a.in_person() && a.schedule.is_some()) {
        for adult in &arrangement.adults {
            for other in elsewhere.get(*adult).into_iter().flatten().take(NEIGHBOURS) {
                one(case, arrangement, adult, other, found);
            }
        }
    }
}

fn one(case: &Case<'_>, arrangement: &Arrangement<'_>, adult: &PersonId, other: &Elsewhere<'_>, found: &mut Collector) {
    let Some((from, until)) = shared_periods((arrangement.from, arrangement.until), (other.from, other.until)) else {
        return;
    };
    let Some(mut times) = times_of(case, arrangement, from, until).filter(|times| !times.unreadable) else { return };
    if let Some(schedule) = other.schedule {
        let bound = plus_local_days(&from.max(case.now), 366);
        let busy = schedule::times(schedule, &from, &until.map_or(bound, |end| end.min(bound)));
        times.list.retain(|(begin, end)| busy.list.iter().any(|(b, e)| begin < e && b < end));
    }
    let Some((overlaps, last)) = within(&times, &from, until.as_ref()) else { return };
    let at = occurrence_words(&overlaps.first_from, &overlaps.first_until);
    let together = if overlaps.more {
        "daarna valt dat telkens weer samen, zolang beide gelden".to_owned()
    } else {
        format!("{} keer valt dat samen", overlaps.count)
    };
    let text = format!(
        "{} vraagt van {} contact in persoon op {at}, terwijl die dan gebonden is door {}; {together}.",
        sentence(arrangement.words),
        case.name(adult),
        instrument_words(other.measure.instrument),
    );
    let (own, source) = ways_out::of_arrangement(arrangement);
    let draft = Draft {
        severity: standing_severity(other.standing, arrangement.standing),
        persons: BTreeSet::from([adult.clone()]),
        from: Some(overlaps.first_from),
        until: Some(last),
        overlaps: BTreeMap::from([(arrangement.rule, overlaps)]),
        lead: None,
        sentences: vec![text],
        sources: BTreeSet::from([source, Source::Istanbul31]),
        ways_out: vec![
            own,
            "De instantie die toezicht houdt op de andere verplichting kan een ander tijdstip bepalen, voor zover de beslissing dat toelaat.".to_owned(),
        ],
    };
    found.add(ConflictKind::Incompatible, vec![FactId::from(&other.measure.id), arrangement.id.clone()], draft);
}
