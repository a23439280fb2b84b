//! Terms of the provisional measures in divorce (art. 821-826 Rv).

use super::{Deadline, Term, hearing_by};
use crate::conflicts::case::Case;
use crate::conflicts::sources::Source;
use crate::dossier::model::{Hearing, Instrument, MatterKind, MatterState, MeasureState, ProvisionalPlan};
use crate::shared::ids::{FactId, MatterId};
use crate::shared::moment::{Instant, dutch_date, dutch_moment, local_date};
use crate::shared::terms::{end_of_day, last_working_day_before};
use chrono::{Datelike, Days, NaiveDate};

/// A request for provisional measures that is still open.
pub(in crate::conflicts) struct Filing {
    /// Day of filing.
    pub filed_on: Option<NaiveDate>,
    /// First hearing on or after the reference date.
    pub hearing: Option<Instant>,
}

/// Open requests: pending matters, and the plan when its matter is not among them.
pub(in crate::conflicts) fn filings(case: &Case<'_>) -> Vec<Filing> {
    let open =
        |state: MatterState| !matches!(state, MatterState::Final | MatterState::Withdrawn | MatterState::Decided);
    let mut all: Vec<Filing> = case
        .dossier
        .matters
        .iter()
        .filter(|m| m.kind == MatterKind::ProvisionalMeasures && open(m.state))
        .map(|m| Filing {
            filed_on: m.filed_on,
            hearing: m.hearings.iter().map(|h| h.at).filter(|at| *at >= case.now).min(),
        })
        .collect();
    if let Some(plan) = planned(case).filter(|_| all.is_empty()) {
        all.push(Filing { filed_on: plan.filed_on, hearing: plan.hearing_at });
    }
    all
}

fn planned<'a>(case: &Case<'a>) -> Option<&'a ProvisionalPlan> {
    case.dossier.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref())
}

/// Last working day of the third week after the week of filing: by then the hearing must begin.
pub(in crate::conflicts) fn hearing_guarantee(filed: NaiveDate) -> NaiveDate {
    let to_next_monday = 7 - u64::from(filed.weekday().num_days_from_monday());
    let after_third_week = filed.checked_add_days(Days::new(to_next_monday + 21)).unwrap_or(filed);
    last_working_day_before(after_third_week)
}

/// Four weeks after the date of an order given before the divorce petition.
pub(in crate::conflicts) fn petition_before(order: NaiveDate) -> NaiveDate {
    order.checked_add_days(Days::new(28)).unwrap_or(order)
}

/// Finds the deadlines of provisional measures.
pub(super) fn find(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let matters = case.dossier.matters.iter().filter(|m| m.kind == MatterKind::ProvisionalMeasures);
    for matter in matters.filter(|m| m.state != MatterState::Withdrawn) {
        if let Some(filed) = matter.filed_on {
            all.push(hearing(case, &matter.id, filed, &matter.hearings));
        }
    }
    petition(case, all);
}

fn hearing(case: &Case<'_>, matter: &MatterId, filed: NaiveDate, hearings: &[Hearing]) -> Deadline {
    let at = end_of_day(hearing_guarantee(filed));
    let (met, remark) = hearing_by(case, hearings, filed, &at);
    Term {
        what: "Begin van de zitting over de voorlopige voorzieningen".to_owned(),
        at,
        rule: format!(
            "Niet later dan in de derde week na de week van indiening ({}); gerekend tot de laatste werkdag van die week.{remark}",
            dutch_date(filed)
        ),
        source: Source::Rv821,
        who: "de rechtbank",
        if_missed: "De wettelijke waarborg van een tijdige zitting is niet gehaald; de aanvrager kan een eerdere datum vragen of een kort geding beginnen.".to_owned(),
        fact: FactId::from(matter),
        met,
        alarm: false,
    }
    .into_deadline(case)
}

