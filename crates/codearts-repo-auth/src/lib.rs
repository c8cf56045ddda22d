#![doc = include_str!("../README.md")]

mod access_key;
mod access_key_provider;
mod agency_session;
mod assumed_agency;
mod credentials_file;
mod discovered_agency;
mod discovery;
mod discovery_error;
mod environment;
mod federated_user;
mod file;
mod iam;
mod iam_token;
mod id_token;
mod id_token_request;
mod identity_service;
mod ini;
mod instance_agency;
mod key_answer;
mod key_service;
mod koocli;
mod named_agency;
mod oidc;
mod pod_identity;
mod renewed_keys;
mod signature;
mod source;
mod temporary_key;
mod token_cache;
mod token_file;

pub use access_key::{AccessKey, InvalidAccessKey};
pub use access_key_provider::{AccessKeyFuture, AccessKeyProvider, access_keys};
pub use agency_session::InvalidAgency;
pub use assumed_agency::AssumedAgency;
pub use codearts_repo_client::{
    Auth, AuthError, AuthStep, InvalidToken, RefusedToken, Token, TokenFuture, TokenProvider,
};
pub use credentials_file::CredentialsFileError;
pub use discovery::{Discovery, Found, Skipped};
pub use discovery_error::DiscoveryError;
pub use environment::{Environment, Set};
pub use federated_user::{FederatedUser, InvalidFederation};
pub use iam::IamPassword;
pub use id_token::IdToken;
pub use instance_agency::InstanceAgency;
pub use key_service::InvalidKeyService;
pub use named_agency::NamedAgency;
pub use oidc::OidcAgency;
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
