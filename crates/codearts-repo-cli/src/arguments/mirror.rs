//! The arguments of `mirror`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use codearts_repo::{MirrorUrl, RepositoryId, SyncBranchType};

use super::help;

/// `mirror`.
#[derive(Debug, Subcommand)]
pub(crate) enum Mirror {
    /// Show the state and the settings of a mirror, as `status` does
    #[command(after_help = help::MIRROR_SHOW)]
    Show(Named),
    /// Change the settings of a mirror, and show what the service made of it
    #[command(after_help = help::MIRROR_SET)]
    Set(Set),
    /// Turn a repository into a mirror
    #[command(after_help = help::MIRROR_ASSOCIATE)]
    Associate {
        #[command(flatten)]
        repository: Named,
        /// Address of the source, http:// or https://, without a user name and a password
        #[arg(long, value_name = "URL")]
        url: Option<MirrorUrl>,
        #[command(flatten)]
        preview: Preview,
    },
}

/// Which repository.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Named {
    /// Number of the repository, 1 to 2147483647
    #[arg(value_name = "ID")]
    pub(crate) repository: RepositoryId,
}

/// Showing a request in place of sending it.
#[derive(Debug, Clone, Copy, Args)]
#[group(id = "preview", multiple = false)]
pub(crate) struct Preview {
    /// Send nothing, and show the request as it would be sent, with *** in place of secrets
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Send nothing, and write a line for sh and curl that sends it, with variables in place of secrets
    #[arg(long, conflicts_with = "json")]
    #[cfg_attr(feature = "emulator", arg(conflicts_with = "local"))]
    pub(crate) curl: bool,
}

/// `mirror set`. What is not given stays as it is.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("setting").required(true).multiple(true))]
pub(crate) struct Set {
    #[command(flatten)]
    pub(crate) repository: Named,
    /// Address of the source, http:// or https://, without a user name and a password
    #[arg(long, value_name = "URL", group = "setting")]
    pub(crate) url: Option<MirrorUrl>,
    /// Which branches are synchronised
    #[arg(long, value_name = "WHICH", group = "setting")]
    #[arg(value_parser = PossibleValuesParser::new(["all", "default"]).try_map(|text| text.parse::<SyncBranchType>()))]
    pub(crate) branches: Option<SyncBranchType>,
    /// Whether the service synchronises on a schedule of its own
    #[arg(long, value_name = "SWITCH", group = "setting")]
    pub(crate) schedule: Option<Switch>,
    /// Service endpoint of the project that holds the credentials for the source
    #[arg(long, value_name = "UUID", group = "setting")]
    pub(crate) endpoint_uuid: Option<String>,
    #[command(flatten)]
    pub(crate) preview: Preview,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}
