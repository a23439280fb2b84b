//! What stands around a family decision and must not be passed over in silence: other requests in
//! the same matter, arrangements that still run, and a request elsewhere on which its basis hangs.

use super::basis::{ABOUT_GEZAG, Concerned, concerned};
use crate::dossier::model::{
    Dossier, GezagForm, Instrument, Label, MatterKind, Measure, OmgangPlan, Request, RequestKind,
};
use crate::drafting::checks::{call_unanswered, not_heard};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::{FactId, PartyId, PersonId, RequestId};
use crate::shared::moment::{local_date, start_of_day};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Requests in this matter of which the document decides nothing, each with what is still to be decided.
pub(super) fn other_requests(scene: &Scene<'_>, decided: &[RequestKind]) -> Value {
    others(scene, None, |request| !decided.contains(&request.kind))
}

/// The same, where of the kinds on which the document decides one request is answered: another of such a kind is
/// not passed over. What was asked only in case that one is not granted needs no decision once it is.
pub(super) fn requests_beside(
    scene: &Scene<'_>,
    decided: &[RequestKind],
    answered: Option<&RequestId>,
    granted: bool,
) -> Value {
    others(scene, answered.filter(|_| granted), |request| {
        !decided.contains(&request.kind) || answered.is_some_and(|answered| *answered != request.id)
    })
}

/// What a request is about, as it stands behind "het verzoek van … over".
fn subject(request: &Request) -> String {
    match request.kind {
        RequestKind::Other => format!("het volgende (\"{}\")", request.content.trim_end_matches('.')),
        // Between parents with joint gezag contact is not denied but held off for a time.
        RequestKind::DenyOmgang if request.basis.as_deref().is_some_and(|basis| basis.contains("253a")) => {
            "een tijdelijk verbod van contact".to_owned()
        }
        // One request can ask both.
        RequestKind::Omgang if request.content.to_lowercase().contains("informatie") => {
            format!("{} en over {}", RequestKind::Omgang.label(), RequestKind::Information.label())
        }
        kind => kind.label().to_owned(),
    }
}

/// Requests in this matter that are left open, each with what is still to be decided; `granted` is the request that is
/// followed.
pub(super) fn others(scene: &Scene<'_>, granted: Option<&RequestId>, open: impl Fn(&Request) -> bool) -> Value {
    let own = scene.matter.map(|matter| &matter.id);
    scene
        .file
        .requests
        .iter()
        .filter(|request| Some(&request.matter) == own && open(request))
        .map(|request| {
            let barred = request.kind == RequestKind::SuspendGezag && is_parent(scene, request);
            let primary = request.subsidiary_to.as_ref().filter(|id| granted == Some(*id));
            let primary = primary.and_then(|id| scene.file.requests.iter().find(|other| other.id == *id));
            json!({
                "wie": words::with_article(&scene.party(&request.by)),
                "over": subject(request),
                "primair": primary.map(subject),
                "inhoud": words::within(&request.content),
                "beslissing": "toewijzing, afwijzing, of aanhouding tot een dag",
                "niet_ontvankelijk": barred,
                "elders": decided_elsewhere(scene, request),
                "zonder_leegte": !is_silent(scene, "andere-verzoeken"),
            })
        })
        .collect()
}

/// The other paper of this matter that decides on a request.
fn decided_elsewhere(scene: &Scene<'_>, request: &Request) -> Option<&'static str> {
    let plans = &scene.file.plans;
    let contact = plans.omgang.as_ref().is_some_and(|plan| plan.matter == request.matter);
    let gezag = plans.gezag.as_ref().is_some_and(|plan| plan.matter == request.matter);
    match scene.words_about {
        "gezag" if contact && ABOUT_CONTACT.contains(&request.kind) => Some("de omgang"),
        "omgang" if gezag && ABOUT_GEZAG.contains(&request.kind) => Some("het gezag"),
        _ => None,
    }
}

/// Requests on which a decision about contact decides.
pub(in crate::drafting) const ABOUT_CONTACT: [RequestKind; 3] =
    [RequestKind::Omgang, RequestKind::DenyOmgang, RequestKind::Information];

/// Requests about contact in the matter of the plan, other than what it answers. Without a named request the only one
/// is the one answered. A plan that refuses contact answers who asked for contact, whatever request it names.
pub(in crate::drafting) fn left_open<'d>(file: &'d Dossier, plan: &OmgangPlan) -> Vec<&'d Request> {
    let about = |request: &&Request| request.matter == plan.matter && ABOUT_CONTACT.contains(&request.kind);
    let mut requests: Vec<&Request> = file.requests.iter().filter(about).collect();
    let single = requests.len() < 2;
    requests.retain(|request| match &plan.request {
        _ if plan.refuses_contact() => request.kind != RequestKind::Omgang,
        Some(named) => *named != request.id,
        None => !single,
    });
    requests
}

