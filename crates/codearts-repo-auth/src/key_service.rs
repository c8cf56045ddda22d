//! Services on this machine or its link that answer with temporary access keys.

use std::borrow::Cow;
use std::fmt;
use std::net::Ipv6Addr;
use std::time::Duration;

use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{AuthError, AuthStep, ConfigError};
use url::{Host, Url};

use crate::bounded_answer::NoAnswer;

/// The address of such a service: `http://` and an address of this machine or its link, or `https://` and any host.
///
/// Plain HTTP to other machines is refused: the keys would travel in clear text.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct KeyServiceAddress(Cow<'static, str>);

impl KeyServiceAddress {
    /// The metadata service of every ECS server (vendor's documentation).
    #[cfg(feature = "ecs")]
    pub(crate) const METADATA: Self = Self(Cow::Borrowed("http://169.254.169.254"));

    pub(crate) fn parse(text: &str) -> Result<Self, InvalidKeyService> {
        let url = Url::parse(text.trim()).map_err(|_| InvalidKeyService::NotAUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidKeyService::Credentials);
        }
        let is_near = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback() || address.is_link_local(),
            Some(Host::Ipv6(address)) => address.is_loopback() || is_link_local(address),
            None => return Err(InvalidKeyService::NotAUrl),
        };
        match url.scheme() {
            "https" => Ok(Self(String::from(url).into())),
            "http" if is_near => Ok(Self(String::from(url).into())),
            "http" => Err(InvalidKeyService::PlainHttp),
            _ => Err(InvalidKeyService::NotAUrl),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Creates the HTTP client for it. Neither a proxy nor a redirect leads elsewhere.
    pub(crate) fn client(&self, http: &HttpSettings, timeout: Duration) -> Result<reqwest::Client, ConfigError> {
        http.direct_client(self.0.starts_with("https:"), timeout)
    }
}

/// `fe80::/10`.
const fn is_link_local(address: Ipv6Addr) -> bool {
    address.segments()[0] & 0xffc0 == 0xfe80
}

/// The address without its path and query, which may contain a secret.
impl fmt::Debug for KeyServiceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = Url::parse(&self.0).map(|url| url.origin().ascii_serialization());
        f.write_str(&origin.unwrap_or_default())
    }
}

/// An address that keys cannot be requested from. It does not show the address. Needs the feature `ecs` or `pod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidKeyService {
    /// It is not `http://` or `https://` and a host.
    #[error("the address does not start with http:// or https:// and a host")]
    NotAUrl,
    /// Plain HTTP to a host that is neither this machine nor on its link.
    #[error("the address is plain http:// to another machine, where others can read the keys")]
    PlainHttp,
    /// A user name or password in the address.
    #[error("the address contains a user name or password")]
    Credentials,
}

impl InvalidKeyService {
    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NotAUrl => "write http://HOST:PORT or https://HOST",
            Self::PlainHttp => "use https://, a loopback address, or one of 169.254.0.0/16 or fe80::/10",
            Self::Credentials => "remove them",
        }
    }
}

/// The failure of a service that did not answer as it should.
pub(crate) fn unusable(service: &str, no_answer: NoAnswer) -> AuthError {
    AuthError::retryable(AuthStep::KeyService, format!("{service} {}", no_answer.reason()))
}

/// The failure of a service that answered with this status.
pub(crate) fn refused(service: &str, status: u16) -> AuthError {
    let reason = format!("{service} answered with the status {status}");
    match status {
        429 | 500..=599 => AuthError::retryable(AuthStep::KeyService, reason).with_advice("retry later"),
        _ => AuthError::new(AuthStep::AccessKey, reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_and_its_link() {
        for text in [
            "http://127.0.0.1:80/v1?id=1",
            "http://localhost:1",
            "http://[::1]",
            "http://169.254.169.254",
            "http://[fe80::1]:1",
            " https://keys.example.com/a ",
        ] {
            assert!(KeyServiceAddress::parse(text).is_ok(), "{text}");
        }
        for (text, error) in [
            ("http://10.0.0.1", InvalidKeyService::PlainHttp),
            ("http://169.253.169.254", InvalidKeyService::PlainHttp),
            ("http://[fec0::1]", InvalidKeyService::PlainHttp),
            ("http://localhost.example.com", InvalidKeyService::PlainHttp),
            ("ftp://127.0.0.1", InvalidKeyService::NotAUrl),
            ("169.254.169.254", InvalidKeyService::NotAUrl),
            ("unix:/run/keys", InvalidKeyService::NotAUrl),
            ("http://user:s3cr3t@127.0.0.1", InvalidKeyService::Credentials),
        ] {
            assert_eq!(KeyServiceAddress::parse(text).expect_err(text), error, "{text}");
        }
    }

    #[test]
    fn debug_hides_the_path() {
        let address = KeyServiceAddress::parse("http://127.0.0.1:1/s3cr3t?a=s3cr3t").expect("an address");
        assert_eq!(address.as_str(), "http://127.0.0.1:1/s3cr3t?a=s3cr3t");
        assert_eq!(format!("{address:?}"), "http://127.0.0.1:1");
    }
}
