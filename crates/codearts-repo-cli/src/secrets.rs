//! Secrets from the environment and standard input, never from arguments.

use std::env::{VarError, var};
use std::io::stdin;

use codearts_repo_client::internal::plain_text;
use codearts_repo_verify::SourceCredentials;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::files;
pub(crate) use crate::login::Login;

pub(crate) const REMOTE_PASSWORD: &str = "CODEARTS_REPO_REMOTE_PASSWORD";

/// The longest password on standard input, in bytes.
const MAX_PASSWORD: u64 = 64 * 1024;

/// Where the password for the mirror source comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PasswordSource {
    Variable,
    Stdin,
    /// The empty text, on purpose.
    Empty,
}

impl PasswordSource {
    /// The source that the options of a command choose.
    pub(crate) const fn of(stdin: bool, empty: bool) -> Self {
        match (stdin, empty) {
            (true, _) => Self::Stdin,
            (false, true) => Self::Empty,
            (false, false) => Self::Variable,
        }
    }
}

impl Login {
    pub(crate) fn of(username: Option<String>, source: PasswordSource) -> Result<Self, Failure> {
        let password = match source {
            PasswordSource::Variable => remote_password()?,
            PasswordSource::Stdin => Some(password_from_stdin()?),
            PasswordSource::Empty => Some(String::new()),
        };
        Ok(Self { username, password: password.map(Zeroizing::new) })
    }

    /// For git, which reads the source. A password alone is an access token, which servers take with any user name.
    pub(crate) fn for_git(&self) -> Option<SourceCredentials> {
        let username = self.username.as_deref().unwrap_or("git");
        self.password.as_ref().map(|password| SourceCredentials::new(username, password.as_str()))
    }
}

fn remote_password() -> Result<Option<String>, Failure> {
    match variable(REMOTE_PASSWORD)? {
        Some(text) if text.trim().is_empty() => Err(Failure::usage(
            format!("{REMOTE_PASSWORD} is set but empty"),
            "set a value, unset it, or pass --empty-remote-password",
        )),
        password => Ok(password),
    }
}

/// The text of a variable.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match var(name) {
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("{name} is not valid UTF-8"), "set it to text")),
    }
}

/// The variable of a setting. One that is set but has nothing but white space is most often a mistake in a script.
pub(crate) fn setting(name: &str) -> Result<Option<String>, Failure> {
    match variable(name)? {
        Some(text) if text.trim().is_empty() => {
            Err(Failure::usage(format!("{name} is set but empty"), "set a value or unset it"))
        }
        value => Ok(value),
    }
}

/// Reads a password. A line break at the end is not part of it, because files and `echo` add one, nor is a byte order
/// mark.
fn password_from_stdin() -> Result<String, Failure> {
    let invalid = |what: String, advice: &str| Failure::usage(what, advice).at("--remote-password-stdin");
    let bytes = files::read_to_end(stdin().lock(), MAX_PASSWORD)
        .map_err(|error| invalid(format!("the password cannot be read: {error}"), "pass only the password"))?;
    let text = plain_text::decode(&bytes).map_err(|error| invalid(format!("the password: {error}"), error.advice()))?;
    let line = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
    if line.trim().is_empty() {
        let advice = "pass the password, or use --empty-remote-password";
        return Err(invalid("no password on standard input".to_owned(), advice));
    }
    Ok(line.to_owned())
}
