//! What a run synchronizes, and what it reports.

use std::time::SystemTime;

use codearts_repo::{RepositoryId, SyncJob, SyncOptions};

use crate::error::Error;
use crate::outcome::Outcome;

/// A repository to synchronize, and how.
///
/// ```
/// use codearts_repo::{RepositoryId, SyncOptions};
/// use codearts_repo_sync::SyncRequest;
///
/// # fn main() -> Result<(), codearts_repo::OutOfRange> {
/// let repository = RepositoryId::try_from(123)?;
/// let plain = SyncRequest::from(repository);
/// let forced = SyncRequest::new(repository, SyncOptions::new().force_fetch(true));
/// # let _ = (plain, forced);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncRequest {
    /// The repository.
    pub repository: RepositoryId,
    /// How its source is read.
    pub options: SyncOptions,
    /// Whether a repository without a mirror is skipped instead of reported as an error.
    pub skip_missing_mirror: bool,
}

impl SyncRequest {
    /// A repository, and how its source is read.
    #[must_use]
    pub const fn new(repository: RepositoryId, options: SyncOptions) -> Self {
        Self { repository, options, skip_missing_mirror: false }
    }

    /// Sets whether a repository without a mirror gets the outcome [`Outcome::Skipped`] instead of an error. Set it for
    /// repositories that come from a list of the service. Default: no.
    #[must_use]
    pub const fn skip_missing_mirror(mut self, skip: bool) -> Self {
        self.skip_missing_mirror = skip;
        self
    }
}

impl From<RepositoryId> for SyncRequest {
    fn from(repository: RepositoryId) -> Self {
        Self::new(repository, SyncOptions::new())
    }
}

/// The result for one of many repositories.
///
/// To store a result, store `job` and the outcome: both are serializable. An [`Error`] is not.
#[derive(Debug, Clone)]
pub struct Report {
    /// The repository.
    pub repository: RepositoryId,
    /// The synchronization that was started, if its task ID is known.
    pub job: Option<SyncJob>,
    /// The outcome, or what went wrong for this repository.
    pub result: Result<Outcome, Error>,
    /// Whether this comes from the journal and no call was made.
    pub recorded: bool,
    /// When it happened, by the clock of this machine: now, or earlier if it is recorded.
    pub at: SystemTime,
}

impl Report {
    pub(crate) fn new(repository: RepositoryId, job: Option<SyncJob>, result: Result<Outcome, Error>) -> Self {
        Self { repository, job, result, recorded: false, at: SystemTime::now() }
    }

    /// A result that the journal has from this time.
    pub(crate) fn recorded(repository: RepositoryId, jid: Option<String>, outcome: Outcome, at: SystemTime) -> Self {
        let job = jid.map(|jid| SyncJob::new(repository, jid));
        Self { recorded: true, at, ..Self::new(repository, job, Ok(outcome)) }
    }

    pub(crate) fn failed(repository: RepositoryId, error: Error) -> Self {
        Self::new(repository, error.job().cloned(), Err(error))
    }
}
