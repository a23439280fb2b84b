//! Draft C: course or treatment, in a criminal frame or as a condition to contact.

use super::intervention_order::{offence, order};
use super::omgang::{condition as contact_condition, is_beforehand};
use super::related::other_requests;
use super::{Decision, choice, date, deviations, months_after, number, with};
use crate::dossier::model::{
    ContactCondition, CriminalCondition, CriminalConditionKind, Dossier, InterventionBasis, InterventionPlan, Label,
    Matter, OmgangBasis, OmgangChildPlan, OrganisationKind, Programme, Request, RequestKind,
};
use crate::drafting::{view::Scene, words};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

pub(in crate::drafting) fn intervention(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Decision {
    let basis = plan.map(|plan| plan.basis);
    let dated = plan.and_then(|plan| plan.order_date);
    let parts = [course(scene, plan), sentence(scene, plan), order(scene, plan), contact(scene, plan)];
    let data = parts.into_iter().fold(kind_of_paper(scene, basis), with);
    let data = with(data, refusal(scene, plan));
    let refused = plan.is_some_and(|plan| plan.refused);
    let title = if refused { title_refused(basis) } else { title(basis) };
    Decision { title: title.to_owned(), dated, author: author(scene, basis), data }
}

/// What kind of paper it is, and what the person is called in it.
fn kind_of_paper(scene: &Scene<'_>, basis: Option<InterventionBasis>) -> Value {
    let is = |wanted: InterventionBasis| basis == Some(wanted);
    let criminal = scene.matter.and_then(|matter| matter.criminal.as_ref());
    let remand = scene.matter.and_then(decides_on_remand);
    let convicted = criminal.is_some_and(|case| case.phase.is_convicted());
    let offences: Value = criminal
        .map(|case| case.offences.iter().map(|item| offence(scene, item)).collect())
        .unwrap_or_else(|| json!([]));
    json!({
        "grondslag": basis.map(basis_words),
        "sr14c": is(InterventionBasis::Sr14c),
        "sr38v": is(InterventionBasis::Sr38v),
        "vonnis": is(InterventionBasis::Sr14c) || is(InterventionBasis::Sr38v),
        "rechter_commissaris": remand == Some(Remand::Examining),
        "raadkamer": remand == Some(Remand::Chamber),
        "sv80": is(InterventionBasis::Sv80),
        "sv509hh": is(InterventionBasis::Sv509hh),
        "familie": is(InterventionBasis::FamilyCondition),
        "al_veroordeeld": convicted,
        "onschuld": !convicted && (is(InterventionBasis::Sv80) || is(InterventionBasis::Sv509hh)),
        "meer_feiten": offences.as_array().is_some_and(|list| list.len() > 1),
        "strafbare_feiten": offences,
    })
}

/// Who decides on remand: during bewaring the rechter-commissaris, after that the court in raadkamer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remand {
    Examining,
    Chamber,
}

/// Who decides on remand as far as the file tells, by the name of the court or what its hearing is called.
fn decides_on_remand(matter: &Matter) -> Option<Remand> {
    let name = matter.authority.name.to_lowercase();
    let heard = |word: &str| matter.hearings.iter().any(|hearing| hearing.kind.to_lowercase().contains(word));
    if name.contains("rechter-commissaris") {
        Some(Remand::Examining)
    } else if name.contains("raadkamer") || name.starts_with("gerechtshof") || heard("raadkamer") {
        Some(Remand::Chamber)
    } else {
        None
    }
}

/// What is refused, and in whose words.
fn refusal(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Value {
    let demand = plan.and_then(|plan| demand_in(scene.file, plan));
    json!({
        "afgewezen": plan.is_some_and(|plan| plan.refused),
        "gevraagd_door": demand.map(|request| scene.party(&request.by)),
        "gevraagd": demand.map(|request| request.content.clone()),
        "woorden_afwijzing": scene.own_words("afwijzing"),
    })
}

/// The demand or request that the plan decides on: the one about a course, a ban or another order in its matter, when
/// there is no more than one.
pub(in crate::drafting) fn demand_in<'d>(file: &'d Dossier, plan: &InterventionPlan) -> Option<&'d Request> {
    let kinds = [RequestKind::Intervention, RequestKind::Conviction];
    let mut fitting = file.requests.iter().filter(|item| item.matter == plan.matter && kinds.contains(&item.kind));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Who follows what, with whom, on whose advice.
