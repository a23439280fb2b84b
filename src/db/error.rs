//! What can go wrong in storage, in words for the user; causes are kept apart for the log.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failure of storage. The text is for users and never holds stored data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// Another transaction or process holds the database.
    #[error(
        "De database is op dit moment bezet door een ander proces. Er is niets opgeslagen. Probeer het straks opnieuw."
    )]
    Locked,
    /// Another Combizitting process has this SQLite file open for writing.
    #[error(
        "De database {path} is al in gebruik door een ander proces van Combizitting. Stop dat proces eerst, of gebruik \
         PostgreSQL als er meer processen tegelijk moeten schrijven."
    )]
    InUse {
        /// The database file.
        path: String,
    },
    /// No room left on the disk, or the set maximum size is reached.
    #[error("De schijf of de database is vol. Er is niets opgeslagen. Maak ruimte vrij en probeer het opnieuw.")]
    Full,
    /// The disk gives an error, or lets nothing more be written.
    #[error("De schijf geeft een fout. Er is niets opgeslagen. De beheerder moet de schijf nakijken.")]
    Disk,
    /// The database broke off a transaction in which this was one of several jobs.
    #[error(
        "De database heeft deze opdracht afgebroken, bijvoorbeeld omdat de schijf vol is. Er is niets opgeslagen. Probeer het opnieuw."
    )]
    Aborted,
    /// The database may only be read.
    #[error("De database is alleen-lezen. Er is niets opgeslagen.")]
    ReadOnly,
    /// The address names no kind of database that is known.
    #[error("Het databaseadres is niet goed. Gebruik `sqlite:PAD` of `postgres://...`.")]
    BadAddress,
    /// The database cannot be reached or opened.
    #[error("De database kan niet worden geopend ({reason}). Controleer het adres en de rechten.")]
    Unreachable {
        /// Short reason without passwords.
        reason: String,
    },
    /// The file is not a database, or is damaged.
    #[error("Het bestand is geen database van Combizitting, of het is beschadigd. Er is niets opgeslagen.")]
    Damaged,
    /// The schema is older or newer than this program.
    #[error("De database heeft een andere versie dan dit programma. Voer eerst `combizitting migrate` uit.")]
    SchemaOutOfDate,
    /// Migrations could not be applied.
    #[error("De database kon niet worden bijgewerkt naar deze versie: {reason}")]
    Migration {
        /// What the database said.
        reason: String,
    },
    /// The role with which the program signs in at PostgreSQL can go around the lock on rows.
    #[error(
        "De rol waarmee dit programma bij PostgreSQL aanmeldt, kan om het slot op zaken heen (superuser of BYPASSRLS). \
         Gebruik een gewone rol, die de tabellen bezit (docs/herstel.md)."
    )]
    AroundTheLock,
    /// A table has lost its lock.
    #[error(
        "De tabel {table} heeft geen slot meer (row level security). Zoek uit wie dat weghaalde (docs/herstel.md)."
    )]
    Unlocked {
        /// The table.
        table: String,
    },
    /// The same key stands there already.
    #[error("Dit bestaat al. Er is niets opgeslagen.")]
    Duplicate,
    /// A record it refers to does not exist, or a value is not allowed.
    #[error("De gegevens passen niet bij wat er al staat. Er is niets opgeslagen.")]
    Refused,
    /// Something that may only grow was to be changed or removed.
    #[error("Dit gegeven ligt vast en kan niet worden gewijzigd of verwijderd.")]
    AppendOnly,
    /// Text with control characters (such as NUL).
    #[error("De tekst bevat tekens die niet zijn toegestaan. Er is niets opgeslagen.")]
    ControlCharacters,
    /// The master key with which something is sealed is not there.
    #[error(
        "De hoofdsleutel waarmee deze database is verzegeld, ontbreekt. Zet het bestand `hoofdsleutel` terug, of de sleutel \
         in COMBIZITTING_HOOFDSLEUTEL (docs/herstel.md)."
    )]
    NoMasterKey,
    /// The file with keys is not in order.
    #[error("Het sleutelbestand {path} {what}.")]
    KeyFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Sealed content that does not open.
    #[error("Verzegelde gegevens kunnen niet worden geopend: zij zijn gewijzigd of met een andere sleutel verzegeld.")]
    Sealed,
    /// Anything else; the cause is for the log.
    #[error("Er ging iets mis bij het opslaan of lezen. Er is niets opgeslagen.")]
    Other {
        /// What the database said; for the log only.
        cause: String,
    },
}

