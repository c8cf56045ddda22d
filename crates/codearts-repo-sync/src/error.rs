//! Why a synchronisation could not be started or followed.

use codearts_repo::{RepositoryId, SyncJob};

use crate::journal::JournalError;

/// Why a synchronisation could not be started or followed. Each variant says whether one was started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The state of the mirror before the start could not be read.
    #[error("the state of the mirror could not be read, and nothing was started")]
    Baseline(#[source] codearts_repo::Error),
    /// The start failed. Ask the source whether it [may have been sent](codearts_repo::Error::may_have_been_sent).
    #[error("the synchronisation was not started")]
    Start(#[source] codearts_repo::Error),
    /// A synchronisation was started, and then its state could not be read.
    #[error("task {} was started, but how it ends could not be read; look at the mirror's state later", .job.id)]
    Lost {
        /// The synchronisation that was started.
        job: SyncJob,
        /// Why its state could not be read.
        source: codearts_repo::Error,
    },
    /// The baseline is that of another repository than the job.
    #[error(
        "the baseline is of repository {baseline}, the job of repository {job}; take a baseline of each repository"
    )]
    OtherRepository {
        /// The repository of the baseline.
        baseline: RepositoryId,
        /// The repository of the job.
        job: RepositoryId,
    },
    /// The request to stop came before the start.
    #[error("stopped before the start; nothing was started")]
    Stopped,
    /// The same repository is under way already, in the same call of `sync_many`.
    #[error("the same repository is under way already; give each repository once")]
    UnderWay,
    /// The journal cannot take more, and nothing was started.
    #[error("nothing was started, because it could not be written down")]
    Journal(#[source] JournalError),
    /// The journal could not take what happened; the next run does not know of it.
    #[error("task {} was started, and it could not be written down", .job.id)]
    Unrecorded {
        /// The synchronisation that was started.
        job: SyncJob,
        /// Why it is not in the journal.
        source: JournalError,
    },
}

impl Error {
    /// What the service or the connection to it said, where that is the reason.
    #[must_use]
    pub const fn service(&self) -> Option<&codearts_repo::Error> {
        match self {
            Self::Baseline(source) | Self::Start(source) | Self::Lost { source, .. } => Some(source),
            _ => None,
        }
    }

    /// The synchronisation that was started before this went wrong.
    #[must_use]
    pub const fn job(&self) -> Option<&SyncJob> {
        match self {
            Self::Lost { job, .. } | Self::Unrecorded { job, .. } => Some(job),
            _ => None,
        }
    }
}