/// Children of twelve or older, or of unknown age, of whom the file does not tell what they think of the decision in
/// this matter: they had no opportunity yet, or nothing is known of what came of it.
pub(super) fn unheard(scene: &Scene<'_>, children: Option<&[PersonId]>, on: NaiveDate) -> Value {
    let all: Vec<PersonId> = scene.file.children().map(|child| child.id.clone()).collect();
    let Some(matter) = scene.matter.map(|matter| &matter.id) else { return Value::Null };
    let silent: Vec<PersonId> = children
        .unwrap_or(&all)
        .iter()
        .filter(|child| {
            let one = std::slice::from_ref(*child);
            !not_heard(scene.file, one, matter, on).is_empty()
                || !call_unanswered(scene.file, one, matter, on).is_empty()
        })
        .cloned()
        .collect();
    words::text_or_null(&scene.persons(&silent))
}

/// Who asked for contact with a child in the matter of the plan, when that is one.
pub(super) fn asker_of_contact<'d>(file: &'d Dossier, plan: &OmgangPlan, child: &PersonId) -> Option<&'d PartyId> {
    let about = |request: &&Request| {
        request.matter == plan.matter
            && request.kind == RequestKind::Omgang
            && (request.children.is_empty() || request.children.contains(child))
    };
    let mut askers = file.requests.iter().filter(about).map(|request| &request.by);
    let first = askers.next()?;
    askers.all(|other| other == first).then_some(first)
}

/// What the plan leaves open: whether it is followed has to be said of each.
pub(super) fn not_followed(scene: &Scene<'_>, plan: &OmgangPlan) -> Value {
    left_open(scene.file, plan)
        .into_iter()
        .map(|request| {
            json!({
                "wie": words::with_article(&scene.party(&request.by)),
                "inhoud": words::within(&request.content),
                "over": subject(request),
            })
        })
        .collect()
}

fn is_parent(scene: &Scene<'_>, request: &Request) -> bool {
    let mut parents = request.children.iter().flat_map(|child| scene.file.parents_of(child));
    parents.any(|parent| parent.as_str() == request.by.as_str())
}

/// Arrangements with any of these children that hold on the day of the order.
fn running<'s>(scene: &'s Scene<'_>, children: &[&PersonId], order: NaiveDate) -> Vec<&'s Measure> {
    let concerns =
        |measure: &Measure| measure.rules.iter().flat_map(|rule| &rule.with).any(|person| children.contains(&person));
    let holds = |measure: &Measure| measure.effective_end().is_none_or(|end| end > start_of_day(order));
    scene
        .file
        .measures
        .iter()
        .filter(|measure| matches!(measure.instrument, Instrument::Omgangsregeling | Instrument::Zorgregeling))
        .filter(|measure| concerns(measure) && holds(measure))
        .collect()
}

/// Whether an arrangement was made as a provisional order in a divorce (art. 822 Rv); such an order is changed
/// on request, by the court that gave it (art. 824 lid 2 Rv).
pub(in crate::drafting) fn is_provisional(file: &Dossier, measure: &Measure) -> bool {
    measure.legal_basis.as_deref().is_some_and(|basis| basis.contains("822"))
        || file.find_matter(&measure.matter).is_some_and(|matter| matter.kind == MatterKind::ProvisionalMeasures)
}

/// An arrangement as the dictum names it.
fn arrangement(scene: &Scene<'_>, measure: &Measure) -> Value {
    let matter = scene.file.find_matter(&measure.matter);
    let numbers: Vec<&str> =
        matter.into_iter().flat_map(|matter| &matter.numbers).map(|number| number.value.as_str()).collect();
    json!({
        "label": scene.label(&FactId::from(&measure.id)),
        "naam": measure.instrument.label(),
        "gegeven": words::day(measure.decided_at.as_ref().map(local_date)),
        "nummer": words::text_or_null(numbers.first().copied().unwrap_or_default()),
        "voorlopig": is_provisional(scene.file, measure),
        "van": words::moment(measure.starts.as_ref()),
    })
}

/// What runs about these children on the day of the order, and of which the paper has to say what becomes of it.
pub(super) fn running_about(scene: &Scene<'_>, children: &[&PersonId], order: NaiveDate) -> Value {
    let told = |measure: &Measure| {
        super::with(
            arrangement(scene, measure),
            json!({ "vervalt": words::day(replaced_before(scene, measure, order)) }),
        )
    };
    running(scene, children, order).into_iter().map(told).collect()
}

/// Day on which another paper of the same court, given no later, takes the place of an arrangement as planned.
fn replaced_before(scene: &Scene<'_>, measure: &Measure, order: NaiveDate) -> Option<NaiveDate> {
    let plan = scene.file.plans.omgang.as_ref().filter(|plan| plan.replaces_measure(&measure.id))?;
    let court = scene.file.find_matter(&plan.matter).map(|matter| &matter.authority.name);
    let same = scene.matter.map(|matter| &matter.authority.name) == court && !scene.is_own(&plan.matter);
    plan.order_date.filter(|day| same && *day <= order)
}

