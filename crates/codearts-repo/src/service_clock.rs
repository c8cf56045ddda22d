//! The service's clock, as its answers show it.

use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use reqwest::header::{DATE, HeaderMap};

/// The `Date` of the latest answer, and when it arrived.
#[derive(Debug, Default)]
pub(crate) struct ServiceClock(Mutex<Option<(Instant, SystemTime)>>);

impl ServiceClock {
    pub(crate) fn observe(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        if let Some(date) = date {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), date));
        }
    }

    pub(crate) fn now(&self) -> Option<SystemTime> {
        let (arrived, date) = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        date.checked_add(arrived.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_that_of_the_latest_valid_date() {
        let clock = ServiceClock::default();
        assert_eq!(clock.now(), None);
        for date in ["Wed, 21 Oct 2015 07:28:00 GMT", "soon"] {
            clock.observe(&HeaderMap::from_iter([(DATE, date.parse().expect("a header"))]));
            let now = clock.now().expect("a time").duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
            assert!((1_445_412_480..1_445_412_540).contains(&now.as_secs()), "{now:?}");
        }
    }
}
