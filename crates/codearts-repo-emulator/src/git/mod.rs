//! The git that does the mirroring.

mod command;
mod demonstration;
mod environment;
mod fetch;
mod hidden;
mod lease;
mod reason;
mod running;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub(crate) use fetch::{Plan, Source};
use running::Running;

use crate::secret::Secret;

/// A git program with an environment of its own.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    program: PathBuf,
    home: PathBuf,
    time_limit: Duration,
    running: Arc<Running>,
}

/// A user name and a password for a mirror source, as bytes: the contract does not say that they are UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) username: Secret,
    pub(crate) password: Secret,
}

/// Why git did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GitError {
    #[error("git could not be started; install git, or name another program")]
    NotStarted(#[source] std::io::Error),
    #[error("git could not be followed to its end")]
    Lost(#[source] std::io::Error),
    #[error("the synchronisation took longer than {} and was stopped", seconds(.0))]
    TimedOut(Duration),
    #[error("{0}")]
    Failed(String),
    /// A ref stands where another one has to go.
    #[error("{0}")]
    RefInTheWay(String),
    #[error("{0}")]
    Refused(&'static str),
}

fn seconds(duration: &Duration) -> String {
    format!("{} s", duration.as_secs_f64())
}

impl Git {
    pub(crate) fn new(program: PathBuf, home: PathBuf, time_limit: Duration) -> Self {
        Self { program, home, time_limit, running: Arc::default() }
    }

    /// Whether git is there at all.
    pub(crate) async fn probe(&self) -> Result<(), GitError> {
        self.run(self.command().arg("--version")).await.map(drop)
    }

    /// Makes an empty bare repository, or does nothing when there is one.
    pub(crate) async fn init(&self, repository: &Path) -> Result<(), GitError> {
        let mut command = self.command();
        command.args(["init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--"]).arg(repository);
        self.run(&mut command).await.map(drop)
    }

    /// Ends what an earlier emulator began in a repository and did not end.
    pub(crate) async fn recover(&self, repository: &Path) -> Result<(), GitError> {
        let lease = tokio::time::timeout(self.time_limit, lease::Lease::take(repository)).await;
        let lease = lease.map_err(|_| GitError::TimedOut(self.time_limit))?;
        lease.and_then(lease::Lease::end).map_err(GitError::Lost)
    }

    /// Kills every git that still runs; used where nothing can be awaited.
    pub(crate) fn kill_all(&self) {
        self.running.kill_all();
    }
}
