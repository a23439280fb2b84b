//! Terms of family law: lapse of a suspension of gezag, hearing on a dispute about gezag, and the
//! first day for a new request after a denial of omgang.

use super::{Deadline, Term, hearing_by};
use crate::conflicts::case::Case;
use crate::conflicts::sources::Source;
use crate::dossier::model::{
    Conduct, GezagBasis, Instrument, Label, MatterKind, Measure, MeasureState, OmgangChildPlan, OmgangForm,
    RequestKind, RuleEffect,
};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::{Instant, dutch_date, local_date, start_of_day};
use crate::shared::terms::{TermLength, end_of_day, last_working_day_before, plus_months, statutory_end};
use chrono::NaiveDate;

/// Finds the deadlines of family law.
pub(super) fn find(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let decided = |m: &&Measure| !matches!(m.state, MeasureState::Proposed | MeasureState::Annulled);
    for measure in case.dossier.measures.iter().filter(decided) {
        let Some(day) = measure.decided_at.or(measure.starts).map(|at| local_date(&at)) else { continue };
        match measure.instrument {
            Instrument::SchorsingGezag => {
                all.push(suspension(case, day, FactId::from(&measure.id), &measure.protected, false))
            }
            Instrument::Omgangsregeling | Instrument::Zorgregeling if denies(measure) => {
                all.push(denial(case, day, FactId::from(&measure.id), &measure.protected, false));
            }
            Instrument::Ondertoezichtstelling | Instrument::Uithuisplaatsing => {
                all.extend(measure.effective_end().map(|end| protection_ends(case, measure, end)));
            }
            _ => {}
        }
    }
    plans(case, all);
    disputes(case, all);
}

/// A denial that ends before a new request could be made asks for no such day.
fn lasts_longer(child: &OmgangChildPlan, order: NaiveDate) -> bool {
    child.form == OmgangForm::Denied && child.until.is_none_or(|until| until >= reconsider_from(order))
}

fn denies(measure: &Measure) -> bool {
    measure.rules.iter().any(|rule| rule.effect == RuleEffect::Forbids && rule.conduct == Conduct::Contact)
}

fn plans(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let plans = &case.dossier.plans;
    if let Some(plan) = plans.gezag.as_ref().filter(|plan| plan.basis == GezagBasis::Bw1268 && !plan.refused) {
        let decided =
            case.dossier.measures.iter().any(|m| {
                m.instrument == Instrument::SchorsingGezag && m.matter == plan.matter && m.decided_at.is_some()
            });
        if let Some(day) = plan.order_date.filter(|_| !decided) {
            all.push(suspension(case, day, FactId::from(&plan.matter), &plan.children, true).if_followed());
        }
    }
    if let Some((plan, day)) = plans.omgang.as_ref().and_then(|plan| plan.order_date.map(|day| (plan, day))) {
        let denied: Vec<PersonId> =
            plan.children.iter().filter(|c| lasts_longer(c, day)).map(|c| c.child.clone()).collect();
        if !denied.is_empty() {
            all.push(denial(case, day, FactId::from(&plan.matter), &denied, true).if_followed());
        }
    }
}

fn planned_words(planned: bool) -> &'static str {
    if planned { "voorgenomen " } else { "" }
}

/// A suspension of gezag lapses three months after the day of the order.
fn suspension(case: &Case<'_>, order: NaiveDate, fact: FactId, children: &[PersonId], planned: bool) -> Deadline {
    let last = plus_months(order, 3);
    let asked = case
        .dossier
        .requests
        .iter()
        .any(|r| r.kind == RequestKind::EndGezag && r.on.is_some_and(|on| on >= order && on <= last));
    Term {
        what: format!("Beëindiging van het gezag verzoeken, anders vervalt de schorsing ({})", case.names(children)),
        at: end_of_day(last),
        rule: format!(
            "Drie maanden na de dag van de {}beschikking ({}). Reken niet op verlenging door de Algemene termijnenwet; dien in uiterlijk op {}.",
            planned_words(planned),
            dutch_date(order),
            dutch_date(last_working_day_before(last))
        ),
        source: Source::Bw268,
        who: "de Raad voor de Kinderbescherming of het openbaar ministerie",
        if_missed: "De schorsing vervalt en de ouder oefent het gezag weer uit.".to_owned(),
        fact,
        met: asked,
        alarm: true,
    }
    .into_deadline(case)
}

/// When a denial can be changed without changed circumstances: a year after it became final.
fn reconsider_from(order: NaiveDate) -> NaiveDate {
    let last = plus_months(statutory_end(order, TermLength::Months(3)), 12);
    last.succ_opt().unwrap_or(last)
}

