//! The arguments of `mirror`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use codearts_repo::{MirrorUrl, RepositoryId, SyncBranchType};

/// `mirror`.
#[derive(Debug, Subcommand)]
pub(crate) enum Mirror {
    /// Show the state and the settings of a mirror, as `status` does
    Show(Named),
    /// Change the settings of a mirror, and show what the service made of it
    Set(Set),
    /// Turn a repository into a mirror
    Associate {
        #[command(flatten)]
        repository: Named,
        /// Address of the source, http:// or https://, without a user name and a password
        #[arg(long, value_name = "URL")]
        url: Option<MirrorUrl>,
    },
}

/// Which repository.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Named {
    /// Number of the repository, 1 to 2147483647
    #[arg(value_name = "ID")]
    pub(crate) repository: RepositoryId,
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
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}
