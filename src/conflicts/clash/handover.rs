//! A ban between adults against the handover of the children: do they meet, and is the place
//! one where the restrained person may not come? A shielded address is never named.

use super::contact::{how_often, places_meet};
use super::{
    Collector, Draft, ban_with_period, beyond_count, overlapping, severity, shared, standing_words, times_of, within,
};
use crate::conflicts::arrangements::Arrangement;
use crate::conflicts::bans::{About, Ban, Bans};
use crate::conflicts::case::{Case, is_dwelling, occurrence_words, sentence};
use crate::conflicts::model::{ConflictKind, Overlaps, Severity};
use crate::conflicts::schedule::Times;
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Channel, Conduct, Handover};
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::moment::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// Finds clashes between bans and handovers.
pub(in crate::conflicts) fn find(case: &Case<'_>, bans: &Bans<'_>, all: &[Arrangement<'_>], found: &mut Collector) {
    for arrangement in all.iter().filter(|a| a.in_person()) {
        for adult in &arrangement.adults {
            let others: BTreeSet<&PersonId> = arrangement
                .children
                .iter()
                .flat_map(|child| case.parents_of(child))
                .chain(arrangement.adults.iter().copied())
                .filter(|other| other != adult && !case.is_child(other))
                .collect();
            for other in others {
                let (list, _) = overlapping(bans, adult, other, &arrangement.from, arrangement.until.as_ref());
                let Some(first) = list.first() else { continue };
                let last = list.iter().map(|ban| ban.until).reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b))).flatten();
                let times = times_of(case, arrangement, first.from, last).filter(|times| !times.unreadable);
                for ban in &list {
                    one(case, ban, arrangement, times.as_ref(), found);
                }
            }
        }
    }
}

fn one(case: &Case<'_>, ban: &Ban<'_>, arrangement: &Arrangement<'_>, times: Option<&Times>, found: &mut Collector) {
    if ban.measure.is_some() && ban.measure.map(|m| &m.id) == arrangement.measure_id() {
        return;
    }
    let problem = match ban.about {
        About::Contact => meeting(case, ban, arrangement),
        About::Home | About::Place => at_place(case, ban, arrangement),
    };
    if let Some((words, certain)) = problem {
        add(ban, arrangement, (&words, certain), times, found);
    }
    if ban.about == About::Contact && ban.measure.is_some() {
        through_children(case, ban, arrangement, found);
    }
}

/// Whether the adults meet at the handover; the flag says whether that is certain.
fn meeting(case: &Case<'_>, ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> Option<(String, bool)> {
    let channels = ban.rule.map_or(&[][..], |rule| &rule.channels);
    if !channels.is_empty() && !channels.contains(&Channel::InPerson) {
        return None;
    }
    let (one, other) = (case.name(ban.restrained), case.name(ban.protected));
    let Some(handover) = arrangement.handover else {
        let supervised = arrangement.supervision.is_some();
        return (!supervised).then(|| {
            (
                format!(
                    "over de overdracht is niets bepaald, dus niet bekend is of {one} en {other} elkaar dan treffen"
                ),
                false,
            )
        });
    };
    match handover.adults_meet {
        Some(true) => Some((format!("bij de overdracht treffen {one} en {other} elkaar"), true)),
        Some(false) => None,
        None if handover.via.is_some() || !concerns(handover, ban.protected) => None,
        None => Some((
            format!(
                "bij de overdracht is geen tussenpersoon genoemd, en niet bekend is of {one} en {other} elkaar treffen"
            ),
            false,
        )),
    }
}

/// Whether a person may be at the handover: named, or nobody is named.
fn concerns(handover: &Handover, person: &PersonId) -> bool {
    let named = [&handover.from, &handover.to];
    named.iter().any(|one| one.as_ref() == Some(person)) || named.iter().any(|one| one.is_none())
}

fn at_place(case: &Case<'_>, ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> Option<(String, bool)> {
    let handover = arrangement.handover?;
    let place = handover.place.as_ref()?;
    if !concerns(handover, ban.restrained) {
        return None;
    }
    let holder = place.address.as_ref().and_then(|id| case.address(id));
    let at_home = ban.about == About::Home
        && holder.is_some_and(|(holder, address)| holder.id == *ban.protected && is_dwelling(address.kind));
    let named = ban.rule.is_some() && places_meet(case, ban, place) == Some(true);
    let who = case.name(ban.restrained);
    (at_home || named).then(|| {
        let where_ = case.place_words(place);
        (format!("de overdracht vindt plaats waar {who} volgens het verbod niet mag komen ({where_})"), true)
    })
}

