//! An exception in a ban that is, or will become, empty: the GI it needs is there only during an
//! ondertoezichtstelling that ends earlier, the supervisor did not agree or is not available
//! yet, or no arrangement makes use of it.

use super::contact::is_decided;
use super::{Collector, Draft, ban_with_period, shared};
use crate::conflicts::arrangements::Arrangement;
use crate::conflicts::bans::{About, Ban, Bans, Standing, period};
use crate::conflicts::case::{Case, sentence};
use crate::conflicts::model::{ConflictKind, Severity};
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Conduct, Instrument, OrganisationKind, RuleException};
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::moment::{Instant, dutch_date, local_date, start_of_day, told_moment};
use std::collections::{BTreeMap, BTreeSet};

/// Per child: the ondertoezichtstellingen with their periods.
type Supervised<'a> = BTreeMap<&'a PersonId, Vec<(Instant, Option<Instant>)>>;

/// Finds exceptions that cannot be used.
pub(in crate::conflicts) fn find(case: &Case<'_>, bans: &Bans<'_>, all: &[Arrangement<'_>], found: &mut Collector) {
    let supervised = supervision_orders(case);
    let mut by_pair: BTreeMap<(&PersonId, &PersonId), Vec<&Arrangement<'_>>> = BTreeMap::new();
    for arrangement in all {
        for adult in &arrangement.adults {
            for child in &arrangement.children {
                by_pair.entry((adult, child)).or_default().push(arrangement);
            }
        }
    }
    for ban in bans.all.iter().filter(|ban| ban.about == About::Contact && case.is_child(ban.protected)) {
        let arranged = by_pair.get(&(ban.restrained, ban.protected)).map_or(&[][..], |list| list);
        for exception in ban.rule.map_or(&[][..], |rule| &rule.exceptions) {
            let applies = exception.allows == Conduct::Contact
                && (exception.with.is_empty() || exception.with.contains(ban.protected));
            if applies {
                one(case, ban, exception, arranged, &supervised, found);
            }
        }
    }
}

fn supervision_orders<'a>(case: &Case<'a>) -> Supervised<'a> {
    let mut all: Supervised<'a> = BTreeMap::new();
    for measure in case.dossier.measures.iter().filter(|m| m.instrument == Instrument::Ondertoezichtstelling) {
        let Some((from, until, Standing::InForce | Standing::NotYet)) = period(case, measure) else { continue };
        for child in measure.protected.iter().chain(&measure.restrained).filter(|id| case.is_child(id)) {
            all.entry(child).or_default().push((from, until));
        }
    }
    all
}

fn one(
    case: &Case<'_>,
    ban: &Ban<'_>,
    exception: &RuleException,
    arranged: &[&Arrangement<'_>],
    supervised: &Supervised<'_>,
    found: &mut Collector,
) {
    let mut problems = Vec::new();
    if let Some(through) = &exception.through {
        if case.organisation_kind(through) == Some(OrganisationKind::GecertificeerdeInstelling) {
            problems.extend(without_gi(case, ban, through, supervised));
        }
        problems.extend(without_supervisor(case, ban, through, arranged));
    }
    let used = arranged.iter().any(|a| a.by_authority && (is_decided(a.standing) || a.standing == Standing::Planned));
    if exception.only_arranged && !used {
        let text = format!(
            "er is in het dossier geen regeling van een rechter of GI voor het contact tussen {} en {}",
            case.name(ban.restrained),
            case.name(ban.protected)
        );
        problems.push((Severity::Note, ban.from, ban.until, text));
    }
    for (severity, from, until, text) in problems {
        add(ban, exception, severity, (from, until), &text, found);
    }
}

type Problem = (Severity, Instant, Option<Instant>, String);

fn without_gi(case: &Case<'_>, ban: &Ban<'_>, through: &PartyId, supervised: &Supervised<'_>) -> Option<Problem> {
    let (gi, child) = (case.party(through), case.name(ban.protected));
    let orders = supervised.get(ban.protected).map_or(&[][..], |list| list);
    if orders.is_empty() {
        let text = format!(
            "zij vraagt de betrokkenheid van {gi}, maar in het dossier staat geen ondertoezichtstelling van {child}"
        );
        return Some((Severity::Warning, ban.from, ban.until, text));
    }
    let last = orders.iter().map(|(_, until)| *until).try_fold(None, |latest: Option<Instant>, until| {
        let end = until?;
        Some(Some(latest.map_or(end, |old| old.max(end))))
    });
    // An ondertoezichtstelling without a known end gives no ground to call the exception empty.
    let end = last.flatten()?;
    let (from, until) = shared(ban, end, None)?;
    let text = format!(
        "zij vraagt de betrokkenheid van {gi}, en de ondertoezichtstelling van {child} eindigt op {}, eerder dan het verbod",
        told_moment(&end)
    );
    Some((Severity::Warning, from, until, text))
}

fn without_supervisor(
    case: &Case<'_>,
    ban: &Ban<'_>,
    through: &PartyId,
    arranged: &[&Arrangement<'_>],
) -> Option<Problem> {
    let who = case.party(through);
    let supervision = arranged.iter().filter_map(|a| a.supervision).find(|s| s.by == *through)?;
    if supervision.agreed == Some(false) {
        return Some((Severity::Warning, ban.from, ban.until, format!("{who} heeft de begeleiding niet aanvaard")));
    }
    let later = supervision.available_from.map(start_of_day).filter(|day| *day > ban.from.max(case.now));
    if let Some(day) = later {
        let until = ban.until.map_or(day, |end| end.min(day));
        let text = format!("{who} is pas beschikbaar vanaf {}", dutch_date(local_date(&day)));
        return Some((Severity::Warning, ban.from, Some(until), text));
    }
    supervision.agreed.is_none().then(|| {
        (
            Severity::Note,
            ban.from,
            ban.until,
            format!("in het dossier staat niet dat {who} de begeleiding heeft aanvaard"),
        )
    })
}

fn add(
    ban: &Ban<'_>,
    exception: &RuleException,
    severity: Severity,
    (from, until): (Instant, Option<Instant>),
    text: &str,
    found: &mut Collector,
) {
    let (mut ways, sources) = ways_out::of_ban(ban);
    ways.push("De kinderrechter kan de ondertoezichtstelling verlengen, op verzoek van de GI of, als die dat niet doet, van de Raad (art. 1:260 BW).".to_owned());
    ways.push("De familierechter kan de regeling laten eindigen of stilliggen zolang de uitzondering niet kan worden gebruikt.".to_owned());
    let severity = if ban.standing == Standing::InForce { severity } else { severity.max(Severity::Note) };
    let draft = Draft {
        severity,
        persons: BTreeSet::from([ban.restrained.clone(), ban.protected.clone()]),
        from: Some(from),
        until,
        overlaps: BTreeMap::new(),
        lead: None,
        sentences: vec![format!(
            "{} kent een uitzondering (\"{}\") die niet kan worden gebruikt: {text}.",
            sentence(&ban_with_period(ban)),
            exception.text
        )],
        sources: sources.into_iter().chain([Source::Hr20191806, Source::Bw255]).collect(),
        ways_out: ways,
    };
    found.add(ConflictKind::EmptyException, vec![ban.id.clone()], draft);
}
