//! A path of the service, checked before it is sent anywhere.

use std::fmt;
use std::str::FromStr;

/// A path of the service that [`Client::request`](crate::Client::request) takes, such as `/v4/user/repositories`, with a
/// query if there is one.
///
/// It cannot lead to another host or out of the service's own paths: `.` and `..` are refused as parts of it, also
/// percent-encoded, and so are backslashes, blanks, control characters and fragments.
///
/// ```
/// use codearts_repo::{InvalidPath, RequestPath};
///
/// let path: RequestPath = "/v4/repositories/5/repository/branch?branch_name=a%2Fb".parse()?;
/// assert_eq!(path.as_str(), "/v4/repositories/5/repository/branch?branch_name=a%2Fb");
/// assert_eq!("https://example.com/v4".parse::<RequestPath>(), Err(InvalidPath::NotAPath));
/// assert_eq!("/v4/%2e%2e/v1".parse::<RequestPath>(), Err(InvalidPath::Dots));
/// # Ok::<(), InvalidPath>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RequestPath(String);

impl RequestPath {
    /// The path and its query, as they were given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without its query.
    #[must_use]
    pub fn without_query(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }
}

impl FromStr for RequestPath {
    type Err = InvalidPath;

    fn from_str(text: &str) -> Result<Self, InvalidPath> {
        let path = text.split('?').next().unwrap_or_default();
        let is_versioned = path.strip_prefix("/v").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !is_versioned {
            return Err(InvalidPath::NotAPath);
        }
        if text.contains('#') {
            return Err(InvalidPath::Fragment);
        }
        // URL parsers drop tabs and line breaks, which could join two dots.
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(InvalidPath::Character);
        }
        check(path)?;
        Ok(Self(text.to_owned()))
    }
}

/// Checks a path, and what it decodes to: a gateway may decode it more than once.
fn check(path: &str) -> Result<(), InvalidPath> {
    if path.contains('\\') || path.contains(char::is_control) {
        return Err(InvalidPath::Character);
    }
    // Some servers take a semicolon for the start of parameters of a segment.
    let name = |segment: &str| segment.split(';').next().is_some_and(|name| matches!(name, "." | ".."));
    if path.split('/').any(name) {
        return Err(InvalidPath::Dots);
    }
    let decoded = decoded(path);
    if decoded == path { Ok(()) } else { check(&decoded) }
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Shows no secret of the query.
impl fmt::Debug for RequestPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestPath({})", self.without_query())
    }
}

/// A text that is not a path of the service. It does not show the text, which may contain a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPath {
    /// It does not begin with `/v` and a digit, as a whole URL does not.
    #[error("the path does not begin with /v and a version")]
    NotAPath,
    /// A `.` or `..` as a part of the path, plain or percent-encoded.
    #[error("the path contains . or .. as a part, plain or percent-encoded")]
    Dots,
    /// A blank, a control character or a backslash, plain or percent-encoded.
    #[error("the path contains a blank, a control character or a backslash")]
    Character,
    /// A fragment.
    #[error("the path contains a #")]
    Fragment,
}

impl InvalidPath {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::NotAPath => "use a path such as /v4/user/repositories, without a host",
            Self::Dots => "write the path without them",
            Self::Character => "percent-encode blanks as %20, and leave the others out",
            Self::Fragment => "percent-encode it as %23",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidPath, RequestPath};

    #[test]
    fn paths_of_the_service_are_taken_as_they_are() {
        for text in [
            "/v4/user/repositories",
            "/v4/a/b?c=d&e=..%2f",
            "/v3.0/OS-CREDENTIAL/credentials",
            "/v4/branches/feature%2Fx",
            "/v4/compare/a..b/...",
            "/v4/\u{5206}\u{652f}/100%",
            "/v4//a",
        ] {
            assert_eq!(text.parse::<RequestPath>().expect(text).as_str(), text);
        }
    }

    #[test]
    fn nothing_leads_out_of_the_services_paths() {
        use InvalidPath::{Character, Dots, Fragment, NotAPath};
        for (text, error) in [
            ("", NotAPath),
            ("v4/a", NotAPath),
            ("https://example.com/v4/a", NotAPath),
            ("//example.com/v4/a", NotAPath),
            ("/\\example.com/v4/a", NotAPath),
            ("\\/v4", NotAPath),
            ("@example.com/v4", NotAPath),
            (":80/v4", NotAPath),
            ("/v", NotAPath),
            ("/version", NotAPath),
            ("/v4/../v1", Dots),
            ("/v4/./a", Dots),
            ("/v4/..", Dots),
            ("/v4/..?a=b", Dots),
            ("/v4/%2e%2E/a", Dots),
            ("/v4/.%2e", Dots),
            ("/v4/a%2f..%2fb", Dots),
            ("/v4/%252e%252e/a", Dots),
            ("/v4/%25252e./a", Dots),
            ("/v4/..;x/a", Dots),
            ("/v4/..%3bx/a", Dots),
            ("/v4/..\\a", Character),
            ("/v4/a%5c..%5cb", Character),
            ("/v4/.\t./a", Character),
            ("/v4/.\n./a", Character),
            ("/v4/%0d%0aHost:x", Character),
            ("/v4/a%00", Character),
            ("/v4/a b", Character),
            (" /v4/a", NotAPath),
            ("/v4/a?b= c", Character),
            ("/v4/a#b", Fragment),
            ("/v4/a?b#c", Fragment),
        ] {
            assert_eq!(text.parse::<RequestPath>(), Err(error), "{text:?}");
        }
    }

    #[test]
    fn debug_leaves_the_query_out() {
        let path: RequestPath = "/v4/a?private_token=s3cr3t".parse().expect("a path");
        assert_eq!(format!("{path:?}"), "RequestPath(/v4/a)");
    }
}
