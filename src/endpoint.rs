//! The address of the service.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::{Host, Url};

/// The address of CodeArts Repo or IAM: `https://` and a host, or `http://` and a loopback address.
///
/// A port and a path in front of the service's own paths may follow. Plain HTTP to any other host is refused,
/// because the token and the passwords would travel in clear.
///
/// ```
/// use codearts_repo_client::Endpoint;
///
/// # fn main() -> Result<(), codearts_repo_client::InvalidEndpoint> {
/// let endpoint: Endpoint = "https://codehub-ext.cn-north-4.myhuaweicloud.com/".parse()?;
/// assert_eq!(endpoint.as_str(), "https://codehub-ext.cn-north-4.myhuaweicloud.com");
/// assert!("http://127.0.0.1:8080".parse::<Endpoint>().is_ok());
/// assert!("http://git.example.com".parse::<Endpoint>().is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    text: String,
    loopback: bool,
}

impl Endpoint {
    /// The address as text, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the host is this machine.
    #[must_use]
    pub const fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether the scheme is `https`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https:")
    }
}

impl FromStr for Endpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(InvalidEndpoint::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidEndpoint::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidEndpoint::Query);
        }
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => return Err(InvalidEndpoint::Scheme),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(InvalidEndpoint::PlainHttp),
            _ => return Err(InvalidEndpoint::Scheme),
        }
        Ok(Self { text: url.as_str().trim_end_matches('/').to_owned(), loopback })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not the address of the service. It does not repeat the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidEndpoint {
    /// It is no URL at all.
    #[error("the endpoint is not an address; write it as https://HOST")]
    NotAnAddress(#[source] url::ParseError),
    /// The scheme is neither `https` nor `http`, or there is no host.
    #[error("the endpoint starts with https:// and a host")]
    Scheme,
    /// Plain HTTP to a host that is not this machine.
    #[error("the endpoint is plain http:// to another machine, where secrets could be read; write https://")]
    PlainHttp,
    /// A user name or password in the address.
    #[error("the endpoint holds a user name or password; give credentials as a token, an IAM user or an access key")]
    Credentials,
    /// A query or fragment in the address.
    #[error("the endpoint holds a ? or #; write the scheme, the host and a path at the most")]
    Query,
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, InvalidEndpoint};

    #[test]
    fn https_everywhere_and_http_on_loopback_only() {
        for text in [
            "https://h",
            "https://h:8443/base/",
            "http://localhost:1",
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:80",
        ] {
            assert!(text.parse::<Endpoint>().is_ok(), "{text}");
        }
        for text in ["http://h", "http://10.0.0.1", "http://0.0.0.0", "http://localhost.evil.example", "http://[::2]"] {
            assert_eq!(text.parse::<Endpoint>(), Err(InvalidEndpoint::PlainHttp), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_not_repeated() {
        for text in ["", "h", "h:443", "ftp://h", "https://", "https://al:s3cr3t@h", "https://h?x", "https://h#x"] {
            let error = text.parse::<Endpoint>().expect_err(text);
            assert!(!error.to_string().contains("s3cr3t"), "{error}");
        }
    }
}
