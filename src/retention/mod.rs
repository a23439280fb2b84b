//! How long cases are kept, and how they are destroyed: by two people, after a package for the archive, never by itself.
//!
//! - `rules`: terms with their source, and what holds a case back; pure.
//! - `service`: which cases are due; a proposal, its withdrawal and its confirmation.
//! - `package`, `mdto`: what goes to the archive, with metadata as MDTO has it.
//! - `destroy`: takes everything of one case out of the database but its chain in the audit trail, and its key.

mod destroy;
mod mdto;
mod package;
pub mod rules;
mod service;
mod store;

pub use package::{Package, PackedPart};
pub use rules::{Rule, Standing};
pub use service::{DueCase, Retention, RetentionError};
pub use store::Proposal;
