//! The options of a journal.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::advice::Explanation;
use crate::values;

/// Which journal is used, and for which run.
#[derive(Debug, Clone, Default, Args)]
#[group(id = "journaling")]
pub(crate) struct Journaling {
    /// Record the run in this file: the same command continues an interrupted run, and begins a new one otherwise
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    #[cfg_attr(feature = "emulator", arg(conflicts_with = "local"))]
    pub(crate) journal: Option<PathBuf>,
    /// Continue an interrupted run for this long after it began, e.g. 90m or 6h [default: 24h]
    #[arg(long, value_name = "DURATION", value_parser = values::duration, requires = "journal")]
    pub(crate) resume_within: Option<Duration>,
    /// Begin a new run, even if the last one was interrupted
    #[arg(long, requires = "journal", conflicts_with_all = ["resume_within", "run"])]
    pub(crate) new_run: bool,
    /// Name of the run, e.g. the ID of a CI job: the same name starts nothing twice
    #[arg(long, value_name = "NAME", requires = "journal", conflicts_with = "resume_within")]
    #[arg(value_parser = run_name)]
    pub(crate) run: Option<String>,
    /// Start what failed again when a run is continued
    #[arg(long, requires = "journal")]
    pub(crate) retry_failed: bool,
    /// Ask again about repositories that had no mirror in the last week
    #[arg(long, requires = "journal")]
    pub(crate) rescan: bool,
}

/// The longest name of a run, in bytes.
const LONGEST_NAME: usize = 200;

fn run_name(text: &str) -> Result<String, Explanation> {
    let name = text.trim();
    if name.is_empty() || name.len() > LONGEST_NAME || name.contains(char::is_control) {
        let advice = format!("use 1 to {LONGEST_NAME} bytes without control characters");
        return Err(Explanation::new("invalid name of a run", advice));
    }
    Ok(name.to_owned())
}
