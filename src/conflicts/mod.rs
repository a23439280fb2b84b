//! Clashes between measures, coverage of protected persons, and deadlines. Pure.
//!
//! [`find`] reads one dossier on one reference date and returns a [`model::ConflictReport`].
//! `case` indexes the dossier; `bans` and `arrangements` turn measures and intended decisions
//! into rules per pair of persons; `schedule` expands recurring times in Dutch local time.
//! `clash` holds one file per kind of clash, `coverage` and `gaps` the protection per person
//! and need, `deadlines` one file per area of law, `ways_out` what each authority can do, and
//! `sources` the law they rest on. [`bridge`] is the protection bridge of draft D; [`text`]
//! writes a report for the command line. Nothing here reads a clock, decides, or scores; a
//! shielded address never enters an explanation.

mod arrangements;
mod bans;
pub mod bridge;
mod case;
mod clash;
mod coverage;
mod deadlines;
pub mod fuzz_support;
mod gaps;
mod homes;
pub mod model;
mod planned;
mod schedule;
mod sources;
pub mod text;
mod ways_out;
mod words;

use crate::dossier::model::Dossier;
use crate::shared::moment::Instant;
use chrono::NaiveDate;

/// Everything that clashes, is not covered, or ends, on a reference date.
///
/// Same dossier (in any order of its lists) and same date: same report.
#[must_use]
pub fn find(dossier: &Dossier, on: NaiveDate) -> model::ConflictReport {
    let case = case::Case::new(dossier, on);
    let bans = bans::Bans::collect(&case);
    model::ConflictReport {
        conflicts: clash::find(&case, &bans),
        coverage: coverage::all(&case, &bans, coverage::View::Now),
        deadlines: deadlines::find(&case, &bans),
    }
}

/// When terms of a case end, also those that were met; not those that a draft only intends.
#[must_use]
pub fn ends_of_terms(dossier: &Dossier, on: NaiveDate) -> Vec<Instant> {
    let case = case::Case::new(dossier, on);
    let bans = bans::Bans::collect(&case);
    deadlines::find(&case, &bans).into_iter().filter(|term| !term.planned).map(|term| term.at).collect()
}
