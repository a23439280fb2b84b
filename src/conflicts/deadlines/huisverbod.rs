//! Terms of the tijdelijk huisverbod. The terms of a ban run by the local clock; the Algemene
//! termijnenwet does not apply to them (art. 13 Wth).

use super::{Deadline, DeadlineStatus, Term, hearing_by};
use crate::conflicts::bans::{Bans, Standing};
use crate::conflicts::case::Case;
use crate::conflicts::sources::Source;
use crate::dossier::model::{Instrument, Matter, MatterKind, Measure, MeasureState, Request, RequestKind};
use crate::shared::ids::FactId;
use crate::shared::moment::{
    Instant, dutch_date, dutch_weekday_date, local_date, plus_local_days, start_of_day, told_moment,
};
use crate::shared::terms::{TermLength, end_of_day, plain_end, statutory_end};
use chrono::NaiveDate;

/// Length of a huisverbod from a day on; the law may change, so these are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::conflicts) struct HuisverbodTerms {
    /// First day on which they apply.
    pub since: (i32, u32, u32),
    /// Days of the ban (art. 2 lid 1 Wth).
    pub days: u64,
    /// Days from imposition to the last end after extension (art. 9 lid 1 Wth: four weeks).
    pub max_days: u64,
}

/// Terms by date, the newest last.
const TERMS: [HuisverbodTerms; 1] = [HuisverbodTerms { since: (2009, 1, 1), days: 10, max_days: 28 }];

/// Terms that apply to a ban imposed on a day.
pub(in crate::conflicts) fn terms_on(day: NaiveDate) -> HuisverbodTerms {
    let begins = |terms: &&HuisverbodTerms| {
        let (year, month, first) = terms.since;
        NaiveDate::from_ymd_opt(year, month, first).is_some_and(|since| since <= day)
    };
    let [oldest, ..] = TERMS;
    TERMS.iter().rev().find(begins).copied().unwrap_or(oldest)
}

/// Moment of imposition.
pub(in crate::conflicts) fn imposed_at(measure: &Measure) -> Option<Instant> {
    measure.starts.or(measure.decided_at)
}

/// Finds the deadlines of every huisverbod and of its review.
pub(super) fn find(case: &Case<'_>, bans: &Bans<'_>, all: &mut Vec<Deadline>) {
    let imposed = |m: &&Measure| {
        m.instrument == Instrument::Huisverbod && !matches!(m.state, MeasureState::Proposed | MeasureState::Annulled)
    };
    let reviews: Vec<(NaiveDate, Option<&Matter>)> = reviews(case);
    for measure in case.dossier.measures.iter().filter(imposed) {
        let Some(at) = imposed_at(measure) else { continue };
        let extension = case
            .dossier
            .measures
            .iter()
            .find(|m| m.extends.as_ref() == Some(&measure.id) && m.state != MeasureState::Annulled);
        all.push(extend_in_time(case, measure, at, extension));
        all.push(last_end(case, bans, measure, at));
        all.push(appeal(case, measure, &reviews));
    }
    for request in case.dossier.requests.iter().filter(|r| r.kind == RequestKind::LiftHuisverbod) {
        if let Some(on) = request.on {
            all.push(hearing(case, request, on));
            all.extend(counsel(case, request, on));
        }
    }
}

/// Days on which review was asked, with its matter.
fn reviews<'a>(case: &Case<'a>) -> Vec<(NaiveDate, Option<&'a Matter>)> {
    let matters = case.dossier.matters.iter().filter(|m| m.kind == MatterKind::HuisverbodReview);
    let filed = matters.filter_map(|m| m.filed_on.map(|on| (on, Some(m))));
    let asked = case.dossier.requests.iter().filter(|r| r.kind == RequestKind::LiftHuisverbod);
    filed.chain(asked.filter_map(|r| r.on.map(|on| (on, None)))).collect()
}

