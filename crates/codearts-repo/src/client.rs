//! The client and its settings.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{
    Auth, Authorization, CallError as Error, Client as Generated, ConfigError, Endpoint, Region, RetryPolicy,
};

use crate::service_clock::ServiceClock;

/// A client of CodeArts Repo in one region. Cheap to clone; clones share their connections.
///
/// See [`Client::builder`] for the settings. Calls need a tokio runtime. Nothing is installed for the whole process.
#[derive(Clone, Debug)]
pub struct Client(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    http: reqwest::Client,
    endpoint: Endpoint,
    auth: Auth,
    retry: RetryPolicy,
    clock: Arc<ServiceClock>,
    /// What a call to STS needs.
    region: Option<Region>,
    sts_endpoint: Option<Endpoint>,
    http_settings: HttpSettings,
}

impl Client {
    /// Starts the settings of a client. It needs a region or an endpoint, and credentials; all else has defaults.
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

    /// A client with the region, the endpoint and the credentials of the environment; see
    /// [`Discovery`](crate::auth::Discovery) for the sources.
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
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if nothing usable is found.
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
            let sts_endpoint = environment.sts_endpoint().ok().flatten().map(|set| set.value);
            Ok(ClientBuilder { region, endpoint, sts_endpoint, auth: Some(found.auth), ..ClientBuilder::default() })
        }
        discover().map_err(|error| ConfigError::Discovery(error.into()))?.build()
    }

    /// The address that calls go to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    /// Which failed calls are retried.
    pub fn retry_policy(&self) -> &RetryPolicy {
        &self.0.retry
    }

    /// The same client with another policy. It shares the connections and the tokens.
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

    /// The time by the service's clock: the `Date` of the latest successful answer, plus the time since then. `None` before
    /// the first one. The clock of this machine may be wrong; compare the times in answers with this one.
    #[must_use]
    pub fn service_time(&self) -> Option<SystemTime> {
        self.0.clock.now()
    }

    pub(crate) fn clock(&self) -> &ServiceClock {
        &self.0.clock
    }

    /// The generated client, with the same endpoint, HTTP client and credentials: tokens are requested and renewed, and
    /// requests signed, as for this client. Calls are not retried, and errors do not hide secrets.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::{Error, RepositoryId};
    ///
    /// let id = RepositoryId::try_from(123)?;
    /// match client.bindings().show_remote_mirror().repository_id(id).send().await {
    ///     Ok(mirror) => println!("{:?}", mirror.url),
    ///     Err(error) => return Err(Error::from_generated(error).await.into()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn bindings(&self) -> codearts_repo_client::Client {
        self.generated(self.auth().clone().into())
    }

    /// Gets a token or a key now, if the credentials need one. Calls do the same when they are sent. Call this first if
    /// the program may be interrupted and has to know whether a later call was sent.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo::{Client, Region, Token};
    /// let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("MIIExample")?).build()?;
    /// client.prepare_auth().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] of the kind [`ErrorKind::Authorization`](crate::ErrorKind::Authorization) if there is none.
    pub async fn prepare_auth(&self) -> Result<(), Error> {
        Ok(self.auth().prepare().await?)
    }

    /// How long the temporary access key of the last call lives. `None` for other credentials, before the first call, and
    /// if its life is not known.
    #[must_use]
    pub fn key_life(&self) -> Option<Duration> {
        self.auth().key_life()
    }

    pub(crate) fn auth(&self) -> &Auth {
        &self.0.auth
    }

    pub(crate) fn region(&self) -> Option<Region> {
        self.0.region
    }

    pub(crate) fn own_sts_endpoint(&self) -> Option<&Endpoint> {
        self.0.sts_endpoint.as_ref()
    }

    pub(crate) fn http_settings(&self) -> &HttpSettings {
        &self.0.http_settings
    }

    /// The generated client with another authorization.
    pub(crate) fn generated(&self, authorization: Authorization) -> Generated {
        Generated::with_http(&self.0.endpoint, self.0.http.clone(), authorization)
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
    sts_endpoint: Option<Endpoint>,
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

    /// Sets the endpoint of STS for [`caller_identity`](Client::caller_identity), in place of the region's own.
    pub fn sts_endpoint(mut self, endpoint: Endpoint) -> Self {
        self.sts_endpoint = Some(endpoint);
        self
    }

    /// Sets the credentials.
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.auth = Some(auth.into());
        self
    }

    /// Sets which failed calls are retried. See [`RetryPolicy`] for the default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the timeout for a new connection, TLS included. The default is 10 seconds.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = timeout;
        self
    }

    /// Sets the idle timeout within an answer. The default is 30 seconds.
    pub const fn read_timeout(mut self, timeout: Duration) -> Self {
        self.http.read_timeout = timeout;
        self
    }

    /// Sets the timeout of one request, from the connection to the end of the answer. The default is 60 seconds.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.http.timeout = timeout;
        self
    }

    /// Trusts the certificates of this PEM text in addition to the platform's own.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Certificate`] if the text has no certificate or a broken one.
    pub fn ca_certificates(mut self, pem: &[u8]) -> Result<Self, ConfigError> {
        self.http.add_certificates(pem)?;
        Ok(self)
    }

    /// Sends everything through this proxy, HTTP or SOCKS. The default is `HTTPS_PROXY` or `ALL_PROXY` of the
    /// environment, with the exceptions of `NO_PROXY`. A loopback endpoint is only reached through a loopback proxy that
    /// is set here.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Proxy`] if the text is not the address of a proxy, such as `http://HOST:PORT`.
    pub fn proxy(mut self, url: &str) -> Result<Self, ConfigError> {
        self.http.set_proxy(url)?;
        Ok(self)
    }

    /// Changes the settings of the HTTP client: its pool, local address, resolver or default headers, for example. It
    /// starts with the timeouts of this builder. What this crate depends on is set afterwards: TLS roots, the proxy, and no
    /// redirects.
    ///
    /// reqwest-middleware is not supported, because it is another client. Use [`RetryPolicy`] and `tracing` instead.
    ///
    /// ```
    /// use codearts_repo::{Client, Region, Token};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::builder()
    ///     .region(Region::CN_NORTH_4)
    ///     .auth(Token::new("MIIExample")?)
    ///     .http(|http| http.pool_max_idle_per_host(4).tcp_nodelay(true))
    ///     .build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn http(
        mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.set_change(change);
        self
    }

    /// Sets the `User-Agent`. The default is `codearts-repo/VERSION`.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.http.user_agent = name.into();
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if neither a region nor an endpoint is set, no credentials are
    /// set, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let endpoint = match (self.endpoint.clone(), self.region) {
            (Some(endpoint), _) => endpoint,
            (None, Some(region)) => region.repo_endpoint().parse().map_err(ConfigError::Endpoint)?,
            (None, None) => return Err(ConfigError::NoEndpoint.into()),
        };
        let http = self.http.client(&endpoint)?;
        let auth = self.auth.ok_or(ConfigError::NoAuth)?.connect(self.region, &self.http, &self.retry)?;
        Ok(Client(Arc::new(Settings {
            http,
            endpoint,
            auth,
            retry: self.retry,
            clock: Arc::default(),
            region: self.region,
            sts_endpoint: self.sts_endpoint,
            http_settings: self.http,
        })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .field("sts_endpoint", &self.sts_endpoint)
            .field("auth", &self.auth)
            .field("retry", &self.retry)
            .field("http", &self.http)
            .finish()
    }
}
