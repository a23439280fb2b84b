//! Terms of the gedragsaanwijzing (art. 509hh Sv): 90 days, at most three renewals, none without
//! prosecution.

use super::{Deadline, Term};
use crate::conflicts::case::Case;
use crate::conflicts::sources::Source;
use crate::dossier::model::{CriminalPhase, Instrument, Measure, MeasureState};
use crate::shared::ids::{FactId, MeasureId};
use crate::shared::moment::{Instant, dutch_moment, plus_local_days};
use std::collections::{BTreeMap, BTreeSet};

/// Days one gedragsaanwijzing or renewal may last.
const DAYS: u64 = 90;
/// Renewals the law allows.
const RENEWALS: usize = 3;

/// Finds the end of each gedragsaanwijzing and what renewal asks.
pub(super) fn find(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let given = |m: &&Measure| {
        m.instrument == Instrument::Gedragsaanwijzing
            && !matches!(m.state, MeasureState::Proposed | MeasureState::Annulled)
    };
    let renewals: BTreeMap<&MeasureId, &Measure> =
        case.dossier.measures.iter().filter(given).filter_map(|m| m.extends.as_ref().map(|base| (base, m))).collect();
    for measure in case.dossier.measures.iter().filter(given) {
        if let Some(starts) = measure.starts.or(measure.decided_at) {
            all.push(end(case, measure, starts, renewals.get(&measure.id).copied()));
        }
    }
}

/// How many renewals came before, counting along `extends`; a ring in the data ends the count.
fn renewal_number(case: &Case<'_>, measure: &Measure) -> usize {
    let mut seen = BTreeSet::new();
    let mut at = measure;
    while let Some(base) = at.extends.as_ref().and_then(|id| case.measure(id)) {
        if !seen.insert(&base.id) || seen.len() > RENEWALS + 1 {
            break;
        }
        at = base;
    }
    seen.len()
}

/// Latest end the law allows for one order.
fn latest_end(starts: &Instant) -> Instant {
    plus_local_days(starts, DAYS)
}

fn end(case: &Case<'_>, measure: &Measure, starts: Instant, renewal: Option<&Measure>) -> Deadline {
    let limit = latest_end(&starts);
    let at = measure.effective_end().unwrap_or(limit);
    let number = renewal_number(case, measure);
    let left = RENEWALS.saturating_sub(number);
    let mut rule = format!("Ten hoogste {DAYS} dagen vanaf {}", dutch_moment(&starts));
    rule.push_str(&format!(", dus tot uiterlijk {}.", dutch_moment(&limit)));
    if at > limit {
        rule.push_str(" Het einde in het dossier ligt later dan de wet toelaat.");
    }
    rule.push_str(&match left {
        0 => " Verlengen kan niet meer: driemaal is het hoogste aantal.".to_owned(),
        left => format!(" Nog {left} van {RENEWALS} verlengingen mogelijk, telkens ten hoogste {DAYS} dagen."),
    });
    let phase = case.matter(&measure.matter).and_then(|m| m.criminal.as_ref()).map(|c| c.phase);
    rule.push_str(match phase {
        Some(CriminalPhase::Suspicion) => " Verlengen kan pas als vervolging is ingesteld; dat blijkt nog niet.",
        Some(CriminalPhase::Dismissed | CriminalPhase::Acquitted) => {
            " De strafzaak is geseponeerd of geëindigd in vrijspraak; ga na of de gedragsaanwijzing nog geldt."
        }
        None => " Of vervolging is ingesteld, staat niet in het dossier.",
        Some(_) => "",
    });
    let lifted = measure.ended_early.is_some_and(|early| early <= at);
    let renewed = renewal.is_some_and(|m| m.decided_at.or(m.starts).is_none_or(|decision| decision <= at));
    Term {
        what: "Einde van de gedragsaanwijzing; een verlenging moet vóór dit moment zijn gegeven".to_owned(),
        at,
        rule,
        source: Source::Sv509hh,
        who: "de officier van justitie",
        if_missed: "Het contact- en gebiedsverbod vervalt, ook als de strafzaak nog loopt.".to_owned(),
        fact: FactId::from(&measure.id),
        met: lifted || renewed,
        alarm: true,
    }
    .into_deadline(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::moment::from_local;
    use rstest::rstest;

    #[rstest]
    #[case("2026-11-12T17:00:00", "2027-02-10T17:00:00")]
    // Across the change to summer time the clock time stays.
    #[case("2026-02-01T12:00:00", "2026-05-02T12:00:00")]
    #[case("2028-01-31T00:00:00", "2028-04-30T00:00:00")]
    fn an_order_lasts_ninety_days_at_most(#[case] starts: &str, #[case] end: &str) {
        assert_eq!(latest_end(&from_local(starts.parse().unwrap())), from_local(end.parse().unwrap()));
    }
}
