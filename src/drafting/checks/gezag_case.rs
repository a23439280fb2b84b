//! What the rules of draft A ask of a case.

use super::Case;
use crate::dossier::model::{
    FamilyRole, GezagBasis, GezagPlan, MatterKind, MatterState, OrganisationKind, RelationKind, Request, RequestKind,
    SuspensionGround,
};
use crate::drafting::decision::{divorce_runs, lapse_of, only_institution, running_voogdij};
use crate::shared::ids::{FactId, PartyId, PersonId};
use chrono::NaiveDate;

pub(super) type A<'a> = Case<'a, GezagPlan>;

pub(super) fn is_268(case: &A<'_>) -> bool {
    case.plan.basis == GezagBasis::Bw1268
}

pub(super) fn day(case: &A<'_>) -> NaiveDate {
    case.plan.order_date.unwrap_or(case.on)
}

/// The request decided on: as the plan names it, or else the only fitting one in the matter.
pub(super) fn request<'a>(case: &A<'a>) -> Option<&'a Request> {
    if let Some(id) = &case.plan.request {
        return case.dossier.requests.iter().find(|request| request.id == *id);
    }
    let mut fitting = case.dossier.requests.iter().filter(|request| {
        request.matter == case.plan.matter
            && matches!(request.kind, RequestKind::SuspendGezag | RequestKind::SoleGezag | RequestKind::EndGezag)
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

pub(super) fn asked_by_parent(case: &A<'_>) -> bool {
    let Some(request) = request(case) else { return false };
    case.dossier.persons.iter().filter(|person| person.id.as_str() == request.by.as_str()).any(|person| {
        person.family_role == FamilyRole::Parent
            || case.plan.children.iter().any(|child| case.dossier.parents_of(child).any(|parent| *parent == person.id))
    })
}

/// Art. 1:267 BW: a carer is someone other than a parent.
pub(super) fn asked_by_carer(case: &A<'_>) -> bool {
    if asked_by_parent(case) {
        return false;
    }
    let Some(request) = request(case) else { return false };
    let year_ago = day(case).checked_sub_months(chrono::Months::new(12));
    case.dossier.relations.iter().any(|relation| {
        relation.kind == RelationKind::CarerOf
            && relation.from.as_str() == request.by.as_str()
            && case.plan.children.contains(&relation.to)
            && relation.since.is_none_or(|since| year_ago.is_some_and(|ago| since <= ago))
    })
}

pub(super) fn may_ask(case: &A<'_>) -> bool {
    let Some(request) = request(case) else { return false };
    let authority = case.dossier.organisations.iter().any(|item| {
        item.id == request.by && matches!(item.kind, OrganisationKind::Raad | OrganisationKind::OpenbaarMinisterie)
    });
    authority || asked_by_carer(case)
}

/// What a parent can ask instead.
pub(super) fn alternative(case: &A<'_>) -> String {
    if married(case) {
        let when =
            if divorce_runs(case.dossier) { "in de echtscheiding die loopt" } else { "bij of na een echtscheiding" };
        format!(
            "Wel mogelijk: eenhoofdig gezag op grond van art. 1:251a BW {when}; voor intussen: toevertrouwing van de \
             kinderen op grond van art. 822 Rv, of een melding bij de Raad."
        )
    } else {
        "Wel mogelijk: eenhoofdig gezag op grond van art. 1:253n BW, met een voorlopige voorziening (art. 223 Rv) waar dat kan, of een melding bij de Raad.".to_owned()
    }
}

pub(super) fn married(case: &A<'_>) -> bool {
    case.dossier.relations.iter().any(|relation| {
        matches!(relation.kind, RelationKind::Married | RelationKind::RegisteredPartnership)
            && case.plan.parents.iter().any(|parent| relation.from == *parent || relation.to == *parent)
    })
}

pub(super) fn basis_mismatch(case: &A<'_>) -> bool {
    let still_married = case.dossier.relations.iter().any(|relation| {
        relation.kind == RelationKind::Married
            && relation.until.is_none_or(|until| until > day(case))
            && case.plan.parents.iter().any(|parent| relation.from == *parent || relation.to == *parent)
    });
    match case.plan.basis {
        GezagBasis::Bw1251a => !married(case),
        GezagBasis::Bw1253n => still_married,
        _ => false,
    }
}

pub(super) fn lapse(case: &A<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let law = case.plan.order_date.and_then(lapse_of)?;
    case.plan.lapse_date.filter(|_| is_268(case)).map(|planned| (planned, law))
}

pub(super) fn interim_is_gi(case: &A<'_>) -> bool {
    case.plan.interim_holder.as_ref().is_some_and(|holder| {
        case.dossier
            .organisations
            .iter()
            .any(|item| item.id == *holder && item.kind == OrganisationKind::GecertificeerdeInstelling)
    })
}

/// Holders of gezag over a child who are not suspended by the plan.
pub(super) fn remaining(case: &A<'_>, child: &PersonId) -> Vec<PersonId> {
    case.dossier
        .parents_of(child)
        .filter(|parent| !case.plan.parents.contains(parent))
        .filter(|parent| {
            case.dossier.gezag_of(&PartyId::from(*parent), child, day(case)).is_some_and(|form| form.is_held())
        })
        .cloned()
        .collect()
}

pub(super) fn children_without_holder(case: &A<'_>) -> Vec<String> {
    children(case, |case, child| remaining(case, child).is_empty())
}

/// Whether the decision gives a provisional guardianship: to an institution, or because no parent remains.
pub(super) fn orders_voogdij(case: &A<'_>) -> bool {
    interim_is_gi(case) || (case.plan.interim_holder.is_none() && !children_without_holder(case).is_empty())
}

/// Whether a provisional guardianship over the child is in force already.
pub(super) fn already_guarded(case: &A<'_>, child: &PersonId) -> bool {
    running_voogdij(case.dossier, child, day(case)).is_some()
}

/// Who stay without a holder, with the institution that the paper names because the file has no other.
pub(super) fn proposed(case: &A<'_>, who: String) -> String {
    match only_institution(case.dossier) {
        Some(known) => format!(
            "{who} Het ontwerp noemt {}, de enige instelling in het dossier; leg de keuze vast.",
            case.dossier.party_name(&known)
        ),
        None => who,
    }
}

pub(super) fn wrong_interim(case: &A<'_>) -> bool {
    let Some(holder) = &case.plan.interim_holder else { return false };
    let is_remaining = case
        .plan
        .children
        .iter()
        .all(|child| remaining(case, child).iter().any(|parent| parent.as_str() == holder.as_str()));
    !interim_is_gi(case) && !is_remaining
}

pub(super) fn children(case: &A<'_>, test: fn(&A<'_>, &PersonId) -> bool) -> Vec<String> {
    case.plan.children.iter().filter(|id| test(case, id)).map(|id| case.dossier.person_name(id)).collect()
}

pub(super) fn twelve_or_unknown(case: &A<'_>, id: &PersonId) -> bool {
    case.dossier.find_person(id).and_then(|child| child.is_at_least(12, day(case))) != Some(false)
}

/// Parents in the plan who are not among those against whom the request is directed, when it names any.
pub(super) fn beyond_request(case: &A<'_>) -> Vec<String> {
    let Some(request) = request(case).filter(|request| !request.against.is_empty()) else { return Vec::new() };
    let beyond = case.plan.parents.iter().filter(|parent| !request.against.contains(parent));
    beyond.map(|parent| case.dossier.person_name(parent)).collect()
}

pub(super) fn minor(case: &A<'_>, id: &PersonId) -> Option<bool> {
    case.dossier.find_person(id)?.is_at_least(18, day(case)).map(|adult| !adult)
}

/// Parents whose gezag over some child of the plan has a form that the test names.
pub(super) fn parents(case: &A<'_>, test: fn(Option<crate::dossier::model::GezagForm>) -> bool) -> Vec<String> {
    case.plan
        .parents
        .iter()
        .filter(|parent| {
            case.plan
                .children
                .iter()
                .any(|child| test(case.dossier.gezag_of(&PartyId::from(*parent), child, day(case))))
        })
        .map(|parent| case.dossier.person_name(parent))
        .collect()
}

pub(super) fn register_shown(case: &A<'_>) -> bool {
    case.plan.parents.iter().all(|parent| {
        case.plan.children.iter().all(|child| {
            case.dossier.gezag.iter().any(|record| {
                record.child == *child && record.holder == PartyId::from(parent) && record.source.is_some()
            })
        })
    })
}

pub(super) fn known(case: &A<'_>, facts: &[FactId]) -> bool {
    let all = case.dossier.fact_ids();
    facts.iter().any(|fact| all.contains(fact))
}

/// Parents of a plan for several, in none of whose facts they are said to have acted; one parent stands or falls
/// with the facts as a whole.
pub(super) fn without_facts(case: &A<'_>) -> Vec<String> {
    let plan = case.plan;
    if plan.parents.len() < 2 || plan.ground != Some(SuspensionGround::AcuteThreat) {
        return Vec::new();
    }
    let facts: Vec<&FactId> = plan.suspicion_facts.iter().chain(&plan.acute_facts).collect();
    let acted = |parent: &PersonId| {
        case.dossier
            .events
            .iter()
            .any(|event| event.actors.contains(parent) && facts.iter().any(|fact| fact.as_str() == event.id.as_str()))
    };
    plan.parents.iter().filter(|parent| !acted(parent)).map(|parent| case.dossier.person_name(parent)).collect()
}

/// Whether the plan decides in the divorce matter itself.
pub(super) fn in_divorce(case: &A<'_>) -> bool {
    case.dossier.find_matter(&case.plan.matter).is_some_and(|matter| matter.kind == MatterKind::Divorce)
}

pub(super) fn divorce_pending(case: &A<'_>) -> bool {
    case.dossier.matters.iter().any(|matter| {
        matter.kind == MatterKind::Divorce
            && matches!(matter.state, MatterState::Announced | MatterState::Pending | MatterState::Heard)
    })
}

/// Whether the request names only the other ground of art. 1:268 lid 1 BW as its basis.
pub(super) fn ground_not_pleaded(case: &A<'_>) -> bool {
    let Some(basis) = request(case).and_then(|request| request.basis.as_deref()) else { return false };
    let (own, other) = match case.plan.ground {
        Some(SuspensionGround::AcuteThreat) => ("onder a", "onder b"),
        Some(SuspensionGround::MedicalTreatment) => ("onder b", "onder a"),
        None => return false,
    };
    basis.contains("1:268") && basis.contains(other) && !basis.contains(own)
}
