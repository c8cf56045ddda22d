#![doc = include_str!("../README.md")]

mod access_key;
mod access_key_provider;
#[cfg(any(feature = "agency", feature = "oidc"))]
mod agency_session;
#[cfg(feature = "agency")]
mod assumed_agency;
#[cfg(any(feature = "ecs", feature = "federation", feature = "oidc", feature = "pod"))]
mod bounded_answer;
mod credentials_file;
mod discovery;
mod discovery_error;
mod environment;
#[cfg(feature = "federation")]
mod federated_user;
mod file;
mod iam;
mod iam_token;
#[cfg(any(feature = "federation", feature = "oidc"))]
mod id_token;
#[cfg(any(feature = "federation", feature = "oidc"))]
mod id_token_request;
#[cfg(any(feature = "agency", feature = "federation", feature = "oidc"))]
mod identity_service;
mod ini;
#[cfg(feature = "ecs")]
mod instance_agency;
#[cfg(any(feature = "agency", feature = "ecs", feature = "federation", feature = "oidc", feature = "pod"))]
mod issuers_clock;
#[cfg(any(feature = "ecs", feature = "pod"))]
mod key_answer;
#[cfg(any(feature = "ecs", feature = "pod"))]
mod key_service;
mod koocli;
#[cfg(feature = "agency")]
mod named_agency;
#[cfg(feature = "oidc")]
mod oidc;
#[cfg(feature = "pod")]
mod pod_identity;
mod renewed_keys;
mod signature;
mod source;
mod temporary_key;
mod token_cache;
mod token_file;
mod variables;

pub use access_key::{AccessKey, InvalidAccessKey};
pub use access_key_provider::{AccessKeyFuture, AccessKeyProvider, access_keys};
#[cfg(any(feature = "agency", feature = "oidc"))]
pub use agency_session::InvalidAgency;
#[cfg(feature = "agency")]
pub use assumed_agency::AssumedAgency;
pub use codearts_repo_client::{
    Auth, AuthError, AuthStep, InvalidToken, RefusedToken, Token, TokenFuture, TokenProvider,
};
pub use credentials_file::CredentialsFileError;
pub use discovery::{Discovery, Found, Skipped};
pub use discovery_error::DiscoveryError;
pub use environment::{Environment, Set};
#[cfg(feature = "federation")]
pub use federated_user::{FederatedUser, InvalidFederation};
pub use iam::IamPassword;
#[cfg(any(feature = "federation", feature = "oidc"))]
pub use id_token::IdToken;
#[cfg(feature = "ecs")]
pub use instance_agency::InstanceAgency;
#[cfg(any(feature = "ecs", feature = "pod"))]
pub use key_service::InvalidKeyService;
#[cfg(feature = "agency")]
pub use named_agency::NamedAgency;
#[cfg(feature = "oidc")]
pub use oidc::OidcAgency;
#[cfg(feature = "pod")]
pub use pod_identity::PodIdentity;
pub use renewed_keys::RenewedKeys;
pub use source::{CredentialsKind, CredentialsOrigin, CredentialsSource};
pub use temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};
pub use token_cache::{TokenCache, UnsafeCache};
pub use token_file::TokenFile;

/// Finds credentials where the vendor's SDK, the Terraform provider and KooCLI keep them. See [`Discovery`] for the
/// order, and for a report of what was found.
///
/// # Errors
///
/// [`DiscoveryError`] when nothing is found, or when what is found cannot be used.
pub fn from_env() -> Result<Auth, DiscoveryError> {
    Ok(Discovery::new(&Environment::of_process()).find()?.auth)
}
