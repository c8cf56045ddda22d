//! Room on the disk for the lines of what is in flight.

use std::collections::HashSet;

use codearts_repo::RepositoryId;

use crate::journal::entry::JournalEvent;

/// The room for the line of a start that is about to be sent, in bytes.
const FOR_START: u64 = 512;
/// The room for the line that ends the run.
const FOR_END: u64 = 256;

/// What entries to come need: a start that was sent can be recorded although the disk is full.
#[derive(Debug, Default)]
pub(super) struct Room {
    intended: HashSet<RepositoryId>,
    runs: bool,
}

impl Room {
    /// How many bytes are reserved.
    pub(super) fn bytes(&self) -> u64 {
        self.intended.len() as u64 * FOR_START + if self.runs { FOR_END } else { 0 }
    }

    /// Takes an entry into account that is about to be written.
    pub(super) fn apply(&mut self, event: &JournalEvent) {
        match event {
            JournalEvent::RunBegan { .. } | JournalEvent::RunResumed { .. } => self.runs = true,
            JournalEvent::RunEnded { .. } => self.runs = false,
            JournalEvent::Intended { repository_id, .. } => {
                self.intended.insert(*repository_id);
            }
            other => {
                other.repository().map(|repository| self.intended.remove(&repository));
            }
        }
    }

    /// Takes back an entry that found no room.
    pub(super) fn revert(&mut self, event: &JournalEvent) {
        match event {
            JournalEvent::RunBegan { .. } | JournalEvent::RunResumed { .. } => self.runs = false,
            JournalEvent::Intended { repository_id, .. } => {
                self.intended.remove(repository_id);
            }
            _ => {}
        }
    }
}
