//! Embedded migrations, one folder per database with the same names inside.

use super::connection::AnyConn;
use super::error::DbError;
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// Key of the PostgreSQL advisory lock, so that two starting processes migrate one after the other.
const LOCK: &str = "5201730201";

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn reason(error: &(dyn std::error::Error + Send + Sync)) -> DbError {
    match DbError::from_message(&error.to_string()) {
        DbError::Other { cause } => DbError::Migration { reason: cause },
        known => known,
    }
}

/// Brings the schema up to date; returns how many migrations were applied.
///
/// # Errors
/// When the database is locked, full, not ours, or a migration fails; then nothing of that migration stays.
pub fn apply(conn: &mut AnyConn) -> Result<usize, DbError> {
    conn.open_for_migration()?;
    let applied: Outcome<usize> = match conn {
        AnyConn::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(|done| done.len()),
        AnyConn::Postgres(conn) => {
            conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
            let done = conn.run_pending_migrations(POSTGRES).map(|done| done.len());
            conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
            done
        }
    };
    applied.map_err(|error| reason(error.as_ref()))
}

/// Takes every migration back: removes all tables and everything in them.
///
/// # Errors
/// When the database is locked or a migration cannot be taken back.
pub fn revert(conn: &mut AnyConn) -> Result<usize, DbError> {
    conn.open_for_migration()?;
    let reverted: Outcome<usize> = match conn {
        AnyConn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(|done| done.len()),
        AnyConn::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(|done| done.len()),
    };
    reverted.map_err(|error| reason(error.as_ref()))
}

/// Whether the schema is exactly the one of this program.
pub(super) fn is_current(conn: &mut AnyConn) -> Result<bool, DbError> {
    let pending: Outcome<bool> = match conn {
        AnyConn::Sqlite(conn) => conn.has_pending_migration(SQLITE),
        AnyConn::Postgres(conn) => conn.has_pending_migration(POSTGRES),
    };
    Ok(!pending.map_err(|error| reason(error.as_ref()))?)
}
