//! The arguments of `verify`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use codearts_repo_verify::Branches;

use super::{Listing, Selection};
use crate::advice::Explanation;
use crate::rate::{self, Rate};
use crate::values;

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// Branches to compare, with a call for each if all; tags are always compared
    #[arg(long, value_name = "WHICH", default_value = "default")]
    pub(crate) branches: WhichBranches,
    /// Print how many calls it takes and how long, without sending anything
    #[arg(long, group = "preview")]
    pub(crate) dry_run: bool,
    /// Write what the service reported with each verdict to this file, without names and addresses
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) report: Option<PathBuf>,
    /// Write metrics to this file for node_exporter's textfile collector, e.g. mirrors.prom
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) metrics: Option<PathBuf>,
    /// Write a static page with every mirror to this file
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) html: Option<PathBuf>,
    /// How long each source may take to list its refs, e.g. 20s or 2m [default: 1m]
    #[arg(long, value_name = "DURATION", value_parser = values::duration)]
    pub(crate) timeout: Option<Duration>,
    /// Maximum number of mirrors to compare at once, 1 to 1000 [default: 16]
    #[arg(long, value_name = "NUMBER", value_parser = rate::concurrency)]
    pub(crate) concurrency: Option<usize>,
    /// Maximum number of calls a minute of each operation, 1/min to 60000/min or unlimited [default: 600/min]
    #[arg(long, value_name = "NUMBER/min", value_parser = rate::parse)]
    pub(crate) rate: Option<Rate>,
    /// User name at the mirror source; set the password in CODEARTS_REPO_REMOTE_PASSWORD
    #[arg(long, value_name = "NAME", value_parser = values::text)]
    pub(crate) remote_username: Option<String>,
    /// Read the password for the mirror source from standard input
    #[arg(long)]
    pub(crate) remote_password_stdin: bool,
    /// Use an empty password for the mirror source; elsewhere an empty password is an error
    #[arg(long, conflicts_with = "remote_password_stdin")]
    pub(crate) empty_remote_password: bool,
    #[command(flatten, next_help_heading = "Keep a fleet verified")]
    pub(crate) fleet: Fleet,
    #[command(flatten, next_help_heading = "Options of --all and --project")]
    pub(crate) listing: Listing,
}

/// The options of a fleet that stays verified.
#[derive(Debug, Clone, Args)]
pub(crate) struct Fleet {
    /// Remember each proof in this file, and verify only mirrors that are due
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) state: Option<PathBuf>,
    /// How old a proof may become, 1s to 3650d [default: 7d]
    #[arg(long, value_name = "AGE", value_parser = values::age, requires = "state")]
    pub(crate) due: Option<Duration>,
    /// End after this time, e.g. 10m; what is left comes first in the next run
    #[arg(long, value_name = "DURATION", value_parser = values::duration, requires = "state")]
    pub(crate) budget: Option<Duration>,
    /// End after this many calls, 4 or more
    #[arg(long, value_name = "NUMBER", value_parser = calls, requires = "state", conflicts_with = "budget")]
    pub(crate) calls: Option<u64>,
    /// Synchronize each mirror that differs and verify it again; force also overwrites diverged branches
    #[arg(long, value_name = "HOW", require_equals = true, num_args = 0..=1, default_missing_value = "gentle")]
    #[arg(requires = "state")]
    pub(crate) repair: Option<HowToRepair>,
    /// Forget mirrors in the state file that are not in the list
    #[arg(long, requires = "state")]
    pub(crate) prune: bool,
}

/// `--repair`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HowToRepair {
    // Plain comments: with doc comments, the help would list each value on a line of its own.
    // A synchronization as the service does it by itself.
    Gentle,
    // With force_fetch.
    Force,
}

/// Reads a number of calls.
fn calls(text: &str) -> Result<u64, Explanation> {
    let calls = text.parse().ok().filter(|calls| *calls > 0);
    calls.ok_or_else(|| Explanation::new("invalid number of calls", "use a number from 4"))
}

/// `--branches`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhichBranches {
    // Comments, so that the help lists the values on one line.
    // The default branch of the source, and that of the mirror if it is another one.
    Default,
    // Every branch, with one call for each.
    All,
}

impl From<WhichBranches> for Branches {
    fn from(which: WhichBranches) -> Self {
        match which {
            WhichBranches::Default => Self::Default,
            WhichBranches::All => Self::All,
        }
    }
}
