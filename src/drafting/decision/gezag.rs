//! Draft A: suspension of gezag, or sole gezag.

use super::{Decision, basis, choice, date, deviations, months_after, related, voogdij, with};
use crate::dossier::model::{
    Dossier, GezagBasis, GezagForm, GezagPlan, Label, OrganisationKind, Request, RequestKind, SuspensionGround,
};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::{FactId, PartyId, PersonId};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Day on which a suspension lapses: three months after the day of the order (art. 1:268 lid 5 BW).
pub(in crate::drafting) fn lapse_of(order: NaiveDate) -> Option<NaiveDate> {
    months_after(order, 3)
}

pub(in crate::drafting) fn gezag(scene: &Scene<'_>, plan: Option<&GezagPlan>) -> Decision {
    let planned = plan.map(|plan| plan.basis);
    let told = plan.is_none().then(|| basis::of_gezag(scene));
    let basis = planned.or_else(|| told.as_ref().and_then(|told| told.basis));
    let title = match planned {
        Some(GezagBasis::Bw1268) => "Beschikking schorsing in de uitoefening van het gezag",
        _ if plan.is_some_and(|plan| plan.provisional_223) => "Beschikking voorlopige voorziening over het gezag",
        _ => "Beschikking gezag",
    };
    let order = plan.and_then(|plan| plan.order_date);
    let lapse = plan.and_then(|plan| plan.lapse_date).or_else(|| order.and_then(lapse_of));
    let request = plan.and_then(|plan| plan.request.as_ref());
    let request = request.and_then(|id| scene.file.requests.iter().find(|request| request.id == *id));
    let interim = plan.and_then(|plan| plan.interim_holder.as_ref());
    let data = json!({
        "grondslag": basis.map(Label::label),
        "grondslag_waarom": told.map(|told| told.why),
        // What was asked names the law; what becomes of it only a plan says.
        "voornemen": plan.is_some(),
        "art_268": basis == Some(GezagBasis::Bw1268),
        "art_251a": basis == Some(GezagBasis::Bw1251a),
        "art_253n": basis == Some(GezagBasis::Bw1253n),
        "verzoeker": request.map(|request| words::with_article(&scene.party(&request.by))),
        "kinderen_namen": words::text_or_null(&plan.map(|plan| scene.persons(&plan.children)).unwrap_or_default()),
        "kinderen_voluit": words::text_or_null(&plan.map(|plan| full_names(scene, &plan.children)).unwrap_or_default()),
        "afgewezen": plan.is_some_and(|plan| plan.refused),
        "woorden_afwijzing": scene.own_words("afwijzing"),
        "ouders_los": plan.filter(|plan| plan.parents.len() > 1).map(|plan| per_parent(scene, plan)).unwrap_or_else(|| json!([])),
        "ouders": words::text_or_null(&plan.map(|plan| scene.persons(&plan.parents)).unwrap_or_default()),
        "gedeeltelijk": plan.and_then(|plan| plan.partial_scope.clone()),
        "grond_bekend": plan.is_some_and(|plan| plan.ground.is_some()),
        "grond_acuut": plan.is_some_and(|plan| plan.ground == Some(SuspensionGround::AcuteThreat)),
        "grond_medisch": plan.is_some_and(|plan| plan.ground == Some(SuspensionGround::MedicalTreatment)),
        "vermoeden_feiten": plan.map(|plan| scene.label_list(&plan.suspicion_facts)).unwrap_or_default(),
        "acuut_feiten": plan.map(|plan| scene.label_list(&plan.acute_facts)).unwrap_or_default(),
        "gezag_bij": words::text_or_null(&holder_words(scene, plan)),
        "voogdij": interim.is_some_and(|holder| is_gi(scene.file, holder)) || plan.is_some_and(|plan| needs_gi(scene, plan)),
        "ouder_over": plan.is_some_and(|plan| plan.children.iter().any(|child| keeps_parent(scene, plan, child))),
        "voogdij_over": voogdij::over(scene, plan),
        "instelling": voogdij::institution(scene.file, plan).map(|holder| words::with_article(&scene.party(&holder))),
        "datum": date(order),
        "verval": date(lapse),
        "vast_einde": date(plan.and_then(|plan| plan.fixed_end)),
        "eind_gevolg": plan.and_then(|plan| plan.end_consequence.clone()),
        "voorlopig_223": plan.is_some_and(|plan| plan.provisional_223 && !plan.refused),
        "woorden_behandeling": scene.own_words("behandeling"),
        "kinderen_niet": plan.filter(|plan| !plan.refused).map(|plan| not_followed(scene, plan)).unwrap_or_else(|| json!([])),
        "art_223": plan.is_some_and(|plan| plan.provisional_223),
        "overig": left_open(scene, plan),
        "eenhoofdig": matches!(basis, Some(GezagBasis::Bw1251a | GezagBasis::Bw1253n)),
        "woorden_klem": scene.own_words("klem"),
        "woorden_vermoeden": scene.own_words("vermoeden"),
        "woorden_dreiging": scene.own_words("dreiging"),
        "woorden_noodzaak": scene.own_words("noodzaak"),
        "uitvoerbaar": choice(plan.and_then(|plan| plan.immediately_enforceable)),
        "afwijkingen": plan.map(|plan| deviations(&plan.deviations)).unwrap_or_else(|| json!([])),
    });
    let unheard = related::unheard(scene, plan.map(|plan| &plan.children[..]), order.unwrap_or(scene.on));
    let beside = json!({ "stem_open": unheard, "art_266": plan.is_none() && basis::asks_only_ending(scene) });
    let data = with(with(data, what_was_asked(plan, request)), beside);
    Decision { title: title.to_owned(), dated: order, author: None, data }
}

