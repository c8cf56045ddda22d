//! The journal's run, and starts of which nobody knows whether the service received them.

use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{Error as ServiceError, RepositoryId, SyncJob};
use futures_util::stream::Stream;
use tokio::time::Instant;
use tracing::{debug, info};

use super::calls::{Probe, Probed};
use super::{Engine, Lost, Mirror};
use crate::baseline::Baseline;
use crate::error::Error;
use crate::event::Event;
use crate::evidence::Confirmation;
use crate::journal::{Journal, Recorded};
use crate::outcome::Outcome;
use crate::report::{Report, SyncRequest};
use crate::wait::Wait;

/// How often a start without an answer, which polling did not find, is sent at most.
const MOST_LOST: u32 = 3;
/// How long a start that an interrupted run sent may take to show, and how often the mirror is polled for it.
const SETTLE: Duration = Duration::from_secs(2);
const PROBE_INTERVAL: Duration = Duration::from_millis(500);

impl<S: Stream<Item = SyncRequest>> Engine<S> {
    /// Begins the run of the journal and learns from its earlier runs.
    pub(super) async fn begin(&mut self) {
        if self.begun.is_some() {
            return;
        }
        self.begun = Some(Instant::now());
        let Some(journal) = &self.context.journal else { return };
        match journal.begin().await {
            Ok(_) => journal.durations().into_values().for_each(|took| self.durations.ended(None, took)),
            Err(error) => self.unwritable = Some(Arc::new(error)),
        }
    }

    /// Ends the run of the journal, unless something was left, and closes it.
    pub(crate) async fn close(self) {
        let Some(journal) = &self.context.journal else { return };
        // The journal keeps a failure for those who ask for it.
        if !self.canceled && self.refused.is_none() && self.unwritable.is_none() {
            let _ = journal.finish().await;
        }
        let _ = journal.close().await;
    }

    /// Continues a repository from what the journal knows of it.
    pub(super) fn resume(&mut self, journal: &Journal, request: SyncRequest) {
        let repository = request.repository;
        let known_non_mirror = || journal.non_mirror_since(repository).filter(|_| request.skip_missing_mirror);
        let recorded = match journal.recorded(repository) {
            Recorded::Ended { jid, outcome, at } => Report::recorded(repository, jid, outcome, at),
            Recorded::Started { jid, at, .. } if self.wait.is_none() => {
                Report::recorded(repository, jid, Outcome::Started, at)
            }
            Recorded::Started { jid, baseline, .. } => {
                let job = jid.map(|jid| SyncJob::new(repository, jid));
                return self.follow(repository, job, request.options, baseline, false);
            }
            Recorded::Intended(before) => {
                self.pend(request, false);
                let settled = self.begun.unwrap_or_else(Instant::now) + SETTLE;
                let probe = Probe { settled, interval: PROBE_INTERVAL, own: false };
                return self.calls.push(self.context.probe(repository, before, probe));
            }
            Recorded::New | Recorded::Skipped => match known_non_mirror() {
                Some(at) => Report::recorded(repository, None, Outcome::Skipped, at),
                None => {
                    self.next = Some(request);
                    return;
                }
            },
        };
        self.reports.push_back(recorded);
    }

    /// A start that may have reached the service is searched for by polling, and made again if it is not found.
    pub(super) fn start_failed(
        &mut self,
        repository: RepositoryId,
        before: Option<Baseline>,
        error: Arc<ServiceError>,
    ) {
        let mirror = self.mirrors.get_mut(&repository);
        match (mirror, before) {
            (Some(Mirror::Pending { lost, .. }), Some(before)) if error.may_have_been_sent() => {
                debug!(repository_id = repository.get(), %error, "the start may have been received");
                let sent = lost.as_ref().map_or(1, |lost| lost.sent + 1);
                *lost = Some(Lost { error, sent });
                let confirmation = self.wait.as_ref().map_or_else(Confirmation::default, Wait::confirms);
                let interval = confirmation.over / confirmation.polls.saturating_sub(1).max(1);
                let probe = Probe { settled: Instant::now() + confirmation.over, interval, own: true };
                self.calls.push(self.context.probe(repository, Some(before), probe));
            }
            _ => self.not_started(repository, error, Error::Start),
        }
    }

    pub(super) fn probed(&mut self, repository: RepositoryId, before: Option<Baseline>, result: Result<Probed, Error>) {
        match result {
            Ok(Probed::Found) => {
                let Some(Mirror::Pending { options, .. }) = self.mirrors.remove(&repository) else { return };
                info!(repository_id = repository.get(), "a start was found, its task ID is unknown");
                self.context.event(Event::Started { repository, job: None });
                self.follow(repository, None, options, before, false);
            }
            Ok(Probed::NotStarted(now)) => match self.mirrors.get(&repository) {
                Some(Mirror::Pending { lost: Some(Lost { error, sent: MOST_LOST.. }), .. }) => {
                    let error = Arc::clone(error);
                    self.not_started(repository, error, Error::Start);
                }
                _ => self.to_start.push_back((repository, Some(now))),
            },
            Err(Error::Baseline(error)) => match self.mirrors.get(&repository) {
                // Nothing more is known of the start than how it failed.
                Some(Mirror::Pending { lost: Some(lost), .. }) => {
                    let error = Arc::clone(&lost.error);
                    self.not_started(repository, error, Error::Start);
                }
                _ => self.not_started(repository, error, Error::Baseline),
            },
            Err(error) => self.failed(repository, error),
        }
    }
}
