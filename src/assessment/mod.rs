//! Assessment frameworks: declared in files, evaluated, explained, with a receipt. Pure.

pub mod language;
pub mod model;
