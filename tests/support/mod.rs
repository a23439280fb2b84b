//! What tests share: a fresh database on either backend, people in each role, a small dossier.
//!
//! One test body runs on both backends with `#[rstest] fn x(#[values(Backend::Sqlite, Backend::Postgres)] b: Backend)`.
#![allow(dead_code, reason = "each test module uses its own part of the support")]

pub mod families;
mod people;
mod postgres;

pub use people::{People, person_in_role, small_dossier};

use combizitting::db::{Clock, Database, KeyPlace, Options};
use tempfile::TempDir;

/// The master key of the tests.
pub const MASTER_KEY: &str = "7a31c9d04be86f52a1170c3e9db25584f6e0427b8d93c15ae2740fb86c1d5933";

/// The master keys of the databases of tests.
pub fn keys() -> KeyPlace {
    KeyPlace::Given(MASTER_KEY.into())
}

/// As `keys`, for the environment of a program.
pub fn key_variable() -> [(&'static str, &'static str); 1] {
    [("COMBIZITTING_HOOFDSLEUTEL", MASTER_KEY)]
}

/// Opens a database of a test with its keys.
pub fn open(url: &str) -> Result<Database, combizitting::db::DbError> {
    Database::open_with(url, Options { keys: keys(), ..Options::default() })
}

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// The place of a database, gone when dropped.
pub struct Place {
    /// Its address.
    pub url: String,
    home: Home,
}

impl Place {
    /// Room for a new database; on PostgreSQL it has the schema already.
    pub fn new(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::in_folder(tempfile::tempdir().expect("a temporary folder")),
            Backend::Postgres => Self::of_clone(postgres::Clone::make()),
        }
    }

    /// A copy of a database that nobody has open.
    pub fn copy(&self) -> Self {
        match &self.home {
            Home::Folder(from) => {
                let to = tempfile::tempdir().expect("a temporary folder");
                for file in std::fs::read_dir(from.path()).expect("the folder is there").flatten() {
                    std::fs::copy(file.path(), to.path().join(file.file_name())).expect("the file is copied");
                }
                Self::in_folder(to)
            }
            Home::Clone(from) => Self::of_clone(from.copy()),
        }
    }

    /// Its address for the superuser who keeps PostgreSQL; none for SQLite.
    pub fn keeper_url(&self) -> Option<String> {
        match &self.home {
            Home::Folder(_) => None,
            Home::Clone(clone) => Some(clone.keeper_url()),
        }
    }

    fn in_folder(folder: TempDir) -> Self {
        let url = format!("sqlite:{}", folder.path().join("combizitting.db").display());
        Self { url, home: Home::Folder(folder) }
    }

    fn of_clone(clone: postgres::Clone) -> Self {
        Self { url: clone.url(), home: Home::Clone(clone) }
    }
}

/// A database of its own for one test, gone when dropped.
pub struct TestDb {
    /// The open database.
    pub db: Database,
    /// Its address.
    pub url: String,
    // Dropped last: the file or the PostgreSQL database itself.
    pub place: Place,
}

enum Home {
    Folder(TempDir),
    Clone(postgres::Clone),
}

impl TestDb {
    /// An empty database with the current schema.
    pub fn new(backend: Backend) -> Self {
        Self::with_clock(backend, Clock::system())
    }

    /// As `new`, with a clock of the test's own.
    pub fn with_clock(backend: Backend, clock: Clock) -> Self {
        let place = Place::new(backend);
        let url = place.url.clone();
        let db =
            Database::open_with(&url, Options { connections: 4, clock, keys: keys() }).expect("the database opens");
        Self { db, url, place }
    }
}
