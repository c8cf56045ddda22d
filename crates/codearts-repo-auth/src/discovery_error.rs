//! Why discovery failed.

use std::path::PathBuf;

use codearts_repo_client::{InvalidEndpoint, InvalidToken, Region, UnknownRegion};

use super::access_key::InvalidAccessKey;
use super::credentials_file::CredentialsFileError;
use super::discovery::Skipped;

/// Why no credentials were found, or why those that were found cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// Nothing was found anywhere.
    #[error("no credentials were found; set CODEARTS_REPO_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK")]
    Nothing {
        /// Where was looked, and what was there.
        skipped: Vec<Skipped>,
    },
    /// A variable is set and empty.
    #[error("{variable} is set but empty; give it a value or unset it")]
    Empty {
        /// The variable.
        variable: String,
    },
    /// A variable is set to something that is not UTF-8 text.
    #[error("{variable} is set to something that is not UTF-8 text; set it to text")]
    NotText {
        /// The variable.
        variable: String,
    },
    /// One variable of those that belong together is missing.
    #[error("{there} is set and {missing} is not; set both or neither")]
    Half {
        /// The one that is set.
        there: String,
        /// The one that is missing.
        missing: String,
    },
    /// An IAM user without the name of its account. The documented request for a token takes the name.
    #[error("HW_USER_NAME and HW_USER_PASSWORD need HW_DOMAIN_NAME; set it to the name of the account, not its id")]
    NoDomainName,
    /// KooCLI's file or profile is named, and is not usable.
    #[error("{}: {reason}; set HW_SHARED_CONFIG_FILE and HW_PROFILE to a file and a profile that are there", file.display())]
    KooCli {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The credentials are for another region than the calls.
    #[error("{place} is for the region {named}, and the calls go to {own}; use the same region for both")]
    OtherRegion {
        /// Where the credentials were found.
        place: String,
        /// The region that is named there.
        named: String,
        /// The caller's own.
        own: Region,
    },
    /// A variable holds no token.
    #[error("{variable} holds no token")]
    Token {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: InvalidToken,
    },
    /// Variables or a file hold no access key.
    #[error("{place} holds no access key")]
    AccessKey {
        /// The variables, or the file and the section.
        place: String,
        /// What is wrong.
        source: InvalidAccessKey,
    },
    /// The SDK's credentials file is not usable.
    #[error(transparent)]
    CredentialsFile(CredentialsFileError),
    /// A variable names no region.
    #[error("{variable} names no region")]
    Region {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: UnknownRegion,
    },
    /// A variable holds no endpoint.
    #[error("{variable} holds no endpoint")]
    Endpoint {
        /// The variable.
        variable: String,
        /// What is wrong.
        source: InvalidEndpoint,
    },
}
