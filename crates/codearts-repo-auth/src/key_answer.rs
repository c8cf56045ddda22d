//! Answers with a temporary access key, in all shapes that the vendor's SDK reads.

use std::time::SystemTime;

use codearts_repo_client::{AuthError, AuthStep};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::access_key::AccessKey;
use crate::issuers_clock;
use crate::temporary_key::TemporaryKey;

const ACCESS: &[&str] = &["access", "accessKeyId", "access_key_id"];
const SECRET: &[&str] = &["secret", "secretAccessKey", "secret_access_key"];
const SECURITY_TOKEN: &[&str] = &["securitytoken", "securityToken", "security_token"];
const EXPIRY: &[&str] = &["expires_at", "expiration"];

/// Reads the key of an answer that the issuer gave at this time of its clock.
pub(crate) fn read(body: &[u8], answered_at: SystemTime) -> Result<TemporaryKey, AuthError> {
    let mut fields = fields(body).ok_or_else(|| failure("the answer is not a JSON object"))?;
    let mut text = |names: &[&str]| {
        let found = names.iter().find_map(|name| match fields.remove(*name) {
            Some(Value::String(text)) if !text.is_empty() => Some(Zeroizing::new(text)),
            _ => None,
        });
        found.ok_or_else(|| failure(&format!("the answer has no {}", names[0])))
    };
    let (access, secret) = (text(ACCESS)?, text(SECRET)?);
    let (token, expiry) = (text(SECURITY_TOKEN)?, text(EXPIRY)?);
    let expiry = issuers_clock::time(&expiry).ok_or_else(|| failure("the expiry of the key is not a time in UTC"))?;
    let key = AccessKey::new(access.as_str(), secret.as_str()).and_then(|key| key.security_token(token.as_str()));
    let key = key.map_err(|error| AuthError::new(AuthStep::AccessKey, error))?;
    Ok(TemporaryKey::until(key, expiry, answered_at))
}

fn fields(body: &[u8]) -> Option<Map<String, Value>> {
    let Ok(Value::Object(mut outer)) = serde_json::from_slice(body) else { return None };
    let inner = ["credential", "credentials"].iter().find_map(|name| match outer.remove(*name) {
        Some(Value::Object(inner)) => Some(inner),
        _ => None,
    });
    Some(inner.unwrap_or(outer))
}

fn failure(reason: &str) -> AuthError {
    AuthError::new(AuthStep::AccessKey, reason.to_owned())
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::time::Duration;

    use serde_json::json;

    use super::*;

    fn now() -> SystemTime {
        humantime::parse_rfc3339("2026-01-02T03:00:00Z").expect("a time")
    }

    fn read_json(answer: &Value) -> Result<TemporaryKey, String> {
        let read = read(answer.to_string().as_bytes(), now());
        read.map_err(|error| error.source().expect("a reason").to_string())
    }

    fn key() -> AccessKey {
        AccessKey::new("HST1", "s3cr3t").and_then(|key| key.security_token("t0k3n")).expect("a key")
    }

    #[test]
    fn every_shape_is_read() {
        let end = "2026-01-02T03:15:00.000000Z";
        let fields = [
            json!({ "access": "HST1", "secret": "s3cr3t", "securitytoken": "t0k3n", "expires_at": end }),
            json!({ "accessKeyId": "HST1", "secretAccessKey": "s3cr3t", "securityToken": "t0k3n", "expiration": end }),
            json!({ "access_key_id": "HST1", "secret_access_key": "s3cr3t", "security_token": "t0k3n", "expiration": end, "more": 1 }),
        ];
        for fields in fields {
            for answer in [fields.clone(), json!({ "credential": fields }), json!({ "credentials": fields, "x": [] })] {
                let read = read_json(&answer).expect("a key");
                assert_eq!((read.key, read.life), (key(), Duration::from_secs(900)), "{answer}");
            }
        }
    }

    #[test]
    fn an_answer_without_a_key_says_what_it_lacks_and_shows_nothing() {
        let whole = json!({ "access": "HST1", "secret": "s3cr3t", "securitytoken": "t0k3n", "expires_at": "2026-01-02T03:15:00Z" });
        for name in ["access", "secret", "securitytoken", "expires_at"] {
            for value in [Value::Null, json!(""), json!(1)] {
                let mut answer = whole.clone();
                answer[name] = value;
                assert_eq!(read_json(&answer).expect_err(name), format!("the answer has no {name}"));
            }
        }
        for body in ["", "[]", "null", "\"s3cr3t\"", "<html>", "{\"access\": \"HST1\""] {
            let error = format!("{:?}", read(body.as_bytes(), now()).expect_err(body));
            assert!(error.contains("is not a JSON object") && !error.contains("s3cr3t"), "{error}");
        }
        let mut answer = whole;
        answer["secret"] = json!("s3cr3t\n");
        let error = format!("{:?}", read(answer.to_string().as_bytes(), now()).expect_err("a line break"));
        assert!(!error.contains("s3cr3t"), "{error}");
    }
}
