//! Queries on users, sessions and failed sign-ins.

use super::model::{Role, UserSummary};
use super::service::Means;
use crate::db::schema::{session, sign_in_attempt, spent_once, user_account};
use crate::db::{AnyConn, DbError, Micros};
use diesel::prelude::*;

/// An account as sign-in needs it.
pub(super) struct AccountRow {
    pub id: String,
    pub login: String,
    pub name: String,
    pub role: String,
    pub password_hash: String,
    pub active: bool,
}

/// A session with its user, as `authenticate` needs it.
pub(super) struct SessionRow {
    pub user_id: String,
    pub name: String,
    pub role: String,
    pub ends_at: Micros,
    /// Whether a second factor was given.
    pub second_factor: bool,
    /// Whether it began at a provider.
    pub by_provider: bool,
    /// Not revoked, and the user is active.
    pub counts: bool,
}

/// Failures under one name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attempts {
    pub failed: i64,
    pub last_at: Micros,
    pub locked_until: Micros,
}

pub(super) type AccountColumns = (String, String, String, String, String, bool);

pub(super) fn account((id, login, name, role, password_hash, active): AccountColumns) -> AccountRow {
    AccountRow { id, login, name, role, password_hash, active }
}

pub(super) fn find_account(conn: &mut AnyConn, login: &str) -> Result<Option<AccountRow>, DbError> {
    use user_account as u;
    let columns = (u::id, u::login, u::name, u::role, u::password_hash, u::active);
    let row = u::table.filter(u::login.eq(login)).select(columns).get_result(conn).optional()?;
    Ok(row.map(account))
}

pub(super) fn find_account_of(conn: &mut AnyConn, id: &str) -> Result<Option<AccountRow>, DbError> {
    use user_account as u;
    let columns = (u::id, u::login, u::name, u::role, u::password_hash, u::active);
    Ok(u::table.find(id).select(columns).get_result(conn).optional()?.map(account))
}

pub(super) fn insert_account(
    tx: &mut AnyConn,
    user: &UserSummary,
    password_hash: &str,
    at: Micros,
) -> Result<(), DbError> {
    use user_account as u;
    diesel::insert_into(u::table)
        .values((
            u::id.eq(&user.id),
            u::login.eq(&user.login),
            u::name.eq(&user.name),
            u::role.eq(user.role.as_str()),
            u::password_hash.eq(password_hash),
            u::active.eq(user.active),
            u::created_at.eq(at),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn update_password(tx: &mut AnyConn, id: &str, password_hash: &str) -> Result<bool, DbError> {
    let changed =
        diesel::update(user_account::table.find(id)).set(user_account::password_hash.eq(password_hash)).execute(tx)?;
    Ok(changed == 1)
}

pub(super) fn deactivate(tx: &mut AnyConn, id: &str) -> Result<bool, DbError> {
    let changed = diesel::update(user_account::table.find(id)).set(user_account::active.eq(false)).execute(tx)?;
    Ok(changed == 1)
}

pub(super) fn list_users(conn: &mut AnyConn, only_active: bool) -> Result<Vec<UserSummary>, DbError> {
    use user_account as u;
    let rows: Vec<(String, String, String, String, bool)> = u::table
        .filter(u::id.ne(super::model::Actor::OPERATOR_ID))
        .order(u::login.asc())
        .select((u::id, u::login, u::name, u::role, u::active))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, login, name, role, active)| {
            let role = Role::parse(&role)?;
            (active || !only_active).then_some(UserSummary { id, login, name, role, active })
        })
        .collect())
}

pub(super) fn attempts(conn: &mut AnyConn, login_hash: &str) -> Result<Option<Attempts>, DbError> {
    use sign_in_attempt as a;
    let row: Option<(i64, i64, i64)> =
        a::table.find(login_hash).select((a::failed, a::last_at, a::locked_until)).get_result(conn).optional()?;
    Ok(row.map(|(failed, last_at, locked_until)| Attempts { failed, last_at, locked_until }))
}

/// The attempts under a name, held for this transaction so that guesses made at the same moment
/// are counted one after the other; a row is made when there is none.
pub(super) fn hold_attempts(tx: &mut AnyConn, login_hash: &str) -> Result<Attempts, DbError> {
    use sign_in_attempt as a;
    if let Some(known) = lock_attempts(tx, login_hash)? {
        return Ok(known);
    }
    let row = (a::login_hash.eq(login_hash), a::failed.eq(0), a::last_at.eq(0), a::locked_until.eq(0));
    let made = tx.transaction(|tx| -> Result<(), DbError> {
        diesel::insert_into(a::table).values(row).execute(tx)?;
        Ok(())
    });
    match made {
        // Another guess made the row first; it is there now.
        Ok(()) | Err(DbError::Duplicate) => {}
        Err(error) => return Err(error),
    }
    Ok(lock_attempts(tx, login_hash)?.unwrap_or_default())
}