impl DbError {
    /// Whether trying again later may help.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Locked | Self::Full | Self::Disk | Self::Aborted | Self::ReadOnly | Self::Unreachable { .. }
        )
    }

    /// Reads the meaning from a message of SQLite or PostgreSQL, as neither gives it in another way.
    #[must_use]
    pub(super) fn from_message(message: &str) -> Self {
        const MEANINGS: [(&str, DbError); 18] = [
            ("append-only", DbError::AppendOnly),
            ("database is locked", DbError::Locked),
            ("database table is locked", DbError::Locked),
            ("lock timeout", DbError::Locked),
            ("deadlock detected", DbError::Locked),
            ("database or disk is full", DbError::Full),
            ("No space left on device", DbError::Full),
            ("disk I/O error", DbError::Disk),
            ("unable to open database file", DbError::Disk),
            ("Read-only file system", DbError::Disk),
            ("Input/output error", DbError::Disk),
            ("no such savepoint", DbError::Aborted),
            ("attempt to write a readonly database", DbError::ReadOnly),
            ("read-only transaction", DbError::ReadOnly),
            ("file is not a database", DbError::Damaged),
            ("database disk image is malformed", DbError::Damaged),
            ("invalid byte sequence for encoding", DbError::ControlCharacters),
            ("string contains embedded null", DbError::ControlCharacters),
        ];
        MEANINGS
            .iter()
            .find(|(text, _)| message.contains(text))
            .map_or_else(|| Self::Other { cause: message.to_owned() }, |(_, meaning)| meaning.clone())
    }
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(kind, info) => match kind {
                DatabaseErrorKind::UniqueViolation => Self::Duplicate,
                DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::CheckViolation
                | DatabaseErrorKind::NotNullViolation => Self::Refused,
                DatabaseErrorKind::SerializationFailure => Self::Locked,
                DatabaseErrorKind::ReadOnlyTransaction => Self::ReadOnly,
                DatabaseErrorKind::ClosedConnection => {
                    Self::Unreachable { reason: "de verbinding is verbroken".to_owned() }
                }
                _ => Self::from_message(info.message()),
            },
            DieselError::InvalidCString(_) => Self::ControlCharacters,
            other => Self::from_message(&other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_locked_database_are_told_apart() {
        assert_eq!(DbError::from_message("database or disk is full"), DbError::Full);
        assert_eq!(DbError::from_message("database is locked"), DbError::Locked);
        assert_eq!(DbError::from_message("could not extend file \"base/5/1\": No space left on device"), DbError::Full);
    }

    #[test]
    fn a_disk_that_fails_or_may_only_be_read_is_a_fault_that_passes() {
        for said in [
            "disk I/O error",
            "attempt to write a readonly database",
            "could not write to file \"pg_wal/x\": Read-only file system",
            "could not fsync file \"base/1/2\": Input/output error",
        ] {
            assert!(DbError::from_message(said).is_temporary(), "{said}");
        }
        assert!(!DbError::from_message("near \"SELEC\": syntax error").is_temporary());
    }

    #[test]
    fn the_words_for_users_never_repeat_what_the_database_said() {
        let error = DbError::from_message("UNIQUE constraint failed: person.name = Jansen");
        assert!(!error.to_string().contains("Jansen"));
    }
}
