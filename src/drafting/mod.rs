//! Draft decisions: considerations and ruling from dossier, findings and conflicts.

pub mod model;
pub mod service;
