//! References to sources of law and literature, with a mark for what was checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A source of a rule, criterion or deadline.
///
/// `verified` is true only when the text in force, or the ruling itself, was read.
/// Everything else is shown to the judge as "niet geverifieerd".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalSource {
    /// As a lawyer would cite it: "art. 1:268 lid 5 BW", "HR 19 november 2019".
    #[serde(rename = "ref")]
    pub reference: String,
    /// JCI 1.3 link to a statute, empty when there is none.
    #[serde(default)]
    pub jci: String,
    /// ECLI of a ruling, empty when there is none.
    #[serde(default)]
    pub ecli: String,
    /// Whether the source was read in its present form.
    #[serde(default)]
    pub verified: bool,
}

impl LegalSource {
    /// A statute article that was read only in the 2017 text or in secondary sources.
    #[must_use]
    pub fn unverified(reference: &str, jci: &str) -> Self {
        Self { reference: reference.to_owned(), jci: jci.to_owned(), ecli: String::new(), verified: false }
    }

    /// The same source, marked as read in its present form.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.verified = true;
        self
    }

    /// A ruling by ECLI.
    #[must_use]
    pub fn ruling(reference: &str, ecli: &str, verified: bool) -> Self {
        Self { reference: reference.to_owned(), jci: String::new(), ecli: ecli.to_owned(), verified }
    }
}
