//! What a change of a dossier may not do, whichever way it comes in: a form, a file, the API.

mod own;

pub(super) use own::{brought_in_by, with_marks};

use super::error::{DossierError, PlacedProblem};
use super::model::Dossier;
use super::model::secrets::{NamedPlaces, brought_in, towns_brought_in};
use super::record::Access;
use super::service::domains_of;
use crate::identity::Role;

/// Refuses a change that touches what the actor may not touch, or that brings a secret address into a text,
/// or that gives, changes or takes away what only a judge says.
pub(super) fn may_change(
    access: &Access,
    before: &Dossier,
    after: &Dossier,
    places: NamedPlaces,
) -> Result<(), DossierError> {
    must_keep_unseen(access, before, after)?;
    let mut problems: Vec<PlacedProblem> =
        brought_in(before, after).into_iter().map(PlacedProblem::secret_at).collect();
    problems.extend(own::not_theirs(access, before, after));
    problems.extend(unasked_towns(Some(before), after, places));
    if problems.is_empty() { Ok(()) } else { Err(DossierError::Placed(problems)) }
}

/// Refuses a new file with a text that names the town of a shielded address, until who brings it says that it may.
pub(super) fn may_bring(dossier: &Dossier, places: NamedPlaces) -> Result<(), DossierError> {
    let problems = unasked_towns(None, dossier, places);
    if problems.is_empty() { Ok(()) } else { Err(DossierError::Placed(problems)) }
}

fn unasked_towns(before: Option<&Dossier>, after: &Dossier, places: NamedPlaces) -> Vec<PlacedProblem> {
    if places == NamedPlaces::Meant {
        return Vec::new();
    }
    towns_brought_in(before, after).into_iter().map(PlacedProblem::town_at).collect()
}

/// A judge who does not sit in every domain of the case may change only the plans and the judge's own words:
/// otherwise what they cannot see could be lost.
fn must_keep_unseen(access: &Access, before: &Dossier, after: &Dossier) -> Result<(), DossierError> {
    if access.role != Role::Rechter || domains_of(before).iter().all(|domain| access.domains.contains(domain)) {
        return Ok(());
    }
    let mut allowed = before.clone();
    allowed.plans.clone_from(&after.plans);
    allowed.judge_words.clone_from(&after.judge_words);
    if allowed == *after {
        return Ok(());
    }
    Err(DossierError::Invalid(
        "U heeft geen zitting in alle rechtsgebieden van deze zaak en ziet een deel van het dossier niet. U kunt alleen \
         de voorgenomen beslissingen en uw eigen overwegingen wijzigen. Vraag de griffier om andere wijzigingen."
            .to_owned(),
    ))
}
