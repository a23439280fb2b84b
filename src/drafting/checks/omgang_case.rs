//! What the rules of draft B ask of a case.

use super::{Case, common};
use crate::conflicts::model::{ConflictKind, Severity};
use crate::dossier::model::{
    AddressKind, ChildHearingOutcome, Conduct, GezagForm, InformationDuty, Instrument, MatterKind, MatterState,
    Measure, MeasureState, OmgangBasis, OmgangChildPlan, OmgangForm, OmgangPlan, Place, Request, RequestKind,
    RuleEffect,
};
use crate::drafting::decision::is_provisional;
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::moment::{from_local, start_of_day};
use chrono::NaiveDate;

pub(super) type B<'a> = Case<'a, OmgangPlan>;

pub(super) fn day(case: &B<'_>) -> NaiveDate {
    case.plan.order_date.unwrap_or(case.on)
}

pub(super) fn children(case: &B<'_>, test: fn(&B<'_>, &OmgangChildPlan) -> bool) -> Vec<String> {
    case.plan
        .children
        .iter()
        .filter(|child| test(case, child))
        .map(|child| case.dossier.person_name(&child.child))
        .collect()
}

pub(super) fn arranges_contact(case: &B<'_>) -> bool {
    case.plan.children.iter().any(|child| child.form.has_contact())
}

pub(super) fn objected_at_hearing(case: &B<'_>, child: &OmgangChildPlan) -> bool {
    let person = case.dossier.find_person(&child.child);
    case.dossier.child_hearings.iter().any(|hearing| {
        hearing.child == child.child
            && matches!(hearing.outcome, ChildHearingOutcome::Heard | ChildHearingOutcome::Written)
            && hearing.objects_to_contact == Some(true)
            && hearing.held_on.is_some_and(|held| person.and_then(|person| person.is_at_least(12, held)) == Some(true))
    })
}

/// Whether the basis fits the gezag of the parent; `None` when the file does not say.
pub(super) fn basis_fits(case: &B<'_>, child: &OmgangChildPlan) -> Option<bool> {
    let of = |holder: &PersonId| case.dossier.gezag_of(&PartyId::from(holder), &child.child, day(case));
    // Gezag that another parent holds alone, this one does not have.
    let alone = || case.dossier.parents_of(&child.child).any(|other| of(other) == Some(GezagForm::Sole));
    let form = of(&case.plan.parent).or_else(|| alone().then_some(GezagForm::None))?;
    Some(match case.plan.basis {
        OmgangBasis::Bw1253a => form.is_held(),
        OmgangBasis::Bw1377a => !form.is_held(),
    })
}

/// Measures that forbid and can be in force at or after the first contact with this child.
pub(super) fn running_bans<'a>(case: &B<'a>, child: &OmgangChildPlan) -> impl Iterator<Item = &'a Measure> {
    let first = child
        .schedule
        .as_ref()
        .map(|schedule| from_local(schedule.first))
        .unwrap_or_else(|| start_of_day(child.starts_on.unwrap_or_else(|| day(case))));
    let parent = case.plan.parent.clone();
    case.dossier.measures.iter().filter(move |measure| {
        measure.restrained.contains(&parent)
            && measure.instrument != Instrument::Detentie
            && matches!(measure.state, MeasureState::InForce | MeasureState::NotYetEnforceable | MeasureState::Ended)
            && measure.effective_end().is_none_or(|end| end > first)
    })
}

/// Whether a rule of the ban forbids contact with this person, without an exception that fits.
pub(super) fn forbids_contact(measure: &Measure, with: &PersonId, arranged_through: Option<&PartyId>) -> bool {
    measure.rules.iter().any(|rule| {
        let concerns = if rule.with.is_empty() { measure.protected.contains(with) } else { rule.with.contains(with) };
        let excepted = rule.exceptions.iter().any(|exception| {
            matches!(exception.allows, Conduct::Contact | Conduct::Handover)
                && (exception.with.is_empty() || exception.with.contains(with))
                && exception.through.as_ref().is_none_or(|through| arranged_through == Some(through))
        });
        rule.effect == RuleEffect::Forbids && rule.conduct == Conduct::Contact && concerns && !excepted
    })
}

pub(super) fn contact_across_ban(case: &B<'_>, child: &OmgangChildPlan) -> bool {
    let supervisor = child.supervision.as_ref().map(|item| &item.by);
    child.form.has_contact()
        && running_bans(case, child).any(|measure| forbids_contact(measure, &child.child, supervisor))
}

pub(super) fn handover_across_ban(case: &B<'_>, child: &OmgangChildPlan) -> bool {
    let in_person = matches!(child.form, OmgangForm::Unrestricted | OmgangForm::Conditions | OmgangForm::Supervised);
    let handover = child.handover.as_ref().or(child.schedule.as_ref().and_then(|item| item.handover.as_ref()));
    let apart = handover.is_some_and(|item| item.adults_meet == Some(false));
    in_person
        && !apart
        && case.dossier.parents_of(&child.child).filter(|parent| **parent != case.plan.parent).any(|other| {
            let via = handover.and_then(|item| item.via.as_ref());
            running_bans(case, child).any(|measure| forbids_contact(measure, other, via))
        })
}

pub(super) fn blocking_conflict(case: &B<'_>) -> bool {
    case.conflicts.conflicts.iter().any(|conflict| {
        conflict.severity == Severity::Blocking
            && matches!(
                conflict.kind,
                ConflictKind::BanAgainstContact | ConflictKind::BanAgainstHandover | ConflictKind::BanAgainstPlace
            )
            && case.plan.children.iter().any(|child| conflict.persons.contains(&child.child))
            && !conflict.measures.iter().any(|id| replaced(case, id.as_str()))
    })
}

