//! The output as the only state of a run: what stands in it is done. A last line that was cut off is
//! removed; a file of anything else is never touched.

use super::line::{Line, Stamp};
use crate::cli::output::{Failure, reason};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The file that a run writes.
pub(super) struct OutFile {
    file: File,
    path: String,
    /// Cases that stand in it, with the version.
    pub done: BTreeSet<(String, i64)>,
    /// Reference date of its lines, when it has any.
    pub on: Option<NaiveDate>,
    frameworks_hash: Option<String>,
}

impl OutFile {
    /// Opens the file, or makes it for its owner only, and reads what is done.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let cannot = |error: &io::Error| failed(path, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| cannot(&error))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                Failure::new(format!("{} wordt al door een andere toetsing geschreven.", path.display()))
            }
            TryLockError::Error(error) => cannot(&error),
        })?;
        let mut out =
            Self { file, path: path.display().to_string(), done: BTreeSet::new(), on: None, frameworks_hash: None };
        let whole = each_line(&out.file, path, |stamp, _| {
            out.on = Some(stamp.on);
            out.frameworks_hash = Some(stamp.frameworks_hash);
            out.done.insert((stamp.id, stamp.version));
        })?;
        out.file.set_len(whole).map_err(|error| cannot(&error))?;
        out.file.seek(SeekFrom::End(0)).map_err(|error| cannot(&error))?;
        Ok(out)
    }

    /// Refuses to mix runs in one file.
    pub(super) fn must_be_of(&self, on: NaiveDate, frameworks_hash: &str) -> Result<(), Failure> {
        let told = |what: &str| {
            Failure::new(format!(
                "{} bevat al een toetsing met {what}. Kies een ander bestand; met --against worden ze vergeleken.",
                self.path
            ))
        };
        if self.frameworks_hash.as_deref().is_some_and(|known| known != frameworks_hash) {
            return Err(told("andere kaders"));
        }
        match self.on {
            Some(known) if known != on => Err(told(&format!("peildatum {known}"))),
            _ => Ok(()),
        }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, line: &Line) -> Result<(), Failure> {
        let mut bytes = serde_json::to_vec(line)
            .map_err(|_| Failure::new("Een regel van de uitvoer kon niet als JSON worden geschreven."))?;
        bytes.push(b'\n');
        self.file.write_all(&bytes).map_err(|error| failed(Path::new(&self.path), &error))
    }

    /// Waits until all lines are safe on disk.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        self.file.sync_all().map_err(|error| failed(Path::new(&self.path), &error))
    }
}

/// The lines of an earlier run, read when they are needed.
pub(super) struct Earlier {
    file: Mutex<File>,
    places: BTreeMap<String, (u64, usize)>,
}

impl Earlier {
    /// Finds where each case stands; of a case that stands twice, the last line counts.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|error| failed(path, &error))?;
        let mut places = BTreeMap::new();
        each_line(&file, path, |stamp, place| {
            places.insert(stamp.id, place);
        })?;
        Ok(Self { file: Mutex::new(file), places })
    }

    /// The line of a case.
    pub(super) fn find(&self, id: &str) -> Option<Line> {
        let (start, length) = *self.places.get(id)?;
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start)).and_then(|_| file.read_exact(&mut bytes)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

/// Gives the stamp and the place of every whole line; answers where the last one ends.
fn each_line(file: &File, path: &Path, mut take: impl FnMut(Stamp, (u64, usize))) -> Result<u64, Failure> {
    let mut reader = BufReader::new(file);
    let (mut end, mut bytes) = (0_u64, Vec::new());
    loop {
        bytes.clear();
        let length = reader.read_until(b'\n', &mut bytes).map_err(|error| failed(path, &error))?;
        if bytes.last() != Some(&b'\n') {
            // Of a file that is no output of ours nothing may be cut off.
            let ours = length == 0 || bytes.starts_with(b"{\"id\":\"");
            return if ours { Ok(end) } else { Err(foreign(path)) };
        }
        let stamp: Stamp = serde_json::from_slice(&bytes).map_err(|_| foreign(path))?;
        take(stamp, (end, length));
        end = end.saturating_add(u64::try_from(length).unwrap_or_default());
    }
}

fn foreign(path: &Path) -> Failure {
    Failure::new(format!("{} is geen uitvoer van reassess; er is niets in gewijzigd.", path.display()))
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} kan niet worden gelezen of geschreven: {}.", path.display(), reason(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str) -> String {
        let on = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let (reference, frameworks_hash) = ("kenmerk".to_owned(), "h".to_owned());
        let stamp = Stamp { id: id.to_owned(), reference, version: 1, on, frameworks_hash };
        serde_json::to_string(&stamp).unwrap() + "\n"
    }

    #[test]
    fn a_line_that_was_cut_off_is_removed_and_the_rest_is_done() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("uit.jsonl");
        let whole = line("a") + &line("b");
        std::fs::write(&path, whole.clone() + r#"{"id":"c","ref"#).unwrap();
        let out = OutFile::open(&path).unwrap();
        assert_eq!(out.done.len(), 2);
        assert!(out.must_be_of(out.on.unwrap(), "h").is_ok());
        assert!(out.must_be_of(out.on.unwrap(), "ander").is_err());
        drop(out);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);
    }

    #[test]
    fn a_file_of_something_else_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("brief.txt");
        for text in ["een brief", "een brief\nmet een tweede regel\n", "{\"geen\": \"regel\"}\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(OutFile::open(&path).is_err(), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn two_runs_cannot_write_the_same_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("uit.jsonl");
        let _first = OutFile::open(&path).unwrap();
        assert!(OutFile::open(&path).is_err());
    }
}
