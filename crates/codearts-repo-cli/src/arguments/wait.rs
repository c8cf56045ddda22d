//! The arguments of `wait`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::rate::{self, Rate};
use crate::values;

/// `wait`.
#[derive(Debug, Args)]
pub(crate) struct Wait {
    #[command(flatten)]
    pub(crate) started: Started,
    /// Name of the run in the journal [default: the last run]
    #[arg(long, value_name = "NAME", requires = "journal")]
    pub(crate) run: Option<String>,
    /// How long to wait for each sync to end, e.g. 90s or 2h [default: 10m]
    #[arg(long, value_name = "DURATION", value_parser = values::duration)]
    pub(crate) timeout: Option<Duration>,
    /// Maximum number of calls a minute of each operation, 1/min to 60000/min or unlimited [default: 600/min]
    #[arg(long, value_name = "NUMBER/min", value_parser = rate::parse)]
    pub(crate) rate: Option<Rate>,
}

/// Where it says what was started.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Started {
    /// Journal of the command that started them; it is only read
    #[arg(long, value_name = "FILE")]
    #[cfg_attr(feature = "emulator", arg(conflicts_with = "local"))]
    pub(crate) journal: Option<PathBuf>,
    /// Lines with a repository_id and the baseline from before its start, from a file or standard input (-)
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}
