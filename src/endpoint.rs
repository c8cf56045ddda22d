//! The address of the service.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// The address of CodeArts Repo or IAM: `https://` and a host, or `http://` and a loopback address.
///
/// A port and a path in front of the service's own paths may follow. Blanks around the text are ignored. Plain HTTP to
/// any other host is refused: the token and the passwords would travel in clear text.
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
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Endpoint {
    text: String,
    loopback: bool,
}

impl Endpoint {
    /// Reads the address of IAM. A `/v3` at its end, as in `OS_AUTH_URL`, is part of IAM's own paths and dropped.
    ///
    /// ```
    /// use codearts_repo_client::Endpoint;
    ///
    /// # fn main() -> Result<(), codearts_repo_client::InvalidEndpoint> {
    /// let iam = Endpoint::parse_iam("https://iam.cn-north-4.myhuaweicloud.com/v3/ ")?;
    /// assert_eq!(iam.as_str(), "https://iam.cn-north-4.myhuaweicloud.com");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidEndpoint`] as for any other address.
    pub fn parse_iam(text: &str) -> Result<Self, InvalidEndpoint> {
        let mut endpoint: Self = text.parse()?;
        if let Some(host) = endpoint.text.strip_suffix("/v3") {
            endpoint.text = host.trim_end_matches('/').to_owned();
        }
        Ok(endpoint)
    }

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
        let url = Url::parse(text.trim()).map_err(|_| InvalidEndpoint::NotAUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidEndpoint::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidEndpoint::Query);
        }
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
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

impl TryFrom<String> for Endpoint {
    type Error = InvalidEndpoint;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.text
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

/// A text that is not the address of the service. It does not show the text, which may contain a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidEndpoint {
    /// It is not a URL.
    #[error("the endpoint is not a URL")]
    NotAUrl,
    /// The scheme is neither `https` nor `http`, or there is no host.
    #[error("the endpoint does not start with https:// and a host")]
    Scheme,
    /// Plain HTTP to a host that is not this machine.
    #[error("the endpoint is plain http:// to another machine, where others can read the secrets")]
    PlainHttp,
    /// A user name or password in the address.
    #[error("the endpoint contains a user name or password")]
    Credentials,
    /// A query or fragment in the address.
    #[error("the endpoint contains a ? or #")]
    Query,
}

impl InvalidEndpoint {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::NotAUrl | Self::Scheme => "use https://HOST",
            Self::PlainHttp => "use https://",
            Self::Credentials => "set credentials as a token, an IAM user or an access key",
            Self::Query => "use only the scheme, the host and a path",
        }
    }
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
    fn blanks_are_ignored_and_the_version_of_iam_is_dropped() {
        for text in ["https://h", " https://h/ ", "https://h/v3", "https://h/v3/", "\thttps://h//v3\n"] {
            assert_eq!(Endpoint::parse_iam(text).expect(text).as_str(), "https://h", "{text:?}");
        }
        assert_eq!(Endpoint::parse_iam("https://h/iam/v3").expect("a path").as_str(), "https://h/iam");
        assert_eq!("https://h/v3".parse::<Endpoint>().expect("a path").as_str(), "https://h/v3");
    }

    #[test]
    fn an_endpoint_serializes_as_text_and_is_checked_when_read() {
        let endpoint: Endpoint = "http://127.0.0.1:1/".parse().expect("an endpoint");
        let json = serde_json::to_string(&endpoint).expect("JSON");
        assert_eq!(json, r#""http://127.0.0.1:1""#);
        assert_eq!(serde_json::from_str::<Endpoint>(&json).expect("an endpoint"), endpoint);
        assert!(serde_json::from_str::<Endpoint>(r#""http://h""#).is_err());
    }

    #[test]
    fn an_invalid_address_is_refused_and_not_shown() {
        for text in ["", "h", "h:443", "ftp://h", "https://", "https://al:s3cr3t@h", "https://h?x", "https://h#x"] {
            let error = text.parse::<Endpoint>().expect_err(text);
            assert!(!error.to_string().contains("s3cr3t"), "{error}");
        }
    }
}