/// An order given before the divorce petition lapses unless the petition follows within four weeks.
fn petition(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let divorce =
        case.dossier.matters.iter().filter(|m| m.kind == MatterKind::Divorce && m.state != MatterState::Withdrawn);
    let plan = planned(case);
    let filed = divorce.filter_map(|m| m.filed_on).chain(plan.and_then(|plan| plan.divorce_filed_on)).min();
    let orders = case.dossier.measures.iter().filter(|m| {
        m.instrument == Instrument::VoorlopigeVoorziening
            && !matches!(m.state, MeasureState::Proposed | MeasureState::Annulled)
    });
    for measure in orders {
        if let Some(decided) = measure.decided_at {
            let order = local_date(&decided);
            all.extend(lapse(case, order, filed, FactId::from(&measure.id), false));
        }
    }
    let ordered =
        |matter: &MatterId| case.dossier.measures.iter().any(|m| m.matter == *matter && m.decided_at.is_some());
    let grants = |plan: &ProvisionalPlan| plan.items.is_empty() || plan.items.iter().any(|item| !item.refused);
    if let Some(plan) = plan.filter(|plan| !ordered(&plan.matter) && grants(plan)) {
        let lapse = |order| lapse(case, order, filed, FactId::from(&plan.matter), true);
        all.extend(plan.order_date.and_then(lapse).map(Deadline::if_followed));
    }
}

fn lapse(case: &Case<'_>, order: NaiveDate, filed: Option<NaiveDate>, fact: FactId, planned: bool) -> Option<Deadline> {
    // A petition filed on or before the day of the order leaves nothing to lapse.
    if filed.is_some_and(|day| day <= order) {
        return None;
    }
    let last = petition_before(order);
    let at = end_of_day(last);
    let given = if planned { "de voorgenomen beschikking" } else { "de beschikking" };
    Some(
        Term {
            what: "Verzoek tot echtscheiding indienen, anders vervalt de voorlopige voorziening".to_owned(),
            at,
            rule: format!(
                "Vier weken na de dagtekening van {given} ({}). Reken niet op verlenging door de Algemene termijnenwet; dien in vóór {}.",
                dutch_date(order),
                dutch_moment(&end_of_day(last_working_day_before(last)))
            ),
            source: Source::Rv821,
            who: "de echtgenoot die de voorziening vroeg, met een advocaat",
            if_missed: "De voorlopige voorziening verliest haar kracht.".to_owned(),
            fact,
            met: filed.is_some_and(|day| day <= last),
            alarm: true,
        }
        .into_deadline(case),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    // Any day of the same week gives the same guarantee.
    #[case("2026-11-16", "2026-12-11")]
    #[case("2026-11-20", "2026-12-11")]
    #[case("2026-11-22", "2026-12-11")]
    #[case("2026-09-21", "2026-10-16")]
    // Third week with Christmas on Friday: Thursday is the last working day.
    #[case("2026-12-01", "2026-12-24")]
    fn the_hearing_begins_in_the_third_week_after_filing(#[case] filed: &str, #[case] last: &str) {
        assert_eq!(hearing_guarantee(day(filed)), day(last));
    }

    #[rstest]
    // Imposed on a weekday, filed in the same week: the hearing is sure to begin before day 28.
    #[case("2026-11-10", "2026-11-13", true)]
    // One week later it is not.
    #[case("2026-11-10", "2026-11-16", false)]
    // Imposed on Saturday or Sunday: the next week still does.
    #[case("2026-11-14", "2026-11-20", true)]
    #[case("2026-11-15", "2026-11-16", true)]
    #[case("2026-11-15", "2026-11-23", false)]
    fn the_guarantee_saves_the_ban_only_when_filed_early(
        #[case] imposed: &str,
        #[case] filed: &str,
        #[case] sure: bool,
    ) {
        let end = day(imposed).checked_add_days(Days::new(28)).unwrap();
        assert_eq!(hearing_guarantee(day(filed)) < end, sure);
    }

    #[rstest]
    #[case("2026-12-17", "2027-01-14")]
    #[case("2026-02-01", "2026-03-01")]
    fn the_petition_must_follow_within_four_weeks(#[case] order: &str, #[case] last: &str) {
        assert_eq!(petition_before(day(order)), day(last));
    }
}
