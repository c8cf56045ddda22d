//! The source of a mirror, read with the user's git.

mod advertisement;
mod command;
mod process;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;
use zeroize::Zeroizing;

use crate::reason::{Reason, ReasonKind};
use crate::refs::SourceRefs;

/// What `GIT_TRACE_PACKET` prints for each packet of git's protocol.
const PACKET: &[u8] = b" packet: ";

/// A user name and a password, or an access token, for a source.
///
/// They reach git through the environment of its process: neither through arguments nor through a file. `Debug` shows
/// neither of the two, and the memory is wiped on drop.
///
/// ```
/// use codearts_repo_verify::SourceCredentials;
///
/// let credentials = SourceCredentials::new("alice", "s3cr3t");
/// assert!(!format!("{credentials:?}").contains("s3cr3t"));
/// ```
#[derive(Clone)]
pub struct SourceCredentials {
    username: Zeroizing<String>,
    password: Zeroizing<String>,
}

impl SourceCredentials {
    /// A user name and a password.
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: Zeroizing::new(username.into()), password: Zeroizing::new(password.into()) }
    }
}

impl fmt::Debug for SourceCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SourceCredentials(***)")
    }
}

/// How sources are read: with `git ls-remote` of the user's git, so that its proxies, CA settings and credential helpers
/// apply. Git never prompts.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
///
/// use codearts_repo_verify::{ReasonKind, SourceReader};
///
/// let reader = SourceReader::new().timeout(Duration::from_secs(20));
/// let error = reader.read("git@git.example.com:team/project.git").await.expect_err("ssh");
/// assert_eq!(error.kind, ReasonKind::UnsupportedSource);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a reader does nothing until `read` is called"]
pub struct SourceReader {
    program: PathBuf,
    credentials: Option<SourceCredentials>,
    timeout: Duration,
    allow_local: bool,
    max_refs: usize,
}

impl Default for SourceReader {
    fn default() -> Self {
        Self {
            program: PathBuf::from("git"),
            credentials: None,
            timeout: Duration::from_secs(60),
            allow_local: false,
            max_refs: 1_000_000,
        }
    }
}

impl SourceReader {
    /// The git in `PATH`, no credentials, a timeout of 60 seconds, http and https only, at most 1,000,000 refs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the git to run.
    pub fn program(mut self, path: impl Into<PathBuf>) -> Self {
        self.program = path.into();
        self
    }

    /// Sets the credentials. They are sent to the source's own scheme, host and port only, not after a redirect to
    /// another one. Without credentials, git asks the user's credential helpers.
    pub fn credentials(mut self, credentials: SourceCredentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The same with other credentials, or none.
    pub(crate) fn with_credentials(&self, credentials: Option<SourceCredentials>) -> Self {
        Self { credentials, ..self.clone() }
    }

    /// Sets the time after which git is killed.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Allows `file` URLs and paths of this machine. Set it only if the addresses come from a service that you run
    /// yourself, such as the emulator.
    pub const fn allow_local(mut self, allow: bool) -> Self {
        self.allow_local = allow;
        self
    }

    /// Sets how many branches and tags a source may have.
    pub const fn max_refs(mut self, refs: usize) -> Self {
        self.max_refs = refs;
        self
    }

    /// Reads the branches and tags of a source. Dropping the future kills git and what git started.
    ///
    /// # Errors
    ///
    /// A [`Reason`]: an address that is not read, no git, a timeout, too many refs, or what git says.
    pub async fn read(&self, address: &str) -> Result<SourceRefs, Reason> {
        let source = self.resolve(address)?;
        let (refs, _) = self.list(&source, false).await?;
        if refs.is_empty() && source.origin.is_some() {
            // Git also prints nothing for a login page. A repository that is empty speaks its protocol.
            let (_, trace) = self.list(&source, true).await?;
            if !trace.windows(PACKET.len()).any(|words| words == PACKET) {
                let text = "the source answered, but not as a git server does";
                return Err(Reason::new(ReasonKind::SourceUnreadable, text));
            }
        }
        Ok(refs)
    }

    /// Lists the refs, and gives git's messages.
    async fn list(&self, source: &Source, trace: bool) -> Result<(SourceRefs, Vec<u8>), Reason> {
        let mut advertisement = advertisement::Advertisement::new(self.max_refs);
        let output = self.run(source, trace)?;
        let messages = output.read_lines(self.timeout, |line| advertisement.line(line)).await;
        Ok((advertisement.finish(), messages.map_err(|failure| failure.reason(source))?))
    }

    /// Checks an address, and takes credentials out of it.
    fn resolve(&self, address: &str) -> Result<Source, Reason> {
        let unsupported = |what: &str| {
            let text = format!("the mirror source uses {what}, not http or https");
            Err(Reason::new(ReasonKind::UnsupportedSource, text))
        };
        let address = address.trim();
        if address.is_empty() {
            return Err(Reason::new(ReasonKind::InvalidSource, "the mirror has no source address"));
        }
        if address.starts_with('-') {
            return Err(Reason::new(ReasonKind::InvalidSource, "the source address begins with a dash"));
        }
        let Ok(mut url) = Url::parse(address) else {
            return match address.split_once(':') {
                // `user@host:path`, as ssh takes it.
                Some((host, path)) if !host.contains('/') && !path.starts_with("//") => unsupported("ssh"),
                _ if self.allow_local && address.starts_with('/') => Ok(Source::local(address)),
                _ => Err(Reason::new(ReasonKind::InvalidSource, "the source address is not a URL")),
            };
        };
        match url.scheme() {
            "http" | "https" => {
                let credentials = self.credentials.clone().or_else(|| credentials_in(&url));
                // Both fail only for addresses without a host, and http and https have one.
                let _ = url.set_username("");
                let _ = url.set_password(None);
                Source::remote(&url, credentials)
            }
            "file" if self.allow_local => Ok(Source::local(address)),
            "file" => unsupported("a path"),
            scheme => unsupported(&scheme.chars().take(20).collect::<String>()),
        }
    }
}

/// An address that may be passed to git.
#[derive(Debug)]
struct Source {
    address: String,
    /// Scheme, host and port; `None` for a local path.
    origin: Option<String>,
    credentials: Option<SourceCredentials>,
}

impl Source {
    fn local(address: &str) -> Self {
        Self { address: address.to_owned(), origin: None, credentials: None }
    }

