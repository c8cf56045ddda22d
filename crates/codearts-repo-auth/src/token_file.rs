//! A token in a file that another program renews.

use std::fmt;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::SystemTime;

use codearts_repo_client::{Auth, AuthError, AuthStep, RefusedToken, Token, TokenFuture, TokenProvider};

use crate::file;

/// A token in a file that is read again when it changes, as a sidecar rotates it. A byte order mark in front and one
/// line break at the end are dropped.
///
/// The file must be a regular one of at most 1 MiB. It is read before a call if its time or length has changed, and if
/// the service refused the token. To renew it, write a new file and rename it: a file that is emptied first and filled
/// later is read as empty in between, and the call fails.
///
/// ```
/// use codearts_repo_auth::{Auth, TokenFile};
///
/// let auth = Auth::provider(TokenFile::new("/run/secrets/codearts-repo-token"));
/// # let _ = auth;
/// ```
pub struct TokenFile {
    path: PathBuf,
    last: Mutex<Option<(Version, Token)>>,
}

/// Detects a change of the file without reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    modified: Option<SystemTime>,
    length: u64,
    file: u64,
}

impl TokenFile {
    /// Uses this file, which is read with the first call.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), last: Mutex::new(None) }
    }

    fn read(&self, refused: Option<&Token>) -> Result<Token, AuthError> {
        let failed = |reason: &dyn fmt::Display| {
            AuthError::new(AuthStep::TokenFile, format!("{}: {reason}", self.path.display()))
        };
        let version = Version::of(&std::fs::metadata(&self.path).map_err(|error| failed(&error))?);
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((seen, token)) = &*last
            && *seen == version
            && refused != Some(token)
        {
            return Ok(token.clone());
        }
        let text = file::read_text(&self.path).map_err(|error| failed(&error))?;
        let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
        let token = Token::new(line).map_err(|error| failed(&error))?;
        *last = Some((version, token.clone()));
        Ok(token)
    }
}

impl Version {
    fn of(file: &Metadata) -> Self {
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(file);
        #[cfg(not(unix))]
        let number = 0;
        Self { modified: file.modified().ok(), length: file.len(), file: number }
    }
}

impl TokenProvider for TokenFile {
    fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
        Box::pin(std::future::ready(self.read(refused.map(|refused| refused.token))))
    }
}

impl From<TokenFile> for Auth {
    fn from(file: TokenFile) -> Self {
        Self::provider(file)
    }
}

impl fmt::Debug for TokenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TokenFile").field(&self.path).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{AuthStep, Token, TokenFile};

    #[test]
    fn a_changed_file_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        let write = |text: &str| {
            // As a rotation does it: a new file takes the old one's name.
            let new = folder.path().join("new");
            std::fs::write(&new, text).expect("written");
            std::fs::rename(&new, &path).expect("renamed");
        };
        let token = |text| Token::new(text).expect("a token");
        let file = TokenFile::new(&path);
        assert_eq!(file.read(None).expect_err("no file").step(), AuthStep::TokenFile);
        write("first\n");
        assert_eq!(file.read(None).expect("a token"), token("first"));
        write("secnd\r\n");
        assert_eq!(file.read(None).expect("a token"), token("secnd"));
        assert_eq!(file.read(Some(&token("secnd"))).expect("the same"), token("secnd"));
        write("\u{feff}marked\n");
        assert_eq!(file.read(None).expect("a token"), token("marked"));
        write("two\nlines\n");
        let error = file.read(None).expect_err("two lines");
        let text = format!("{error:?}");
        assert!(text.contains("character 4 of the token") && !text.contains("lines\n"), "{text}");
        write("\n");
        assert!(format!("{:?}", file.read(None).expect_err("empty")).contains("empty"));
    }

    #[test]
    fn a_file_that_seems_unchanged_is_read_again_when_its_token_was_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        std::fs::write(&path, "first").expect("written");
        let modified = std::fs::metadata(&path).and_then(|file| file.modified()).expect("a time");
        let file = TokenFile::new(&path);
        let first = file.read(None).expect("a token");
        std::fs::write(&path, "secnd").expect("written in place, with as many letters");
        std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("a time");
        assert_eq!(file.read(None).expect("a token"), first, "as far as anybody can see");
        assert_eq!(file.read(Some(&first)).expect("another token"), Token::new("secnd").expect("a token"));
    }
}
