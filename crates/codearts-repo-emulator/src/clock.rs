//! Times in the form of the answers.

use std::time::Duration;

use jiff::Timestamp;

/// The time `duration` from now, or the last one that the calendar has.
pub(crate) fn after(duration: Duration) -> Timestamp {
    Timestamp::now().checked_add(duration).unwrap_or(Timestamp::MAX)
}

/// ISO 8601 in UTC with milliseconds, as in `2026-01-27T08:30:00.125Z`.
pub(crate) fn in_repo(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// The form of IAM, with microseconds, as in `2020-01-04T09:05:22.701000Z`.
pub(crate) fn in_iam(time: Timestamp) -> String {
    format!("{time:.6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_have_a_fixed_length() {
        assert_eq!(in_repo(Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
        assert_eq!(in_iam(Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00.000000Z");
    }
}
