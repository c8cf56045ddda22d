//! The arguments of `sync`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use codearts_repo::RepositoryId;

use super::{Listing, Preview};
use crate::rate::Rate;

/// `sync`.
#[derive(Debug, Args)]
pub(crate) struct Sync {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) preview: Preview,
    /// Wait until each synchronisation has ended
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) pace: Pace,
    /// File that keeps what was started, so that the same command goes on after an interruption
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    #[cfg_attr(feature = "emulator", arg(conflicts_with = "local"))]
    pub(crate) journal: Option<PathBuf>,
    /// Force the synchronisation
    #[arg(long)]
    pub(crate) force: bool,
    /// User name at the mirror source; the password is CODEARTS_REPO_REMOTE_PASSWORD
    #[arg(long, value_name = "NAME")]
    pub(crate) remote_username: Option<String>,
    /// Read the password at the mirror source from the standard input
    #[arg(long)]
    pub(crate) remote_password_stdin: bool,
    /// Service endpoint of the project that holds the credentials for the mirror source
    #[arg(long, value_name = "UUID")]
    pub(crate) endpoint_uuid: Option<String>,
    #[command(flatten, next_help_heading = "Options of --all")]
    pub(crate) listing: Listing,
}

/// Which repositories.
#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = false)]
pub(crate) struct Source {
    /// Numbers of the repositories, 1 to 2147483647
    #[arg(value_name = "ID", conflicts_with = "listing")]
    pub(crate) repositories: Vec<RepositoryId>,
    /// Read them from a file or the standard input (-), a number or a JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with = "listing")]
    pub(crate) file: Option<PathBuf>,
    /// Take all repositories that the caller can see
    #[arg(long, conflicts_with = "preview")]
    pub(crate) all: bool,
}

/// How long, how many at once, and how fast. The settings decide what is not given.
#[derive(Debug, Clone, Default, Args)]
#[group(id = "pace")]
pub(crate) struct Pace {
    /// How long to wait for the end of one, 90s, 10m (unless set) or 2h for example
    #[arg(long, value_name = "DURATION", value_parser = crate::duration::parse)]
    pub(crate) timeout: Option<Duration>,
    /// Maximum number of calls in flight, 1 to 1000 [default: 50]
    #[arg(long, value_name = "NUMBER", value_parser = crate::rate::concurrency)]
    pub(crate) concurrency: Option<usize>,
    /// Maximum number of syncs that run at the service at once, 1 to 1000000, with --wait
    #[arg(long, value_name = "NUMBER", value_parser = crate::rate::max_running, default_value = "10000")]
    pub(crate) max_running: usize,
    /// Maximum number of calls a minute of each operation, 1/min to 60000/min or unlimited [default: 600/min]
    #[arg(long, value_name = "NUMBER/min", value_parser = crate::rate::parse)]
    pub(crate) rate: Option<Rate>,
}
