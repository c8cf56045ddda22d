//! A store in a file: one JSON object a line.

mod legacy;
mod lines;
mod lock;
mod room;
mod writer;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::entry::JournalEntry;
use super::error::JournalError;
use super::store::{JobStore, StoreFuture};
use crate::state_file::{self, is_at, options};
use lines::Content;
use lock::Lock;
use writer::{Command, Writer};

/// The newest version of the format, which is the one that is written.
const VERSION: u64 = 2;

/// A store in a file. A thread of its own writes, so that no caller waits for the disk on its own thread.
#[derive(Debug)]
pub(super) struct FileStore {
    loaded: Mutex<Option<Vec<JournalEntry>>>,
    commands: mpsc::Sender<Command>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl FileStore {
    /// Opens a journal of calls to this endpoint, or creates one.
    pub(super) fn open(path: &Path, endpoint: &str) -> Result<Self, JournalError> {
        let cannot = |source| JournalError::Open { path: path.to_owned(), source };
        let (file, path, lock) = open_locked(path)?;
        let content = lines::read(&file, &path, endpoint)?;
        let mut writer = Writer::new(file, path.clone(), endpoint, lock, content.end).map_err(cannot)?;
        match content.version {
            None => writer.begin_file()?,
            Some(VERSION) => {}
            Some(_) => writer.replace(&content.entries)?,
        }
        Self::spawn(writer, content.entries).map_err(cannot)
    }

    /// Opens a journal on a disk of this size.
    #[cfg(test)]
    fn open_limited(path: &Path, endpoint: &str, capacity: u64) -> Result<Self, JournalError> {
        let (file, path, lock) = open_locked(path)?;
        let mut writer = Writer::new(file, path, endpoint, lock, 0).expect("a writer");
        writer.begin_file()?;
        writer.capacity = capacity;
        Ok(Self::spawn(writer, Vec::new()).expect("a thread"))
    }

    fn spawn(writer: Writer, entries: Vec<JournalEntry>) -> io::Result<Self> {
        let (commands, queue) = mpsc::channel();
        let thread = std::thread::Builder::new().name("journal".to_owned());
        let thread = thread.spawn(move || writer.run(&queue))?;
        Ok(Self { loaded: Mutex::new(Some(entries)), commands, writer: Mutex::new(Some(thread)) })
    }

    async fn ask(&self, command: impl FnOnce(Reply) -> Command) -> Result<(), JournalError> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(command(reply)).map_err(|_| JournalError::Closed)?;
        answer.await.map_err(|_| JournalError::Closed)?
    }
}

type Reply = oneshot::Sender<Result<(), JournalError>>;

/// Reads the entries of a journal without a lock, for example while another process writes it.
pub(super) fn read(path: &Path, endpoint: &str) -> Result<Vec<JournalEntry>, JournalError> {
    check_regular(path)?;
    let file = File::open(path).map_err(|source| JournalError::Open { path: path.to_owned(), source })?;
    let Content { entries, .. } = lines::read(&file, path, endpoint)?;
    Ok(entries)
}

impl JobStore for FileStore {
    fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>> {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::pin(async { Ok(loaded.unwrap_or_default()) })
    }

    fn append(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        Box::pin(self.ask(|reply| Command::Append { entries, reply }))
    }

    fn replace(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        Box::pin(self.ask(|reply| Command::Replace { entries, reply }))
    }

    fn close(&self) -> StoreFuture<'_, ()> {
        Box::pin(async {
            match self.ask(Command::Close).await {
                Err(JournalError::Closed) => Ok(()),
                other => other,
            }
        })
    }
}

impl Drop for FileStore {
    /// Waits until the lock is released: the caller may open the file again right away.
    fn drop(&mut self) {
        let (reply, _) = oneshot::channel();
        // The thread may have ended already.
        let _ = self.commands.send(Command::Close(reply));
        if let Some(thread) = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = thread.join();
        }
    }
}

/// Opens and locks the file. Another process may replace the file in between, and then the new one is taken.
fn open_locked(path: &Path) -> Result<(File, PathBuf, Lock), JournalError> {
    let cannot = |source| JournalError::Open { path: path.to_owned(), source };
    loop {
        check_regular(path)?;
        let file = options().create(true).open(path).map_err(cannot)?;
        let real = path.canonicalize().map_err(cannot)?;
        let lock = lock::acquire(&file, &real, path)?;
        check_regular(&real)?;
        if is_at(&file, &real).map_err(cannot)? {
            return Ok((file, real, lock));
        }
        lock.release(&file);
    }
}

/// Refuses what is not a regular file.
fn check_regular(path: &Path) -> Result<(), JournalError> {
    match state_file::is_regular_or_missing(path) {
        Ok(true) => Ok(()),
        Ok(false) => Err(JournalError::NotAFile(path.to_owned())),
        Err(source) => Err(JournalError::Open { path: path.to_owned(), source }),
    }
}

#[cfg(test)]
mod tests;
