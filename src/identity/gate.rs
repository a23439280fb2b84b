//! A gate that lets a few computations through at a time, with a short queue before it.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets at most so many callers be inside at once; others wait.
pub(super) struct Gate {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    free: usize,
    waiting: usize,
}

/// Callers that may wait; more would only make the waiting longer for all.
const QUEUE: usize = 32;

/// Being inside; dropping it leaves.
pub(super) struct Inside<'a>(&'a Gate);

impl Gate {
    pub(super) fn new(places: usize) -> Self {
        Self { state: Mutex::new(State { free: places.max(1), waiting: 0 }), freed: Condvar::new() }
    }

    /// A place inside, when one is free now.
    pub(super) fn enter_now(&self) -> Option<Inside<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.free = state.free.checked_sub(1)?;
        Some(Inside(self))
    }

    /// A place inside, after waiting for one; none when too many wait already.
    pub(super) fn enter(&self) -> Option<Inside<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.free == 0 && state.waiting >= QUEUE {
            return None;
        }
        state.waiting += 1;
        while state.free == 0 {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting -= 1;
        state.free -= 1;
        Some(Inside(self))
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).free += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn never_more_are_inside_than_there_are_places() {
        let (gate, inside, most) = (Gate::new(2), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _inside = gate.enter().unwrap();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 2);
    }

    #[test]
    fn who_does_not_wait_comes_in_only_when_a_place_is_free() {
        let gate = Gate::new(1);
        let inside = gate.enter_now();
        assert!(inside.is_some() && gate.enter_now().is_none());
        drop(inside);
        assert!(gate.enter_now().is_some());
    }

    #[test]
    fn whoever_comes_when_the_queue_is_full_is_sent_away_at_once() {
        let gate = Gate::new(1);
        let inside = gate.enter().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..QUEUE {
                scope.spawn(|| assert!(gate.enter().is_some()));
            }
            while gate.state.lock().unwrap().waiting < QUEUE {
                std::thread::yield_now();
            }
            assert!(gate.enter().is_none());
            drop(inside);
        });
        assert!(gate.enter().is_some());
    }
}
