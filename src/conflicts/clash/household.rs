//! A huisverbod reaches those who live in the home, or stay there more than incidentally. Someone
//! named in it who lives elsewhere is flagged (ECLI:NL:RBROT:2020:10182).

use super::{Collector, Draft};
use crate::conflicts::bans::{content, period};
use crate::conflicts::case::{Case, in_use, instrument_words, is_dwelling, same_place, sentence};
use crate::conflicts::model::{ConflictKind, Severity};
use crate::conflicts::sources::Source;
use crate::dossier::model::{Address, Instrument, Measure, MeasureRule};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::local_date;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Finds persons named in a huisverbod who live elsewhere.
pub(in crate::conflicts) fn find(case: &Case<'_>, found: &mut Collector) {
    let bans = case
        .dossier
        .measures
        .iter()
        .filter(|m| matches!(m.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension));
    for measure in bans {
        one(case, measure, found);
    }
}

fn one(case: &Case<'_>, measure: &Measure, found: &mut Collector) {
    let Some((from, until, _)) = period(case, measure) else { return };
    let day = local_date(&from);
    let (restrained, protected, rules) = content(case, measure);
    let homes = banned_homes(case, rules, restrained, day);
    if homes.is_empty() {
        return;
    }
    for person in protected {
        let own = dwellings(case, person, day);
        // Nothing known about where someone lives says nothing.
        if own.is_empty() || own.iter().any(|address| homes.iter().any(|home| same_place(home, address))) {
            continue;
        }
        let draft = Draft {
            severity: Severity::Warning,
            persons: std::iter::once(person).chain(restrained).cloned().collect(),
            from: Some(from),
            until,
            overlaps: BTreeMap::new(),
            lead: None,
            sentences: vec![format!(
                "{} noemt {}, die volgens het dossier op de dag van oplegging elders woonde. Een huisverbod beschermt alleen wie in de woning woont of daar anders dan incidenteel verblijft; het contactverbod voor deze persoon kan daarom geen stand houden.",
                sentence(instrument_words(measure.instrument)),
                case.name(person)
            )],
            sources: BTreeSet::from([Source::Wth1, Source::Wth2, Source::RbRot10182]),
            ways_out: vec![
                "De burgemeester kan nagaan of deze persoon anders dan incidenteel in de woning verblijft, en het huisverbod zo nodig aanpassen of intrekken.".to_owned(),
                "De bestuursrechter kan het contactverbod voor deze persoon vernietigen.".to_owned(),
                "De voorzieningenrechter kan in kort geding een contactverbod opleggen, of de officier van justitie een gedragsaanwijzing geven, als deze persoon bescherming nodig heeft.".to_owned(),
            ],
        };
        found.add(ConflictKind::BanBeyondHousehold, vec![FactId::from(&measure.id)], draft);
    }
}

/// The home of the huisverbod: as linked in its rules, otherwise where the restrained person lived.
fn banned_homes<'a>(
    case: &Case<'a>,
    rules: &[MeasureRule],
    restrained: &[PersonId],
    day: NaiveDate,
) -> Vec<&'a Address> {
    let linked: Vec<&Address> = rules
        .iter()
        .flat_map(|rule| &rule.places)
        .filter_map(|place| place.address.as_ref().and_then(|id| case.address(id)))
        .map(|(_, address)| address)
        .collect();
    if !linked.is_empty() {
        return linked;
    }
    restrained.iter().flat_map(|person| dwellings(case, person, day)).collect()
}

fn dwellings<'a>(case: &Case<'a>, person: &PersonId, day: NaiveDate) -> Vec<&'a Address> {
    let addresses = case.person(person).into_iter().flat_map(|person| &person.addresses);
    addresses.filter(|address| is_dwelling(address.kind) && in_use(address, day)).collect()
}
