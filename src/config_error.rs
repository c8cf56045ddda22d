//! Why a client cannot be set up.

use crate::{InvalidEndpoint, InvalidProxy, Region};

/// An error of another crate, kept as a cause.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a client cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Neither a region nor an endpoint is set.
    #[error("neither a region nor an endpoint is set")]
    NoEndpoint,
    /// No authorization is set.
    #[error("no authorization is set")]
    NoAuth,
    /// An IAM user, and neither a region nor an IAM endpoint.
    #[error("neither a region nor an IAM endpoint is set for the IAM user")]
    NoIamEndpoint,
    /// An agency, and neither a region nor an STS endpoint.
    #[error("neither a region nor an STS endpoint is set")]
    NoStsEndpoint,
    /// An agency that is to be assumed with a token.
    #[error("an agency is assumed by its URN with an access key, and the credentials are a token")]
    AgencyNeedsAccessKey,
    /// An IAM user, and neither a region nor a project.
    #[error("neither a region nor a project is set for the IAM user")]
    NoProject,
    /// The project belongs to another region than the client's.
    #[error("the project {project} is one of the region {own}, but the calls go to {region}")]
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
    #[error("the proxy cannot be used")]
    Proxy(#[source] InvalidProxy),
    /// A variable is not the address of a proxy.
    #[error("{variable} cannot be used")]
    ProxyVariable {
        /// The variable.
        variable: &'static str,
        /// What is wrong.
        source: InvalidProxy,
    },
    /// The text has no PEM certificate, or a broken one.
    #[error("no PEM certificate, or a broken one, in the CA file")]
    Certificate,
    /// The crate is built with `rustls-no-provider`, and the program has not installed a crypto provider.
    #[error("no rustls crypto provider is installed")]
    NoCryptoProvider,
    /// The crate is built without TLS, and the endpoint is `https://`.
    #[error("the program is built without TLS")]
    NoTls,
    /// TLS could not be set up, for example because the platform's certificates could not be loaded.
    #[error("TLS cannot be set up")]
    Tls(#[source] BoxError),
    /// The HTTP client could not be set up, for example because a header of its settings is not valid.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] BoxError),
}

impl ConfigError {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::NoEndpoint => "set a region or an endpoint",
            Self::NoAuth => "set a token, an IAM user or an access key",
            Self::NoIamEndpoint => "set a region or an IAM endpoint",
            Self::NoStsEndpoint => "set a region or HUAWEICLOUD_SDK_STS_ENDPOINT",
            Self::AgencyNeedsAccessKey => "use an access key",
            Self::NoProject => "set a region or a project",
            Self::ProjectOfOtherRegion { .. } => "use the same region for both",
            Self::Discovery(_) => "set a region and credentials",
            Self::Endpoint(error) => error.advice(),
            Self::Proxy(error) | Self::ProxyVariable { source: error, .. } => error.advice(),
            Self::Certificate => "use a file with CA certificates in PEM form",
            Self::NoCryptoProvider => "install one, or enable the feature rustls of codearts-repo-client",
            Self::NoTls => "enable the feature rustls or native-tls of codearts-repo-client",
            Self::Tls(_) => "set a file with CA certificates if this machine has none",
            Self::Http(_) => "check the settings of the HTTP client",
        }
    }
}
