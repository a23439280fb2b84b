//! `draft`: documents of one kind, and what holds back finalising.

use super::arguments::FileFormat;
use super::output::{Failure, FileSet, day_of, print_json, read_dossier};
use crate::documents::{docx, html, pdf};
use crate::drafting::model::{Draft, DraftKind, DraftProblem};
use crate::{assessment, conflicts, drafting};
use chrono::NaiveDate;
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;

#[derive(Serialize)]
struct Printed<'a> {
    files: Vec<String>,
    problems: &'a [DraftProblem],
}

pub(super) fn run(
    file: &Path,
    kind: DraftKind,
    on: Option<NaiveDate>,
    out: &Path,
    formats: &[FileFormat],
) -> Result<ExitCode, Failure> {
    let dossier = read_dossier(file)?;
    let on = day_of(on, &dossier);
    let frameworks = assessment::builtin().map_err(|error| Failure::new(error.to_string()))?;
    let findings =
        assessment::assess(&dossier, frameworks, on, &[]).map_err(|error| Failure::new(error.to_string()))?;
    let report = conflicts::find(&dossier, on);
    let set =
        drafting::draft(&dossier, &findings, &report, kind, on).map_err(|error| Failure::new(error.to_string()))?;
    let refused = set.is_refused();
    let files = if refused {
        // What cannot be in law is not put on paper; the problems name the rule.
        Vec::new()
    } else {
        let mut files = FileSet::default();
        add_documents(&set.documents, formats, &mut files)?;
        files.write(out)?
    };
    print_json(&Printed { files, problems: &set.problems })?;
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Renders documents in the wanted formats.
pub(super) fn add_documents(drafts: &[Draft], formats: &[FileFormat], files: &mut FileSet) -> Result<(), Failure> {
    for draft in drafts {
        for format in formats {
            let (extension, bytes) = match format {
                FileFormat::Html => ("html", Ok(html::render(&draft.model).into_bytes())),
                FileFormat::Pdf => ("pdf", pdf::render(&draft.model)),
                FileFormat::Docx => ("docx", docx::render(&draft.model)),
            };
            let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
            files.add(format!("{}.{extension}", draft.name), bytes);
        }
    }
    Ok(())
}
