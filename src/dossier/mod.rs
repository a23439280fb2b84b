//! The case: persons, matters, events, measures, help, requests, and what the judge intends.
//!
//! - `model`: pure data, as in a dossier file.
//! - `lookup`: questions the dossier answers about itself.
//! - `projection`: the one gate through which every reader sees it.

mod lookup;
pub mod model;
pub mod projection;
