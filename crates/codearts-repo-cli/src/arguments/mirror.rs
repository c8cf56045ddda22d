//! The arguments of `mirror`.

use clap::{Args, Subcommand, ValueEnum};
use codearts_repo::{MirrorUrl, RepositoryId, SyncBranchType};

use super::help;
use crate::values;

/// `mirror`.
#[derive(Debug, Subcommand)]
pub(crate) enum Mirror {
    /// Show a mirror's state and settings, like `status`
    #[command(after_help = help::MIRROR_SHOW)]
    Show(RepositoryArgument),
    /// Change a mirror's settings and show the result
    #[command(after_help = help::MIRROR_SET)]
    Set(Set),
    /// Turn a repository into a mirror
    #[command(after_help = help::MIRROR_ASSOCIATE)]
    Associate {
        #[command(flatten)]
        repository: RepositoryArgument,
        /// Source, an http:// or https:// address without credentials
        #[arg(long, value_name = "URL", value_parser = values::mirror_url)]
        url: Option<MirrorUrl>,
        #[command(flatten)]
        preview: Preview,
    },
}

/// One repository.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RepositoryArgument {
    #[arg(help = values::with_ids("Repository ID"))]
    #[arg(value_name = "ID", value_parser = values::repository)]
    pub(crate) repository: RepositoryId,
}

/// Prints requests instead of sending them.
#[derive(Debug, Clone, Copy, Args)]
#[group(id = "preview", multiple = false)]
pub(crate) struct Preview {
    /// Print the request instead of sending it, with *** for secrets
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print a shell line that sends the request with curl, with variables for secrets
    #[arg(long, conflicts_with = "json")]
    #[cfg_attr(feature = "emulator", arg(conflicts_with = "local"))]
    pub(crate) curl: bool,
}

/// `mirror set`. Settings without an option stay as they are.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("setting").required(true).multiple(true))]
pub(crate) struct Set {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgument,
    /// Source, an http:// or https:// address without credentials
    #[arg(long, value_name = "URL", group = "setting", value_parser = values::mirror_url)]
    pub(crate) url: Option<MirrorUrl>,
    /// Branches to synchronize
    #[arg(long, value_name = "WHICH", group = "setting", value_parser = values::word::<SyncBranchType>())]
    pub(crate) branches: Option<SyncBranchType>,
    /// Whether the service synchronizes on its own schedule
    #[arg(long, value_name = "SWITCH", group = "setting")]
    pub(crate) schedule: Option<Switch>,
    /// Service endpoint of the project with the credentials for the source; an empty text removes it
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
