//! `backup` and `restore`.

use super::operations::open;
use super::output::{Failure, print, reason};
use super::settings;
use crate::app;
use crate::audit::{self, AuditEvent, Chain, record};
use crate::db::backup::{self, BackupError, Summary};
use crate::db::{Database, DbError, Job};
use crate::identity::Actor;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// Writes a backup to a new file that only its owner can read.
pub(super) fn make(out: &Path) -> Result<ExitCode, Failure> {
    let settings = settings::read()?;
    // Read-only, so that the service can go on.
    let db = app::open_database_read_only(&settings).map_err(told)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let cannot = |error: &std::io::Error| {
        Failure::new(format!("De back-up {} kan niet worden geschreven: {}.", out.display(), reason(error)))
    };
    let file = options.open(out).map_err(|error| cannot(&error))?;
    let written = write_out(&db, file).map_err(|error| {
        // Half a backup is none; when even this fails its missing end still tells so.
        let _ = std::fs::remove_file(out);
        Failure::new(error.to_string())
    })?;
    print(&format!(
        "Back-up gemaakt: {}\n{} rijen, SHA-256 {}\nDe back-up bevat hele dossiers. Bewaar haar versleuteld en op een andere \
         plaats.\n",
        out.display(),
        written.rows,
        written.sha256
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn write_out(db: &Database, file: File) -> Result<Summary, BackupError> {
    let mut writer = BufWriter::new(file);
    let summary = backup::write(db, &mut writer)?;
    writer.flush()?;
    writer.get_ref().sync_all()?;
    Ok(summary)
}

/// Puts a backup back and checks the audit trail of what then stands there.
pub(super) fn restore(file: &Path) -> Result<ExitCode, Failure> {
    if !file.is_file() {
        return Err(Failure::new(format!("Het bestand {} bestaat niet.", file.display())));
    }
    let (_, db) = open()?;
    let summary = backup::restore(&db, file).map_err(|error: BackupError| Failure::new(error.to_string()))?;
    let report = audit::verify(&db).map_err(told)?;
    let (at, author, rows, hash) = (db.now(), Actor::operator().author(), summary.rows, summary.sha256);
    db.write(Job::Backup, move |tx| -> Result<(), DbError> {
        record(tx, &Chain::System, &author, at, &AuditEvent::BackupRestored { rows, hash })?;
        Ok(())
    })
    .map_err(told)?;
    print(&format!("Back-up teruggezet: {rows} rijen. Iedereen meldt zich opnieuw aan.\n{}\n", report.dutch()))?;
    Ok(if report.is_intact() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(error: DbError) -> Failure {
    Failure::new(error.to_string())
}