fn excepted(ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> bool {
    let fits = |through: &Option<PartyId>| through.as_ref().is_none_or(|party| arrangement.goes_through(party));
    ban.rule.is_some_and(|rule| {
        rule.exceptions.iter().any(|exception| {
            exception.allows == Conduct::Handover
                && (!exception.only_arranged || arrangement.by_authority)
                && fits(&exception.through)
        })
    })
}

fn add(
    ban: &Ban<'_>,
    arrangement: &Arrangement<'_>,
    (words, certain): (&str, bool),
    times: Option<&Times>,
    found: &mut Collector,
) {
    let Some((from, until)) = shared(ban, arrangement.from, arrangement.until) else { return };
    let Some((overlaps, from, until)) = stretch(times, from, until) else { return };
    let mut weight = severity(ban.standing, arrangement.standing);
    if !certain {
        weight = weight.max(Severity::Warning);
    }
    let lead = format!("{} staat tegenover de overdracht in {}.", sentence(&ban_with_period(ban)), arrangement.words);
    let mut text = format!("{}.", sentence(words));
    if let Some(found) = overlaps.as_ref().filter(|_| !ban.awaits_finality()) {
        let at = occurrence_words(&found.first_from, &found.first_until);
        text.push_str(&format!(" De eerste keer is {at}{}.", how_often(found)));
    }
    let mut sentences = vec![lead, text];
    if excepted(ban, arrangement) {
        weight = Severity::Note;
        sentences
            .push("Het verbod kent een uitzondering voor de overdracht; let op de voorwaarden daarvan.".to_owned());
    }
    let standing = standing_words(ban, arrangement.standing, arrangement.words);
    let tails = [standing.trim(), ways_out::no_lifting(ban.instrument).trim()];
    sentences.extend(tails.into_iter().filter(|tail| !tail.is_empty()).map(str::to_owned));
    let (mut ways, sources) = ways_out::of_ban(ban);
    ways.insert(
        0,
        "De familierechter kan de overdracht laten lopen via een derde of op een neutrale plaats, zonder dat de ouders elkaar treffen.".to_owned(),
    );
    let draft = Draft {
        severity: weight,
        persons: BTreeSet::from([ban.restrained.clone(), ban.protected.clone()]),
        from: Some(from),
        until,
        overlaps: overlaps.map(|found| (arrangement.rule, found)).into_iter().collect(),
        lead: None,
        sentences,
        sources: sources.into_iter().chain([Source::Istanbul31]).collect(),
        ways_out: ways,
    };
    found.add(ConflictKind::BanAgainstHandover, vec![ban.id.clone(), arrangement.id.clone()], draft);
}

type Stretch = (Option<Overlaps>, Instant, Option<Instant>);

fn stretch(times: Option<&Times>, from: Instant, until: Option<Instant>) -> Option<Stretch> {
    let Some(times) = times.filter(|times| !beyond_count(times, &from)) else { return Some((None, from, until)) };
    let (overlaps, last) = within(times, &from, until.as_ref())?;
    let end = if overlaps.more { until } else { Some(until.map_or(last, |end| end.min(last))) };
    Some((Some(overlaps), overlaps.first_from.max(from), end))
}

/// A ban that lists channels and leaves out "through others": messages through the children stay possible.
fn through_children(case: &Case<'_>, ban: &Ban<'_>, arrangement: &Arrangement<'_>, found: &mut Collector) {
    let channels = ban.rule.map_or(&[][..], |rule| &rule.channels);
    if channels.is_empty() || channels.contains(&Channel::ThirdParty) {
        return;
    }
    let Some((from, until)) = shared(ban, arrangement.from, arrangement.until) else { return };
    let (mut ways, sources) = ways_out::of_ban(ban);
    ways.push(
        "De familierechter kan bepalen dat over de kinderen alleen via een aangewezen derde wordt overlegd.".to_owned(),
    );
    let draft = Draft {
        severity: Severity::Note,
        persons: BTreeSet::from([ban.restrained.clone(), ban.protected.clone()]),
        from: Some(from),
        until,
        overlaps: BTreeMap::new(),
        lead: None,
        sentences: vec![format!(
            "{} noemt contact via anderen niet. Onder {} kan {} daardoor via de kinderen of anderen {} bereiken.",
            sentence(&ban_with_period(ban)),
            arrangement.words,
            case.name(ban.restrained),
            case.name(ban.protected)
        )],
        sources: sources.into_iter().collect(),
        ways_out: ways,
    };
    found.add(ConflictKind::DifferentScope, vec![ban.id.clone(), arrangement.id.clone()], draft);
}
