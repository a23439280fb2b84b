//! Opening a database, and the two ways in: `write` and `read`.

use super::clock::{Clock, Micros};
use super::connection::{Address, AnyConn, Manager, Use};
use super::error::DbError;
use super::lock::Holder;
use super::migrate;
use super::vault::{self, KeyPlace, Vault};
use super::writer::{Writer, in_savepoint};
use diesel::r2d2::Pool;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections for reading (SQLite) or for everything (PostgreSQL).
    pub connections: u32,
    /// Clock for the time of recording.
    pub clock: Clock,
    /// Where the master keys are.
    pub keys: KeyPlace,
}

impl Default for Options {
    fn default() -> Self {
        Self { connections: 8, clock: Clock::system(), keys: KeyPlace::Usual }
    }
}

/// A database that is open and up to date. Cheap to clone; closes when the last clone goes.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    // Fields drop in this order: first the writer finishes, then the pool closes, then the lock is released.
    writer: Writing,
    readers: Pool<Manager>,
    clock: Clock,
    vault: Vault,
    _lock: Option<File>,
}

enum Writing {
    Sqlite(Writer),
    Pool,
    Nobody,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Database")
    }
}

impl Database {
    /// Opens `sqlite:PATH` or `postgres://...`, making and updating the schema where needed.
    ///
    /// A SQLite file is made readable by its owner only. Only one process may have it open for writing.
    ///
    /// # Errors
    /// When the address is wrong, the database cannot be reached, is in use, full or not ours.
    pub fn open(url: &str) -> Result<Self, DbError> {
        Self::open_with(url, Options::default())
    }

    /// As `open`, with options.
    ///
    /// # Errors
    /// As `open`.
    pub fn open_with(url: &str, options: Options) -> Result<Self, DbError> {
        let address = Address::parse(url)?;
        let (folder, lock) = match &address {
            Address::Sqlite(path) => (folder_of(path), Some(prepare_file(path)?)),
            Address::Postgres(_) => (None, None),
        };
        let mut conn = AnyConn::connect(&address, Use::Write)?;
        migrate::apply(&mut conn)?;
        conn.must_be_locked()?;
        let vault = Vault::find(&options.keys, folder.as_deref())?;
        vault.prepare(&mut conn, options.clock.now())?;
        let (writer, purpose) = match &address {
            Address::Sqlite(_) => (Writing::Sqlite(Writer::start(conn, address.clone(), vault.clone())?), Use::Read),
            Address::Postgres(_) => (Writing::Pool, Use::Write),
        };
        let readers = pool(address, purpose, options.connections)?;
        Ok(Self { inner: Arc::new(Inner { writer, readers, clock: options.clock, vault, _lock: lock }) })
    }

    /// Opens an existing database for reading only, also while another process writes to it.
    ///
    /// # Errors
    /// When it does not exist, cannot be reached, or has another schema than this program.
    pub fn open_read_only(url: &str) -> Result<Self, DbError> {
        Self::open_read_only_with(url, &KeyPlace::Usual)
    }

