//! Draft B: omgang, or division of care, per child.

use super::{Decision, basis, choice, date, deviations, months_after, related, schedule};
use crate::dossier::model::{
    ContactCondition, Handover, InformationDuty, Label, OmgangBasis, OmgangChildPlan, OmgangForm, OmgangPlan,
    RelationKind,
};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::PersonId;
use chrono::NaiveDate;
use serde_json::{Value, json};

pub(in crate::drafting) fn omgang(scene: &Scene<'_>, plan: Option<&OmgangPlan>) -> Decision {
    let told = plan.is_none().then(|| basis::of_contact(scene));
    let basis = plan.map(|plan| plan.basis).or_else(|| told.as_ref().and_then(|told| told.basis));
    let title = match basis {
        Some(OmgangBasis::Bw1253a) => "Beschikking verdeling van de zorg- en opvoedingstaken",
        _ => "Beschikking omgang",
    };
    let order = plan.and_then(|plan| plan.order_date);
    let information = plan.and_then(|plan| plan.information);
    let elsewhere = related::gezag_asked_elsewhere(scene, plan);
    let data = json!({
        "grondslag": basis.map(|basis| match basis {
            OmgangBasis::Bw1377a => "art. 1:377a BW",
            OmgangBasis::Bw1253a => "art. 1:253a BW",
        }),
        "grondslag_waarom": told.map(|told| told.why),
        "art_377a": basis == Some(OmgangBasis::Bw1377a),
        "art_253a": basis == Some(OmgangBasis::Bw1253a),
        "ouder": basis::parent(scene, plan).map(|parent| scene.person(&parent)),
        "kinderen": plan.map(|plan| alike(plan.children.iter().map(|child| one_child(scene, plan, child)).collect()))
            .unwrap_or_else(|| json!([])),
        "gezamenlijk_verzocht": words::text_or_null(&words::list(&related::joint_gezag_asked(scene, plan))),
        "gezag_verzocht": words::text_or_null(&words::list(&elsewhere)),
        "regelingen": related::arrangements(scene, plan),
        "overig": related::other_requests(scene, &related::ABOUT_CONTACT),
        "niet_gevolgd": plan
            .map(|plan| related::not_followed(scene, plan))
            .unwrap_or_else(|| json!([])),
        "stem_open": related::unheard(
            scene,
            plan.map(|plan| plan.children.iter().map(|child| child.child.clone()).collect::<Vec<_>>()).as_deref(),
            order.unwrap_or(scene.on),
        ),
        "woorden_vervangen": scene.own_words("vervangen"),
        "woorden_informatie": scene.own_words("informatie"),
        "woorden_andere": scene.own_words("andere-verzoeken"),
        "blijvend_ontzegd": plan.is_some_and(|plan| plan.children.iter().any(|child| is_lasting(plan, child))),
        // Three months of appeal, then a year (art. 1:377e lid 2 BW).
        "herziening": date(order.and_then(|order| months_after(order, 15))),
        "informatie_bekend": information.is_some(),
        "informatie_direct": information == Some(InformationDuty::Direct),
        "informatie_derde": information == Some(InformationDuty::ThroughThirdParty),
        "informatie_geen": information == Some(InformationDuty::None),
        "informatie_door": words::text_or_null(
            &plan.map(|plan| scene.persons(&related::informants(scene.file, plan, order.unwrap_or(scene.on)))).unwrap_or_default(),
        ),
        "informatie_hoe_vaak": plan.and_then(|plan| plan.information_every.clone()),
        "informatie_via": plan.and_then(|plan| plan.information_via.as_ref()).map(|party| scene.party(party)),
        "dwangsom": super::number(plan.and_then(|plan| plan.dwangsom_euro)),
        "dwangsom_wie": plan.and_then(|plan| plan.dwangsom_on.as_ref()).map(|person| scene.person(person)),
        "uitvoerbaar": choice(plan.and_then(|plan| plan.immediately_enforceable)),
        "datum": date(order),
        "afwijkingen": plan.map(|plan| deviations(&plan.deviations)).unwrap_or_else(|| json!([])),
    });
    Decision { title: title.to_owned(), dated: order, author: None, data }
}