/// An arrangement that the plan replaces: the plan says per child what holds from now on.
pub(super) fn replaced(case: &B<'_>, measure: &str) -> bool {
    case.dossier.measures.iter().any(|item| {
        item.id.as_str() == measure
            && matches!(item.instrument, Instrument::Omgangsregeling | Instrument::Zorgregeling)
            && item
                .protected
                .iter()
                .filter(|person| is_child(case, person))
                .all(|person| case.plan.children.iter().any(|child| child.child == *person))
    })
}

/// Children under an arrangement that the plan replaces, for whom it arranges nothing.
pub(super) fn left_behind(case: &B<'_>) -> Vec<String> {
    let replaced = case.dossier.measures.iter().filter(|measure| case.plan.replaces_measure(&measure.id));
    let mut left: Vec<&PersonId> = replaced
        .flat_map(|measure| measure.protected.iter().chain(measure.rules.iter().flat_map(|rule| &rule.with)))
        .filter(|id| is_child(case, id) && case.plan.children.iter().all(|child| child.child != **id))
        .collect();
    left.sort();
    left.dedup();
    left.into_iter().map(|id| case.dossier.person_name(id)).collect()
}

pub(super) fn replaces_provisional(case: &B<'_>) -> bool {
    let mut replaced = case.dossier.measures.iter().filter(|measure| case.plan.replaces_measure(&measure.id));
    replaced.any(|measure| is_provisional(case.dossier, measure))
}

/// Whether somebody asked for another arrangement in a matter of provisional measures that still runs.
pub(super) fn amendment_asked(case: &B<'_>) -> bool {
    let runs = |request: &Request| {
        case.dossier.find_matter(&request.matter).is_some_and(|matter| {
            matter.kind == MatterKind::ProvisionalMeasures
                && matches!(matter.state, MatterState::Pending | MatterState::Heard)
        })
    };
    case.dossier
        .requests
        .iter()
        .any(|request| matches!(request.kind, RequestKind::Omgang | RequestKind::DenyOmgang) && runs(request))
}

pub(super) fn requests<'a>(case: &B<'a>) -> impl Iterator<Item = &'a Request> {
    let matter = case.plan.matter.clone();
    case.dossier.requests.iter().filter(move |request| request.matter == matter)
}

pub(super) fn asked(case: &B<'_>, kinds: &[RequestKind]) -> bool {
    requests(case).any(|request| kinds.contains(&request.kind))
}

pub(super) fn mentions(case: &B<'_>, word: &str) -> bool {
    requests(case).any(|request| {
        [Some(&request.content), request.grounds.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| text.to_lowercase().contains(word))
    })
}

pub(super) fn is_child(case: &B<'_>, id: &PersonId) -> bool {
    case.dossier.children().any(|child| child.id == *id)
}

pub(super) fn huisverbod_child_elsewhere(case: &B<'_>, child: &PersonId) -> bool {
    let home = |id: &PersonId| {
        case.dossier
            .find_person(id)
            .into_iter()
            .flat_map(|person| &person.addresses)
            .find(|address| address.kind == AddressKind::Home && address.until.is_none())
            .map(|address| address.line.clone())
    };
    let (Some(of_child), Some(of_parent)) = (home(child), home(&case.plan.parent)) else { return false };
    of_child != of_parent
        && case.dossier.measures.iter().any(|measure| {
            matches!(measure.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension)
                && measure.protected.contains(child)
        })
}

pub(super) fn handover_place(child: &OmgangChildPlan) -> Option<&Place> {
    let own = child.handover.as_ref();
    own.or(child.schedule.as_ref().and_then(|item| item.handover.as_ref())).and_then(|item| item.place.as_ref())
}

pub(super) fn is_secret(case: &B<'_>, place: &Place) -> bool {
    place.address.as_ref().is_some_and(|id| {
        case.dossier
            .persons
            .iter()
            .flat_map(|person| &person.addresses)
            .any(|address| address.id == *id && address.is_shielded())
    })
}

pub(super) fn joint_talks(case: &B<'_>) -> bool {
    let mut texts = case.plan.children.iter().flat_map(|child| &child.conditions).map(|condition| &condition.text);
    case.plan.joint_talks_as_condition || texts.any(|text| common::asks_joint_talks(text))
}

pub(super) fn supervisor_ready(child: &OmgangChildPlan) -> bool {
    child.supervision.as_ref().is_some_and(|item| {
        item.agreed == Some(true)
            && item.available_from.is_some_and(|from| child.starts_on.is_none_or(|start| from <= start))
    })
}

pub(super) fn shielded_carer(case: &B<'_>) -> bool {
    let ids = case.plan.children.iter().map(|child| &child.child);
    let parents = ids.clone().flat_map(|child| case.dossier.parents_of(child));
    ids.chain(parents)
        .filter(|id| **id != case.plan.parent)
        .filter_map(|id| case.dossier.find_person(id))
        .any(|person| person.addresses.iter().any(|address| address.until.is_none() && address.is_shielded()))
}

/// Whether the plan gives a duty to inform. To put the duty aside can be done without a request.
pub(super) fn gives_information(case: &B<'_>) -> bool {
    case.plan.information.is_some_and(|duty| duty != InformationDuty::None)
}
