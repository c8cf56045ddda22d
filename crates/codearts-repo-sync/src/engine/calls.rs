//! The calls of a run, as futures.

use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{Error as ServiceError, RemoteMirror, RepositoryId, RetryPolicy, SyncJob, SyncOptions};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, timeout_at};
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

/// How long the last poll may take after the timeout.
pub(crate) const LAST_POLL: Duration = Duration::from_secs(5);

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
    Baseline(RepositoryId, Result<RemoteMirror, ServiceError>),
    Start(RepositoryId, Option<Baseline>, Result<SyncJob, Error>),
    /// `None` if there was no answer within the time for the last poll.
    Poll(RepositoryId, Polled),
    /// A report whose end was recorded.
    Report(Report),
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
        Box::pin(async move { Done::Baseline(repository, context.show(slot, repository).await) })
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
        if let Some(journal) = &self.journal {
            journal.check().map_err(|error| Error::Journal(Arc::new(error)))?;
        }
        let paused = self.paused(Operation::StartSync);
        let attempts = Attempts { policy: &self.policy, only_reads: false, paused: &paused };
        let send = || self.service.start(repository, options);
        self.event(Event::Starting { repository });
        let answer = self.starts.call_unless(&self.cancel, slot, attempts, send).await.ok_or(Error::Canceled)?;
        let job = answer.map_err(|error| Error::Start(Arc::new(error)))?;
        if let Some(journal) = &self.journal {
            let recorded = journal.started(&job, before.map(|before| &before.snapshot));
            recorded.map_err(|source| Error::Unrecorded { job: Some(job.clone()), source: Arc::new(source) })?;
        }
        Ok(job)
    }

    /// Records an end, then reports it.
    pub(super) fn end(self: &Arc<Self>, repository: RepositoryId, job: Option<SyncJob>, outcome: Outcome) -> Call {
        let context = Arc::clone(self);
        Box::pin(async move {
            context.event(Event::Ended { repository, outcome: outcome.clone() });
            let recorded = match (&context.journal, &job) {
                (Some(journal), Some(job)) => journal.ended(job, &outcome),
                _ => Ok(()),
            };
            let result = recorded
                .map(|()| outcome)
                .map_err(|source| Error::Unrecorded { job: job.clone(), source: Arc::new(source) });
            Done::Report(Report::new(repository, job, result))
        })
    }
}
