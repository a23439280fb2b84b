//! Provisional guardianship (voorlopige voogdij) in a decision about gezag: who gets it, and what runs already.

use super::gezag::is_gi;
use crate::dossier::model::{Dossier, GezagPlan, Instrument, Measure, MeasureState, OrganisationKind};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::{FactId, PartyId, PersonId};
use crate::shared::moment::start_of_day;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The institution for the provisional guardianship: the one of the plan, or else the only one in the file.
pub(super) fn institution(file: &Dossier, plan: Option<&GezagPlan>) -> Option<PartyId> {
    let plan = plan?;
    if let Some(holder) = &plan.interim_holder {
        return Some(holder.clone()).filter(|holder| is_gi(file, holder));
    }
    only_institution(file)
}

/// The institution in the file, when there is exactly one.
pub(in crate::drafting) fn only_institution(file: &Dossier) -> Option<PartyId> {
    let mut known = file.organisations.iter().filter(|item| item.kind == OrganisationKind::GecertificeerdeInstelling);
    let first = known.next()?;
    known.next().is_none().then(|| first.id.clone())
}

/// The provisional guardianship that runs over a child on a day.
pub(in crate::drafting) fn running<'d>(file: &'d Dossier, child: &PersonId, on: NaiveDate) -> Option<&'d Measure> {
    file.measures.iter().find(|measure| {
        measure.instrument == Instrument::VoorlopigeVoogdij
            && measure.state == MeasureState::InForce
            && measure.protected.contains(child)
            && measure.effective_end().is_none_or(|end| end > start_of_day(on))
    })
}

/// The children of the plan apart: over whom one runs, and over whom one still has to be ordered.
pub(super) fn over(scene: &Scene<'_>, plan: Option<&GezagPlan>) -> Value {
    let children = plan.map(|plan| plan.children.as_slice()).unwrap_or_default();
    let on = plan.and_then(|plan| plan.order_date).unwrap_or(scene.on);
    let (guarded, rest): (Vec<&PersonId>, Vec<&PersonId>) =
        children.iter().partition(|child| running(scene.file, child, on).is_some());
    let mut measures: Vec<FactId> =
        guarded.iter().filter_map(|child| running(scene.file, child, on)).map(|item| FactId::from(&item.id)).collect();
    measures.sort();
    measures.dedup();
    let alone = rest.is_empty() && !guarded.is_empty();
    let names = |ids: Vec<&PersonId>| words::list(&ids.into_iter().map(|id| scene.person(id)).collect::<Vec<_>>());
    json!({
        "loopt_over": words::text_or_null(&names(guarded)),
        "maatregelen": scene.label_list(&measures),
        "nog_over": words::text_or_null(&names(rest)),
        "geen_kinderen": children.is_empty(),
        "alleen_lopend": alone,
    })
}
