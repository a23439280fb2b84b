//! Queries on dossiers and their versions. Who may see which of them stands in `rights`.

use super::delegations;
use super::error::DossierError;
use super::model::Dossier;
use super::record::{DossierSummary, VersionInfo};
use crate::db::schema::{case_assignment, dossier, dossier_version, user_account};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, DbError, Micros, Spot, instant_of};
use crate::identity::{Actor, Role};
use diesel::prelude::*;

type VersionRow = (i64, String, Micros, String);

pub(super) fn exists(conn: &mut AnyConn, dossier_id: &str) -> Result<bool, DbError> {
    Ok(current_version(conn, dossier_id)?.is_some())
}

/// The current version of a dossier, whoever asks: for use after access was established.
///
/// # Errors
/// When storage fails.
pub fn current_version(conn: &mut AnyConn, dossier_id: &str) -> Result<Option<i64>, DbError> {
    Ok(dossier::table.find(dossier_id).select(dossier::current_version).get_result(conn).optional()?)
}

pub(super) fn insert_dossier(
    tx: &mut AnyConn,
    id: &str,
    reference: &str,
    by: &str,
    at: Micros,
) -> Result<(), DossierError> {
    diesel::insert_into(dossier::table)
        .values((
            dossier::id.eq(id),
            dossier::reference.eq(reference),
            dossier::current_version.eq(1_i64),
            dossier::created_at.eq(at),
            dossier::updated_at.eq(at),
            dossier::created_by.eq(by),
        ))
        .execute(tx)
        .map_err(taken)?;
    Ok(())
}

/// On these statements a duplicate can only be the reference.
fn taken(error: diesel::result::Error) -> DossierError {
    match DbError::from(error) {
        DbError::Duplicate => DossierError::ReferenceTaken,
        other => other.into(),
    }
}

/// Moves the head one version on, if it still stands where the actor thought.
pub(super) fn advance(
    tx: &mut AnyConn,
    id: &str,
    expected: i64,
    reference: &str,
    at: Micros,
) -> Result<bool, DossierError> {
    let moved = diesel::update(dossier::table.filter(dossier::id.eq(id)).filter(dossier::current_version.eq(expected)))
        .set((dossier::current_version.eq(expected + 1), dossier::reference.eq(reference), dossier::updated_at.eq(at)))
        .execute(tx)
        .map_err(taken)?;
    Ok(moved == 1)
}

/// A version to store.
pub(super) struct NewVersion<'a> {
    pub dossier_id: &'a str,
    pub version: i64,
    pub content: &'a str,
    pub hash: &'a str,
    pub at: Micros,
    pub by: &'a str,
}

pub(super) fn insert_version(tx: &mut AnyConn, new: &NewVersion<'_>) -> Result<(), DbError> {
    use dossier_version as v;
    let sealed = vault::seal(tx, &Spot::version(new.dossier_id, new.version), new.content.as_bytes())?;
    diesel::insert_into(v::table)
        .values((
            v::dossier_id.eq(new.dossier_id),
            v::version.eq(new.version),
            v::content.eq(""),
            v::sealed.eq(sealed),
            v::hash.eq(new.hash),
            v::created_at.eq(new.at),
            v::created_by.eq(new.by),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn find_hash(conn: &mut AnyConn, id: &str, version: i64) -> Result<Option<String>, DbError> {
    Ok(dossier_version::table.find((id, version)).select(dossier_version::hash).get_result(conn).optional()?)
}

/// A version of a dossier, parsed.
///
/// # Errors
/// `NotFound`, `Unreadable`, or storage.
pub fn dossier_at(conn: &mut AnyConn, id: &str, version: i64) -> Result<Dossier, DossierError> {
    let (_, content) = find_version(conn, id, version)?.ok_or(DossierError::NotFound)?;
    serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)
}

/// A version with its content, whoever asks: for use after access was established.
///
/// # Errors
/// When storage fails.
pub fn find_version(conn: &mut AnyConn, id: &str, version: i64) -> Result<Option<(VersionInfo, String)>, DbError> {
    use dossier_version as v;
    use user_account as u;
    let row: Option<(VersionRow, Stored<String>)> = v::table
        .inner_join(u::table.on(u::id.eq(v::created_by)))
        .filter(v::dossier_id.eq(id).and(v::version.eq(version)))
        .select(((v::version, v::hash, v::created_at, u::name), (v::content, v::sealed)))
        .get_result(conn)
        .optional()?;
    let Some((row, stored)) = row else { return Ok(None) };
    let content = vault::text(conn, &Spot::version(id, version), stored)?;
    Ok(Some((info(id, row), content)))
}

/// A version without its content.
pub(super) fn find_info(conn: &mut AnyConn, id: &str, version: i64) -> Result<Option<VersionInfo>, DbError> {
    use dossier_version as v;
    use user_account as u;
    let row: Option<VersionRow> = v::table
        .inner_join(u::table.on(u::id.eq(v::created_by)))
        .filter(v::dossier_id.eq(id).and(v::version.eq(version)))
        .select((v::version, v::hash, v::created_at, u::name))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|row| info(id, row)))
}