    fn remote(url: &Url, credentials: Option<SourceCredentials>) -> Result<Self, Reason> {
        let has_break = |text: &str| text.contains(['\n', '\r', '\0']);
        if credentials.as_ref().is_some_and(|it| has_break(&it.username) || has_break(&it.password)) {
            let text = "git cannot take credentials with a line break";
            return Err(Reason::new(ReasonKind::InvalidCredentials, text));
        }
        Ok(Self { address: url.to_string(), origin: Some(url.origin().ascii_serialization()), credentials })
    }
}

/// The credentials in an address, decoded.
fn credentials_in(url: &Url) -> Option<SourceCredentials> {
    let decode = |text: &str| percent_decoded(text);
    (!url.username().is_empty() || url.password().is_some())
        .then(|| SourceCredentials::new(decode(url.username()), decode(url.password().unwrap_or_default())))
}

/// Form decoding, with a plus sign kept as it is.
fn percent_decoded(text: &str) -> String {
    let pairs = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(pairs.as_bytes()).map(|(name, _)| name.into_owned()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(address: &str, allow_local: bool) -> Option<ReasonKind> {
        SourceReader::new().allow_local(allow_local).resolve(address).err().map(|reason| reason.kind)
    }

    #[test]
    fn only_http_and_https_are_read() {
        for address in ["https://git.example.com/a.git", "http://127.0.0.1:1/a", "HTTPS://h/a b"] {
            assert_eq!(kind(address, false), None, "{address}");
        }
        for address in ["ssh://git@h/a", "git@h:a.git", "git://h/a", "ext::sh -c true", "ftp://h/a", "h:a"] {
            assert_eq!(kind(address, true), Some(ReasonKind::UnsupportedSource), "{address}");
        }
        for address in ["", " ", "--upload-pack=touch /x", "-", "a/b", "https://"] {
            assert_eq!(kind(address, true), Some(ReasonKind::InvalidSource), "{address}");
        }
        for address in ["file:///a.git", "/a.git"] {
            assert_eq!(kind(address, true), None, "{address}");
            assert!(kind(address, false).is_some(), "{address}");
        }
    }

    #[test]
    fn credentials_leave_the_address() {
        let source = SourceReader::new().resolve("https://al%20ice:p%2Bw+d@h:8443/a.git").expect("an address");
        assert_eq!((&*source.address, source.origin.as_deref()), ("https://h:8443/a.git", Some("https://h:8443")));
        let found = source.credentials.expect("credentials");
        assert_eq!((found.username.as_str(), found.password.as_str()), ("al ice", "p+w+d"));
        let reader = SourceReader::new().credentials(SourceCredentials::new("a", "b\nhost=evil"));
        assert_eq!(reader.resolve("https://h/a").expect_err("a break").kind, ReasonKind::InvalidCredentials);
    }
}
