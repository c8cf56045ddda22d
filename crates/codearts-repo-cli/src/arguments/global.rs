//! The options of every command.

use std::fmt::{self, Display};
use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};
use codearts_repo::auth::CredentialsSource;
use codearts_repo::{Endpoint, Region};

use crate::advice::Explanation;
use crate::values;

const SERVICE: &str = "Service";
const CALLER: &str = "Configuration";
const OUTPUT: &str = "Output";

/// The options of every command.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Global {
    /// Region of the service, e.g. cn-north-4
    #[arg(long, global = true, help_heading = SERVICE, value_name = "REGION", value_parser = values::region)]
    pub(crate) region: Option<Region>,
    /// Address of the service [default: that of the region]
    #[arg(long, global = true, help_heading = SERVICE, value_name = "URL", value_parser = values::endpoint)]
    pub(crate) endpoint: Option<Endpoint>,
    /// Address of IAM [default: that of the region]
    #[arg(long, global = true, help_heading = SERVICE, value_name = "URL", value_parser = values::iam_endpoint)]
    pub(crate) iam_endpoint: Option<Endpoint>,
    /// PEM certificates to trust in addition to the platform's
    #[arg(long, global = true, help_heading = SERVICE, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Use a local CodeArts Repo that lives as long as this command
    #[cfg(feature = "emulator")]
    #[arg(long = "emulator", global = true, help_heading = SERVICE)]
    #[arg(conflicts_with_all = ["region", "endpoint", "iam_endpoint", "ca_file", "credentials", "credentials_section"])]
    pub(crate) local: bool,
    /// Profile of the configuration file
    #[arg(long, global = true, help_heading = CALLER, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Configuration file [default: ~/.config/codearts-repo/config.toml]
    #[arg(long, global = true, help_heading = CALLER, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Use only this source of credentials, e.g. oidc, pod or ecs; an unknown name lists all
    #[arg(long, global = true, help_heading = CALLER, value_name = "NAME", value_parser = values::credentials_name())]
    #[arg(hide_possible_values = true)]
    pub(crate) credentials: Option<CredentialsSource>,
    /// Use only the access key in this section of the SDK's credentials file
    #[arg(long, global = true, help_heading = CALLER, value_name = "NAME")]
    pub(crate) credentials_section: Option<String>,
    /// Neither read nor write IAM tokens on disk
    #[arg(long, global = true, help_heading = CALLER)]
    pub(crate) no_token_cache: bool,
    /// Print results as JSON, one line each
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Format of results
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "FORMAT", conflicts_with = "json")]
    pub(crate) output: Option<Format>,
    /// When to use colors
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "WHEN")]
    pub(crate) color: Option<Color>,
    /// Log to standard error; -vv and -vvv log more
    #[arg(short, long, global = true, help_heading = OUTPUT, action = ArgAction::Count)]
    verbose: u8,
    /// Print only results and errors
    #[arg(short, long, global = true, help_heading = OUTPUT, conflicts_with = "verbose")]
    quiet: bool,
}

impl Global {
    /// The verbosity that `-q` and `-v` set.
    pub(crate) const fn verbosity(&self) -> Option<Verbosity> {
        match (self.quiet, self.verbose) {
            (true, _) => Some(Verbosity::Quiet),
            (false, 0) => None,
            (false, 1) => Some(Verbosity::Info),
            (false, 2) => Some(Verbosity::Debug),
            (false, _) => Some(Verbosity::Trace),
        }
    }
}

/// Format of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// What to print in addition to results and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Verbosity {
    Quiet,
    Normal,
    Info,
    Debug,
    Trace,
}

impl Verbosity {
    /// One step more, for a server, whose log is its output.
    pub(crate) const fn louder(self) -> Self {
        match self {
            Self::Quiet => Self::Quiet,
            Self::Normal => Self::Info,
            Self::Info => Self::Debug,
            Self::Debug | Self::Trace => Self::Trace,
        }
    }
}

/// Reads and prints an enum by clap's names for its values.
macro_rules! words {
    ($name:ident) => {
        impl $name {
            pub(crate) fn parse(text: &str) -> Result<Self, Explanation> {
                <Self as ValueEnum>::from_str(text, false).map_err(|_| {
                    let words: Vec<String> = Self::value_variants().iter().map(ToString::to_string).collect();
                    Explanation::new("invalid value", format!("use one of {}", words.join(", ")))
                })
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.to_possible_value().map_or(Ok(()), |value| f.write_str(value.get_name()))
            }
        }
    };
}

words!(Format);
words!(Color);
words!(Verbosity);
