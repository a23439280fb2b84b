//! `conflicts`: clashes, coverage, gaps and deadlines, offline.

use super::arguments::Format;
use super::output::{Failure, print, print_json, read_dossier, reference_date};
use crate::conflicts;
use chrono::NaiveDate;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(file: &Path, on: Option<NaiveDate>, format: Format) -> Result<ExitCode, Failure> {
    let dossier = read_dossier(file)?;
    let report = conflicts::find(&dossier, reference_date(on));
    match format {
        Format::Json => print_json(&report)?,
        Format::Text => print(&conflicts::text::render(&report, &dossier))?,
    }
    Ok(ExitCode::SUCCESS)
}
