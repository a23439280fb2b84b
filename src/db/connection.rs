//! The connection for both databases, how it is opened, and the pool's manager.

use super::clock::Micros;
use super::error::DbError;
use super::lock::Holder;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::{Connection, PgConnection, SqliteConnection};

/// A connection to SQLite or PostgreSQL. Rooms get it only inside `Database::write` and `read`.
#[derive(diesel::MultiConnection)]
pub enum AnyConn {
    /// SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

/// Which database, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Path of a SQLite file.
    Sqlite(String),
    /// Address of a PostgreSQL database; may hold a password and is never shown.
    Postgres(String),
}

impl Address {
    pub(super) fn parse(url: &str) -> Result<Self, DbError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() && !path.starts_with(':') && !path.contains('\0') => {
                Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).to_owned()))
            }
            _ => Err(DbError::BadAddress),
        }
    }
}

/// What the connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Write,
    Read,
}

/// `busy_timeout` is a net only: this process has one writer.
const SQLITE_COMMON: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;";
/// What is removed or sealed is overwritten in the file (secure_delete).
/// Every COMMIT is on disk before it is answered (FULL). The writer keeps 64 MB of pages at hand, and moves the log
/// into the database every 16 MB: each time costs two waits on the disk.
const SQLITE_WRITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
                            PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;";
const SQLITE_READ: &str = "PRAGMA query_only = ON;";
/// Statements are short: compiling one (`jit`) costs more than it gains.
const POSTGRES_COMMON: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; \
                               SET client_min_messages = warning; SET client_encoding = 'UTF8'; SET jit = off;";

impl AnyConn {
    pub(super) fn connect(address: &Address, purpose: Use) -> Result<Self, DbError> {
        match address {
            Address::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(path)
                    .map_err(|_| DbError::Unreachable { reason: format!("bestand {path}") })?;
                conn.batch_execute(SQLITE_COMMON)?;
                conn.batch_execute(if purpose == Use::Write { SQLITE_WRITE } else { SQLITE_READ })?;
                Ok(Self::Sqlite(conn))
            }
            Address::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(|error| {
                    // The cause may repeat the address with its password, so it goes to neither user nor log.
                    let reason = match error {
                        diesel::ConnectionError::InvalidConnectionUrl(_) => "adres van PostgreSQL",
                        _ => "PostgreSQL antwoordt niet of weigert de aanmelding",
                    };
                    DbError::Unreachable { reason: reason.to_owned() }
                })?;
                conn.batch_execute(POSTGRES_COMMON)?;
                Ok(Self::Postgres(conn))
            }
        }
    }

    /// Begins the outer transaction: on SQLite at once with the write lock, on PostgreSQL plainly.
    pub(super) fn begin_write(&mut self) -> Result<(), DbError> {
        use diesel::connection::AnsiTransactionManager as Ansi;
        match self {
            Self::Sqlite(conn) => Ansi::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?,
            Self::Postgres(conn) => Ansi::begin_transaction_sql(conn, "BEGIN")?,
        }
        Ok(())
    }

    /// As `begin_write`, for someone or something.
    pub(super) fn begin_write_for(&mut self, holder: &Holder, now: Micros) -> Result<(), DbError> {
        self.begin_write()?;
        self.open_lock(holder, now)
    }

    /// Begins a transaction that sees one snapshot, for someone or something.
    pub(super) fn begin_read_for(&mut self, holder: &Holder, now: Micros) -> Result<(), DbError> {
        use diesel::connection::AnsiTransactionManager as Ansi;
        match self {
            Self::Sqlite(conn) => Ansi::begin_transaction_sql(conn, "BEGIN")?,
            Self::Postgres(conn) => {
                Ansi::begin_transaction_sql(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            }
        }
        self.open_lock(holder, now)
    }

    /// Begins a savepoint inside a transaction.
    pub(super) fn begin_savepoint(&mut self) -> Result<(), DbError> {
        use diesel::connection::TransactionManager;
        Ok(<Self as Connection>::TransactionManager::begin_transaction(self)?)
    }

    /// Commits the innermost transaction or savepoint.
    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        use diesel::connection::TransactionManager;
        Ok(<Self as Connection>::TransactionManager::commit_transaction(self)?)
    }

    /// Rolls the innermost transaction or savepoint back.
    pub(super) fn rollback(&mut self) -> Result<(), DbError> {
        use diesel::connection::TransactionManager;
        Ok(<Self as Connection>::TransactionManager::rollback_transaction(self)?)
    }
}

/// Opens connections for a pool.
#[derive(Debug)]
pub(super) struct Manager {
    pub(super) address: Address,
    pub(super) purpose: Use,
}

impl ManageConnection for Manager {
    type Connection = AnyConn;
    type Error = DbError;

    fn connect(&self) -> Result<AnyConn, DbError> {
        AnyConn::connect(&self.address, self.purpose)
    }

    fn is_valid(&self, conn: &mut AnyConn) -> Result<(), DbError> {
        Ok(conn.ping()?)
    }

    fn has_broken(&self, conn: &mut AnyConn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_known_kind_is_refused() {
        for url in ["", "data.db", "mysql://x", "sqlite:", "sqlite::memory:"] {
            assert_eq!(Address::parse(url), Err(DbError::BadAddress), "{url}");
        }
    }

    #[test]
    fn both_ways_to_write_a_sqlite_address_are_understood() {
        assert_eq!(Address::parse("sqlite:data/c.db"), Ok(Address::Sqlite("data/c.db".into())));
        assert_eq!(Address::parse("sqlite:///srv/c.db"), Ok(Address::Sqlite("/srv/c.db".into())));
    }
}
