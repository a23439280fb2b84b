//! Assessment frameworks: declared in files, evaluated, explained, with a receipt. Pure.

pub mod model;
