//! `frameworks lint`: checks framework files and runs the cases beside them.

use super::arguments::FrameworksAction;
use super::output::{Failure, print, reason};
use crate::assessment::{
    self,
    lint::{LintLevel, LintProblem},
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(action: &FrameworksAction) -> Result<ExitCode, Failure> {
    let FrameworksAction::Lint { dir } = action;
    let files = match dir {
        Some(dir) => read_files(dir)?,
        None => assessment::frameworks::builtin_files(),
    };
    let problems = assessment::lint::lint(&files);
    let text: String = problems.iter().map(line).collect();
    print(&text)?;
    if problems.iter().all(|problem| problem.level == LintLevel::Warning) {
        let frameworks =
            files.iter().filter(|(path, _)| !path.ends_with("cases.yaml") && path.ends_with(".yaml")).count();
        print(&format!("{frameworks} kaders in orde.\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn line(problem: &LintProblem) -> String {
    let kind = match problem.level {
        LintLevel::Error => "fout",
        LintLevel::Warning => "let op",
    };
    format!("{}: {} ({}): {}\n", kind, problem.path, problem.place, problem.message)
}

/// All files below a folder, with paths relative to it, in a fixed order.
fn read_files(dir: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        Failure::new(format!("{} kan niet worden gelezen: {}.", path.display(), reason(error)))
    };
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))? {
            let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
                let name = path.strip_prefix(dir).unwrap_or(&path).display().to_string();
                files.push((name, bytes));
            }
        }
    }
    files.sort();
    Ok(files)
}
