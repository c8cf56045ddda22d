//! Tokens on disk, for the next process.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use codearts_repo_client::Token;
use ring::digest;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::file;
use crate::iam_token::Kept;

/// How long to wait for another process that requests the same token: longer than one request may take.
const MAX_LOCK_WAIT: Duration = Duration::from_secs(75);
const SUFFIX: &str = ".token.json";
/// A token that was never finished, by a process that was killed.
const UNFINISHED: &str = ".token.new";
/// No token lives longer (vendor's documentation); a file that says so is damaged, or the clock was set back.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// The content of a file.
#[derive(Serialize, Deserialize)]
struct Content {
    token: Zeroizing<String>,
    /// Seconds since 1970 after which the token is renewed.
    renew: u64,
    /// Seconds since 1970 after which the token is useless.
    expires: u64,
}

/// A folder with one file for each identity and region, which only its owner can read.
///
/// A file contains the token in clear text while the token lives. It is replaced as a whole, and a lock next to it lets
/// one process at a time request a token from IAM. On Unix, a folder or file that belongs to another user, or that other
/// users can write to, is an error ([`UnsafeCache`]).
///
/// ```
/// use codearts_repo_auth::{IamPassword, TokenCache};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let cache = TokenCache::at(folder.join("tokens"));
/// let robot = IamPassword::new("company", "robot", "s3cr3t").token_cache(cache.clone());
/// assert_eq!(cache.clear()?, 0);
/// # let _ = robot;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenCache {
    folder: PathBuf,
}

impl TokenCache {
    /// Uses this folder, which is created with the first token.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes all tokens, and returns their number.
    ///
    /// # Errors
    ///
    /// The first file that could not be removed, or the folder that could not be read. A folder that does not exist
    /// has no tokens.
    pub fn clear(&self) -> io::Result<usize> {
        let files = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            files => files?,
        };
        let mut removed = 0;
        for file in files {
            let path = file?.path();
            let name = path.to_string_lossy();
            let (token, unfinished) = (name.ends_with(SUFFIX), name.ends_with(UNFINISHED));
            if token || unfinished {
                std::fs::remove_file(&path)?;
                removed += usize::from(token);
            }
        }
        Ok(removed)
    }

    pub(super) fn entry(&self, identity: &str) -> Entry {
        let hash = digest::digest(&digest::SHA256, identity.as_bytes());
        Entry { folder: self.folder.clone(), name: hex::encode(&hash.as_ref()[..16]) }
    }
}

/// The place of one identity's token.
pub(super) struct Entry {
    folder: PathBuf,
    name: String,
}

impl Entry {
    fn path(&self) -> PathBuf {
        self.folder.join(format!("{}{SUFFIX}", self.name))
    }

    /// Waits until no other process has the lock. Without a lock, after a while or on a file system that has none, IAM
    /// is asked once more than needed, and nothing else goes wrong.
    pub(super) async fn lock(&self) -> Option<File> {
        make_folder(&self.folder).ok()?;
        let path = self.folder.join(format!("{}.lock", self.name));
        if let Ok(metadata) = std::fs::metadata(&path) {
            file::check(&metadata).ok()?;
        }
        let lock = private().write(true).create(true).open(path).ok()?;
        let begun = Instant::now();
        while begun.elapsed() < MAX_LOCK_WAIT {
            match lock.try_lock() {
                Ok(()) => return Some(lock),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(25)).await,
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }

    /// Checks that no other user can put a token into the cache.
    pub(super) fn check(&self) -> Result<(), UnsafeCache> {
        for path in [self.folder.clone(), self.path()] {
            UnsafeCache::check(&path)?;
        }
        Ok(())
    }

    /// The token, unless there is none, it has expired, or the file is not one of ours.
    pub(super) fn read(&self) -> Option<Kept> {
        let text = file::read_text(&self.path()).ok()?;
        let Content { mut token, renew, expires } = serde_json::from_str(&text).ok()?;
        let now = SystemTime::now();
        let (renew, expires) = (at(renew)?, at(expires)?);
        let left = expires.duration_since(now).ok().filter(|left| *left <= LONGEST_LIFE)?;
        let until_renewal = renew.duration_since(now).unwrap_or_default().min(left);
        let token = Token::new(std::mem::take(&mut *token)).ok()?;
        let begun = Instant::now();
        let (renew_at, expires_at) = (begun + until_renewal, begun + left);
        Some(Kept { token, renew_at, expires_at, renew, expires, cached: true })
    }

    /// Removes this token, unless another process has stored another one meanwhile.
    pub(super) fn remove(&self, token: &Token) {
        if self.read().is_some_and(|kept| kept.token == *token) {
            // If it cannot be removed, the next process finds out again that it is refused.
            let _ = std::fs::remove_file(self.path());
        }
    }

    pub(super) fn write(&self, kept: &Kept) -> io::Result<()> {
        make_folder(&self.folder)?;
        let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let token = Zeroizing::new(kept.token.expose().to_owned());
        let content = Content { token, renew: seconds(kept.renew), expires: seconds(kept.expires) };
        let text = Zeroizing::new(serde_json::to_string(&content)?);
        let mut file = tempfile::Builder::new().prefix(&self.name).suffix(UNFINISHED).tempfile_in(&self.folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(self.path())?;
        Ok(())
    }
}

/// A folder or file of the token cache that another user could have filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the token cache {} {problem}", path.display())]
pub struct UnsafeCache {
    path: PathBuf,
    problem: &'static str,
    advice: String,
}

impl UnsafeCache {
    /// The command that repairs it.
    #[must_use]
    pub fn advice(&self) -> &str {
        &self.advice
    }

    #[cfg(unix)]
    fn check(path: &Path) -> Result<(), Self> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};

        // What does not exist is created for the owner alone.
        let Ok(metadata) = std::fs::metadata(path) else { return Ok(()) };
        let shown = path.to_string_lossy();
        let quoted = shlex::try_quote(&shown).unwrap_or(std::borrow::Cow::Borrowed("the path"));
        let own = rustix::process::geteuid().as_raw();
        let (problem, advice) = if ![own, 0].contains(&metadata.uid()) {
            ("belongs to another user", format!("run `sudo chown -R {own} {quoted}`"))
        } else if metadata.permissions().mode() & 0o022 != 0 {
            ("can be written by other users", format!("run `chmod go-w {quoted}`"))
        } else {
            return Ok(());
        };
        Err(Self { path: path.to_owned(), problem, advice })
    }

