//! A store that continues a run of another process without writing to its journal.

use std::sync::{Mutex, PoisonError};

use super::entry::JournalEntry;
use super::store::{JobStore, StoreFuture};

/// The entries of a run. What is added is forgotten.
#[derive(Debug)]
pub(super) struct Replay(Mutex<Vec<JournalEntry>>);

impl Replay {
    pub(super) const fn new(entries: Vec<JournalEntry>) -> Self {
        Self(Mutex::new(entries))
    }
}

impl JobStore for Replay {
    fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>> {
        let entries = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        Box::pin(async { Ok(entries) })
    }

    fn append(&self, _: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn replace(&self, _: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}