fn denial(case: &Case<'_>, order: NaiveDate, fact: FactId, children: &[PersonId], planned: bool) -> Deadline {
    let from = reconsider_from(order);
    Term {
        what: format!("Eerste dag voor een nieuw verzoek om omgang zonder gewijzigde omstandigheden ({})", case.names(children)),
        at: start_of_day(from),
        rule: format!(
            "Een jaar nadat de {}beslissing van {} onherroepelijk is geworden; gerekend zonder hoger beroep, dus na afloop van de beroepstermijn. Bij gewijzigde omstandigheden of onjuiste gegevens kan het eerder.",
            planned_words(planned),
            dutch_date(order)
        ),
        source: Source::Bw377e,
        who: "de ouder aan wie omgang is ontzegd",
        if_missed: "Er vervalt niets: vanaf deze dag kan een nieuw verzoek worden gedaan.".to_owned(),
        fact,
        met: end_of_day(from) < case.now,
        alarm: false,
    }
    .into_deadline(case)
}

/// Hearing within six weeks on a dispute about joint gezag.
fn disputes(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let on_basis = case.dossier.requests.iter().filter(|request| {
        request.basis.as_deref().is_some_and(|basis| basis.contains("253a"))
            && case.matter(&request.matter).is_some_and(|m| matches!(m.kind, MatterKind::Omgang | MatterKind::Gezag))
    });
    for request in on_basis {
        let Some(on) = request.on else { continue };
        let at = end_of_day(statutory_end(on, TermLength::Weeks(6)));
        let hearings = case.matter(&request.matter).map_or(&[][..], |matter| &matter.hearings);
        let (met, remark) = hearing_by(case, hearings, on, &at);
        all.push(
            Term {
                what: format!(
                    "Behandeling van het verzoek van {} om {} (uitoefening van het gezag)",
                    case.dossier.party_name(&request.by),
                    request.kind.label()
                ),
                at,
                rule: format!(
                    "Zes weken na het verzoek van {}, zo nodig verlengd door de Algemene termijnenwet.{remark}",
                    dutch_date(on)
                ),
                source: Source::Bw253a,
                who: "de rechtbank",
                if_missed: "De wettelijke behandeltermijn is overschreden; het verzoek blijft open.".to_owned(),
                fact: FactId::from(&request.id),
                met,
                alarm: false,
            }
            .into_deadline(case),
        );
    }
}

fn protection_ends(case: &Case<'_>, measure: &Measure, end: Instant) -> Deadline {
    let renewed = case.dossier.measures.iter().any(|m| {
        m.extends.as_ref() == Some(&measure.id) && !matches!(m.state, MeasureState::Proposed | MeasureState::Annulled)
    });
    Term {
        what: format!(
            "Einde van {}; een verlenging moet vóór dit moment zijn beslist",
            crate::conflicts::case::instrument_words(measure.instrument)
        ),
        at: end,
        rule: "Het einde zoals het in de beslissing staat.".to_owned(),
        source: Source::Bw255,
        who: "de kinderrechter, op verzoek van de GI of, als die niet verzoekt, van de Raad",
        if_missed: "De maatregel eindigt; een uitzondering in een verbod die de GI nodig heeft, kan dan niet meer worden gebruikt.".to_owned(),
        fact: FactId::from(&measure.id),
        met: renewed,
        alarm: true,
    }
    .into_deadline(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    // Published: order of 17 May 2016, lapse on 17 August 2016.
    #[case("2016-05-17", "2016-08-17", "2016-08-16")]
    #[case("2026-11-19", "2027-02-19", "2027-02-18")]
    // Shorter month, and a lapse on Sunday that nothing prolongs: alarm on Friday.
    #[case("2026-11-30", "2027-02-28", "2027-02-26")]
    // 31 January plus three months: 30 April; the alarm is the day before.
    #[case("2026-01-31", "2026-04-30", "2026-04-29")]
    fn a_suspension_lapses_after_three_months(#[case] order: &str, #[case] lapse: &str, #[case] alarm: &str) {
        assert_eq!(plus_months(day(order), 3), day(lapse));
        assert_eq!(last_working_day_before(day(lapse)), day(alarm));
    }

    #[rstest]
    // The last day of the appeal term is 19 February 2027: final on the 20th, and a year later the first day.
    #[case("2026-11-19", "2028-02-20")]
    // The appeal term ends on Sunday 29 May 2016 and runs on to Monday: final on Tuesday the 31st.
    #[case("2016-02-29", "2017-05-31")]
    fn a_denial_can_be_changed_a_year_after_it_became_final(#[case] order: &str, #[case] from: &str) {
        assert_eq!(reconsider_from(day(order)), day(from));
    }
}
