//! What a journal records.

use std::time::{Duration, SystemTime};

use codearts_repo::RepositoryId;
use serde::{Deserialize, Serialize};

use crate::baseline::Baseline;
use crate::outcome::Outcome;
use crate::timestamp;

/// An event and the time at which it was recorded, by the clock of this machine.
///
/// ```
/// use std::time::SystemTime;
///
/// use codearts_repo_sync::{JournalEntry, JournalEvent};
///
/// let entry = JournalEntry { at: SystemTime::now(), event: JournalEvent::RunEnded { run: 7, complete: true } };
/// let json = serde_json::to_string(&entry)?;
/// assert!(json.contains(r#""event":"run_ended","run":7"#));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JournalEntry {
    /// When it was recorded.
    #[serde(with = "timestamp")]
    pub at: SystemTime,
    /// What happened.
    #[serde(flatten)]
    pub event: JournalEvent,
}

impl JournalEntry {
    /// An event that happens now.
    #[must_use]
    pub fn now(event: JournalEvent) -> Self {
        Self { at: SystemTime::now(), event }
    }
}

/// What a journal records. Entries about repositories belong to the last run that began or was resumed before them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum JournalEvent {
    /// A run began.
    RunBegan {
        /// Its number, unique in the journal.
        run: u64,
        /// Its name, if it was given one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// How many repositories it is about, if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        planned: Option<u64>,
    },
    /// An earlier run is continued.
    RunResumed {
        /// Its number.
        run: u64,
        /// How many repositories the continued command is about, if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        planned: Option<u64>,
    },
    /// A run ended and is not continued anymore.
    RunEnded {
        /// Its number.
        run: u64,
        /// Whether every repository had its result.
        complete: bool,
    },
    /// A start is about to be sent. Recorded before the call: after a crash, the service may or may not have got it.
    Intended {
        /// The repository.
        repository_id: RepositoryId,
        /// The state of the mirror before the start.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        baseline: Option<Box<Baseline>>,
    },
    /// The intended start certainly did not reach the service.
    NotSent {
        /// The repository.
        repository_id: RepositoryId,
    },
    /// The intended start was accepted.
    Started {
        /// The repository.
        repository_id: RepositoryId,
        /// The task id. Missing if the start was only found by polling after a crash.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        jid: Option<String>,
    },
    /// A started synchronization has an outcome.
    Ended {
        /// The repository.
        repository_id: RepositoryId,
        /// How it ended.
        #[serde(flatten)]
        outcome: Outcome,
        /// How long it took from its start, if the same process saw both.
        #[serde(default, rename = "took_ms", skip_serializing_if = "Option::is_none", with = "milliseconds")]
        took: Option<Duration>,
    },
    /// The repository has no mirror.
    Skipped {
        /// The repository.
        repository_id: RepositoryId,
    },
    /// The refs of the mirror were compared with those of its source. Settles what the service's words mean.
    Verified {
        /// The repository.
        repository_id: RepositoryId,
        /// The result of the comparison.
        verdict: String,
        /// The word that the service gave in `update_status`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        update_status: Option<String>,
        /// The fields of the mirror's state that had a value.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<String>,
    },
}

impl JournalEvent {
    /// Whether the work may only go on when this event is durable. The other events may reach the disk a little
    /// later, because an intent that is already durable covers them.
    #[must_use]
    pub const fn needs_sync(&self) -> bool {
        matches!(self, Self::Intended { .. } | Self::RunBegan { .. } | Self::RunResumed { .. } | Self::RunEnded { .. })
    }

    /// The repository that the event is about, unless it is about a run.
    #[must_use]
    pub const fn repository(&self) -> Option<RepositoryId> {
        match self {
            Self::Intended { repository_id, .. }
            | Self::NotSent { repository_id }
            | Self::Started { repository_id, .. }
            | Self::Ended { repository_id, .. }
            | Self::Skipped { repository_id }
            | Self::Verified { repository_id, .. } => Some(*repository_id),
            Self::RunBegan { .. } | Self::RunResumed { .. } | Self::RunEnded { .. } => None,
        }
    }
}

/// Durations as whole milliseconds.
mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
        value.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
        Ok(Option::<u64>::deserialize(deserializer)?.map(Duration::from_millis))
    }
}
