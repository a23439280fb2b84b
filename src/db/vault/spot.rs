//! Where something sealed stands. What is sealed opens only at its own spot.

use aws_lc_rs::aead::Aad;

/// What belongs to accounts and to no dossier.
const ACCOUNTS: &str = "accounts";
/// Files are stored once for all cases that have them.
const FILES: &str = "bestanden";

/// The scope whose data key seals it, and the place in that scope: table and key of the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    scope: String,
    place: String,
}

impl Spot {
    fn new(scope: &str, place: String) -> Self {
        Self { scope: scope.to_owned(), place }
    }

    /// A version of a dossier.
    #[must_use]
    pub fn version(dossier: &str, version: i64) -> Self {
        Self::new(dossier, format!("dossier_version/{version}"))
    }

    /// Something handed in.
    #[must_use]
    pub fn submission(dossier: &str, id: &str) -> Self {
        Self::new(dossier, format!("submission/{id}"))
    }

    /// A kept draft.
    #[must_use]
    pub fn draft(dossier: &str, id: &str) -> Self {
        Self::new(dossier, format!("draft/{id}"))
    }

    /// The text that a step brought to a document of a draft.
    #[must_use]
    pub fn step(dossier: &str, draft: &str, document: &str, number: i64) -> Self {
        Self::new(dossier, format!("review_step/{draft}/{number}/{document}"))
    }

    /// A form that was not recorded yet.
    #[must_use]
    pub fn form(dossier: &str, user: &str, form: &str) -> Self {
        Self::new(dossier, format!("unfinished_form/{user}/{form}"))
    }

    /// A file, by its hash.
    #[must_use]
    pub fn file(sha256: &str) -> Self {
        Self::new(FILES, format!("file_content/{sha256}"))
    }

    /// The second factor of a user.
    #[must_use]
    pub fn second_factor(user: &str) -> Self {
        Self::new(ACCOUNTS, format!("second_factor/{user}"))
    }

    /// A key on a device of a user.
    #[must_use]
    pub fn security_key(user: &str, id: &str) -> Self {
        Self::new(ACCOUNTS, format!("security_key/{user}/{id}"))
    }

    /// What was asked of a key of a user.
    #[must_use]
    pub fn key_challenge(user: &str, id: &str) -> Self {
        Self::new(ACCOUNTS, format!("key_challenge/{user}/{id}"))
    }

    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    /// Scope and place as what is sealed is bound to them; the length keeps one from reading as the other.
    pub(super) fn bound(&self, version: u8) -> Aad<String> {
        Aad::from(format!("combizitting/{version}/{}/{}/{}", self.scope.len(), self.scope, self.place))
    }
}
