//! What a bundle is made of.

use crate::documents::model::{Block, DocumentModel};
use chrono::NaiveDate;

/// A bundle to be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Title, for instance "Zittingsbundel".
    pub title: String,
    /// In whose name it is put together.
    pub author: String,
    /// Line at the top of our own pages, usually the reference of the case.
    pub running_header: String,
    /// Day of the bundle; also the date of the file, so that equal content has equal bytes.
    pub dated: NaiveDate,
    /// What the cover says below the title.
    pub about: Vec<Block>,
    /// Papers in front, each with its own bookmark.
    pub sheets: Vec<DocumentModel>,
    /// Documents, in order.
    pub groups: Vec<Group>,
    /// What the cover says below the index: what is left out, and why.
    pub left_out: Vec<Block>,
}

/// Documents under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Heading: a matter, or what the documents have in common.
    pub heading: String,
    /// The documents, in order.
    pub parts: Vec<Part>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Title.
    pub title: String,
    /// Day of the document.
    pub dated: Option<NaiveDate>,
    /// Who made it, in words.
    pub author: Option<String>,
    /// Number of pages as the dossier records it.
    pub recorded_pages: Option<u32>,
    /// Its file, or none.
    pub file: Option<PartFile>,
    /// For whom it is not meant; the index and every page of it say so.
    pub not_for: Option<NotFor>,
}

/// For whom a document is not meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFor {
    /// In words: "Niet voor …".
    pub told: String,
}

/// The file of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFile {
    /// By which the file is asked for.
    pub key: String,
    /// Number of pages, as counted when it was checked.
    pub pages: usize,
}

/// What was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembled {
    /// Pages.
    pub pages: usize,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

impl Bundle {
    /// All documents, in order.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.groups.iter().flat_map(|group| &group.parts)
    }
}
