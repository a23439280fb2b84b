//! Draft C: course or treatment, in a criminal frame or as a condition to contact.

use super::{Decision, choice, date, deviations, number};
use crate::dossier::model::{CriminalCondition, InterventionBasis, InterventionPlan, Label, OrganisationKind};
use crate::drafting::{view::Scene, words};
use serde_json::{Value, json};

pub(in crate::drafting) fn intervention(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Decision {
    let basis = plan.map(|plan| plan.basis);
    let criminal = scene.matter.and_then(|matter| matter.criminal.as_ref());
    let convicted =
        criminal.is_some_and(|case| case.phase.is_convicted()) || plan.is_some_and(|plan| plan.on_conviction);
    let offences: Value = criminal
        .map(|case| case.offences.iter().map(|item| json!({ "naam": item.name, "artikel": item.article })).collect())
        .unwrap_or_else(|| json!([]));
    let is = |wanted: InterventionBasis| basis == Some(wanted);
    let order = plan.and_then(|plan| plan.order_date);
    let data = json!({
        "grondslag": basis.map(basis_words),
        "sr14c": is(InterventionBasis::Sr14c),
        "sr38v": is(InterventionBasis::Sr38v),
        "vonnis": is(InterventionBasis::Sr14c) || is(InterventionBasis::Sr38v),
        "sv80": is(InterventionBasis::Sv80),
        "sv509hh": is(InterventionBasis::Sv509hh),
        "familie": is(InterventionBasis::FamilyCondition),
        "persoon": plan.map(|plan| scene.person(&plan.person)),
        "aanduiding": if is(InterventionBasis::FamilyCondition) { "de ouder" } else if convicted { "de veroordeelde" } else { "de verdachte" },
        "strafbare_feiten": offences,
        "programma": plan.and_then(|plan| plan.programme).map(Label::label),
        "borg": plan.is_some_and(|plan| plan.programme == Some(crate::dossier::model::Programme::Borg)),
        "aanbieder": plan.and_then(|plan| plan.provider.as_ref()).map(|party| scene.party(party)),
        "toezicht": plan.and_then(|plan| plan.supervised_by.as_ref()).map(|party| scene.party(party)),
        "advies": plan.map(|plan| scene.source(plan.advice.as_ref().or(criminal.and_then(|case| case.reclassering_advice.as_ref()))))
            .unwrap_or_default(),
        "risico": criminal.and_then(|case| case.reclassering_risk).map(Label::label),
        "weken": number(plan.and_then(|plan| plan.course_weeks)),
        "proeftijd": number(plan.and_then(|plan| plan.proeftijd_months)),
        "straf": number(plan.and_then(|plan| plan.sentence_days)),
        "voorwaardelijk": number(plan.and_then(|plan| plan.conditional_days)),
        "duur_dagen": number(plan.and_then(|plan| plan.duration_days)),
        "duur_maanden": number(plan.and_then(|plan| plan.duration_months)),
        "hechtenis_per": number(plan.and_then(|plan| plan.custody_days_per_breach)),
        "hechtenis_max": number(plan.and_then(|plan| plan.custody_days_max)),
        "voorwaarden": plan.map(|plan| plan.conditions.iter().map(|item| condition(scene, item)).collect::<Value>())
            .unwrap_or_else(|| json!([])),
        "dadelijk": choice(plan.and_then(|plan| plan.immediately_enforceable)),
        "dadelijk_feiten": plan.map(|plan| scene.label_list(&plan.enforceability_facts)).unwrap_or_default(),
        "bewijs": scene.own_words("bewijs"),
        "straf_motivering": scene.own_words("straf"),
        "datum": date(order),
        "afwijkingen": plan.map(|plan| deviations(&plan.deviations)).unwrap_or_else(|| json!([])),
    });
    Decision { title: title(basis).to_owned(), dated: order, author: author(scene, basis), data }
}

fn title(basis: Option<InterventionBasis>) -> &'static str {
    match basis {
        Some(InterventionBasis::Sr14c) => "Vonnis met bijzondere voorwaarden",
        Some(InterventionBasis::Sr38v) => "Vonnis met vrijheidsbeperkende maatregel",
        Some(InterventionBasis::Sv80) => "Bevel tot schorsing van de voorlopige hechtenis onder voorwaarden",
        Some(InterventionBasis::Sv509hh) => "Gedragsaanwijzing van de officier van justitie",
        Some(InterventionBasis::FamilyCondition) => "Beschikking met een voorwaarde aan het contact",
        None => "Beslissing over een gedragsinterventie",
    }
}

/// A gedragsaanwijzing is given by the public prosecutor, not by the court.
fn author(scene: &Scene<'_>, basis: Option<InterventionBasis>) -> Option<String> {
    (basis == Some(InterventionBasis::Sv509hh)).then(|| {
        scene
            .file
            .organisations
            .iter()
            .find(|item| item.kind == OrganisationKind::OpenbaarMinisterie)
            .map_or_else(|| "De officier van justitie".to_owned(), |item| item.name.clone())
    })
}

fn basis_words(basis: InterventionBasis) -> &'static str {
    match basis {
        InterventionBasis::Sr14c => "art. 14c Sr",
        InterventionBasis::Sr38v => "art. 38v Sr",
        InterventionBasis::Sv80 => "art. 80 Sv",
        InterventionBasis::Sv509hh => "art. 509hh Sv",
        InterventionBasis::FamilyCondition => "art. 1:377a BW",
    }
}

fn condition(scene: &Scene<'_>, condition: &CriminalCondition) -> Value {
    json!({
        "soort": condition.kind.label(),
        "tekst": condition.text,
        "beschermt": words::text_or_null(&scene.persons(&condition.protects)),
        "uitzondering": condition.exception,
    })
}
