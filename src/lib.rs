//! Combizitting: one dossier for the criminal, administrative and family-law matters of one
//! family, assessed against declared frameworks, with draft decisions for a judge to decide on.
//!
//! Rooms and the arrows between them (`tests/architecture.rs` holds them):
//!
//! ```text
//! cli, web (via app) -> identity, dossier::service -> audit, db
//! retention -> dossier, conflicts, documents
//! bundle -> drafting, documents
//! drafting -> conflicts, assessment, documents::model -> dossier::model -> shared
//! intake -> dossier::model
//! ```
//!
//! `assessment`, `conflicts`, `documents` and every `model.rs` are pure: no web, database,
//! templates or clock. Dates enter as arguments.

pub mod app;
pub mod assessment;
pub mod audit;
pub mod bundle;
pub mod cli;
pub mod conflicts;
pub mod db;
pub mod documents;
pub mod dossier;
pub mod drafting;
pub mod identity;
pub mod intake;
pub mod log;
pub mod retention;
pub mod shared;
pub mod web;

/// Many small pieces of text are made and dropped here; this allocator does that faster than the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
