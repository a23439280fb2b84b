//! `migrate`, `audit verify`, `user add` and `serve`.

use super::arguments::{AuditAction, UserAction};
use super::output::{Failure, print};
use super::settings;
use crate::app::{self, Settings};
use crate::audit;
use crate::db::Database;
use crate::identity::{Actor, Identity, NewUser, SessionKey};
use secrecy::SecretString;
use std::io::BufRead;
use std::process::ExitCode;

pub(super) fn serve() -> Result<ExitCode, Failure> {
    let settings = settings::read()?;
    settings::make_data_dir(&settings)?;
    print(&format!("Combizitting luistert op http://{}:{}\n", settings.address, settings.port))?;
    start(settings)
}

/// Runs the service until it is asked to stop.
pub(super) fn start(settings: Settings) -> Result<ExitCode, Failure> {
    write_log_lines();
    app::serve(settings).map_err(|error| Failure::new(error.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Structured log lines on standard error, so that standard output stays the program's own words.
/// The level comes from RUST_LOG; the lines carry ids and route patterns, never content.
fn write_log_lines() {
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    // Fails only when a log was started already; then that one stays.
    let _ = crate::log::start(&wanted, std::io::stderr);
}

pub(super) fn migrate() -> Result<ExitCode, Failure> {
    open()?;
    print("De database is bijgewerkt.\n")?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn open() -> Result<(Settings, Database), Failure> {
    let settings = settings::read()?;
    settings::make_data_dir(&settings)?;
    let db = app::open_database(&settings).map_err(|error| Failure::new(error.to_string()))?;
    Ok((settings, db))
}

pub(super) fn audit(action: &AuditAction) -> Result<ExitCode, Failure> {
    let AuditAction::Verify = action;
    let settings = settings::read()?;
    // Read-only, so that the log can be checked while the service runs.
    let db = app::open_database_read_only(&settings).map_err(|error| Failure::new(error.to_string()))?;
    let report = audit::verify(&db).map_err(|error| Failure::new(error.to_string()))?;
    print(&format!("{}\n", report.dutch()))?;
    Ok(if report.is_intact() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(super) fn user(action: UserAction) -> Result<ExitCode, Failure> {
    let UserAction::Add { login, name, role } = action;
    let password = read_password()?;
    let (settings, db) = open()?;
    let key = SessionKey::load(&app::key_folder(&settings)).map_err(|error| Failure::new(error.to_string()))?;
    let identity = Identity::new(db, &key).map_err(|error| Failure::new(error.to_string()))?;
    let added = identity
        .add_user(&Actor::operator(), &NewUser { login, name, role, password })
        .map_err(|error| Failure::new(error.to_string()))?;
    print(&format!("Gebruiker {} toegevoegd met de rol {}.\n", added.login, added.role.as_str()))?;
    Ok(ExitCode::SUCCESS)
}

/// The password comes over standard input, never as an argument that others can see in the process list.
fn read_password() -> Result<SecretString, Failure> {
    use std::io::IsTerminal;
    let input = std::io::stdin();
    if input.is_terminal() {
        super::output::complain("Wachtwoord (minstens twaalf tekens), gevolgd door Enter:");
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).map_err(|_| Failure::new("Het wachtwoord kon niet worden gelezen."))?;
    Ok(SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned()))
}
