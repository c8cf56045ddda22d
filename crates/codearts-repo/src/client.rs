//! The client and its settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use codearts_repo_client::{Authorization, Client as Generated, Region};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::auth::{Auth, Discovery, DiscoveryError, Environment, IamPassword, IamTokens, Source};
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::error::Error;
use crate::limits::Limits;
use crate::retry::RetryPolicy;
use crate::tls;

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
    limits: Limits,
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
    pub fn from_env() -> Result<Self, Error> {
        let environment = Environment::of_process();
        let found = Discovery::new(&environment).find().map_err(ConfigError::Discovery)?;
        let mut builder = Self::builder();
        let has_endpoint = environment.endpoint(None).map_err(ConfigError::Discovery)?.is_some();
        let region = environment.region_beside(has_endpoint).map_err(ConfigError::Discovery)?;
        builder.region = region.map(|set| set.value);
        builder.endpoint = environment.endpoint(builder.region).map_err(ConfigError::Discovery)?.map(|set| set.value);
        builder.region =
            found.region_for(builder.region, builder.endpoint.is_some()).map_err(ConfigError::Discovery)?;
        builder.auth(found.auth).build()
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

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The generated client, for one request with this authority.
    pub(crate) fn generated(&self, authorization: Authorization) -> Generated {
        Generated::new_with_client(self.0.endpoint.as_str(), self.0.http.clone(), authorization)
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
#[derive(Clone)]
#[must_use = "settings do nothing until `build` is called"]
pub struct ClientBuilder {
    region: Option<Region>,
    endpoint: Option<Endpoint>,
    auth: Option<Auth>,
    retry: RetryPolicy,
    connect_timeout: Duration,
    limits: Limits,
    certificates: Vec<CertificateDer<'static>>,
    proxy: Option<reqwest::Proxy>,
    user_agent: String,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            region: None,
            endpoint: None,
            auth: None,
            retry: RetryPolicy::default(),
            connect_timeout: Duration::from_secs(10),
            limits: Limits { silence: Duration::from_secs(30), whole: Duration::from_secs(60) },
            certificates: Vec::new(),
            proxy: None,
            user_agent: concat!("codearts-repo/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
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
        self.connect_timeout = limit;
        self
    }

    /// Sets how long the service may be silent within an answer. 30 seconds unless set.
    pub const fn read_timeout(mut self, limit: Duration) -> Self {
        self.limits.silence = limit;
        self
    }

    /// Sets how long one request may take, from the connection to the end of the answer. 60 seconds unless set.
    pub const fn timeout(mut self, limit: Duration) -> Self {
        self.limits.whole = limit;
        self
    }

    /// Trusts the certificates of this PEM text too, beside the platform's own.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Certificate`] when the text holds no certificate or a broken one.
    pub fn ca_certificates(mut self, pem: &[u8]) -> Result<Self, ConfigError> {
        let before = self.certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            self.certificates.push(certificate.map_err(|_| ConfigError::Certificate)?);
        }
        if self.certificates.len() == before { Err(ConfigError::Certificate) } else { Ok(self) }
    }

    /// Sends everything through this proxy. Unless set, `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` of
    /// the environment count; a loopback endpoint is reached without any proxy of the environment.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Proxy`] when the text is not the address of a proxy, `http://HOST:PORT` for example.
    pub fn proxy(mut self, url: &str) -> Result<Self, ConfigError> {
        self.proxy = Some(reqwest::Proxy::all(url).map_err(|_| ConfigError::Proxy)?);
        Ok(self)
    }

    /// Sets the `User-Agent`. `codearts-repo/VERSION` unless set.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
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
        let http = self.http(&endpoint)?;
        let auth = match self.auth.clone().ok_or(ConfigError::NoAuth)?.0 {
            Source::Iam(user) => self.iam(&user)?,
            source => Auth(source),
        };
        Ok(Client(Arc::new(Settings { http, endpoint, auth, retry: self.retry, limits: self.limits })))
    }

    /// The provider of an IAM user's tokens.
    fn iam(&self, user: &IamPassword) -> Result<Auth, ConfigError> {
        let endpoint = match (user.iam_endpoint(), self.region) {
            (Some(endpoint), _) => endpoint.clone(),
            (None, Some(region)) => region.iam_endpoint().parse().map_err(ConfigError::Endpoint)?,
            (None, None) => return Err(ConfigError::NoIamEndpoint),
        };
        let http = self.http(&endpoint)?;
        Ok(Auth::provider(IamTokens::new(user, self.region, endpoint, http, self.limits)?))
    }

    fn http(&self, endpoint: &Endpoint) -> Result<reqwest::Client, ConfigError> {
        let tls = if endpoint.is_https() { tls::config(self.certificates.clone()) } else { tls::none() };
        let mut http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.map_err(ConfigError::Tls)?)
            // A redirect would take the token and the passwords along to another host.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // With room for none, reqwest keeps no copy of the request for another try.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connect_timeout(self.connect_timeout)
            .user_agent(&self.user_agent);
        if endpoint.is_loopback() {
            http = http.no_proxy();
        }
        if let Some(proxy) = self.proxy.clone() {
            http = http.proxy(proxy);
        }
        http.build().map_err(ConfigError::Http)
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The proxy is left out: its address may hold a password.
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .field("auth", &self.auth)
            .field("retry", &self.retry)
            .field("connect_timeout", &self.connect_timeout)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Why a client cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Neither a region nor an endpoint is set.
    #[error("neither a region nor an endpoint is set; set one of the two")]
    NoEndpoint,
    /// No authorisation is set.
    #[error("no authorisation is set; set a token, an IAM user or an access key")]
    NoAuth,
    /// An IAM user, and neither a region nor an IAM endpoint.
    #[error("neither a region nor an IAM endpoint is set for the IAM user; set one of the two")]
    NoIamEndpoint,
    /// An IAM user, and neither a region nor a project.
    #[error("neither a region nor a project is set for the IAM user; set one of the two")]
    NoProject,
    /// The project is named for another region than the client's.
    #[error(
        "the project {project} is one of the region {own}, and the calls go to {region}; use the same region for both"
    )]
    ProjectOfOtherRegion {
        /// The name of the project.
        project: String,
        /// The region that the name belongs to.
        own: Region,
        /// The client's region.
        region: Region,
    },
    /// The environment holds no usable credentials, region or endpoint.
    #[error("the environment cannot be used")]
    Discovery(#[source] DiscoveryError),
    /// The endpoint is not one.
    #[error("the endpoint is not usable")]
    Endpoint(#[source] InvalidEndpoint),
    /// The text is not the address of a proxy.
    #[error("the proxy is not an address; write it as http://HOST:PORT")]
    Proxy,
    /// The text holds no PEM certificate, or a broken one.
    #[error("no PEM certificate, or a broken one, in the CA file")]
    Certificate,
    /// TLS could not be set up, the platform's certificates could not be loaded for example.
    #[error("TLS cannot be set up; give a file with CA certificates if this machine has none")]
    Tls(#[source] rustls::Error),
    /// The HTTP client could not be set up, a header of its settings is not valid for example.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] reqwest::Error),
}
