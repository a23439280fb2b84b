//! What a decision on gezag or on contact says to one reader.

use super::eyes::{Eyes, choice, may, number};
use crate::dossier::model::{
    ContactCondition, GezagBasis, GezagPlan, Handover, InformationDuty, Measure, OmgangBasis, OmgangChildPlan,
    OmgangForm, OmgangPlan, Schedule,
};
use crate::drafting::decision::{holders, informants, is_gi, is_lasting, is_provisional, lapse_of, told};
use crate::drafting::words;
use crate::shared::ids::PartyId;
use serde_json::{Value, json};

pub(super) fn gezag(eyes: &Eyes<'_>, plan: &GezagPlan) -> Value {
    let lapse = plan.lapse_date.or_else(|| plan.order_date.and_then(lapse_of));
    let holders = holders(eyes.file, plan, eyes.on);
    let voogdij = holders.iter().any(|holder| is_gi(eyes.file, holder));
    let by = |id: &PartyId| id.as_str() == eyes.you.as_str();
    let names: Vec<String> = holders.iter().map(|holder| eyes.party(holder)).collect();
    json!({
        "art_268": plan.basis == GezagBasis::Bw1268,
        "art_251a": plan.basis == GezagBasis::Bw1251a,
        "voorlopig": plan.provisional_223,
        "u_ouder": plan.parents.contains(eyes.you),
        "andere_ouders": eyes.others(&plan.parents),
        "ouders": eyes.names(&plan.parents),
        "mag": may(plan.parents.len()),
        "kinderen": eyes.names(&plan.children),
        "deel": plan.partial_scope,
        "datum": words::day(plan.order_date),
        "verval": words::day(lapse),
        "vast_einde": words::day(plan.fixed_end),
        "eind_gevolg": plan.end_consequence,
        "voogdij": voogdij,
        "houder": words::text_or_null(&words::list(&names)),
        "u_houder": holders.iter().any(by),
        "uitvoerbaar": choice(plan.immediately_enforceable),
    })
}

pub(super) fn omgang(eyes: &Eyes<'_>, plan: &OmgangPlan) -> Value {
    let on = plan.order_date.unwrap_or(eyes.on);
    let informants = informants(eyes.file, plan, on);
    let own = |child: &&OmgangChildPlan| !eyes.child || eyes.is_you(&child.child);
    let duty = |wanted| plan.information == Some(wanted);
    // A provisional order is replaced only on a ground that the judge gave; without one the judge's own point stands.
    let grounded = eyes.file.judge_words.iter().any(|words| words.about == "omgang/vervangen");
    let ends = |measure: &&Measure| grounded || !is_provisional(eyes.file, measure);
    let replaced = eyes.file.measures.iter().filter(|measure| plan.replaces_measure(&measure.id)).filter(ends);
    json!({
        "kinderen": alike(plan.children.iter().filter(own).map(|child| (eyes.name(&child.child), one_child(eyes, plan, child)))),
        "enig_contact": plan.children.iter().any(|child| child.form.has_contact()),
        "vervangt": replaced.map(|measure| json!({ "vanaf": words::moment(measure.starts.as_ref()) })).collect::<Value>(),
        "blijvend_ontzegd": plan.children.iter().any(|child| is_lasting(plan, child)),
        "gezamenlijk": plan.basis == OmgangBasis::Bw1253a,
        "ontvanger": eyes.name(&plan.parent),
        "u_geeft": informants.contains(eyes.you),
        "informatie_door": eyes.names(&informants),
        "informatie_direct": duty(InformationDuty::Direct),
        "informatie_derde": duty(InformationDuty::ThroughThirdParty),
        "informatie_geen": duty(InformationDuty::None),
        "informatie_hoe_vaak": plan.information_every,
        "informatie_via": plan.information_via.as_ref().map(|party| eyes.party(party)),
        "dwangsom": number(plan.dwangsom_euro),
        "dwangsom_wie": plan.dwangsom_on.as_ref().map(|person| eyes.name(person)),
        "uitvoerbaar": choice(plan.immediately_enforceable),
        "later": plan.children.iter().any(held_over),
    })
}

