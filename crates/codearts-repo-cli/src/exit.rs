//! The exit codes that scripts rely on.

use std::process::ExitCode;

use codearts_repo::auth::AuthStep;
use codearts_repo::{Error, Refusal};

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All worked.
    Worked,
    /// Some or all repositories failed.
    Failed,
    /// Bad usage or input; nothing was sent.
    Usage,
    /// The service does not know the caller, or does not permit the call.
    NotAuthorised,
    /// The service or the network could not be reached.
    Unreachable,
    /// A signal ended it.
    Interrupted,
}

impl Exit {
    /// The exit for one failed call.
    pub(crate) fn of(error: &Error) -> Self {
        match error {
            Error::Config(_) | Error::NotSent(_) => Self::Usage,
            Error::Auth(error) => Self::of_step(error.step()),
            Error::Connection(_) => Self::Unreachable,
            Error::Refused(refusal) => Self::of_refusal(refusal),
            _ => Self::Failed,
        }
    }

    /// Where no authorisation could be had.
    const fn of_step(step: AuthStep) -> Self {
        match step {
            AuthStep::Setup | AuthStep::TokenFile | AuthStep::Token => Self::Usage,
            AuthStep::IamConnection | AuthStep::IamUnavailable => Self::Unreachable,
            _ => Self::NotAuthorised,
        }
    }

    /// A gateway that cannot reach the service answers 502, 503 or 504 in its place.
    const fn of_refusal(refusal: &Refusal) -> Self {
        match refusal.status {
            401 | 403 => Self::NotAuthorised,
            502..=504 => Self::Unreachable,
            _ => Self::Failed,
        }
    }

    /// The exit for many: a reason that all share, and "failed" when they differ.
    pub(crate) fn of_all(exits: impl IntoIterator<Item = Self>) -> Self {
        let mut exits = exits.into_iter();
        let Some(first) = exits.next() else { return Self::Worked };
        if exits.all(|exit| exit == first) { first } else { Self::Failed }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Worked => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::NotAuthorised => 3,
            Exit::Unreachable => 4,
            Exit::Interrupted => 130,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn many_share_an_exit_or_have_failed() {
        use Exit::{Failed, NotAuthorised, Worked};
        assert_eq!(Exit::of_all([]), Worked);
        assert_eq!(Exit::of_all([Worked, Worked]), Worked);
        assert_eq!(Exit::of_all([NotAuthorised, NotAuthorised]), NotAuthorised);
        assert_eq!(Exit::of_all([Worked, NotAuthorised]), Failed);
    }
}
