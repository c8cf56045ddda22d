//! The calls of a run, as futures.

use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{Error as ServiceError, RemoteMirror, RepositoryId, RetryPolicy, SyncJob, SyncOptions};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::baseline::Baseline;
use crate::error::Error;
use crate::event::{Event, PauseReason};
use crate::journal::Journal;
use crate::limiter::{Attempts, Limiter, Slot};
use crate::limits::Operation;
use crate::many::EventHandler;
use crate::outcome::Outcome;
use crate::report::Report;
use crate::service::Service;
use crate::snapshot::Snapshot;

/// How long the last poll may take after the timeout.
pub(crate) const LAST_POLL: Duration = Duration::from_secs(5);

/// How a mirror is polled for a start that may have reached the service.
pub(super) struct Probe {
    /// Until then, the start may be on its way.
    pub(super) settled: Instant,
    pub(super) interval: Duration,
    /// Whether this run sent the start. A cancellation does not end the search then.
    pub(super) own: bool,
}

/// What all calls of a run share.
pub(super) struct Context {
    pub(super) service: Arc<dyn Service>,
    pub(super) starts: Arc<Limiter>,
    pub(super) shows: Arc<Limiter>,
    pub(super) policy: RetryPolicy,
    pub(super) journal: Option<Arc<Journal>>,
    pub(super) events: Option<EventHandler>,
    pub(super) cancel: CancellationToken,
}

/// A call that has its answer.
pub(super) enum Done {
    /// `None` after a cancellation.
    Baseline(RepositoryId, Option<Result<RemoteMirror, ServiceError>>),
    Start(RepositoryId, Option<Baseline>, Result<SyncJob, Error>),
    /// `None` if there was no answer within the time for the last poll.
    Poll(RepositoryId, Polled),
    /// Whether a start of an interrupted run was found. If not, the state of the mirror.
    Probe(RepositoryId, Option<Baseline>, Result<Probed, Error>),
    /// A report whose result was recorded.
    Report(Report),
}

/// What a poll for a start of an interrupted run showed.
pub(super) enum Probed {
    Found,
    NotStarted(Baseline),
}

/// The answer to a poll.
pub(super) struct Polled {
    pub(super) sent: Instant,
    pub(super) answer: Option<Result<RemoteMirror, ServiceError>>,
}

pub(super) type Call = BoxFuture<'static, Done>;

impl Context {
    pub(super) fn event(&self, event: Event) {
        if let Some(handler) = &self.events {
            handler(event);
        }
    }

    fn paused(&self, operation: Operation) -> impl Fn(PauseReason, Duration) + Sync {
        move |reason, length| self.event(Event::Paused { operation, reason, length })
    }