fn extend_in_time(case: &Case<'_>, measure: &Measure, imposed: Instant, extension: Option<&Measure>) -> Deadline {
    let terms = terms_on(local_date(&imposed));
    let at = plus_local_days(&imposed, terms.days);
    let lifted = measure.ended_early.is_some_and(|early| early < at);
    let decided = extension.filter(|m| m.state != MeasureState::Proposed);
    let met = lifted || decided.is_some_and(|m| m.decided_at.is_none_or(|decision| decision <= at));
    let mut rule = format!(
        "Opgelegd op {}; {} dagen later op dezelfde kloktijd. De Algemene termijnenwet geldt niet.",
        told_moment(&imposed),
        terms.days
    );
    if let Some(ends) = measure.ends.filter(|ends| *ends != at) {
        rule.push_str(&format!(" In het dossier staat als einde {}; dat wijkt af van de wet.", told_moment(&ends)));
    }
    match (lifted, extension) {
        (true, _) => rule.push_str(" Het huisverbod is eerder geëindigd."),
        (false, Some(m)) if m.state == MeasureState::Proposed => {
            rule.push_str(" Verlenging is voorgesteld; het besluit is nog niet genomen.");
        }
        _ => {}
    }
    Term {
        what: "Einde van het huisverbod; een besluit tot verlenging moet vóór dit moment zijn genomen".to_owned(),
        at,
        rule,
        source: if extension.is_some() { Source::Wth9 } else { Source::Wth2 },
        who: "de burgemeester (verlengen kan niet in mandaat door de hulpofficier)",
        if_missed: "Het huisverbod eindigt; verlengen kan daarna niet meer.".to_owned(),
        fact: FactId::from(&measure.id),
        met,
        alarm: true,
    }
    .into_deadline(case)
}

fn last_end(case: &Case<'_>, bans: &Bans<'_>, measure: &Measure, imposed: Instant) -> Deadline {
    let terms = terms_on(local_date(&imposed));
    let at = plus_local_days(&imposed, terms.max_days);
    let followed = |person| {
        measure.restrained.iter().all(|restrained| {
            bans.of(restrained, person).any(|ban| {
                ban.standing == Standing::InForce
                    && !matches!(ban.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension)
                    && ban.about == crate::conflicts::bans::About::Home
                    && ban.from <= at
                    && ban.until.is_none_or(|end| end > at)
            })
        })
    };
    let ended = measure.ended_early.is_some_and(|early| early < at);
    Term {
        what: "Uiterste einde van het huisverbod, ook na verlenging".to_owned(),
        at,
        rule: format!(
            "{} dagen (vier weken) na oplegging op {}, op dezelfde kloktijd; gerekend vanaf de oplegging, niet vanaf de verlenging.",
            terms.max_days,
            told_moment(&imposed)
        ),
        source: Source::Wth9,
        who: "de familierechter of een andere bevoegde instantie, voor wat daarna geldt",
        if_missed: "Daarna geldt geen huisverbod meer; zonder beslissing van een andere instantie kan de uithuisgeplaatste terugkeren.".to_owned(),
        fact: FactId::from(&measure.id),
        met: ended || (!measure.protected.is_empty() && measure.protected.iter().all(followed)),
        alarm: true,
    }
    .into_deadline(case)
}

/// Appeal to the court: six weeks from the day after the decision was made known.
fn appeal(case: &Case<'_>, measure: &Measure, reviews: &[(NaiveDate, Option<&Matter>)]) -> Deadline {
    let known = measure.notified_at.or(measure.decided_at).or(measure.starts).map_or(case.on, |at| local_date(&at));
    let last = statutory_end(known, TermLength::Weeks(6));
    let mut deadline = Term {
        what: "Beroep bij de rechtbank tegen het huisverbod".to_owned(),
        at: end_of_day(last),
        rule: format!(
            "Zes weken vanaf de dag na de bekendmaking op {} (art. 6:8 Awb), zo nodig verlengd door de Algemene termijnenwet. Het beroep ziet ook op een verlenging die wordt betwist (art. 9 lid 2 Wth).",
            dutch_date(known)
        ),
        source: Source::Awb67,
        who: "de uithuisgeplaatste of een andere belanghebbende",
        if_missed: "Het beroep is te laat en in beginsel niet-ontvankelijk.".to_owned(),
        fact: FactId::from(&measure.id),
        met: reviews.iter().any(|(on, _)| *on >= known && *on <= last),
        alarm: false,
    }
    .into_deadline(case);
    let filed_on_unknown_day =
        case.dossier.matters.iter().any(|m| m.kind == MatterKind::HuisverbodReview && m.filed_on.is_none());
    if deadline.status != DeadlineStatus::Met && filed_on_unknown_day {
        deadline.status = DeadlineStatus::Unknown;
        deadline.rule.push_str(" Er is beroep ingesteld; op welke dag staat niet in het dossier.");
    }
    deadline
}

