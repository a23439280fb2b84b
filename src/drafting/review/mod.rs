//! The review life of each document of a draft: to the judge, returned, changed, approved by
//! someone who did not write it, sealed, corrected, withdrawn.
//!
//! Steps only add up, each in one transaction with its entry in the audit trail. Who takes a step
//! says after which step, so two persons never overwrite each other. The printed code leads to
//! the text, the version of the dossier and the account of the frameworks.
//!
//! - `text`, `rules`, `own`: changes by hand, what may be changed, and who wrote what.
//! - `earlier`: what was filled in for the same gap in an earlier draft.
//! - `hidden`: no secret address in a text that goes on.
//! - `returned`, `proposals`: an edited Word file beside the text, and the changes it proposes.

mod earlier;
mod hidden;
pub mod model;
mod outlook;
mod overtaken;
mod own;
mod proposals;
mod queue;
mod returned;
mod rules;
mod said;
mod sealed;
mod service;
mod store;
mod text;

pub use earlier::FilledBefore;
pub use outlook::Outlook;
pub use own::whose_words;
pub(super) use own::{Note, note_kind, words_of as words_before_note};
pub use proposals::Proposal;
pub use queue::Waiting;
pub use returned::{PackedFile, Returned};
pub use rules::may_change;
pub use said::Said;
pub use sealed::SealedDocument;
pub(super) use sealed::sealed_documents;
pub use service::{Paper, StepLine, StepWish, Verified};
pub(super) use store::keep_code;
pub use text::{ChangeKind, TextChange};
