//! For the fuzzers only: the times of one recurring arrangement.

use super::schedule;
use crate::dossier::model::Schedule;
use crate::shared::moment::Instant;

/// Times counted at most.
pub const MOST: usize = schedule::MOST;

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Begin and end of each.
    pub list: Vec<(Instant, Instant)>,
    /// Counting stopped at the bound.
    pub more: bool,
    /// The rule cannot be read.
    pub unreadable: bool,
}

/// Times that touch a window.
#[must_use]
pub fn times(schedule: &Schedule, from: &Instant, until: &Instant) -> Counted {
    let times = schedule::times(schedule, from, until);
    Counted { list: times.list, more: times.more, unreadable: times.unreadable }
}