/// How the request is named that the decision refuses.
fn what_was_asked(plan: Option<&GezagPlan>, request: Option<&Request>) -> Value {
    let of_parent = [RequestKind::SuspendGezag, RequestKind::EndGezag];
    let all =
        |(request, plan): (&Request, &GezagPlan)| request.children.iter().all(|child| plan.children.contains(child));
    json!({
        "verzoek_soort": request.map(|request| asked(request.kind)),
        // Gezag for oneself is not asked "of" the other parent.
        "verzoek_tegen": request.is_some_and(|request| of_parent.contains(&request.kind)),
        "verzoek_over_allen": request.zip(plan).is_none_or(all),
    })
}

/// Requests in this matter on which the plan decides nothing.
fn left_open(scene: &Scene<'_>, plan: Option<&GezagPlan>) -> Value {
    let decided: &[RequestKind] = match plan.map(|plan| plan.basis) {
        None => &basis::ABOUT_GEZAG,
        Some(GezagBasis::Bw1268) => &[RequestKind::SuspendGezag],
        _ => &[RequestKind::SoleGezag, RequestKind::JointGezag],
    };
    let answered = plan.and_then(|plan| plan.request.as_ref());
    related::requests_beside(scene, decided, answered, plan.is_some_and(|plan| !plan.refused))
}

/// Whether a parent with gezag over the child remains beside those whom the plan suspends.
fn keeps_parent(scene: &Scene<'_>, plan: &GezagPlan, child: &PersonId) -> bool {
    let on = plan.order_date.unwrap_or(scene.on);
    scene
        .file
        .parents_of(child)
        .filter(|parent| !plan.parents.contains(parent))
        .any(|parent| scene.file.gezag_of(&PartyId::from(parent), child, on).is_some_and(GezagForm::is_held))
}

/// Whether the law asks for provisional guardianship that the plan does not give to anyone yet.
fn needs_gi(scene: &Scene<'_>, plan: &GezagPlan) -> bool {
    plan.basis == GezagBasis::Bw1268
        && plan.interim_holder.is_none()
        && !plan.parents.is_empty()
        && plan.children.iter().any(|child| !keeps_parent(scene, plan, child))
}

