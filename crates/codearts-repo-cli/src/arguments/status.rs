//! The arguments of `status`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgGroup, Args};

use super::{Listing, Selection};
use crate::rate::{self, Rate};
use crate::values;

/// `status`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("preview"))]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// Print only mirrors with a problem
    #[arg(long)]
    pub(crate) problems: bool,
    /// Report a mirror whose last success is older, e.g. 90m, 24h or 30d
    #[arg(long, value_name = "DURATION", value_parser = values::age)]
    pub(crate) max_age: Option<Duration>,
    /// Write metrics to this file for node_exporter's textfile collector, e.g. mirrors.prom
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) metrics: Option<PathBuf>,
    /// Write a static page with every mirror to this file
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub(crate) html: Option<PathBuf>,
    /// Maximum number of calls in flight, 1 to 1000 [default: 50]
    #[arg(long, value_name = "NUMBER", value_parser = rate::concurrency)]
    pub(crate) concurrency: Option<usize>,
    /// Maximum number of calls a minute of each operation, 1/min to 60000/min or unlimited [default: 600/min]
    #[arg(long, value_name = "NUMBER/min", value_parser = rate::parse)]
    pub(crate) rate: Option<Rate>,
    #[command(flatten, next_help_heading = "Options of --all and --project")]
    pub(crate) listing: Listing,
}
