//! How much one account, one address and all together may ask: over it the answer is 429 or 503
//! with `Retry-After`, soon and without work, so that the service stays up for the others.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Callers remembered at most; those who have been quiet longest matter least.
const REMEMBERED: usize = 20_000;

/// How long a request waits for a place to be worked on. It may wait twice: to be recognised and to be answered.
const PATIENCE: Duration = Duration::from_millis(200);

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
    /// Requests that are worked on at the same time. Few: with more threads at work than the processors can serve, the
    /// one that takes in requests gets no turn, and the queue grows in the network, where nobody is told it is busy.
    pub at_work: usize,
    /// Requests that may wait for a place.
    pub waiting: usize,
}

impl RateLimits {
    /// What `serve` uses unless told otherwise, on so many processors.
    #[must_use]
    pub fn usual(processors: usize) -> Self {
        Self {
            account: Some(Rate { per_minute: 1_200, burst: 200 }),
            address: Some(Rate { per_minute: 300, burst: 100 }),
            at_work: processors.max(1).saturating_mul(4),
            waiting: 128,
        }
    }
    /// For measuring, and for a service on one's own machine.
    pub const NONE: Self = Self { account: None, address: None, at_work: 4_096, waiting: 0 };
}

/// What has been asked lately.
#[derive(Debug)]
pub struct Limits {
    rates: RateLimits,
    accounts: Mutex<HashMap<String, Bucket>>,
    addresses: Mutex<HashMap<String, Bucket>>,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
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
pub struct AtWork(#[expect(dead_code, reason = "held until the work is done")] OwnedSemaphorePermit);

/// A request that waits; who hangs up meanwhile waits no longer.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Limits {
    /// Nothing asked yet.
    #[must_use]
    pub fn new(rates: RateLimits) -> Self {
        let places = Arc::new(Semaphore::new(rates.at_work));
        Self { rates, accounts: Mutex::default(), addresses: Mutex::default(), places, waiting: AtomicUsize::new(0) }
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

    /// A place to work on a request, in the order of asking; none when too many wait already or when waiting takes
    /// too long.
    pub async fn enter(&self) -> Option<AtWork> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Some(AtWork(place));
        }
        let waiting = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.rates.waiting {
            return None;
        }
        let place = actix_web::rt::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        drop(waiting);
        Some(AtWork(place.ok()?.ok()?))
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
        Limits::new(RateLimits { account: rate, address: rate, at_work, waiting: 1 })
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

    #[actix_web::test]
    async fn no_more_are_at_work_than_there_is_room_for_and_no_more_wait_than_may() {
        let limits = Arc::new(limits(2));
        let (one, two) = (limits.enter().await, limits.enter().await);
        assert!(one.is_some() && two.is_some());
        let begin = Instant::now();
        let third = limits.clone();
        let third = actix_web::rt::spawn(async move { third.enter().await });
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        assert!(limits.enter().await.is_none() && begin.elapsed() < PATIENCE, "too many wait: told at once");
        assert!(third.await.unwrap().is_none() && begin.elapsed() >= PATIENCE, "it waited in vain");
        drop(one);
        assert!(limits.enter().await.is_some());
    }

    #[actix_web::test]
    async fn who_waits_gets_the_place_that_comes_free_and_who_hangs_up_waits_no_longer() {
        let limits = limits(1);
        let one = limits.enter().await;
        let hung_up = actix_web::rt::time::timeout(Duration::from_millis(5), limits.enter()).await;
        assert!(hung_up.is_err(), "it waited");
        actix_web::rt::spawn(async move {
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
            drop(one);
        });
        assert!(limits.enter().await.is_some(), "nobody else waits before it");
    }
}
