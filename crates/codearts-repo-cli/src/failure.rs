//! Why a command ends early.

use std::fmt;

use codearts_repo::auth::DiscoveryError;

use crate::advice::{self, Explanation};
use crate::exit::Exit;

/// Ends with an offer for people who have no service to talk to.
pub(crate) const OR_TRY: &str = if cfg!(feature = "emulator") { ", or try --emulator" } else { "" };

/// What is wrong and where, what to do about it, and the exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    place: Option<String>,
    explanation: Explanation,
}

impl Failure {
    pub(crate) fn new(exit: Exit, what: impl fmt::Display, advice: impl fmt::Display) -> Self {
        Self { exit, place: None, explanation: Explanation::new(what, advice) }
    }

    /// The user's input is invalid. Nothing was sent.
    pub(crate) fn usage(what: impl fmt::Display, advice: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, what, advice)
    }

    /// Sets the place of the problem: an option, a variable, or a file and a line.
    pub(crate) fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(match self.place {
            Some(inner) => format!("{place}: {inner}"),
            None => place.to_string(),
        });
        self
    }

    /// Says that the service had done its part before.
    pub(crate) fn after(mut self, done: &str) -> Self {
        self.explanation.what = format!("{done}, but {}", self.explanation.what);
        self
    }

    pub(crate) fn with_exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        self.explanation.fmt(f)
    }
}

impl From<Explanation> for Failure {
    fn from(explanation: Explanation) -> Self {
        Self { exit: Exit::Usage, place: None, explanation }
    }
}

impl From<codearts_repo::Error> for Failure {
    fn from(error: codearts_repo::Error) -> Self {
        Self::from(&error)
    }
}

impl From<&codearts_repo::Error> for Failure {
    fn from(error: &codearts_repo::Error) -> Self {
        Self { exit: Exit::of(error), place: None, explanation: advice::of_call(error) }
    }
}

impl From<&DiscoveryError> for Failure {
    fn from(error: &DiscoveryError) -> Self {
        let explanation = advice::with(error, error.advice());
        let offer = if matches!(error, DiscoveryError::Nothing { .. }) { OR_TRY } else { "" };
        Self::from(Explanation::new(explanation.what, explanation.advice + offer))
    }
}
