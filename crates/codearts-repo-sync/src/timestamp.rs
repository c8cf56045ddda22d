//! RFC 3339 timestamps in JSON.

use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de};

pub(crate) fn serialize<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    // A wrong clock must not prevent a line from being written.
    let nearest = if *time < SystemTime::UNIX_EPOCH { Timestamp::MIN } else { Timestamp::MAX };
    let time = Timestamp::try_from(*time).unwrap_or(nearest);
    serializer.collect_str(&format_args!("{time:.3}"))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse::<Timestamp>().and_then(SystemTime::try_from).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn every_time_is_written_and_read() {
        let year = Duration::from_secs(365 * 86_400);
        for (time, text) in [
            (UNIX_EPOCH + Duration::from_millis(1_500), "1970-01-01T00:00:01.500Z"),
            (UNIX_EPOCH - Duration::from_secs(1), "1969-12-31T23:59:59.000Z"),
            (UNIX_EPOCH + 9000 * year, "9999-12-30T22:00:00.999Z"),
        ] {
            let mut json = Vec::new();
            serialize(&time, &mut serde_json::Serializer::new(&mut json)).expect("JSON");
            assert_eq!(String::from_utf8_lossy(&json), format!("\"{text}\""));
            assert!(deserialize(&mut serde_json::Deserializer::from_slice(&json)).is_ok());
        }
    }
}