    pub(super) fn baseline(self: &Arc<Self>, slot: Slot, repository: RepositoryId) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            let answer = context.cancel.run_until_cancelled(context.show(slot, repository)).await;
            Done::Baseline(repository, answer)
        })
    }

    pub(super) fn poll(self: &Arc<Self>, slot: Slot, repository: RepositoryId, deadline: Instant) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            let sent = Instant::now();
            let answer = timeout_at(deadline.max(sent) + LAST_POLL, context.show(slot, repository)).await;
            Done::Poll(repository, Polled { sent, answer: answer.ok() })
        })
    }

    async fn show(&self, slot: Slot, repository: RepositoryId) -> Result<RemoteMirror, ServiceError> {
        let paused = self.paused(Operation::ShowMirror);
        let attempts = Attempts { policy: &self.policy, only_reads: true, paused: &paused };
        self.shows.call(slot, attempts, || self.service.show(repository)).await
    }

    pub(super) fn start(
        self: &Arc<Self>,
        slot: Slot,
        repository: RepositoryId,
        options: SyncOptions,
        before: Option<Baseline>,
    ) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            let result = context.start_and_record(slot, repository, &options, before.as_ref()).await;
            Done::Start(repository, before, result)
        })
    }

    async fn start_and_record(
        &self,
        slot: Slot,
        repository: RepositoryId,
        options: &SyncOptions,
        before: Option<&Baseline>,
    ) -> Result<SyncJob, Error> {
        // IAM may take long. A cancellation ends that, because the start is not sent yet.
        let prepared = self.cancel.run_until_cancelled(self.service.prepare_auth()).await.ok_or(Error::Canceled)?;
        prepared.map_err(|error| Error::Start(Arc::new(error)))?;
        let Some(journal) = &self.journal else { return self.send_start(slot, repository, options).await };
        // On the disk before the call: whatever happens then, the next run knows that it may have been made.
        journal.intend(repository, before).await.map_err(|error| Error::Journal(Arc::new(error)))?;
        let started = self.send_start(slot, repository, options).await;
        match &started {
            Ok(job) => {
                let recorded = journal.started(job).await;
                recorded.map_err(|source| Error::Unrecorded { job: Some(job.clone()), source: Arc::new(source) })?;
            }
            Err(Error::Start(error)) if error.may_have_been_sent() => {}
            // An intent that stays is harmless: the next run polls the mirror.
            Err(_) => drop(journal.not_sent(repository).await),
        }
        started
    }

    async fn send_start(&self, slot: Slot, repository: RepositoryId, options: &SyncOptions) -> Result<SyncJob, Error> {
        let paused = self.paused(Operation::StartSync);
        let attempts = Attempts { policy: &self.policy, only_reads: false, paused: &paused };
        let send = || self.service.start(repository, options);
        self.event(Event::Starting { repository });
        let answer = self.starts.call_unless(&self.cancel, slot, attempts, send).await.ok_or(Error::Canceled)?;
        answer.map_err(|error| Error::Start(Arc::new(error)))
    }

    /// Polls a mirror for a start that may have reached the service.
    pub(super) fn probe(self: &Arc<Self>, repository: RepositoryId, before: Option<Baseline>, probe: Probe) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            let search = context.find_start(repository, before.as_ref(), &probe);
            let probed = if probe.own {
                search.await
            } else {
                context.cancel.run_until_cancelled(search).await.unwrap_or(Err(Error::Canceled))
            };
            Done::Probe(repository, before, probed)
        })
    }

    async fn find_start(
        &self,
        repository: RepositoryId,
        before: Option<&Baseline>,
        probe: &Probe,
    ) -> Result<Probed, Error> {
        loop {
            let polled = Instant::now();
            let mirror = self.show(self.shows.slot().await, repository).await;
            let mirror = mirror.map_err(|error| Error::Baseline(Arc::new(error)))?;
            let now = Baseline { repository, snapshot: Snapshot::of(repository, mirror) };
            if now.shows_start_since(before) {
                if let Some(journal) = &self.journal {
                    let unrecorded = |source| Error::Unrecorded { job: None, source: Arc::new(source) };
                    journal.found(repository).await.map_err(unrecorded)?;
                }
                return Ok(Probed::Found);
            }
            if polled >= probe.settled {
                return Ok(Probed::NotStarted(now));
            }
            sleep_until(probe.settled.min(polled + probe.interval)).await;
        }
    }

    /// Records that a repository has no mirror, then reports it.
    pub(super) fn skip(self: &Arc<Self>, repository: RepositoryId) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            let recorded = match &context.journal {
                Some(journal) => journal.skipped(repository).await,
                None => Ok(()),
            };
            let result = recorded.map(|()| Outcome::Skipped).map_err(|error| Error::Journal(Arc::new(error)));
            Done::Report(Report::new(repository, None, result))
        })
    }

    /// Records an end, then reports it.
    pub(super) fn end(self: &Arc<Self>, repository: RepositoryId, job: Option<SyncJob>, outcome: Outcome) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            context.event(Event::Ended { repository, outcome: outcome.clone() });
            if let Some(journal) = &context.journal {
                // The end is true even if it cannot be recorded. The journal then keeps the run open.
                let _ = journal.ended(repository, &outcome).await;
            }
            Done::Report(Report::new(repository, job, Ok(outcome)))
        })
    }
}