    /// As `open_read_only`, with master keys from a place of one's own.
    ///
    /// # Errors
    /// As `open_read_only`.
    pub fn open_read_only_with(url: &str, keys: &KeyPlace) -> Result<Self, DbError> {
        let address = Address::parse(url)?;
        let folder = match &address {
            Address::Sqlite(path) if !Path::new(path).is_file() => {
                return Err(DbError::Unreachable { reason: format!("bestand {path} bestaat niet") });
            }
            Address::Sqlite(path) => folder_of(path),
            Address::Postgres(_) => None,
        };
        let mut conn = AnyConn::connect(&address, Use::Read)?;
        match migrate::is_current(&mut conn) {
            Ok(true) => {}
            // Without a table of migrations the question itself fails, as on an empty file.
            Ok(false) | Err(DbError::Migration { .. } | DbError::ReadOnly) => return Err(DbError::SchemaOutOfDate),
            Err(other) => return Err(other),
        }
        conn.must_be_locked()?;
        let vault = Vault::find(keys, folder.as_deref())?;
        let readers = pool(address, Use::Read, Options::default().connections)?;
        let inner = Inner { writer: Writing::Nobody, readers, clock: Clock::system(), vault, _lock: None };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs a job in one transaction and answers after COMMIT; an error rolls all of it back. For whom it is, opens the
    /// second lock.
    ///
    /// Blocks the thread; from async code call it through a blocking pool. Never call `write` or
    /// `read` from inside a job: a job has its connection.
    ///
    /// # Errors
    /// The job's own error, or a failure of storage; in both cases nothing of the job is saved.
    pub fn write<T, E, F>(&self, holder: impl Into<Holder>, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    {
        match &self.inner.writer {
            Writing::Sqlite(writer) => writer.submit(job),
            Writing::Nobody => Err(E::from(DbError::ReadOnly)),
            Writing::Pool => {
                let mut conn = self.connection()?;
                conn.begin_write_for(&holder.into(), self.now())?;
                match vault::within(&self.inner.vault, || in_savepoint(&mut conn, job)) {
                    (Ok(value), None) => {
                        conn.commit()?;
                        Ok(value)
                    }
                    (result, fault) => {
                        // A failing rollback makes the pool drop the connection, which rolls back too.
                        let _ = conn.rollback();
                        result.and_then(|_| Err(E::from(fault.unwrap_or(DbError::Aborted))))
                    }
                }
            }
        }
    }

    /// Reads in one transaction, so that all queries in it see the same moment. For whom it is, opens the second lock.
    ///
    /// # Errors
    /// The job's own error, or a failure of storage.
    pub fn read<T, E, F>(&self, holder: impl Into<Holder>, job: F) -> Result<T, E>
    where
        E: From<DbError>,
        F: FnOnce(&mut AnyConn) -> Result<T, E>,
    {
        let mut conn = self.connection()?;
        conn.begin_read_for(&holder.into(), self.now())?;
        let result = vault::within(&self.inner.vault, || job(&mut conn));
        conn.rollback()?;
        result
    }

    /// The time of recording, now.
    #[must_use]
    pub fn now(&self) -> Micros {
        self.inner.clock.now()
    }

    /// Folder of the SQLite file at an address, where the keys are kept; none for PostgreSQL.
    #[must_use]
    pub fn folder_of(url: &str) -> Option<PathBuf> {
        match Address::parse(url) {
            Ok(Address::Sqlite(path)) => folder_of(&path),
            _ => None,
        }
    }

    /// Whether the database answers; for the readiness endpoint.
    ///
    /// # Errors
    /// When it does not.
    pub fn ping(&self) -> Result<(), DbError> {
        use diesel::r2d2::R2D2Connection;
        Ok(self.connection()?.ping()?)
    }

    fn connection(&self) -> Result<diesel::r2d2::PooledConnection<Manager>, DbError> {
        self.inner
            .readers
            .get()
            .map_err(|_| DbError::Unreachable { reason: "geen vrije verbinding binnen tien seconden".to_owned() })
    }
}

fn pool(address: Address, purpose: Use, size: u32) -> Result<Pool<Manager>, DbError> {
    Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(1))
        .test_on_check_out(matches!(address, Address::Postgres(_)))
        .connection_timeout(Duration::from_secs(10))
        .build(Manager { address, purpose })
        .map_err(|_| DbError::Unreachable { reason: "geen verbinding".to_owned() })
}

fn folder_of(path: &str) -> Option<PathBuf> {
    let parent = Path::new(path).parent()?;
    Some(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() })
}

/// Makes the folder and an empty file for its owner only, and takes the lock that keeps a second writer out.
fn prepare_file(path: &str) -> Result<File, DbError> {
    let unreachable = |_| DbError::Unreachable { reason: format!("bestand {path}") };
    if let Some(folder) = folder_of(path) {
        std::fs::create_dir_all(folder).map_err(unreachable)?;
    }
    open_private(Path::new(path)).map_err(unreachable)?;
    let lock = open_private(Path::new(&format!("{path}.lock"))).map_err(unreachable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(DbError::InUse { path: path.to_owned() }),
        Err(std::fs::TryLockError::Error(error)) => Err(unreachable(error)),
    }
}

fn open_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == ErrorKind::IsADirectory => Err(error),
        other => other,
    }
}
