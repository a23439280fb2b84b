//! A backup as one file of JSON lines, the same for both databases: written from one snapshot
//! beside a running service, and restored whole or not at all, only into an empty database.
//!
//! The first line says what the file is, each next line is one row, and the last line has the
//! number of rows and the SHA-256 over all bytes before it. Sessions and failed sign-ins are left
//! out: after a restore everyone signs in again. Signing keys are not in the database.

use super::connection::AnyConn;
use super::database::Database;
use super::error::DbError;
use super::lock::Job;
use super::rows::{self, Row};
use super::vault;

pub use super::rows::TABLES;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Version of the file format.
const FORMAT: u32 = 1;

/// Why a backup was not made or not restored. The text is for users.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The file cannot be read or written.
    #[error("Het bestand kan niet worden gelezen of geschreven ({0}).")]
    File(std::io::ErrorKind),
    /// The file is no backup, or one of another version.
    #[error("Dit bestand is geen back-up die deze versie kan teruglezen (regel {line}). Er is niets teruggezet.")]
    NotABackup {
        /// Line, from 1.
        line: usize,
    },
    /// The file is not complete, or was changed.
    #[error(
        "De back-up is niet volledig of is gewijzigd: het controlegetal aan het einde klopt niet. Er is niets teruggezet."
    )]
    Damaged,
    /// There is something in the database already.
    #[error("De database is niet leeg. Zet een back-up terug in een nieuwe database.")]
    NotEmpty,
}

impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> Self {
        Self::File(error.kind())
    }
}

impl From<diesel::result::Error> for BackupError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// What was written or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows.
    pub rows: usize,
    /// SHA-256 over the file up to its last line.
    pub sha256: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    combizitting_backup: u32,
    made_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tail {
    rows: usize,
    sha256: String,
}

/// Writes bytes on and keeps their hash.
struct Hashed<'a> {
    to: &'a mut dyn Write,
    hash: Sha256,
    rows: usize,
}

impl Hashed<'_> {
    fn line<T: Serialize>(&mut self, value: &T) -> Result<(), BackupError> {
        let mut line = serde_json::to_vec(value).map_err(|error| DbError::Other { cause: error.to_string() })?;
        line.push(b'\n');
        self.hash.update(&line);
        Ok(self.to.write_all(&line)?)
    }

    fn row(&mut self, row: &Row) -> Result<(), BackupError> {
        self.rows += 1;
        self.line(row)
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes everything that must be kept, as it is at one moment.
///
/// # Errors
/// When the database cannot be read or the file cannot be written.
pub fn write(db: &Database, to: &mut dyn Write) -> Result<Summary, BackupError> {
    let made_at = db.now();
    db.read(Job::Backup, |conn| {
        let mut out = Hashed { to, hash: Sha256::new(), rows: 0 };
        out.line(&Head { combizitting_backup: FORMAT, made_at })?;
        rows::each(conn, &mut |row| out.row(&row))?;
        let tail = Tail { rows: out.rows, sha256: hex(out.hash) };
        out.to.write_all(format!("{}\n", serde_json::json!(tail)).as_bytes())?;
        out.to.flush()?;
        Ok(Summary { rows: tail.rows, sha256: tail.sha256 })
    })
}

/// Reads a backup back into an empty database, whole or not at all.
///
/// # Errors
/// When the file is no backup, is damaged, or the database is not empty.
pub fn restore(db: &Database, path: &Path) -> Result<Summary, BackupError> {
    let summary = check(path)?;
    let path = path.to_owned();
    db.write(Job::Backup, move |tx| {
        if !rows::are_none(tx)? {
            return Err(BackupError::NotEmpty);
        }
        fill(tx, &path)?;
        // Better told now than at the first dossier that someone opens.
        vault::check_keys(tx)?;
        Ok(summary)
    })
}

/// Reads the whole file once, before anything is stored.
fn check(path: &Path) -> Result<Summary, BackupError> {
    let mut reader = BufReader::new(File::open(path)?);
    let (mut hash, mut before, mut rows) = (Sha256::new(), Vec::new(), 0_usize);
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if !before.is_empty() {
            hash.update(&before);
            rows += 1;
        }
        before = line;
    }
    let head_seen = rows.checked_sub(1).ok_or(BackupError::NotABackup { line: 1 })?;
    let tail: Tail = serde_json::from_slice(&before).map_err(|_| BackupError::Damaged)?;
    if tail.sha256 != hex(hash) || tail.rows != head_seen {
        return Err(BackupError::Damaged);
    }
    Ok(Summary { rows: tail.rows, sha256: tail.sha256 })
}

fn fill(tx: &mut AnyConn, path: &Path) -> Result<(), BackupError> {
    let mut lines = BufReader::new(File::open(path)?).lines();
    let head = lines.next().ok_or(BackupError::NotABackup { line: 1 })??;
    let known = serde_json::from_str::<Head>(&head).is_ok_and(|head| head.combizitting_backup == FORMAT);
    if !known {
        return Err(BackupError::NotABackup { line: 1 });
    }
    let mut lines = lines.enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let line = line?;
        // The last line was checked before.
        if lines.peek().is_none() {
            break;
        }
        let row: Row = serde_json::from_str(&line).map_err(|_| BackupError::NotABackup { line: at + 2 })?;
        row.insert(tx)?;
    }
    Ok(())
}
