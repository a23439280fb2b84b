//! Writing an entry at the end of a chain, and reading a chain back.

use super::anchor::{HEAD, Head};
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
    /// Where it stands.
    pub place: Place,
    /// When it was recorded.
    pub at: Instant,
    /// Id of the user.
    pub actor: String,
    /// Role of the user then.
    pub role: String,
    /// What happened, in Dutch, to follow the user's name.
    pub text: String,
    /// The assignment that gave the right to it, when it was a look at a case.
    pub assignment: Option<String>,
    /// Stable code of the event.
    pub event: String,
    /// Hash of the entry.
    pub hash: String,
}

/// Place of an entry: its chain, from 1 in it, and when, by which the entries of all chains have an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Moment in microseconds.
    pub at: Micros,
    /// Name of the chain: the id of a dossier, or "system".
    pub chain: String,
    /// Place in the chain, from 1.
    pub seq: i64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.at, self.seq, self.chain)
    }
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(());
        let (at, seq) = (next()?.parse().map_err(|_| ())?, next()?.parse().map_err(|_| ())?);
        Ok(Self { at, seq, chain: next()?.to_owned() })
    }
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
    let head: Option<Head> = diesel::update(audit_head::table.find(name))
        .set(audit_head::seq.eq(audit_head::seq + 1))
        .returning(HEAD)
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

/// Entries of a chain, newest first, those before `before` when given, and those of one user when given.
///
/// # Errors
/// When storage fails.
pub fn lines(
    conn: &mut AnyConn,
    chain: &Chain,
    actor: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditLine>, DbError> {
    let mut query = audit_entry::table
        .filter(audit_entry::chain.eq(chain.as_str()))
        .filter(audit_entry::seq.lt(before.unwrap_or(i64::MAX)))
        .order(audit_entry::seq.desc())
        .limit(limit)
        .into_boxed();
    if let Some(actor) = actor {
        query = query.filter(audit_entry::actor.eq(actor));
    }
    let rows: Vec<EntryRow> = query.load(conn)?;
    Ok(rows.into_iter().map(line).collect())
}

/// Everything that one user did, in all cases and in the system, newest first, what came before `before` when given.
///
/// # Errors
/// When storage fails.
pub fn lines_of(
    conn: &mut AnyConn,
    actor: &str,
    before: Option<&Place>,
    limit: i64,
) -> Result<Vec<AuditLine>, DbError> {
    use audit_entry::{at, chain, seq};
    let mut query = audit_entry::table
        .filter(audit_entry::actor.eq(actor))
        .order((at.desc(), chain.desc(), seq.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(place) = before {
        let earlier_in_chain = chain.lt(&place.chain).or(chain.eq(&place.chain).and(seq.lt(place.seq)));
        query = query.filter(at.lt(place.at).or(at.eq(place.at).and(earlier_in_chain)));
    }
    let rows: Vec<EntryRow> = query.load(conn)?;
    Ok(rows.into_iter().map(line).collect())
}

fn line(row: EntryRow) -> AuditLine {
    let (chain, seq, at, actor, role, event, data, _, hash) = row;
    // An entry by a newer program, or one that was tampered with, is still shown; `verify` judges it.
    let known = serde_json::from_str::<AuditEvent>(&data).ok();
    let text = known.as_ref().map_or_else(|| format!("onbekende gebeurtenis ({event})"), AuditEvent::dutch);
    let assignment = known.as_ref().and_then(AuditEvent::assignment).map(str::to_owned);
    let place = Place { at, chain, seq };
    AuditLine { place, at: instant_of(at), actor, role, text, assignment, event, hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_as_it_was_written_and_nonsense_is_none() {
        let place = Place { at: 1_700_000_000_000_001, chain: "system".to_owned(), seq: 12 };
        assert_eq!(place.to_string().parse(), Ok(place));
        for nonsense in ["", "1", "1.2", "een.2.system", "1..system"] {
            assert_eq!(nonsense.parse::<Place>(), Err(()), "{nonsense}");
        }
    }

    #[test]
    fn moving_text_from_one_field_to_the_next_changes_the_hash() {
        assert_ne!(hash_fields(&["ab", "c"]), hash_fields(&["a", "bc"]));
    }
}
