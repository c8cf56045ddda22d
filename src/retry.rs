//! Which failed calls are made again, how often, and after which pause.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

use crate::error::{Error, ErrorKind};

/// Which failed calls are made again, how often, and after which pause.
///
/// By default a call is made up to three times within two minutes, and again only when it certainly had no effect:
/// no connection could be made, or the answer was 429 or 503. A call that only reads is also made again after a
/// time-out, a broken connection, or the answers 408, 500, 502 and 504, because reading twice does no harm; a call
/// that starts or changes something is not, unless [`repeat_uncertain`](Self::repeat_uncertain) allows it.
///
/// The pause is what `Retry-After` asks for, in seconds or as a date. Without it, it is between 2 and 5 seconds after
/// 429, as the vendor's gateway documentation advises, and otherwise a random part of a time that doubles with each
/// attempt. Every attempt is authorised anew.
///
/// ```
/// use codearts_repo_client::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default().attempts(10).deadline(Duration::from_secs(600));
/// let never = RetryPolicy::none();
/// assert_ne!(patient, never);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a client"]
pub struct RetryPolicy {
    attempts: u32,
    deadline: Duration,
    first_pause: Duration,
    longest_pause: Duration,
    throttled_pause: Duration,
    repeat_uncertain: bool,
    leave_throttled: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            deadline: Duration::from_secs(120),
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(10),
            throttled_pause: Duration::from_secs(2),
            repeat_uncertain: false,
            leave_throttled: false,
        }
    }
}

impl RetryPolicy {
    /// Every call is made once.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets how often a call is made at the most, the first time included. 3 unless set; 0 counts as 1.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets after which time, from the first attempt, no other one begins. 2 minutes unless set.
    pub const fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = limit;
        self
    }

    /// Sets the time of which the first pause is a random part; it doubles with each attempt up to the longest one.
    /// Half a second unless set.
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the longest time of which a pause is a random part. 10 seconds unless set. `Retry-After` may ask for
    /// more.
    pub const fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets the shortest pause after 429 without `Retry-After`; up to one and a half times it is added at random.
    /// 2 seconds unless set.
    pub const fn throttled_pause(mut self, pause: Duration) -> Self {
        self.throttled_pause = pause;
        self
    }

    /// Sets whether a start or a change is made again when it may have been received. Not unless set: a start is not
    /// documented to be harmless when made twice.
    pub const fn repeat_uncertain(mut self, repeat: bool) -> Self {
        self.repeat_uncertain = repeat;
        self
    }

    /// Sets whether a call that was refused with 429 is left to the caller, who knows of all the others that are made
    /// within the same quota. Not unless set.
    pub const fn leave_throttled(mut self, leave: bool) -> Self {
        self.leave_throttled = leave;
        self
    }

    /// The pause before the next attempt, or nothing when there is to be none.
    #[doc(hidden)]
    #[must_use]
    pub fn pause(&self, error: &Error, made: u32, elapsed: Duration, only_reads: bool) -> Option<Duration> {
        if made >= self.attempts || !self.covers(error, only_reads) {
            return None;
        }
        let pause = match (error.retry_after(), error.status()) {
            (Some(asked), _) => asked.saturating_add(random_part(self.first_pause.min(Duration::from_millis(250)))),
            (None, Some(429)) => {
                self.throttled_pause.saturating_add(random_part(self.throttled_pause.saturating_mul(3) / 2))
            }
            (None, _) => {
                let doubled = self.first_pause.saturating_mul(1_u32.checked_shl(made - 1).unwrap_or(u32::MAX));
                random_part(doubled.min(self.longest_pause))
            }
        };
        (elapsed.saturating_add(pause) < self.deadline).then_some(pause)
    }

    fn covers(&self, error: &Error, only_reads: bool) -> bool {
        match error.auth_error() {
            Some(error) => error.is_pending_retry(),
            None if self.leave_throttled && error.kind() == ErrorKind::Throttled => false,
            None => error.is_retryable() && (only_reads || self.repeat_uncertain || !error.may_have_been_sent()),
        }
    }
}

fn random_part(of: Duration) -> Duration {
    Duration::try_from_secs_f64(of.as_secs_f64() * fastrand::f64()).unwrap_or(of)
}

/// The pause that an answer asks for. A date is held against the answer's own `Date`, where it has one, so that this
/// machine's clock has no say.
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
    fn no_pause_however_long_is_too_long_to_add_up() {
        let refused = |seconds| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, seconds);
            Error::for_retry_tests(429, &headers)
        };
        let policy = RetryPolicy::default().attempts(u32::MAX).deadline(Duration::MAX).throttled_pause(Duration::MAX);
        for made in [1, 2, 40, u32::MAX - 1] {
            let elapsed = Duration::from_secs(2);
            assert_eq!(policy.pause(&refused(u64::MAX.into()), made, elapsed, false), None);
            assert!(policy.pause(&refused(5.into()), made, elapsed, false) >= Some(Duration::from_secs(5)));
            assert_eq!(policy.pause(&Error::for_retry_tests(429, &HeaderMap::new()), made, elapsed, false), None);
            assert!(policy.pause(&Error::for_retry_tests(503, &HeaderMap::new()), made, elapsed, false).is_some());
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
    fn each_setting_leaves_the_others_as_they_are() {
        let second = Duration::from_secs(1);
        let all: [fn(RetryPolicy) -> RetryPolicy; 7] = [
            |policy| policy.attempts(7),
            |policy| policy.deadline(Duration::from_secs(77)),
            |policy| policy.first_pause(Duration::from_millis(7)),
            |policy| policy.longest_pause(Duration::from_secs(70)),
            |policy| policy.throttled_pause(Duration::from_secs(17)),
            |policy| policy.repeat_uncertain(true),
            |policy| policy.leave_throttled(true),
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
    fn pauses_are_random_parts_of_a_time_that_doubles_up_to_a_limit() {
        let pause = Duration::from_secs(1);
        let policy = RetryPolicy::default().attempts(99).first_pause(pause).longest_pause(pause * 10);
        let unavailable = Error::for_retry_tests(503, &HeaderMap::new());
        for (made, longest) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (40, 10)] {
            let pauses: Vec<Duration> =
                (0..200).filter_map(|_| policy.pause(&unavailable, made, Duration::ZERO, true)).collect();
            let (shortest, far) = (pauses.iter().min().expect("pauses"), pauses.iter().max().expect("pauses"));
            // That all of 200 lie in one half is less likely than 10^-60.
            assert!(*shortest < pause * longest / 2 && *far > pause * longest / 2, "{made} {shortest:?} {far:?}");
            assert!(*far <= pause * longest, "{made} {far:?}");
        }
    }

    #[test]
    fn what_is_left_to_the_caller_is_429_alone() {
        let policy = RetryPolicy::default().leave_throttled(true);
        for (status, repeated) in [(429, false), (503, true)] {
            let refused = Error::for_retry_tests(status, &HeaderMap::new());
            assert_eq!(policy.pause(&refused, 1, Duration::ZERO, true).is_some(), repeated, "{status}");
        }
    }
}
