//! Who may see a case: queries on assignments. Whatever shows a case asks here, with the user who asks.

use super::delegations;
use super::error::DossierError;
use super::model::Domain;
use super::record::{Access, Assignment, DossierSummary, NewAssignment};
use super::store::{SummaryRow, summary};
use crate::db::schema::{case_assignment, dossier, user_account};
use crate::db::{AnyConn, DbError, Micros};
use crate::identity::{Actor, Role};
use crate::shared::ids::{PartyId, PersonId};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

pub(super) type AccessRow = (String, String, Option<String>, Option<String>, String);

pub(super) fn access((assignment, role, person, party, domains): AccessRow) -> Option<Access> {
    Some(Access {
        assignment,
        role: Role::parse(&role)?,
        person: person.map(PersonId),
        party: party.map(PartyId),
        domains: serde_json::from_str(&domains).unwrap_or_default(),
        on_behalf: None,
    })
}

/// The right by which the actor sees a case; none when the case does not exist for them.
///
/// Only a judge, clerk, advocate or partner can have one, and only in the role they still hold; someone of an
/// advocate's office has that of the advocate, while it was given to them.
///
/// # Errors
/// When storage fails.
pub fn find_access(
    conn: &mut AnyConn,
    actor: &Actor,
    dossier_id: &str,
    now: Micros,
) -> Result<Option<Access>, DbError> {
    if actor.role == Role::Medewerker {
        return Ok(delegations::rights(conn, &actor.user_id, now, Some(dossier_id))?.remove(dossier_id));
    }
    own_access(conn, actor, dossier_id)
}

/// The right that the actor's own assignment gives; someone of an office has none of their own.
///
/// # Errors
/// When storage fails.
pub fn own_access(conn: &mut AnyConn, actor: &Actor, dossier_id: &str) -> Result<Option<Access>, DbError> {
    use case_assignment as a;
    let row: Option<AccessRow> = a::table
        .filter(a::user_id.eq(&actor.user_id))
        .filter(a::dossier_id.eq(dossier_id))
        .filter(a::role.eq(actor.role.as_str()))
        .filter(a::ended_at.is_null())
        .select((a::id, a::role, a::person_id, a::party_id, a::domains))
        .get_result(conn)
        .optional()?;
    Ok(row.and_then(access))
}

/// What these assignments give or gave access to, each with whose it is, whoever asks: for use after access was
/// established.
pub(super) fn accesses(conn: &mut AnyConn, ids: &[String]) -> Result<Vec<(Access, String, String)>, DbError> {
    use case_assignment as a;
    use user_account as u;
    let rows: Vec<(AccessRow, String, String)> = a::table
        .inner_join(u::table.on(u::id.eq(a::user_id)))
        .filter(a::id.eq_any(ids))
        .select(((a::id, a::role, a::person_id, a::party_id, a::domains), u::id, u::name))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(row, user, name)| Some((access(row)?, user, name))).collect())
}

/// As `find_access`, for those who may see the content: judge, clerk and advocate, not a partner.
///
/// # Errors
/// `NotFound` when the case or its content does not exist for the actor, or storage.
pub fn get_content_access(
    conn: &mut AnyConn,
    actor: &Actor,
    dossier_id: &str,
    now: Micros,
) -> Result<Access, DossierError> {
    find_access(conn, actor, dossier_id, now)?
        .filter(|access| access.role.is_court() || access.role == Role::Advocaat)
        .ok_or(DossierError::NotFound)
}

/// As `find_access`, for those who work on the case for the court.
///
/// # Errors
/// `NotFound` when the case does not exist for the actor, `Forbidden` for an assigned advocate or partner.
pub fn get_court_access(conn: &mut AnyConn, actor: &Actor, dossier_id: &str) -> Result<Access, DossierError> {
    let access = own_access(conn, actor, dossier_id)?.ok_or(DossierError::NotFound)?;
    if access.role.is_court() { Ok(access) } else { Err(DossierError::Forbidden) }
}