pub(super) fn list_versions(conn: &mut AnyConn, id: &str) -> Result<Vec<VersionInfo>, DbError> {
    use dossier_version as v;
    use user_account as u;
    let rows: Vec<VersionRow> = v::table
        .inner_join(u::table.on(u::id.eq(v::created_by)))
        .filter(v::dossier_id.eq(id))
        .order(v::version.desc())
        .select((v::version, v::hash, v::created_at, u::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| info(id, row)).collect())
}

fn info(id: &str, (version, hash, at, recorded_by): VersionRow) -> VersionInfo {
    VersionInfo { dossier_id: id.to_owned(), version, hash, recorded_at: instant_of(at), recorded_by }
}

pub(super) type SummaryRow = (String, String, i64, Micros);

pub(super) fn summary((id, reference, version, at): SummaryRow) -> DossierSummary {
    DossierSummary { id, reference, version, updated_at: instant_of(at) }
}

/// Which of the cases of an actor are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Cursor: only those made before it.
    pub before: Option<&'a str>,
    /// Words that all stand in the reference; empty for any.
    pub words: &'a str,
    /// Only those of which the current version is not older.
    pub since: Option<Micros>,
}

impl Wanted<'_> {
    /// Whether a case can be looked at and not be asked for.
    pub(super) fn passes_over(&self) -> bool {
        !self.words.trim().is_empty() || self.since.is_some()
    }
}

/// The assignments by which an actor sees cases, as a condition on a query that holds them.
macro_rules! own_cases {
    ($conn:expr, $actor:expr, $now:expr, $query:expr) => {{
        let query = $query.filter(case_assignment::ended_at.is_null()).into_boxed();
        if $actor.role == Role::Medewerker {
            let rights = delegations::rights($conn, &$actor.user_id, $now, None)?;
            query.filter(case_assignment::id.eq_any(rights.into_values().map(|access| access.assignment)))
        } else {
            query
                .filter(case_assignment::user_id.eq(&$actor.user_id))
                .filter(case_assignment::role.eq($actor.role.as_str()))
        }
    }};
}

/// The oldest of the cases that are looked through at once, when there are older ones: a word can stand anywhere in a
/// reference, so that no index finds it, and who has tens of thousands of cases would wait for all of them.
pub(super) fn last_looked_at(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Option<&str>,
    at_once: i64,
    now: Micros,
) -> Result<Option<String>, DbError> {
    use case_assignment as a;
    let query = a::table.order(a::dossier_id.desc()).offset(at_once - 1).limit(2).select(a::dossier_id);
    let mut query = own_cases!(conn, actor, now, query);
    if let Some(before) = before {
        query = query.filter(a::dossier_id.lt(before));
    }
    let found: Vec<String> = query.load(conn)?;
    Ok(if found.len() == 2 { found.into_iter().next() } else { None })
}

/// The case of the actor with exactly this reference.
pub(super) fn find_exact(
    conn: &mut AnyConn,
    actor: &Actor,
    reference: &str,
    now: Micros,
) -> Result<Option<DossierSummary>, DbError> {
    use dossier as d;
    let query =
        d::table.inner_join(case_assignment::table).select((d::id, d::reference, d::current_version, d::updated_at));
    let query = own_cases!(conn, actor, now, query).filter(d::reference.eq(reference));
    Ok(query.get_result::<SummaryRow>(conn).optional()?.map(summary))
}

