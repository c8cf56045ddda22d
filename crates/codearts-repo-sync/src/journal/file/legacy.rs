//! Reads the lines of version 1, which had neither runs nor times.

use std::collections::HashMap;
use std::time::SystemTime;

use codearts_repo::RepositoryId;
use serde::Deserialize;

use crate::baseline::Baseline;
use crate::evidence::Evidence;
use crate::journal::entry::{JournalEntry, JournalEvent};
use crate::outcome::Outcome;
use crate::snapshot::Snapshot;

#[derive(Debug, Deserialize)]
struct Line {
    repository_id: RepositoryId,
    #[serde(flatten)]
    event: OldEvent,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum OldEvent {
    Started {
        jid: String,
        #[serde(default)]
        before: Option<Snapshot>,
    },
    Finished {
        #[serde(default)]
        evidence: Evidence,
    },
    Failed {
        reason: String,
        #[serde(default)]
        evidence: Evidence,
    },
}

/// Turns the lines into one run. It has ended if every start has an end.
#[derive(Debug)]
pub(super) struct Upgrade {
    at: SystemTime,
    has_ended: HashMap<RepositoryId, bool>,
}

impl Upgrade {
    /// The file was last written at this time, which is all that is known of the times of its lines.
    pub(super) fn new(at: SystemTime) -> Self {
        Self { at, has_ended: HashMap::new() }
    }

    pub(super) fn read(&mut self, text: &[u8], entries: &mut Vec<JournalEntry>) -> serde_json::Result<()> {
        let Line { repository_id, event } = serde_json::from_slice(text)?;
        if entries.is_empty() {
            self.push(entries, JournalEvent::RunBegan { run: 1, name: None, planned: None });
        }
        let outcome = match event {
            OldEvent::Started { jid, before } => {
                let baseline = before.map(|snapshot| Box::new(Baseline { repository: repository_id, snapshot }));
                self.push(entries, JournalEvent::Intended { repository_id, baseline });
                self.push(entries, JournalEvent::Started { repository_id, jid: Some(jid) });
                self.has_ended.insert(repository_id, false);
                return Ok(());
            }
            OldEvent::Finished { evidence } => Outcome::Finished { evidence },
            OldEvent::Failed { reason, evidence } => Outcome::Failed { reason, evidence },
        };
        // An end without a start was not written by this program and proves nothing.
        if let Some(has_ended) = self.has_ended.get_mut(&repository_id) {
            *has_ended = true;
            self.push(entries, JournalEvent::Ended { repository_id, outcome, took: None });
        }
        Ok(())
    }

    pub(super) fn finish(self, entries: &mut Vec<JournalEntry>) {
        if !self.has_ended.is_empty() && self.has_ended.values().all(|has_ended| *has_ended) {
            self.push(entries, JournalEvent::RunEnded { run: 1, complete: true });
        }
    }

    fn push(&self, entries: &mut Vec<JournalEntry>, event: JournalEvent) {
        entries.push(JournalEntry { at: self.at, event });
    }
}
