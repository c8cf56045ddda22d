//! Why discovery failed.

use std::path::PathBuf;

use codearts_repo_client::{InvalidEndpoint, InvalidToken, Region, UnknownRegion};

use crate::access_key::InvalidAccessKey;
#[cfg(any(feature = "agency", feature = "oidc"))]
use crate::agency_session::InvalidAgency;
use crate::credentials_file::CredentialsFileError;
use crate::discovery::Skipped;
#[cfg(feature = "federation")]
use crate::federated_user::InvalidFederation;
#[cfg(any(feature = "ecs", feature = "pod"))]
use crate::key_service::InvalidKeyService;
use crate::source::CredentialsSource;

/// Why no credentials were found, or why those that were found are not usable.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// No source has credentials.
    #[error("no credentials found")]
    Nothing {
        /// The sources, and what each of them lacks.
        skipped: Vec<Skipped>,
    },
    /// A variable is set and empty.
    #[error("{variable} is set but empty")]
    Empty {
        /// The variable.
        variable: String,
    },
    /// A variable is not UTF-8 text.
    #[error("{variable} is not UTF-8 text")]
    NotText {
        /// The variable.
        variable: String,
    },
    /// One variable is missing of those that belong together.
    #[error("{present} is set and {missing} is not")]
    Incomplete {
        /// The variable or key that is set.
        present: String,
        /// The variable or key that is missing.
        missing: String,
    },
    /// An IAM user without the name of its account. The documented request for a token takes the name.
    #[error("HW_USER_NAME and HW_USER_PASSWORD are set and HW_DOMAIN_NAME is not")]
    NoDomainName,
    /// KooCLI's file or profile is named, and is not usable.
    #[error("{}: {reason}", file.display())]
    KooCli {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The credentials are for another region than the calls.
    #[error("{place} is for the region {named}, but the calls go to {own}")]
    OtherRegion {
        /// The place of the credentials.
        place: String,
        /// The region that is named there.
        named: String,
        /// The caller's own.
        own: Region,
    },
    /// A variable does not contain a valid token.
    #[error("{variable} does not contain a valid token")]
    Token {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: InvalidToken,
    },
    /// Variables or a file do not contain a valid access key.
    #[error("{place} does not contain a valid access key")]
    AccessKey {
        /// The variables, or the file and the section.
        place: String,
        /// What is wrong.
        source: InvalidAccessKey,
    },
    /// A variable of an agency is not valid. Needs the feature `agency` or `oidc`.
    #[cfg(any(feature = "agency", feature = "oidc"))]
    #[error("{variable} is not valid")]
    Agency {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: InvalidAgency,
    },
    /// The chosen source has no credentials.
    #[error("{} has no credentials: {chosen}: {reason}", chosen.name())]
    NothingChosen {
        /// The source.
        chosen: CredentialsSource,
        /// What it lacks.
        reason: String,
    },
    /// A variable is not the address of a service that issues keys. Needs the feature `ecs` or `pod`.
    #[cfg(any(feature = "ecs", feature = "pod"))]
    #[error("{variable} is not valid")]
    KeyService {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: InvalidKeyService,
    },
    /// A variable or key of a federated user is not valid. Needs the feature `federation`.
    #[cfg(feature = "federation")]
    #[error("{place} is not valid")]
    Federation {
        /// The variable, or the file and the section.
        place: String,
        /// What is wrong.
        source: InvalidFederation,
    },
    /// The `iam_endpoint` of a section is not an endpoint. Needs the feature `federation`.
    #[cfg(feature = "federation")]
    #[error("iam_endpoint in {place} is not an endpoint")]
    SectionEndpoint {
        /// The file and the section.
        place: String,
        /// What is wrong.
        source: InvalidEndpoint,
    },
    /// Credentials are set that this build leaves out. Others in their place would be another identity.
    #[error("{place} is set, and this program was built without the feature {feature}")]
    LeftOut {
        /// The variable, or the place in a file.
        place: String,
        /// The feature of this crate.
        feature: &'static str,
    },
    /// The SDK's credentials file is not usable.
    #[error(transparent)]
    CredentialsFile(CredentialsFileError),
    /// A variable or file names an unknown region.
    #[error("{variable} is not the ID of a region")]
    Region {
        /// The variable, or the place in a file.
        variable: String,
        /// What is wrong.
        source: UnknownRegion,
    },
    /// A variable is not an endpoint.
    #[error("{variable} is not an endpoint")]
    Endpoint {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: InvalidEndpoint,
    },
}

impl DiscoveryError {
    /// What to do about it.
    ///
    /// ```
    /// use codearts_repo_auth::{Discovery, Environment};
    ///
    /// let error = Discovery::new(&Environment::new([])).find().expect_err("an empty environment");
    /// assert_eq!(error.to_string(), "no credentials found");
    /// assert!(error.advice().starts_with("set CODEARTS_REPO_TOKEN"));
    /// ```
    #[must_use]
    pub fn advice(&self) -> &str {
        match self {
            Self::Nothing { .. } => "set CODEARTS_REPO_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
            Self::Empty { .. } => "set a value or unset it",
            Self::NotText { .. } => "set it to UTF-8 text",
            Self::Incomplete { .. } => "set both or neither",
            Self::NoDomainName => "set HW_DOMAIN_NAME to the name of the account, not its ID",
            Self::KooCli { .. } => "set HW_SHARED_CONFIG_FILE and HW_PROFILE to an existing file and profile",
            Self::OtherRegion { .. } => "use the same region for both",
            Self::Token { source, .. } => source.advice(),
            Self::AccessKey { source, .. } => source.advice(),
            #[cfg(any(feature = "agency", feature = "oidc"))]
            Self::Agency { source, .. } => source.advice(),
            Self::NothingChosen { .. } => "set them, or choose other credentials",
            #[cfg(any(feature = "ecs", feature = "pod"))]
            Self::KeyService { source, .. } => source.advice(),
            #[cfg(feature = "federation")]
            Self::Federation { source, .. } => source.advice(),
            #[cfg(feature = "federation")]
            Self::SectionEndpoint { source, .. } => source.advice(),
            Self::LeftOut { .. } => "unset it, or build the program with the feature",
            Self::CredentialsFile(error) => error.advice(),
            Self::Region { source, .. } => source.advice(),
            Self::Endpoint { source, .. } => source.advice(),
        }
    }
}
