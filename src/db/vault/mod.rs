//! Seals what is stored: envelope keys, AES-256-GCM by aws-lc.
//!
//! Each scope (a dossier, the files, the accounts) has a data key of its own in `data_key`, wrapped by a master
//! key that is kept outside the database. What is sealed is bound to its scope and its place: moved to another
//! row it does not open. No data key is kept in memory: one that was made in a transaction that failed would
//! else seal what nobody can open. Unwrapping costs about a microsecond.
//!
//! A job of `Database::read` or `write` runs on one thread with one connection; the keys of that database are at
//! hand on that thread for as long as the job runs (`within`), so that a query can seal and open beside its rows.

mod keys;
mod spot;
mod sweep;

pub use keys::{KeyPlace, is_in_environment, master_file};
pub use spot::Spot;
pub use sweep::{seal_stored, unsealed};

use super::clock::Micros;
use super::connection::AnyConn;
use super::error::DbError;
use super::schema::data_key;
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use diesel::prelude::*;
use keys::{Master, MasterKeys};
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

/// How sealed content begins; another way of sealing gets another number.
const VERSION: u8 = 1;
const NONCE: usize = 12;

thread_local! {
    static HERE: RefCell<Option<Vault>> = const { RefCell::new(None) };
}

/// The keys of a database. Cheap to clone.
#[derive(Clone)]
pub(super) struct Vault(Arc<MasterKeys>);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

/// Puts back what was at hand before, also when a job panics.
struct Before(Option<Vault>);

impl Drop for Before {
    fn drop(&mut self) {
        HERE.with(|here| *here.borrow_mut() = self.0.take());
    }
}

/// Runs a job with the keys of its database at hand.
pub(super) fn within<T>(vault: &Vault, job: impl FnOnce() -> T) -> T {
    let _before = Before(HERE.with(|here| here.borrow_mut().replace(vault.clone())));
    job()
}

fn here() -> Result<Vault, DbError> {
    HERE.with(|here| here.borrow().clone()).ok_or(DbError::NoMasterKey)
}

/// Seals content, with the data key of its scope, which is made when there is none.
///
/// # Errors
/// When there is no master key, or storage fails.
pub fn seal(tx: &mut AnyConn, spot: &Spot, content: &[u8]) -> Result<Vec<u8>, DbError> {
    let vault = here()?;
    let key = match vault.find_key(tx, spot.scope())? {
        Some(key) => key,
        None => vault.make_key(tx, spot.scope())?,
    };
    seal_with(&key, spot.bound(VERSION), content)
}

/// Opens what was sealed at this spot.
///
/// # Errors
/// `Sealed` when it was changed, moved or sealed by another key; `NoMasterKey`; or storage.
pub fn open(conn: &mut AnyConn, spot: &Spot, sealed: Vec<u8>) -> Result<Vec<u8>, DbError> {
    let key = here()?.find_key(conn, spot.scope())?.ok_or(DbError::Sealed)?;
    open_with(&key, spot.bound(VERSION), sealed)
}

/// A row's readable column and its sealed one.
pub type Stored<T> = (T, Option<Vec<u8>>);

/// The bytes of a row, sealed or of before anything was.
///
/// # Errors
/// As `open`.
pub fn bytes(conn: &mut AnyConn, spot: &Spot, (content, sealed): Stored<Vec<u8>>) -> Result<Vec<u8>, DbError> {
    sealed.map_or(Ok(content), |sealed| open(conn, spot, sealed))
}

/// The text of a row, sealed or of before anything was.
///
/// # Errors
/// As `open`.
pub fn text(conn: &mut AnyConn, spot: &Spot, (content, sealed): Stored<String>) -> Result<String, DbError> {
    let Some(sealed) = sealed else { return Ok(content) };
    String::from_utf8(open(conn, spot, sealed)?).map_err(|_| DbError::Sealed)
}

/// Whether every data key can be opened by a master key that is here.
///
/// # Errors
/// `NoMasterKey` when one is not here, or storage.
pub(super) fn check_keys(conn: &mut AnyConn) -> Result<(), DbError> {
    let vault = here()?;
    counts(conn)?.into_iter().try_for_each(|(master, _)| vault.0.named(&master).map(drop))
}

