//! Raw input to a checked dossier: strict parsing, every problem at once, each with its
//! JSON Pointer and a plain Dutch sentence.
//!
//! - `schema`: the JSON Schema of a dossier file, made from the types;
//! - `structure`: bytes → text → JSON → types, reporting everything that does not fit;
//! - `checks`: what types cannot say (an end before a start, a child as its own parent).
//!
//! Messages name fields and limits, never values: a value may be a secret.

mod checks;
mod problem;
mod schema;
mod structure;

pub use problem::Problem;
pub use schema::schema;

use crate::dossier::model::Dossier;

/// Largest dossier file that is read, in bytes (16 MiB: a dossier of 5,000 facts takes about 4).
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Reads a dossier file.
///
/// # Errors
/// Every problem found, in the order of the file. Content is checked only when the structure fits,
/// because a wrong structure makes further problems meaningless.
pub fn read(bytes: &[u8]) -> Result<Dossier, Vec<Problem>> {
    let dossier = structure::parse(bytes)?;
    let problems = check(&dossier);
    if problems.is_empty() { Ok(dossier) } else { Err(problems) }
}

/// Reads a dossier file that takes the place of a dossier that was taken in before.
///
/// # Errors
/// As `read`; but of the texts that hold a secret address, only those that this file brings in or touches.
pub fn read_change(bytes: &[u8], before: &Dossier) -> Result<Dossier, Vec<Problem>> {
    let dossier = structure::parse(bytes)?;
    let problems = in_order(checks::all(&dossier, Some(before)));
    if problems.is_empty() { Ok(dossier) } else { Err(problems) }
}

/// Checks the content of a dossier that has the right structure.
#[must_use]
pub fn check(dossier: &Dossier) -> Vec<Problem> {
    in_order(checks::all(dossier, None))
}

fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
}
