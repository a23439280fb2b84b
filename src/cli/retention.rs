//! `retention list` and `retention package`.

use super::arguments::RetentionAction;
use super::operations::open;
use super::output::{Failure, print, reason, reference_date};
use super::settings;
use crate::app::open_database_read_only;
use crate::identity::Actor;
use crate::retention::{DueCase, Package, Retention};
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(action: &RetentionAction) -> Result<ExitCode, Failure> {
    match action {
        RetentionAction::List { on } => list(reference_date(*on)),
        RetentionAction::Package { reference, out } => package(reference, out),
    }
}

fn list(on: NaiveDate) -> Result<ExitCode, Failure> {
    // Read-only, so that the service can go on.
    let db = open_database_read_only(&settings::read()?).map_err(told)?;
    let due = Retention::new(db).due(&Actor::operator(), on).map_err(told)?;
    let mut said = format!("Bewaartermijn om op {}: {}\n", dutch_date(on), due.len());
    said.extend(due.iter().map(line));
    print(&said)?;
    Ok(ExitCode::SUCCESS)
}

fn line(case: &DueCase) -> String {
    let (rule, standing) = (case.standing.rule, &case.standing);
    let source = rule.source();
    let read = if source.verified { "" } else { " (niet geverifieerd)" };
    let due = standing.due_on.map(dutch_date).unwrap_or_default();
    let mut text = format!(
        "{}\n  {}: {} jaar na {}, dus sinds {due}\n  {}{read}\n",
        case.reference,
        rule.title,
        rule.years,
        dutch_date(standing.since),
        source.reference
    );
    text.extend(standing.holds.iter().map(|hold| format!("  Houdt tegen: {hold}\n")));
    text
}

fn package(reference: &str, out: &Path) -> Result<ExitCode, Failure> {
    let (_, db) = open()?;
    let retention = Retention::new(db);
    let actor = Actor::operator();
    let package = retention.package(&actor, reference).map_err(told)?;
    write_out(&package, out).map_err(|error| {
        let why = reason(&error);
        Failure::new(format!("Het pakket {} kan niet worden geschreven: {why}.", out.display()))
    })?;
    // Only what is on disk is told of: without this the destruction cannot be confirmed.
    retention.packed(&actor, &package).map_err(told)?;
    print(&format!(
        "Pakket voor het archief gemaakt: {}\n{} bestanden, SHA-256 over SHA256SUMS {}\nHet pakket bevat de hele zaak, \
         leesbaar. Breng het over naar het archief en bewaar het niet hier.\n",
        out.display(),
        package.parts.len(),
        package.hash
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes every file into a new folder that only its owner can read.
fn write_out(package: &Package, out: &Path) -> std::io::Result<()> {
    let mut folder = DirBuilder::new();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    folder.create(out)?;
    folder.recursive(true);
    for part in &package.parts {
        let place = out.join(&part.name);
        if let Some(parent) = place.parent() {
            folder.create(parent)?;
        }
        let mut file = options.open(&place)?;
        file.write_all(&part.bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

fn told(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}
