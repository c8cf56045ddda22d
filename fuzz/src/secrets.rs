//! Looks for secrets where none may be.

use std::error::Error;
use std::fmt::{Debug, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Everything that an error says: its text, those of its causes, and how it looks in `{:?}`.
pub fn said(error: &(dyn Error + 'static)) -> String {
    let mut all = format!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(all, "\n{error}");
        cause = error.source();
    }
    all + &shown(&error)
}

/// How a value looks in `{:?}`, and in it as plain text.
pub fn shown(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    let plain = unescaped(&text);
    // What quotes JSON that quotes a text escapes twice.
    let plainer = unescaped(&plain);
    format!("\n{text}\n{plain}\n{plainer}")
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

/// Stops when a text holds a secret, plain or in Base64.
pub fn assert_none(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "the secret {secret:?} shows in {text}");
        let encoded = STANDARD.encode(secret);
        assert!(!text.contains(&encoded), "the secret {secret:?} shows as Base64 in {text}");
    }
}

/// Stops when a message for people is not one line of sensible length.
pub fn assert_one_line(text: &str) {
    assert!(!text.contains(char::is_control), "{text:?} is not one line");
    assert!(text.len() < 16 * 1024, "a message of {} bytes", text.len());
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        out.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    out
}