/// Children for whom the same is decided stand together, each with its day of birth.
fn alike(children: Vec<Value>) -> Value {
    let mut groups: Vec<(Value, Vec<(String, Value)>)> = Vec::new();
    for mut child in children {
        let Some(fields) = child.as_object_mut() else { continue };
        let name = fields.remove("naam").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
        let born = fields.remove("geboren").unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == child) {
            Some((_, members)) => members.push((name, born)),
            None => groups.push((child, vec![(name, born)])),
        }
    }
    groups
        .into_iter()
        .map(|(mut group, members)| {
            let names: Vec<String> = members.iter().map(|(name, _)| name.clone()).collect();
            let in_full: Vec<String> = members
                .iter()
                .map(|(name, born)| match born.as_str() {
                    Some(born) => format!("{name} (geboren op {born})"),
                    None => name.clone(),
                })
                .collect();
            if let Some(fields) = group.as_object_mut() {
                let whom = if names.len() > 1 { "de kinderen" } else { "het kind" };
                if let Some(told) = fields.get_mut("overdracht").filter(|told| told.is_object()) {
                    let chosen = told.get(whom).cloned().unwrap_or_default();
                    *told = chosen;
                }
                fields.insert("naam".to_owned(), json!(words::list(&names)));
                let apart = |name: &String| json!({ "naam": name, "leegte": format!("eigen afweging voor {name}") });
                fields.insert("kinderen_los".to_owned(), names.iter().map(apart).collect());
                fields.insert("naam_voluit".to_owned(), json!(words::list(&in_full)));
            }
            group
        })
        .collect()
}

fn one_child(scene: &Scene<'_>, plan: &OmgangPlan, child: &OmgangChildPlan) -> Value {
    let person = scene.file.find_person(&child.child);
    let contact = child.form.has_contact();
    // With joint gezag contact can be held off only as a temporary ban (art. 1:253a lid 2 onder a BW).
    let temporary =
        plan.basis == OmgangBasis::Bw1253a && matches!(child.form, OmgangForm::Denied | OmgangForm::Suspended);
    let in_person = matches!(child.form, OmgangForm::Unrestricted | OmgangForm::Conditions | OmgangForm::Supervised);
    let asker = related::asker_of_contact(scene.file, plan, &child.child);
    let handover = child.handover.as_ref().or(child.schedule.as_ref().and_then(|item| item.handover.as_ref()));
    json!({
        "naam": scene.person(&child.child),
        "geboren": words::day(person.and_then(|person| person.born)),
        "ouder": scene.person(&plan.parent),
        "vorm": if temporary { "tijdelijk verbod van contact" } else { child.form.label() },
        "voorwaardelijk": child.form == OmgangForm::Conditions,
        "contact": contact,
        "ontmoeting": in_person,
        "indirect": child.form == OmgangForm::Indirect,
        "begeleid": child.form == OmgangForm::Supervised,
        "geschorst": child.form == OmgangForm::Suspended && !temporary,
        "afgewezen": child.form == OmgangForm::Refused,
        "vraagt_zelf": asker.is_some_and(|asker| asker.as_str() == plan.parent.as_str()),
        "verzoeker": asker.map(|asker| words::with_article(&scene.party(asker))),
        "ontzegd": child.form == OmgangForm::Denied || temporary,
        "tijdelijk_verbod": temporary,
        "grond_nodig": child.grounds.is_empty() && (temporary || child.form == OmgangForm::Suspended),
        "terugweg_nodig": in_person && handover.is_some(),
        "vervolg": contact && (!child.stop_criteria.is_empty() || child.evaluation_on.is_some()
            || child.supervision.as_ref().is_some_and(|item| item.reports == Some(true))),
        "gronden": child.grounds.iter().map(|ground| json!(ground.label())).collect::<Value>(),
        "grond_feiten": scene.label_list(&child.ground_facts),
        "grond_gesteld": scene.file.rests_on_claims(&child.ground_facts, scene.domain),
        "woorden": scene.own_words(child.child.as_str()),
        "vanaf": date(child.starts_on),
        "begint_later": child.starts_on.is_some_and(|start| plan.order_date.is_some_and(|order| start > order)),
        "tot": date(child.until),
        "rooster": child.schedule.as_ref().map(schedule::in_words),
        "overdracht_plaats": handover.and_then(|item| item.place.as_ref()).map(|place| place.description.clone()),
        "overdracht": handover.filter(|item| has_a_way(item)).map(|item| json!({
            "het kind": self::handover(scene, item, "het kind"),
            "de kinderen": self::handover(scene, item, "de kinderen"),
        })),
        "begeleider": child.supervision.as_ref().map(|item| scene.party(&item.by)),
        "begeleider_akkoord": child.supervision.as_ref().is_some_and(|item| item.agreed == Some(true)),
        "begeleider_vanaf": date(child.supervision.as_ref().and_then(|item| item.available_from)),
        "begeleider_bericht": child.supervision.as_ref().is_some_and(|item| item.reports == Some(true)),
        "voorwaarden": child.conditions.iter().map(|condition| contact_condition(scene, condition, child)).collect::<Value>(),
        "voorwaarde_nodig": child.form == OmgangForm::Conditions && child.conditions.is_empty(),
        "stop": child.stop_criteria.iter().map(|text| json!({
            "tekst": text,
            "begeleider_los": names_unknown_supervisor(child, text),
        })).collect::<Value>(),
        "stopt_door": child.stopped_by.as_ref().map(|party| words::with_article(&scene.party(party))),
        // Who refuses a request has decided on it: there is nothing to come back to.
        "evaluatie": date(child.evaluation_on.filter(|_| child.form != OmgangForm::Refused)),
        "evaluatie_door": child.evaluated_by.as_ref().map(|party| words::with_article(&scene.party(party))),
    })
}

