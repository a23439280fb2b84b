//! Two measures on the same persons: double cover, with different ends, persons or exceptions.
//! When one is lifted, protection hangs on the other.

use super::{Collector, Draft, shared};
use crate::conflicts::bans::{ALL_CHANNELS, About, Ban, Bans, Standing};
use crate::conflicts::case::{Case, enumerate, sentence, until_words};
use crate::conflicts::homes::HomeCover;
use crate::conflicts::model::{ConflictKind, Severity};
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Channel, Conduct, Instrument};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::told_moment;
use std::collections::{BTreeMap, BTreeSet};

/// Overlapping measures each measure is compared with at most.
const NEIGHBOURS: usize = 10;

/// All bans of one measure or plan.
struct Group<'b, 'a> {
    bans: Vec<&'b Ban<'a>>,
}

impl Group<'_, '_> {
    fn first(&self) -> Option<&Ban<'_>> {
        self.bans.first().copied()
    }

    fn persons(&self, about: About) -> BTreeSet<&PersonId> {
        self.bans.iter().filter(|ban| ban.about == about).map(|ban| ban.protected).collect()
    }

    fn covers_home(&self) -> bool {
        self.bans.iter().any(|ban| ban.home != HomeCover::No)
    }

    fn exceptions(&self) -> BTreeSet<&str> {
        let rules = self.bans.iter().filter(|ban| ban.about == About::Contact).filter_map(|ban| ban.rule);
        rules.flat_map(|rule| rule.exceptions.iter().map(|exception| exception.text.as_str())).collect()
    }

    fn allows_contact(&self) -> bool {
        let rules = self.bans.iter().filter(|ban| ban.about == About::Contact).filter_map(|ban| ban.rule);
        rules.into_iter().any(|rule| rule.exceptions.iter().any(|e| e.allows == Conduct::Contact))
    }

    fn channels(&self) -> BTreeSet<Channel> {
        let rules = self.bans.iter().filter(|ban| ban.about == About::Contact).filter_map(|ban| ban.rule);
        let named: BTreeSet<Channel> = rules.flat_map(|rule| rule.channels.iter().copied()).collect();
        // Naming every channel is the same as naming none.
        if named.len() == ALL_CHANNELS { BTreeSet::new() } else { named }
    }
}

/// Finds pairs of measures on the same two persons.
pub(in crate::conflicts) fn find(case: &Case<'_>, bans: &Bans<'_>, found: &mut Collector) {
    let mut groups: BTreeMap<(&PersonId, &FactId, Option<&str>), Group<'_, '_>> = BTreeMap::new();
    for ban in bans.all.iter().filter(|ban| ban.instrument != Instrument::Detentie) {
        groups.entry((ban.restrained, &ban.id, ban.plan)).or_insert_with(|| Group { bans: Vec::new() }).bans.push(ban);
    }
    let mut by_restrained: BTreeMap<&PersonId, Vec<&Group<'_, '_>>> = BTreeMap::new();
    for ((restrained, _, _), group) in &groups {
        by_restrained.entry(restrained).or_default().push(group);
    }
    for list in by_restrained.values_mut() {
        list.sort_by_key(|group| group.first().map(|ban| (ban.from, ban.id.clone())));
        for (index, one) in list.iter().enumerate() {
            let Some(first) = one.first() else { continue };
            let later = list
                .iter()
                .skip(index + 1)
                .take_while(|other| other.first().is_some_and(|ban| first.until.is_none_or(|end| ban.from < end)));
            for other in later.take(NEIGHBOURS) {
                pair(case, one, other, found);
            }
        }
    }
}

fn related(one: &Ban<'_>, other: &Ban<'_>) -> bool {
    let extends = |a: &Ban<'_>, b: &Ban<'_>| {
        a.measure.and_then(|m| m.extends.as_ref()).is_some_and(|id| FactId::from(id) == b.id)
    };
    extends(one, other) || extends(other, one) || one.id == other.id
}

/// A plan beside a decided measure: what it adds stands in the coverage, not here.
fn echo(one: &Ban<'_>, other: &Ban<'_>) -> bool {
    let planned = |ban: &Ban<'_>| ban.standing == Standing::Planned;
    planned(one) != planned(other)
}