    #[cfg(not(unix))]
    fn check(_: &Path) -> Result<(), Self> {
        Ok(())
    }
}

fn at(seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

fn private() -> OpenOptions {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, life: u64) -> Kept {
        Kept::new(Token::new(text).expect("a token"), Duration::from_secs(life))
    }

    #[test]
    fn a_token_is_private_and_kept_until_it_expires() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = TokenCache::at(folder.path().join("a/b"));
        let entry = cache.entry("someone");
        assert!(entry.read().is_none());
        entry.write(&kept("MIIKept", 3600)).expect("written");
        assert_eq!(entry.read().expect("a token").token, Token::new("MIIKept").expect("a token"));
        assert!(cache.entry("someone else").read().is_none());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!(mode(&entry.path()), 0o600);
            assert_eq!(mode(cache.folder()), 0o700);
        }
        entry.write(&kept("MIIOld", 0)).expect("written");
        assert!(entry.read().is_none(), "it has expired");
        std::fs::write(entry.path(), "{\"token\":\"MII").expect("written");
        assert!(entry.read().is_none(), "it is broken");
        for number in [u64::MAX, 9_000_000_000_000_000_000] {
            let text = format!(r#"{{"token":"MII","renew":{number},"expires":{number}}}"#);
            std::fs::write(entry.path(), text).expect("written");
            assert!(entry.read().is_none(), "no token lives that long");
        }
        let unfinished = cache.folder().join("a.1.0.token.new");
        std::fs::write(&unfinished, "MIIHalf").expect("written");
        assert_eq!(cache.clear().expect("cleared"), 1);
        assert!(!unfinished.exists());
        assert_eq!(cache.clear().expect("cleared"), 0);
        assert!(!entry.path().exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_cache_that_others_can_write_to_is_refused_with_the_command_that_repairs_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let cache = TokenCache::at(folder.path().join("it's"));
        let entry = cache.entry("someone");
        entry.write(&kept("MIIKept", 3600)).expect("written");
        assert_eq!(entry.check(), Ok(()));
        let set = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("a mode");
        for (path, safe, unsafe_mode) in [(cache.folder().to_owned(), 0o700, 0o770), (entry.path(), 0o600, 0o606)] {
            set(&path, unsafe_mode);
            let error = entry.check().expect_err("unsafe");
            assert!(error.to_string().contains("can be written by other users"), "{error}");
            let command =
                error.advice().strip_prefix("run `").and_then(|text| text.strip_suffix('`')).expect("a command");
            let repaired = std::process::Command::new("sh").args(["-c", command]).status().expect("sh");
            assert!(repaired.success() && entry.check().is_ok(), "{command}");
            set(&path, safe);
        }
    }

    #[test]
    fn the_renewal_margin_is_the_same_for_other_processes() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = TokenCache::at(folder.path()).entry("someone");
        let mut old = kept("MIIOld", 3600);
        entry.write(&old).expect("written");
        assert!(entry.read().expect("a token").renew_at > Instant::now() + Duration::from_secs(3200));
        (old.renew, old.expires) =
            (SystemTime::now() - Duration::from_secs(1), SystemTime::now() + Duration::from_secs(200));
        entry.write(&old).expect("written");
        assert!(entry.read().expect("a token").renew_at <= Instant::now(), "it is due for renewal");
    }

    #[tokio::test]
    async fn one_process_at_a_time_has_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = TokenCache::at(folder.path()).entry("someone");
        let first = entry.lock().await.expect("the lock");
        let waits = std::pin::pin!(entry.lock());
        assert!(tokio::time::timeout(Duration::from_millis(80), waits).await.is_err(), "it is locked");
        drop(first);
        assert!(entry.lock().await.is_some());
    }
}
