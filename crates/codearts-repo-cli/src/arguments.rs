//! The arguments.

mod listing;
mod mirror;

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand};
use clap_complete::Shell;
use codearts_repo::{Endpoint, Region, RepositoryId};
use codearts_repo_sync::Quota;

pub(crate) use listing::Listing;
pub(crate) use mirror::{Mirror, Named, Set, Switch};

const ENVIRONMENT_AND_EXITS: &str = "\
Environment:
  CODEARTS_REPO_TOKEN            The token from IAM (X-Subject-Token); `codearts-repo auth show` tells what else counts
  CODEARTS_REPO_REGION           The region, in place of --region
  CODEARTS_REPO_ENDPOINT         The address of the service, in place of --endpoint
  CODEARTS_REPO_REMOTE_PASSWORD  The password or access token at the mirror source

Exit codes:
  0    All worked
  1    Some or all repositories failed
  2    Bad usage or input; nothing was sent
  3    Not authorised
  4    The service or the network could not be reached
  130  Interrupted";

const COMPLETIONS: &str = "\
For example:
  codearts-repo completions bash > ~/.local/share/bash-completion/completions/codearts-repo
  codearts-repo completions zsh > \"${fpath[1]}/_codearts-repo\"
  codearts-repo completions fish > ~/.config/fish/completions/codearts-repo.fish";

const HEADING: &str = "Options of all commands";

/// Starts and follows mirror synchronisations of Huawei Cloud CodeArts Repo.
#[derive(Debug, Parser)]
#[command(name = "codearts-repo", version, after_help = ENVIRONMENT_AND_EXITS)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// How much is logged: nothing, or from 1 to 3 more and more. A server tells what it does without being asked.
    pub(crate) fn verbosity(&self) -> u8 {
        match self.command {
            #[cfg(feature = "emulator")]
            Command::Emulator(_) => self.global.verbose.saturating_add(1),
            _ => self.global.verbose,
        }
    }
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Region of the service, cn-north-4 for example
    #[arg(long, global = true, help_heading = HEADING, value_name = "REGION")]
    pub(crate) region: Option<Region>,
    /// Address of the service, in place of the region's own: https://, or http:// on this machine
    #[arg(long, global = true, help_heading = HEADING, value_name = "URL")]
    pub(crate) endpoint: Option<Endpoint>,
    /// Address of IAM, in place of the region's own
    #[arg(long, global = true, help_heading = HEADING, value_name = "URL")]
    pub(crate) iam_endpoint: Option<Endpoint>,
    /// Section of ~/.huaweicloud/credentials to take the access key from, and nothing else
    #[arg(long, global = true, help_heading = HEADING, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Ask IAM for a token each time, and keep none on disk
    #[arg(long, global = true, help_heading = HEADING)]
    pub(crate) no_token_cache: bool,
    /// File with PEM certificates to trust beside the platform's own
    #[arg(long, global = true, help_heading = HEADING, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Write results as JSON, one line each
    #[arg(long, global = true, help_heading = HEADING)]
    pub(crate) json: bool,
    /// Use a CodeArts Repo made in this process, which is gone at the end
    #[cfg(feature = "emulator")]
    #[arg(long = "emulator", global = true, help_heading = HEADING)]
    #[arg(conflicts_with_all = ["region", "endpoint", "iam_endpoint", "ca_file", "profile"])]
    pub(crate) local: bool,
    /// Log to the standard error; more with -vv and -vvv
    #[arg(short, long, global = true, help_heading = HEADING, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the mirror synchronisation of repositories
    Sync(Box<Sync>),
    /// List the repositories that the caller can see
    List(Listing),
    /// Show the state of a repository's mirror
    Status(Named),
    /// Show and change mirrors
    #[command(subcommand)]
    Mirror(Mirror),
    /// Show where the credentials, the region and the addresses come from
    #[command(subcommand)]
    Auth(Auth),
    /// Look after the tokens that are kept on disk
    #[command(subcommand)]
    Token(Token),
    /// List the regions and their addresses
    Regions,
    /// Write the completions of a shell to the standard output
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages
    Man {
        /// Folder to write the page of each command to; without it the main page goes to the standard output
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// Run a local CodeArts Repo until Ctrl-C or SIGTERM
    #[cfg(feature = "emulator")]
    Emulator(Box<Emulator>),
}

/// `auth`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Auth {
    /// Say which source of credentials is taken and why the others are not; no secret is shown and nothing is sent
    Show,
}

/// `token`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Token {
    /// Remove the tokens of IAM users that are kept on disk
    Clear,
}

