//! The result of a synchronization.

use std::fmt;

use codearts_repo::SyncOptions;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;

/// The result of a synchronization, as far as it was followed.
///
/// In JSON, `outcome` holds the name in snake case:
///
/// ```
/// use codearts_repo_sync::Outcome;
///
/// let json = r#"{"outcome":"failed","reason":"no such host","evidence":{"strength":"weak","fields":["last_error"]}}"#;
/// let failed: Outcome = serde_json::from_str(json)?;
/// assert_eq!(serde_json::to_string(&failed)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The service accepted the start. Nobody waited for the end.
    Started,
    /// The service reports success. The crate `codearts-repo-verify` finds out whether the mirror equals its source.
    Finished {
        /// Why this end was believed.
        #[serde(default)]
        evidence: Evidence,
    },
    /// The service reports a failure.
    Failed {
        /// The service's text, or its status word if it gave no text. It may contain line breaks and output of the
        /// mirror source. Credentials passed with the start are masked.
        reason: String,
        /// Why this end was believed.
        #[serde(default)]
        evidence: Evidence,
    },
    /// No end was certain within the timeout. The synchronization may still be running.
    TimedOut,
    /// The repository has no mirror, and [`SyncRequest::skip_missing_mirror`](crate::SyncRequest::skip_missing_mirror)
    /// was set. Nothing was started.
    Skipped,
}

impl Outcome {
    /// Masks the credentials of the source, which the source's server may repeat in an error.
    pub(crate) fn hiding(mut self, options: &SyncOptions) -> Self {
        if let Self::Failed { reason, .. } = &mut self {
            options.hide_credentials(reason);
        }
        self
    }

    /// Whether the service reports success.
    ///
    /// ```
    /// use codearts_repo_sync::{Evidence, Outcome};
    ///
    /// assert!(Outcome::Finished { evidence: Evidence::default() }.is_finished());
    /// assert!(!Outcome::TimedOut.is_finished());
    /// ```
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        matches!(self, Self::Finished { .. })
    }

    /// Why the end was believed; `None` if no end was seen.
    #[must_use]
    pub const fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::Finished { evidence } | Self::Failed { evidence, .. } => Some(evidence),
            Self::Started | Self::TimedOut | Self::Skipped => None,
        }
    }
}

/// The name of the outcome, and the reason of a failure.
impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => formatter.write_str("started"),
            Self::Finished { .. } => formatter.write_str("finished"),
            Self::Failed { reason, .. } => write!(formatter, "failed: {reason}"),
            Self::TimedOut => formatter.write_str("timed out"),
            Self::Skipped => formatter.write_str("skipped"),
        }
    }
}
