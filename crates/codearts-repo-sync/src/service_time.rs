//! Times as the service writes them, in a form that no document states.

use std::cmp::Ordering;
use std::time::{Duration, SystemTime};

use jiff::civil::{Date, DateTime};
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The longest text that is read as a time, in bytes.
const LONGEST: usize = 64;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The offsets from UTC that places on Earth use.
const EASTERNMOST: SignedDuration = SignedDuration::from_hours(14);
const WESTERNMOST: SignedDuration = SignedDuration::from_hours(12);
/// Forms beside ISO 8601 and RFC 2822, with an offset.
const WITH_OFFSET: &[&str] = &["%Y-%m-%d %H:%M:%S%.f %z", "%Y/%m/%d %H:%M:%S%.f %z", "%Y/%m/%dT%H:%M:%S%.f%z"];
/// Forms beside ISO 8601, without an offset.
const WITHOUT_OFFSET: &[&str] = &[
    "%Y/%m/%d %H:%M:%S%.f",
    "%b %d, %Y %I:%M:%S %p",
    "%b %d, %Y, %I:%M:%S %p",
    "%a %b %d %H:%M:%S %Y",
    "%d %b %Y %H:%M:%S",
    "%Y%m%d%H%M%S",
];

/// A time that the service wrote: an instant where the text names an offset from UTC, a range otherwise.
///
/// The vendor does not document the form of `last_update_at` and `last_successful_update_at`. This type reads ISO 8601
/// with and without an offset, RFC 2822, seconds and milliseconds since 1970, and the forms that Java prints. Day and
/// month as two numbers in an order that is not certain, such as `07/08/2026`, are not read.
///
/// ```
/// use std::cmp::Ordering;
/// use std::time::{Duration, SystemTime};
///
/// use codearts_repo_sync::ServiceTime;
///
/// let exact = ServiceTime::parse("2026-01-27T08:30:00.125+08:00").expect("a time");
/// assert!(exact.is_exact());
/// let vague = ServiceTime::parse("2026-01-27 08:30:00").expect("a time");
/// let range = vague.latest().duration_since(vague.earliest()).expect("in order");
/// assert_eq!(range, Duration::from_secs(26 * 3600), "every offset from -12:00 to +14:00");
/// assert_eq!(exact.compare(&vague), None);
/// assert!(exact.age(SystemTime::now()).start() > &Duration::ZERO);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ServiceTime {
    /// The instant, or the local time as if it were UTC.
    begin: Timestamp,
    /// A day for a text without a time of day.
    span: SignedDuration,
    exact: bool,
}

impl ServiceTime {
    /// Reads a text; `None` if it has none of the forms above.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        since_1970(&text).or_else(|| with_offset(&text)).map(Self::instant).or_else(|| {
            let (text, zone) = without_zone_name(&text);
            let local = local(&text)?;
            Some(if matches!(zone.as_deref(), Some("UTC" | "GMT")) { Self { exact: true, ..local } } else { local })
        })
    }

    const fn instant(begin: Timestamp) -> Self {
        Self { begin, span: SignedDuration::ZERO, exact: true }
    }

    fn local(time: DateTime, span: SignedDuration) -> Option<Self> {
        let begin = TimeZone::UTC.to_timestamp(time).ok()?;
        Some(Self { begin, span, exact: false })
    }

    /// Whether the text names one instant.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.exact && self.span.is_zero()
    }

    /// The earliest instant that the text can mean.
    #[must_use]
    pub fn earliest(&self) -> SystemTime {
        system_time(self.bounds().0)
    }

    /// The latest instant that the text can mean.
    #[must_use]
    pub fn latest(&self) -> SystemTime {
        system_time(self.bounds().1)
    }

    /// The youngest and the oldest age that it can have at `now`; zero for a time in the future.
    #[must_use]
    pub fn age(&self, now: SystemTime) -> std::ops::RangeInclusive<Duration> {
        let since = |time: SystemTime| now.duration_since(time).unwrap_or(Duration::ZERO);
        since(self.latest())..=since(self.earliest())
    }

    /// Compares two times of the same service; `None` if the texts do not tell.
    ///
    /// Two times without an offset are compared as if they had the same one.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let (mine, theirs) = if self.exact == other.exact {
            (self.unshifted(), other.unshifted())
        } else {
            (self.bounds(), other.bounds())
        };
        if mine == theirs && self.exact == other.exact {
            Some(Ordering::Equal)
        } else if mine.1 < theirs.0 {
            Some(Ordering::Less)
        } else if mine.0 > theirs.1 {
            Some(Ordering::Greater)
        } else {
            None
        }
    }

    fn unshifted(&self) -> (Timestamp, Timestamp) {
        (self.begin, self.begin.saturating_add(self.span).unwrap_or(Timestamp::MAX))
    }

    fn bounds(&self) -> (Timestamp, Timestamp) {
        let (begin, end) = self.unshifted();
        if self.exact {
            return (begin, end);
        }
        let earliest = begin.saturating_sub(EASTERNMOST).unwrap_or(Timestamp::MIN);
        (earliest, end.saturating_add(WESTERNMOST).unwrap_or(Timestamp::MAX))
    }
}

