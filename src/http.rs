//! The settings of the HTTP client that all calls go through.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::proxy::Proxy;
use crate::{ConfigError, Endpoint, tls};

type Change = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The settings of the HTTP client behind a [`Client`](crate::Client).
///
/// Redirects are never followed: they would send the token and the passwords to another host. A loopback endpoint is
/// never asked through a proxy that is not loopback too.
///
/// ```
/// use std::time::Duration;
///
/// use codearts_repo_client::HttpSettings;
///
/// let mut settings = HttpSettings::default();
/// settings.timeout = Duration::from_secs(20);
/// assert_eq!(settings.connect_timeout, Duration::from_secs(10));
/// ```
#[derive(Clone)]
pub struct HttpSettings {
    /// How long it may take to connect, TLS included. 10 seconds by default.
    pub connect_timeout: Duration,
    /// How long the service may be silent. 30 seconds by default.
    pub read_timeout: Duration,
    /// How long a request may take, from the connection to the end of the answer. 60 seconds by default.
    pub timeout: Duration,
    /// The `User-Agent`. `codearts-repo/VERSION` by default.
    pub user_agent: String,
    certificates: Vec<CertificateDer<'static>>,
    proxy: Option<Proxy>,
    change: Option<Change>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(60),
            user_agent: concat!("codearts-repo/", env!("CARGO_PKG_VERSION")).to_owned(),
            certificates: Vec::new(),
            proxy: None,
            change: None,
        }
    }
}

impl HttpSettings {
    /// Trusts the certificates of this PEM text in addition to the platform's own.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Certificate`] if the text has no certificate or a broken one.
    pub fn add_certificates(&mut self, pem: &[u8]) -> Result<(), ConfigError> {
        let pem = pem.strip_prefix("\u{feff}".as_bytes()).unwrap_or(pem);
        let before = self.certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            self.certificates.push(certificate.map_err(|_| ConfigError::Certificate)?);
        }
        if self.certificates.len() == before { Err(ConfigError::Certificate) } else { Ok(()) }
    }

    /// Sends everything through this proxy. Unless set, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` count.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Proxy`] if it is not the address of a proxy, `http://HOST:PORT` for example.
    pub fn set_proxy(&mut self, url: &str) -> Result<(), ConfigError> {
        self.proxy = Some(Proxy::parse(url).map_err(ConfigError::Proxy)?);
        Ok(())
    }

    /// Changes the settings of the HTTP client that are left to the caller.
    pub fn set_change(
        &mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) {
        self.change = Some(Arc::new(change));
    }

    /// Creates the HTTP client for one endpoint. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if TLS, the proxy or a header cannot be set up.
    pub fn client(&self, endpoint: &Endpoint) -> Result<reqwest::Client, ConfigError> {
        let mut http = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .read_timeout(self.read_timeout)
            .timeout(self.timeout)
            .user_agent(&self.user_agent)
            // reqwest ignores the variables that it does not understand; `Proxy` reads them.
            .no_proxy();
        // Another crate may have enabled reqwest's HTTP/2, whose usual limit of headers refuses long tokens.
        if cfg!(not(feature = "http2")) {
            http = http.http1_only();
        }
        if let Some(change) = &self.change {
            http = change(http);
        }
        let mut http = self.strict(http, endpoint.is_https())?;
        if let Some(proxy) = self.proxy_for(endpoint)? {
            http = http.proxy(proxy);
        }
        http.build().map_err(|error| ConfigError::Http(error.into()))
    }

    /// Creates an HTTP client for a service on this machine or its link: it never uses a proxy, and an answer must be
    /// complete within this time.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if TLS or a header cannot be set up.
    #[doc(hidden)]
    pub fn direct_client(&self, is_https: bool, timeout: Duration) -> Result<reqwest::Client, ConfigError> {
        let http = reqwest::Client::builder().timeout(timeout).user_agent(&self.user_agent).no_proxy();
        self.strict(http, is_https)?.build().map_err(|error| ConfigError::Http(error.into()))
    }

    fn strict(&self, http: reqwest::ClientBuilder, is_https: bool) -> Result<reqwest::ClientBuilder, ConfigError> {
        Ok(tls::set_up(http, is_https, &self.certificates)?
            // A redirect would send the token and the passwords to another host.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Without a budget, reqwest keeps no copy of the request for another attempt.
            .retry(reqwest::retry::never().max_retries_per_request(0)))
    }

    fn proxy_for(&self, endpoint: &Endpoint) -> Result<Option<reqwest::Proxy>, ConfigError> {
        match &self.proxy {
            Some(proxy) => Ok(proxy.for_endpoint(endpoint)),
            None if endpoint.is_loopback() => Ok(None),
            None => {
                Ok(Proxy::from_variables(|name| std::env::var_os(name))?.and_then(|proxy| proxy.for_endpoint(endpoint)))
            }
        }
    }
}

impl fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The proxy is left out: its address may contain a password.
        f.debug_struct("HttpSettings")
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}
