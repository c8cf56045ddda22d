//! A request as it would be sent.

use reqwest::Request;
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};

/// What replaces a secret.
pub(crate) const MASKED: &str = "***";

/// A request as it would be sent, with `***` in place of the caller's credentials and of those for the mirror source.
///
/// The headers are those that this crate sets. The HTTP library adds others: `Host`, `Content-Length` and `User-Agent`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestPreview {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The names of the headers in lower case, and their values.
    pub headers: Vec<(String, String)>,
    /// The body: JSON, except for a request of the caller's own.
    pub body: String,
}

impl RequestPreview {
    /// A request without headers and body, for tests.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self { method: method.into(), url: url.into(), headers: Vec::new(), body: String::new() }
    }

    pub(crate) fn of(request: &Request) -> Self {
        let masked = |value: &HeaderValue| {
            let shown = if value.is_sensitive() { MASKED.as_bytes() } else { value.as_bytes() };
            String::from_utf8_lossy(shown).into_owned()
        };
        let headers = request.headers().iter().map(|(name, value)| (name.to_string(), masked(value)));
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        Self {
            method: request.method().to_string(),
            url: request.url().to_string(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use codearts_repo_client::RepositoryId;

    use crate::{Client, RemoteCredentials, Token};

    #[tokio::test]
    async fn a_preview_is_the_request_without_its_secrets_and_needs_no_service() {
        // No server listens there.
        let endpoint = "http://127.0.0.1:1".parse().expect("an endpoint");
        let client = Client::builder().endpoint(endpoint).auth(Token::new("MIIT").expect("a token")).build();
        let client = client.expect("a client");
        let start = client.start_sync(RepositoryId::try_from(5).expect("an id")).force_fetch(true);
        let preview = start.remote_credentials(RemoteCredentials::new("bob", "b")).preview().await.expect("a request");
        assert_eq!(
            (preview.method.as_str(), preview.url.as_str()),
            ("POST", "http://127.0.0.1:1/v4/repositories/5/remote-mirror")
        );
        assert_eq!(preview.body, r#"{"force_fetch":true,"password":"***","username":"***"}"#);
        let header =
            |name: &str| preview.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        assert_eq!((header("x-auth-token"), header("content-type")), (Some("***"), Some("application/json")));
        assert_eq!(header("api-version"), None);
    }
}
