//! IAM, which exchanges a token for a temporary access key.

use codearts_repo_client::internal::{HttpSettings, Secrets};
use codearts_repo_client::{AuthError, Authorization, Client, ConfigError, Endpoint, Region, RetryPolicy, types};

use super::{IdentityService, IssuedKey, failed};
use crate::temporary_key::TemporaryKey;

impl IdentityService {
    /// IAM at this endpoint, or else in the region.
    pub(crate) fn iam(
        endpoint: Option<&Endpoint>,
        region: Option<Region>,
        http: &HttpSettings,
        retry: &RetryPolicy,
    ) -> Result<Self, ConfigError> {
        let of_region = region.map(Region::iam_endpoint);
        Self::at(endpoint, of_region.ok_or(ConfigError::NoIamEndpoint), http, retry)
    }

    /// Requests a temporary key from IAM. `advice` is for a refusal.
    pub(crate) async fn temporary_key(
        &self,
        request: &types::builder::TemporaryKeyRequest,
        authorization: &Authorization,
        secrets: impl Fn(&mut Secrets),
        advice: &str,
    ) -> Result<TemporaryKey, AuthError> {
        let send = |client: Client| {
            let request = request.clone();
            async move { client.create_temporary_access_key_by_token().body(request).send().await }
        };
        let answer = self.call("CreateTemporaryAccessKeyByToken", authorization, secrets, send).await;
        let answer = answer.map_err(|error| failed(error, advice))?;
        let headers = answer.headers().clone();
        let credential = answer.into_inner().credential;
        let key = IssuedKey {
            access: &credential.access,
            secret: credential.secret.expose(),
            security_token: credential.securitytoken.expose(),
            expires_at: &credential.expires_at,
        };
        key.read(&headers)
    }
}
