//! Why an emulator did not start.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use codearts_repo_client::bounds;

use crate::contract::ContractError;

/// Why an emulator did not start. [`advice`](Self::advice) says what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The git program is missing or cannot be run.
    #[error("git could not be run")]
    GitMissing(#[source] Box<dyn Error + Send + Sync>),
    /// Git could not create a repository.
    #[error("git could not create the repository in {}", folder.display())]
    Git {
        /// The folder of the repository.
        folder: PathBuf,
        /// The message of git.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The emulator cannot listen on the address.
    #[error("cannot listen on {address}")]
    Listen {
        /// The chosen address.
        address: SocketAddr,
        /// The error of the system.
        #[source]
        source: io::Error,
    },
    /// Other machines can reach the address, which was not allowed.
    #[error("{0} can be reached from other machines")]
    NotLoopback(SocketAddr),
    /// The data folder cannot be used.
    #[error("the data folder {} cannot be used", folder.display())]
    DataFolder {
        /// The data folder.
        folder: PathBuf,
        /// The error of the system.
        #[source]
        source: io::Error,
    },
    /// Another emulator uses the data folder.
    #[error("the data folder {} is in use by another emulator", .0.display())]
    DataFolderInUse(PathBuf),
    /// The state in the data folder cannot be read.
    #[error("the state in {} cannot be read", path.display())]
    State {
        /// The file with the state.
        path: PathBuf,
        /// The problem.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A repository's id is outside the documented range.
    #[error("the repository id {0} is not within {least} to {most}", least = bounds::REPOSITORY_ID.start(), most = bounds::REPOSITORY_ID.end())]
    RepositoryId(u64),
    /// Two repositories have the same id.
    #[error("the repository id {0} is used twice")]
    DuplicateRepository(u64),
    /// The address of an upstream is not http or https. The message does not repeat it: it may contain a password.
    #[error("the upstream of repository {0} is not an http or https address")]
    Upstream(u64),
    /// The folder of an upstream does not exist. The message does not repeat it: it may be an address with a password.
    #[error("the upstream of repository {0} is not a folder")]
    UpstreamFolder(u64),
    /// A token is too long or empty, or cannot be sent in a header.
    #[error("a token does not have {} to {} visible ASCII characters", bounds::TOKEN.start(), bounds::TOKEN.end())]
    Token,
    /// The OpenAPI document cannot be used.
    #[error("the OpenAPI document cannot be used")]
    Contract(#[from] ContractError),
}

impl StartError {
    /// What to do about it, as an imperative without a period.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::GitMissing(_) => "install git, or set its path with git_program",
            Self::Git { .. } => "check the permissions of the folder",
            Self::Listen { .. } => "choose another address, or port 0 for a free port",
            Self::NotLoopback(_) => "choose a loopback address, or allow it with allow_non_loopback",
            Self::DataFolder { .. } => "choose a folder that can be written to",
            Self::DataFolderInUse(_) => "stop the other emulator, or choose another folder",
            Self::State { .. } => "move the file away to start from scratch, or choose another folder",
            Self::RepositoryId(_) => "use an id within the range",
            Self::DuplicateRepository(_) => "use a different id for each repository",
            Self::Upstream(_) => "use an http or https address, or Upstream::local for a folder",
            Self::UpstreamFolder(_) => "use a folder that exists, or an http or https address",
            Self::Token => "fix the token",
            Self::Contract(_) => "fix the document",
        }
    }
}
