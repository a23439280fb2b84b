//! `assess`: all frameworks that apply, offline.

use super::arguments::Format;
use super::output::{Failure, print, print_json, read_dossier, reference_date};
use crate::assessment;
use chrono::NaiveDate;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(file: &Path, only: &[String], on: Option<NaiveDate>, format: Format) -> Result<ExitCode, Failure> {
    let dossier = read_dossier(file)?;
    let frameworks = assessment::builtin().map_err(|error| Failure::new(error.to_string()))?;
    let result = assessment::assess(&dossier, frameworks, reference_date(on), only)
        .map_err(|error| Failure::new(error.to_string()))?;
    match format {
        Format::Json => print_json(&result)?,
        Format::Text => print(&assessment::text::render(&result, &dossier))?,
    }
    Ok(ExitCode::SUCCESS)
}
