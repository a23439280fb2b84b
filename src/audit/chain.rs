//! Writing an entry at the end of a chain, and reading a chain back.

use super::event::AuditEvent;
use crate::db::schema::{audit_entry, audit_head};
use crate::db::{AnyConn, DbError, Micros, instant_of};
use crate::shared::hash::sha256_hex;
use crate::shared::moment::Instant;
use diesel::prelude::*;
use serde::Serialize;

/// The chain an entry belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Everything that concerns no single case.
    System,
    /// One dossier, by its id.
    Dossier(String),
}

impl Chain {
    /// Name of the chain in the database.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::System => "system",
            Self::Dossier(id) => id,
        }
    }
}

/// Who did it: an id and a role, never a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Id of the user, or "onbekend" before sign-in.
    pub id: String,
    /// Role at that moment.
    pub role: String,
}

impl Author {
    /// Someone who has not signed in.
    #[must_use]
    pub fn unknown() -> Self {
        Self { id: "onbekend".to_owned(), role: "onbekend".to_owned() }
    }
}

/// An entry, for showing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// Place in the chain, from 1.
    pub seq: i64,
    /// When it was recorded.
    pub at: Instant,
    /// Id of the user.
    pub actor: String,
    /// Role of the user then.
    pub role: String,
    /// What happened, in Dutch, to follow the user's name.
    pub text: String,
    /// Stable code of the event.
    pub event: String,
    /// Hash of the entry.
    pub hash: String,
}

/// Columns of an entry in the order of the table.
pub(super) type EntryRow = (String, i64, Micros, String, String, String, String, String, String);

/// SHA-256 over fields, each preceded by its length, so that no two divisions of a text are alike.
pub(super) fn hash_fields(fields: &[&str]) -> String {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| field.len() + 8).sum());
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    sha256_hex(&bytes)
}

/// Hash of an entry as it must be.
pub(super) fn entry_hash(row: &EntryRow) -> String {
    let (chain, seq, at, actor, role, event, data, previous, _) = row;
    hash_fields(&[chain, &seq.to_string(), &at.to_string(), actor, role, event, data, previous])
}

/// Adds an entry to a chain, inside the transaction of what it records.
///
/// Call it last in the transaction: on PostgreSQL it holds the lock on the chain until COMMIT.
///
/// # Errors
/// When the entry cannot be stored; then the transaction must not be committed either.
pub fn record(
    tx: &mut AnyConn,
    chain: &Chain,
    author: &Author,
    at: Micros,
    event: &AuditEvent,
) -> Result<i64, DbError> {
    let name = chain.as_str();
    let head: Option<(String, i64, String)> = diesel::update(audit_head::table.find(name))
        .set(audit_head::seq.eq(audit_head::seq + 1))
        .returning(audit_head::all_columns)
        .get_result(tx)
        .optional()?;
    let is_first = head.is_none();
    let (seq, previous) = head.map_or((1, String::new()), |(_, seq, hash)| (seq, hash));
    let value = serde_json::to_value(event).map_err(unwritable)?;
    let code = value.get("event").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let data = value.to_string();
    let mut row: EntryRow =
        (name.to_owned(), seq, at, author.id.clone(), author.role.clone(), code, data, previous, String::new());
    row.8 = entry_hash(&row);
    insert(tx, &row)?;
    if is_first {
        diesel::insert_into(audit_head::table)
            .values((audit_head::chain.eq(name), audit_head::seq.eq(seq), audit_head::hash.eq(&row.8)))
            .execute(tx)?;
    } else {
        diesel::update(audit_head::table.find(name)).set(audit_head::hash.eq(&row.8)).execute(tx)?;
    }
    Ok(seq)
}

fn unwritable(error: serde_json::Error) -> DbError {
    DbError::Other { cause: error.to_string() }
}

fn insert(tx: &mut AnyConn, row: &EntryRow) -> Result<(), DbError> {
    use audit_entry::{actor, at, chain, data, event, hash, previous, role, seq};
    diesel::insert_into(audit_entry::table)
        .values((
            chain.eq(&row.0),
            seq.eq(row.1),
            at.eq(row.2),
            actor.eq(&row.3),
            role.eq(&row.4),
            event.eq(&row.5),
            data.eq(&row.6),
            previous.eq(&row.7),
            hash.eq(&row.8),
        ))
        .execute(tx)?;
    Ok(())
}

/// Entries of a chain, newest first, those before `before` when given.
///
/// # Errors
/// When storage fails.
pub fn lines(conn: &mut AnyConn, chain: &Chain, before: Option<i64>, limit: i64) -> Result<Vec<AuditLine>, DbError> {
    let rows: Vec<EntryRow> = audit_entry::table
        .filter(audit_entry::chain.eq(chain.as_str()))
        .filter(audit_entry::seq.lt(before.unwrap_or(i64::MAX)))
        .order(audit_entry::seq.desc())
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(line).collect())
}

fn line(row: EntryRow) -> AuditLine {
    let (_, seq, at, actor, role, event, data, _, hash) = row;
    // An entry by a newer program, or one that was tampered with, is still shown; `verify` judges it.
    let text = serde_json::from_str::<AuditEvent>(&data)
        .map_or_else(|_| format!("onbekende gebeurtenis ({event})"), |known| known.dutch());
    AuditLine { seq, at: instant_of(at), actor, role, text, event, hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_text_from_one_field_to_the_next_changes_the_hash() {
        assert_ne!(hash_fields(&["ab", "c"]), hash_fields(&["a", "bc"]));
    }
}
