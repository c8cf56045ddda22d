//! The command line's arguments.

mod api;
mod emulator;
mod global;
mod help;
mod hoist;
mod journal;
mod listing;
mod mirror;
mod status;
mod sync;
mod verify;
mod wait;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use api::{Api, Target};
#[cfg(feature = "emulator")]
pub(crate) use emulator::Emulator;
pub(crate) use global::{Color, Format, Global, Verbosity};
pub(crate) use help::command;
pub(crate) use journal::Journaling;
pub(crate) use listing::Listing;
pub(crate) use mirror::{Mirror, Preview, Set, Switch};
pub(crate) use status::Status;
pub(crate) use sync::{Pace, Selection, Sync};
pub(crate) use verify::{Fleet, HowToRepair, Verify};
pub(crate) use wait::Wait;

/// Start and follow mirror synchronizations of Huawei Cloud CodeArts Repo.
#[derive(Debug, Parser)]
#[command(name = "codearts-repo", version = help::VERSION.as_str(), long_version = help::LONG_VERSION.as_str())]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Reads the arguments, the program's name first.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let command = command();
        let arguments = hoist::hoist(&command, arguments);
        Self::from_arg_matches(&command.try_get_matches_from(arguments)?)
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the mirror synchronization of repositories
    #[command(after_help = help::SYNC)]
    Sync(Box<Sync>),
    /// Wait for what another process started
    #[command(after_help = help::WAIT)]
    Wait(Wait),
    /// Compare mirrors with their sources
    #[command(after_help = help::VERIFY)]
    Verify(Box<Verify>),
    /// List the repositories that you can see
    #[command(after_help = help::LIST)]
    List(Listing),
    /// Show the state of mirrors
    #[command(after_help = help::STATUS)]
    Status(Box<Status>),
    /// Show and change mirrors
    #[command(subcommand, after_help = help::MIRROR)]
    Mirror(Mirror),
    /// Call any operation of the service
    #[command(after_help = help::API)]
    Api(Box<Api>),
    /// Show where credentials, region and addresses come from
    #[command(subcommand, after_help = help::AUTH_SHOW)]
    Auth(Auth),
    /// Manage the IAM tokens kept on disk
    #[command(subcommand, after_help = help::TOKEN_CLEAR)]
    Token(Token),
    /// Show the settings and where they come from
    #[command(subcommand, after_help = help::CONFIG)]
    Config(Config),
    /// List the regions and their addresses
    #[command(after_help = help::REGIONS)]
    Regions,
    /// Run a local CodeArts Repo until Ctrl-C or SIGTERM
    #[cfg(feature = "emulator")]
    #[command(after_help = help::EMULATOR)]
    Emulator(Box<Emulator>),
    /// Print the JSON schema of a command's --json output
    #[command(after_help = help::SCHEMA)]
    Schema {
        /// The command, e.g. `sync` or `mirror show` [default: all commands]
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
    /// Print shell completions
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages
    #[command(after_help = help::MAN)]
    Man {
        /// Folder for one page per command; without it, the main page goes to standard output
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
}

/// `auth`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Auth {
    /// Show which credentials are used and why others are not; prints no secret
    #[command(after_help = help::AUTH_SHOW)]
    Show(AuthShow),
}

/// `auth show`.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct AuthShow {
    /// Ask STS whose access key it is, and until when it lives; without this, nothing is sent
    #[arg(long)]
    pub(crate) identity: bool,
}

/// `token`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Token {
    /// Remove the IAM tokens kept on disk
    #[command(after_help = help::TOKEN_CLEAR)]
    Clear,
}

/// `config`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Config {
    /// Show the effective settings
    #[command(after_help = help::CONFIG)]
    Show(ConfigShow),
    /// Print the path of the configuration file, even if the file does not exist
    #[command(after_help = help::CONFIG_PATH)]
    Path,
}

/// `config show`.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ConfigShow {
    /// Show the origin of each setting: a flag, a variable, a line of the file, or the built-in default
    #[arg(long)]
    pub(crate) origin: bool,
}
