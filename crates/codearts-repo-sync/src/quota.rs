//! How many calls are made in which time.

use std::num::NonZeroU32;
use std::time::Duration;

/// The most calls of *each operation* within a span of time: starts and polls are counted apart, as the service does.
///
/// Calls go out evenly, at 99 % of the quota, because other users of the account share it and the vendor does not
/// document how calls are counted. No span of the given length ever contains more calls than the quota, measured from
/// the answer of one call to the sending of another.
///
/// A call that is refused with 429 was not processed and is made again. The first refusal pauses the operation for ten
/// gaps, or for `Retry-After`. If refusals become fewer when calls slow down, the pace settles at what the service
/// admits; if they do not, the pace stays at the quota. A pace is judged over a whole span. Other operations keep their
/// pace.
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use = "a quota has no effect until it is passed to a `Syncer`"]
pub struct Quota {
    pub(crate) limit: Option<(u32, Duration)>,
    pub(crate) patience: Duration,
}

impl Default for Quota {
    /// The documented quota of the service: 600 calls a minute for each operation and region.
    fn default() -> Self {
        Self { limit: Some((600, Duration::from_secs(60))), patience: Duration::from_secs(300) }
    }
}

impl Quota {
    /// The most calls within any span of this length, at least a millisecond.
    pub fn new(calls: NonZeroU32, span: Duration) -> Self {
        Self { limit: Some((calls.get(), span.max(Duration::from_millis(1)))), ..Self::default() }
    }

    /// The most calls a minute.
    pub fn per_minute(calls: NonZeroU32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    /// The calls a minute that the quota allows; `None` without a limit.
    #[must_use]
    pub fn calls_per_minute(&self) -> Option<f64> {
        self.limit.map(|(calls, span)| f64::from(calls) * 60.0 / span.as_secs_f64())
    }

    /// No limit. Refusals still slow calls down.
    pub fn unlimited() -> Self {
        Self { limit: None, ..Self::default() }
    }

    /// Sets how long calls are retried while every one of them is refused with 429. Default: 5 minutes.
    pub const fn patience(mut self, limit: Duration) -> Self {
        self.patience = limit;
        self
    }

    /// How long so many calls of one operation take at least.
    ///
    /// ```
    /// use codearts_repo_sync::Quota;
    /// use std::time::Duration;
    ///
    /// assert_eq!(Quota::default().time_for(500).as_secs(), 50);
    /// assert_eq!(Quota::unlimited().time_for(500), Duration::ZERO);
    /// ```
    #[must_use]
    pub fn time_for(&self, calls: u64) -> Duration {
        Duration::from_secs_f64(self.even_gap().as_secs_f64() * calls as f64)
    }

    /// The gap between calls while none is refused, with 1 % of slack for a different clock.
    pub(crate) fn even_gap(&self) -> Duration {
        self.limit.map_or(Duration::ZERO, |(calls, span)| span / calls + span / calls / 100)
    }
}
