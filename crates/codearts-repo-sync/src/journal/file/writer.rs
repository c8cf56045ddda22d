//! The thread that writes a journal.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::Reply;
use super::lines::{Header, LONGEST_LINE};
use super::lock::Lock;
use super::room::Room;
use crate::journal::entry::JournalEntry;
use crate::journal::error::JournalError;
use crate::state_file::{new_file_of, options, sync_folder};

/// How long an entry that need not be durable at once may wait for the others.
const LAZY: Duration = Duration::from_millis(100);
/// How many commands share one wait for the disk at most.
const BATCH: usize = 1024;
/// The file grows in steps of this many bytes, as long as the disk has room for them.
const STEP: u64 = 64 * 1024;

/// How often the tests of this process waited for the disk.
#[cfg(test)]
pub(super) static SYNCS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

#[derive(Debug)]
pub(super) enum Command {
    Append { entries: Vec<JournalEntry>, reply: Reply },
    Replace { entries: Vec<JournalEntry>, reply: Reply },
    Close(Reply),
}

#[derive(Debug)]
pub(super) struct Writer {
    file: File,
    path: PathBuf,
    endpoint: String,
    lock: Lock,
    /// Where the next line goes.
    end: u64,
    /// The length of the file: behind `end` it is filled with NUL bytes, which take their room on the disk.
    length: u64,
    room: Room,
    /// When the oldest entry was written that may not be durable yet.
    dirty: Option<Instant>,
    /// Whether the end of the file is unknown, because a write or a sync failed.
    broken: bool,
    /// The size of the disk, for tests.
    #[cfg(test)]
    pub(super) capacity: u64,
}

impl Writer {
    pub(super) fn new(file: File, path: PathBuf, endpoint: &str, lock: Lock, end: u64) -> io::Result<Self> {
        // A process that was killed while it replaced the file leaves the unfinished new one.
        let _ = std::fs::remove_file(new_file_of(&path));
        file.set_len(end)?;
        let (endpoint, room) = (endpoint.to_owned(), Room::default());
        Ok(Self {
            file,
            path,
            endpoint,
            lock,
            end,
            length: end,
            room,
            dirty: None,
            broken: false,
            #[cfg(test)]
            capacity: u64::MAX,
        })
    }

    /// Writes the header of a new file.
    pub(super) fn begin_file(&mut self) -> Result<(), JournalError> {
        let written = line_of(&Header::new(&self.endpoint))
            .and_then(|line| self.write(&line))
            .and_then(|()| self.sync())
            .and_then(|()| sync_folder(&self.path));
        written.map_err(|source| self.failed(source))
    }

    /// Works until it is told to close, or nobody can tell it anymore.
    pub(super) fn run(mut self, queue: &Receiver<Command>) {
        let closed = loop {
            let Some(first) = self.next(queue) else { break None };
            let mut replies = Vec::new();
            let mut must_sync = false;
            let mut last = None;
            for command in std::iter::once(first).chain(queue.try_iter().take(BATCH)) {
                match command {
                    Command::Append { entries, reply } => {
                        must_sync |= entries.iter().any(|entry| entry.event.needs_sync());
                        let result = self.append(&entries).map_err(|source| self.failed(source));
                        replies.push((reply, result));
                    }
                    Command::Replace { entries, reply } => {
                        let result = self.replace(&entries);
                        replies.push((reply, result));
                    }
                    Command::Close(reply) => {
                        last = Some(reply);
                        break;
                    }
                }
            }
            if must_sync || self.dirty.is_some_and(|since| since.elapsed() >= LAZY) {
                self.sync_for(&mut replies);
            }
            for (reply, result) in replies {
                // The caller may have gone.
                let _ = reply.send(result);
            }
            if last.is_some() {
                break last;
            }
        };
        let result = self.sync().and_then(|()| self.file.set_len(self.end)).map_err(|source| self.failed(source));
        let Self { file, lock, .. } = self;
        lock.release(&file);
        drop(file);
        if let Some(reply) = closed {
            let _ = reply.send(result);
        }
    }

