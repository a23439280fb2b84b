//! How much one account, one address and all together may ask: over it the answer is 429 or 503
//! with `Retry-After`, at once and without work, so that the service stays up for the others.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Callers remembered at most; those who have been quiet longest matter least.
const REMEMBERED: usize = 20_000;

/// A steady rate with room for a burst.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Requests a minute, over time.
    pub per_minute: u32,
    /// Requests that may come at once.
    pub burst: u32,
}

/// Limits of a running service; none of a kind when left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimits {
    /// Of one account that is signed in.
    pub account: Option<Rate>,
    /// Of one address for requests without a session, such as signing in.
    pub address: Option<Rate>,
    /// Requests that are worked on at the same time.
    pub at_work: usize,
}

impl RateLimits {
    /// What `serve` uses unless told otherwise.
    pub const USUAL: Self = Self {
        account: Some(Rate { per_minute: 1_200, burst: 200 }),
        address: Some(Rate { per_minute: 300, burst: 100 }),
        at_work: 128,
    };
    /// For measuring, and for a service on one's own machine.
    pub const NONE: Self = Self { account: None, address: None, at_work: 4_096 };
}

/// What has been asked lately.
#[derive(Debug)]
pub struct Limits {
    rates: RateLimits,
    accounts: Mutex<HashMap<String, Bucket>>,
    addresses: Mutex<HashMap<String, Bucket>>,
    at_work: Arc<AtomicUsize>,
}

/// Tokens left, in thousandths, and when that was.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: u64,
    at: Instant,
}

/// A request being worked on; dropping it makes room. It goes along with the work to its thread, so that a
/// caller who hangs up and asks again gets no second place while the first work goes on.
#[derive(Debug)]
pub struct AtWork(Arc<AtomicUsize>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Limits {
    /// Nothing asked yet.
    #[must_use]
    pub fn new(rates: RateLimits) -> Self {
        Self { rates, accounts: Mutex::default(), addresses: Mutex::default(), at_work: Arc::default() }
    }

    /// Counts a request of an account; the seconds to wait when it is one too many.
    ///
    /// # Errors
    /// Seconds to wait.
    pub fn account(&self, id: &str, now: Instant) -> Result<(), u64> {
        self.rates.account.map_or(Ok(()), |rate| take(&self.accounts, rate, id, now))
    }

    /// Counts a request from an address; the seconds to wait when it is one too many.
    ///
    /// # Errors
    /// Seconds to wait.
    pub fn address(&self, address: &str, now: Instant) -> Result<(), u64> {
        self.rates.address.map_or(Ok(()), |rate| take(&self.addresses, rate, address, now))
    }

    /// Room to work on a request; none when too many are worked on already.
    #[must_use]
    pub fn enter(&self) -> Option<AtWork> {
        let inside = AtWork(self.at_work.clone());
        if self.at_work.fetch_add(1, Ordering::Relaxed) < self.rates.at_work { Some(inside) } else { None }
    }
}

fn take(all: &Mutex<HashMap<String, Bucket>>, rate: Rate, key: &str, now: Instant) -> Result<(), u64> {
    let full = u64::from(rate.burst) * 1000;
    let filled = |bucket: &Bucket| {
        let passed = u64::try_from(now.saturating_duration_since(bucket.at).as_millis()).unwrap_or(u64::MAX);
        bucket.left.saturating_add(passed.saturating_mul(u64::from(rate.per_minute)) / 60).min(full)
    };
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= REMEMBERED && !all.contains_key(key) {
        all.retain(|_, bucket| filled(bucket) < full);
        if all.len() >= REMEMBERED {
            // More callers at once than can be told apart: then nobody is let off, and counting starts anew.
            all.clear();
        }
    }
    let bucket = all.entry(key.to_owned()).or_insert(Bucket { left: full, at: now });
    let left = filled(bucket);
    match left.checked_sub(1000) {
        Some(rest) => {
            *bucket = Bucket { left: rest, at: now };
            Ok(())
        }
        None => {
            // Thousandths come at per_minute / 60 a millisecond.
            let millis = (1000 - left) * 60 / u64::from(rate.per_minute.max(1));
            Err(millis.div_ceil(1000).max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn limits(at_work: usize) -> Limits {
        let rate = Some(Rate { per_minute: 60, burst: 3 });
        Limits::new(RateLimits { account: rate, address: rate, at_work })
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_a_second() {
        let (limits, start) = (limits(1), Instant::now());
        let at = |millis| limits.account("een", start + Duration::from_millis(millis));
        assert_eq!([at(0), at(0), at(0), at(0)], [Ok(()), Ok(()), Ok(()), Err(1)]);
        assert_eq!([at(500), at(1000), at(1001)], [Err(1), Ok(()), Err(1)]);
        assert_eq!(limits.account("ander", start), Ok(()), "one account does not close another");
        assert_eq!([at(60_000), at(60_000), at(60_000), at(60_000)], [Ok(()), Ok(()), Ok(()), Err(1)]);
    }

    #[test]
    fn asking_on_while_refused_does_not_prolong_the_wait() {
        let (limits, start) = (limits(1), Instant::now());
        for _ in 0..3 {
            limits.address("a", start).unwrap();
        }
        for millis in (0..1000).step_by(10) {
            assert!(limits.address("a", start + Duration::from_millis(millis)).is_err());
        }
        assert_eq!(limits.address("a", start + Duration::from_millis(1000)), Ok(()));
    }

    #[test]
    fn memory_stays_bounded_however_many_ask() {
        let (limits, now) = (limits(1), Instant::now());
        for number in 0..REMEMBERED * 2 + 10 {
            let _ = limits.address(&number.to_string(), now);
        }
        assert!(limits.addresses.lock().unwrap().len() <= REMEMBERED);
    }

    #[test]
    fn no_more_are_at_work_than_there_is_room_for() {
        let limits = limits(2);
        let (one, two) = (limits.enter(), limits.enter());
        assert!(one.is_some() && two.is_some() && limits.enter().is_none());
        drop(one);
        assert!(limits.enter().is_some());
    }
}
