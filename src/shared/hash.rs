//! SHA-256 over canonical JSON (sorted keys), so equal content has an equal hash.

use super::canonical::canonical_json;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Lower-case hexadecimal SHA-256 of bytes.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Hash of a value's canonical JSON: object keys sorted, no insignificant space.
///
/// # Errors
/// When the value cannot be written as JSON.
pub fn canonical_hash<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    Ok(sha256_hex(&canonical_json(value)?))
}
