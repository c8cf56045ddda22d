//! What ends a command early.

use std::error::Error;
use std::fmt;

use crate::exit::Exit;

/// Why a command ends early: what is wrong, what to do next, and an exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    message: String,
}

impl Failure {
    /// `what` is wrong; `next` says what to do about it, and begins with a verb.
    pub(crate) fn new(exit: Exit, what: impl fmt::Display, next: impl fmt::Display) -> Self {
        Self { exit, message: format!("{what}; {next}") }
    }

    /// Something that the caller gave cannot be used. Nothing was sent.
    pub(crate) fn usage(what: impl fmt::Display, next: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, what, next)
    }

    /// Something that the caller gave cannot be used, in the words of somebody who may have said what to do next.
    pub(crate) fn advised(words: String, next: &str) -> Self {
        if says_what_to_do(&words) { Self { exit: Exit::Usage, message: words } } else { Self::usage(words, next) }
    }

    /// The list of repositories ended before its end.
    pub(crate) fn broken_list(error: &codearts_repo::Error) -> Self {
        let message = format!("the list of repositories broke off: {}", told(error));
        Self { exit: Exit::of(error), message }
    }

    /// The same failure with words before it, and another exit code.
    pub(crate) fn after(self, words: &str, exit: Exit) -> Self {
        Self { exit, message: format!("{words}: {}", self.message) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<codearts_repo::Error> for Failure {
    fn from(error: codearts_repo::Error) -> Self {
        Self { exit: Exit::of(&error), message: told(&error) }
    }
}

/// An error of a call, its causes, and what to do next.
pub(crate) fn told(error: &codearts_repo::Error) -> String {
    use codearts_repo::Error::{Auth, Config, NotSent, Refused};
    let text = chain(error);
    match error {
        // The service's own text may have a semicolon in it.
        Refused(refusal) if !matches!(refusal.status, 300..=399 | 401 | 403 | 404 | 429 | 500..=599) => {
            format!("{text}; correct what the service names, or give the request id to the vendor")
        }
        Auth(_) | Config(_) | NotSent(_) if !says_what_to_do(&text) => {
            format!("{text}; look at `codearts-repo auth show`")
        }
        _ => text,
    }
}

/// An error and its causes on one line. What the error itself says to do next stands at the end.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = None;
    if error.source().is_some()
        && let Some((what, advice)) = text.clone().split_once("; ")
    {
        text.truncate(what.len());
        next = Some(advice.to_owned());
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        // Some libraries repeat their cause in their own words.
        if !text.ends_with(&words) {
            text = format!("{text}: {words}");
        }
        cause = error.source();
    }
    next.map_or(text.clone(), |next| format!("{text}; {next}"))
}

/// Whether a text of this project has an advice in it, which stands after a semicolon.
pub(crate) fn says_what_to_do(text: &str) -> bool {
    text.contains("; ") || text.starts_with("write ") || text.contains(": write ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Layer(&'static str, Option<Box<Self>>);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Layer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|layer| layer as _)
        }
    }

    #[test]
    fn what_to_do_next_stands_behind_the_causes() {
        let with = |text, cause| Layer(text, Some(Box::new(Layer(cause, None))));
        assert_eq!(chain(&with("no connection; check it", "refused")), "no connection: refused; check it");
        assert_eq!(chain(&with("X holds none", "it is empty; set it")), "X holds none: it is empty; set it");
        assert_eq!(chain(&with("broken: refused; look", "refused")), "broken: refused; look");
        assert_eq!(chain(&Layer("alone; look", None)), "alone; look");
    }
}
