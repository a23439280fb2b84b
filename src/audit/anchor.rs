//! Anchors: the heads of the chains that grew, at one moment, themselves chained. All anchors together name the
//! head of every chain; each alone stays small however many cases there are.

use super::chain::hash_fields;
use crate::db::schema::{audit_anchor, audit_head};
use crate::db::{Database, DbError, Job, Micros, instant_of};
use crate::shared::moment::Instant;
use diesel::prelude::*;
use serde::Serialize;

/// Head of a chain: its name, its last place and the hash there.
pub(super) type Head = (String, i64, String);
/// The columns of a head.
pub(super) const HEAD: (audit_head::chain, audit_head::seq, audit_head::hash) =
    (audit_head::chain, audit_head::seq, audit_head::hash);
/// Columns of an anchor in the order of the table.
pub(super) type AnchorRow = (i64, Micros, String, String, String);

/// An anchor, to be printed or kept outside the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Anchor {
    /// Number, from 1.
    pub seq: i64,
    /// When it was made.
    pub at: Instant,
    /// Hash over its heads and the anchor before it.
    pub hash: String,
}

pub(super) fn anchor_hash(row: &AnchorRow) -> String {
    let (seq, at, heads, previous, _) = row;
    hash_fields(&[&seq.to_string(), &at.to_string(), heads, previous])
}

/// Fixes the heads of all chains that grew since the anchor before.
///
/// # Errors
/// When storage fails.
pub fn make_anchor(db: &Database) -> Result<Anchor, DbError> {
    let at = db.now();
    db.write(Job::Verify, move |tx| {
        let last: Option<AnchorRow> = audit_anchor::table.order(audit_anchor::seq.desc()).first(tx).optional()?;
        let (seq, previous) = last.map_or((1, String::new()), |row| (row.0 + 1, row.4));
        // One statement, so that nothing can grow between naming a head and noting how far it is fixed.
        let mut heads: Vec<Head> = diesel::update(audit_head::table.filter(audit_head::seq.gt(audit_head::anchored)))
            .set(audit_head::anchored.eq(audit_head::seq))
            .returning(HEAD)
            .get_results(tx)?;
        heads.sort_unstable();
        let heads = serde_json::to_string(&heads).map_err(|error| DbError::Other { cause: error.to_string() })?;
        let mut row: AnchorRow = (seq, at, heads, previous, String::new());
        row.4 = anchor_hash(&row);
        diesel::insert_into(audit_anchor::table)
            .values((
                audit_anchor::seq.eq(row.0),
                audit_anchor::at.eq(row.1),
                audit_anchor::heads.eq(&row.2),
                audit_anchor::previous.eq(&row.3),
                audit_anchor::hash.eq(&row.4),
            ))
            .execute(tx)?;
        Ok(Anchor { seq, at: instant_of(at), hash: row.4 })
    })
}
