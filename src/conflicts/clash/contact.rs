//! A contact ban towards a child against an arrangement that lets the same two meet, and a
//! location ban against a place in an arrangement.

use super::{
    Collector, Draft, Lead, ban_with_period, beyond_count, overlapping, severity, shared, standing_words, times_of,
    within,
};
use crate::conflicts::arrangements::Arrangement;
use crate::conflicts::bans::{About, Ban, Bans, Standing};
use crate::conflicts::case::{Case, occurrence_words, same_place, sentence};
use crate::conflicts::model::{ConflictKind, Overlaps, Severity};
use crate::conflicts::schedule::{self, Times};
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Channel, Conduct, Place, RuleException};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::{Instant, dutch_date, local_date, plus_local_days, start_of_day};
use std::collections::{BTreeMap, BTreeSet};

/// Finds clashes between bans and contact.
pub(in crate::conflicts) fn find(case: &Case<'_>, bans: &Bans<'_>, all: &[Arrangement<'_>], found: &mut Collector) {
    for arrangement in all {
        for adult in &arrangement.adults {
            if !arrangement.handover_only {
                one_adult(case, bans, arrangement, adult, found);
            }
            for place in arrangement.places {
                place_clash(case, bans, arrangement, adult, place, found);
            }
        }
    }
}

/// Bans against one adult, told once for all children on whom they weigh alike.
fn one_adult(case: &Case<'_>, bans: &Bans<'_>, arrangement: &Arrangement<'_>, adult: &PersonId, found: &mut Collector) {
    let mut contact: Vec<&Ban<'_>> = Vec::new();
    for child in &arrangement.children {
        let (list, more) = overlapping(bans, adult, child, &arrangement.from, arrangement.until.as_ref());
        contact.extend(list.into_iter().filter(|ban| stands_against(ban, arrangement)));
        if more > 0 {
            too_many(case, arrangement, (adult, child), more, found);
        }
    }
    let Some(first) = contact.iter().map(|ban| ban.from).min() else { return };
    let last = contact.iter().map(|ban| ban.until).reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b))).flatten();
    let times = times_of(case, arrangement, first, last);
    let mut alike: BTreeMap<(&FactId, Instant, Weighed), Vec<&Ban<'_>>> = BTreeMap::new();
    for ban in contact {
        if let Some(weighed) = weigh(case, ban, arrangement) {
            alike.entry((&ban.id, ban.from, weighed)).or_default().push(ban);
        }
    }
    for ((_, _, weighed), bans) in alike {
        clash(case, &bans, arrangement, weighed, times.as_ref(), found);
    }
}

fn too_many(
    case: &Case<'_>,
    arrangement: &Arrangement<'_>,
    (adult, child): (&PersonId, &PersonId),
    more: usize,
    found: &mut Collector,
) {
    let mut draft = draft_of(Severity::Note, [adult, child], arrangement.from, arrangement.until);
    draft.sentences.push(format!(
        "Naast de verboden die apart staan, lopen in de tijd van {} nog {more} andere verboden van {} tegenover {}.",
        arrangement.words,
        case.name(adult),
        case.name(child)
    ));
    found.add(ConflictKind::BanAgainstContact, vec![arrangement.id.clone()], draft);
}

fn draft_of<'p>(
    severity: Severity,
    persons: impl IntoIterator<Item = &'p PersonId>,
    from: Instant,
    until: Option<Instant>,
) -> Draft {
    Draft {
        severity,
        persons: persons.into_iter().cloned().collect(),
        from: Some(from),
        until,
        overlaps: BTreeMap::new(),
        lead: None,
        sentences: Vec::new(),
        sources: BTreeSet::new(),
        ways_out: Vec::new(),
    }
}

