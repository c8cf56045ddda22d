//! How a synchronisation ended.

use codearts_repo::SyncOptions;

/// How a synchronisation that was waited for ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The repository is as its source was.
    Finished,
    /// The service gave up.
    Failed {
        /// The service's own text, or its status word where it gave no text. It may hold line breaks, and what the
        /// source's server said, but not the credentials of the start where those are at hand.
        reason: String,
    },
    /// The time to wait was over before an end showed. The synchronisation may still be running, and may still
    /// finish.
    TimedOut,
}

impl Outcome {
    /// Without the credentials of the source: the server of the source may repeat them in its refusal.
    pub(crate) fn hiding(mut self, options: &SyncOptions) -> Self {
        if let Self::Failed { reason } = &mut self {
            options.hide_credentials(reason);
        }
        self
    }

    /// Whether the synchronisation is known to have finished well.
    ///
    /// ```
    /// use codearts_repo_sync::Outcome;
    ///
    /// assert!(Outcome::Finished.is_finished());
    /// assert!(!Outcome::TimedOut.is_finished(), "nobody knows");
    /// assert!(!Outcome::Failed { reason: "no such host".to_owned() }.is_finished());
    /// ```
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        matches!(self, Self::Finished)
    }
}
