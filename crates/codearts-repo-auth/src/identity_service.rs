//! IAM and STS, whose answers are credentials.

#[cfg(any(feature = "agency", feature = "federation"))]
mod iam;
#[cfg(any(feature = "agency", feature = "oidc"))]
mod sts;

use std::future::Future;

use codearts_repo_client::internal::{Call, HttpSettings, Secrets};
use codearts_repo_client::{
    AuthError, AuthStep, Authorization, CallError, Client, ConfigError, Endpoint, Error, ErrorBody, ResponseValue,
    RetryPolicy,
};
use reqwest::header::HeaderMap;
#[cfg(any(feature = "agency", feature = "oidc"))]
pub(crate) use sts::sts_key;

use crate::access_key::AccessKey;
use crate::issuers_clock;
use crate::temporary_key::TemporaryKey;

/// A host of IAM or STS, and how it is called.
pub(crate) struct IdentityService {
    endpoint: Endpoint,
    http: reqwest::Client,
    retry: RetryPolicy,
}

impl IdentityService {
    fn at(
        endpoint: Option<&Endpoint>,
        of_region: Result<&str, ConfigError>,
        http: &HttpSettings,
        retry: &RetryPolicy,
    ) -> Result<Self, ConfigError> {
        let endpoint = match endpoint {
            Some(endpoint) => endpoint.clone(),
            None => of_region?.parse().map_err(ConfigError::Endpoint)?,
        };
        let http = http.client(&endpoint)?;
        // A key that was issued and not received does no harm.
        Ok(Self { endpoint, http, retry: retry.clone().retry_throttled(true) })
    }

    /// Makes one call, with retries. `secrets` are those of the request, which an answer may repeat.
    pub(crate) async fn call<T, E, F>(
        &self,
        operation: &'static str,
        authorization: &Authorization,
        secrets: impl Fn(&mut Secrets),
        send: impl Fn(Client) -> F,
    ) -> Result<ResponseValue<T>, CallError>
    where
        F: Future<Output = Result<ResponseValue<T>, Error<E>>>,
        ErrorBody: From<E>,
    {
        let call = Call {
            operation,
            only_reads: true,
            repository: None,
            iam: Some(self.endpoint.as_str()),
            policy: &self.retry,
            authorization,
        };
        let send = &send;
        let attempt = |authorization| async move {
            match send(Client::with_http(&self.endpoint, self.http.clone(), authorization)).await {
                Ok(answer) => Ok(answer),
                Err(error) => Err(CallError::from_generated(error).await),
            }
        };
        call.run(secrets, attempt).await
    }
}

/// The failure of a call to IAM or STS: that of the caller's own credentials, if there were none. `advice` is for a
/// refusal.
pub(crate) fn failed(error: CallError, advice: &str) -> AuthError {
    if let Some(own) = error.auth_error() {
        return own.clone();
    }
    match AuthError::of_call(error) {
        refused if refused.step() == AuthStep::IamRefused => refused.with_advice(advice),
        other => other,
    }
}

/// The parts of a temporary key in an answer.
pub(crate) struct IssuedKey<'a> {
    pub(crate) access: &'a str,
    pub(crate) secret: &'a str,
    pub(crate) security_token: &'a str,
    pub(crate) expires_at: &'a str,
}

impl IssuedKey<'_> {
    /// The key, whose life is counted by the clock that the headers of the answer show.
    pub(crate) fn read(&self, headers: &HeaderMap) -> Result<TemporaryKey, AuthError> {
        let expiry = issuers_clock::time(self.expires_at)
            .ok_or_else(|| AuthError::new(AuthStep::IamAnswer, "the expiration of the key is not a time"))?;
        let key = AccessKey::new(self.access, self.secret)
            .and_then(|key| key.security_token(self.security_token))
            .map_err(|error| AuthError::new(AuthStep::IamAnswer, error))?;
        Ok(TemporaryKey::until(key, expiry, issuers_clock::now(headers)))
    }
}
