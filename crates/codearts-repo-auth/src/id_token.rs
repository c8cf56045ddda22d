//! ID tokens of OpenID Connect.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codearts_repo_client::internal::HttpSettings;
use codearts_repo_client::{AuthError, AuthStep, CallError, ConfigError, InvalidEndpoint};
use zeroize::Zeroizing;

use crate::id_token_request::IdTokenRequest;
use crate::{file, identity_service};

/// Where an ID token comes from. `Debug` does not show the token. Needs the feature `federation` or `oidc`.
#[derive(Clone)]
pub struct IdToken(Source);

#[derive(Clone)]
enum Source {
    Text(Zeroizing<String>),
    File(PathBuf),
    Request(IdTokenRequest),
}

/// Reads ID tokens, with the HTTP settings of a client.
pub(crate) struct IdTokenReader {
    token: IdToken,
    http: Option<reqwest::Client>,
}

impl IdToken {
    /// The token itself, as GitLab puts it into a variable.
    pub fn text(token: impl Into<String>) -> Self {
        Self(Source::Text(Zeroizing::new(token.into())))
    }

    /// A regular file of at most 1 MiB with the token. It is read for each key, because the platform rotates it.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into()))
    }

    /// The token that GitHub Actions issues to a job: its `ACTIONS_ID_TOKEN_REQUEST_URL` and
    /// `ACTIONS_ID_TOKEN_REQUEST_TOKEN`, which a job with the permission `id-token: write` has. It is requested for each
    /// key.
    ///
    /// ```
    /// use codearts_repo_auth::IdToken;
    ///
    /// # fn main() -> Result<(), codearts_repo_client::InvalidEndpoint> {
    /// let token = IdToken::github_actions("https://pipelines.example.com/token?api-version=2.0", "s3cr3t")?;
    /// let token = token.audience("huaweicloud");
    /// assert!(!format!("{token:?}").contains("s3cr3t"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidEndpoint`] unless the URL is `https://`, or `http://` and a loopback address.
    pub fn github_actions(request_url: &str, request_token: impl Into<String>) -> Result<Self, InvalidEndpoint> {
        Ok(Self(Source::Request(IdTokenRequest::new(request_url, request_token.into())?)))
    }

    /// Requests a token for this audience, which the identity provider in IAM expects. By default GitHub's own, the URL of
    /// the repository's owner. Without effect on a text or file.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        if let Source::Request(request) = &mut self.0 {
            request.audience = Some(audience.into());
        }
        self
    }

    /// Prepares to read tokens. Nothing is sent.
    pub(crate) fn connect(&self, http: &HttpSettings) -> Result<IdTokenReader, ConfigError> {
        let http = match &self.0 {
            Source::Request(request) => Some(request.client(http)?),
            Source::Text(_) | Source::File(_) => None,
        };
        Ok(IdTokenReader { token: self.clone(), http })
    }
}

impl IdTokenReader {
    /// Reads or requests the token, without the blanks around it.
    pub(crate) async fn read(&self) -> Result<Zeroizing<String>, AuthError> {
        let (text, place) = match (&self.token.0, &self.http) {
            (Source::Request(request), Some(http)) => (request.send(http).await?, format!("{}: ", request.server())),
            (source, _) => source.read()?,
        };
        let token = text.trim();
        if token.is_empty() {
            return Err(failure(&format!("{place}the ID token is empty")));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) || !(4..=20_000).contains(&token.len()) {
            return Err(failure(&format!("{place}an ID token has 4 to 20000 characters and no blank")));
        }
        Ok(Zeroizing::new(token.to_owned()))
    }
}

impl Source {
    /// The token that is here already, and its place.
    fn read(&self) -> Result<(Zeroizing<String>, String), AuthError> {
        Ok(match self {
            Self::Text(text) => (text.clone(), String::new()),
            Self::File(path) => {
                let place = format!("{}: ", path.display());
                let text = file::read_text(path).map_err(|error| failure(&format!("{place}{error}")))?;
                (text, place)
            }
            Self::Request(_) => return Err(failure("the ID token has to be requested")),
        })
    }
}

fn failure(reason: &str) -> AuthError {
    AuthError::new(AuthStep::IdToken, reason.to_owned())
}

/// When a token expires, as it says itself. Nothing is verified: that is the service's part.
pub(crate) fn expiry(token: &str) -> Option<SystemTime> {
    let claims = Zeroizing::new(URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?);
    let seconds = serde_json::from_slice::<serde_json::Value>(&claims).ok()?.get("exp")?.as_u64()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// A refusal of a token that has expired is about that, whatever the service says. `advice` is for any other one.
pub(crate) fn refused(id_token: &str, error: CallError, advice: &str) -> AuthError {
    let expired = expiry(id_token).filter(|expiry| *expiry < SystemTime::now());
    match (error.status(), expired) {
        (Some(400..=499), Some(expiry)) => {
            let expiry = humantime::format_rfc3339_seconds(expiry);
            AuthError::new(AuthStep::IdToken, format!("the ID token expired at {expiry}"))
        }
        _ => identity_service::failed(error, advice),
    }
}

impl fmt::Debug for IdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Text(_) => f.write_str("IdToken(***)"),
            Source::File(path) => f.debug_tuple("IdToken").field(path).finish(),
            Source::Request(request) => f.debug_tuple("IdToken").field(request).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(token: &IdToken) -> Result<Zeroizing<String>, AuthError> {
        let reader = token.connect(&HttpSettings::default()).expect("a reader");
        futures_util::FutureExt::now_or_never(reader.read()).expect("nothing to wait for")
    }

    fn reason(token: &IdToken) -> String {
        std::error::Error::source(&read(token).expect_err("refused")).expect("a reason").to_string()
    }

    #[test]
    fn a_file_is_read_each_time_and_an_invalid_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        let token = IdToken::file(&path);
        for text in ["first", "second\n"] {
            std::fs::write(&path, text).expect("written");
            assert_eq!(read(&token).expect("a token").as_str(), text.trim());
        }
        std::fs::write(&path, " \n").expect("written");
        assert!(reason(&token).ends_with("the ID token is empty"), "{}", reason(&token));
        std::fs::write(&path, "s3cr3t s3cr3t").expect("written");
        assert!(reason(&token).ends_with("no blank") && !reason(&token).contains("s3cr3t"), "{}", reason(&token));
        // A file of 1 GB without its content: no byte of it is written or kept.
        std::fs::File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a file");
        assert!(reason(&token).ends_with("longer than 1 MiB"), "{}", reason(&token));
        assert!(reason(&IdToken::file(folder.path())).ends_with("it is a directory"));
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
            assert!(reason(&IdToken::file(&pipe)).ends_with("it is not a regular file"));
        }
    }

    #[test]
    fn a_token_says_when_it_expires() {
        let token = |claims: &str| format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        assert_eq!(expiry(&token(r#"{"exp":60}"#)), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(60)));
        for other in [token("{}"), token(r#"{"exp":"60"}"#), "e30".to_owned(), "e30.!.c2ln".to_owned()] {
            assert_eq!(expiry(&other), None, "{other}");
        }
    }
}
