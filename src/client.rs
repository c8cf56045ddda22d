//! The client of the bindings.

use progenitor_client::ClientInfo;

use crate::{Authorization, generated};

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

    /// The address that requests go to.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.generated.baseurl()
    }
}
