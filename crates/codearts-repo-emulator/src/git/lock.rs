//! One synchronization at a time in a repository, even after the emulator was killed and restarted.
//!
//! Git gets the lock file as its standard input and keeps it locked while it runs. A synchronization that finds
//! the file locked kills the process group named in it and removes its unfinished files.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// How often a lock is retried.
const RETRY_EVERY: Duration = Duration::from_millis(20);

/// The right to change one repository.
#[derive(Debug)]
pub(super) struct RepositoryLock {
    file: File,
}

impl RepositoryLock {
    /// Waits for the lock and cleans up after a synchronization that was killed.
    pub(super) async fn acquire(repository: &Path) -> io::Result<Self> {
        let path = repository.with_extension("lock");
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut is_ours = lock(&file)?;
        if !is_ours && let Some(group) = group_in(&file) {
            tracing::info!(group, "killing a git that an earlier emulator left behind");
            super::group::kill_group(group);
        }
        while !is_ours {
            tokio::time::sleep(RETRY_EVERY).await;
            is_ours = lock(&file)?;
        }
        if file.metadata()?.len() > 0 {
            remove_leftovers(repository)?;
            file.set_len(0)?;
        }
        Ok(Self { file })
    }

    /// The standard input of a git that works under the lock. Git never reads it.
    pub(super) fn stdin(&self) -> io::Result<Stdio> {
        Ok(self.file.try_clone()?.into())
    }

    /// Records which process group works under the lock. Its work is unfinished until [`release`](Self::release).
    pub(super) fn note(&self, group: Option<u32>) -> io::Result<()> {
        let Some(group) = group else { return Ok(()) };
        self.file.set_len(0)?;
        write(&self.file, &group.to_string())
    }

    /// Ends work that left no unfinished files.
    pub(super) fn release(self) -> io::Result<()> {
        self.file.set_len(0)
    }
}

/// Removes the locks and the temporary files of a git that was killed.
fn remove_leftovers(repository: &Path) -> io::Result<()> {
    remove_in(&repository.join("objects/pack"), &|name| name.starts_with("tmp_") || name.starts_with(".tmp-"))?;
    remove_in(&repository.join("refs"), &|name| name.ends_with(".lock"))?;
    for name in ["HEAD.lock", "packed-refs.lock", "packed-refs.new", "config.lock", "shallow.lock"] {
        match std::fs::remove_file(repository.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn remove_in(folder: &Path, is_leftover: &dyn Fn(&str) -> bool) -> io::Result<()> {
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            remove_in(&item.path(), is_leftover)?;
        } else if item.file_name().to_str().is_some_and(is_leftover) {
            std::fs::remove_file(item.path())?;
        }
    }
    Ok(())
}

fn group_in(mut file: &File) -> Option<u32> {
    let mut text = String::new();
    io::Seek::rewind(&mut file).ok()?;
    io::Read::read_to_string(&mut file, &mut text).ok()?;
    text.trim().parse().ok()
}

fn write(mut file: &File, text: &str) -> io::Result<()> {
    io::Seek::rewind(&mut file)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// Whether the lock was free.
fn lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    fn repository(folder: &Path) -> std::path::PathBuf {
        let repository = folder.join("1.git");
        for part in ["objects/pack", "refs/heads"] {
            std::fs::create_dir_all(repository.join(part)).unwrap();
        }
        repository
    }

    #[tokio::test]
    async fn one_synchronization_at_a_time_has_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let first = RepositoryLock::acquire(&repository).await.unwrap();
        let waits = tokio::select! {
            biased;
            _ = RepositoryLock::acquire(&repository) => false,
            () = std::future::ready(()) => true,
        };
        assert!(waits);
        drop(first);
        RepositoryLock::acquire(&repository).await.unwrap();
    }

    #[tokio::test]
    async fn a_leftover_that_cannot_be_removed_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        RepositoryLock::acquire(&repository).await.unwrap().note(Some(u32::MAX)).unwrap();
        std::fs::create_dir(repository.join("config.lock")).unwrap();
        RepositoryLock::acquire(&repository).await.unwrap_err();
    }

    #[tokio::test]
    async fn locks_of_git_are_removed_only_after_unfinished_work() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let left = [repository.join("refs/heads/main.lock"), repository.join("HEAD.lock")];
        left.iter().for_each(|path| std::fs::write(path, "").unwrap());
        let lock = RepositoryLock::acquire(&repository).await.unwrap();
        assert!(left.iter().all(|path| path.exists()), "another program may own them");
        lock.note(Some(u32::MAX)).unwrap();
        lock.release().unwrap();
        drop(RepositoryLock::acquire(&repository).await.unwrap());
        assert!(left.iter().all(|path| path.exists()), "another program may still own them");
        RepositoryLock::acquire(&repository).await.unwrap().note(Some(u32::MAX)).unwrap();
        drop(RepositoryLock::acquire(&repository).await.unwrap());
        assert!(!left.iter().any(|path| path.exists()), "a killed git left them");
    }
}
