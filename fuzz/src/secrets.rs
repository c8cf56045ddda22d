//! Searches for secrets in texts that must not have any.

use std::error::Error;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// All texts of an error: its own, those of its causes, and `Debug`.
pub fn text_of(error: &(dyn Error + 'static)) -> String {
    let mut all = format!("{error}\n{error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(all, "\n{error}");
        cause = error.source();
    }
    all
}

/// Replaces the names of secrets by the secrets.
pub fn insert(bytes: &[u8], secrets: &[(&[u8], &str)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match secrets.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, secret)) => {
                out.extend_from_slice(secret.as_bytes());
                rest = &rest[name.len()..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// Panics if a text contains a secret: as it is, in Base64, in JSON, in JSON in JSON, or quoted by `{:?}`.
pub fn assert_none(text: &str, secrets: &[&str]) {
    for secret in secrets {
        let once = quoted(secret);
        let twice = quoted(&once);
        for form in [secret, STANDARD.encode(secret).as_str(), &once, &twice] {
            let debugged = form.escape_debug().to_string();
            assert!(!text.contains(form) && !text.contains(&debugged), "{text} shows the secret {secret:?}");
        }
    }
}

/// Panics if a message is not one line of limited length.
pub fn assert_one_line(text: &str) {
    assert!(!text.contains(char::is_control), "{text:?} is not one line");
    assert!(text.len() < 16 * 1024, "a message of {} bytes", text.len());
}

/// The text between the quotation marks of JSON.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json[1..json.len() - 1].to_owned()
}
