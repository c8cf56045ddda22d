//! ID tokens of OpenID Connect.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codearts_repo_client::{AuthError, AuthStep};
use zeroize::Zeroizing;

use crate::file;

/// Where an ID token comes from. `Debug` does not show the token.
#[derive(Clone)]
pub struct IdToken(Source);

#[derive(Clone)]
enum Source {
    Text(Zeroizing<String>),
    File(PathBuf),
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

    /// Reads the token, without the blanks around it.
    pub(crate) fn read(&self) -> Result<Zeroizing<String>, AuthError> {
        let (text, place) = match &self.0 {
            Source::Text(text) => (text.clone(), String::new()),
            Source::File(path) => {
                let place = format!("{}: ", path.display());
                let text = file::read_text(path).map_err(|error| failure(&format!("{place}{error}")))?;
                (text, place)
            }
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

fn failure(reason: &str) -> AuthError {
    AuthError::new(AuthStep::IdToken, reason.to_owned())
}

/// When a token expires, as it says itself. Nothing is verified: that is the service's part.
pub(crate) fn expiry(token: &str) -> Option<SystemTime> {
    let claims = Zeroizing::new(URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?);
    let seconds = serde_json::from_slice::<serde_json::Value>(&claims).ok()?.get("exp")?.as_u64()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

impl fmt::Debug for IdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Text(_) => f.write_str("IdToken(***)"),
            Source::File(path) => f.debug_tuple("IdToken").field(path).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(token: &IdToken) -> String {
        std::error::Error::source(&token.read().expect_err("refused")).expect("a reason").to_string()
    }

    #[test]
    fn a_file_is_read_each_time_and_an_invalid_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        let token = IdToken::file(&path);
        for text in ["first", "second\n"] {
            std::fs::write(&path, text).expect("written");
            assert_eq!(token.read().expect("a token").as_str(), text.trim());
        }
        std::fs::write(&path, " \n").expect("written");
        assert!(reason(&token).ends_with("the ID token is empty"), "{}", reason(&token));
        std::fs::write(&path, "s3cr3t s3cr3t").expect("written");
        assert!(reason(&token).ends_with("no blank") && !reason(&token).contains("s3cr3t"), "{}", reason(&token));
        // A file of 1 GB without its content: no byte of it is written or kept.
        std::fs::File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a file");
        assert!(reason(&token).ends_with("longer than 1 MiB"), "{}", reason(&token));
        assert!(reason(&IdToken::file(folder.path())).ends_with("it is a directory"));
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
