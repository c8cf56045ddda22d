//! Why an emulator did not start.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::contract::ContractError;

/// Why an emulator did not start; each message says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The git program is not there or cannot be run.
    #[error("git could not be run; install git and make sure that it is on the PATH")]
    GitMissing(#[source] Box<dyn Error + Send + Sync>),
    /// Git could not make a repository.
    #[error("git could not make the repository in {}; look at the cause and at the folder's rights", folder.display())]
    Git {
        /// Where the repository was to be made.
        folder: PathBuf,
        /// What git said.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The address cannot be listened at.
    #[error("cannot listen at {address}; choose another address, or port 0 for a free port")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The address is reachable from other machines, which nobody allowed.
    #[error("{0} can be reached from other machines; choose a loopback address, or allow it with allow_non_loopback")]
    NotLoopback(SocketAddr),
    /// The data folder cannot be used.
    #[error("the data folder {} cannot be used; choose a folder that can be written to", folder.display())]
    DataFolder {
        /// The data folder.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Another emulator uses the data folder.
    #[error("the data folder {} is in use by another emulator; stop that one or choose another folder", .0.display())]
    DataFolderInUse(PathBuf),
    /// The state in the data folder cannot be used.
    #[error("the state in {} cannot be read; move the file away to begin anew, or choose another folder", path.display())]
    State {
        /// The file that holds the state.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A repository's id is outside the documented range.
    #[error("the repository id {0} is out of range; use 1 to 2147483647")]
    RepositoryId(u32),
    /// Two repositories have the same id.
    #[error("the repository id {0} is used twice; give each repository an id of its own")]
    DuplicateRepository(u32),
    /// The address of an upstream is not one that can be mirrored from.
    #[error("the upstream of repository {0} is not an http or https address; for a folder use Upstream::local")]
    Upstream(u32),
    /// The folder of an upstream is not there. The message leaves its text out: it may be an address with a password.
    #[error("the upstream of repository {0} is no folder; name a folder that exists, or an http or https address")]
    UpstreamFolder(u32),
    /// A token's length is outside the documented range, or it cannot stand in a header.
    #[error("a token has 1 to 100,000 visible ASCII characters; correct the one that was given")]
    Token,
    /// The OpenAPI document cannot be served.
    #[error("the OpenAPI document cannot be served; correct it as the cause says")]
    Contract(#[from] ContractError),
}
