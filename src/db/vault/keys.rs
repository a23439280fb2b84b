//! The master keys: from the environment, or from a file outside the database.
//!
//! The first one wraps new data keys; the others only open what was wrapped before. The file is read again when a
//! key is asked for that is not known, and before a new data key is wrapped, so that a running service follows a
//! rotation.

use crate::db::clock::Micros;
use crate::db::error::DbError;
use crate::db::key_file::{FileKey, KeyFile, keys_in};
use aws_lc_rs::aead::{AES_256_GCM, RandomizedNonceKey};
use secrecy::{ExposeSecret, SecretString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Environment variable that holds the keys, separated by spaces.
const VARIABLE: &str = "COMBIZITTING_HOOFDSLEUTEL";
const FILE: &str = "hoofdsleutel";
const PURPOSE: &str = "hoofdsleutel";
const HEAD: &str = "# Hoofdsleutels van Combizitting. De bovenste verzegelt; de andere openen wat eerder is verzegeld.\n\
                    # Bewaar dit bestand ook apart van de back-up: zonder sleutel is geen dossier te lezen.\n";

/// Where the master keys come from.
#[derive(Clone, Debug, Default)]
pub enum KeyPlace {
    /// The environment, else beside the SQLite file; PostgreSQL has no such place.
    #[default]
    Usual,
    /// The environment, else in this folder.
    Folder(PathBuf),
    /// These.
    Given(SecretString),
}

/// A master key with the name by which data keys refer to it.
pub(super) struct Master {
    pub(super) name: String,
    pub(super) key: RandomizedNonceKey,
}

/// The master keys that are known.
pub(super) struct MasterKeys {
    file: Option<KeyFile>,
    known: RwLock<Vec<Arc<Master>>>,
}

impl MasterKeys {
    /// The keys of a place; none are made.
    pub(super) fn find(place: &KeyPlace, beside: Option<&Path>) -> Result<Self, DbError> {
        let folder = match place {
            KeyPlace::Given(keys) => return Self::fixed(keys),
            KeyPlace::Folder(folder) => Some(folder.as_path()),
            KeyPlace::Usual => beside,
        };
        if let Ok(keys) = std::env::var(VARIABLE) {
            return Self::fixed(&SecretString::from(keys));
        }
        let keys = Self { file: folder.map(master_file), known: RwLock::default() };
        keys.read()?;
        Ok(keys)
    }

    fn fixed(text: &SecretString) -> Result<Self, DbError> {
        let what = "is geen sleutel van 64 tekens, 0-9 en a-f";
        let keys = keys_in(text, PURPOSE).ok_or(DbError::KeyFile { path: VARIABLE.to_owned(), what })?;
        Ok(Self { file: None, known: RwLock::new(keys.iter().map(master).collect::<Result<_, _>>()?) })
    }

    /// Whether there is no key to seal with.
    pub(super) fn is_empty(&self) -> bool {
        self.known.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Makes the first key, where there is a file for it.
    pub(super) fn make(&self, now: Micros) -> Result<(), DbError> {
        if let Some(file) = &self.file {
            file.add(now)?;
            self.read()?;
        }
        Ok(())
    }

    /// The key that wraps, as the file says now.
    pub(super) fn current(&self) -> Result<Arc<Master>, DbError> {
        self.read()?;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.first().cloned().ok_or(DbError::NoMasterKey)
    }

    /// The key of a name.
    pub(super) fn named(&self, name: &str) -> Result<Arc<Master>, DbError> {
        if let Some(known) = self.find_named(name) {
            return Ok(known);
        }
        self.read()?;
        self.find_named(name).ok_or(DbError::NoMasterKey)
    }

    fn find_named(&self, name: &str) -> Option<Arc<Master>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|master| master.name == name).cloned()
    }

    fn read(&self) -> Result<(), DbError> {
        let Some(file) = &self.file else { return Ok(()) };
        let found = file.read()?.iter().map(master).collect::<Result<_, _>>()?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }
}

/// The file of the master keys in a folder.
#[must_use]
pub fn master_file(folder: &Path) -> KeyFile {
    KeyFile::new(folder, FILE, PURPOSE, HEAD)
}

/// Whether the master keys come from the environment, where they are rotated too.
#[must_use]
pub fn is_in_environment() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

fn master(key: &FileKey) -> Result<Arc<Master>, DbError> {
    let made = RandomizedNonceKey::new(&AES_256_GCM, key.bytes.expose_secret());
    let made = made.map_err(|_| DbError::Other { cause: "no key".to_owned() })?;
    Ok(Arc::new(Master { name: key.name.clone(), key: made }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_program_seals_with_the_new_key_and_still_knows_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let keys = MasterKeys::find(&KeyPlace::Folder(folder.path().to_owned()), None).unwrap();
        assert!(keys.is_empty() && matches!(keys.current(), Err(DbError::NoMasterKey)));
        keys.make(1).unwrap();
        let first = keys.current().unwrap().name.clone();
        let second = master_file(folder.path()).add(2).unwrap();
        assert_eq!(keys.current().unwrap().name, second);
        assert_eq!(keys.named(&first).unwrap().name, first);
        assert!(matches!(keys.named("0123456789abcdef").map(drop), Err(DbError::NoMasterKey)));
    }
}
