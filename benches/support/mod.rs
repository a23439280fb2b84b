//! Dossiers of a given size, grown from the demo family, and CPU time as a measurement.
#![allow(dead_code, unused_imports, reason = "each bench uses a part of it")]

pub mod bundles;
pub mod cpu;
pub mod dossiers;

pub use bundles::thousand_pages;
pub use dossiers::{demo, fact_count, grown};
