//! Looks for secrets where none may be.

use std::error::Error;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Everything that an error says: its text, those of its causes, and how it looks in `{:?}`.
pub fn said(error: &(dyn Error + 'static)) -> String {
    let mut all = format!("{error}\n{error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(all, "\n{error}");
        cause = error.source();
    }
    all
}

/// Puts secrets in the places of their names.
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

/// Stops when a text holds a secret: as it is, in Base64, as JSON writes it, as JSON in JSON does, or quoted by `{:?}`.
pub fn assert_none(text: &str, secrets: &[&str]) {
    for secret in secrets {
        let once = quoted(secret);
        let twice = quoted(&once);
        for form in [secret, STANDARD.encode(secret).as_str(), &once, &twice] {
            let debugged = form.escape_debug().to_string();
            assert!(!text.contains(form) && !text.contains(&debugged), "the secret {secret:?} shows in {text}");
        }
    }
}

/// Stops when a message for people is not one line of sensible length.
pub fn assert_one_line(text: &str) {
    assert!(!text.contains(char::is_control), "{text:?} is not one line");
    assert!(text.len() < 16 * 1024, "a message of {} bytes", text.len());
}

/// As it stands between the quotation marks of JSON.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json[1..json.len() - 1].to_owned()
}
