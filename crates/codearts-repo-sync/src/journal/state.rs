//! What is known while a journal is in use.

mod beginning;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use codearts_repo::RepositoryId;
use tokio::time::Instant;

use super::Recorded;
use super::entry::{JournalEntry, JournalEvent};
use super::ledger::{JobState, RunLog};
use super::run::RunStatus;
use crate::outcome::Outcome;
pub(super) use beginning::{Beginning, History};

/// What is known while a journal is in use.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Held while the run begins, so that it begins once.
    begun: tokio::sync::Mutex<Option<RunStatus>>,
    current: Mutex<Option<RunLog>>,
    session: Mutex<Session>,
    incomplete: AtomicBool,
}

/// What is known of this process's part of the run, and of earlier runs.
#[derive(Debug, Default)]
struct Session {
    history: History,
    /// Repositories that a continued run knows and that were not asked for yet.
    unasked: HashSet<RepositoryId>,
    /// When the starts of this process were recorded.
    started: HashMap<RepositoryId, Instant>,
}

impl State {
    pub(super) async fn begun(&self) -> tokio::sync::MutexGuard<'_, Option<RunStatus>> {
        self.begun.lock().await
    }

    pub(super) fn begin(&self, current: RunLog, history: History) {
        let mut session = self.session();
        session.unasked = current.jobs.keys().copied().collect();
        session.history = history;
        *self.current() = Some(current);
    }

    pub(super) fn current(&self) -> MutexGuard<'_, Option<RunLog>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn recorded(&self, repository: RepositoryId, retry_failed: bool) -> Recorded {
        // What failed in this process is not retried by it.
        let is_from_before = self.session().unasked.remove(&repository);
        let current = self.current();
        let Some(job) = current.as_ref().and_then(|run| run.jobs.get(&repository)) else { return Recorded::New };
        let (jid, at) = (job.jid.clone().map(String::from), job.at);
        let baseline = job.baseline.as_deref().cloned();
        match &job.state {
            JobState::Ended(_) if job.has_failed() && retry_failed && is_from_before => Recorded::New,
            JobState::Intended => Recorded::Intended(baseline),
            JobState::Started | JobState::Ended(Outcome::TimedOut) => Recorded::Started { jid, baseline, at },
            JobState::Ended(outcome) => Recorded::Ended { jid, outcome: outcome.clone(), at },
            JobState::Skipped => Recorded::Skipped,
        }
    }

    pub(super) fn dropped_count(&self) -> u64 {
        self.session().unasked.len() as u64
    }

    pub(super) fn durations(&self) -> HashMap<RepositoryId, Duration> {
        self.session().history.durations.clone()
    }

    pub(super) fn non_mirror_since(&self, repository: RepositoryId, now: SystemTime) -> Option<SystemTime> {
        let since = self.session().history.non_mirrors.get(&repository).copied();
        since.filter(|since| beginning::is_fresh(*since, now))
    }

    pub(super) fn apply(&self, entry: JournalEntry) {
        {
            let mut session = self.session();
            match &entry.event {
                JournalEvent::Started { repository_id, jid: Some(_) } => {
                    session.started.insert(*repository_id, Instant::now());
                }
                other => {
                    other.repository().map(|repository| session.started.remove(&repository));
                }
            }
        }
        if let Some(run) = self.current().as_mut() {
            run.apply(entry.at, entry.event);
        }
    }

    /// The time since this process recorded the start.
    pub(super) fn since_start(&self, repository: RepositoryId) -> Option<Duration> {
        self.session().started.get(&repository).map(Instant::elapsed)
    }

    pub(super) fn set_incomplete(&self) {
        self.incomplete.store(true, Ordering::Release);
    }

    /// Whether something could not be written.
    pub(super) fn is_incomplete(&self) -> bool {
        self.incomplete.load(Ordering::Acquire)
    }
}