/// Writing a row to itself locks it on PostgreSQL; SQLite has one writer anyway.
fn lock_attempts(tx: &mut AnyConn, login_hash: &str) -> Result<Option<Attempts>, DbError> {
    use sign_in_attempt as a;
    let touched = diesel::update(a::table.find(login_hash)).set(a::failed.eq(a::failed)).execute(tx)?;
    if touched == 0 { Ok(None) } else { attempts(tx, login_hash) }
}

pub(super) fn put_attempts(tx: &mut AnyConn, login_hash: &str, now: Attempts) -> Result<(), DbError> {
    use sign_in_attempt as a;
    let values = (a::failed.eq(now.failed), a::last_at.eq(now.last_at), a::locked_until.eq(now.locked_until));
    diesel::update(a::table.find(login_hash)).set(values).execute(tx)?;
    Ok(())
}

pub(super) fn forget_attempts(tx: &mut AnyConn, login_hash: &str, older_than: Micros) -> Result<(), DbError> {
    use sign_in_attempt as a;
    diesel::delete(a::table.filter(a::login_hash.eq(login_hash).or(a::last_at.lt(older_than)))).execute(tx)?;
    Ok(())
}

pub(super) fn insert_session(
    tx: &mut AnyConn,
    id: &str,
    user: &str,
    (started, ends): (Micros, Micros),
    means: &Means,
) -> Result<(), DbError> {
    use session as s;
    diesel::insert_into(s::table)
        .values((
            s::id.eq(id),
            s::user_id.eq(user),
            s::started_at.eq(started),
            s::ends_at.eq(ends),
            s::second_factor.eq(means.second_factor),
            s::by_provider.eq(means.by_provider),
        ))
        .execute(tx)?;
    Ok(())
}

/// Removes sessions that ended before a moment; the audit trail keeps that they were there.
pub(super) fn forget_sessions(tx: &mut AnyConn, ended_before: Micros) -> Result<(), DbError> {
    diesel::delete(session::table.filter(session::ends_at.lt(ended_before))).execute(tx)?;
    Ok(())
}

/// Keeps the hash of what counts once; `Duplicate` when it was there.
pub(super) fn insert_spent(tx: &mut AnyConn, hash: &str, ends_at: Micros) -> Result<(), DbError> {
    use spent_once as o;
    diesel::insert_into(o::table).values((o::hash.eq(hash), o::ends_at.eq(ends_at))).execute(tx)?;
    Ok(())
}

/// Forgets what has run out: it no longer counts anyway.
pub(super) fn forget_spent(tx: &mut AnyConn, before: Micros) -> Result<(), DbError> {
    diesel::delete(spent_once::table.filter(spent_once::ends_at.lt(before))).execute(tx)?;
    Ok(())
}

pub(super) fn find_session(conn: &mut AnyConn, id: &str) -> Result<Option<SessionRow>, DbError> {
    use session as s;
    use user_account as u;
    type Columns = (String, String, String, i64, Option<i64>, bool, bool, bool);
    let row: Option<Columns> = s::table
        .inner_join(u::table)
        .filter(s::id.eq(id))
        .select((u::id, u::name, u::role, s::ends_at, s::revoked_at, u::active, s::second_factor, s::by_provider))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(user_id, name, role, ends_at, revoked_at, active, second_factor, by_provider)| SessionRow {
        user_id,
        name,
        role,
        ends_at,
        second_factor,
        by_provider,
        counts: active && revoked_at.is_none(),
    }))
}

pub(super) fn revoke_session(tx: &mut AnyConn, id: &str, at: Micros) -> Result<(), DbError> {
    use session as s;
    diesel::update(s::table.filter(s::id.eq(id).and(s::revoked_at.is_null()))).set(s::revoked_at.eq(at)).execute(tx)?;
    Ok(())
}

pub(super) fn revoke_sessions_of(tx: &mut AnyConn, user: &str, at: Micros) -> Result<(), DbError> {
    use session as s;
    diesel::update(s::table.filter(s::user_id.eq(user).and(s::revoked_at.is_null())))
        .set(s::revoked_at.eq(at))
        .execute(tx)?;
    Ok(())
}

/// Ends the sessions of a user but one.
pub(super) fn revoke_other_sessions(tx: &mut AnyConn, user: &str, kept: &str, at: Micros) -> Result<(), DbError> {
    use session as s;
    let others = s::user_id.eq(user).and(s::id.ne(kept)).and(s::revoked_at.is_null());
    diesel::update(s::table.filter(others)).set(s::revoked_at.eq(at)).execute(tx)?;
    Ok(())
}

/// Marks whether a second factor was given in a session.
pub(super) fn mark_second_factor(tx: &mut AnyConn, id: &str, given: bool) -> Result<(), DbError> {
    diesel::update(session::table.find(id)).set(session::second_factor.eq(given)).execute(tx)?;
    Ok(())
}
