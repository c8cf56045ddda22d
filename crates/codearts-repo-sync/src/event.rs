//! What happens during a run, for progress displays and logs.

use std::time::Duration;

use codearts_repo::{RepositoryId, SyncJob};

use crate::limits::Operation;
use crate::outcome::Outcome;

/// What happens during a run. See [`Many::events`](crate::Many::events).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Event {
    /// A start is sent. Until its answer, it is unknown whether the service acts on it.
    Starting {
        /// The repository.
        repository: RepositoryId,
    },
    /// The service accepted a start, or polling showed that it did.
    Started {
        /// The repository.
        repository: RepositoryId,
        /// The task, unless only polling showed it.
        job: Option<SyncJob>,
    },
    /// The mirror was read after its start.
    Polled {
        /// The repository.
        repository: RepositoryId,
        /// The service's status word, if it gave one.
        status: Option<String>,
    },
    /// A synchronization ended, or was given up at its timeout.
    Ended {
        /// The repository.
        repository: RepositoryId,
        /// The outcome.
        outcome: Outcome,
    },
    /// Calls of an operation, or one of them, pause.
    Paused {
        /// The operation.
        operation: Operation,
        /// Why it pauses.
        reason: PauseReason,
        /// How long it pauses.
        length: Duration,
    },
}

/// Why calls pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PauseReason {
    /// The service refused a call with 429, so all calls of the operation pause.
    Throttled,
    /// A call failed and is made again.
    Failed,
}
