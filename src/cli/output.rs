//! What a command says, and writing files so that nothing is left half-written.

use crate::dossier::day_to_tell;
use crate::dossier::model::Dossier;
use crate::intake::{self, Problem};
use chrono::NaiveDate;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// An answer to arguments that are not a command to carry out.
pub(super) enum Answer {
    /// Help was asked for.
    Help(String),
    /// The arguments are not understood.
    Misunderstood(String),
}

impl Answer {
    pub(super) fn print(&self) -> ExitCode {
        match self {
            Self::Help(text) => print(text).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS),
            Self::Misunderstood(message) => {
                complain(&format!("{message}\nZie combizitting --help."));
                ExitCode::FAILURE
            }
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// One message.
    Message(String),
    /// Problems in a dossier file.
    Problems(PathBuf, Vec<Problem>),
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    pub(super) fn print(&self) -> ExitCode {
        match self {
            Self::Message(message) => complain(message),
            Self::Problems(file, problems) => complain(&list(file, problems)),
        }
        ExitCode::FAILURE
    }
}

fn list(file: &Path, problems: &[Problem]) -> String {
    let count = match problems.len() {
        1 => "1 probleem".to_owned(),
        several => format!("{several} problemen"),
    };
    let lines = problems.iter().map(|problem| {
        let place = if problem.pointer.is_empty() { "(hele bestand)" } else { &problem.pointer };
        format!("\n  {place}: {}", problem.message)
    });
    format!("{}: {count}{}", file.display(), lines.collect::<String>())
}

/// Prints to standard output. A closed pipe is the reader's choice, not an error.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("Het resultaat kon niet worden geschreven: {}.", reason(&error))))
        }
        _ => Ok(()),
    }
}

/// Prints one JSON document.
pub(super) fn print_json<T: serde::Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|_| Failure::new("Het resultaat kon niet als JSON worden geschreven."))?;
    print(&format!("{text}\n"))
}

/// Prints to standard error; when even that fails there is nobody left to tell.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// Reads a dossier file through the ordinary intake.
pub(super) fn read_dossier(path: &Path) -> Result<Dossier, Failure> {
    let bytes = read_limited(path)?;
    intake::read(&bytes).map_err(|problems| Failure::Problems(path.to_owned(), problems))
}

fn read_limited(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |error: &io::Error| Failure::new(format!("{} kan niet worden gelezen: {}.", path.display(), reason(error)));
    let file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    // One byte more than allowed is enough for the intake to refuse it; a huge file is never held in memory.
    let limit = u64::try_from(intake::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

/// A Dutch reason for an input or output error.
pub(super) fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "het bestaat niet",
        io::ErrorKind::PermissionDenied => "u hebt er geen rechten voor",
        io::ErrorKind::IsADirectory => "het is een map",
        io::ErrorKind::NotADirectory => "een deel van het pad is geen map",
        io::ErrorKind::StorageFull => "de schijf is vol",
        io::ErrorKind::ReadOnlyFilesystem => "de schijf is alleen-lezen",
        io::ErrorKind::AlreadyExists => "er staat al iets met die naam",
        _ => "de schijf of het bestandssysteem gaf een fout",
    }
}

/// Files to be written together: all of them, or none.
#[derive(Default)]
pub(super) struct FileSet {
    files: Vec<(String, Vec<u8>)>,
}

impl FileSet {
    pub(super) fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.files.push((name.into(), bytes));
    }

    /// Writes each file beside its place first and moves all of them when the last is safe on disk.
    pub(super) fn write(self, dir: &Path) -> Result<Vec<String>, Failure> {
        let failed = |error: &io::Error| {
            Failure::new(format!(
                "De documenten konden niet worden geschreven in {}: {}.",
                dir.display(),
                reason(error)
            ))
        };
        fs::create_dir_all(dir).map_err(|error| failed(&error))?;
        let mut waiting: Vec<(PathBuf, PathBuf)> = Vec::new();
        let result = self.files.iter().try_for_each(|(name, bytes)| {
            let hidden = dir.join(format!(".{name}.{}", std::process::id()));
            waiting.push((hidden.clone(), dir.join(name)));
            let mut file = fs::File::create(&hidden)?;
            file.write_all(bytes)?;
            file.sync_all()
        });
        let result = result.and_then(|()| waiting.iter().try_for_each(|(from, to)| fs::rename(from, to)));
        if let Err(error) = result {
            for (hidden, _) in &waiting {
                // Whatever is left of the attempt is removed; a file that was never made cannot be.
                let _ = fs::remove_file(hidden);
            }
            return Err(failed(&error));
        }
        Ok(waiting.into_iter().map(|(_, to)| to.display().to_string()).collect())
    }
}

/// The reference date of a file: as given, or else the day against which the case itself can be told.
pub(super) fn day_of(on: Option<NaiveDate>, dossier: &Dossier) -> NaiveDate {
    on.unwrap_or_else(|| day_to_tell(dossier, reference_date(None)))
}

/// The reference date: as given, or today on the law's clock.
pub(super) fn reference_date(on: Option<NaiveDate>) -> NaiveDate {
    on.unwrap_or_else(|| chrono::Utc::now().with_timezone(&crate::shared::moment::LAW_ZONE).date_naive())
}
