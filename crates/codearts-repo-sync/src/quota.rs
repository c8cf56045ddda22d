//! How many calls are made in which time.

use std::num::NonZeroU32;
use std::time::Duration;

/// How many calls a [`Syncer`](crate::Syncer) makes at the most: starts and looks at states together.
///
/// Calls go out evenly, at 99 % of the quota: others share it, and how the service counts is not documented. No span
/// of the given length ever sees more calls than the quota, counted from the answer of the one call to the sending of
/// the other, so that delays on the way break nothing.
///
/// A call that is refused with 429 was certainly not processed, and is made again. All calls pause for ten times the
/// gap between them the first time, or for as long as `Retry-After` asks. Refusals after that widen the gaps, more so
/// when they are many, up to five times the average; calls that get through narrow them again.
///
/// ```
/// use codearts_repo_sync::Quota;
/// use std::time::Duration;
///
/// assert_eq!(Quota::default(), Quota::per_minute(600.try_into()?));
/// let slow = Quota::new(10.try_into()?, Duration::from_secs(1));
/// # let _ = (slow, Quota::unlimited());
/// # Ok::<(), std::num::TryFromIntError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a quota does nothing until it is given to a `Syncer`"]
pub struct Quota {
    pub(crate) limit: Option<(u32, Duration)>,
    pub(crate) patience: Duration,
}

impl Default for Quota {
    /// The documented quota of the service: 600 calls a minute.
    fn default() -> Self {
        Self { limit: Some((600, Duration::from_secs(60))), patience: Duration::from_secs(300) }
    }
}

impl Quota {
    /// So many calls in any span of this length. A span of less than a millisecond counts as one.
    pub fn new(calls: NonZeroU32, span: Duration) -> Self {
        Self { limit: Some((calls.get(), span.max(Duration::from_millis(1)))), ..Self::default() }
    }

    /// So many calls a minute. The service's own is 600, shared by all users of the account in the region.
    pub fn per_minute(calls: NonZeroU32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    /// As many calls as there are. Refusals slow them down all the same.
    pub fn unlimited() -> Self {
        Self { limit: None, ..Self::default() }
    }

    /// Sets for how long calls are made again while every one of them is refused, before one gives up. 5 minutes
    /// unless set.
    pub const fn patience(mut self, limit: Duration) -> Self {
        self.patience = limit;
        self
    }

    /// The gap between calls as long as none is refused, with a little room for a clock that differs.
    pub(crate) fn even_gap(&self) -> Duration {
        self.limit.map_or(Duration::ZERO, |(calls, span)| span / calls + span / calls / 100)
    }

    /// The gap between calls that refusals lead to at the most.
    pub(crate) fn widest_gap(&self) -> Duration {
        (self.even_gap() * 5).clamp(Duration::from_millis(250), Duration::from_secs(5).max(self.even_gap()))
    }
}
