//! The arguments of `sync`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use codearts_repo::{ProjectId, RepositoryId};

use super::verify::WhichBranches;
use super::{Journaling, Listing, Preview};
use crate::rate::{self, Rate};
use crate::values;

/// `sync`.
#[derive(Debug, Args)]
pub(crate) struct Sync {
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// From --file with lines of `sync --json`, select only repositories whose last outcome is a failure
    #[arg(long, requires = "file")]
    pub(crate) only_failed: bool,
    #[command(flatten)]
    pub(crate) preview: Preview,
    /// Wait for each synchronization to end
    #[arg(long)]
    pub(crate) wait: bool,
    /// Compare each mirror with its source when its synchronization has ended
    #[arg(long, requires = "wait")]
    pub(crate) verify: bool,
    /// Branches that --verify compares; tags are always compared
    #[arg(long, value_name = "WHICH", default_value = "default", requires = "verify")]
    pub(crate) branches: WhichBranches,
    /// Write metrics to this file for node_exporter's textfile collector, e.g. mirrors.prom
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) metrics: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pace: Pace,
    /// Force the synchronization
    #[arg(long)]
    pub(crate) force: bool,
    /// User name at the mirror source; set the password in CODEARTS_REPO_REMOTE_PASSWORD
    #[arg(long, value_name = "NAME", value_parser = values::text)]
    pub(crate) remote_username: Option<String>,
    /// Read the password for the mirror source from standard input
    #[arg(long)]
    pub(crate) remote_password_stdin: bool,
    /// Use an empty password for the mirror source; elsewhere an empty password is an error
    #[arg(long, conflicts_with = "remote_password_stdin")]
    pub(crate) empty_remote_password: bool,
    /// Service endpoint of the project with the credentials for the mirror source
    #[arg(long, value_name = "UUID", value_parser = values::text)]
    pub(crate) endpoint_uuid: Option<String>,
    #[command(flatten, next_help_heading = "Options of a journal")]
    pub(crate) journaling: Journaling,
    #[command(flatten, next_help_heading = "Options of --all and --project")]
    pub(crate) listing: Listing,
}

/// The repositories of a command.
#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = false)]
pub(crate) struct Selection {
    #[arg(help = values::with_ids("Repository IDs"))]
    #[arg(value_name = "ID", conflicts_with = "listing", value_parser = values::repository)]
    pub(crate) repositories: Vec<RepositoryId>,
    /// Read repositories from a file or standard input (-), one ID or JSON object per line
    #[arg(long, value_name = "FILE", conflicts_with = "listing")]
    pub(crate) file: Option<PathBuf>,
    /// Select all repositories that you can see
    #[arg(long, conflicts_with = "preview")]
    pub(crate) all: bool,
    /// Select all repositories of a project
    #[arg(long, value_name = "PROJECT_ID", conflicts_with = "preview", value_parser = values::project)]
    pub(crate) project: Option<ProjectId>,
}

/// How long, how many at once, and how fast. Options that are not set come from the settings.
#[derive(Debug, Clone, Default, Args)]
#[group(id = "pace")]
pub(crate) struct Pace {
    /// How long to wait for each sync to end, e.g. 90s or 2h [default: 10m]
    #[arg(long, value_name = "DURATION", value_parser = values::duration)]
    pub(crate) timeout: Option<Duration>,
    /// Maximum number of calls in flight, 1 to 1000 [default: 50]
    #[arg(long, value_name = "NUMBER", value_parser = rate::concurrency)]
    pub(crate) concurrency: Option<usize>,
    /// Maximum number of syncs that run at the service at once, 1 to 1000000, with --wait
    #[arg(long, value_name = "NUMBER", value_parser = rate::max_running, default_value = "10000")]
    pub(crate) max_running: usize,
    /// Maximum number of calls a minute of each operation, 1/min to 60000/min or unlimited [default: 600/min]
    #[arg(long, value_name = "NUMBER/min", value_parser = rate::parse)]
    pub(crate) rate: Option<Rate>,
}
