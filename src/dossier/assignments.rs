//! Who is assigned to a case, by whom, and what an assignment needs.

use super::error::DossierError;
use super::model::Dossier;
use super::record::{Assignment, NewAssignment};
use super::service::{Dossiers, assigned};
use super::store;
use super::unfinished;
use crate::audit::{AuditEvent, Chain, record};
use crate::db::AnyConn;
use crate::identity::{Actor, Role};
use crate::shared::ids::{PartyId, PersonId};

impl Dossiers {
    /// Assigns a user to a case (clerk of the case, or administrator).
    ///
    /// A judge needs domains, an advocate a client, a partner an organisation, each from the dossier.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` with what is missing or wrong, or storage.
    pub fn assign(&self, actor: &Actor, id: &str, new: &NewAssignment) -> Result<String, DossierError> {
        let (who, key, given, at) = (actor.clone(), id.to_owned(), new.clone(), self.db.now());
        let outcome = self.db.write(move |tx| {
            must_assign(tx, &who, &key)?;
            let role = store::find_active_role(tx, &given.user_id)?
                .ok_or_else(|| DossierError::Invalid("Deze gebruiker is er niet of is afgesloten.".to_owned()))?;
            check_assignment(tx, &key, &given, role)?;
            let assignment = store::insert_assignment(tx, &key, &given, role, &who.user_id, at)?;
            let event = assigned(assignment.clone(), &given.user_id, role);
            record(tx, &Chain::Dossier(key), &who.author(), at, &event)?;
            Ok(assignment)
        });
        self.note_refusal(actor, id, outcome)
    }

    /// Ends an assignment (clerk of the case, or administrator).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn end_assignment(&self, actor: &Actor, id: &str, assignment: &str) -> Result<(), DossierError> {
        let (who, key, assignment, at) = (actor.clone(), id.to_owned(), assignment.to_owned(), self.db.now());
        let outcome = self.db.write(move |tx| {
            must_assign(tx, &who, &key)?;
            if !store::end_assignment(tx, &key, &assignment, at)? {
                return Err(DossierError::NotFound);
            }
            unfinished::forget_of_assignment(tx, &key, &assignment)?;
            record(tx, &Chain::Dossier(key), &who.author(), at, &AuditEvent::AssignmentEnded { assignment })?;
            Ok(())
        });
        self.note_refusal(actor, id, outcome)
    }

    /// Who is assigned to a case (court of the case, or administrator).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn assignments(&self, actor: &Actor, id: &str) -> Result<Vec<Assignment>, DossierError> {
        self.db.read(|conn| {
            if actor.role != Role::Beheerder {
                store::get_court_access(conn, actor, id)?;
            }
            Ok(store::list_assignments(conn, id)?)
        })
    }
}

fn must_assign(tx: &mut AnyConn, actor: &Actor, id: &str) -> Result<(), DossierError> {
    match actor.role {
        Role::Beheerder if store::exists(tx, id)? => Ok(()),
        Role::Beheerder => Err(DossierError::NotFound),
        Role::Griffier => store::find_access(tx, actor, id)?.map(|_| ()).ok_or(DossierError::NotFound),
        _ => store::get_court_access(tx, actor, id).and(Err(DossierError::Forbidden)),
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
