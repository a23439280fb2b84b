//! Draft C when what is demanded is refused: what still has to be right, and what then no longer protects.

use super::{Case, Rule, Weight, when};
use crate::dossier::model::{InterventionBasis, InterventionPlan, Measure, MeasureState, OrderChange};
use crate::drafting::decision::{demand_in, running_order};
use crate::shared::moment::dutch_moment;

type C<'a> = Case<'a, InterventionPlan>;

/// Rules that also hold when what is demanded is refused.
pub(super) const OF_EVERY_DECISION: &[&str] = &[
    "intervention_80_without_remand",
    "intervention_not_the_accused",
    "intervention_not_joined",
    "intervention_verdict_before_hearing",
];

pub(super) const RULES: &[Rule<InterventionPlan>] = &[
    Rule {
        code: "intervention_refused_not_asked",
        weight: Weight::Note,
        source: "",
        message: "Afgewezen wordt wat is gevorderd of verzocht. In deze zaak staat zo'n vordering of verzoek niet in het dossier; het ontwerp vraagt ernaar.",
        test: |case| when(case.plan.refused && demand_in(case.dossier, case.plan).is_none()),
    },
    Rule {
        code: "intervention_refused_unprotected",
        weight: Weight::Warning,
        source: "art. 52 en art. 53 Verdrag van Istanbul",
        message: "Wordt de gedragsaanwijzing niet verlengd of vervangen, dan verbiedt zij na haar einde niets meer.",
        test: |case| {
            let order = running(case).filter(|_| case.plan.refused && case.plan.basis == InterventionBasis::Sv509hh)?;
            let changed = case.plan.earlier_order.as_ref().map(|earlier| earlier.how);
            let stays = changed == Some(OrderChange::Amends);
            let end = order.effective_end().filter(|_| !stays)?;
            Some(format!("Zij eindigt op {}. De beschermingsbrug noemt wat daarna geldt.", dutch_moment(&end)))
        },
    },
];

fn running<'a>(case: &C<'a>) -> Option<&'a Measure> {
    let named = case.plan.earlier_order.as_ref().and_then(|earlier| case.dossier.find_measure(&earlier.measure));
    named
        .filter(|measure| measure.state == MeasureState::InForce)
        .or_else(|| running_order(case.dossier, case.plan, case.on))
}
