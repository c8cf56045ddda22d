//! ID tokens that a CI platform issues on request, as GitHub Actions does.

use std::fmt;

use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{AuthError, AuthStep, ConfigError, Endpoint, InvalidEndpoint};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

/// The longest answer that is read, in bytes. An ID token has at most 20,000 characters.
const MAX_BYTES: usize = 64 * 1024;

/// The request for an ID token.
#[derive(Clone)]
pub(crate) struct IdTokenRequest {
    url: Url,
    /// The address without its path and query.
    server: Endpoint,
    /// What the platform knows the job by.
    bearer: Zeroizing<String>,
    pub(crate) audience: Option<String>,
}

#[derive(Deserialize)]
struct Issued {
    value: Zeroizing<String>,
}

impl IdTokenRequest {
    pub(crate) fn new(url: &str, bearer: String) -> Result<Self, InvalidEndpoint> {
        let url = Url::parse(url.trim()).map_err(|_| InvalidEndpoint::NotAUrl)?;
        let mut server = url.clone();
        server.set_query(None);
        server.set_fragment(None);
        server.set_path("");
        Ok(Self { url, server: server.as_str().parse()?, bearer: bearer.into(), audience: None })
    }

    pub(crate) fn client(&self, http: &HttpSettings) -> Result<reqwest::Client, ConfigError> {
        http.client(&self.server)
    }

    pub(crate) async fn send(&self, http: &reqwest::Client) -> Result<Zeroizing<String>, AuthError> {
        let mut url = self.url.clone();
        if let Some(audience) = &self.audience {
            url.query_pairs_mut().append_pair("audience", audience);
        }
        let bearer = Zeroizing::new(format!("Bearer {}", self.bearer.trim()));
        let mut bearer = HeaderValue::from_str(&bearer)
            .map_err(|_| AuthError::new(AuthStep::IdToken, "the token of the request has a line break"))?;
        bearer.set_sensitive(true);
        let request = http.get(url).header(AUTHORIZATION, bearer).header("accept", "application/json");
        // The URL of an error may have more than an address.
        let broken = |error: reqwest::Error| {
            let reason = if error.is_timeout() { "did not answer in time" } else { "could not be reached" };
            AuthError::retryable(AuthStep::IdToken, format!("{} {reason}", self.server))
        };
        let mut answer = request.send().await.map_err(broken)?;
        let status = answer.status();
        if !status.is_success() {
            let reason = format!("{} answered {}", self.server, status.as_u16());
            return Err(match status.as_u16() {
                429 | 500..=599 => AuthError::retryable(AuthStep::IdToken, reason),
                _ => AuthError::new(AuthStep::IdToken, reason).with_advice(PERMISSION),
            });
        }
        let mut body = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
        while let Some(chunk) = answer.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > MAX_BYTES {
                return Err(self.unusable("with more than 64 KiB"));
            }
            body.extend_from_slice(&chunk);
        }
        let issued: Issued = serde_json::from_slice(&body).map_err(|_| self.unusable("without a value"))?;
        Ok(issued.value)
    }

    /// The server, for messages.
    pub(crate) const fn server(&self) -> &Endpoint {
        &self.server
    }

    fn unusable(&self, how: &str) -> AuthError {
        AuthError::new(AuthStep::IdToken, format!("{} answered {how}", self.server))
    }
}

const PERMISSION: &str = "give the job the permission `id-token: write`, and check the audience";

impl fmt::Debug for IdTokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenRequest")
            .field("server", &self.server)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}
