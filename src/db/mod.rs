//! The only room that knows SQL connections: one binary, SQLite or PostgreSQL.
//!
//! `Database::open(url)` takes `sqlite:PATH` or `postgres://...`, brings the schema up to date
//! and hands out two ways in: `write` (one transaction, on SQLite through a single writer thread
//! with group commit) and `read` (one transaction, one snapshot). Rooms get a connection only
//! inside those closures; no pool leaves this room. Each names for whom it is (`Holder`): on PostgreSQL that
//! opens the second lock (`lock`). Ids are TEXT (UUIDv7), enums TEXT with CHECK,
//! JSON TEXT, instants BIGINT microseconds since 1970 in UTC.
//!
//! A row by its key is asked for with `get_result`, not with `first`: that adds `LIMIT ?`, and SQLite prepares a
//! statement with a number it does not know anew each time.

pub mod backup;
mod clock;
mod connection;
mod database;
mod error;
pub mod key_file;
pub mod lock;
mod migrate;
mod rows;
pub mod schema;
pub mod vault;
mod writer;

pub use clock::{Clock, Micros, instant_of};
pub use connection::AnyConn;
pub use database::{Database, Options};
pub use error::DbError;
pub use lock::{Holder, Job, as_job};
pub use migrate::{apply as apply_migrations, revert as revert_migrations};
pub use vault::{KeyPlace, Spot};

/// A fresh time-ordered identifier (UUIDv7) as text.
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Whether a text has control characters other than tab and line ends.
///
/// PostgreSQL cannot store NUL in text and SQLite can, so such text is refused before either.
#[must_use]
pub fn has_control_characters(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
