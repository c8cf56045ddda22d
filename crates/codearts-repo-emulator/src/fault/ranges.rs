//! The values of a rule as JSON. One outside its range is an error: otherwise something else would happen, or nothing.

use codearts_repo_client::OPENAPI;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

pub(super) fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u16::deserialize(deserializer)?;
    if (200..=999).contains(&status) { Ok(status) } else { Err(D::Error::custom("the status is not 200 to 999")) }
}

pub(super) fn operation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let known = |name: &str| OPENAPI.lines().any(|line| line.trim_start().strip_prefix("operationId: ") == Some(name));
    match Option::<String>::deserialize(deserializer)? {
        Some(name) if !known(&name) => Err(D::Error::custom("operation is not an operationId of openapi.yaml")),
        name => Ok(name),
    }
}

pub(super) fn times<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match Option::deserialize(deserializer)? {
        Some(0) => Err(D::Error::custom("times is not 1 or more")),
        times => Ok(times),
    }
}

pub(super) fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    match Option::deserialize(deserializer)? {
        Some(share) if !(0.0..=1.0).contains(&share) => Err(D::Error::custom("share is not 0 to 1")),
        share => Ok(share),
    }
}

#[cfg(test)]
mod tests {
    use crate::FaultRule;

    #[test]
    fn a_value_outside_its_range_is_an_error() {
        let error = |json: &str| serde_json::from_str::<FaultRule>(json).expect_err(json).to_string();
        for fault in ["status", "html", "empty"] {
            for status in ["99", "199", "1000"] {
                let message = error(&format!(r#"{{"fault":{{"{fault}":{status}}}}}"#));
                assert!(message.starts_with("the status is not 200 to 999"), "{message}");
            }
        }
        assert!(error(r#"{"fault":"stale","times":0}"#).starts_with("times is not 1 or more"));
        for share in ["-0.1", "1.1"] {
            let message = error(&format!(r#"{{"fault":"stale","share":{share}}}"#));
            assert!(message.starts_with("share is not 0 to 1"), "{message}");
        }
        for name in ["", "showRemoteMirror", "Nope"] {
            let message = error(&format!(r#"{{"fault":"stale","operation":"{name}"}}"#));
            assert!(message.starts_with("operation is not an operationId"), "{message}");
        }
        for json in [
            r#"{"fault":{"status":200},"times":1,"share":0}"#,
            r#"{"fault":{"empty":999},"times":null,"share":1.0,"operation":"ShowRemoteMirror"}"#,
        ] {
            assert!(serde_json::from_str::<FaultRule>(json).is_ok(), "{json}");
        }
    }
}
