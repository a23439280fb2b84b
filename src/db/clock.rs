//! Time of recording, in microseconds since 1970 (UTC), and back to the law's clock.

use crate::shared::moment::{Instant, in_law_zone};
use chrono::{DateTime, Utc};
use std::fmt;
use std::sync::Arc;

/// Microseconds since 1 January 1970, UTC.
pub type Micros = i64;

/// Where the time of recording comes from; tests pass their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Micros + Send + Sync>);

impl Clock {
    /// The clock of this machine.
    #[must_use]
    pub fn system() -> Self {
        Self::from_fn(|| Utc::now().timestamp_micros())
    }

    /// A clock of one's own, in microseconds.
    #[must_use]
    pub fn from_fn(now: impl Fn() -> Micros + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Micros {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// A stored time as an instant with the Dutch offset of that day.
#[must_use]
pub fn instant_of(at: Micros) -> Instant {
    let utc: DateTime<Utc> = DateTime::from_timestamp_micros(at).unwrap_or_default();
    in_law_zone(&utc.fixed_offset())
}
