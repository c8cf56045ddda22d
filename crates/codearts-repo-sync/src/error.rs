//! Why a synchronization could not be started or followed.

use std::sync::Arc;

use codearts_repo::{RepositoryId, SyncJob};

use crate::journal::JournalError;

/// Why a synchronization could not be started or followed. Each variant says whether one was started.
///
/// `Display` covers this level only; walk [`source`](std::error::Error::source) for the cause.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading the mirror before the start failed. Nothing was started.
    #[error("failed to read the mirror before the start")]
    Baseline(#[source] Arc<codearts_repo::Error>),
    /// The start failed. Check [`may_have_been_sent`](codearts_repo::Error::may_have_been_sent) of the source before
    /// you retry.
    #[error("failed to start the synchronization")]
    Start(#[source] Arc<codearts_repo::Error>),
    /// A synchronization was started, but reading the mirror failed afterwards. Its end is unknown.
    #[error("the synchronization was started, but its end is unknown")]
    EndUnknown {
        /// The synchronization that was started, if its task ID is known.
        job: Option<SyncJob>,
        /// Why the mirror could not be read.
        source: Arc<codearts_repo::Error>,
    },
    /// The baseline and the job belong to different repositories.
    #[error("the baseline is for repository {baseline}, but the job is for repository {job}")]
    BaselineMismatch {
        /// The repository of the baseline.
        baseline: RepositoryId,
        /// The repository of the job.
        job: RepositoryId,
    },
    /// The run was canceled before the start. Nothing was started.
    #[error("canceled before the start")]
    Canceled,
    /// The service refused the caller for another repository of the run, so this one was not started.
    #[error("not started, because the service refused the caller")]
    CallerRefused(#[source] Arc<codearts_repo::Error>),
    /// The same repository is already in flight in this run. Nothing was started.
    #[error("the repository is already in flight in this run")]
    Duplicate,
    /// The journal cannot be written. Nothing was started.
    #[error("nothing was started, because the journal cannot be written")]
    Journal(#[source] Arc<JournalError>),
    /// The journal could not record what happened. The next run finds out by polling the mirror.
    #[error("the synchronization was started, but the journal could not record it")]
    Unrecorded {
        /// The synchronization that was started, if its task ID is known.
        job: Option<SyncJob>,
        /// Why it is not in the journal.
        source: Arc<JournalError>,
    },
}

impl Error {
    /// The failed call, if a call is the reason.
    #[must_use]
    pub fn service(&self) -> Option<&codearts_repo::Error> {
        match self {
            Self::Baseline(source)
            | Self::Start(source)
            | Self::EndUnknown { source, .. }
            | Self::CallerRefused(source) => Some(source),
            _ => None,
        }
    }

    /// The synchronization that was started before the error.
    #[must_use]
    pub const fn job(&self) -> Option<&SyncJob> {
        match self {
            Self::EndUnknown { job, .. } | Self::Unrecorded { job, .. } => job.as_ref(),
            _ => None,
        }
    }

    /// Whether a synchronization was started before the error. Its end is unknown then.
    #[must_use]
    pub const fn was_started(&self) -> bool {
        matches!(self, Self::EndUnknown { .. } | Self::Unrecorded { .. })
    }

    /// What to do next, if there is more to say than the cause does.
    ///
    /// ```
    /// use codearts_repo_sync::Error;
    ///
    /// assert_eq!(Error::Canceled.advice(), Some("run the same command again to continue"));
    /// ```
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::EndUnknown { .. } => "check the status of the mirror later",
            Self::BaselineMismatch { .. } => "read a baseline for each repository",
            Self::Canceled => "run the same command again to continue",
            Self::CallerRefused(_) => "check the credentials, then run the same command again",
            Self::Duplicate => "list each repository once",
            Self::Journal(source) | Self::Unrecorded { source, .. } => source.advice(),
            _ => return None,
        })
    }
}
