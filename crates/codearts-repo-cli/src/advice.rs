//! What is wrong and what to do about it, for the errors of this program and of the libraries.

use std::error::Error;
use std::fmt;

use crate::record::RETRY_ADVICE;

/// A message in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it; it begins with a verb.
    pub(crate) advice: String,
}

impl Explanation {
    pub(crate) fn new(what: impl fmt::Display, advice: impl fmt::Display) -> Self {
        Self { what: what.to_string(), advice: advice.to_string() }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.advice)
    }
}

/// As the error of a value parser, it reaches the command line's messages through clap.
impl Error for Explanation {}

/// Explains an error of a library with this advice.
pub(crate) fn with(error: &dyn Error, advice: &str) -> Explanation {
    Explanation::new(chain(error), advice)
}

/// Explains the error of a call to the service.
pub(crate) fn of_call(error: &codearts_repo::Error) -> Explanation {
    Explanation::new(chain(error), error.advice())
}

/// Explains why a synchronization could not be started or followed.
pub(crate) fn of_sync(error: &codearts_repo_sync::Error) -> Explanation {
    use codearts_repo_sync::Error::{Baseline, CallerRefused, EndUnknown, Start};
    match error {
        // The record itself says that it was not started.
        Start(call) if call.may_have_been_sent() => Explanation { advice: RETRY_ADVICE.to_owned(), ..of_call(call) },
        Baseline(call) | Start(call) => of_call(call),
        CallerRefused(call) => of_call(call),
        EndUnknown { source, .. } => {
            let what = format!("{error}: {}", of_call(source).what);
            Explanation::new(what, error.advice().unwrap_or("check the mirror later"))
        }
        _ => with(error, error.advice().unwrap_or("fix this and retry")),
    }
}

/// An error and its causes on one line.
fn chain(error: &dyn Error) -> String {
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