fn stands_against(ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> bool {
    let own = ban.measure.map(|m| &m.id);
    let channels = ban.rule.map_or(&[][..], |rule| &rule.channels);
    ban.about == About::Contact
        && (own.is_none() || own != arrangement.measure_id())
        && (own.is_some() || arrangement.measure.is_some() || ban.id != arrangement.id)
        && channels_meet(channels, &arrangement.channels)
}

fn channels_meet(ban: &[Channel], arrangement: &[Channel]) -> bool {
    ban.is_empty() || arrangement.is_empty() || ban.iter().any(|channel| arrangement.contains(channel))
}

/// How an exception in a ban bears on an arrangement.
pub(in crate::conflicts) enum Fit {
    /// No exception for contact with this person.
    None,
    /// An exception holds, from this moment (the begin of the ban unless help comes later).
    From(Option<Instant>, String),
    /// There is an exception, but its terms are not met.
    NotMet(String),
    /// An intended ban has an exception in words; whether it covers this arrangement is for who decides.
    InWords(String),
}

/// Reads the exceptions of a ban against an arrangement.
pub(in crate::conflicts) fn fit(case: &Case<'_>, ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> Fit {
    let exceptions = ban.rule.map_or(&[][..], |rule| &rule.exceptions);
    let for_child = exceptions.iter().filter(|exception| {
        exception.allows == Conduct::Contact && (exception.with.is_empty() || exception.with.contains(ban.protected))
    });
    let mut unmet = None;
    for exception in for_child {
        match terms(case, exception, arrangement) {
            Ok(from) => return Fit::From(from, exception.text.clone()),
            Err(why) => unmet = unmet.or(Some(why)),
        }
    }
    let in_words = ban.exception.map(|text| Fit::InWords(text.trim_end_matches('.').to_owned()));
    unmet.map(Fit::NotMet).or(in_words).unwrap_or(Fit::None)
}

fn terms(case: &Case<'_>, exception: &RuleException, arrangement: &Arrangement<'_>) -> Result<Option<Instant>, String> {
    if exception.only_arranged && !arrangement.by_authority {
        return Err("de uitzondering geldt alleen voor een regeling van een rechter of GI".to_owned());
    }
    let Some(through) = &exception.through else { return Ok(None) };
    let who = case.party(through);
    if !arrangement.goes_through(through) {
        return Err(format!("de uitzondering geldt alleen via {who}, en de regeling noemt {who} niet"));
    }
    let supervision = arrangement.supervision.filter(|s| s.by == *through);
    match supervision {
        Some(s) if s.agreed == Some(false) => Err(format!("{who} heeft de begeleiding niet aanvaard")),
        Some(s) => Ok(s.available_from.map(start_of_day)),
        None => Ok(None),
    }
}

/// How a ban weighs on an arrangement before the times are looked at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Weighed {
    severity: Severity,
    from: Instant,
    until: Option<Instant>,
    remark: Option<String>,
}

fn weigh(case: &Case<'_>, ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> Option<Weighed> {
    let (from, mut until) = shared(ban, arrangement.from, arrangement.until)?;
    let mut severity = severity(ban.standing, arrangement.standing);
    let remark = match fit(case, ban, arrangement) {
        Fit::None => None,
        Fit::InWords(text) => {
            // Supervised contact under an exception for supervised contact is no clash, only something to check.
            if arrangement.supervision.is_some() && text.to_lowercase().contains("begeleid") {
                severity = Severity::Note;
            }
            Some(format!(
                "Let op: het verbod kent een uitzondering (\"{text}\"). Ga na of deze regeling daaronder valt."
            ))
        }
        Fit::NotMet(why) => Some(format!("Het verbod kent een uitzondering, maar {why}.")),
        Fit::From(start, text) => Some(match start.filter(|start| *start > from) {
            Some(start) => {
                until = Some(until.map_or(start, |end| end.min(start)));
                format!(
                    "De uitzondering in het verbod (\"{text}\") helpt pas als de begeleiding er is, vanaf {}.",
                    dutch_date(local_date(&start))
                )
            }
            None => {
                severity = Severity::Note;
                format!(
                    "De regeling past binnen de uitzondering in het verbod (\"{text}\"), zolang aan die voorwaarden wordt voldaan."
                )
            }
        }),
    };
    Some(Weighed { severity, from, until, remark })
}

