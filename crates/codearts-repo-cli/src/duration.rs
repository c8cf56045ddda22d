//! Durations as people write them: `90s`, `10m`, `2h`.

use std::time::Duration;

const LONGEST: u64 = 7 * 24 * 3600;

/// Reads a whole number of seconds, minutes or hours, from one second to seven days.
pub(crate) fn parse(text: &str) -> Result<Duration, InvalidDuration> {
    let (number, unit) = match text.as_bytes().last() {
        Some(b's') => (&text[..text.len() - 1], 1),
        Some(b'm') => (&text[..text.len() - 1], 60),
        Some(b'h') => (&text[..text.len() - 1], 3600),
        _ => (text, 1),
    };
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = number.parse::<u64>().ok().filter(|_| digits).and_then(|number| number.checked_mul(unit));
    seconds.filter(|seconds| (1..=LONGEST).contains(seconds)).map(Duration::from_secs).ok_or(InvalidDuration)
}

/// The duration as it may be written, in the largest unit that fits.
pub(crate) fn words(duration: Duration) -> String {
    match duration.as_secs() {
        seconds if seconds % 3600 == 0 => format!("{}h", seconds / 3600),
        seconds if seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    }
}

/// A text that is not such a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InvalidDuration;

impl std::fmt::Display for InvalidDuration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a duration from 1s to 168h; write 90s, 10m or 2h for example")
    }
}

impl std::error::Error for InvalidDuration {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_minutes_and_hours() {
        for (text, seconds) in [("1", 1), ("90s", 90), ("10m", 600), ("2h", 7200), ("168h", LONGEST)] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["90s", "10m", "2h", "61m"] {
            assert_eq!(parse(text).map(words).as_deref(), Ok(text));
        }
        for text in ["", "0", "0s", "169h", "s", "-1", "+1", "1.5h", "10 m", "1d", "٣s", "99999999999999999999h"] {
            assert_eq!(parse(text), Err(InvalidDuration), "{text}");
        }
    }
}
