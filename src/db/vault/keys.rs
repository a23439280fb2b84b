//! The master keys: from the environment, or from a file outside the database.
//!
//! A key is 32 random bytes, written as 64 hexadecimal digits. The first one wraps new data keys; the others only
//! open what was wrapped before. The file is read again when a key is asked for that is not known, and before a
//! new data key is wrapped, so that a running service follows a rotation.

use crate::db::error::DbError;
use crate::shared::hash::sha256_hex;
use aws_lc_rs::aead::{AES_256_GCM, RandomizedNonceKey};
use secrecy::{ExposeSecret, SecretString};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Environment variable that holds the keys, separated by spaces.
const VARIABLE: &str = "COMBIZITTING_HOOFDSLEUTEL";
/// Name of the file in the folder of the keys.
const FILE: &str = "hoofdsleutel";
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
    file: Option<PathBuf>,
    known: RwLock<Vec<Arc<Master>>>,
}

impl MasterKeys {
    /// The keys of a place; none are made.
    pub(super) fn find(place: &KeyPlace, beside: Option<&Path>) -> Result<Self, DbError> {
        let folder = match place {
            KeyPlace::Given(keys) => return Self::fixed(keys.expose_secret()),
            KeyPlace::Folder(folder) => Some(folder.as_path()),
            KeyPlace::Usual => beside,
        };
        if let Ok(keys) = std::env::var(VARIABLE) {
            return Self::fixed(&keys);
        }
        let keys = Self { file: folder.map(|folder| folder.join(FILE)), known: RwLock::default() };
        keys.read()?;
        Ok(keys)
    }

    fn fixed(text: &str) -> Result<Self, DbError> {
        let known = parse(text).filter(|known| !known.is_empty()).ok_or_else(|| damaged(VARIABLE))?;
        Ok(Self { file: None, known: RwLock::new(known) })
    }

    /// Whether there is a key to seal with.
    pub(super) fn is_empty(&self) -> bool {
        self.known.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Makes the first key, where there is a file for it.
    pub(super) fn make(&self) -> Result<(), DbError> {
        if let Some(file) = &self.file {
            std::fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).map_err(|_| unreadable(file))?;
            add_key(file, &[])?;
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
        let Some(path) = &self.file else { return Ok(()) };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => SecretString::from(text),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(_) => return Err(unreadable(path)),
        };
        let found = parse(text.expose_secret()).ok_or_else(|| damaged(&path.display().to_string()))?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }
}

/// Puts a new key above those that a file has; the file is replaced whole or not at all. Gives the key's name.
///
/// # Errors
/// When the file cannot be read or written, or is damaged.
pub fn rotate(folder: &Path) -> Result<String, DbError> {
    let path = folder.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|_| unreadable(&path))?;
    let before = lines(&text).map(str::to_owned).collect::<Vec<_>>();
    if parse(&text).is_none_or(|known| known.is_empty()) {
        return Err(damaged(&path.display().to_string()));
    }
    add_key(&path, &before)
}

/// Takes the keys out of a file that are not among those still needed, but never the one above. Gives how many.
///
/// # Errors
/// As `rotate`.
pub fn forget(folder: &Path, needed: &[String]) -> Result<usize, DbError> {
    let path = folder.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|_| unreadable(&path))?;
    let all: Vec<&str> = lines(&text).collect();
    let still = |(at, line): (usize, &&str)| at == 0 || name_of(line).is_none_or(|name| needed.contains(&name));
    let kept: Vec<String> =
        all.iter().enumerate().filter(|pair| still(*pair)).map(|(_, line)| (*line).to_owned()).collect();
    write(&path, &kept)?;
    Ok(all.len() - kept.len())
}

/// Names of the keys in a file, the one that wraps first.
///
/// # Errors
/// As `rotate`.
pub fn names(folder: &Path) -> Result<Vec<String>, DbError> {
    let path = folder.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|_| unreadable(&path))?;
    Ok(lines(&text).filter_map(name_of).collect())
}

fn add_key(path: &Path, before: &[String]) -> Result<String, DbError> {
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| DbError::Other { cause: "no random bytes".to_owned() })?;
    let line: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = name_of(&line).unwrap_or_default();
    let mut all = vec![line];
    all.extend_from_slice(before);
    write(path, &all)?;
    Ok(name)
}

/// Writes beside the file and then moves it over: whoever reads finds the old file or the new one.
fn write(path: &Path, keys: &[String]) -> Result<(), DbError> {
    let beside = path.with_extension("nieuw");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(format!("{HEAD}{}\n", keys.join("\n")).as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    });
    written.map_err(|_| unreadable(path))
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn parse(text: &str) -> Option<Vec<Arc<Master>>> {
    lines(text).flat_map(str::split_whitespace).map(master).collect()
}

fn master(text: &str) -> Option<Arc<Master>> {
    let bytes = bytes_of(text)?;
    let key = RandomizedNonceKey::new(&AES_256_GCM, &bytes).ok()?;
    Some(Arc::new(Master { name: name_of(text)?, key }))
}

/// A name from which the key cannot be found back.
fn name_of(text: &str) -> Option<String> {
    let mut material = b"combizitting/hoofdsleutel/".to_vec();
    material.extend_from_slice(&bytes_of(text)?);
    Some(sha256_hex(&material).chars().take(16).collect())
}

fn bytes_of(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> =
        text.chars().map(|sign| sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).filter_map(|pair| Some(pair.first()? << 4 | pair.get(1)?)).collect();
    if digits.len() == 64 { bytes.try_into().ok() } else { None }
}

fn unreadable(path: &Path) -> DbError {
    DbError::KeyFile { path: path.display().to_string(), what: "kan niet worden gelezen of geschreven" }
}

fn damaged(place: &str) -> DbError {
    DbError::KeyFile { path: place.to_owned(), what: "is beschadigd: een sleutel heeft 64 tekens, 0-9 en a-f" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotated_file_seals_with_the_new_key_and_still_knows_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let keys = MasterKeys::find(&KeyPlace::Folder(folder.path().to_owned()), None).unwrap();
        assert!(keys.is_empty() && matches!(keys.current(), Err(DbError::NoMasterKey)));
        keys.make().unwrap();
        let first = keys.current().unwrap().name.clone();
        let second = rotate(folder.path()).unwrap();
        assert_eq!(names(folder.path()).unwrap(), [second.clone(), first.clone()]);
        assert_eq!(keys.current().unwrap().name, second, "a running program sees the new key");
        assert_eq!(keys.named(&first).unwrap().name, first);
        assert_eq!(forget(folder.path(), std::slice::from_ref(&first)).unwrap(), 0);
        assert_eq!(forget(folder.path(), &[]).unwrap(), 1);
        assert_eq!(names(folder.path()).unwrap(), [second]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_not_used_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "geen sleutel\n").unwrap();
        let found = MasterKeys::find(&KeyPlace::Folder(folder.path().to_owned()), None);
        assert!(matches!(found.map(drop), Err(DbError::KeyFile { .. })));
        assert!(rotate(folder.path()).is_err());
        assert_eq!(std::fs::read_to_string(folder.path().join(FILE)).unwrap(), "geen sleutel\n");
    }

    #[test]
    fn a_short_key_or_other_signs_are_refused() {
        for bad in ["", "ab", &"g".repeat(64), &"a".repeat(63), &"é".repeat(64)] {
            assert!(MasterKeys::find(&KeyPlace::Given(SecretString::from(bad)), None).is_err(), "{bad}");
        }
        assert!(MasterKeys::find(&KeyPlace::Given(SecretString::from("a".repeat(64))), None).is_ok());
    }
}