/// Cases assigned to the actor that are asked for, newest first; not older than the oldest that is looked at.
pub(super) fn list_assigned(
    conn: &mut AnyConn,
    actor: &Actor,
    wanted: &Wanted<'_>,
    oldest: Option<&str>,
    (limit, now): (i64, Micros),
) -> Result<Vec<DossierSummary>, DbError> {
    use case_assignment as a;
    use dossier as d;
    let query = d::table
        .inner_join(a::table)
        // By the assignment's own column: its index on user and case is then read in order, and only as far as needed.
        .order(a::dossier_id.desc())
        .limit(limit)
        .select((d::id, d::reference, d::current_version, d::updated_at));
    let mut query = own_cases!(conn, actor, now, query);
    if let Some(before) = wanted.before {
        query = query.filter(a::dossier_id.lt(before));
    }
    if let Some(oldest) = oldest {
        query = query.filter(a::dossier_id.ge(oldest));
    }
    for word in wanted.words.split_whitespace() {
        query = query.filter(lower(d::reference).like(pattern(word)).escape('!'));
    }
    if let Some(since) = wanted.since {
        query = query.filter(d::updated_at.ge(since));
    }
    Ok(query.load::<SummaryRow>(conn)?.into_iter().map(summary).collect())
}

diesel::define_sql_function! {
    /// A text in small letters.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// A word anywhere in a text, with the signs of a pattern taken as they are.
fn pattern(word: &str) -> String {
    let mut out = String::from("%");
    for sign in word.to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(sign);
    }
    out.push('%');
    out
}

/// The reference of a dossier, for use after access was established.
pub(super) fn find_reference(conn: &mut AnyConn, id: &str) -> Result<Option<String>, DbError> {
    use dossier as d;
    Ok(d::table.find(id).select(d::reference).get_result(conn).optional()?)
}

/// All dossiers by id and reference, newest first: for those who assign or oversee, without content.
pub(super) fn list_all(conn: &mut AnyConn, before: Option<&str>, limit: i64) -> Result<Vec<DossierSummary>, DbError> {
    use dossier as d;
    let mut query = d::table
        .order(d::id.desc())
        .limit(limit)
        .select((d::id, d::reference, d::current_version, d::updated_at))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(d::id.lt(before));
    }
    Ok(query.load::<SummaryRow>(conn)?.into_iter().map(summary).collect())
}

/// All dossiers by id and reference, oldest first, those made after the cursor; without content.
pub(super) fn list_after(conn: &mut AnyConn, after: &str, limit: i64) -> Result<Vec<DossierSummary>, DbError> {
    use dossier as d;
    let query = d::table.filter(d::id.gt(after)).order(d::id.asc()).limit(limit).select((
        d::id,
        d::reference,
        d::current_version,
        d::updated_at,
    ));
    Ok(query.load::<SummaryRow>(conn)?.into_iter().map(summary).collect())
}

/// How many dossiers there are.
pub(super) fn count(conn: &mut AnyConn) -> Result<i64, DbError> {
    Ok(dossier::table.count().get_result(conn)?)
}

/// Reference, version and content of the current version, whoever asks: for the operator.
pub(super) fn find_current(conn: &mut AnyConn, id: &str) -> Result<Option<(String, i64, String)>, DbError> {
    use dossier as d;
    use dossier_version as v;
    let current = v::dossier_id.eq(d::id).and(v::version.eq(d::current_version));
    let row: Option<(String, i64, Stored<String>)> = d::table
        .inner_join(v::table.on(current))
        .filter(d::id.eq(id))
        .select((d::reference, v::version, (v::content, v::sealed)))
        .get_result(conn)
        .optional()?;
    let Some((reference, version, stored)) = row else { return Ok(None) };
    let content = vault::text(conn, &Spot::version(id, version), stored)?;
    Ok(Some((reference, version, content)))
}
