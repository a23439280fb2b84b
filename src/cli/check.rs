//! `schema` and `check`.

use super::output::{Failure, print, print_json, read_dossier};
use crate::intake;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn schema() -> Result<ExitCode, Failure> {
    print_json(intake::schema())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run(file: &Path) -> Result<ExitCode, Failure> {
    let dossier = read_dossier(file)?;
    print(&format!(
        "{}: in orde ({} personen, {} zaken, {} gebeurtenissen, {} maatregelen).\n",
        file.display(),
        dossier.persons.len(),
        dossier.matters.len(),
        dossier.events.len(),
        dossier.measures.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}
