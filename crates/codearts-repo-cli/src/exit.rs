//! The exit codes that scripts rely on.

use std::process::ExitCode;

use codearts_repo::auth::AuthStep;
use codearts_repo::{Error, ErrorKind};

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All worked.
    Worked,
    /// Some or all repositories failed.
    Failed,
    /// Bad usage or input; nothing was sent.
    Usage,
    /// The service refused the caller or the call.
    NotAuthorized,
    /// The service or the network could not be reached.
    Unreachable,
    /// A signal ended it.
    Interrupted,
}

/// The one table of them; the help and the documentation have it from here.
const TABLE: [(Exit, u8, &str); 6] = [
    (Exit::Worked, 0, "All worked"),
    (Exit::Failed, 1, "Some or all repositories failed"),
    (Exit::Usage, 2, "Bad usage or input; nothing was sent"),
    (Exit::NotAuthorized, 3, "Not authorized"),
    (Exit::Unreachable, 4, "The service or the network could not be reached"),
    (Exit::Interrupted, 130, "Interrupted"),
];

impl Exit {
    /// The table as the help has it.
    pub(crate) fn table() -> String {
        let lines: Vec<String> = TABLE.iter().map(|(_, code, meaning)| format!("  {code:<3}  {meaning}")).collect();
        format!("Exit codes:\n{}", lines.join("\n"))
    }

    /// The exit for one failed call.
    pub(crate) fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Config | ErrorKind::NotSent => Self::Usage,
            ErrorKind::Authorization => {
                error.auth_error().map_or(Self::NotAuthorized, |error| Self::of_step(error.step()))
            }
            ErrorKind::Connection | ErrorKind::Untrusted | ErrorKind::Timeout | ErrorKind::Incomplete => {
                Self::Unreachable
            }
            ErrorKind::TokenExpired | ErrorKind::Unauthenticated | ErrorKind::PermissionDenied => Self::NotAuthorized,
            // A gateway that cannot reach the service answers in its place.
            ErrorKind::Unavailable if matches!(error.status(), Some(502..=504)) => Self::Unreachable,
            _ => Self::Failed,
        }
    }

    /// Without credentials for the call.
    const fn of_step(step: AuthStep) -> Self {
        match step {
            AuthStep::Setup | AuthStep::TokenCache | AuthStep::TokenFile | AuthStep::Token => Self::Usage,
            AuthStep::IamConnection | AuthStep::IamUnavailable | AuthStep::KeyService => Self::Unreachable,
            _ => Self::NotAuthorized,
        }
    }

    /// The exit for many: a reason that all share, and "failed" when they differ.
    pub(crate) fn of_all(exits: impl IntoIterator<Item = Self>) -> Self {
        let mut exits = exits.into_iter();
        let Some(first) = exits.next() else { return Self::Worked };
        if exits.all(|exit| exit == first) { first } else { Self::Failed }
    }
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        TABLE.iter().find(|(exit, ..)| *exit == self).map_or(1, |(_, code, _)| *code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, TABLE};

    #[test]
    fn each_exit_has_a_code_of_its_own() {
        use Exit::{Failed, Interrupted, NotAuthorized, Unreachable, Usage, Worked};
        // An exit that is new has to be added here, and to the table.
        for exit in [Worked, Failed, Usage, NotAuthorized, Unreachable, Interrupted] {
            match exit {
                Worked | Failed | Usage | NotAuthorized | Unreachable | Interrupted => {}
            }
            assert_eq!(TABLE.iter().filter(|(of, ..)| *of == exit).count(), 1, "{exit:?}");
        }
        let codes: std::collections::HashSet<u8> = TABLE.iter().map(|(_, code, _)| *code).collect();
        assert_eq!(codes.len(), TABLE.len());
    }

    #[test]
    fn many_share_an_exit_or_have_failed() {
        use Exit::{Failed, NotAuthorized, Worked};
        assert_eq!(Exit::of_all([]), Worked);
        assert_eq!(Exit::of_all([Worked, Worked]), Worked);
        assert_eq!(Exit::of_all([NotAuthorized, NotAuthorized]), NotAuthorized);
        assert_eq!(Exit::of_all([Worked, NotAuthorized]), Failed);
    }
}
