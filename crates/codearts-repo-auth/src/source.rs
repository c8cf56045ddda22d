//! Where credentials can be found, and of which kind they are.

use std::fmt;
use std::path::PathBuf;

use crate::credentials_file::shown;

/// The kind of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsKind {
    /// A token.
    Token,
    /// A file with a token that may change.
    TokenFile,
    /// An access key.
    AccessKey,
    /// An IAM user and its password.
    IamUser,
    /// An agency that is assumed with an ID token.
    OidcAgency,
    /// The identity of a pod in a CCE cluster.
    PodIdentity,
    /// The agency of an ECS server.
    InstanceAgency,
    /// A user of an identity provider.
    FederatedUser,
    /// An agency that is assumed by its URN, with an access key.
    AssumedAgency,
    /// An agency that is assumed by its name, with a token or an access key.
    NamedAgency,
}

impl fmt::Display for CredentialsKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token => "token",
            Self::TokenFile => "token file",
            Self::AccessKey => "access key",
            Self::IamUser => "IAM user",
            Self::OidcAgency => "OIDC agency",
            Self::PodIdentity => "pod identity",
            Self::InstanceAgency => "ECS agency",
            Self::FederatedUser => "federated user",
            Self::AssumedAgency => "assumed agency",
            Self::NamedAgency => "named agency",
        })
    }
}

/// The sources of credentials, in the order of their precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsSource {
    /// `CODEARTS_REPO_TOKEN`.
    TokenVariable,
    /// `CODEARTS_REPO_TOKEN_FILE`.
    TokenFileVariable,
    /// `HUAWEICLOUD_OIDC_PROVIDER_URN` and the variables that belong to it.
    OidcVariables,
    /// `HUAWEICLOUD_SDK_IDP_ID` and `HUAWEICLOUD_SDK_ID_TOKEN_FILE`.
    FederationVariables,
    /// `HUAWEICLOUD_SDK_AK` and the variables that belong to it.
    SdkVariables,
    /// `HW_AUTH_TOKEN` or `OS_AUTH_TOKEN`.
    TerraformToken,
    /// `HW_ACCESS_KEY` and the variables that belong to it.
    TerraformAccessKey,
    /// `HW_USER_NAME` and the variables that belong to it.
    TerraformUser,
    /// The credentials file of the vendor's SDK.
    SdkFile,
    /// `HC_CONTAINER_CREDENTIALS_FULL_URI` and `HC_CONTAINER_AUTHORIZATION_TOKEN_FILE`, which a CCE cluster sets.
    PodVariables,
    /// The configuration file of KooCLI.
    KooCliFile,
    /// The metadata service of an ECS server, only if it is chosen.
    InstanceMetadata,
}

impl CredentialsSource {
    /// All sources, in the order of their precedence.
    pub const ALL: [Self; 12] = [
        Self::TokenVariable,
        Self::TokenFileVariable,
        Self::OidcVariables,
        Self::FederationVariables,
        Self::SdkVariables,
        Self::TerraformToken,
        Self::TerraformAccessKey,
        Self::TerraformUser,
        Self::SdkFile,
        Self::PodVariables,
        Self::KooCliFile,
        Self::InstanceMetadata,
    ];

    /// The name by which the source can be chosen, `oidc` for example.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TokenVariable => "token",
            Self::TokenFileVariable => "token-file",
            Self::OidcVariables => "oidc",
            Self::FederationVariables => "federation",
            Self::SdkVariables => "sdk",
            Self::TerraformToken => "terraform-token",
            Self::TerraformAccessKey => "terraform-key",
            Self::TerraformUser => "terraform-user",
            Self::SdkFile => "sdk-file",
            Self::PodVariables => "pod",
            Self::KooCliFile => "koocli",
            Self::InstanceMetadata => "ecs",
        }
    }

    /// The source of this name.
    ///
    /// ```
    /// use codearts_repo_auth::CredentialsSource;
    ///
    /// assert_eq!(CredentialsSource::of_name("pod"), Some(CredentialsSource::PodVariables));
    /// assert_eq!(CredentialsSource::of_name("Pod"), None);
    /// ```
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }

    pub(crate) const fn is_terraforms(self) -> bool {
        matches!(self, Self::TerraformToken | Self::TerraformAccessKey | Self::TerraformUser)
    }

    /// Whether the source is a file of another tool, as opposed to variables of the environment.
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(self, Self::SdkFile | Self::KooCliFile)
    }
}

impl fmt::Display for CredentialsSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TokenVariable => "CODEARTS_REPO_TOKEN",
            Self::TokenFileVariable => "CODEARTS_REPO_TOKEN_FILE",
            Self::OidcVariables => "HUAWEICLOUD_OIDC_PROVIDER_URN, HUAWEICLOUD_OIDC_AGENCY_URN",
            Self::FederationVariables => "HUAWEICLOUD_SDK_IDP_ID, HUAWEICLOUD_SDK_ID_TOKEN_FILE",
            Self::SdkVariables => "HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK",
            Self::TerraformToken => "HW_AUTH_TOKEN, OS_AUTH_TOKEN",
            Self::TerraformAccessKey => "HW_ACCESS_KEY, HW_SECRET_KEY (or OS_...)",
            Self::TerraformUser => "HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME (or OS_...)",
            Self::SdkFile => "~/.huaweicloud/credentials",
            Self::PodVariables => "HC_CONTAINER_CREDENTIALS_FULL_URI, HC_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            Self::KooCliFile => "~/.hcloud/config.json",
            Self::InstanceMetadata => "ECS metadata",
        })
    }
}

/// The exact place at which credentials were found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsOrigin {
    /// These variables.
    Variables(Vec<String>),
    /// A file that a variable names.
    TokenFile {
        /// The variable.
        variable: String,
        /// The file.
        path: PathBuf,
    },
    /// The metadata service of an ECS server, at its usual address or that of a variable.
    Metadata {
        /// The variable.
        variable: Option<String>,
    },
    /// An agency that a variable names, assumed with the credentials of another place.
    Agency {
        /// The variable.
        variable: String,
        /// The place of the caller's own credentials.
        caller: Box<Self>,
    },
    /// A section of the SDK's credentials file.
    Section {
        /// The file.
        path: PathBuf,
        /// The name of the section.
        section: String,
    },
    /// A profile of KooCLI's configuration file.
    Profile {
        /// The file.
        path: PathBuf,
        /// The name of the profile.
        profile: String,
    },
}

impl fmt::Display for CredentialsOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variables(names) => f.write_str(&names.join(", ")),
            Self::TokenFile { variable, path } => write!(f, "{variable} ({})", path.display()),
            Self::Metadata { variable: None } => f.write_str("ECS metadata"),
            Self::Metadata { variable: Some(name) } => write!(f, "ECS metadata at {name}"),
            Self::Agency { variable, caller } => write!(f, "{variable}, with {caller}"),
            Self::Section { path, section } => write!(f, "{} {}", path.display(), shown(section)),
            Self::Profile { path, profile } => write!(f, "{} profile {profile:?}", path.display()),
        }
    }
}
