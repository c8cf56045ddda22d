//! Times by the clock of an issuer of keys: that of this machine may be wrong.

use std::time::SystemTime;

use reqwest::header::{DATE, HeaderMap};

/// A time in UTC, with a fraction of a second or without. The vendor documents one form and its SDK reads one; another
/// service may write another.
pub(crate) fn time(text: &str) -> Option<SystemTime> {
    let utc = ["+00:00", "+0000"].iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text);
    humantime::parse_rfc3339_weak(utc).ok()
}

/// What the clock showed when the issuer answered.
pub(crate) fn now(headers: &HeaderMap) -> SystemTime {
    let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    date.unwrap_or_else(SystemTime::now)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_have_any_precision() {
        let start = humantime::parse_rfc3339("2026-01-02T03:00:00Z").expect("a time");
        for text in [
            "2026-01-02T03:00:01Z",
            "2026-01-02T03:00:01.0Z",
            "2026-01-02T03:00:01.000Z",
            "2026-01-02T03:00:01.000000000Z",
            "2026-01-02T03:00:01",
            "2026-01-02 03:00:01Z",
            "2026-01-02T03:00:01.000000+00:00",
        ] {
            let time = time(text).expect(text);
            assert_eq!(time.duration_since(start).expect("later"), Duration::from_secs(1), "{text}");
        }
        for text in ["", "tomorrow", "1767322801", "2026-01-02T03:00:01+08:00"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
