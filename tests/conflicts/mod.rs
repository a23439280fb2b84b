//! Tests: clashes, coverage, the protection bridge and deadlines.

mod builders;
mod clashes;
mod coverage;
mod deadlines;
mod demo;
mod properties;
