//! The arguments of `emulator`.
#![cfg(feature = "emulator")]

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::Switch;

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
    /// Agency and whom it trusts: the URN of an OpenID Connect provider, with --id-token, or the ID of an
    /// access key; may be repeated
    #[arg(long, value_name = "AGENCY_URN=TRUSTED")]
    pub(crate) agency: Vec<String>,
    /// Identity provider whose users get access keys with --id-token; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) identity_provider: Vec<String>,
    /// Variable that holds the ID token for which agencies and identity providers give access keys
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) id_token: Option<String>,
    /// Variable that holds the token of a pod, which gets access keys at the pod_credentials_uri; may be repeated
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) pod_token: Vec<String>,
    /// Service endpoint, its user name at the mirror source, and the variable that holds the password; may be repeated
    #[arg(long, value_name = "UUID=NAME:VARIABLE")]
    pub(crate) service_endpoint: Vec<String>,
    /// How long a token from IAM lives
    #[arg(long, value_name = "DURATION", default_value = "24h", value_parser = crate::values::duration)]
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
    /// Address that answers like the metadata service of an ECS server; without it there is none
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) metadata_listen: Option<std::net::SocketAddr>,
    /// Whether the ECS server has an agency; it has one unless this says off
    #[arg(long, value_name = "SWITCH", requires = "metadata_listen")]
    pub(crate) metadata_agency: Option<Switch>,
    /// How long access keys of agencies, pods and the metadata service live [default: as requested, or 24h]
    #[arg(long, value_name = "DURATION", value_parser = crate::values::duration)]
    pub(crate) key_life: Option<Duration>,
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
