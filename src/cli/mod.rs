//! The command line: one file per command, clear Dutch messages on standard error, exit codes 0 and 1.
//!
//! Commands that read a dossier file work offline, without a database. The clock is read here and
//! nowhere deeper: `--on` sets another reference date.

mod arguments;
mod assess;
mod backup;
mod bundles;
mod check;
mod conflicts;
mod demo;
mod draft;
mod frameworks;
mod keys;
mod operations;
mod output;
mod reassess;
mod retention;
mod samples;
mod settings;

use arguments::{Arguments, Command};
use output::Failure;
use std::process::ExitCode;

/// Runs the command given on the command line.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(answer) => return answer.print(),
    };
    match dispatch(arguments) {
        Ok(code) => code,
        Err(failure) => failure.print(),
    }
}

fn dispatch(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::Demo { out, no_serve } => demo::run(&out, !no_serve),
        Command::Serve => operations::serve(),
        Command::Schema => check::schema(),
        Command::Check { file } => check::run(&file),
        Command::Assess { file, framework, on, format } => assess::run(&file, &framework, on, format),
        Command::Conflicts { file, on, format } => conflicts::run(&file, on, format),
        Command::Draft { file, kind, on, out, format } => draft::run(&file, kind.into(), on, &out, &format),
        Command::Frameworks { action } => frameworks::run(&action),
        Command::Migrate => operations::migrate(),
        Command::Reassess { out, on, against } => reassess::run(&out, on, against.as_deref()),
        Command::Backup { out } => backup::make(&out),
        Command::Restore { file } => backup::restore(&file),
        Command::Retention { action } => retention::run(&action),
        Command::Audit { action } => operations::audit(&action),
        Command::Key { action } => keys::run(&action),
        Command::User { action } => operations::user(action),
    }
}