fn clash(
    case: &Case<'_>,
    bans: &[&Ban<'_>],
    arrangement: &Arrangement<'_>,
    weighed: Weighed,
    times: Option<&Times>,
    found: &mut Collector,
) {
    let Some(ban) = bans.first() else { return };
    let banned = ban_times(ban, weighed.from, weighed.until);
    let Some((overlaps, begin, end)) = meeting(times, banned.as_ref(), weighed.from, weighed.until) else { return };
    let persons = bans.iter().map(|ban| ban.protected).chain([ban.restrained]);
    let mut draft = draft_of(weighed.severity, persons, begin, end);
    draft.lead = Some(Lead {
        before: format!("{} verbiedt {} contact met ", sentence(&ban_with_period(ban)), case.name(ban.restrained)),
        persons: bans.iter().map(|ban| ban.protected.clone()).collect(),
        after: ".",
    });
    draft.sentences = explain(case, bans, arrangement, overlaps, times);
    draft.sentences.extend(weighed.remark);
    finish(&mut draft, ban, arrangement);
    draft.overlaps = overlaps.map(|found| (arrangement.rule, found)).into_iter().collect();
    found.add(ConflictKind::BanAgainstContact, ids(ban, arrangement), draft);
}

/// Times at which a ban with times of its own holds.
fn ban_times(ban: &Ban<'_>, from: Instant, until: Option<Instant>) -> Option<Times> {
    let own = ban.rule.and_then(|rule| rule.schedule.as_ref())?;
    let bound = plus_local_days(&from, 366);
    Some(schedule::times(own, &from, &until.map_or(bound, |end| end.min(bound))))
}

type Meeting = (Option<Overlaps>, Instant, Option<Instant>);

fn meeting(times: Option<&Times>, banned: Option<&Times>, from: Instant, until: Option<Instant>) -> Option<Meeting> {
    let Some(times) = times.filter(|times| !times.unreadable) else { return Some((None, from, until)) };
    let narrowed = banned.filter(|banned| !banned.unreadable).map(|banned| {
        let list = times.list.iter().filter(|(begin, end)| banned.list.iter().any(|(b, e)| begin < e && b < end));
        Times { list: list.copied().collect(), more: times.more || banned.more, unreadable: false }
    });
    let times = narrowed.as_ref().unwrap_or(times);
    if beyond_count(times, &from) {
        return Some((None, from, until));
    }
    let (overlaps, last) = within(times, &from, until.as_ref())?;
    let end = if overlaps.more { until } else { Some(until.map_or(last, |end| end.min(last))) };
    Some((Some(overlaps), overlaps.first_from.max(from), end))
}

fn explain(
    case: &Case<'_>,
    bans: &[&Ban<'_>],
    arrangement: &Arrangement<'_>,
    overlaps: Option<Overlaps>,
    times: Option<&Times>,
) -> Vec<String> {
    let Some(ban) = bans.first() else { return Vec::new() };
    let whom = case.names(bans.iter().map(|ban| ban.protected));
    let mut lines = vec![match overlaps {
        _ if ban.awaits_finality() => {
            format!("{} laat contact met {whom} toe, ook als het verbod dan geldt.", sentence(arrangement.words))
        }
        Some(found) => format!(
            "{} laat in die tijd contact met {whom} toe: voor het eerst op {}{}.",
            sentence(arrangement.words),
            occurrence_words(&found.first_from, &found.first_until),
            how_often(&found)
        ),
        None if times.is_some_and(|times| times.unreadable) => format!(
            "{} laat in die tijd contact met {whom} toe; de herhaling van de tijden is niet te lezen, dus de hele periode telt mee.",
            sentence(arrangement.words)
        ),
        None if times.is_some() => format!(
            "{} laat ook in die tijd contact met {whom} toe; zo ver vooruit zijn de tijden niet uitgeteld.",
            sentence(arrangement.words)
        ),
        None => {
            format!("{} laat in die tijd contact met {whom} toe, zonder vaste tijden.", sentence(arrangement.words))
        }
    }];
    let extra = standing_words(ban, arrangement.standing, arrangement.words);
    let lifting = ways_out::no_lifting(ban.instrument);
    let tail = format!("{extra}{lifting}");
    if !tail.is_empty() {
        lines.push(tail.trim().to_owned());
    }
    lines
}

/// What follows the first time: how often in all, or that it goes on where nobody can count to an end.
pub(in crate::conflicts) fn how_often(overlaps: &Overlaps) -> String {
    if overlaps.more {
        return ", en daarna telkens weer, zolang beide gelden".to_owned();
    }
    format!("; in de tijd van het verbod {} keer", overlaps.count)
}

fn finish(draft: &mut Draft, ban: &Ban<'_>, arrangement: &Arrangement<'_>) {
    let (mut ways, sources) = ways_out::of_ban(ban);
    let (own, own_source) = ways_out::of_arrangement(arrangement);
    ways.push(own);
    draft.ways_out = ways;
    draft.sources.extend(sources);
    draft.sources.extend([own_source, Source::Istanbul31]);
}

fn ids(ban: &Ban<'_>, arrangement: &Arrangement<'_>) -> Vec<FactId> {
    vec![ban.id.clone(), arrangement.id.clone()]
}

/// Whether two places are known to be the same; none when that cannot be seen from the dossier.
pub(in crate::conflicts) fn places_meet(case: &Case<'_>, ban: &Ban<'_>, place: &Place) -> Option<bool> {
    let banned = ban.rule.map_or(&[][..], |rule| &rule.places);
    let target = place.address.as_ref().and_then(|id| case.address(id));
    let mut unknown = banned.is_empty();
    for one in banned {
        match (one.address.as_ref().and_then(|id| case.address(id)), target) {
            (Some((_, a)), Some((_, b))) if same_place(a, b) => return Some(true),
            (Some(_), Some(_)) if one.radius_metres.is_none() => {}
            _ if one.description.trim().eq_ignore_ascii_case(place.description.trim()) => return Some(true),
            _ => unknown = true,
        }
    }
    if unknown { None } else { Some(false) }
}

fn place_clash(
    case: &Case<'_>,
    bans: &Bans<'_>,
    arrangement: &Arrangement<'_>,
    adult: &PersonId,
    place: &Place,
    found: &mut Collector,
) {
    let protected: BTreeSet<&PersonId> =
        arrangement.children.iter().flat_map(|child| case.parents_of(child).chain(std::iter::once(*child))).collect();
    for whom in protected {
        let (list, _) = overlapping(bans, adult, whom, &arrangement.from, arrangement.until.as_ref());
        for ban in list.into_iter().filter(|ban| ban.about != About::Contact && ban.measure.is_some()) {
            let known = places_meet(case, ban, place);
            if known != Some(true) || ban.measure.map(|m| &m.id) == arrangement.measure_id() {
                continue;
            }
            let Some((from, until)) = shared(ban, arrangement.from, arrangement.until) else { continue };
            let times = times_of(case, arrangement, from, until);
            let Some((overlaps, begin, end)) = meeting(times.as_ref(), None, from, until) else { continue };
            let mut draft = draft_of(severity(ban.standing, arrangement.standing), [adult, whom], begin, end);
            let first = overlaps.map_or_else(String::new, |found| {
                let at = occurrence_words(&found.first_from, &found.first_until);
                format!(" Voor het eerst op {at}{}.", how_often(&found))
            });
            draft.sentences.push(format!(
                "{} verbiedt {} te komen op {}; {} laat het contact daar plaatsvinden.{first}{}{}",
                sentence(&ban_with_period(ban)),
                case.name(adult),
                case.place_words(place),
                arrangement.words,
                standing_words(ban, arrangement.standing, arrangement.words),
                ways_out::no_lifting(ban.instrument)
            ));
            finish(&mut draft, ban, arrangement);
            draft.ways_out.push("De familierechter kan een andere plaats voor het contact bepalen.".to_owned());
            draft.overlaps = overlaps.map(|found| (arrangement.rule, found)).into_iter().collect();
            found.add(ConflictKind::BanAgainstPlace, ids(ban, arrangement), draft);
        }
    }
}

/// Whether an arrangement is decided, so that its times are more than an intention.
pub(in crate::conflicts) fn is_decided(standing: Standing) -> bool {
    matches!(standing, Standing::InForce | Standing::NotYet)
}
