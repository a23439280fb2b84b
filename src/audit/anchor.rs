//! Anchors: the heads of all chains at one moment, themselves chained.

use super::chain::hash_fields;
use crate::db::schema::{audit_anchor, audit_head};
use crate::db::{Database, DbError, Micros, instant_of};
use crate::shared::moment::Instant;
use diesel::prelude::*;
use serde::Serialize;

/// Head of a chain: its name, its last place and the hash there.
pub(super) type Head = (String, i64, String);
/// Columns of an anchor in the order of the table.
pub(super) type AnchorRow = (i64, Micros, String, String, String);

/// An anchor, to be printed or kept outside the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Anchor {
    /// Number, from 1.
    pub seq: i64,
    /// When it was made.
    pub at: Instant,
    /// Hash over all heads and the anchor before it.
    pub hash: String,
}

pub(super) fn anchor_hash(row: &AnchorRow) -> String {
    let (seq, at, heads, previous, _) = row;
    hash_fields(&[&seq.to_string(), &at.to_string(), heads, previous])
}

/// Fixes the heads of all chains now.
///
/// # Errors
/// When storage fails.
pub fn make_anchor(db: &Database) -> Result<Anchor, DbError> {
    let at = db.now();
    db.write(move |tx| {
        let last: Option<AnchorRow> = audit_anchor::table.order(audit_anchor::seq.desc()).first(tx).optional()?;
        let (seq, previous) = last.map_or((1, String::new()), |row| (row.0 + 1, row.4));
        let heads: Vec<Head> = audit_head::table.order(audit_head::chain.asc()).load(tx)?;
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
