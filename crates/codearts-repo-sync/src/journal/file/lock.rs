//! One process at a time has a journal open, and has it open once.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::journal::error::JournalError;

/// The journals that this process has open. The system's lock cannot say whether its owner is this process.
static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn open() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path in the list of open journals, removed when this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
}

/// Locks the file at `real`. Errors name the path as the caller wrote it.
pub(super) fn acquire(file: &File, real: &Path, written: &Path) -> Result<Lock, JournalError> {
    if !open().insert(real.to_owned()) {
        return Err(JournalError::AlreadyOpen(written.to_owned()));
    }
    let lock = Lock { path: real.to_owned() };
    match file.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(JournalError::InUse(written.to_owned())),
        Err(TryLockError::Error(source)) => Err(JournalError::Open { path: written.to_owned(), source }),
    }
}

impl Lock {
    /// Unlocks the file explicitly. Closing it is not enough: a child process that was just forked has a copy of the
    /// descriptor until it executes its program, and the copy would keep the lock.
    pub(super) fn release(self, file: &File) {
        // The lock ends with the process anyway.
        let _ = file.unlock();
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        open().remove(&self.path);
    }
}
