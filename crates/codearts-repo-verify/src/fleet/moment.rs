//! A time in whole seconds.

use std::num::NonZeroU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A time in whole seconds since 1970, as the state file stores it. An `Option<Moment>` takes 8 bytes.
///
/// ```
/// use codearts_repo_verify::Moment;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let moment = Moment::from(UNIX_EPOCH + Duration::from_millis(90_500));
/// assert_eq!(moment.seconds(), 90);
/// assert_eq!(moment + Duration::from_secs(10), Moment::from_seconds(100));
/// ```
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(NonZeroU64);

impl Moment {
    /// This many seconds after 1970 began. 0 becomes 1.
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        match NonZeroU64::new(seconds) {
            Some(seconds) => Self(seconds),
            None => Self(NonZeroU64::MIN),
        }
    }

    /// The current time.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Seconds since 1970 began.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0.get()
    }

    /// How long ago `earlier` was; zero if it is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_secs(self.seconds().saturating_sub(earlier.seconds()))
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        Self::from_seconds(time.duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs()))
    }
}

impl From<Moment> for SystemTime {
    /// A time that the system cannot represent becomes 1970.
    fn from(moment: Moment) -> Self {
        UNIX_EPOCH.checked_add(Duration::from_secs(moment.seconds())).unwrap_or(UNIX_EPOCH)
    }
}

impl std::ops::Add<Duration> for Moment {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.as_secs()))
    }
}
