//! The zip around a Word file: what is in it, within limits, and how its parts hang together.

use super::error::ReadError;
use super::xml::{self, Piece};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Most parts in one file; Word makes some twenty, and one for each picture.
const MOST_PARTS: usize = 2_000;
/// Most bytes that the parts we read may unpack to, together.
const MOST_READ: u64 = 30_000_000;
/// Most bytes that all parts say they unpack to, also those that are never unpacked.
const MOST_SAID: u64 = 200_000_000;

/// A Word file, opened.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    main: String,
    relations: Vec<Relation>,
}

/// How a part refers to another.
struct Relation {
    kind: String,
    target: String,
}

impl<'a> Package<'a> {
    /// Opens a file and finds its text.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        match bytes {
            [] => return Err(ReadError::Empty),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(ReadError::OldOrLocked),
            [b'P', b'K', ..] => {}
            _ => return Err(ReadError::NotZip),
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(ReadError::TooManyParts);
        }
        let mut said: u64 = 0;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| ReadError::Damaged)?;
            said = said.saturating_add(part.size());
        }
        if said > MOST_SAID {
            return Err(ReadError::Bomb);
        }
        let mut package = Self { archive, left: MOST_READ, main: String::new(), relations: Vec::new() };
        if package.part("mimetype")?.is_some_and(|kind| kind.starts_with("application/vnd.oasis.opendocument.text")) {
            return Err(ReadError::OpenDocument);
        }
        let types = package.part("[Content_Types].xml")?.ok_or(ReadError::NotWord)?;
        if types.contains("macroEnabled") {
            return Err(ReadError::Macros);
        }
        let roots = package.relations_in("_rels/.rels")?;
        let main = roots.into_iter().find(|relation| relation.kind.ends_with("/officeDocument"));
        package.main = main.map(|relation| placed("", &relation.target)).ok_or(ReadError::NotWord)?;
        if !types.contains("wordprocessingml") || package.archive.index_for_name(&package.main).is_none() {
            return Err(ReadError::NotWord);
        }
        let (folder, name) = package.main.rsplit_once('/').unwrap_or(("", &package.main));
        let beside = placed(folder, &format!("_rels/{name}.rels"));
        package.relations = package.relations_in(&beside)?;
        Ok(package)
    }

    /// The part with the text.
    pub(super) fn main(&mut self) -> Result<String, ReadError> {
        let name = self.main.clone();
        self.part(&name)?.ok_or(ReadError::NotWord)
    }

    /// The parts that the text refers to with this kind of relation, in order.
    pub(super) fn related(&mut self, kind: &str) -> Result<Vec<String>, ReadError> {
        let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let names: Vec<String> = self
            .relations
            .iter()
            .filter(|relation| relation.kind.ends_with(kind))
            .map(|relation| placed(&folder, &relation.target))
            .collect();
        let mut parts = Vec::new();
        for name in names {
            parts.extend(self.part(&name)?);
        }
        Ok(parts)
    }

    fn relations_in(&mut self, name: &str) -> Result<Vec<Relation>, ReadError> {
        let Some(part) = self.part(name)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        xml::walk(&part, &mut |piece| {
            if let Piece::Open(_, "Relationship", attributes) = piece
                && attributes.value("TargetMode").as_deref() != Some("External")
            {
                let (kind, target) = (attributes.value("Type"), attributes.value("Target"));
                found.extend(kind.zip(target).map(|(kind, target)| Relation { kind, target }));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Text of a part; `None` when there is no such part.
    fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(ReadError::OldOrLocked),
            Err(_) => return Err(ReadError::Damaged),
        };
        let mut bytes = Vec::new();
        // What the file says of its size is not believed: no more than this is ever unpacked.
        file.take(self.left.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| ReadError::Damaged)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or(ReadError::Bomb)?;
        let text = String::from_utf8(bytes).map_err(|_| ReadError::Damaged)?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }
}

/// A target as a name in the zip.
fn placed(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}
