//! Draft C, the gedragsaanwijzing of art. 509hh Sv: on what it rests, and the one that is still in force.

use super::order_change::dropped;
use super::{date, number};
use crate::dossier::model::{
    CriminalPhase, Dossier, Instrument, InterventionBasis, InterventionPlan, Label, Measure, MeasureState, Offence,
    OrderChange, OrderGround,
};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::FactId;
use crate::shared::moment::{local_date, plus_local_days};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// What stands only in a gedragsaanwijzing.
pub(super) fn order(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Value {
    let ground = plan.and_then(|plan| plan.order_ground);
    let earlier_order = plan.and_then(|plan| plan.earlier_order.as_ref());
    json!({
        "duur_dagen": number(plan.and_then(|plan| plan.duration_days)),
        "bezwaren_feiten": plan.map(|plan| scene.told_here(&plan.suspicion_facts)).unwrap_or_default(),
        "grond": ground.map(Label::label),
        "grond_b": ground == Some(OrderGround::BurdensomeConduct),
        "grond_feiten": plan.map(|plan| scene.told_here(&plan.ground_facts)).unwrap_or_default(),
        "vervolgd": prosecuted(scene),
        "eerdere": plan.map(|plan| earlier(scene, plan)).unwrap_or_default(),
        "nieuwe_aanwijzing": earlier_order.is_none_or(|earlier| earlier.how == OrderChange::Replaces),
        "oordeel_bezwaren": scene.own_words("bezwaren"),
        "oordeel_grond": scene.own_words("grond"),
    })
}

/// Whether the file shows that prosecution was begun: the phase is past suspicion.
fn prosecuted(scene: &Scene<'_>) -> bool {
    let criminal = scene.matter.and_then(|matter| matter.criminal.as_ref());
    criminal.is_some_and(|case| case.phase != CriminalPhase::Suspicion)
}

/// The gedragsaanwijzing against this person that is in force on the day of the new one.
pub(in crate::drafting) fn running_order<'d>(
    dossier: &'d Dossier,
    plan: &InterventionPlan,
    on: NaiveDate,
) -> Option<&'d Measure> {
    let day = plan.order_date.unwrap_or(on);
    let covers = |measure: &&Measure| {
        measure.instrument == Instrument::Gedragsaanwijzing
            && measure.state == MeasureState::InForce
            && measure.restrained.contains(&plan.person)
            && measure.starts.as_ref().is_none_or(|at| local_date(at) <= day)
            && measure.effective_end().as_ref().is_none_or(|at| local_date(at) >= day)
    };
    dossier.measures.iter().filter(covers).max_by_key(|measure| measure.starts)
}

/// The earlier order, and what happens to it; null when there is none.
fn earlier(scene: &Scene<'_>, plan: &InterventionPlan) -> Value {
    if plan.basis != InterventionBasis::Sv509hh {
        return Value::Null;
    }
    let named = plan.earlier_order.as_ref();
    let measure = match named {
        Some(earlier) => scene.file.find_measure(&earlier.measure),
        None => running_order(scene.file, plan, scene.on),
    };
    let Some(measure) = measure else { return Value::Null };
    let given = measure.decided_at.as_ref().or(measure.starts.as_ref()).map(local_date);
    let how = named.map(|earlier| earlier.how);
    json!({
        "van": date(given),
        "tot": words::moment(measure.effective_end().as_ref()),
        "verlengd_tot": measure
            .effective_end()
            .zip(plan.duration_days)
            .map(|(end, days)| words::told_moment(&plus_local_days(&end, u64::from(days)))),
        "wijzigt": how == Some(OrderChange::Amends),
        "verlengt": how == Some(OrderChange::Extends),
        "vervangt": how == Some(OrderChange::Replaces),
        "niet_terug": if how.is_some_and(|how| how != OrderChange::Extends) { dropped(scene, plan, measure) } else { Vec::new() },
        "nieuw": named.map(|earlier| with_moment(scene, &earlier.new_facts)).unwrap_or_default(),
    })
}

/// The facts that this paper may tell, each with when and where it was: a code alone gives the suspect no reason.
fn with_moment(scene: &Scene<'_>, facts: &[FactId]) -> Value {
    let told = facts.iter().filter(|fact| !scene.is_untold(fact)).filter_map(|fact| {
        let label = scene.label(fact)?;
        let Some(event) = scene.file.find_event_about(fact.as_str()) else { return Some(label.to_owned()) };
        let place = event.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        Some(format!("{label} (over {}{place})", words::event_time(&event.time)))
    });
    words::text_or_null(&words::list(&told.collect::<Vec<_>>()))
}

/// An offence with when and where it was, as far as the file ties it to an event.
pub(super) fn offence(scene: &Scene<'_>, offence: &Offence) -> Value {
    let events: Vec<String> = offence
        .events
        .iter()
        .filter_map(|id| {
            let event = scene.file.find_event_by_fact(id.as_str())?;
            let place = event.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
            Some(format!("{}{place} ({})", words::event_time(&event.time), scene.label(id)?))
        })
        .collect();
    json!({ "naam": offence.name, "artikel": offence.article, "waar": words::text_or_null(&events.join("; ")) })
}
