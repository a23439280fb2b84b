//! Append-only audit entries, hash-chained per dossier, written in the transaction they record.
//!
//! Each dossier has its own chain and everything else goes into the chain `system`. An entry's
//! hash covers its fields (length-prefixed) and the hash before it. An anchor fixes the heads of
//! the chains that grew since the one before, and all anchors together those of every chain, so
//! that a chain cut off at its end is noticed too. Entries name ids, versions and hashes, never
//! the content of a case. `verify` recomputes everything, including the hashes of the snapshots,
//! submissions and drafts that the entries vouch for; `verify_recent` does so within bounds when
//! the service starts.

mod anchor;
mod chain;
mod contents;
mod destruction;
mod event;
mod reason;
mod recent;
mod sign_in;
mod verify;

pub use anchor::{Anchor, make_anchor};
pub use chain::{AuditLine, Author, Chain, Place, lines, lines_of, record};
pub use destruction::DestructionStep;
pub use event::{AuditEvent, View};
pub use reason::ChangeReason;
pub use recent::{Bounds, verify_recent};
pub use sign_in::{AccountChange, AssertionRefusal, ProviderRefusal};
pub use verify::{Problem, Report, verify};
