//! What every command takes.

use std::fmt::{self, Display};
use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};
use codearts_repo::{Endpoint, Region};

const SERVICE: &str = "Service";
const CALLER: &str = "Caller and configuration";
const OUTPUT: &str = "Output";

fn region(text: &str) -> Result<Region, String> {
    text.parse().map_err(|error: codearts_repo::UnknownRegion| format!("{error}; {}", error.advice()))
}

fn endpoint(text: &str) -> Result<Endpoint, String> {
    text.parse().map_err(|error: codearts_repo::InvalidEndpoint| format!("{error}; {}", error.advice()))
}

fn iam_endpoint(text: &str) -> Result<Endpoint, String> {
    Endpoint::parse_iam(text).map_err(|error| format!("{error}; {}", error.advice()))
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Global {
    /// Region of the service, cn-north-4 for example
    #[arg(long, global = true, help_heading = SERVICE, value_name = "REGION", value_parser = region)]
    pub(crate) region: Option<Region>,
    /// Address of the service, in place of the region's own
    #[arg(long, global = true, help_heading = SERVICE, value_name = "URL", value_parser = endpoint)]
    pub(crate) endpoint: Option<Endpoint>,
    /// Address of IAM, in place of the region's own
    #[arg(long, global = true, help_heading = SERVICE, value_name = "URL", value_parser = iam_endpoint)]
    pub(crate) iam_endpoint: Option<Endpoint>,
    /// PEM certificates to trust beside the platform's own
    #[arg(long, global = true, help_heading = SERVICE, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Use a CodeArts Repo made in this process, which is gone at the end
    #[cfg(feature = "emulator")]
    #[arg(long = "emulator", global = true, help_heading = SERVICE)]
    #[arg(conflicts_with_all = ["region", "endpoint", "iam_endpoint", "ca_file", "credentials_section"])]
    pub(crate) local: bool,
    /// Profile of the configuration file
    #[arg(long, global = true, help_heading = CALLER, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Configuration file, in place of the user's
    #[arg(long, global = true, help_heading = CALLER, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Section of the SDK's credentials file to take the access key from, and nothing else
    #[arg(long, global = true, help_heading = CALLER, value_name = "NAME")]
    pub(crate) credentials_section: Option<String>,
    /// Ask IAM for a token each time, and keep none on disk
    #[arg(long, global = true, help_heading = CALLER)]
    pub(crate) no_token_cache: bool,
    /// Write results as JSON, one line each
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// The same by its name
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "FORMAT", conflicts_with = "json")]
    pub(crate) output: Option<Format>,
    /// When to use colours
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "WHEN")]
    pub(crate) color: Option<Colour>,
    /// Log to the standard error; more with -vv and -vvv
    #[arg(short, long, global = true, help_heading = OUTPUT, action = ArgAction::Count)]
    verbose: u8,
    /// Tell results and errors alone
    #[arg(short, long, global = true, help_heading = OUTPUT, conflicts_with = "verbose")]
    quiet: bool,
}

impl Global {
    /// Two options that exclude each other. clap does not see it when one stands before the command and one behind it.
    pub(super) fn conflict(&self) -> Option<(&'static str, &'static str)> {
        let excluded = [
            ("--json", self.json, "--output", self.output.is_some()),
            ("--quiet", self.quiet, "--verbose", self.verbose > 0),
            #[cfg(feature = "emulator")]
            ("--emulator", self.local, "--region", self.region.is_some()),
            #[cfg(feature = "emulator")]
            ("--emulator", self.local, "--endpoint", self.endpoint.is_some()),
            #[cfg(feature = "emulator")]
            ("--emulator", self.local, "--iam-endpoint", self.iam_endpoint.is_some()),
            #[cfg(feature = "emulator")]
            ("--emulator", self.local, "--ca-file", self.ca_file.is_some()),
            #[cfg(feature = "emulator")]
            ("--emulator", self.local, "--credentials-section", self.credentials_section.is_some()),
        ];
        excluded.into_iter().find(|(_, one, _, other)| *one && *other).map(|(one, _, other, _)| (one, other))
    }

    /// Whether the service is the emulator in this process.
    const fn is_local(&self) -> bool {
        #[cfg(feature = "emulator")]
        {
            self.local
        }
        #[cfg(not(feature = "emulator"))]
        {
            false
        }
    }

    /// The same for options of a command that writes requests or keeps a journal.
    pub(super) fn conflict_with(&self, curl: bool, journal: bool) -> Option<(&'static str, &'static str)> {
        let excluded = [
            ("--json", self.json, "--curl", curl),
            ("--emulator", self.is_local(), "--curl", curl),
            ("--emulator", self.is_local(), "--journal", journal),
        ];
        excluded.into_iter().find(|(_, one, _, other)| *one && *other).map(|(one, _, other, _)| (one, other))
    }

    /// What `-q` and `-v` say, where they are given.
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

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// How much is told beside results and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Verbosity {
    Quiet,
    Normal,
    Info,
    Debug,
    Trace,
}

impl Verbosity {
    /// A step more, for a program whose log is what it is for.
    pub(crate) const fn louder(self) -> Self {
        match self {
            Self::Quiet => Self::Quiet,
            Self::Normal => Self::Info,
            Self::Info => Self::Debug,
            Self::Debug | Self::Trace => Self::Trace,
        }
    }
}

/// Gives a closed list of words its way from and to text.
macro_rules! words {
    ($name:ident) => {
        impl $name {
            /// Reads one of the words.
            pub(crate) fn parse(text: &str) -> Result<Self, String> {
                <Self as ValueEnum>::from_str(text, false).map_err(|_| {
                    let words: Vec<String> = Self::value_variants().iter().map(ToString::to_string).collect();
                    format!("it is none of its words; write one of {}", words.join(", "))
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
words!(Colour);
words!(Verbosity);
