//! Proposals to destroy, in the database.

use crate::db::schema::{audit_entry, audit_head, destruction, user_account};
use crate::db::{AnyConn, DbError, Micros, instant_of};
use crate::shared::moment::Instant;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// A proposal, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Id.
    pub id: String,
    /// The case.
    pub dossier: String,
    /// Its reference.
    pub reference: String,
    /// Code of the rule.
    pub rule: String,
    /// From when it might be destroyed.
    pub due_on: String,
    /// Why, in the words of who proposed it.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// Id of who proposed it.
    pub proposed_by: String,
    /// Name of who proposed it.
    pub proposer: String,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Instant>,
    /// SHA-256 over the package for the archive.
    pub package: Option<String>,
    /// When it was carried out.
    pub destroyed_at: Option<Instant>,
    /// Name of who confirmed it.
    pub confirmer: Option<String>,
}

/// Events after which a package no longer has everything.
const CONTENT: [&str; 7] = [
    "dossier_changed",
    "safety_info_submitted",
    "delivery_received",
    "draft_stored",
    "document_step",
    "file_stored",
    "file_checked",
];

type Row = (
    (String, String, String, String, String, String),
    (Micros, String, Option<Micros>, Option<String>, Option<Micros>, Option<String>),
);

/// Proposals, the newest first.
pub(super) fn proposals(conn: &mut AnyConn, limit: i64) -> Result<Vec<Proposal>, DbError> {
    use destruction as d;
    let rows: Vec<Row> = d::table
        .order(d::id.desc())
        .limit(limit)
        .select((
            (d::id, d::dossier_id, d::reference, d::rule, d::due_on, d::reason),
            (d::proposed_at, d::proposed_by, d::withdrawn_at, d::package_hash, d::confirmed_at, d::confirmed_by),
        ))
        .load(conn)?;
    let names: Vec<(String, String)> = user_account::table.select((user_account::id, user_account::name)).load(conn)?;
    let names: BTreeMap<String, String> = names.into_iter().collect();
    Ok(rows.into_iter().map(|row| proposal(row, &names)).collect())
}

fn proposal((of_case, of_life): Row, names: &BTreeMap<String, String>) -> Proposal {
    let (id, dossier, reference, rule, due_on, reason) = of_case;
    let (proposed_at, proposed_by, withdrawn_at, package, confirmed_at, confirmed_by) = of_life;
    let name = |user: &String| names.get(user).cloned().unwrap_or_default();
    Proposal {
        id,
        dossier,
        reference,
        rule,
        due_on,
        reason,
        proposed_at: instant_of(proposed_at),
        proposer: name(&proposed_by),
        proposed_by,
        withdrawn_at: withdrawn_at.map(instant_of),
        package,
        destroyed_at: confirmed_at.map(instant_of),
        confirmer: confirmed_by.as_ref().map(name),
    }
}

/// A proposal that is open, with how far the chain was when its package was made.
pub(super) struct Open {
    pub id: String,
    pub dossier: String,
    pub proposed_by: String,
    pub package: Option<(String, i64)>,
}

type OpenRow = (String, String, String, Option<String>, Option<i64>);

/// The open proposal with this id.
pub(super) fn open(conn: &mut AnyConn, id: &str) -> Result<Option<Open>, DbError> {
    use destruction as d;
    let row: Option<OpenRow> = d::table
        .filter(d::id.eq(id).and(d::withdrawn_at.is_null()).and(d::confirmed_at.is_null()))
        .select((d::id, d::dossier_id, d::proposed_by, d::package_hash, d::package_seq))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(id, dossier, proposed_by, hash, seq)| Open { id, dossier, proposed_by, package: hash.zip(seq) }))
}

/// Id of the open proposal for a case.
pub(super) fn open_of_case(conn: &mut AnyConn, dossier: &str) -> Result<Option<String>, DbError> {
    use destruction as d;
    let open = d::dossier_id.eq(dossier).and(d::withdrawn_at.is_null()).and(d::confirmed_at.is_null());
    Ok(d::table.filter(open).select(d::id).get_result(conn).optional()?)
}

/// How far the chain of a case is.
pub(super) fn end_of_chain(conn: &mut AnyConn, dossier: &str) -> Result<i64, DbError> {
    Ok(audit_head::table.find(dossier).select(audit_head::seq).get_result(conn)?)
}

/// Whether content came into a case after this place in its chain.
pub(super) fn has_newer_content(conn: &mut AnyConn, dossier: &str, seq: i64) -> Result<bool, DbError> {
    let newer = audit_entry::table
        .filter(audit_entry::chain.eq(dossier).and(audit_entry::seq.gt(seq)))
        .filter(audit_entry::event.eq_any(CONTENT));
    Ok(newer.count().get_result::<i64>(conn)? > 0)
}
