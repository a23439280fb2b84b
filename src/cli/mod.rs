//! The command line: one file per command, clear Dutch messages, exit codes 0 and 1.

/// Runs the command given on the command line.
#[must_use]
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}