/// Every year of four digits fits into the system's clock on the supported platforms.
fn system_time(at: Timestamp) -> SystemTime {
    SystemTime::try_from(at).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Seconds or milliseconds since 1970. The number of digits tells them apart until the year 2286.
fn since_1970(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = text.parse().ok()?;
    match text.len() {
        10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

fn with_offset(text: &str) -> Option<Timestamp> {
    let of_form = |form: &&str| strtime::parse(form, text).and_then(|parsed| parsed.to_timestamp()).ok();
    text.parse()
        .ok()
        .or_else(|| rfc2822::DateTimeParser::new().parse_timestamp(text).ok())
        .or_else(|| WITH_OFFSET.iter().find_map(of_form))
}

/// The text without the name of a time zone. Only `UTC` and `GMT` mean one offset: `CST` is one of America or of China.
fn without_zone_name(text: &str) -> (String, Option<String>) {
    let is_zone = |word: &&str| {
        (2..=5).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && !matches!(*word, "AM" | "PM")
    };
    let zone = text.split(' ').find(is_zone).map(str::to_owned);
    let rest: Vec<&str> = text.split(' ').filter(|word| !is_zone(word)).collect();
    (rest.join(" "), zone)
}

fn local(text: &str) -> Option<ServiceTime> {
    if let Ok(date) = text.parse::<Date>()
        && !text.contains([':', 'T', 't', ' '])
    {
        return ServiceTime::local(date.to_datetime(jiff::civil::Time::midnight()), DAY);
    }
    let of_form = |form: &&str| strtime::parse(form, text).and_then(|parsed| parsed.to_datetime()).ok();
    let time = text.parse().ok().or_else(|| WITHOUT_OFFSET.iter().find_map(of_form))?;
    ServiceTime::local(time, SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> ServiceTime {
        ServiceTime::parse(text).unwrap_or_else(|| panic!("{text:?} is a time"))
    }

    #[test]
    fn texts_with_an_offset_are_one_instant() {
        let expected = Timestamp::from_second(1_595_386_756).expect("in range");
        for text in [
            "2020-07-22T10:59:16+08:00",
            "2020-07-22T10:59:16.000+0800",
            "2020-07-22T02:59:16Z",
            "2020-07-22 02:59:16.000Z",
            "2020-07-22T02:59:16,000Z",
            "20200722T025916Z",
            "2020-07-22 10:59:16 +0800",
            "2020/07/22 10:59:16 +0800",
            "2020-07-22 02:59:16 UTC",
            "Wed, 22 Jul 2020 02:59:16 GMT",
            "Wed, 22 Jul 2020 10:59:16 +0800",
            "Wed Jul 22 02:59:16 UTC 2020",
            "1595386756",
            "1595386756000",
            " 2020-07-22T02:59:16Z\n",
        ] {
            assert!(time(text).is_exact(), "{text}");
            assert_eq!(time(text).earliest(), system_time(expected), "{text}");
            assert_eq!(time(text).latest(), system_time(expected), "{text}");
        }
    }

    #[test]
    fn texts_without_an_offset_are_a_range() {
        let base = time("2020-07-22T10:45:56Z").earliest();
        for text in [
            "2020-07-22 10:45:56",
            "2020-07-22T10:45:56",
            "2020/07/22 10:45:56",
            "20200722104556",
            "Jul 22, 2020 10:45:56 AM",
            "Jul 22, 2020, 10:45:56\u{202f}AM",
            "Wed Jul 22 10:45:56 CST 2020",
            "22 Jul 2020 10:45:56",
        ] {
            let time = time(text);
            assert!(!time.is_exact(), "{text}");
            assert_eq!(
                base.duration_since(time.earliest()).expect("earlier"),
                Duration::from_secs(14 * 3600),
                "{text}"
            );
            assert_eq!(time.latest().duration_since(base).expect("later"), Duration::from_secs(12 * 3600), "{text}");
        }
        let day = time("2020-07-22");
        let range = day.latest().duration_since(day.earliest()).expect("in order");
        assert_eq!(range, Duration::from_secs(50 * 3600));
    }

    #[test]
    fn other_texts_are_no_times() {
        let long = "2020-07-22T10:45:56Z".repeat(4);
        for text in
            ["", " ", "null", "yesterday", "07/08/2020 10:45:56", "10:45:56", "12", "2020-13-01 00:00:00", &long]
        {
            assert_eq!(ServiceTime::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_compare_only_where_every_meaning_agrees() {
        for (one, other, expected) in [
            ("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", Some(Ordering::Less)),
            ("2026-01-01T08:00:00+08:00", "2026-01-01T00:00:00.000Z", Some(Ordering::Equal)),
            ("2026-01-01 00:00:00", "2026-01-01T00:00:01", Some(Ordering::Less)),
            ("2026-01-01 00:00:00", "2026/01/01 00:00:00", Some(Ordering::Equal)),
            ("2026-01-01 00:00:00", "2026-01-01T00:00:00Z", None),
            ("2026-01-01 00:00:00", "2026-01-01T12:00:01Z", Some(Ordering::Less)),
            ("2026-01-01 00:00:00", "2025-12-31T09:59:59Z", Some(Ordering::Greater)),
            ("2026-01-01", "2026-01-01 10:00:00", None),
            ("2026-01-01", "2026-01-02 10:00:00", Some(Ordering::Less)),
        ] {
            assert_eq!(time(one).compare(&time(other)), expected, "{one} {other}");
            assert_eq!(time(other).compare(&time(one)), expected.map(Ordering::reverse), "{other} {one}");
        }
    }

    #[test]
    fn an_age_is_exact_only_for_an_instant() {
        let now = time("2026-01-02T00:00:00Z").earliest();
        let hours = |count: u64| Duration::from_secs(count * 3600);
        assert_eq!(time("2026-01-01T00:00:00Z").age(now), hours(24)..=hours(24));
        assert_eq!(time("2026-01-01 00:00:00").age(now), hours(12)..=hours(38));
        assert_eq!(time("2027-01-01T00:00:00Z").age(now), Duration::ZERO..=Duration::ZERO);
    }
}
