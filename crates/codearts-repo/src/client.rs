//! The client and its settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{
    Auth, Authorization, CallError as Error, Client as Generated, ConfigError, Endpoint, Region, RetryPolicy,
};

/// A client of CodeArts Repo in one region. Cheap to clone; clones share their connections.
///
/// See [`Client::builder`] for the settings. It needs a tokio runtime when calls are made, and installs nothing for
/// the whole process.
#[derive(Clone, Debug)]
pub struct Client(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    http: reqwest::Client,
    endpoint: Endpoint,
    auth: Auth,
    retry: RetryPolicy,
}

impl Client {
    /// Begins the settings of a client. A region or an endpoint, and an authorisation, are needed; all else has
    /// defaults.
    ///
    /// ```
    /// use codearts_repo::{Client, Region, Token};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("MIIExample")?).build()?;
    /// assert_eq!(client.endpoint().as_str(), "https://codehub-ext.cn-north-4.myhuaweicloud.com");
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client with the region, the endpoints and the credentials that the environment holds; see
    /// [`Discovery`](crate::auth::Discovery) for where they are looked for.
    ///
    /// ```
    /// use codearts_repo::Client;
    ///
    /// match Client::from_env() {
    ///     Ok(client) => println!("calls go to {}", client.endpoint()),
    ///     Err(error) => println!("{error}"),
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when nothing is found, or what is found is not usable.
    #[cfg(feature = "auth")]
    pub fn from_env() -> Result<Self, Error> {
        use crate::auth::{Discovery, DiscoveryError, Environment};

        fn discover() -> Result<ClientBuilder, DiscoveryError> {
            let environment = Environment::of_process();
            let found = Discovery::new(&environment).find()?;
            let has_endpoint = environment.endpoint(None)?.is_some();
            let region = environment.region_beside(has_endpoint)?.map(|set| set.value);
            let endpoint = environment.endpoint(region)?.map(|set| set.value);
            let region = found.region_for(region, endpoint.is_some())?;
            Ok(ClientBuilder { region, endpoint, auth: Some(found.auth), ..ClientBuilder::default() })
        }
        discover().map_err(|error| ConfigError::Discovery(error.into()))?.build()
    }

    /// The address that calls go to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    /// Which failed calls are made again.
    pub fn retry_policy(&self) -> &RetryPolicy {
        &self.0.retry
    }

    /// The same client, with its connections and its tokens, under another policy.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo::{Client, Region, RetryPolicy, Token};
    /// # let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("MIIExample")?).build()?;
    /// let once = client.with_retry_policy(RetryPolicy::none());
    /// assert_eq!(once.retry_policy(), &RetryPolicy::none());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self(Arc::new(Settings { retry: policy, ..Settings::clone(&self.0) }))
    }

    pub(crate) fn auth(&self) -> &Auth {
        &self.0.auth
    }

    /// The generated client, for one request with this authority.
    pub(crate) fn generated(&self, authorization: Authorization) -> Generated {
        Generated::with_http(self.0.endpoint.as_str(), self.0.http.clone(), authorization)
    }
}

/// The settings of a [`Client`].
///
/// ```
/// use std::time::Duration;
///
/// use codearts_repo::{Client, Region, Token};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder()
///     .region(Region::CN_NORTH_4)
///     .auth(Token::new("MIIExample")?)
///     .timeout(Duration::from_secs(20))
///     .proxy("http://proxy.example.com:3128")?
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use = "settings do nothing until `build` is called"]
pub struct ClientBuilder {
    region: Option<Region>,
    endpoint: Option<Endpoint>,
    auth: Option<Auth>,
    retry: RetryPolicy,
    http: HttpSettings,
}

impl ClientBuilder {
    /// Sets the region, and with it the endpoint unless one is set.
    pub const fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the endpoint, in place of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// Sets who the caller is.
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.auth = Some(auth.into());
        self
    }

    /// Sets which failed calls are made again. See [`RetryPolicy`] for what happens unless set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how long making a connection may take, TLS included. 10 seconds unless set.
    pub const fn connect_timeout(mut self, limit: Duration) -> Self {
        self.http.connect_timeout = limit;
        self
    }

    /// Sets how long the service may be silent within an answer. 30 seconds unless set.
    pub const fn read_timeout(mut self, limit: Duration) -> Self {
        self.http.read_timeout = limit;
        self
    }

    /// Sets how long one request may take, from the connection to the end of the answer. 60 seconds unless set.
    pub const fn timeout(mut self, limit: Duration) -> Self {
        self.http.timeout = limit;
        self
    }

    /// Trusts the certificates of this PEM text too, beside the platform's own.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Certificate`] when the text holds no certificate or a broken one.
    pub fn ca_certificates(mut self, pem: &[u8]) -> Result<Self, ConfigError> {
        self.http.add_certificates(pem)?;
        Ok(self)
    }

    /// Sends everything through this proxy. Unless set, `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` of
    /// the environment count; a loopback endpoint is reached without any proxy of the environment.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Proxy`] when the text is not the address of a proxy, `http://HOST:PORT` for example.
    pub fn proxy(mut self, url: &str) -> Result<Self, ConfigError> {
        self.http.set_proxy(url)?;
        Ok(self)
    }

    /// Sets the `User-Agent`. `codearts-repo/VERSION` unless set.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.http.user_agent = name.into();
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when neither a region nor an endpoint is set, no authorisation is set, or TLS cannot be set
    /// up.
    pub fn build(self) -> Result<Client, Error> {
        let endpoint = match (self.endpoint.clone(), self.region) {
            (Some(endpoint), _) => endpoint,
            (None, Some(region)) => region.repo_endpoint().parse().map_err(ConfigError::Endpoint)?,
            (None, None) => return Err(ConfigError::NoEndpoint.into()),
        };
        let http = self.http.client(&endpoint)?;
        let auth = self.auth.ok_or(ConfigError::NoAuth)?.connect(self.region, &self.http)?;
        Ok(Client(Arc::new(Settings { http, endpoint, auth, retry: self.retry })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .field("auth", &self.auth)
            .field("retry", &self.retry)
            .field("http", &self.http)
            .finish()
    }
}