/// Wraps so many data keys by the current master key that still have another; gives how many it found.
///
/// # Errors
/// When a key does not open, or storage fails.
pub fn rewrap(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    let keys = here()?.0;
    if keys.is_empty() {
        return Ok(0);
    }
    let current: Arc<Master> = keys.current()?;
    let old: Vec<(String, String, Vec<u8>)> = data_key::table
        .filter(data_key::master.ne(&current.name))
        .order(data_key::scope.asc())
        .limit(most)
        .select((data_key::scope, data_key::master, data_key::wrapped))
        .load(tx)?;
    let found = old.len();
    for (scope, master, wrapped) in old {
        let bytes = open_with(&keys.named(&master)?.key, wrapping(&scope), wrapped)?;
        let wrapped = seal_with(&current.key, wrapping(&scope), &bytes)?;
        diesel::update(data_key::table.filter(data_key::scope.eq(&scope).and(data_key::master.eq(&master))))
            .set((data_key::master.eq(&current.name), data_key::wrapped.eq(wrapped)))
            .execute(tx)?;
    }
    Ok(found)
}

impl Vault {
    pub(super) fn find(place: &KeyPlace, beside: Option<&Path>) -> Result<Self, DbError> {
        Ok(Self(Arc::new(MasterKeys::find(place, beside)?)))
    }

    /// Makes the first master key of a database in which nothing is sealed. Where something is, a key that is
    /// gone must be put back: a new one would open nothing.
    pub(super) fn prepare(&self, conn: &mut AnyConn, now: Micros) -> Result<(), DbError> {
        if !self.0.is_empty() {
            return Ok(());
        }
        if data_key::table.count().get_result::<i64>(conn)? > 0 {
            return Err(DbError::NoMasterKey);
        }
        self.0.make(now)
    }

    fn find_key(&self, conn: &mut AnyConn, scope: &str) -> Result<Option<RandomizedNonceKey>, DbError> {
        let row: Option<(String, Vec<u8>)> =
            data_key::table.find(scope).select((data_key::master, data_key::wrapped)).get_result(conn).optional()?;
        let Some((master, wrapped)) = row else { return Ok(None) };
        let bytes = open_with(&self.0.named(&master)?.key, wrapping(scope), wrapped)?;
        Ok(Some(key_of(&bytes)?))
    }

    fn make_key(&self, tx: &mut AnyConn, scope: &str) -> Result<RandomizedNonceKey, DbError> {
        let mut bytes = [0_u8; 32];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| fault("no random bytes"))?;
        let master = self.0.current()?;
        let wrapped = seal_with(&master.key, wrapping(scope), &bytes)?;
        let made = tx.transaction(|tx| -> Result<(), DbError> {
            diesel::insert_into(data_key::table)
                .values((data_key::scope.eq(scope), data_key::master.eq(&master.name), data_key::wrapped.eq(wrapped)))
                .execute(tx)?;
            Ok(())
        });
        match made {
            Ok(()) => key_of(&bytes),
            // Another transaction made it first; it is there now.
            Err(DbError::Duplicate) => self.find_key(tx, scope)?.ok_or(DbError::Sealed),
            Err(other) => Err(other),
        }
    }
}

/// How many data keys each master key wraps.
///
/// # Errors
/// When storage fails.
pub fn counts(conn: &mut AnyConn) -> Result<Vec<(String, i64)>, DbError> {
    Ok(data_key::table
        .group_by(data_key::master)
        .select((data_key::master, diesel::dsl::count_star()))
        .order(data_key::master.asc())
        .load(conn)?)
}

fn wrapping(scope: &str) -> Aad<String> {
    Aad::from(format!("combizitting/{VERSION}/datasleutel/{scope}"))
}

fn key_of(bytes: &[u8]) -> Result<RandomizedNonceKey, DbError> {
    RandomizedNonceKey::new(&AES_256_GCM, bytes).map_err(|_| fault("no key"))
}

fn seal_with(key: &RandomizedNonceKey, bound: Aad<String>, content: &[u8]) -> Result<Vec<u8>, DbError> {
    let mut sealed = content.to_vec();
    let nonce = key.seal_in_place_append_tag(bound, &mut sealed).map_err(|_| fault("not sealed"))?;
    let mut out = Vec::with_capacity(sealed.len() + NONCE + 1);
    out.push(VERSION);
    out.extend_from_slice(nonce.as_ref());
    out.append(&mut sealed);
    Ok(out)
}

fn open_with(key: &RandomizedNonceKey, bound: Aad<String>, mut sealed: Vec<u8>) -> Result<Vec<u8>, DbError> {
    let (Some(VERSION), Some(nonce)) = (sealed.first().copied(), sealed.get(1..=NONCE)) else {
        return Err(DbError::Sealed);
    };
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| DbError::Sealed)?;
    let rest = sealed.get_mut(NONCE + 1..).ok_or(DbError::Sealed)?;
    let length = key.open_in_place(nonce, bound, rest).map_err(|_| DbError::Sealed)?.len();
    sealed.copy_within(NONCE + 1..NONCE + 1 + length, 0);
    sealed.truncate(length);
    Ok(sealed)
}

fn fault(cause: &str) -> DbError {
    DbError::Other { cause: cause.to_owned() }
}
