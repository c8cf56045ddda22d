//! The address of a mirror source.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The address of a mirror source: `http://` or `https://`, a host, and no user name or password inside.
///
/// The vendor documents these two schemes. Credentials in the address would be visible in every answer about the mirror,
/// so they are refused here. Pass them when you start a synchronization, or use a service endpoint.
///
/// ```
/// use codearts_repo_client::MirrorUrl;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let url: MirrorUrl = "https://git.example.com/team/project.git".parse()?;
/// assert_eq!(url.as_str(), "https://git.example.com/team/project.git");
/// assert!("ssh://git.example.com/team/project.git".parse::<MirrorUrl>().is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(extend("pattern" = "^https?://")))]
#[serde(try_from = "String")]
pub struct MirrorUrl(String);

impl MirrorUrl {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MirrorUrl {
    type Err = InvalidMirrorUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
            return Err(InvalidMirrorUrl("it must start with http:// or https://"));
        };
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(InvalidMirrorUrl("it must not contain white space"));
        }
        let url =
            reqwest::Url::parse(text).map_err(|_| InvalidMirrorUrl("it must have a host, and a port up to 65535"))?;
        // The parser ignores an empty login, so the text is checked as well.
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if !url.username().is_empty() || url.password().is_some() || authority.contains('@') {
            return Err(InvalidMirrorUrl("it must not contain a user name or password"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for MirrorUrl {
    type Error = InvalidMirrorUrl;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for MirrorUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is not the address of a mirror source. The message omits it, because it may contain a password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InvalidMirrorUrl(&'static str);

impl fmt::Display for InvalidMirrorUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not the address of a mirror source: {}", self.0)
    }
}

impl std::error::Error for InvalidMirrorUrl {}

#[cfg(test)]
mod tests {
    use super::MirrorUrl;

    #[test]
    fn an_invalid_address_is_refused_and_not_shown() {
        for text in [
            "",
            "https://",
            "ssh://h/x.git",
            "file:///etc",
            "ext::sh",
            "-u",
            "https://al:s3cr3t@h/x.git",
            "https://:s3cr3t@h/x.git",
            "https://s3cr3t@h/x.git",
            "https:///al:s3cr3t@h/x.git",
            "https://@h/x.git",
            "https://h/a b",
            "HTTPS ://h",
        ] {
            let error = text.parse::<MirrorUrl>().expect_err(text).to_string();
            assert!(!error.contains("s3cr3t") && error.contains(": it must "), "{error}");
        }
    }

    #[test]
    fn display_is_the_given_text() {
        let text = "https://Host.example:8443/a%20b.git";
        assert_eq!(text.parse::<MirrorUrl>().expect("an address").to_string(), text);
    }
}
