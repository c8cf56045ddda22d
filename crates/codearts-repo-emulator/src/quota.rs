//! A limit on the calls of each operation in a span of time, counted like that of the gateway.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::refusal::Refusal;

/// The quota of every operation, which all callers share.
#[derive(Debug)]
pub(crate) struct Quota {
    calls: usize,
    span: Duration,
    seen: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl Quota {
    pub(crate) fn new(calls: usize, span: Duration) -> Self {
        Self { calls, span, seen: Mutex::default() }
    }

    /// Counts a call, or refuses it. A refused call does not count.
    pub(crate) fn take(&self, operation: &str, now: Instant) -> Result<(), Refusal> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.entry(operation.to_owned()).or_default();
        while seen.front().is_some_and(|time| now.saturating_duration_since(*time) >= self.span) {
            seen.pop_front();
        }
        if seen.len() >= self.calls {
            return Err(Refusal::too_many(self.calls, self.span));
        }
        seen.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_above_the_quota_are_refused_until_the_window_ends() {
        let quota = Quota::new(2, Duration::from_secs(60));
        let start = Instant::now();
        let at = |seconds| quota.take("a", start + Duration::from_secs(seconds)).is_ok();
        assert_eq!([at(0), at(30), at(59), at(60), at(61), at(90)], [true, true, false, true, false, true]);
        assert!(quota.take("b", start).is_ok(), "each operation has its own");
    }
}
