//! CPU time of the current thread as a measurement, from the kernel's own account.

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use std::time::Duration;

/// CPU time of the thread; shown as times on the clock are.
pub struct CpuTime(WallTime);

impl Default for CpuTime {
    fn default() -> Self {
        Self(WallTime)
    }
}

/// CPU time that this thread has used so far.
pub fn of_thread() -> Duration {
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the kernel keeps schedstat");
    let nanoseconds = account.split_whitespace().next().expect("a number").parse().expect("nanoseconds");
    Duration::from_nanos(nanoseconds)
}

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        of_thread()
    }

    fn end(&self, begin: Duration) -> Duration {
        // The account may lag behind; a sample of no time at all cannot be reported.
        of_thread().saturating_sub(begin).max(Duration::from_nanos(1))
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        self.0.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        self.0.formatter()
    }
}
