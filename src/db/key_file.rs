//! A file with keys outside the database: one key a line, the newest first, replaced whole or not at all.
//!
//! A key is 32 random bytes, written as 64 hexadecimal digits, with the moment it was made behind it.

use super::clock::Micros;
use super::error::DbError;
use crate::shared::hash::sha256_hex;
use secrecy::{SecretBox, SecretString};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A file with keys.
#[derive(Clone, Debug)]
pub struct KeyFile {
    path: PathBuf,
    /// What the keys are for: part of their names, so that one key has another name for another purpose.
    purpose: &'static str,
    /// Lines above the keys, for who opens the file.
    head: &'static str,
}

/// A key of a file.
#[derive(Debug)]
pub struct FileKey {
    /// A name from which the key cannot be found back.
    pub name: String,
    /// The key.
    pub bytes: SecretBox<[u8; 32]>,
    /// When it was made, where the file says so.
    pub made_at: Option<Micros>,
}

impl KeyFile {
    /// The file of this name in a folder.
    #[must_use]
    pub fn new(folder: &Path, name: &str, purpose: &'static str, head: &'static str) -> Self {
        Self { path: folder.join(name), purpose, head }
    }

    /// The keys, newest first; none when there is no file.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged.
    pub fn read(&self) -> Result<Vec<FileKey>, DbError> {
        self.lines()?.iter().map(|line| parse(line, self.purpose).ok_or_else(|| self.damaged())).collect()
    }

    /// When it was last changed; none when there is no file.
    #[must_use]
    pub fn changed(&self) -> Option<SystemTime> {
        std::fs::metadata(&self.path).and_then(|about| about.modified()).ok()
    }

    /// Puts a new key above the others, and makes the file when there is none. Gives the key's name.
    ///
    /// # Errors
    /// When it cannot be read or written, or is damaged.
    pub fn add(&self, now: Micros) -> Result<String, DbError> {
        let before = self.lines()?;
        self.read()?;
        let mut bytes = [0_u8; 32];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| DbError::Other { cause: "no random bytes".to_owned() })?;
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut lines = vec![format!("{digits} {now}")];
        lines.extend(before);
        self.write(&lines)?;
        Ok(name_of(&bytes, self.purpose))
    }

    /// Keeps only the newest key and those for which this holds; gives how many went.
    ///
    /// # Errors
    /// As `add`.
    pub fn keep(&self, holds: impl Fn(&FileKey) -> bool) -> Result<usize, DbError> {
        let (lines, keys) = (self.lines()?, self.read()?);
        let kept: Vec<String> = lines
            .iter()
            .zip(&keys)
            .enumerate()
            .filter(|(at, (_, key))| *at == 0 || holds(key))
            .map(|(_, (line, _))| line.clone())
            .collect();
        if kept.len() < lines.len() {
            self.write(&kept)?;
        }
        Ok(lines.len() - kept.len())
    }

    fn lines(&self) -> Result<Vec<String>, DbError> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => Ok(text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .map(str::to_owned)
                .collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(_) => Err(self.unreadable()),
        }
    }

    /// Writes beside the file and then moves it over: whoever reads finds the old file or the new one.
    fn write(&self, lines: &[String]) -> Result<(), DbError> {
        let (folder, beside) = (self.path.parent().unwrap_or(Path::new(".")), self.path.with_extension("nieuw"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = std::fs::create_dir_all(folder).and_then(|()| options.open(&beside)).and_then(|mut file| {
            file.write_all(format!("{}{}\n", self.head, lines.join("\n")).as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&beside, &self.path)?;
            File::open(folder)?.sync_all()
        });
        written.map_err(|_| self.unreadable())
    }

    fn unreadable(&self) -> DbError {
        DbError::KeyFile { path: self.path.display().to_string(), what: "kan niet worden gelezen of geschreven" }
    }

    fn damaged(&self) -> DbError {
        let what = "is beschadigd: een sleutel heeft 64 tekens, 0-9 en a-f";
        DbError::KeyFile { path: self.path.display().to_string(), what }
    }
}

/// The keys in a text of the environment, separated by spaces; none when one of them is no key.
#[must_use]
pub fn keys_in(text: &SecretString, purpose: &'static str) -> Option<Vec<FileKey>> {
    use secrecy::ExposeSecret;
    let keys: Option<Vec<FileKey>> = text.expose_secret().split_whitespace().map(|word| parse(word, purpose)).collect();
    keys.filter(|keys| !keys.is_empty())
}

fn parse(line: &str, purpose: &str) -> Option<FileKey> {
    let mut words = line.split_whitespace();
    let digits: Vec<u8> = words
        .next()?
        .chars()
        .map(|sign| sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).filter_map(|pair| Some(pair.first()? << 4 | pair.get(1)?)).collect();
    let bytes: [u8; 32] = if digits.len() == 64 { bytes.try_into().ok()? } else { return None };
    let made_at = words.next().map(str::parse).transpose().ok()?;
    Some(FileKey { name: name_of(&bytes, purpose), bytes: SecretBox::new(Box::new(bytes)), made_at })
}

fn name_of(bytes: &[u8], purpose: &str) -> String {
    let mut material = format!("combizitting/{purpose}/").into_bytes();
    material.extend_from_slice(bytes);
    sha256_hex(&material).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path) -> KeyFile {
        KeyFile::new(folder, "sleutels", "proef", "# Kop.\n")
    }

    fn names(file: &KeyFile) -> Vec<String> {
        file.read().unwrap().into_iter().map(|key| key.name).collect()
    }

    #[test]
    fn a_new_key_comes_above_the_others_and_the_file_is_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(folder.path());
        assert!(names(&file).is_empty() && file.changed().is_none());
        let (first, second) = (file.add(1).unwrap(), file.add(2).unwrap());
        assert_eq!(names(&file), [second.clone(), first.clone()]);
        assert_eq!(file.read().unwrap()[0].made_at, Some(2));
        assert_eq!(file.keep(|key| key.name == first).unwrap(), 0);
        assert_eq!(file.keep(|_| false).unwrap(), 1);
        assert_eq!(names(&file), [second]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("sleutels")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_not_used_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        for bad in
            ["geen sleutel\n".to_owned(), format!("{}\n", "a".repeat(63)), format!("{} gisteren\n", "a".repeat(64))]
        {
            std::fs::write(folder.path().join("sleutels"), &bad).unwrap();
            assert!(matches!(file(folder.path()).read(), Err(DbError::KeyFile { .. })), "{bad}");
            assert!(file(folder.path()).add(1).is_err());
            assert_eq!(std::fs::read_to_string(folder.path().join("sleutels")).unwrap(), bad);
        }
    }

    #[test]
    fn keys_of_the_environment_are_all_right_or_none() {
        let keys = |text: &str| keys_in(&SecretString::from(text), "proef").map(|keys| keys.len());
        assert_eq!(keys(&format!("{} {}", "a".repeat(64), "b".repeat(64))), Some(2));
        for bad in ["", "ab", &"g".repeat(64), &"é".repeat(64), &format!("{} kort", "a".repeat(64))] {
            assert_eq!(keys(bad), None, "{bad}");
        }
    }
}
