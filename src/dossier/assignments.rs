//! Who is assigned to a case, by whom, and what an assignment needs.

use super::delegations;
use super::error::DossierError;
use super::model::Dossier;
use super::record::{Assignment, DossierSummary, NewAssignment};
use super::service::{Dossiers, PAGE_MOST, assigned};
use super::unfinished;
use super::{rights, store};
use crate::audit::{AuditEvent, Chain, record};
use crate::db::AnyConn;
use crate::identity::{Actor, Role};
use crate::shared::ids::{PartyId, PersonId};

impl Dossiers {
    /// Assigns a user to a case: the clerk of the case anyone, an administrator a clerk to a case that has none.
    ///
    /// A judge needs domains, an advocate a client, a partner an organisation, each from the dossier.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` with what is missing or wrong, or storage.
    pub fn assign(&self, actor: &Actor, id: &str, new: &NewAssignment) -> Result<String, DossierError> {
        let (who, key, given, at) = (actor.clone(), id.to_owned(), new.clone(), self.db.now());
        let outcome = self.db.write(actor, move |tx| {
            must_assign(tx, &who, &key)?;
            let role = rights::find_active_role(tx, &given.user_id)?
                .ok_or_else(|| DossierError::Invalid("Deze gebruiker is er niet of is afgesloten.".to_owned()))?;
            // Before the file is opened to look whom they stand for: an administrator sees none.
            if who.role == Role::Beheerder {
                must_be_its_only_clerk(tx, &key, role)?;
            }
            check_assignment(tx, &key, &given, role)?;
            let assignment = rights::insert_assignment(tx, &key, &given, role, &who.user_id, at)?;
            let event = assigned(assignment.clone(), &given.user_id, role);
            record(tx, &Chain::Dossier(key), &who.author(), at, &event)?;
            Ok(assignment)
        });
        self.note_refusal(actor, id, outcome)
    }

    /// Ends an assignment (clerk of the case, or administrator). A case keeps a clerk who can sign in: without one
    /// nobody could assign anyone to it again.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` when it is that of the last clerk, or storage.
    pub fn end_assignment(&self, actor: &Actor, id: &str, assignment: &str) -> Result<(), DossierError> {
        let (who, key, assignment, at) = (actor.clone(), id.to_owned(), assignment.to_owned(), self.db.now());
        let outcome = self.db.write(actor, move |tx| {
            must_assign(tx, &who, &key)?;
            must_leave_a_clerk(tx, &key, &assignment)?;
            if !rights::end_assignment(tx, &key, &assignment, at)? {
                return Err(DossierError::NotFound);
            }
            unfinished::forget_of_assignment(tx, &key, &assignment, at)?;
            record(tx, &Chain::Dossier(key), &who.author(), at, &AuditEvent::AssignmentEnded { assignment })?;
            Ok(())
        });
        self.note_refusal(actor, id, outcome)
    }

    /// Who is assigned to a case, and who acts for its advocates (court of the case, or administrator).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn assignments(&self, actor: &Actor, id: &str) -> Result<Vec<Assignment>, DossierError> {
        self.db.read(actor, |conn| {
            if actor.role != Role::Beheerder {
                rights::get_court_access(conn, actor, id)?;
            }
            let mut found = rights::list_assignments(conn, id)?;
            for one in found.iter_mut().filter(|one| one.access.role == Role::Advocaat && one.can_sign_in) {
                one.delegates = delegations::of_case(conn, &one.user_id, id, self.db.now())?;
            }
            Ok(found)
        })
    }

    /// Cases without a clerk who can sign in, by reference and without content, for the administrator: of someone
    /// whose account was closed, for instance.
    ///
    /// # Errors
    /// `Forbidden` for other roles, or storage.
    pub fn without_clerk(&self, actor: &Actor, limit: i64) -> Result<Vec<DossierSummary>, DossierError> {
        if actor.role != Role::Beheerder {
            return Err(DossierError::Forbidden);
        }
        self.db.read(actor, |conn| Ok(rights::list_without_clerk(conn, limit.clamp(1, PAGE_MOST))?))
    }
}

