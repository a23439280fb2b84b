//! The Dutch word for each value of the model, in the words of the courts and neutral on conduct.
//!
//! One table for every output: pages, findings, conflicts and papers say the same word for the same
//! thing. A room that needs a value inside a sentence of its own (a verb, an article) keeps that
//! sentence itself.

mod case;
mod facts;
mod intake;
mod measures;
mod plans;

/// A value that has a Dutch word.
pub trait Label {
    /// The word as it stands in the middle of a sentence.
    fn label(self) -> &'static str;
}
