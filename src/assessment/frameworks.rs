//! Sets of framework files: those built into the program, or others read by the caller.

use super::language::{CaseFile, Framework};
use crate::shared::hash::sha256_hex;
use serde::de::DeserializeOwned;
use std::sync::OnceLock;

/// Framework files that are part of the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "assessment-frameworks/"]
struct Builtin;

/// Why framework files could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameworkError {
    /// A file is not a framework in this language.
    #[error("{path}: {message}")]
    Unreadable {
        /// File.
        path: String,
        /// What is wrong, in Dutch, with the place in the file.
        message: String,
    },
    /// Two files have the same framework.
    #[error("Toetsingskader \"{0}\" komt meer dan eens voor.")]
    Twice(String),
    /// There is no framework file.
    #[error("Er is geen toetsingskader gevonden (bestanden met de naam v1.yaml).")]
    None,
}

/// A framework with the hash of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedFramework {
    /// The framework.
    pub framework: Framework,
    /// SHA-256 of the file.
    pub hash: String,
    /// Path of the file within the set.
    pub path: String,
}

/// Frameworks in the order of their ids, newest version of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkSet {
    frameworks: Vec<LoadedFramework>,
}

impl FrameworkSet {
    /// Reads frameworks from files; only `v<version>.yaml` files are frameworks.
    ///
    /// # Errors
    /// When a file is not a framework, when one stands twice, or when there is none.
    pub fn from_files<P: AsRef<str>, B: AsRef<[u8]>>(files: &[(P, B)]) -> Result<Self, FrameworkError> {
        let mut frameworks: Vec<LoadedFramework> = Vec::new();
        for (path, bytes) in files.iter().filter(|(path, _)| is_framework(path.as_ref())) {
            let framework: Framework = parse(bytes.as_ref())
                .map_err(|message| FrameworkError::Unreadable { path: path.as_ref().to_owned(), message })?;
            let hash = sha256_hex(bytes.as_ref());
            frameworks.push(LoadedFramework { framework, hash, path: path.as_ref().to_owned() });
        }
        frameworks.sort_by(|one, other| one.framework.id.cmp(&other.framework.id));
        if frameworks.is_empty() {
            return Err(FrameworkError::None);
        }
        let twice =
            frameworks.iter().zip(frameworks.iter().skip(1)).find(|(one, next)| one.framework.id == next.framework.id);
        match twice {
            Some((one, _)) => Err(FrameworkError::Twice(one.framework.id.clone())),
            None => Ok(Self { frameworks }),
        }
    }

    /// A set of one framework.
    #[must_use]
    pub fn of_one(loaded: LoadedFramework) -> Self {
        Self { frameworks: vec![loaded] }
    }

    /// The frameworks.
    #[must_use]
    pub fn frameworks(&self) -> &[LoadedFramework] {
        &self.frameworks
    }

    /// A framework by id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Framework> {
        self.frameworks.iter().map(|loaded| &loaded.framework).find(|framework| framework.id == id)
    }
}

/// The frameworks that are part of the program, read once.
///
/// # Errors
/// When a built-in file is not a framework; a test holds that this cannot happen.
pub fn builtin() -> Result<&'static FrameworkSet, FrameworkError> {
    static SET: OnceLock<Result<FrameworkSet, FrameworkError>> = OnceLock::new();
    SET.get_or_init(|| FrameworkSet::from_files(&builtin_files())).as_ref().map_err(Clone::clone)
}

/// The files that are part of the program, frameworks and their cases, by path.
#[must_use]
pub fn builtin_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Builtin::iter()
        .filter(|path| path.ends_with(".yaml"))
        .filter_map(|path| Builtin::get(&path).map(|file| (path.to_string(), file.data.into_owned())))
        .collect();
    files.sort();
    files
}

/// Whether a path is that of a framework file.
#[must_use]
pub fn is_framework(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_prefix('v')
        .and_then(|rest| rest.strip_suffix(".yaml"))
        .is_some_and(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// Reads a file of cases.
///
/// # Errors
/// A Dutch message with the place in the file.
pub fn parse_cases(bytes: &[u8]) -> Result<CaseFile, String> {
    parse(bytes)
}

/// Reads a framework file.
///
/// # Errors
/// A Dutch message with the place in the file.
pub fn parse_framework(bytes: &[u8]) -> Result<Framework, String> {
    parse(bytes)
}

/// YAML becomes a JSON value first, so that `{any: [...]}` is an ordinary map with one key. A key
/// that stands twice is refused: nobody could see which of the two counts.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let no_yaml = |error: String| format!("Dit is geen geldige YAML: {error}.");
    let yaml: serde_yaml_ng::Value = serde_yaml_ng::from_slice(bytes).map_err(|error| no_yaml(error.to_string()))?;
    let value = serde_json::to_value(yaml).map_err(|error| no_yaml(error.to_string()))?;
    serde_path_to_error::deserialize(value).map_err(|error: serde_path_to_error::Error<serde_json::Error>| {
        let place = error.path().to_string();
        format!("Bij {place} staat iets dat de taal van toetsingskaders niet kent: {}.", error.into_inner())
    })
}