    /// The next command. Entries that are not durable wait for it only so long.
    fn next(&mut self, queue: &Receiver<Command>) -> Option<Command> {
        while let Some(since) = self.dirty {
            match queue.recv_timeout(LAZY.saturating_sub(since.elapsed())) {
                Ok(command) => return Some(command),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(error) = self.sync() {
                        // What follows a failed sync is unknown; the next one that somebody waits for reports it.
                        tracing::warn!(%error, "cannot write the journal");
                        self.dirty = None;
                    }
                }
            }
        }
        queue.recv().ok()
    }

    /// Makes everything durable. A failure is one of all who wait for it.
    fn sync_for(&mut self, replies: &mut [(Reply, Result<(), JournalError>)]) {
        let Err(error) = self.sync() else { return };
        for (_, result) in replies {
            *result = Err(self.failed(io::Error::new(error.kind(), error.to_string())));
        }
    }

    fn append(&mut self, entries: &[JournalEntry]) -> io::Result<()> {
        let mut text = Vec::new();
        for entry in entries {
            text.extend(line_of(entry)?);
        }
        entries.iter().for_each(|entry| self.room.apply(&entry.event));
        self.make_room(text.len() as u64).inspect_err(|_| {
            entries.iter().for_each(|entry| self.room.revert(&entry.event));
        })?;
        self.write(&text)
    }

    /// Makes sure that the file has room for so many bytes and for what is reserved.
    fn make_room(&mut self, bytes: u64) -> io::Result<()> {
        let needed = self.end + bytes + self.room.bytes();
        if needed <= self.length {
            return Ok(());
        }
        // Where there is no room for a whole step, there may be enough.
        self.grow_to(needed.next_multiple_of(STEP)).or_else(|_| self.grow_to(needed))
    }

    /// Fills the file with NUL bytes up to this length. A hole would take no room on the disk.
    fn grow_to(&mut self, length: u64) -> io::Result<()> {
        #[cfg(test)]
        if length > self.capacity {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let zeros = [0; 4096];
        self.file.seek(SeekFrom::Start(self.length))?;
        while self.length < length {
            let missing = usize::try_from(length - self.length).unwrap_or(zeros.len()).min(zeros.len());
            match self.file.write(&zeros[..missing]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => self.length += written as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn write(&mut self, text: &[u8]) -> io::Result<()> {
        if self.broken {
            return Err(io::Error::other("an earlier write failed"));
        }
        let written = self.file.seek(SeekFrom::Start(self.end)).and_then(|_| self.file.write_all(text));
        // Half a line may be there. Another one over it could make a line that nobody wrote.
        self.broken = written.is_err();
        written?;
        self.end += text.len() as u64;
        self.length = self.length.max(self.end);
        self.dirty.get_or_insert_with(Instant::now);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.dirty.is_some() {
            // A failed sync may have dropped what was written, and the next one would not say so.
            self.file.sync_data().inspect_err(|_| self.broken = true)?;
            self.dirty = None;
            #[cfg(test)]
            SYNCS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
        Ok(())
    }

    /// Writes a new file beside the old one and renames it. The new one is locked before it has the name.
    pub(super) fn replace(&mut self, entries: &[JournalEntry]) -> Result<(), JournalError> {
        let path = new_file_of(&self.path);
        let replaced = self.write_new(&path, entries).and_then(|(file, end)| {
            std::fs::rename(&path, &self.path)?;
            sync_folder(&self.path)?;
            // The lock of the old file goes with its descriptor, but a child process may have a copy of that.
            self.file.unlock()?;
            (self.file, self.end, self.length) = (file, end, end);
            (self.dirty, self.broken) = (None, false);
            Ok(())
        });
        replaced.map_err(|source| {
            let _ = std::fs::remove_file(&path);
            self.failed(source)
        })
    }

    fn write_new(&self, path: &Path, entries: &[JournalEntry]) -> io::Result<(File, u64)> {
        let _ = std::fs::remove_file(path);
        let file = options().create_new(true).open(path)?;
        file.try_lock().map_err(io::Error::from)?;
        let mut writer = io::BufWriter::new(&file);
        writer.write_all(&line_of(&Header::new(&self.endpoint))?)?;
        for entry in entries {
            writer.write_all(&line_of(entry)?)?;
        }
        writer.flush()?;
        drop(writer);
        file.sync_all()?;
        let end = file.metadata()?.len();
        Ok((file, end))
    }

    fn failed(&self, source: io::Error) -> JournalError {
        JournalError::Write { path: self.path.clone(), source }
    }
}

fn line_of(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    if line.len() > LONGEST_LINE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the line is too long to be read again"));
    }
    Ok(line)
}
