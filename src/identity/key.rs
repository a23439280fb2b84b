//! The secret of the site and the keys that sign sessions: from the environment, or made once and kept in a folder.

use super::signing::{SigningKeys, seed_of, signing_file};
use crate::db::key_file::KeyFile;
use crate::db::{Clock, DbError, Micros};
use argon2::password_hash::generate_salt;
use secrecy::{ExposeSecret, SecretBox};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// Environment variable that holds the key.
const VARIABLE: &str = "COMBIZITTING_SLEUTEL";
/// Environment variable that holds the key before, until its tokens have run out.
const PREVIOUS: &str = "COMBIZITTING_SLEUTEL_VORIGE";
/// As long as every token of a key that was replaced has run out for certain.
const RUN_OUT: Micros = 3600 * 1_000_000;
/// Name of the file in the data folder.
const FILE: &str = "sessiesleutel";
/// Bytes of a key at least (HS256 asks for 256 bits).
const LEAST: usize = 32;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key given is too short.
    #[error("De sleutel in COMBIZITTING_SLEUTEL is te kort. Gebruik ten minste 32 tekens.")]
    TooShort,
    /// The file is damaged.
    #[error("Het sleutelbestand {0} is beschadigd. Verwijder het; iedereen moet zich daarna opnieuw aanmelden.")]
    Damaged(String),
    /// The file cannot be read or made.
    #[error("Het sleutelbestand {path} kan niet worden gelezen of gemaakt: {cause}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file with the keys that sign.
    #[error(transparent)]
    Signing(#[from] DbError),
}

/// The secret of the site, and where the keys are that sign its tokens.
#[derive(Debug)]
pub struct SessionKey {
    secret: SecretBox<Vec<u8>>,
    signs: Signs,
}

#[derive(Debug)]
enum Signs {
    /// Pairs that follow from secrets, the newest first.
    Seeds(Vec<SecretBox<[u8; 32]>>),
    File(KeyFile),
}

impl SessionKey {
    /// A key given as text.
    ///
    /// # Errors
    /// When it is shorter than 32 bytes.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        if text.len() < LEAST {
            return Err(KeyError::TooShort);
        }
        Ok(Self::of(text.as_bytes().to_vec()))
    }

    fn of(secret: Vec<u8>) -> Self {
        let signs = Signs::Seeds(vec![seed_of(&secret)]);
        Self { secret: SecretBox::new(Box::new(secret)), signs }
    }

    /// The same secret, while tokens signed by way of another still count.
    ///
    /// # Errors
    /// When the other is shorter than 32 bytes.
    pub fn after(mut self, previous: &str) -> Result<Self, KeyError> {
        if previous.len() < LEAST {
            return Err(KeyError::TooShort);
        }
        if let Signs::Seeds(seeds) = &mut self.signs {
            seeds.push(seed_of(previous.as_bytes()));
        }
        Ok(self)
    }

    /// A new random key, for as long as the program runs.
    #[must_use]
    pub fn random() -> Self {
        Self::of(random_bytes())
    }

    /// From the environment, else from the file in the data folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the key is too short, or the file cannot be read or made.
    pub fn load(folder: &Path) -> Result<Self, KeyError> {
        match std::env::var(VARIABLE) {
            Ok(text) => match std::env::var(PREVIOUS) {
                Ok(previous) => Self::from_text(&text)?.after(&previous),
                Err(_) => Self::from_text(&text),
            },
            Err(_) => Self::from_folder(folder),
        }
    }

    /// From the file in the data folder, which is made (readable by its owner only) when it is not there.
    ///
    /// # Errors
    /// When the file cannot be read or made, or is damaged.
    pub fn from_folder(folder: &Path) -> Result<Self, KeyError> {
        let secret = SecretBox::new(Box::new(secret_in(folder)?));
        let file = signing_file(folder);
        if file.changed().is_none() {
            file.add(Clock::system().now())?;
        }
        Ok(Self { secret, signs: Signs::File(file) })
    }

    /// Puts a new key that signs above the others in a folder, and drops those of which every token has run out.
    /// Gives the name of the new key.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is damaged.
    pub fn rotate(folder: &Path, now: Micros) -> Result<String, DbError> {
        let file = signing_file(folder);
        // All but the newest were replaced when the newest was made, or before.
        let replaced = file.read()?.first().and_then(|key| key.made_at);
        if replaced.is_some_and(|at| now - at > RUN_OUT) {
            file.keep(|_| false)?;
        }
        file.add(now)
    }

    /// Whether the secret comes from the environment, where it is rotated too.
    #[must_use]
    pub fn is_in_environment() -> bool {
        std::env::var_os(VARIABLE).is_some()
    }

    pub(super) fn signing_keys(&self) -> Result<SigningKeys, DbError> {
        match &self.signs {
            Signs::Seeds(seeds) => Ok(SigningKeys::fixed(seeds)),
            Signs::File(file) => SigningKeys::in_file(file.clone()),
        }
    }

    /// A key for one other purpose, from which this key cannot be found back.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Vec<u8> {
        let mut material = format!("combizitting/{purpose}/").into_bytes();
        material.extend_from_slice(self.secret.expose_secret());
        crate::shared::hash::sha256_hex(&material).into_bytes()
    }
}

/// The secret in the file of a folder, which is made when it is not there.
fn secret_in(folder: &Path) -> Result<Vec<u8>, KeyError> {
    let path = folder.join(FILE);
    let failed = |cause| KeyError::File { path: path.display().to_string(), cause };
    match File::open(&path) {
        Ok(mut file) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(failed)?;
            if bytes.len() < LEAST {
                return Err(KeyError::Damaged(path.display().to_string()));
            }
            Ok(bytes)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            std::fs::create_dir_all(folder).map_err(failed)?;
            let bytes = random_bytes();
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&path).map_err(failed)?;
            file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(bytes)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Random bytes of the operating system, enough for a key.
fn random_bytes() -> Vec<u8> {
    [generate_salt(), generate_salt(), generate_salt()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_file_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let first = SessionKey::from_folder(folder.path()).unwrap();
        let second = SessionKey::from_folder(folder.path()).unwrap();
        assert_eq!(first.derive("proef"), second.derive("proef"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_short_key_is_refused_in_dutch() {
        assert!(SessionKey::from_text("kort").unwrap_err().to_string().contains("te kort"));
    }

    #[test]
    fn a_damaged_key_file_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), b"half").unwrap();
        assert!(matches!(SessionKey::from_folder(folder.path()), Err(KeyError::Damaged(_))));
    }
}