/// The arrangements that the plan replaces, those of which it says nothing, and those that a refusal leaves as they are.
pub(super) fn arrangements(scene: &Scene<'_>, plan: Option<&OmgangPlan>) -> Value {
    let told = |measure: &Measure| arrangement(scene, measure);
    let Some(plan) = plan else {
        return json!({ "voorlopig": false, "grond_open": false, "vervangen": [], "open": [], "blijven": [] });
    };
    let children: Vec<&PersonId> = plan.children.iter().map(|child| &child.child).collect();
    let running = plan.order_date.map(|order| running(scene, &children, order)).unwrap_or_default();
    if plan.refuses_contact() {
        let stay: Value = running.into_iter().map(told).collect();
        return json!({ "voorlopig": false, "grond_open": false, "vervangen": [], "open": [], "blijven": stay });
    }
    let replaced: Vec<&Measure> =
        scene.file.measures.iter().filter(|measure| plan.replaces_measure(&measure.id)).collect();
    let provisional = replaced.iter().any(|measure| is_provisional(scene.file, measure));
    let open = running.into_iter().filter(|item| !plan.replaces_measure(&item.id));
    json!({
        "voorlopig": provisional,
        // A provisional order ends before its time only on a ground of its own: without one nothing is replaced yet.
        "grond_open": provisional && is_silent(scene, "vervangen"),
        "vervangen": replaced.into_iter().map(told).collect::<Value>(),
        "open": open.map(told).collect::<Value>(),
        "blijven": [],
    })
}

/// Whether the judge gave no own words for a block of this paper.
pub(in crate::drafting) fn is_silent(scene: &Scene<'_>, block: &str) -> bool {
    scene.own_words(block).as_array().is_none_or(Vec::is_empty)
}

/// Kinds of request in the matter of a plan about contact of which that plan decides nothing.
pub(in crate::drafting) fn asks_beside_contact(file: &Dossier, plan: &OmgangPlan) -> bool {
    file.requests.iter().any(|request| request.matter == plan.matter && !ABOUT_CONTACT.contains(&request.kind))
}

/// Numbers of other matters in which somebody who may ask it asked to suspend or end the gezag of the parent whose
/// contact with these children is decided on.
pub(super) fn gezag_asked_elsewhere(scene: &Scene<'_>, plan: Option<&OmgangPlan>) -> Vec<String> {
    let kinds = [RequestKind::SuspendGezag, RequestKind::SoleGezag, RequestKind::EndGezag];
    matters_in_which(scene, plan, |request, pair| {
        kinds.contains(&request.kind)
            && !(request.kind == RequestKind::SuspendGezag && is_parent(scene, request))
            && request.against.contains(&pair.parent)
    })
}

/// The same of gezag that this parent asks to hold together with the other.
pub(super) fn joint_gezag_asked(scene: &Scene<'_>, plan: Option<&OmgangPlan>) -> Vec<String> {
    matters_in_which(scene, plan, |request, pair| {
        request.kind == RequestKind::JointGezag && request.by.as_str() == pair.parent.as_str()
    })
}

fn matters_in_which(
    scene: &Scene<'_>,
    plan: Option<&OmgangPlan>,
    asks: impl Fn(&Request, &Concerned) -> bool,
) -> Vec<String> {
    let pairs = match plan {
        Some(plan) => plan.children.iter().map(|item| Concerned::new(&plan.parent, &item.child)).collect(),
        None => concerned(scene),
    };
    let about = |request: &Request, pair: &Concerned| request.children.contains(&pair.child) && asks(request, pair);
    let concerns = |request: &&Request| pairs.iter().any(|pair| about(request, pair));
    let mut matters: Vec<String> = Vec::new();
    for request in scene.file.requests.iter().filter(concerns) {
        let Some(matter) = scene.file.find_matter(&request.matter) else { continue };
        let numbers: Vec<&str> = matter.numbers.iter().map(|number| number.value.as_str()).collect();
        let name = match (numbers.is_empty(), scene.is_own(&matter.id)) {
            (false, _) => numbers.join(" / "),
            (true, true) => "deze zaak".to_owned(),
            (true, false) => words::matter_name(matter.kind).to_owned(),
        };
        if !matters.contains(&name) {
            matters.push(name);
        }
    }
    matters
}

/// Who tells the other parent: the persons with gezag over the planned children, other than that parent.
pub(in crate::drafting) fn informants(file: &Dossier, plan: &OmgangPlan, on: NaiveDate) -> Vec<PersonId> {
    let mut found: Vec<PersonId> = Vec::new();
    for child in &plan.children {
        for person in &file.persons {
            let holds = file.gezag_of(&PartyId::from(&person.id), &child.child, on).is_some_and(GezagForm::is_held);
            if holds && person.id != plan.parent && !found.contains(&person.id) {
                found.push(person.id.clone());
            }
        }
    }
    found
}
