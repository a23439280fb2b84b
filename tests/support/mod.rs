//! What tests share: a fresh database on either backend, people in each role, a small dossier.
//!
//! One test body runs on both backends with `#[rstest] fn x(#[values(Backend::Sqlite, Backend::Postgres)] b: Backend)`.
#![allow(dead_code, reason = "each test module uses its own part of the support")]

pub mod families;
mod people;
mod postgres;

pub use people::{People, person_in_role, small_dossier};

use combizitting::db::{Clock, Database, Options};
use tempfile::TempDir;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database of its own for one test, gone when dropped.
pub struct TestDb {
    /// The open database.
    pub db: Database,
    /// Its address.
    pub url: String,
    // Dropped last: the file or the PostgreSQL database itself.
    _home: Home,
}

enum Home {
    Folder(#[expect(dead_code, reason = "held for its Drop")] TempDir),
    Clone(#[expect(dead_code, reason = "held for its Drop")] postgres::Clone),
}

impl TestDb {
    /// An empty database with the current schema.
    pub fn new(backend: Backend) -> Self {
        Self::with_clock(backend, Clock::system())
    }

    /// As `new`, with a clock of the test's own.
    pub fn with_clock(backend: Backend, clock: Clock) -> Self {
        let (url, home) = match backend {
            Backend::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                (format!("sqlite:{}", folder.path().join("combizitting.db").display()), Home::Folder(folder))
            }
            Backend::Postgres => {
                let clone = postgres::Clone::make();
                (clone.url(), Home::Clone(clone))
            }
        };
        let db = Database::open_with(&url, Options { connections: 4, clock }).expect("the database opens");
        Self { db, url, _home: home }
    }
}
