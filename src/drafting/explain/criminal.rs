//! What a decision on a course, a ban or another order says to one reader. Who is protected by it
//! hears of what protects them, and of nothing else in the criminal matter.

use super::eyes::{Eyes, number};
use crate::dossier::model::{
    CriminalCondition, CriminalConditionKind, InterventionBasis, InterventionPlan, Label, OmgangChildPlan, OrderChange,
    OrderGround,
};
use crate::drafting::decision::names_a_course;
use crate::drafting::words;
use crate::shared::ids::PersonId;
use crate::shared::moment::local_date;
use serde_json::{Value, json};

pub(super) fn intervention(eyes: &Eyes<'_>, plan: &InterventionPlan) -> Value {
    let is = |basis: InterventionBasis| plan.basis == basis;
    let own = eyes.is_you(&plan.person);
    let matter = eyes.file.find_matter(&plan.matter);
    let convicted = matter.and_then(|matter| matter.criminal.as_ref()).is_some_and(|case| case.phase.is_convicted());
    // In the family matter both parents hear the whole condition.
    let whole = own || is(InterventionBasis::FamilyCondition);
    let party = |id: &Option<_>| id.as_ref().filter(|_| whole).map(|party| eyes.party(party));
    json!({
        "u_persoon": own,
        "persoon": eyes.name(&plan.person),
        "afgewezen": plan.refused,
        "sr14c": is(InterventionBasis::Sr14c),
        "sr38v": is(InterventionBasis::Sr38v),
        "sv80": is(InterventionBasis::Sv80),
        "sv509hh": is(InterventionBasis::Sv509hh),
        "familie": is(InterventionBasis::FamilyCondition),
        "onschuld": !convicted && (is(InterventionBasis::Sv80) || is(InterventionBasis::Sv509hh)),
        "straf": number(plan.sentence_days),
        "voorwaardelijk": number(plan.conditional_days),
        "proeftijd": number(plan.proeftijd_months),
        "duur_maanden": number(plan.duration_months),
        "duur_dagen": number(plan.duration_days),
        "hechtenis_per": number(plan.custody_days_per_breach),
        "hechtenis_max": number(plan.custody_days_max),
        "dadelijk": plan.immediately_enforceable == Some(true),
        "hulp": whole && names_a_course(plan),
        "programma": plan.programme.filter(|_| whole).map(Label::label),
        "aanbieder": party(&plan.provider),
        "toezicht": party(&plan.supervised_by),
        "weken": number(plan.course_weeks.filter(|_| whole)),
        "voorwaarden": plan.conditions.iter().filter(|item| whole || item.protects.contains(eyes.you))
            .map(|item| condition(eyes, item)).collect::<Value>(),
        "geen_contact": protects_by(plan, eyes.you, &[CriminalConditionKind::ContactBan]),
        "niet_komen": protects_by(plan, eyes.you, &BANS_OF_PLACE),
        "uitzondering": plan.conditions.iter().any(|item| item.protects.contains(eyes.you) && item.exception.is_some()),
        "datum": words::day(plan.order_date),
        "eerdere": earlier(eyes, plan),
        "eerdere_tot": earlier(eyes, plan).get("tot").cloned().unwrap_or_default(),
        "gewijzigd": plan.earlier_order.as_ref().is_some_and(|earlier| earlier.how == OrderChange::Amends),
        "nieuw": plan.earlier_order.as_ref().is_none_or(|earlier| earlier.how == OrderChange::Replaces),
        "grond_b": plan.order_ground == Some(OrderGround::BurdensomeConduct),
        "contact_met": awaited(eyes, plan).0,
        "toets": awaited(eyes, plan).1,
    })
}

const BANS_OF_PLACE: [CriminalConditionKind; 2] = [CriminalConditionKind::LocationBan, CriminalConditionKind::AreaBan];

fn protects_by(plan: &InterventionPlan, person: &PersonId, kinds: &[CriminalConditionKind]) -> bool {
    plan.conditions.iter().any(|item| kinds.contains(&item.kind) && item.protects.contains(person))
}

/// Persons whom a ban in the plan protects: they are the ones besides the person bound who hear of it.
pub(super) fn protected(plan: &InterventionPlan) -> Vec<PersonId> {
    if plan.refused {
        return Vec::new();
    }
    let bans = plan
        .conditions
        .iter()
        .filter(|item| item.kind == CriminalConditionKind::ContactBan || BANS_OF_PLACE.contains(&item.kind));
    bans.flat_map(|item| &item.protects).cloned().collect()
}

fn condition(eyes: &Eyes<'_>, condition: &CriminalCondition) -> Value {
    json!({
        "tekst": condition.text,
        "gebied": condition.area,
        "melden_bij": condition.report_to,
        "melden_op": condition.report_at,
        "beschermt": eyes.names(&condition.protects),
        "uitzondering": condition.exception,
    })
}

/// The gedragsaanwijzing that this one changes, extends or takes the place of.
fn earlier(eyes: &Eyes<'_>, plan: &InterventionPlan) -> Value {
    let Some(named) = plan.earlier_order.as_ref() else { return Value::Null };
    let Some(measure) = eyes.file.find_measure(&named.measure) else { return Value::Null };
    let given = measure.decided_at.as_ref().or(measure.starts.as_ref()).map(local_date);
    json!({
        "van": words::day(given),
        "tot": words::moment(measure.effective_end().as_ref()),
        "wijzigt": named.how == OrderChange::Amends,
        "verlengt": named.how == OrderChange::Extends,
        "vervangt": named.how == OrderChange::Replaces,
    })
}

/// Children whose contact waits for the condition.
pub(super) fn waiting<'d>(
    eyes_file: &'d crate::dossier::model::Dossier,
    plan: &InterventionPlan,
) -> Vec<&'d OmgangChildPlan> {
    let omgang = eyes_file.plans.omgang.as_ref().filter(|omgang| omgang.parent == plan.person && !plan.refused);
    omgang.into_iter().flat_map(|omgang| &omgang.children).filter(|child| child.form.has_contact()).collect()
}

fn awaited(eyes: &Eyes<'_>, plan: &InterventionPlan) -> (Value, Value) {
    let children = waiting(eyes.file, plan);
    let first = children.iter().filter_map(|child| child.evaluation_on).min();
    (eyes.names(children.iter().map(|child| &child.child)), words::day(first))
}
