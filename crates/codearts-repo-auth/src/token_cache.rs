//! Tokens on disk, so that the next command need not ask IAM again.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use codearts_repo_client::Token;
use ring::digest;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::iam_token::Kept;

/// How long to wait for another process that is asking IAM for the same token: longer than one request may take.
const PATIENCE: Duration = Duration::from_secs(75);
const SUFFIX: &str = ".token.json";
/// A token that was never finished, by a process that was killed.
const UNFINISHED: &str = ".token.new";
/// No token lives longer (vendor's documentation); a file that says so is damaged, or the clock was set back.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// Tells the files of one process from each other.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// What a file holds.
#[derive(Serialize, Deserialize)]
struct Content {
    token: Zeroizing<String>,
    /// Seconds since 1970 after which the token is renewed.
    renew: u64,
    /// Seconds since 1970 after which the token is of no use.
    expires: u64,
}

/// A folder with one file for each identity and region, readable by its owner alone.
///
/// A file holds the token in clear, as long as the token lives. It is replaced as a whole, so that a reader never
/// sees half of it, and a lock beside it lets one process at a time ask IAM.
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
    /// Names the folder; it is made when a token is first kept.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes every token, and says how many there were.
    ///
    /// # Errors
    ///
    /// The first file that could not be removed, or the folder that could not be read. A folder that does not exist
    /// holds no tokens.
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
        let name: String = hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Entry { folder: self.folder.clone(), name }
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

    /// Waits until no other process holds the lock. Without a lock, after a while or where none can be had, IAM is
    /// asked once more than needed, and nothing else goes wrong.
    pub(super) async fn lock(&self) -> Option<File> {
        make_folder(&self.folder).ok()?;
        let file = private().write(true).create(true).open(self.folder.join(format!("{}.lock", self.name))).ok()?;
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            match file.try_lock() {
                Ok(()) => return Some(file),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(25)).await,
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }

    /// The token, unless there is none, it has ended, or the file is not one of ours.
    pub(super) fn read(&self) -> Option<Kept> {
        let text = Zeroizing::new(std::fs::read_to_string(self.path()).ok()?);
        let Content { mut token, renew, expires } = serde_json::from_str(&text).ok()?;
        let now = SystemTime::now();
        let (renew, expires) = (at(renew)?, at(expires)?);
        let left = expires.duration_since(now).ok().filter(|left| *left <= LONGEST_LIFE)?;
        let until_renewal = renew.duration_since(now).unwrap_or_default().min(left);
        let token = Token::new(std::mem::take(&mut *token)).ok()?;
        let begun = Instant::now();
        Some(Kept { token, renew_at: begun + until_renewal, expires_at: begun + left, renew, expires })
    }

    pub(super) fn write(&self, kept: &Kept) -> io::Result<()> {
        make_folder(&self.folder)?;
        let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let token = Zeroizing::new(kept.token.expose().to_owned());
        let content = Content { token, renew: seconds(kept.renew), expires: seconds(kept.expires) };
        let text = Zeroizing::new(serde_json::to_string(&content)?);
        let number = (std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed));
        let new = self.folder.join(format!("{}.{}.{}{UNFINISHED}", self.name, number.0, number.1));
        let written = private()
            .write(true)
            .create_new(true)
            .open(&new)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| std::fs::rename(&new, self.path()));
        if written.is_err() {
            // Half a token must not stay; that it cannot be removed is told by the error that came first.
            let _ = std::fs::remove_file(&new);
        }
        written
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
    fn a_token_is_kept_for_its_owner_alone_until_it_ends() {
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
        assert!(entry.read().is_none(), "it has ended");
        std::fs::write(entry.path(), "{\"token\":\"MII").expect("written");
        assert!(entry.read().is_none(), "it is broken");
        for number in [u64::MAX, 9_000_000_000_000_000_000] {
            let text = format!(r#"{{"token":"MII","renew":{number},"expires":{number}}}"#);
            std::fs::write(entry.path(), text).expect("written");
            assert!(entry.read().is_none(), "it lives too long to be true");
        }
        let unfinished = cache.folder().join("a.1.0.token.new");
        std::fs::write(&unfinished, "MIIHalf").expect("written");
        assert_eq!(cache.clear().expect("cleared"), 1);
        assert!(!unfinished.exists());
        assert_eq!(cache.clear().expect("cleared"), 0);
        assert!(!entry.path().exists());
    }

    #[test]
    fn the_margin_before_the_end_is_the_same_for_other_processes() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = TokenCache::at(folder.path()).entry("someone");
        let mut old = kept("MIIOld", 3600);
        entry.write(&old).expect("written");
        assert!(entry.read().expect("a token").renew_at > Instant::now() + Duration::from_secs(3200));
        (old.renew, old.expires) =
            (SystemTime::now() - Duration::from_secs(1), SystemTime::now() + Duration::from_secs(200));
        entry.write(&old).expect("written");
        assert!(entry.read().expect("a token").renew_at <= Instant::now(), "it is to be renewed at once");
    }

    #[tokio::test]
    async fn one_at_a_time_holds_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = TokenCache::at(folder.path()).entry("someone");
        let first = entry.lock().await.expect("the lock");
        let waits = std::pin::pin!(entry.lock());
        assert!(tokio::time::timeout(Duration::from_millis(80), waits).await.is_err(), "it is held");
        drop(first);
        assert!(entry.lock().await.is_some());
    }
}
