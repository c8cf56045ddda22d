//! Where a journal keeps its entries.

use std::fmt;
use std::pin::Pin;

use super::entry::JournalEntry;
use super::error::JournalError;

/// What the methods of a [`JobStore`] return.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, JournalError>> + Send + 'a>>;

/// A durable log of entries, in a database for example.
///
/// A store only keeps entries in their order; [`Journal`](super::Journal) gives them their meaning. Entries are
/// serializable, and [`JournalEvent`](super::JournalEvent) is public, so a store may keep them as text or as columns.
///
/// Only one process may use the log at a time. A store that several processes can open has to lock it.
/// `tests/outside/separate/sqlite-journal` in the repository of this crate implements the trait over SQLite.
///
/// ```
/// use std::sync::Mutex;
///
/// use codearts_repo_sync::{JournalEntry, JobStore, Journal, StoreFuture};
///
/// /// Forgets everything when the process ends; good for tests.
/// #[derive(Debug, Default)]
/// struct Memory(Mutex<Vec<JournalEntry>>);
///
/// impl JobStore for Memory {
///     fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>> {
///         Box::pin(async { Ok(self.0.lock().expect("no panic").clone()) })
///     }
///     fn append(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
///         Box::pin(async { Ok(self.0.lock().expect("no panic").extend(entries)) })
///     }
///     fn replace(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
///         Box::pin(async { Ok(*self.0.lock().expect("no panic") = entries) })
///     }
/// }
///
/// let journal = Journal::with_store(Memory::default());
/// # let _ = journal;
/// ```
pub trait JobStore: fmt::Debug + Send + Sync + 'static {
    /// Reads all entries, the oldest first.
    fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>>;

    /// Adds entries at the end.
    ///
    /// When one of them [needs it](super::JournalEvent::needs_sync), all entries so far are durable once the future is
    /// ready. Many calls may be pending at the same time; a store does well to make them durable together.
    ///
    /// An error means that the entries may or may not be there. No start is sent after a failed intent.
    fn append(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()>;

    /// Replaces all entries by these, atomically: after a crash either the old or the new ones are there.
    fn replace(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()>;

    /// Makes all entries durable and releases the log. Nothing is added afterward.
    fn close(&self) -> StoreFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}
