//! Secrets from the environment and the standard input, never from arguments.

use std::env::{VarError, var};
use std::io::{Read, stdin};

use codearts_repo::RemoteCredentials;
use zeroize::Zeroizing;

use crate::failure::Failure;

pub(crate) const REMOTE_PASSWORD: &str = "CODEARTS_REPO_REMOTE_PASSWORD";

/// The longest password that is read from the standard input, in bytes.
const MAX_PASSWORD: u64 = 64 * 1024;

/// What the source is read with: this user name, and the password of the standard input or the environment.
pub(crate) fn remote_credentials(
    username: Option<String>,
    password_on_stdin: bool,
) -> Result<Option<RemoteCredentials>, Failure> {
    let password = if password_on_stdin { Some(password_from_stdin()?) } else { variable(REMOTE_PASSWORD)? };
    Ok(match (username, password) {
        (Some(username), Some(password)) => Some(RemoteCredentials::new(username, password)),
        (Some(username), None) => Some(RemoteCredentials::username_only(username)),
        (None, Some(password)) => Some(RemoteCredentials::password_only(password)),
        (None, None) => None,
    })
}

pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match var(name) {
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("{name} is not UTF-8 text"), "set it to text")),
    }
}

/// The variable of a setting. One that is set but empty is most often a mistake of a script.
pub(crate) fn setting(name: &str) -> Result<Option<String>, Failure> {
    match variable(name)? {
        Some(text) if text.is_empty() => {
            Err(Failure::usage(format!("{name} is set but empty"), "give it a value or unset it"))
        }
        value => Ok(value),
    }
}

/// One line break at the end is not part of the password: files and `echo` leave it there.
fn password_from_stdin() -> Result<String, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = stdin().lock().take(MAX_PASSWORD + 1).read_to_end(&mut bytes);
    let wrong = |what: String| Failure::usage(format!("--remote-password-stdin: {what}"), "give the password alone");
    read.map_err(|error| wrong(format!("the standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > MAX_PASSWORD {
        return Err(wrong(format!("the password is longer than {MAX_PASSWORD} bytes")));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong("the password is not UTF-8 text".to_owned()))?;
    let line = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
    if line.is_empty() {
        return Err(wrong("no password on the standard input".to_owned()));
    }
    Ok(line.to_owned())
}