/// Hearing of the banned person within three days after a request for a provisional measure.
fn hearing(case: &Case<'_>, request: &Request, on: NaiveDate) -> Deadline {
    let last = plain_end(on, TermLength::Days(3));
    let at = end_of_day(last);
    let hearings = case.matter(&request.matter).map_or(&[][..], |matter| &matter.hearings);
    let (met, remark) = hearing_by(case, hearings, on, &at);
    let prolonged = statutory_end(on, TermLength::Days(3));
    let prolonging = if prolonged == last {
        String::new()
    } else {
        format!(
            " Past men de Algemene termijnenwet op deze termijn toe, dan is het uiterlijk {}; plan op de derde dag.",
            dutch_weekday_date(prolonged)
        )
    };
    Term {
        what: "De uithuisgeplaatste horen over het verzoek om een voorlopige voorziening".to_owned(),
        at,
        rule: format!(
            "Binnen drie dagen na het verzoek van {} (dagen, geen werkdagen).{remark}{prolonging}",
            dutch_date(on)
        ),
        source: Source::Wth6,
        who: "de voorzieningenrechter",
        if_missed: "De wettelijke termijn is overschreden; het huisverbod loopt door totdat is beslist.".to_owned(),
        fact: FactId::from(&request.id),
        met,
        alarm: true,
    }
    .into_deadline(case)
}

/// Counsel within 24 hours after the banned person asked for it; nothing when there is counsel already.
fn counsel(case: &Case<'_>, request: &Request, on: NaiveDate) -> Option<Deadline> {
    let person = crate::shared::ids::PersonId(request.by.0.clone());
    if case.person(&person).is_some_and(|p| p.counsel.is_some()) {
        return None;
    }
    let term = Term {
        what: "Raadsman voor de uithuisgeplaatste die daarom vraagt".to_owned(),
        at: plus_local_days(&start_of_day(on), 1),
        rule: format!(
            "24 uur nadat de uithuisgeplaatste om een raadsman heeft gevraagd. Of en wanneer dat is gebeurd, staat niet in het dossier; gerekend vanaf het begin van {}, de dag van het verzoek aan de rechter.",
            dutch_date(on)
        ),
        source: Source::Wth5,
        who: "de burgemeester",
        if_missed: "De uithuisgeplaatste staat zonder bijstand voor de voorzieningenrechter.".to_owned(),
        fact: FactId::from(&request.id),
        met: false,
        alarm: false,
    };
    Some(term.into_deadline(case))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::moment::{from_local, to_local};
    use proptest::prelude::*;
    use rstest::rstest;

    fn local(text: &str) -> Instant {
        from_local(text.parse().unwrap())
    }

    #[rstest]
    // Published case across the change to summer time: 239 real hours, the same clock time.
    #[case("2010-03-27T20:00:00", "2010-04-06T20:00:00", "2010-04-24T20:00:00")]
    // Across the change to winter time.
    #[case("2026-10-20T09:15:00", "2026-10-30T09:15:00", "2026-11-17T09:15:00")]
    // Ends on a Sunday: not prolonged.
    #[case("2026-11-12T08:00:00", "2026-11-22T08:00:00", "2026-12-10T08:00:00")]
    // Published times: imposed 1 November 2020 at 09.17.
    #[case("2020-11-01T09:17:00", "2020-11-11T09:17:00", "2020-11-29T09:17:00")]
    fn a_ban_ends_on_the_same_clock_time(#[case] imposed: &str, #[case] end: &str, #[case] last: &str) {
        let terms = terms_on(local_date(&local(imposed)));
        assert_eq!(plus_local_days(&local(imposed), terms.days), local(end));
        assert_eq!(plus_local_days(&local(imposed), terms.max_days), local(last));
    }

    #[test]
    fn the_published_ban_across_summer_time_lasts_239_hours() {
        let imposed = local("2010-03-27T20:00:00");
        assert_eq!((plus_local_days(&imposed, 10) - imposed).num_hours(), 239);
    }

    proptest! {
        #[test]
        fn the_end_has_the_clock_time_of_the_imposition(days in 0_i64..14_600, minute in 0_i64..1440) {
            let begin = NaiveDate::from_ymd_opt(2009, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
            let imposed = from_local(begin + chrono::Duration::minutes(days * 1440 + minute));
            let clock = to_local(&imposed).time();
            for term in [10, 28] {
                let end = to_local(&plus_local_days(&imposed, term));
                prop_assert_eq!((end.date() - local_date(&imposed)).num_days(), i64::try_from(term).unwrap());
                // Only a time that does not exist on the night of the change may differ.
                let skipped = (end.time() - clock).num_minutes() == 60 && clock.format("%H").to_string() == "02";
                prop_assert!(end.time() == clock || skipped, "{} {}", clock, end);
            }
        }
    }

    #[test]
    fn bans_from_before_the_act_take_its_first_terms() {
        assert_eq!(terms_on(NaiveDate::from_ymd_opt(2000, 1, 1).unwrap()).days, 10);
    }
}