fn pair(case: &Case<'_>, one: &Group<'_, '_>, other: &Group<'_, '_>, found: &mut Collector) {
    let (Some(a), Some(b)) = (one.first(), other.first()) else { return };
    let everyone = |group: &Group<'_, '_>| group.bans.iter().map(|ban| ban.protected.clone()).collect::<BTreeSet<_>>();
    let both: BTreeSet<PersonId> = everyone(one).intersection(&everyone(other)).cloned().collect();
    if both.is_empty() || related(a, b) || echo(a, b) {
        return;
    }
    let Some((from, until)) = shared(a, b.from, b.until) else { return };
    let (differences, telling) = differences(case, one, other);
    let severity = match (telling, a.standing, b.standing) {
        (true, Standing::InForce, Standing::InForce) => Severity::Warning,
        _ => Severity::Note,
    };
    let mut text = format!(
        "{} ({}) en {} ({}) gelden in dezelfde tijd voor {} tegenover {}.",
        sentence(a.words()),
        until_words(a.until.as_ref(), a.open_ended),
        b.words(),
        until_words(b.until.as_ref(), b.open_ended),
        case.name(a.restrained),
        case.names(&both)
    );
    if !differences.is_empty() {
        text.push_str(&format!(" Zij verschillen: {}.", enumerate(&differences)));
    }
    text.push_str(&dependence(a, b));
    let (mut ways, mut sources) = ways_out::of_ban(a);
    let (more, more_sources) = ways_out::of_ban(b);
    ways.extend(more.into_iter().filter(|line| !ways.contains(line)).collect::<Vec<_>>());
    sources.extend(more_sources);
    let draft = Draft {
        severity,
        persons: both.into_iter().chain([a.restrained.clone()]).collect(),
        from: Some(from),
        until,
        overlaps: BTreeMap::new(),
        lead: None,
        sentences: vec![text],
        sources: sources.into_iter().chain([Source::RbMaaBq1534, Source::Hr20172392]).collect(),
        ways_out: ways,
    };
    let mut ids = vec![a.id.clone(), b.id.clone()];
    ids.sort();
    found.add(ConflictKind::DifferentScope, ids, draft);
}

/// What differs, and whether it matters beyond the end dates.
fn differences(case: &Case<'_>, one: &Group<'_, '_>, other: &Group<'_, '_>) -> (Vec<String>, bool) {
    let (Some(a), Some(b)) = (one.first(), other.first()) else { return (Vec::new(), false) };
    let mut list = Vec::new();
    let mut telling = false;
    for (left, right, words) in [(one, other, a.words()), (other, one, b.words())] {
        let right_contact = right.persons(About::Contact);
        let only: Vec<&PersonId> =
            left.persons(About::Contact).into_iter().filter(|person| !right_contact.contains(person)).collect();
        if !only.is_empty() {
            list.push(format!("alleen {words} verbiedt contact met {}", case.names(only)));
            telling = true;
        }
        if left.covers_home() && !right.covers_home() {
            list.push(format!("alleen {words} beschermt de woning"));
            telling = true;
        }
        let extra: Vec<String> =
            left.exceptions().difference(&right.exceptions()).map(|text| format!("\"{text}\"")).collect();
        if !extra.is_empty() {
            list.push(format!("alleen {words} kent de uitzondering {}", enumerate(&extra)));
        }
    }
    let both_contact = !one.persons(About::Contact).is_empty() && !other.persons(About::Contact).is_empty();
    telling |= both_contact && one.allows_contact() != other.allows_contact();
    if both_contact && one.channels() != other.channels() {
        list.push("het contactverbod geldt niet voor dezelfde vormen van contact".to_owned());
    }
    (list, telling)
}

fn dependence(a: &Ban<'_>, b: &Ban<'_>) -> String {
    match (a.until, b.until) {
        (Some(x), Some(y)) if x != y => {
            let (first, last) = if x < y { (a, b) } else { (b, a) };
            let ends = [first.until, last.until].map(|end| end.map_or_else(String::new, |at| told_moment(&at)));
            let [early, late] = ends;
            format!(
                " Na {early} hangt de bescherming af van {}, tot {late}; wordt één van beide eerder opgeheven, dan blijft alleen de andere over.",
                last.words()
            )
        }
        _ => " Wordt één van beide opgeheven, dan hangt de bescherming af van de andere.".to_owned(),
    }
}
