//! IAM and STS, whose answers are credentials.

use std::future::Future;
use std::time::SystemTime;

use codearts_repo_client::internal::{Call, HttpSettings, Secrets};
use codearts_repo_client::{
    AuthError, AuthStep, Authorization, CallError, Client, ConfigError, Endpoint, Error, ErrorBody, Region,
    ResponseValue, RetryPolicy, Token, types,
};
use reqwest::header::{DATE, HeaderMap};

use crate::access_key::AccessKey;
use crate::key_answer;
use crate::temporary_key::TemporaryKey;

/// A host of IAM or STS, and how it is called.
pub(crate) struct IdentityService {
    endpoint: Endpoint,
    http: reqwest::Client,
    retry: RetryPolicy,
}

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

/// The token in an answer of IAM.
pub(crate) fn subject_token(headers: &HeaderMap) -> Result<Token, AuthError> {
    let header = headers.get("x-subject-token").and_then(|value| value.to_str().ok());
    let text = header.ok_or_else(|| {
        AuthError::new(AuthStep::IamAnswer, "the answer has no header X-Subject-Token, which contains the token")
    })?;
    Token::new(text).map_err(|error| AuthError::new(AuthStep::IamAnswer, error))
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
        let expiry = key_answer::time(self.expires_at)
            .ok_or_else(|| AuthError::new(AuthStep::IamAnswer, "the expiration of the key is not a time"))?;
        let key = AccessKey::new(self.access, self.secret)
            .and_then(|key| key.security_token(self.security_token))
            .map_err(|error| AuthError::new(AuthStep::IamAnswer, error))?;
        let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        Ok(TemporaryKey::until(key, expiry, date.unwrap_or_else(SystemTime::now)))
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
