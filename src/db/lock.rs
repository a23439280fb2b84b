//! The second lock: on PostgreSQL a row with content of a case is there only for whom the transaction names. This is the
//! one place that names it, for one transaction at a time, so that a connection takes nothing along to the next reader.
//!
//! The policies stand in the migration `tweede_slot`. SQLite knows no such lock: there the program's own check is the
//! only one, and the file is open to whoever may read it.

use super::clock::Micros;
use super::connection::AnyConn;
use super::error::DbError;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

/// For whom a transaction is: an account that sees its own cases, or a job of the service itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The user with this id.
    Account(String),
    /// A job.
    Job(Job),
}

/// Everything that the service does of itself. No other name opens a row in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Bringing the schema up to date. Every case.
    Migrate,
    /// Making a backup and putting it back. Every case.
    Backup,
    /// Sealing what was not sealed, and wrapping keys anew. Every case.
    Seal,
    /// Retention, the package for the archive, and destruction. Every case; the only one that removes content.
    Retain,
    /// Deriving hearings and terms anew. Every case.
    Agenda,
    /// Assessing every dossier again. Every case.
    Reassess,
    /// Checking and anchoring the audit trail. Every case.
    Verify,
    /// Accounts, sessions and keys. No case.
    Accounts,
    /// Whether there is such a case, to tell in the trail what was refused. References, no content.
    Existence,
    /// What a code printed on paper leads to. Drafts with their steps.
    PrintedCode,
    /// Removing forms that nobody may go on with. Unfinished forms only.
    Forget,
}

impl Job {
    /// All of them, those that open every case first.
    pub const ALL: [Self; 11] = [
        Self::Migrate,
        Self::Backup,
        Self::Seal,
        Self::Retain,
        Self::Agenda,
        Self::Reassess,
        Self::Verify,
        Self::Accounts,
        Self::Existence,
        Self::PrintedCode,
        Self::Forget,
    ];

    /// Its name in the policies.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Migrate => "migratie",
            Self::Backup => "back-up",
            Self::Seal => "sleutels",
            Self::Retain => "bewaren",
            Self::Agenda => "agenda",
            Self::Reassess => "hertoetsen",
            Self::Verify => "logboek",
            Self::Accounts => "aanmelden",
            Self::Existence => "bestaan",
            Self::PrintedCode => "controle",
            Self::Forget => "opruimen",
        }
    }

    /// Whether it works on every case.
    #[must_use]
    pub fn opens_every_case(self) -> bool {
        !matches!(self, Self::Accounts | Self::Existence | Self::PrintedCode | Self::Forget)
    }
}

impl From<Job> for Holder {
    fn from(job: Job) -> Self {
        Self::Job(job)
    }
}

/// Name of the purpose for which someone sees their own cases.
const OWN_CASES: &str = "zaak";
const PURPOSE: &str = "combizitting.doel";
const ACCOUNT: &str = "combizitting.account";
const NOW: &str = "combizitting.nu";

/// Tables with a lock: everything with content of a case, and what leads to it.
pub const LOCKED: &[&str] = &[
    "audit_entry",
    "case_assignment",
    "case_moment",
    "case_moment_state",
    "data_key",
    "destruction",
    "document_code",
    "document_file",
    "dossier",
    "dossier_version",
    "draft",
    "file_check",
    "file_content",
    "open_work",
    "review_step",
    "submission",
    "submission_taken",
    "unfinished_form",
];

/// Tables without: accounts and how they sign in, hashes of the trail, and which delegation stood behind a submission.
pub const WITHOUT: &[&str] = &[
    "audit_anchor",
    "audit_head",
    "delegation",
    "key_challenge",
    "provider_subject",
    "recovery_code",
    "second_factor",
    "security_key",
    "service_key",
    "session",
    "sign_in_attempt",
    "spent_once",
    "submission_delegation",
    "user_account",
];

diesel::define_sql_function! {
    /// Sets something for this transaction only (`local`), or for the whole connection.
    fn set_config(name: Text, value: Text, local: Bool) -> Text;
}
diesel::define_sql_function! {
    /// What was set: every transaction sets it.
    fn current_setting(name: Text, missing_ok: Bool) -> Text;
}

impl AnyConn {
    /// Names for whom the transaction that runs is, at which moment. On SQLite there is nothing to open.
    pub(super) fn open_lock(&mut self, holder: &Holder, now: Micros) -> Result<(), DbError> {
        let Self::Postgres(conn) = self else { return Ok(()) };
        let (purpose, account) = match holder {
            Holder::Account(id) => (OWN_CASES, id.as_str()),
            Holder::Job(job) => (job.as_str(), ""),
        };
        let set = (
            set_config(PURPOSE, purpose, true),
            set_config(ACCOUNT, account, true),
            set_config(NOW, now.to_string(), true),
        );
        diesel::select(set).execute(conn)?;
        Ok(())
    }

    /// Opens every case to a connection that brings the schema up to date and serves nobody else.
    pub(super) fn open_for_migration(&mut self) -> Result<(), DbError> {
        let Self::Postgres(conn) = self else { return Ok(()) };
        diesel::select(set_config(PURPOSE, Job::Migrate.as_str(), false)).execute(conn)?;
        Ok(())
    }

    /// Refuses a connection that can go around the lock: a superuser or a role with BYPASSRLS, or a role that can
    /// become one; and a database of which a table has no lock.
    pub(super) fn must_be_locked(&mut self) -> Result<(), DbError> {
        let Self::Postgres(conn) = self else { return Ok(()) };
        let sql = "SELECT EXISTS (SELECT 1 FROM pg_roles AS r WHERE (r.rolsuper OR r.rolbypassrls)
                AND pg_has_role(session_user, r.oid, 'MEMBER')) AS around,
            coalesce((SELECT min(c.relname::text) FROM pg_class AS c WHERE c.oid IN
                (SELECT to_regclass(name) FROM unnest(string_to_array($1, ',')) AS name)
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity)), '') AS open";
        let found: Standing = diesel::sql_query(sql).bind::<Text, _>(LOCKED.join(",")).get_result(conn)?;
        match (found.around, found.open) {
            (true, _) => Err(DbError::AroundTheLock),
            (false, open) if open.is_empty() => Ok(()),
            (false, table) => Err(DbError::Unlocked { table }),
        }
    }
}

#[derive(QueryableByName)]
struct Standing {
    #[diesel(sql_type = Bool)]
    around: bool,
    #[diesel(sql_type = Text)]
    open: String,
}

/// Does a part of a transaction as a job of the service, and goes on for whom it was.
///
/// # Errors
/// Those of the part, or storage.
pub fn as_job<T, E: From<DbError>>(
    tx: &mut AnyConn,
    job: Job,
    part: impl FnOnce(&mut AnyConn) -> Result<T, E>,
) -> Result<T, E> {
    let before = set_purpose(tx, job.as_str())?;
    let result = part(tx);
    match before {
        Some(before) => {
            // After an error the transaction may be of no use any more; then it is rolled back with what was set in it.
            let back = set_purpose(tx, &before);
            let value = result?;
            back?;
            Ok(value)
        }
        None => result,
    }
}

/// Sets the purpose for the rest of the transaction; gives the one before.
fn set_purpose(tx: &mut AnyConn, purpose: &str) -> Result<Option<String>, DbError> {
    let AnyConn::Postgres(conn) = tx else { return Ok(None) };
    let before: String = diesel::select(current_setting(PURPOSE, true)).get_result(conn)?;
    diesel::select(set_config(PURPOSE, purpose, true)).execute(conn)?;
    Ok(Some(before))
}
