//! STS, which issues temporary access keys of agencies.

use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{AuthError, ConfigError, Endpoint, Region, RetryPolicy, types};
use reqwest::header::HeaderMap;

use super::{IdentityService, IssuedKey};
use crate::temporary_key::TemporaryKey;

impl IdentityService {
    /// STS at this endpoint, or else in the region.
    pub(crate) fn sts(
        endpoint: Option<&Endpoint>,
        region: Option<Region>,
        http: &HttpSettings,
        retry: &RetryPolicy,
    ) -> Result<Self, ConfigError> {
        let of_region = region.map(Region::sts_endpoint);
        Self::at(endpoint, of_region.ok_or(ConfigError::NoStsEndpoint), http, retry)
    }
}

/// The key in an answer of STS.
pub(crate) fn sts_key(credentials: &types::StsCredentials, headers: &HeaderMap) -> Result<TemporaryKey, AuthError> {
    let key = IssuedKey {
        access: &credentials.access_key_id,
        secret: credentials.secret_access_key.expose(),
        security_token: credentials.security_token.expose(),
        expires_at: &credentials.expiration,
    };
    key.read(headers)
}
