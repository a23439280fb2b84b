//! Seals what is stored: envelope keys, AES-256-GCM by aws-lc.
//!
//! Each scope (a dossier, the files, the accounts) has a data key of its own in `data_key`, wrapped by a master
//! key that is kept outside the database. What is sealed is bound to its scope and its place: moved to another
//! row it does not open. No data key is kept in memory: one that was made in a transaction that failed would
//! else seal what nobody can open. Unwrapping costs about a microsecond.

mod keys;

pub use keys::{KeyPlace, forget, names, rotate};

use super::connection::AnyConn;
use super::error::DbError;
use super::schema::data_key;
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use diesel::prelude::*;
use keys::{Master, MasterKeys};
use std::path::Path;
use std::sync::Arc;

/// How sealed content begins; another way of sealing gets another number.
const VERSION: u8 = 1;
const NONCE: usize = 12;

/// Opens and seals. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<MasterKeys>);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

/// Where something sealed stands: the scope whose key seals it, and its place in that scope.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// A dossier's id, or the name of what belongs to no dossier.
    pub scope: &'a str,
    /// Table and key of the row.
    pub place: &'a str,
}

impl Spot<'_> {
    fn bound(self) -> Aad<String> {
        // The length keeps one scope with its place from reading as another.
        Aad::from(format!("combizitting/{VERSION}/{}/{}/{}", self.scope.len(), self.scope, self.place))
    }
}

impl Vault {
    pub(super) fn find(place: &KeyPlace, beside: Option<&Path>) -> Result<Self, DbError> {
        Ok(Self(Arc::new(MasterKeys::find(place, beside)?)))
    }

    /// Makes the first master key of a database in which nothing is sealed. Where something is, a key that is
    /// gone must be put back: a new one would open nothing.
    pub(super) fn prepare(&self, conn: &mut AnyConn) -> Result<(), DbError> {
        if !self.0.is_empty() {
            return Ok(());
        }
        if data_key::table.count().get_result::<i64>(conn)? > 0 {
            return Err(DbError::NoMasterKey);
        }
        self.0.make()
    }

    /// Seals content, with the data key of its scope, which is made when there is none.
    ///
    /// # Errors
    /// When there is no master key, or storage fails.
    pub fn seal(&self, tx: &mut AnyConn, spot: Spot<'_>, content: &[u8]) -> Result<Vec<u8>, DbError> {
        let key = match self.find_key(tx, spot.scope)? {
            Some(key) => key,
            None => self.make_key(tx, spot.scope)?,
        };
        seal_with(&key, spot.bound(), content)
    }

    /// Opens what was sealed at this spot.
    ///
    /// # Errors
    /// `Sealed` when it was changed, moved or sealed by another key; `NoMasterKey`; or storage.
    pub fn open(&self, conn: &mut AnyConn, spot: Spot<'_>, sealed: Vec<u8>) -> Result<Vec<u8>, DbError> {
        let key = self.find_key(conn, spot.scope)?.ok_or(DbError::Sealed)?;
        open_with(&key, spot.bound(), sealed)
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

    /// Whether every data key can be opened by a master key that is here.
    ///
    /// # Errors
    /// `NoMasterKey` when one is not here, or storage.
    pub fn check_keys(&self, conn: &mut AnyConn) -> Result<(), DbError> {
        counts(conn)?.into_iter().try_for_each(|(master, _)| self.0.named(&master).map(drop))
    }

    /// Wraps so many data keys by the current master key that still have another; gives how many it wrapped.
    ///
    /// # Errors
    /// When a key does not open, or storage fails.
    pub fn rewrap(&self, tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
        if self.0.is_empty() {
            return Ok(0);
        }
        let current: Arc<Master> = self.0.current()?;
        let old: Vec<(String, String, Vec<u8>)> = data_key::table
            .filter(data_key::master.ne(&current.name))
            .order(data_key::scope.asc())
            .limit(most)
            .select((data_key::scope, data_key::master, data_key::wrapped))
            .load(tx)?;
        let found = old.len();
        for (scope, master, wrapped) in old {
            let bytes = open_with(&self.0.named(&master)?.key, wrapping(&scope), wrapped)?;
            let wrapped = seal_with(&current.key, wrapping(&scope), &bytes)?;
            diesel::update(data_key::table.filter(data_key::scope.eq(&scope).and(data_key::master.eq(&master))))
                .set((data_key::master.eq(&current.name), data_key::wrapped.eq(wrapped)))
                .execute(tx)?;
        }
        Ok(found)
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
