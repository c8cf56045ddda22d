//! What ends a command early.

use std::error::Error;
use std::fmt;

use crate::exit::Exit;

/// Why a command ends early: a line for people and an exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    message: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into() }
    }

    /// Something that the caller gave cannot be used. Nothing was sent.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// The list of repositories ended before its end.
    pub(crate) fn broken_list(error: &codearts_repo::Error) -> Self {
        Self::new(Exit::of(error), format!("the list of repositories broke off: {}", chain(error)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<codearts_repo::Error> for Failure {
    fn from(error: codearts_repo::Error) -> Self {
        Self::new(Exit::of(&error), chain(&error))
    }
}

/// An error and its causes on one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        // Some libraries repeat their cause in their own words.
        if !text.ends_with(&words) {
            text = format!("{text}: {words}");
        }
        cause = error.source();
    }
    text
}