const LINES: &str = "\
Lines of --file:
  123
  {\"repository_id\": 123, \"force\": true, \"endpoint_uuid\": \"...\"}
  {\"repository_id\": 123, \"remote_username\": \"...\", \"remote_password\": \"...\"}
  What a line leaves out is taken from the command; a user name or password of a line replaces both of the command.
  Empty lines and those that begin with # are passed over.";

/// `sync`.
#[derive(Debug, Args)]
#[command(after_help = LINES)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["repositories", "file", "all"]))]
pub(crate) struct Sync {
    /// Numbers of the repositories, 1 to 2147483647
    #[arg(value_name = "ID", conflicts_with = "listing")]
    pub(crate) repositories: Vec<RepositoryId>,
    /// Read them from a file, or from the standard input (-), a number or a JSON object a line
    #[arg(long, value_name = "FILE", conflicts_with = "listing")]
    pub(crate) file: Option<PathBuf>,
    /// Take all repositories that the caller can see
    #[arg(long)]
    pub(crate) all: bool,
    /// Send nothing, and show the start of each repository as it would be sent, with *** in place of secrets
    #[arg(long, conflicts_with_all = ["all", "journal"])]
    pub(crate) dry_run: bool,
    /// Wait until each synchronisation has ended
    #[arg(long)]
    pub(crate) wait: bool,
    /// How long to wait for the end of one, 90s, 10m or 2h for example
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = crate::duration::parse)]
    pub(crate) timeout: Duration,
    /// How many repositories are under way at once, 1 to 1000
    #[arg(long, value_name = "NUMBER", default_value = "50", value_parser = crate::rate::concurrency)]
    pub(crate) concurrency: usize,
    /// How many calls are made in a minute, 1/min to 60000/min, or unlimited
    #[arg(long, value_name = "NUMBER/min", default_value = "600/min", value_parser = crate::rate::parse)]
    pub(crate) rate: Quota,
    /// File that keeps what was started, so that the same command goes on after an interruption
    #[arg(long, value_name = "FILE")]
    #[cfg_attr(feature = "emulator", arg(conflicts_with = "local"))]
    pub(crate) journal: Option<PathBuf>,
    /// Force the synchronisation
    #[arg(long)]
    pub(crate) force: bool,
    /// User name at the mirror source; the password comes from the environment or the standard input
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

#[cfg(feature = "emulator")]
/// `emulator`.
#[derive(Debug, Args)]
pub(crate) struct Emulator {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: std::net::SocketAddr,
    /// Token that is accepted; may be repeated
    #[arg(long, value_name = "TOKEN")]
    pub(crate) token: Vec<String>,
    /// Repository and its source, an http(s) address or a local path; `ID` alone mirrors a demonstration, `ID=` is no
    /// mirror; may be repeated
    #[arg(long, value_name = "ID[=SOURCE]")]
    pub(crate) repository: Vec<String>,
    /// Access key that may sign requests: its id, and the variable that holds its secret; may be repeated
    #[arg(long, value_name = "AK:SK_VARIABLE")]
    pub(crate) access_key: Vec<String>,
    /// IAM user, and the variable that holds its password; may be repeated
    #[arg(long, value_name = "DOMAIN/NAME:VARIABLE")]
    pub(crate) user: Vec<String>,
    /// Service endpoint, its user name at the mirror source, and the variable that holds the password; may be repeated
    #[arg(long, value_name = "UUID=NAME:VARIABLE")]
    pub(crate) service_endpoint: Vec<String>,
    /// How long a token from IAM lives
    #[arg(long, value_name = "DURATION", default_value = "24h", value_parser = crate::duration::parse)]
    pub(crate) token_life: Duration,
    /// How many calls each operation gets in a minute, 600/min for example; without it there is no quota
    #[arg(long, value_name = "N/min", value_parser = crate::rate::per_minute)]
    pub(crate) quota: Option<u32>,
    /// File with faults, one JSON object a line: {"fault": {"status": 503}, "operation": "ShowRemoteMirror", "times": 2}
    #[arg(long, value_name = "FILE")]
    pub(crate) faults: Option<PathBuf>,
    /// Address for IAM, in place of the same one
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) iam_listen: Option<std::net::SocketAddr>,
    /// Address for tests to add faults and read requests at; without it there is none
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) admin_listen: Option<std::net::SocketAddr>,
    /// Listen on addresses that other machines can reach too, in a container for example
    #[arg(long)]
    pub(crate) allow_non_loopback: bool,
    /// Whether the page for people is served at the address; on unless other machines can reach it
    #[arg(long, value_name = "SWITCH")]
    pub(crate) page: Option<Switch>,
    /// Folder that keeps the repositories, in place of one that is removed at the end
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
}