/// Whether the decision keeps what follows for this child for later, as its paper says.
fn held_over(child: &OmgangChildPlan) -> bool {
    let reported = child.supervision.as_ref().is_some_and(|item| item.reports == Some(true));
    child.evaluation_on.is_some() || (child.form.has_contact() && (reported || !child.stop_criteria.is_empty()))
}

/// Children for whom the same is decided stand together.
fn alike(children: impl Iterator<Item = (String, Value)>) -> Value {
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for (name, child) in children {
        match groups.iter_mut().find(|(known, _)| *known == child) {
            Some((_, names)) => names.push(name),
            None => groups.push((child, vec![name])),
        }
    }
    groups
        .into_iter()
        .map(|(mut group, names)| {
            if let Some(fields) = group.as_object_mut() {
                fields.insert("namen".to_owned(), json!(words::list(&names)));
            }
            group
        })
        .collect()
}

fn one_child(eyes: &Eyes<'_>, plan: &OmgangPlan, child: &OmgangChildPlan) -> Value {
    use OmgangForm as F;
    let is = |form: F| child.form == form;
    json!({
        "wie": eyes.name(&plan.parent),
        "contact": child.form.has_contact(),
        "ontmoeting": matches!(child.form, F::Unrestricted | F::Conditions | F::Supervised),
        "onbegeleid": is(F::Unrestricted),
        "voorwaardelijk": is(F::Conditions),
        "begeleid": is(F::Supervised),
        "indirect": is(F::Indirect),
        "geschorst": is(F::Suspended),
        "afgewezen": is(F::Refused),
        "ontzegd": is(F::Denied),
        "verbod": is(F::Denied) && plan.basis == OmgangBasis::Bw1253a,
        "vanaf": words::day(child.starts_on),
        "begint_later": child.starts_on.is_some_and(|start| plan.order_date.is_some_and(|order| start > order)),
        "tot": words::day(child.until),
        "rooster": child.schedule.as_ref().map(times),
        "overdracht": handover(eyes, child),
        "begeleider": child.supervision.as_ref().map(|item| words::with_article(&eyes.party(&item.by))),
        "bericht": child.supervision.as_ref().is_some_and(|item| item.reports == Some(true)),
        "voorwaarden": child.conditions.iter().map(|item| condition(eyes, item)).collect::<Value>(),
        "stop": child.stop_criteria,
        "evaluatie": words::day(child.evaluation_on),
        "evaluatie_door": child.evaluated_by.as_ref().map(|party| words::with_article(&eyes.party(party))),
    })
}

/// Days and times; a recurrence that has no plain words is left to the decision.
fn times(schedule: &Schedule) -> Value {
    let told = told(schedule);
    let when = match &told.recurrence {
        Some(recurrence) => Some(format!("{recurrence} {}", told.times)),
        None if told.once => Some(format!("één keer, op {} {}", told.first, told.times)),
        None => None,
    };
    json!({
        "wanneer": when,
        "eerste": Some(told.first).filter(|_| !told.once),
        "niet_op": words::text_or_null(&told.except),
    })
}

fn handover(eyes: &Eyes<'_>, child: &OmgangChildPlan) -> Value {
    let of_times = child.schedule.as_ref().and_then(|item| item.handover.as_ref());
    let handover: Option<&Handover> = child.handover.as_ref().or(of_times);
    json!({
        "plaats": handover.and_then(|item| item.place.as_ref()).map(|place| place.description.clone()),
        "brengt": handover.and_then(|item| item.from.as_ref()).map(|person| eyes.name(person)),
        "ontvangt": handover.and_then(|item| item.to.as_ref()).map(|person| eyes.name(person)),
        "via": handover.and_then(|item| item.via.as_ref()).map(|party| eyes.party(party)),
        "apart": handover.is_some_and(|item| item.adults_meet == Some(false)),
    })
}

fn condition(eyes: &Eyes<'_>, condition: &ContactCondition) -> Value {
    json!({
        "voor": eyes.name(&condition.on),
        "tekst": condition.text,
        "blijkt": condition.shown_by,
        "toetst": condition.checked_by.as_ref().map(|party| words::with_article(&eyes.party(party))),
        "uiterlijk": words::day(condition.by_date),
    })
}
