//! Measures that can be: times in order, a rule that can be expanded, an adult under a huisverbod.

use crate::dossier::model::{Dossier, Instrument, Measure, MeasureState, Schedule};
use crate::intake::Problem;
use crate::shared::moment::local_date;
use crate::shared::recurrence;
use chrono::Datelike;
use std::ops::RangeInclusive;

/// Years in which a recurring time can begin.
const YEARS: RangeInclusive<i32> = 1900..=2200;

pub(super) fn check(dossier: &Dossier, problems: &mut Vec<Problem>) {
    for (index, measure) in dossier.measures.iter().enumerate() {
        let at = format!("/measures/{index}");
        times(measure, &at, problems);
        persons(dossier, measure, &at, problems);
        extension(dossier, measure, &at, problems);
        for (rule, schedule) in
            measure.rules.iter().enumerate().filter_map(|(rule, item)| Some((rule, item.schedule.as_ref()?)))
        {
            check_schedule(schedule, &format!("{at}/rules/{rule}/schedule"), problems);
        }
    }
    for (index, child) in dossier.plans.omgang.iter().flat_map(|plan| &plan.children).enumerate() {
        if let Some(schedule) = &child.schedule {
            check_schedule(schedule, &format!("/plans/omgang/children/{index}/schedule"), problems);
        }
    }
}

fn times(measure: &Measure, at: &str, problems: &mut Vec<Problem>) {
    let end_first = "Het einde ligt vóór het begin.";
    if let (Some(starts), Some(ends)) = (measure.starts, measure.ends)
        && ends < starts
    {
        problems.push(Problem::at(format!("{at}/ends"), "end_before_start", end_first));
    }
    if let (Some(starts), Some(early)) = (measure.starts, measure.ended_early)
        && early < starts
        && measure.state != MeasureState::Annulled
    {
        problems.push(Problem::at(format!("{at}/ended_early"), "end_before_start", end_first));
    }
    if measure.open_ended && measure.ends.is_some() {
        let message = "Een maatregel zonder einde kan geen einddatum hebben.";
        problems.push(Problem::at(format!("{at}/open_ended"), "end_contradiction", message));
    }
    if measure.state == MeasureState::Ended && measure.effective_end().is_none() {
        let message = "Een beëindigde maatregel heeft een einde nodig (ends of ended_early).";
        problems.push(Problem::at(format!("{at}/state"), "ended_without_end", message));
    }
}

fn persons(dossier: &Dossier, measure: &Measure, at: &str, problems: &mut Vec<Problem>) {
    let is_ban = matches!(
        measure.instrument,
        Instrument::Huisverbod
            | Instrument::HuisverbodExtension
            | Instrument::Gedragsaanwijzing
            | Instrument::CivielVerbod
    );
    if is_ban && measure.restrained.is_empty() {
        let message = "Een verbod heeft minstens één persoon nodig voor wie het geldt.";
        problems.push(Problem::at(format!("{at}/restrained"), "nobody_restrained", message));
    }
    for (index, person) in measure.restrained.iter().enumerate() {
        if is_ban && measure.protected.contains(person) {
            let message = "Iemand kan niet tegen zichzelf worden beschermd.";
            problems.push(Problem::at(format!("{at}/restrained/{index}"), "protected_from_self", message));
        }
        let is_huisverbod = matches!(measure.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension);
        let day = measure.starts.or(measure.decided_at).map(|starts| local_date(&starts));
        if is_huisverbod
            && let (Some(day), Some(person)) = (day, dossier.find_person(person))
            && person.is_at_least(18, day) == Some(false)
        {
            let message = "Een huisverbod kan alleen aan een meerderjarige worden opgelegd (art. 2 lid 2 Wth).";
            problems.push(Problem::at(format!("{at}/restrained/{index}"), "huisverbod_on_minor", message));
        }
    }
}

fn extension(dossier: &Dossier, measure: &Measure, at: &str, problems: &mut Vec<Problem>) {
    let Some(extended) = &measure.extends else { return };
    if *extended == measure.id {
        problems.push(Problem::at(
            format!("{at}/extends"),
            "extends_self",
            "Een maatregel kan zichzelf niet verlengen.",
        ));
        return;
    }
    let Some(base) = dossier.find_measure(extended) else { return };
    if measure.instrument == Instrument::HuisverbodExtension && base.instrument != Instrument::Huisverbod {
        let message = "Een verlenging van een huisverbod verwijst naar het opgelegde huisverbod (art. 9 lid 1 Wth).";
        problems.push(Problem::at(format!("{at}/extends"), "extends_other_kind", message));
    }
}

fn check_schedule(schedule: &Schedule, at: &str, problems: &mut Vec<Problem>) {
    if schedule.minutes == 0 {
        problems.push(Problem::at(format!("{at}/minutes"), "no_duration", "De duur is nul minuten."));
    }
    // A year beyond all use would be beyond what can be counted on from it.
    let mut moments = std::iter::once(&schedule.first).chain(&schedule.except);
    if moments.any(|moment| !YEARS.contains(&moment.year())) {
        let message = "Dit tijdstip kan niet: kies een jaar van 1900 tot en met 2200.";
        problems.push(Problem::at(format!("{at}/first"), "impossible_time", message));
        return;
    }
    let Some(rule) = &schedule.rrule else { return };
    // As it is counted later: what is let in here can be counted there.
    if recurrence::read(rule.trim(), schedule.first).is_none() {
        let message = "Dit is geen herhalingsregel (RFC 5545) die hier kan, bijvoorbeeld FREQ=WEEKLY;INTERVAL=2;BYDAY=SA. \
                       Per dag of langer, en ten hoogste 24 keer op een dag.";
        problems.push(Problem::at(format!("{at}/rrule"), "invalid_rrule", message));
    }
}