/// Refuses to take a case from its last clerk. Others who end an assignment of this case wait until this one is done,
/// so that two clerks cannot end each other's.
fn must_leave_a_clerk(tx: &mut AnyConn, id: &str, assignment: &str) -> Result<(), DossierError> {
    rights::hold(tx, id)?;
    let (of_this, others): (Vec<_>, Vec<_>) =
        rights::list_assignments(tx, id)?.into_iter().partition(|one| one.access.assignment == assignment);
    let is_clerk = of_this.iter().any(|one| one.access.role == Role::Griffier);
    if is_clerk && !others.iter().any(Assignment::is_of_a_working_clerk) {
        return Err(DossierError::Invalid(
            "Dit is de laatste griffier van de zaak. Wijs eerst een andere griffier toe: zonder griffier kan niemand \
             nog iemand aan deze zaak toewijzen."
                .to_owned(),
        ));
    }
    Ok(())
}

/// An administrator sees no case and gives no one sight of a case that has a clerk to decide on that.
fn must_be_its_only_clerk(tx: &mut AnyConn, id: &str, role: Role) -> Result<(), DossierError> {
    let told = match role {
        Role::Griffier if !rights::list_assignments(tx, id)?.iter().any(Assignment::is_of_a_working_clerk) => {
            return Ok(());
        }
        Role::Griffier => "Deze zaak heeft een griffier. Die wijst toe wie de zaak verder mag zien.",
        _ => "Een beheerder wijst alleen een griffier toe. Die wijst daarna de anderen toe.",
    };
    Err(DossierError::Invalid(told.to_owned()))
}

fn must_assign(tx: &mut AnyConn, actor: &Actor, id: &str) -> Result<(), DossierError> {
    match actor.role {
        Role::Beheerder if store::exists(tx, id)? => Ok(()),
        Role::Beheerder => Err(DossierError::NotFound),
        Role::Griffier => rights::own_access(tx, actor, id)?.map(|_| ()).ok_or(DossierError::NotFound),
        _ => rights::get_court_access(tx, actor, id).and(Err(DossierError::Forbidden)),
    }
}

fn check_assignment(tx: &mut AnyConn, id: &str, new: &NewAssignment, role: Role) -> Result<(), DossierError> {
    let wrong = |text: &str| Err(DossierError::Invalid(text.to_owned()));
    // Only who stands for someone in the file needs the file.
    let stands_for_someone = matches!(role, Role::Advocaat | Role::Ketenpartner);
    let dossier = if stands_for_someone { Some(current_content(tx, id)?) } else { None };
    let person = |client: &PersonId| dossier.iter().flat_map(|file| &file.persons).any(|person| person.id == *client);
    let organisation =
        |party: &PartyId| dossier.iter().flat_map(|file| &file.organisations).any(|org| org.id == *party);
    match (role, &new.person, &new.party, new.domains.is_empty()) {
        (Role::Rechter, None, None, false) | (Role::Griffier, None, None, true) => Ok(()),
        (Role::Advocaat, Some(client), None, true) if person(client) => Ok(()),
        (Role::Ketenpartner, None, Some(party), true) if organisation(party) => Ok(()),
        (Role::Rechter, ..) => wrong("Geef voor een rechter alleen de rechtsgebieden op waarin die zitting heeft."),
        (Role::Griffier, ..) => wrong("Geef voor een griffier alleen de gebruiker op."),
        (Role::Advocaat, ..) => wrong("Geef voor een advocaat alleen de cliënt op, een persoon uit dit dossier."),
        (Role::Ketenpartner, ..) => {
            wrong("Geef voor een ketenpartner alleen de organisatie op, een organisatie uit dit dossier.")
        }
        (Role::Medewerker, ..) => {
            wrong("Een medewerker wordt niet toegewezen: de advocaat geeft de eigen medewerkers zelf toegang.")
        }
        (Role::Toezichthouder | Role::Beheerder, ..) => {
            wrong("Een toezichthouder of beheerder kan niet aan een zaak worden toegewezen.")
        }
    }
}

fn current_content(tx: &mut AnyConn, id: &str) -> Result<Dossier, DossierError> {
    let current = store::current_version(tx, id)?.ok_or(DossierError::NotFound)?;
    let (_, content) = store::find_version(tx, id, current)?.ok_or(DossierError::NotFound)?;
    serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)
}
