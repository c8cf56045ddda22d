//! The synchronizations that a signal would leave without a result.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use codearts_repo::RepositoryId;
use codearts_repo_sync::Event;

use crate::record::Record;

/// The starts without a report.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    starts: BTreeMap<RepositoryId, Start>,
    running: usize,
}

#[derive(Debug)]
enum Start {
    /// Sent, but not answered.
    Sent,
    /// Accepted, with its task ID if it is known.
    Accepted(Option<String>, Instant),
}

impl InFlight {
    /// Follows an event of the run.
    pub(super) fn observe(&self, event: &Event) {
        match event {
            Event::Starting { repository } => {
                self.lock().starts.insert(*repository, Start::Sent);
            }
            Event::Started { repository, job } => {
                let mut state = self.lock();
                state
                    .starts
                    .insert(*repository, Start::Accepted(job.as_ref().map(|job| job.id.clone()), Instant::now()));
                state.running += 1;
            }
            _ => {}
        }
    }

    /// Forgets a repository whose result is printed. Returns the time since its start was accepted.
    pub(super) fn remove(&self, repository: RepositoryId) -> Option<Duration> {
        let mut state = self.lock();
        let Some(Start::Accepted(_, accepted)) = state.starts.remove(&repository) else { return None };
        state.running -= 1;
        Some(accepted.elapsed())
    }

    /// A record for each start without a result.
    pub(super) fn records(&self) -> Vec<Record> {
        let record = |(id, start)| match start {
            Start::Accepted(jid, _) => Record::started(id, jid),
            Start::Sent => Record::unanswered(id),
        };
        std::mem::take(&mut *self.lock()).starts.into_iter().map(record).collect()
    }

    /// How many run at the service.
    pub(super) fn running(&self) -> usize {
        self.lock().running
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