fn course(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Value {
    let criminal = scene.matter.and_then(|matter| matter.criminal.as_ref());
    let bans = |basis| matches!(basis, InterventionBasis::Sr38v | InterventionBasis::Sv509hh);
    let family = |basis| basis == InterventionBasis::FamilyCondition;
    let advice =
        plan.and_then(|plan| plan.advice.as_ref()).or(criminal.and_then(|case| case.reclassering_advice.as_ref()));
    json!({
        "persoon": plan.map(|plan| scene.person(&plan.person)),
        "interventie": plan.is_none_or(names_a_course),
        "toezicht_nodig": plan.is_none_or(|plan| !bans(plan.basis) && !family(plan.basis)),
        "programma": plan.and_then(|plan| plan.programme).map(Label::label),
        "borg": plan.is_some_and(|plan| plan.programme == Some(Programme::Borg)),
        "aanbieder": plan.and_then(|plan| plan.provider.as_ref()).map(|party| scene.party(party)),
        "toezicht": plan.and_then(|plan| plan.supervised_by.as_ref()).map(|party| scene.party(party)),
        "toezicht_van": plan.and_then(|plan| plan.supervised_by.as_ref()).map(|party| words::with_article(&scene.party(party))),
        "toezicht_aan": plan.and_then(|plan| plan.supervised_by.as_ref()).map(|party| words::amid(&scene.party(party))),
        "advies": scene.source(advice),
        "risico": criminal.and_then(|case| case.reclassering_risk).map(Label::label),
        "weken": number(plan.and_then(|plan| plan.course_weeks)),
        "voorwaarden": plan.map(|plan| plan.conditions.iter().map(|item| condition(scene, plan.basis, item)).collect::<Value>())
            .unwrap_or_else(|| json!([])),
        "datum": date(plan.and_then(|plan| plan.order_date)),
        "afwijkingen": plan.map(|plan| deviations(&plan.deviations)).unwrap_or_else(|| json!([])),
    })
}

/// What stands only in a verdict.
fn sentence(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Value {
    json!({
        "proeftijd": number(plan.and_then(|plan| plan.proeftijd_months)),
        "straf": number(plan.and_then(|plan| plan.sentence_days)),
        "voorwaardelijk": number(plan.and_then(|plan| plan.conditional_days)),
        "schorsing_tot": date(plan.and_then(suspended_until)),
        "duur_maanden": number(plan.and_then(|plan| plan.duration_months)),
        "hechtenis_per": number(plan.and_then(|plan| plan.custody_days_per_breach)),
        "hechtenis_max": number(plan.and_then(|plan| plan.custody_days_max)),
        "dadelijk": choice(plan.and_then(|plan| plan.immediately_enforceable)),
        "dadelijk_gevraagd": plan.is_some_and(|plan| plan.immediately_enforceable == Some(true) && !plan.refused),
        "dadelijk_feiten": plan.map(|plan| scene.told_here(&plan.enforceability_facts)).unwrap_or_default(),
        "bewijs": scene.own_words("bewijs"),
        "straf_motivering": scene.own_words("straf"),
        "oordeel_dadelijk": scene.own_words("dadelijk"),
    })
}

/// For the family judge: the contact that waits for the condition, as the plan for omgang has it.
fn contact(scene: &Scene<'_>, plan: Option<&InterventionPlan>) -> Value {
    let omgang = scene.file.plans.omgang.as_ref();
    let omgang = omgang.filter(|omgang| plan.is_some_and(|plan| plan.person == omgang.parent));
    let awaited: Vec<&OmgangChildPlan> =
        omgang.iter().flat_map(|omgang| &omgang.children).filter(|child| child.form.has_contact()).collect();
    let first = awaited.iter().filter(|child| child.evaluation_on.is_some()).min_by_key(|child| child.evaluation_on);
    let names: Vec<String> = awaited.iter().map(|child| scene.person(&child.child)).collect();
    json!({
        "gezamenlijk": omgang.is_some_and(|omgang| omgang.basis == OmgangBasis::Bw1253a),
        // With a plan for contact in this matter all that is asked in it is decided there.
        "elders_beslist": omgang.is_some_and(|omgang| scene.is_own(&omgang.matter)),
        "overig": other_requests(scene, &[]),
        "contact_met": words::text_or_null(&words::list(&names)),
        "omgang_van": date(omgang.and_then(|omgang| omgang.order_date)),
        "proef": awaited_proof(scene, plan, &awaited),
        "toets": date(first.and_then(|child| child.evaluation_on)),
        "toetser": first
            .and_then(|child| child.evaluated_by.as_ref())
            .map(|party| words::with_article(&scene.party(party))),
    })
}

/// What has to be met before contact begins, as the plan for contact has it: how that is shown, who tests it, by when.
/// Where the children's arrangements differ in this, nobody but the judge can say which of them holds.
fn awaited_proof(scene: &Scene<'_>, plan: Option<&InterventionPlan>, awaited: &[&OmgangChildPlan]) -> Value {
    let held_off_by = |child: &&OmgangChildPlan| {
        let own = |item: &&ContactCondition| {
            plan.is_some_and(|plan| plan.person == item.on) && is_beforehand(item, child.starts_on)
        };
        let mut fitting = child.conditions.iter().filter(own).cloned();
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let mut found = awaited.iter().map(held_off_by);
    let first = found.next().flatten().filter(|first| found.all(|other| other.as_ref() == Some(first)));
    first.map_or(Value::Null, |item| contact_condition(scene, &item, None))
}

/// Day until which a suspension of remand is meant to last, when the plan has a duration.
fn suspended_until(plan: &InterventionPlan) -> Option<NaiveDate> {
    let from = plan.order_date.filter(|_| plan.basis == InterventionBasis::Sv80)?;
    match (plan.duration_days, plan.duration_months) {
        (Some(days), _) => from.checked_add_days(Days::new(days.into())),
        (None, Some(months)) => months_after(from, months),
        (None, None) => None,
    }
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

fn title_refused(basis: Option<InterventionBasis>) -> &'static str {
    match basis {
        Some(InterventionBasis::Sr14c) => "Vonnis zonder bijzondere voorwaarden",
        Some(InterventionBasis::Sr38v) => "Vonnis zonder vrijheidsbeperkende maatregel",
        Some(InterventionBasis::Sv80) => "Afwijzing van schorsing van de voorlopige hechtenis",
        Some(InterventionBasis::Sv509hh) => "Beslissing om geen gedragsaanwijzing te geven",
        Some(InterventionBasis::FamilyCondition) => "Beschikking over een voorwaarde aan het contact",
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

/// Whether the plan has a course or treatment; bans alone need no provider. A plan with nothing in it
/// has one to be filled in, but under art. 38v Sr there can be none.
pub(in crate::drafting) fn names_a_course(plan: &InterventionPlan) -> bool {
    let named = plan.programme.is_some() || plan.provider.is_some();
    let bans_only = matches!(plan.basis, InterventionBasis::Sr38v | InterventionBasis::Sv509hh);
    named || (!bans_only && plan.conditions.is_empty()) || plan.basis == InterventionBasis::FamilyCondition
}

/// One condition. Whatever the criminal basis, an area is determined and reporting has a place and times. Under art. 38v Sr and art. 509hh Sv a place one stays away from is a determined area, and one
/// reports to a designated officer at set times.
fn condition(scene: &Scene<'_>, basis: InterventionBasis, condition: &CriminalCondition) -> Value {
    use CriminalConditionKind as K;
    let strict = matches!(basis, InterventionBasis::Sr38v | InterventionBasis::Sv509hh);
    let place = matches!(condition.kind, K::LocationBan | K::AreaBan);
    // A ban on an area, or a duty to report, that does not say where and when cannot be kept or enforced.
    let area = place && (strict || condition.kind == K::AreaBan || condition.area.is_some());
    let criminal = basis != InterventionBasis::FamilyCondition;
    json!({
        "soort": if strict && place { K::AreaBan.label() } else { condition.kind.label() },
        "tekst": condition.text,
        "gebied_nodig": area && criminal,
        "gebied": condition.area,
        "adressen": if place { scene.addresses_meant(condition) } else { Value::Null },
        "melding_nodig": criminal && condition.kind == K::Reporting,
        "melden_opsporing": strict,
        "melden_bij": condition.report_to,
        "melden_op": condition.report_at,
        "beschermt": words::text_or_null(&scene.persons(&condition.protects)),
        "uitzondering": condition.exception,
    })
}
