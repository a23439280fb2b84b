//! What must hold for whatever comes in, one file per door. The same code runs in the suite, for seconds, and under
//! `benches/fuzz/run`, led by what an input reaches, for as long as one likes.
//!
//! Each has `seeds` (real files and hostile ones to begin from) and `check` (panics when something does not hold).

mod edits;

pub mod docx;
pub mod frameworks;
pub mod intake;
pub mod recurrence;
pub mod tokens;

use std::time::{Duration, Instant};

/// Longest that one input may take; far above what any takes, so that a busy machine finds nothing.
const LONGEST: Duration = Duration::from_secs(20);

/// Does the work, and fails when it took longer than any input may.
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let begin = Instant::now();
    let made = work();
    assert!(begin.elapsed() < LONGEST, "it took {:?}", begin.elapsed());
    made
}