/// Role of a user who can sign in.
pub(super) fn find_active_role(conn: &mut AnyConn, user_id: &str) -> Result<Option<Role>, DbError> {
    use user_account as u;
    let role: Option<String> =
        u::table.filter(u::id.eq(user_id).and(u::active.eq(true))).select(u::role).get_result(conn).optional()?;
    Ok(role.and_then(|role| Role::parse(&role)))
}

pub(super) fn insert_assignment(
    tx: &mut AnyConn,
    dossier_id: &str,
    new: &NewAssignment,
    role: Role,
    by: &str,
    at: Micros,
) -> Result<String, DossierError> {
    use case_assignment as a;
    let id = crate::db::new_id();
    diesel::insert_into(a::table)
        .values((
            a::id.eq(&id),
            a::dossier_id.eq(dossier_id),
            a::user_id.eq(&new.user_id),
            a::role.eq(role.as_str()),
            a::person_id.eq(new.person.as_ref().map(PersonId::as_str)),
            a::party_id.eq(new.party.as_ref().map(PartyId::as_str)),
            a::domains.eq(domains_json(&new.domains)),
            a::created_at.eq(at),
            a::created_by.eq(by),
        ))
        .execute(tx)
        .map_err(|error| match DbError::from(error) {
            DbError::Duplicate => DossierError::Invalid("Deze gebruiker is al aan de zaak toegewezen.".to_owned()),
            other => other.into(),
        })?;
    Ok(id)
}

fn domains_json(domains: &[Domain]) -> String {
    serde_json::to_string(domains).unwrap_or_else(|_| "[]".to_owned())
}

pub(super) fn end_assignment(tx: &mut AnyConn, dossier_id: &str, id: &str, at: Micros) -> Result<bool, DbError> {
    use case_assignment as a;
    let holds = a::id.eq(id).and(a::dossier_id.eq(dossier_id)).and(a::ended_at.is_null());
    Ok(diesel::update(a::table.filter(holds)).set(a::ended_at.eq(at)).execute(tx)? == 1)
}

pub(super) fn list_assignments(conn: &mut AnyConn, dossier_id: &str) -> Result<Vec<Assignment>, DbError> {
    use case_assignment as a;
    use user_account as u;
    let rows: Vec<(String, String, bool, AccessRow)> = a::table
        .inner_join(u::table.on(u::id.eq(a::user_id)))
        .filter(a::dossier_id.eq(dossier_id).and(a::ended_at.is_null()))
        .order(a::id.asc())
        .select((u::id, u::name, u::active, (a::id, a::role, a::person_id, a::party_id, a::domains)))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(user_id, name, can_sign_in, row)| {
            Some(Assignment { user_id, name, can_sign_in, access: access(row)?, delegates: Vec::new() })
        })
        .collect())
}

/// Cases without a clerk who can sign in, newest first; without content.
pub(super) fn list_without_clerk(conn: &mut AnyConn, limit: i64) -> Result<Vec<DossierSummary>, DbError> {
    use case_assignment as a;
    use dossier as d;
    use user_account as u;
    let clerk = a::role.eq(Role::Griffier.as_str()).and(a::ended_at.is_null());
    let can_sign_in = u::active.eq(true).and(u::role.eq(Role::Griffier.as_str()));
    let able = a::table
        .inner_join(u::table.on(u::id.eq(a::user_id)))
        .filter(a::dossier_id.eq(d::id).and(clerk).and(can_sign_in))
        .select(a::id);
    let rows: Vec<SummaryRow> = d::table
        .filter(not(exists(able)))
        .order(d::id.desc())
        .limit(limit)
        .select((d::id, d::reference, d::current_version, d::updated_at))
        .load(conn)?;
    Ok(rows.into_iter().map(summary).collect())
}

/// Makes others who change who may see this case wait until this transaction is done.
pub(super) fn hold(tx: &mut AnyConn, dossier_id: &str) -> Result<(), DbError> {
    let same = dossier::updated_at.eq(dossier::updated_at);
    diesel::update(dossier::table.find(dossier_id)).set(same).execute(tx)?;
    Ok(())
}
