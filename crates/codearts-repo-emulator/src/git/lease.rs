//! One git at a time per repository, even after the emulator was killed and started again.
//!
//! A git that outlives its emulator holds the lock of its repository through its standard input. Whoever comes next
//! finds the lock held, kills that git by the number in the lock file, and removes what it left half written.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// How often a held lock is tried again.
const PAUSE: Duration = Duration::from_millis(20);

/// The right to change one repository.
#[derive(Debug)]
pub(super) struct Lease {
    file: File,
}

impl Lease {
    /// Waits for the lock and makes the repository fit for use.
    pub(super) async fn take(repository: &Path) -> io::Result<Self> {
        let path = repository.with_extension("lock");
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut is_ours = lock(&file)?;
        if !is_ours && let Some(id) = number_in(&file) {
            tracing::info!(process = id, "killing a git that an earlier emulator left behind");
            super::running::kill_group(id);
        }
        while !is_ours {
            tokio::time::sleep(PAUSE).await;
            is_ours = lock(&file)?;
        }
        if file.metadata()?.len() > 0 {
            tidy(repository)?;
            file.set_len(0)?;
        }
        Ok(Self { file })
    }

    /// What a git that works under the lease gets as its standard input; it never reads from it.
    pub(super) fn stdin(&self) -> io::Result<Stdio> {
        Ok(self.file.try_clone()?.into())
    }

    /// Notes which git works under the lease. Until [`end`](Self::end) it counts as one that left its work half done.
    pub(super) fn note(&self, id: Option<u32>) -> io::Result<()> {
        let Some(id) = id else { return Ok(()) };
        self.file.set_len(0)?;
        write(&self.file, &id.to_string())
    }

    /// Says that the work is done and nothing was left half written.
    pub(super) fn end(self) -> io::Result<()> {
        self.file.set_len(0)
    }
}

/// Removes the locks and the temporary files of a git that was killed.
fn tidy(repository: &Path) -> io::Result<()> {
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

fn remove_in(folder: &Path, is_left_over: &dyn Fn(&str) -> bool) -> io::Result<()> {
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            remove_in(&item.path(), is_left_over)?;
        } else if item.file_name().to_str().is_some_and(is_left_over) {
            std::fs::remove_file(item.path())?;
        }
    }
    Ok(())
}

fn number_in(mut file: &File) -> Option<u32> {
    let mut text = String::new();
    io::Seek::rewind(&mut file).ok()?;
    io::Read::read_to_string(&mut file, &mut text).ok()?;
    text.trim().parse().ok()
}

fn write(mut file: &File, text: &str) -> io::Result<()> {
    io::Seek::rewind(&mut file)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// Whether the lock could be had.
#[cfg(unix)]
fn lock(file: &File) -> io::Result<bool> {
    match rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Elsewhere the database of the data folder keeps a second emulator away, and that has to do.
#[cfg(not(unix))]
fn lock(_file: &File) -> io::Result<bool> {
    Ok(true)
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
    async fn one_at_a_time_works_in_a_repository() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let first = Lease::take(&repository).await.unwrap();
        let waits = tokio::select! {
            biased;
            _ = Lease::take(&repository) => false,
            () = std::future::ready(()) => true,
        };
        assert!(waits);
        drop(first);
        Lease::take(&repository).await.unwrap();
    }

    #[tokio::test]
    async fn a_lock_that_cannot_be_removed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        Lease::take(&repository).await.unwrap().note(Some(u32::MAX)).unwrap();
        std::fs::create_dir(repository.join("config.lock")).unwrap();
        Lease::take(&repository).await.unwrap_err();
    }

    #[tokio::test]
    async fn locks_are_removed_only_after_work_that_was_not_ended() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let left = [repository.join("refs/heads/main.lock"), repository.join("HEAD.lock")];
        left.iter().for_each(|path| std::fs::write(path, "").unwrap());
        let lease = Lease::take(&repository).await.unwrap();
        assert!(left.iter().all(|path| path.exists()), "they are somebody else's");
        lease.note(Some(u32::MAX)).unwrap();
        lease.end().unwrap();
        drop(Lease::take(&repository).await.unwrap());
        assert!(left.iter().all(|path| path.exists()), "they are still somebody else's");
        Lease::take(&repository).await.unwrap().note(Some(u32::MAX)).unwrap();
        drop(Lease::take(&repository).await.unwrap());
        assert!(!left.iter().any(|path| path.exists()), "they are those of a git that was killed");
    }
}
