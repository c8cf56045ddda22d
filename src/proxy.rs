//! The proxy of an HTTP client.

use std::ffi::OsString;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use reqwest::NoProxy;
use url::Url;

use crate::{ConfigError, Endpoint};

/// The variables for calls to `https://`, in the order of their precedence. Plain HTTP is for loopback endpoints only,
/// which are reached without a proxy: `HTTP_PROXY` is never used.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// A proxy that was checked: reqwest drops what it does not understand without a word, and calls the service directly.
#[derive(Clone)]
pub(crate) struct Proxy {
    proxy: reqwest::Proxy,
    loopback: bool,
}

/// What is wrong with a proxy setting. It does not show the value, which may contain a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidProxy {
    /// It is not a URL with a host and nothing behind the port.
    #[error("it is not the address of a proxy")]
    NotAnAddress,
    /// The scheme is not one of `http`, `https`, `socks4`, `socks4a`, `socks5` and `socks5h`.
    #[error("its scheme is not one of http, https, socks4, socks4a, socks5 and socks5h")]
    Scheme,
    /// The user name or password contains a character that must be percent-encoded.
    #[error("its user name or password contains a character that must be percent-encoded")]
    Credentials,
    /// It is not UTF-8 text.
    #[error("it is not UTF-8 text")]
    NotText,
}

impl InvalidProxy {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Credentials => "percent-encode the user name and the password, e.g. @ as %40",
            Self::NotAnAddress | Self::Scheme | Self::NotText => "use http://HOST:PORT, or unset it",
        }
    }
}

impl Proxy {
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidProxy> {
        let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let (scheme, rest) = text.split_once("://").ok_or(InvalidProxy::NotAnAddress)?;
        if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(InvalidProxy::Scheme);
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.is_empty() || authority.contains(|c: char| c.is_whitespace() || "/?#\\\"'<>".contains(c)) {
            return Err(InvalidProxy::NotAnAddress);
        }
        if let Some((login, _)) = authority.rsplit_once('@') {
            let decodes = percent_decode_str(login).decode_utf8().is_ok();
            if login.contains('@') || login.matches(':').count() > 1 || !decodes || has_stray_percent(login) {
                return Err(InvalidProxy::Credentials);
            }
        }
        let url = Url::parse(&text).map_err(|_| InvalidProxy::NotAnAddress)?;
        // It is parsed once more by the HTTP client, as another type and without an error.
        let uri: Option<http::Uri> = url.as_str().parse().ok();
        if uri.and_then(|uri| uri.authority().cloned()).is_none() {
            return Err(InvalidProxy::NotAnAddress);
        }
        // For schemes other than http, `Url` has all hosts as text.
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let loopback = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        let proxy = reqwest::Proxy::all(url).map_err(|_| InvalidProxy::NotAnAddress)?;
        Ok(Self { proxy, loopback })
    }

    /// The proxy of the environment for an endpoint.
    pub(crate) fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Self>, ConfigError> {
        let mut set = VARIABLES.into_iter().filter_map(|name| Some((name, variable(name)?)));
        let Some((name, value)) = set.find(|(_, value)| !value.is_empty()) else { return Ok(None) };
        let invalid = |source| ConfigError::ProxyVariable { variable: name, source };
        let text = value.to_str().ok_or_else(|| invalid(InvalidProxy::NotText))?;
        let mut proxy = Self::parse(text).map_err(invalid)?;
        let exceptions = EXCEPTIONS.into_iter().find_map(variable).and_then(|value| value.into_string().ok());
        // reqwest takes a star for all names, but not for addresses.
        if exceptions.iter().flat_map(|list| list.split(',')).any(|exception| exception.trim() == "*") {
            return Ok(None);
        }
        proxy.proxy = proxy.proxy.no_proxy(exceptions.as_deref().and_then(NoProxy::from_string));
        Ok(Some(proxy))
    }

    /// The proxy for reqwest. A loopback endpoint is reached directly, unless the proxy is on this machine too: the
    /// token would leave the machine in clear text.
    pub(crate) fn for_endpoint(&self, endpoint: &Endpoint) -> Option<reqwest::Proxy> {
        (self.loopback || !endpoint.is_loopback()).then(|| self.proxy.clone())
    }
}

/// Whether a percent sign does not start an encoded byte: `100%` could also be meant as written.
fn has_stray_percent(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| !rest.get(..2).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_proxies_are_read() {
        for text in [
            "http://proxy.example:3128",
            "proxy.example:3128",
            "HTTP://127.0.0.1:1/",
            "https://proxy",
            "socks5://[::1]:1080",
            "socks5h://alice:p%40ss%3A%25@proxy:1080",
            "http://alice@proxy:1",
        ] {
            assert!(Proxy::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_the_http_client_would_drop_is_an_error() {
        use InvalidProxy::{Credentials, NotAnAddress, Scheme};
        for (text, error) in [
            ("socks://127.0.0.1:9", Scheme),
            ("ftp://proxy", Scheme),
            ("http//h:1", NotAnAddress),
            ("http://proxy:1 ", NotAnAddress),
            ("\"http://proxy:1\"", Scheme),
            ("'proxy:1'", NotAnAddress),
            ("http://", NotAnAddress),
            ("http://proxy:99999", NotAnAddress),
            ("http://proxy/path", NotAnAddress),
            ("http://al:p@ss@proxy:1", Credentials),
            ("http://al:p:ss@proxy:1", Credentials),
            ("http://al:100%@proxy:1", Credentials),
            ("http://al:%ff@proxy:1", Credentials),
        ] {
            assert_eq!(Proxy::parse(text).err(), Some(error), "{text}");
        }
    }

    #[test]
    fn the_variable_is_named_and_its_value_is_not_shown() {
        for name in VARIABLES {
            let set = |variable: &str| (variable == name).then(|| OsString::from("socks://al:s3cr3t@h"));
            let error = Proxy::from_variables(set).err().expect("an error");
            let text = format!("{error} {error:?}");
            assert!(text.contains(name) && !text.contains("s3cr3t"), "{text}");
        }
        let none = Proxy::from_variables(|name| ["HTTP_PROXY", "http_proxy"].contains(&name).then(|| "x//y".into()));
        assert!(none.expect("not read").is_none());
    }

    #[test]
    fn a_star_excepts_every_host() {
        let with = |exceptions: &'static str| {
            move |name: &str| match name {
                "HTTPS_PROXY" => Some(OsString::from("http://proxy:1")),
                "no_proxy" => Some(exceptions.into()),
                _ => None,
            }
        };
        assert!(Proxy::from_variables(with("a, *")).expect("valid").is_none());
        assert!(Proxy::from_variables(with("*.example")).expect("valid").is_some());
    }

    #[test]
    fn a_loopback_endpoint_is_only_reached_through_a_loopback_proxy() {
        let endpoint = |text: &str| text.parse::<Endpoint>().expect("an endpoint");
        for (proxy, used) in [("socks5://127.0.0.1:1", true), ("http://localhost:1", true), ("proxy:1", false)] {
            let proxy = Proxy::parse(proxy).expect("a proxy");
            assert_eq!(proxy.for_endpoint(&endpoint("http://127.0.0.1:2")).is_some(), used);
            assert!(proxy.for_endpoint(&endpoint("https://host")).is_some());
        }
    }
}
