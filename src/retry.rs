//! Which failed calls are retried, how often, and after which backoff.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

use crate::error::{Error, ErrorKind};

/// Which failed calls are retried, how often, and after which backoff.
///
/// By default a call has up to three attempts within two minutes. It is retried only if it certainly had no effect:
/// the connection failed, or the answer was 429 or 503. A call that only reads is also retried after a timeout, a
/// broken connection, or one of the statuses 408, 500, 502 and 504, because reading twice does no harm. A call that
/// starts or changes something is not, unless [`retry_uncertain`](Self::retry_uncertain) allows it.
///
/// The backoff is what `Retry-After` asks for, in seconds or as a date. Without that header it is 2 to 5 seconds after
/// 429, as the vendor's gateway documentation advises. After other failures it is a random part of a time that doubles
/// with each attempt. Every attempt is authorized anew.
///
/// ```
/// use codearts_repo_client::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default().max_attempts(10).deadline(Duration::from_secs(600));
/// let never = RetryPolicy::none();
/// assert_ne!(patient, never);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use = "a policy does nothing until a client uses it"]
pub struct RetryPolicy {
    max_attempts: u32,
    deadline: Duration,
    initial_backoff: Duration,
    max_backoff: Duration,
    throttled_backoff: Duration,
    retry_uncertain: bool,
    retry_throttled: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            deadline: Duration::from_secs(120),
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(10),
            throttled_backoff: Duration::from_secs(2),
            retry_uncertain: false,
            retry_throttled: true,
        }
    }
}

impl RetryPolicy {
    /// Never retries.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one. Default: 3. 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets how long after the first attempt another one may begin. Default: 2 minutes.
    pub const fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = limit;
        self
    }

    /// Sets the upper limit of the first random backoff, which doubles with each attempt. Default: half a second.
    pub const fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the limit that the doubled backoff does not exceed. Default: 10 seconds. `Retry-After` may ask for more.
    pub const fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the shortest backoff after 429 without `Retry-After`. Up to one and a half times as much is added at
    /// random. Default: 2 seconds.
    pub const fn throttled_backoff(mut self, backoff: Duration) -> Self {
        self.throttled_backoff = backoff;
        self
    }

    /// Sets whether a start or a change is retried if the service may have received it. Default: no, because the
    /// vendor does not document that a second start is harmless.
    pub const fn retry_uncertain(mut self, retry: bool) -> Self {
        self.retry_uncertain = retry;
        self
    }

    /// Sets whether a call that was refused with 429 is retried. Default: yes. A caller with a rate limiter of its own
    /// sets this to no and retries itself.
    pub const fn retry_throttled(mut self, retry: bool) -> Self {
        self.retry_throttled = retry;
        self
    }

    /// The backoff before the next attempt, or `None` if the call is not retried.
    #[doc(hidden)]
    #[must_use]
    pub fn backoff(&self, error: &Error, attempts: u32, elapsed: Duration, only_reads: bool) -> Option<Duration> {
        if attempts >= self.max_attempts || !self.covers(error, only_reads) {
            return None;
        }
        let backoff = match (error.retry_after(), error.status()) {
            (Some(asked), _) => asked.saturating_add(random_part(self.initial_backoff.min(Duration::from_millis(250)))),
            (None, Some(429)) => {
                self.throttled_backoff.saturating_add(random_part(self.throttled_backoff.saturating_mul(3) / 2))
            }
            (None, _) => {
                let doubled = self.initial_backoff.saturating_mul(1_u32.checked_shl(attempts - 1).unwrap_or(u32::MAX));
                random_part(doubled.min(self.max_backoff))
            }
        };
        (elapsed.saturating_add(backoff) < self.deadline).then_some(backoff)
    }

    fn covers(&self, error: &Error, only_reads: bool) -> bool {
        match error.auth_error() {
            Some(error) => error.is_pending_retry(),
            None if !self.retry_throttled && error.kind() == ErrorKind::Throttled => false,
            None => error.is_retryable() && (only_reads || self.retry_uncertain || !error.may_have_been_sent()),
        }
    }
}

fn random_part(of: Duration) -> Duration {
    Duration::try_from_secs_f64(of.as_secs_f64() * fastrand::f64()).unwrap_or(of)
}

