//! Clashes between measures, coverage of protected persons, and deadlines. Pure.

pub mod model;
