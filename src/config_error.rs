//! Why a client cannot be set up.

use crate::{InvalidEndpoint, Region};

/// An error of another crate, kept as a cause.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a client cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Neither a region nor an endpoint is set.
    #[error("neither a region nor an endpoint is set; set one of the two")]
    NoEndpoint,
    /// No authorization is set.
    #[error("no authorisation is set; set a token, an IAM user or an access key")]
    NoAuth,
    /// An IAM user, and neither a region nor an IAM endpoint.
    #[error("neither a region nor an IAM endpoint is set for the IAM user; set one of the two")]
    NoIamEndpoint,
    /// An IAM user, and neither a region nor a project.
    #[error("neither a region nor a project is set for the IAM user; set one of the two")]
    NoProject,
    /// The project belongs to another region than the client's.
    #[error(
        "the project {project} is one of the region {own}, and the calls go to {region}; use the same region for both"
    )]
    ProjectOfOtherRegion {
        /// The name of the project.
        project: String,
        /// The region that the name belongs to.
        own: Region,
        /// The client's region.
        region: Region,
    },
    /// The environment has no usable credentials, region or endpoint.
    #[error("the environment cannot be used")]
    Discovery(#[source] BoxError),
    /// The endpoint is not one.
    #[error("the endpoint is not usable")]
    Endpoint(#[source] InvalidEndpoint),
    /// The text is not the address of a proxy.
    #[error("the proxy is not an address; write it as http://HOST:PORT")]
    Proxy,
    /// The text has no PEM certificate, or a broken one.
    #[error("no PEM certificate, or a broken one, in the CA file")]
    Certificate,
    /// TLS could not be set up, for example because the platform's certificates could not be loaded.
    #[error("TLS cannot be set up; give a file with CA certificates if this machine has none")]
    Tls(#[source] BoxError),
    /// The HTTP client could not be set up, for example because a header of its settings is not valid.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] BoxError),
}
