//! The arguments.

mod emulator;
mod global;
mod help;
mod listing;
mod mirror;
mod sync;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

#[cfg(feature = "emulator")]
pub(crate) use emulator::Emulator;
pub(crate) use global::{Colour, Format, Global, Verbosity};
pub(crate) use help::command;
pub(crate) use listing::Listing;
pub(crate) use mirror::{Mirror, Named, Preview, Set, Switch};
pub(crate) use sync::{Pace, Sync};

/// Starts and follows mirror synchronisations of Huawei Cloud CodeArts Repo.
#[derive(Debug, Parser)]
#[command(name = "codearts-repo", version = help::VERSION.as_str(), long_version = help::LONG_VERSION.as_str())]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Two options that exclude each other, wherever they stand.
    pub(crate) fn conflict(&self) -> Option<(&'static str, &'static str)> {
        let (curl, journal) = match &self.command {
            Command::Sync(sync) => (sync.preview.curl, sync.journal.is_some()),
            Command::Mirror(Mirror::Set(set)) => (set.preview.curl, false),
            Command::Mirror(Mirror::Associate { preview, .. }) => (preview.curl, false),
            _ => (false, false),
        };
        self.global.conflict().or_else(|| self.global.conflict_with(curl, journal))
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the mirror synchronisation of repositories
    #[command(after_help = help::SYNC)]
    Sync(Box<Sync>),
    /// List the repositories that the caller can see
    #[command(after_help = help::LIST)]
    List(Listing),
    /// Show the state of a repository's mirror
    #[command(after_help = help::STATUS)]
    Status(Named),
    /// Show and change mirrors
    #[command(subcommand, after_help = help::MIRROR)]
    Mirror(Mirror),
    /// Show where the credentials, the region and the addresses come from
    #[command(subcommand, after_help = help::AUTH_SHOW)]
    Auth(Auth),
    /// Look after the tokens that are kept on disk
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
    /// Write the JSON schema of what a command writes with --json
    #[command(after_help = help::SCHEMA)]
    Schema {
        /// The command, `sync` or `mirror show` for example; without it the schemas of all
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
    /// Write the completions of a shell to the standard output
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages
    #[command(after_help = help::MAN)]
    Man {
        /// Folder to write the page of each command to; without it the main page goes to the standard output
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
}

/// `auth`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Auth {
    /// Say which source of credentials is taken and why the others are not; no secret is shown and nothing is sent
    #[command(after_help = help::AUTH_SHOW)]
    Show,
}

/// `token`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Token {
    /// Remove the tokens of IAM users that are kept on disk
    #[command(after_help = help::TOKEN_CLEAR)]
    Clear,
}

/// `config`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Config {
    /// Show the settings that hold here
    #[command(after_help = help::CONFIG)]
    Show(ConfigShow),
    /// Write the path of the configuration file, which need not exist
    #[command(after_help = help::CONFIG_PATH)]
    Path,
}

/// `config show`.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ConfigShow {
    /// Say where each one comes from: a flag, a variable, a line of the file, or this program
    #[arg(long)]
    pub(crate) origin: bool,
}
