//! The key that signs sessions: from the environment, or made once and kept in the data folder.

use argon2::password_hash::generate_salt;
use secrecy::{ExposeSecret, SecretBox};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// Environment variable that holds the key.
const VARIABLE: &str = "COMBIZITTING_SLEUTEL";
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
}

/// Secret key for session tokens.
#[derive(Debug)]
pub struct SessionKey(SecretBox<Vec<u8>>);

impl SessionKey {
    /// A key given as text.
    ///
    /// # Errors
    /// When it is shorter than 32 bytes.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        if text.len() < LEAST {
            return Err(KeyError::TooShort);
        }
        Ok(Self(SecretBox::new(Box::new(text.as_bytes().to_vec()))))
    }

    /// A new random key, for as long as the program runs.
    #[must_use]
    pub fn random() -> Self {
        Self(SecretBox::new(Box::new(random_bytes())))
    }

    /// From the environment, else from the file in the data folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the key is too short, or the file cannot be read or made.
    pub fn load(folder: &Path) -> Result<Self, KeyError> {
        match std::env::var(VARIABLE) {
            Ok(text) => Self::from_text(&text),
            Err(_) => Self::from_folder(folder),
        }
    }

    /// From the file in the data folder, which is made (readable by its owner only) when it is not there.
    ///
    /// # Errors
    /// When the file cannot be read or made, or is damaged.
    pub fn from_folder(folder: &Path) -> Result<Self, KeyError> {
        let path = folder.join(FILE);
        let failed = |cause| KeyError::File { path: path.display().to_string(), cause };
        match File::open(&path) {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(failed)?;
                if bytes.len() < LEAST {
                    return Err(KeyError::Damaged(path.display().to_string()));
                }
                Ok(Self(SecretBox::new(Box::new(bytes))))
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
                Ok(Self(SecretBox::new(Box::new(bytes))))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// A key for one other purpose, from which this key cannot be found back.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Vec<u8> {
        let mut material = format!("combizitting/{purpose}/").into_bytes();
        material.extend_from_slice(self.bytes());
        crate::shared::hash::sha256_hex(&material).into_bytes()
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
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
        assert_eq!(first.bytes(), second.bytes());
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