/// The backoff that an answer asks for. A date is compared with the answer's own `Date` if it has one, because the clock
/// of this machine may be wrong.
pub(crate) fn retry_after(refusal: &HeaderMap) -> Option<Duration> {
    let asked = text(refusal, RETRY_AFTER)?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let now = text(refusal, DATE).and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &'static str)]) -> Option<Duration> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a value"));
        }
        retry_after(&map)
    }

    #[test]
    fn no_backoff_overflows() {
        let refused = |seconds| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, seconds);
            Error::for_retry_tests(429, &headers)
        };
        let policy =
            RetryPolicy::default().max_attempts(u32::MAX).deadline(Duration::MAX).throttled_backoff(Duration::MAX);
        for attempts in [1, 2, 40, u32::MAX - 1] {
            let elapsed = Duration::from_secs(2);
            assert_eq!(policy.backoff(&refused(u64::MAX.into()), attempts, elapsed, false), None);
            assert!(policy.backoff(&refused(5.into()), attempts, elapsed, false) >= Some(Duration::from_secs(5)));
            assert_eq!(policy.backoff(&Error::for_retry_tests(429, &HeaderMap::new()), attempts, elapsed, false), None);
            assert!(
                policy.backoff(&Error::for_retry_tests(503, &HeaderMap::new()), attempts, elapsed, false).is_some()
            );
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_by_the_servers_clock() {
        let seconds = |number| Some(Duration::from_secs(number));
        assert_eq!(asked(&[("retry-after", "7")]), seconds(7));
        assert_eq!(asked(&[("retry-after", " 0 ")]), seconds(0));
        let date = ("date", "Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(asked(&[("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT"), date]), seconds(30));
        assert_eq!(asked(&[("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT"), date]), seconds(0));
        for odd in ["", "-1", "1.5", "soon", "99999999999999999999999"] {
            assert_eq!(asked(&[("retry-after", odd)]), None, "{odd}");
        }
        assert_eq!(asked(&[]), None);
    }

    #[test]
    fn each_setting_changes_only_itself() {
        let second = Duration::from_secs(1);
        let all: [fn(RetryPolicy) -> RetryPolicy; 7] = [
            |policy| policy.max_attempts(7),
            |policy| policy.deadline(Duration::from_secs(77)),
            |policy| policy.initial_backoff(Duration::from_millis(7)),
            |policy| policy.max_backoff(Duration::from_secs(70)),
            |policy| policy.throttled_backoff(Duration::from_secs(17)),
            |policy| policy.retry_uncertain(true),
            |policy| policy.retry_throttled(false),
        ];
        let set = all.iter().fold(RetryPolicy::default(), |policy, set| set(policy));
        for (index, last) in all.iter().enumerate() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != index);
            let same = last(others.fold(RetryPolicy::default(), |policy, (_, set)| set(policy)));
            assert_eq!(same, set, "{index}");
            assert_ne!(last(RetryPolicy::default()), RetryPolicy::default(), "{index}");
        }
        assert_ne!(set.clone().deadline(second), set);
    }

    #[test]
    fn backoffs_are_random_parts_of_a_time_that_doubles_up_to_a_limit() {
        let second = Duration::from_secs(1);
        let policy = RetryPolicy::default().max_attempts(99).initial_backoff(second).max_backoff(second * 10);
        let unavailable = Error::for_retry_tests(503, &HeaderMap::new());
        for (attempts, longest) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (40, 10)] {
            let backoffs: Vec<Duration> =
                (0..200).filter_map(|_| policy.backoff(&unavailable, attempts, Duration::ZERO, true)).collect();
            let (shortest, far) = (backoffs.iter().min().expect("backoffs"), backoffs.iter().max().expect("backoffs"));
            // The probability that all 200 are in one half is below 10^-60.
            assert!(*shortest < second * longest / 2 && *far > second * longest / 2, "{attempts} {shortest:?} {far:?}");
            assert!(*far <= second * longest, "{attempts} {far:?}");
        }
    }

    #[test]
    fn only_429_can_be_left_to_the_caller() {
        let policy = RetryPolicy::default().retry_throttled(false);
        for (status, retried) in [(429, false), (503, true)] {
            let refused = Error::for_retry_tests(status, &HeaderMap::new());
            assert_eq!(policy.backoff(&refused, 1, Duration::ZERO, true).is_some(), retried, "{status}");
        }
    }
}
