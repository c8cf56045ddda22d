//! The client of the bindings.

use progenitor_client::ClientInfo;

use crate::attempt::{self, Redirected};
use crate::authorization::Unsent;
use crate::{Authorization, CallError, InvalidAnswer, Refusal, answer, generated};

/// A client with one method for each operation of the contract. Cheap to clone; clones share their connections.
///
/// Each method returns a request. Set its parameters and call `send`.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) generated: generated::Client,
}

impl Client {
    /// Creates a client that sends its requests through this HTTP client.
    ///
    /// The HTTP client must not follow redirects: reqwest sends `X-Auth-Token` and the body of a request to the host
    /// that a redirect names. A call whose redirect was followed fails, and the token must be replaced.
    #[must_use]
    pub fn with_http(endpoint: &str, http: reqwest::Client, authorization: Authorization) -> Self {
        Self { generated: generated::Client::new_with_client(endpoint, http, authorization) }
    }

    /// The HTTP client.
    #[doc(hidden)]
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        self.generated.client()
    }

    /// Sends a request of the caller's own, authorized as all others, and returns an answer of success.
    #[doc(hidden)]
    pub async fn execute(&self, request: reqwest::Request) -> Result<reqwest::Response, CallError> {
        let response = attempt::send(self.generated.client(), self.generated.inner(), request, answer::RAW).await?;
        let extensions = response.extensions();
        if let Some(unsent) = extensions.get::<Unsent>() {
            return Err(unsent.error());
        }
        if extensions.get::<Redirected>().is_some() {
            return Err(CallError::not_sent("the HTTP client followed a redirect"));
        }
        if let Some(refusal) = extensions.get::<Refusal>() {
            return Err(refusal.clone().into());
        }
        match InvalidAnswer::of(&response) {
            Some(invalid) => Err(CallError::invalid(invalid.clone(), response.status(), response.headers())),
            None if response.status().is_success() => Ok(response),
            None => Err(Refusal::new(response.status().as_u16()).into()),
        }
    }

    /// The address that requests go to.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.generated.baseurl()
    }
}
