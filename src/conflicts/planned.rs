//! What the plan for the huisverbod makes of the measures that stand beside it in the dossier: an
//! order that the plan refuses protects nobody, and what the court annuls ends with the ruling.

use super::bans::{About, Ban, Standing};
use super::case::Case;
use crate::dossier::model::{
    ExtensionPlan, HuisverbodPlan, Instrument, ProvisionalItemKind, ProvisionalPlan, ReviewOutcome,
};
use crate::shared::ids::MeasureId;
use crate::shared::moment::{Instant, start_of_day};

/// Fits proposed orders on the home to the intended order on provisional measures: refused or not among
/// what is granted means none; granted means from the moment that the plan gives.
pub(super) fn fit(case: &Case<'_>, all: &mut Vec<Ban<'_>>) {
    let Some(plan) = case.dossier.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref()) else { return };
    let concerned = |ban: &Ban<'_>| {
        ban.standing == Standing::Planned
            && ban.about == About::Home
            && ban.measure.is_some_and(|measure| {
                measure.matter == plan.matter && measure.instrument == Instrument::VoorlopigeVoorziening
            })
    };
    if !grants_home(plan) {
        all.retain(|ban| !concerned(ban));
    } else if let Some(from) = plan.effective_from {
        for ban in all.iter_mut().filter(|ban| concerned(ban)) {
            ban.from = from;
        }
    }
}

fn grants_home(plan: &ProvisionalPlan) -> bool {
    plan.items.iter().any(|item| item.kind == ProvisionalItemKind::ExclusiveUseOfHome && !item.refused)
}

/// Ends what would end if the plan is followed: an extension that the plan does not hold never begins, and
/// what is annulled holds up to the day of the ruling.
pub(super) fn follow(case: &Case<'_>, all: &mut [Ban<'_>]) {
    let Some(plan) = &case.dossier.plans.huisverbod else { return };
    let annulled = annulled_from(case);
    for ban in all.iter_mut().filter(|ban| is_of(case, plan, ban)) {
        let own_end = if ban.instrument == Instrument::HuisverbodExtension && ban.standing == Standing::Planned {
            Some(plan.extension.as_ref().and_then(ExtensionPlan::granted_end).unwrap_or(ban.from))
        } else {
            None
        };
        let struck = annulled.or_else(|| contact_struck_from(case, plan, ban));
        for end in [own_end, struck].into_iter().flatten() {
            ban.until = Some(ban.until.map_or(end, |until| until.min(end)).max(ban.from));
        }
    }
}

/// From when the intended ruling annuls the huisverbod, and with it an extension (art. 9 lid 2 Wth). A
/// ruling of which only the day is known protects nobody on that day: nothing is counted that is not certain.
pub(super) fn annulled_from(case: &Case<'_>) -> Option<Instant> {
    let review = case.dossier.plans.huisverbod.as_ref()?.review.as_ref()?;
    (review.outcome == Some(ReviewOutcome::Founded)).then(|| review.ruling_on.map_or(case.now, start_of_day))
}

fn contact_struck_from(case: &Case<'_>, plan: &HuisverbodPlan, ban: &Ban<'_>) -> Option<Instant> {
    let review = plan.review.as_ref()?;
    (ban.about == About::Contact && review.contact_struck_for.contains(ban.protected))
        .then(|| review.ruling_on.map_or(case.now, start_of_day))
}

/// Whether a ban belongs to the huisverbod of the plan: that huisverbod itself, or an extension of it.
fn is_of(case: &Case<'_>, plan: &HuisverbodPlan, ban: &Ban<'_>) -> bool {
    let is = |id: &MeasureId| *id == plan.imposed;
    match (ban.instrument, ban.measure) {
        (Instrument::Huisverbod, Some(measure)) => is(&measure.id),
        (Instrument::HuisverbodExtension, Some(measure)) => {
            measure.extends.as_ref().is_some_and(is) || (measure.extends.is_none() && measure.matter == plan.matter)
        }
        (Instrument::HuisverbodExtension, None) => case.measure(&plan.imposed).is_some(),
        _ => false,
    }
}
