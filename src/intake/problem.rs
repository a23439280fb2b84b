//! A problem in a dossier file.

use schemars::JsonSchema;
use serde::Serialize;

/// Something in a dossier file that is not right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Problem {
    /// JSON Pointer (RFC 6901) to the place; empty for the whole file.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// What is wrong and what is expected, in Dutch, without the value.
    pub message: String,
}

impl Problem {
    /// A problem at a place.
    #[must_use]
    pub fn at(pointer: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.to_owned(), message: message.into() }
    }
}
