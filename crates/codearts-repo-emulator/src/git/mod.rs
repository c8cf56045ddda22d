//! Git: mirroring from a source, and reading what was mirrored.

mod command;
mod demonstration;
mod environment;
mod group;
mod lock;
mod mirror;
mod reason;
mod redact;
mod refs;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use group::Groups;
use lock::RepositoryLock;
pub(crate) use mirror::{FetchOptions, Remote};
pub(crate) use refs::{Commit, Ref, Refs, is_ref_name};

use crate::secret::Secret;

/// A git program with an environment of its own.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    program: PathBuf,
    home: PathBuf,
    timeout: Duration,
    groups: Arc<Groups>,
}

/// A user name and a password for a mirror source, as bytes: the contract does not say that they are UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) username: Secret,
    pub(crate) password: Secret,
}

/// Why a git command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GitError {
    #[error("git could not be started")]
    NotStarted(#[source] io::Error),
    #[error("the connection to git was lost")]
    Io(#[source] io::Error),
    #[error("the synchronization took longer than {} s and was stopped", .0.as_secs_f64())]
    TimedOut(Duration),
    #[error("{0}")]
    Failed(String),
    /// A ref exists where another one has to be created.
    #[error("{0}")]
    RefConflict(String),
    #[error("{0}")]
    Refused(&'static str),
}

impl Git {
    pub(crate) fn new(program: PathBuf, home: PathBuf, timeout: Duration) -> Self {
        Self { program, home, timeout, groups: Arc::default() }
    }

    /// Checks that git can be run.
    pub(crate) async fn probe(&self) -> Result<(), GitError> {
        self.run(self.command().arg("--version")).await.map(drop)
    }

    /// Allows git to read the folders even if they belong to another user.
    pub(crate) fn trust(&self, folders: &[PathBuf]) -> io::Result<()> {
        environment::trust(&self.home, folders)
    }

    /// Creates an empty bare repository, unless there is one.
    pub(crate) async fn init(&self, repository: &Path) -> Result<(), GitError> {
        let mut command = self.command();
        command.args(["init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--end-of-options"]);
        self.run(command.arg(repository)).await.map(drop)
    }

    /// Cleans up after a synchronization that an earlier emulator did not finish.
    pub(crate) async fn recover(&self, repository: &Path) -> Result<(), GitError> {
        let lock = tokio::time::timeout(self.timeout, RepositoryLock::acquire(repository)).await;
        let lock = lock.map_err(|_| GitError::TimedOut(self.timeout))?;
        lock.and_then(RepositoryLock::release).map_err(GitError::Io)
    }

    /// Kills the git of every synchronization, for callers that cannot await.
    pub(crate) fn kill_all(&self) {
        self.groups.kill_all();
    }
}
