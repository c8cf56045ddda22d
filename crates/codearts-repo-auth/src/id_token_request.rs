//! ID tokens that a CI platform issues on request, as GitHub Actions does.

use std::fmt;

use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{AuthError, AuthStep, ConfigError, Endpoint, InvalidEndpoint};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use crate::bounded_answer;

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
        // An error of reqwest shows the URL, which may have more than an address.
        let answer = bounded_answer::send(request).await.map_err(|no_answer| {
            AuthError::retryable(AuthStep::IdToken, format!("{} {}", self.server, no_answer.reason()))
        })?;
        let reason = || format!("{} answered {}", self.server, answer.status);
        match answer.status {
            200..=299 => {}
            429 | 500..=599 => return Err(AuthError::retryable(AuthStep::IdToken, reason())),
            _ => return Err(AuthError::new(AuthStep::IdToken, reason()).with_advice(PERMISSION)),
        }
        let issued: Issued = serde_json::from_slice(&answer.body)
            .map_err(|_| AuthError::new(AuthStep::IdToken, format!("{} answered without a value", self.server)))?;
        Ok(issued.value)
    }

    /// The server, for messages.
    pub(crate) const fn server(&self) -> &Endpoint {
        &self.server
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