/// What is asked, as it stands behind "het verzoek over".
fn asked(kind: RequestKind) -> &'static str {
    if kind == RequestKind::SuspendGezag { "schorsing in de uitoefening van het gezag" } else { kind.label() }
}

/// Each parent with the facts of the plan in which that parent is said to have acted: a suspension of both
/// needs reasons for each of them.
fn per_parent(scene: &Scene<'_>, plan: &GezagPlan) -> Value {
    let told = |parent: &PersonId| {
        let acted = |fact: &&FactId| {
            let mut events = scene.file.events.iter();
            events.any(|event| event.id.as_str() == fact.as_str() && event.actors.contains(parent))
        };
        let mut facts: Vec<FactId> =
            plan.suspicion_facts.iter().chain(&plan.acute_facts).filter(acted).cloned().collect();
        facts.sort();
        facts.dedup();
        json!({ "naam": scene.person(parent), "feiten": scene.label_list(&facts) })
    };
    plan.parents.iter().map(told).collect()
}

/// Children about whom the request asks and the plan decides nothing: each needs reasons of its own.
fn not_followed(scene: &Scene<'_>, plan: &GezagPlan) -> Value {
    let asked = scene.file.requests.iter().filter(|request| plan.request.as_ref() == Some(&request.id));
    let left = asked.flat_map(|request| &request.children).filter(|child| !plan.children.contains(child));
    left.map(|child| {
        let name = scene.person(child);
        json!({ "naam": name, "leegte": format!("waarom het verzoek voor {name} niet wordt gevolgd") })
    })
    .collect()
}

pub(super) fn children(scene: &Scene<'_>, ids: &[PersonId]) -> Value {
    ids.iter()
        .map(|id| {
            let born = scene.file.find_person(id).and_then(|child| child.born);
            json!({ "naam": scene.person(id), "geboren": words::day(born) })
        })
        .collect()
}

/// "naam, geboren op ..." for the dictum and the register.
fn full_names(scene: &Scene<'_>, ids: &[PersonId]) -> String {
    let names: Vec<String> = ids
        .iter()
        .map(|id| match scene.file.find_person(id).and_then(|child| child.born) {
            Some(born) => format!("{} (geboren op {})", scene.person(id), crate::shared::moment::dutch_date(born)),
            None => scene.person(id),
        })
        .collect();
    words::list(&names)
}

/// Whether a holder is a gecertificeerde instelling.
pub(in crate::drafting) fn is_gi(file: &Dossier, holder: &PartyId) -> bool {
    file.organisations.iter().any(|item| item.id == *holder && item.kind == OrganisationKind::GecertificeerdeInstelling)
}

fn holder_words(scene: &Scene<'_>, plan: Option<&GezagPlan>) -> String {
    let ids = plan.map(|plan| holders(scene.file, plan, scene.on)).unwrap_or_default();
    let mut names: Vec<String> = ids.iter().map(|id| scene.party(id)).collect();
    names.dedup();
    words::list(&names)
}

/// Who holds gezag meanwhile: as planned, or the parent who keeps it by law.
pub(in crate::drafting) fn holders(file: &Dossier, plan: &GezagPlan, on: NaiveDate) -> Vec<PartyId> {
    if let Some(holder) = &plan.interim_holder {
        return vec![holder.clone()];
    }
    let mut remaining: Vec<PartyId> = Vec::new();
    for child in &plan.children {
        for parent in file.parents_of(child) {
            let party = PartyId::from(parent);
            let holds = file.gezag_of(&party, child, plan.order_date.unwrap_or(on)).is_some_and(GezagForm::is_held);
            if holds && !plan.parents.contains(parent) && !remaining.contains(&party) {
                remaining.push(party);
            }
        }
    }
    remaining
}
