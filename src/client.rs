//! The client of the bindings.

use progenitor_client::ClientInfo;

use crate::answer::Reading;
use crate::attempt::{self, Redirected};
use crate::authorization::Unsent;
use crate::{Authorization, CallError, ConfigError, Endpoint, HttpSettings, InvalidAnswer, Refusal, generated};

/// A client with one method for each operation of the contract. Cheap to clone; clones share their connections.
///
/// Each method returns a request. Set its parameters and call `send`.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) generated: generated::Client,
}

impl Client {
    /// Creates a client with the default settings. Nothing is sent.
    ///
    /// ```
    /// use codearts_repo_client::{Client, Region, Token};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let endpoint = Region::CN_NORTH_4.repo_endpoint().parse()?;
    /// let client = Client::new(&endpoint, Token::new("MIIExample")?)?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if TLS or the proxy of the environment cannot be set up.
    pub fn new(endpoint: &Endpoint, authorization: impl Into<Authorization>) -> Result<Self, ConfigError> {
        Self::with_settings(endpoint, &HttpSettings::default(), authorization)
    }

    /// Creates a client with these settings. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if TLS, the proxy or a header cannot be set up.
    pub fn with_settings(
        endpoint: &Endpoint,
        settings: &HttpSettings,
        authorization: impl Into<Authorization>,
    ) -> Result<Self, ConfigError> {
        Ok(Self::with_http(endpoint, settings.client(endpoint)?, authorization))
    }

    /// Creates a client that sends its requests through this HTTP client.
    ///
    /// The HTTP client must not follow redirects: reqwest sends `X-Auth-Token` and the body of a request to the host
    /// that a redirect names. A call whose redirect was followed fails, and the token must be replaced.
    #[must_use]
    pub fn with_http(endpoint: &Endpoint, http: reqwest::Client, authorization: impl Into<Authorization>) -> Self {
        Self { generated: generated::Client::new_with_client(endpoint.as_str(), http, authorization.into()) }
    }

    /// The HTTP client.
    #[doc(hidden)]
    #[must_use]
    pub fn http(&self) -> &reqwest::Client {
        self.generated.client()
    }

    /// Sends a request of the caller's own, authorized as all others. An answer that refuses the call comes with its
    /// error.
    #[doc(hidden)]
    pub async fn execute(
        &self,
        request: reqwest::Request,
        max_bytes: usize,
    ) -> Result<(reqwest::Response, Option<CallError>), CallError> {
        let reading = Reading { operation: None, max_bytes };
        let response = attempt::send(self.generated.client(), self.generated.inner(), request, reading).await?;
        let extensions = response.extensions();
        if let Some(unsent) = extensions.get::<Unsent>() {
            return Err(unsent.error());
        }
        if extensions.get::<Redirected>().is_some() {
            return Err(CallError::not_sent("the HTTP client followed a redirect"));
        }
        if let Some(invalid) = InvalidAnswer::of(&response) {
            return Err(CallError::invalid(invalid.clone(), response.status(), response.headers()));
        }
        let refusal = match extensions.get::<Refusal>() {
            Some(refusal) => Some(refusal.clone()),
            None => (!response.status().is_success()).then(|| Refusal::new(response.status().as_u16())),
        };
        Ok((response, refusal.map(CallError::from)))
    }

    /// The address that requests go to.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.generated.baseurl()
    }
}