/// A denial that outlasts the year after which it can be reviewed anyway.
pub(in crate::drafting) fn is_lasting(plan: &OmgangPlan, child: &OmgangChildPlan) -> bool {
    let review = plan.order_date.and_then(|order| months_after(order, 15));
    child.form == OmgangForm::Denied && child.until.is_none_or(|until| review.is_none_or(|review| until > review))
}

/// A person who is not a parent or child by name and by whose relative it is, as far as the file says.
fn with_relation(scene: &Scene<'_>, id: &PersonId) -> String {
    let name = scene.person(id);
    let relative = scene.file.relations.iter().find(|item| item.kind == RelationKind::RelativeOf && item.from == *id);
    match relative {
        Some(relation) => format!("{name} (familie van {})", scene.person(&relation.to)),
        None => name,
    }
}

/// Whether a handover says more than its place.
fn has_a_way(handover: &Handover) -> bool {
    handover.from.is_some() || handover.to.is_some() || handover.via.is_some() || handover.adults_meet == Some(false)
}

/// How the child or the children are handed over, as it stands behind "bepaalt".
fn handover(scene: &Scene<'_>, handover: &Handover, whom: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(from) = &handover.from {
        parts.push(format!("dat {} {whom} brengt", with_relation(scene, from)));
    }
    if let Some(to) = &handover.to {
        parts.push(format!("dat {} {whom} ontvangt", with_relation(scene, to)));
    }
    if let Some(via) = &handover.via {
        parts.push(format!("dat dit door tussenkomst van {} gaat", words::with_article(&scene.party(via))));
    }
    if handover.adults_meet == Some(false) {
        parts.push("dat de ouders elkaar niet treffen".to_owned());
    }
    words::list(&parts)
}

/// A condition that is tested on a day before the contact begins holds off that begin.
pub(super) fn is_beforehand(condition: &ContactCondition, starts_on: Option<NaiveDate>) -> bool {
    condition.by_date.is_some_and(|day| starts_on.is_none_or(|start| day <= start))
}

/// A condition of the plan for a child, and whether it leans on a supervisor whom nobody appoints.
fn contact_condition(scene: &Scene<'_>, own: &ContactCondition, child: &OmgangChildPlan) -> Value {
    let leans = [Some(&own.text), own.shown_by.as_ref()].into_iter().flatten();
    let unknown = leans.into_iter().any(|text| names_unknown_supervisor(child, text));
    super::with(condition(scene, own, child.starts_on), json!({ "begeleider_los": unknown }))
}

/// Whether a text speaks of a supervisor or of supervised visits, while the form for this child has none.
fn names_unknown_supervisor(child: &OmgangChildPlan, text: &str) -> bool {
    child.form != OmgangForm::Supervised && text.to_lowercase().contains("begeleid")
}

pub(super) fn condition(scene: &Scene<'_>, condition: &ContactCondition, starts_on: Option<NaiveDate>) -> Value {
    json!({
        "vooraf": is_beforehand(condition, starts_on),
        "tekst": words::within(&condition.text),
        "wie": scene.person(&condition.on),
        "blijkt": condition.shown_by,
        "toetst": condition.checked_by.as_ref().map(|party| words::with_article(&scene.party(party))),
        "voor": date(condition.by_date),
    })
}
