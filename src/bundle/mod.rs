//! The hearing bundle of a case: files of documents, which of them a reader gets, and putting them together.
//!
//! - `files`: the file of a document is checked and stored, never replaced; for which parties it was
//!   looked through for shielded data is recorded by hand, because a PDF cannot be redacted by us.
//! - `list`: the one function that says which documents a reader's bundle has, from the same projection
//!   as every page. What is not known to be free of shielded data is not shared.
//! - `ties`: which matters a document belongs to, and which documents a hearing rests on.
//! - `meant_for`: for which parties a document is not meant, for a judge to see on every page of it.
//! - `make`: cover, sheets and documents as `documents::bundle` wants them.
//! - `jobs`: bundles being made beside the requests, a few at a time, and kept for a short while.

pub mod files;
pub mod jobs;
pub mod list;
pub mod make;
mod meant_for;
mod store;
mod ties;

pub use files::{Files, StoredFile};
