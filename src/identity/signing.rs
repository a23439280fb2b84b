//! The keys that sign tokens: Ed25519 pairs, each with a name that stands in the token it signed.
//!
//! The newest signs; the others only let their tokens run out. Keys in a file are rotated while the service runs:
//! it looks whether the file changed before it signs, and before it refuses a name it does not know.

use crate::db::DbError;
use crate::db::key_file::KeyFile;
use crate::shared::hash::sha256_hex;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

const FILE: &str = "tekensleutels";
const PURPOSE: &str = "tekensleutel";
const HEAD: &str = "# Sleutels waarmee Combizitting sessies ondertekent. De bovenste ondertekent.\n";

/// The file of these keys in a folder.
#[must_use]
pub fn signing_file(folder: &Path) -> KeyFile {
    KeyFile::new(folder, FILE, PURPOSE, HEAD)
}

/// A public key, with which others can check a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Name of the key, as in the head of a token.
    pub name: String,
    /// The 32 bytes of the key, as base64url without padding.
    pub x: String,
}

/// A pair that signs and reads.
pub(super) struct Pair {
    pub(super) public: PublicKey,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
}

/// The pairs that are known.
pub(super) struct SigningKeys {
    file: Option<KeyFile>,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    pairs: Vec<Arc<Pair>>,
    changed: Option<SystemTime>,
}

/// The seed of a pair from a secret text, from which the text cannot be found back.
pub(super) fn seed_of(secret: &[u8]) -> SecretBox<[u8; 32]> {
    let mut material = b"combizitting/tekensleutel/".to_vec();
    material.extend_from_slice(secret);
    SecretBox::new(Box::new(Sha256::digest(&material).into()))
}

impl SigningKeys {
    /// Pairs that do not change while the program runs.
    pub(super) fn fixed(seeds: &[SecretBox<[u8; 32]>]) -> Self {
        let pairs = seeds.iter().filter_map(|seed| pair(None, seed.expose_secret())).collect();
        Self { file: None, known: RwLock::new(Known { pairs, changed: None }) }
    }

    /// The pairs of a file.
    pub(super) fn in_file(file: KeyFile) -> Result<Self, DbError> {
        let keys = Self { file: Some(file), known: RwLock::default() };
        keys.follow()?;
        Ok(keys)
    }

    /// The pair that signs.
    pub(super) fn newest(&self) -> Option<Arc<Pair>> {
        self.follow_or_tell();
        self.known.read().unwrap_or_else(PoisonError::into_inner).pairs.first().cloned()
    }

    /// The pair of a name.
    pub(super) fn named(&self, name: &str) -> Option<Arc<Pair>> {
        self.find_named(name).or_else(|| {
            self.follow_or_tell();
            self.find_named(name)
        })
    }

    /// The public keys of all pairs.
    pub(super) fn public(&self) -> Vec<PublicKey> {
        self.follow_or_tell();
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.pairs.iter().map(|pair| pair.public.clone()).collect()
    }

    fn find_named(&self, name: &str) -> Option<Arc<Pair>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.pairs.iter().find(|pair| pair.public.name == name).cloned()
    }

    /// A file that cannot be read for a moment ends no session: what was known goes on.
    fn follow_or_tell(&self) {
        if let Err(error) = self.follow() {
            tracing::error!(oorzaak = %error, "de sleutels voor sessies zijn niet opnieuw gelezen");
        }
    }

    fn follow(&self) -> Result<(), DbError> {
        let Some(file) = &self.file else { return Ok(()) };
        let changed = file.changed();
        if changed == self.known.read().unwrap_or_else(PoisonError::into_inner).changed {
            return Ok(());
        }
        let found: Vec<Arc<Pair>> =
            file.read()?.into_iter().filter_map(|key| pair(Some(key.name), key.bytes.expose_secret())).collect();
        if !found.is_empty() {
            *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known { pairs: found, changed };
        }
        Ok(())
    }
}

fn pair(name: Option<String>, seed: &[u8; 32]) -> Option<Arc<Pair>> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
    let public = pair.public_key().as_ref();
    let name = name.unwrap_or_else(|| sha256_hex(public).chars().take(16).collect());
    Some(Arc::new(Pair {
        public: PublicKey { name, x: URL_SAFE_NO_PAD.encode(public) },
        encoding: EncodingKey::from_ed_der(pair.to_pkcs8().ok()?.as_ref()),
        decoding: DecodingKey::from_ed_der(public),
    }))
}
