//! The result of a synchronization.

use codearts_repo::SyncOptions;
use serde::{Deserialize, Serialize};

/// The result of a synchronization, as far as it was followed.
///
/// In JSON, `outcome` holds the name in snake case:
///
/// ```
/// use codearts_repo_sync::Outcome;
///
/// let failed = Outcome::Failed { reason: "no such host".to_owned() };
/// let json = serde_json::to_string(&failed)?;
/// assert_eq!(json, r#"{"outcome":"failed","reason":"no such host"}"#);
/// assert_eq!(serde_json::from_str::<Outcome>(&json)?, failed);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The service accepted the start. Nobody waited for the end.
    Started,
    /// The service reports success.
    Finished,
    /// The service reports a failure.
    Failed {
        /// The service's text, or its status word if it gave no text. It may contain line breaks and output of the
        /// mirror source. Credentials passed with the start are masked.
        reason: String,
    },
    /// No end was seen within the timeout. The synchronization may still be running.
    TimedOut,
    /// The repository has no mirror, and [`SyncRequest::skip_missing_mirror`](crate::SyncRequest::skip_missing_mirror)
    /// was set. Nothing was started.
    Skipped,
}

impl Outcome {
    /// Masks the credentials of the source, which the source's server may repeat in an error.
    pub(crate) fn hiding(mut self, options: &SyncOptions) -> Self {
        if let Self::Failed { reason } = &mut self {
            options.hide_credentials(reason);
        }
        self
    }

    /// Whether the service reports success.
    ///
    /// ```
    /// use codearts_repo_sync::Outcome;
    ///
    /// assert!(Outcome::Finished.is_finished());
    /// assert!(!Outcome::TimedOut.is_finished());
    /// ```
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        matches!(self, Self::Finished)
    }
}
