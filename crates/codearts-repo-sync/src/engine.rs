//! The engine behind `sync_many`: which call is made next.
//!
//! Each operation has its own quota. When a quota has room, the engine decides what the call is for, so it always
//! serves what is most useful at that moment.

mod answers;
mod calls;
mod choose;
mod resume;
mod running;

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;

use codearts_repo::{Error as ServiceError, RepositoryId, RetryPolicy, SyncJob, SyncOptions};
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{FuturesUnordered, Stream, StreamExt};
use tokio::time::{Instant, sleep_until};

use crate::baseline::Baseline;
use crate::durations::Durations;
use crate::error::Error;
use crate::journal::JournalError;
use crate::limiter::{Limiter, Slot};
use crate::limits::{Limits, Operation};
use crate::many::Many;
use crate::outcome::Outcome;
use crate::report::{Report, SyncRequest};
use crate::schedule::Schedule;
use crate::service::Service;
use crate::wait::Wait;
pub(crate) use calls::LAST_POLL;
use calls::{Call, Context};
use running::Running;

/// How many baselines may wait for a start. A baseline should be read just before its start.
const BASELINES_AHEAD: usize = 4;

pub(crate) struct Engine<S> {
    context: Arc<Context>,
    wait: Option<Wait>,
    concurrency: usize,
    max_running: usize,
    source: Option<Pin<Box<S>>>,
    /// Read from the source, and waiting for its first call.
    next: Option<SyncRequest>,
    to_start: VecDeque<(RepositoryId, Option<Baseline>)>,
    mirrors: HashMap<RepositoryId, Mirror>,
    calls: FuturesUnordered<Call>,
    start_slot: Option<BoxFuture<'static, Slot>>,
    show_slot: Option<BoxFuture<'static, Slot>>,
    reports: VecDeque<Report>,
    schedule: Schedule,
    durations: Durations,
    rescheduled_at: u32,
    reads: u64,
    /// No spare poll before, so that spare polls leave half of the quota to others.
    next_spare: Option<Instant>,
    canceled: bool,
    refused: Option<Arc<ServiceError>>,
    begun: Option<Instant>,
    /// Why the journal cannot be written: nothing more is started then.
    unwritable: Option<Arc<JournalError>>,
}

/// A repository in flight.
enum Mirror {
    /// Not started yet.
    Pending {
        options: SyncOptions,
        skip_missing_mirror: bool,
        lost: Option<Lost>,
    },
    Running(Box<Running>),
    /// Its result is being recorded.
    Ended,
}

/// A start without an answer.
struct Lost {
    error: Arc<ServiceError>,
    /// How often it was sent.
    sent: u32,
}

impl<S: Stream<Item = SyncRequest>> Engine<S> {
    pub(crate) fn new(
        service: Arc<dyn Service>,
        limits: &Limits,
        policy: RetryPolicy,
        source: Pin<Box<S>>,
        settings: Many,
    ) -> Self {
        let context = Context {
            service,
            starts: limits.limiter(Operation::StartSync),
            shows: limits.limiter(Operation::ShowMirror),
            policy,
            journal: settings.journal,
            events: settings.events,
            cancel: settings.cancel,
        };
        Self {
            context: Arc::new(context),
            wait: settings.wait,
            concurrency: settings.concurrency,
            max_running: settings.max_running,
            source: Some(source),
            next: None,
            to_start: VecDeque::new(),
            mirrors: HashMap::new(),
            calls: FuturesUnordered::new(),
            start_slot: None,
            show_slot: None,
            reports: VecDeque::new(),
            schedule: Schedule::default(),
            durations: Durations::default(),
            rescheduled_at: 0,
            reads: 0,
            next_spare: None,
            canceled: false,
            refused: None,
            begun: None,
            unwritable: None,
        }
    }

    /// The next report, or `None` when every repository has its report.
    pub(crate) async fn next(&mut self) -> Option<Report> {
        self.begin().await;
        loop {
            self.stop_if_asked();
            if let Some(report) = self.reports.pop_front() {
                return Some(report);
            }
            if self.is_done() {
                return None;
            }
            self.send();
            self.step().await;
        }
    }

    fn is_done(&self) -> bool {
        self.source.is_none() && self.next.is_none() && self.to_start.is_empty() && self.mirrors.is_empty()
    }

    /// Waits until something happens, and takes it into account.
    async fn step(&mut self) {
        let (reads, starts) = (self.wants_read(), self.wants_start());
        let idle = std::future::pending();
        let (shows, start_limiter) = (Arc::clone(&self.context.shows), Arc::clone(&self.context.starts));
        let (show_slot, start_slot) = (&mut self.show_slot, &mut self.start_slot);
        if !reads {
            *show_slot = None;
        }
        if !starts {
            *start_slot = None;
        }
        let read = async {
            if !reads {
                return idle.await;
            }
            let slot = show_slot.get_or_insert_with(|| slot_of(shows)).await;
            *show_slot = None;
            slot
        };
        let start = async {
            if !starts {
                return std::future::pending().await;
            }
            let slot = start_slot.get_or_insert_with(|| slot_of(start_limiter)).await;
            *start_slot = None;
            slot
        };
        let wakeup = self.schedule.next(self.next_spare).filter(|_| !reads && self.calls.len() < self.concurrency);
        let wants_request = self.next.is_none()
            && self.calls.len() < self.concurrency
            && self.mirrors.len() < self.max_running
            && self.to_start.len() < BASELINES_AHEAD.min(self.concurrency);
        let source = &mut self.source;
        let request = async {
            match source {
                Some(source) if wants_request => source.next().await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            Some(done) = self.calls.next(), if !self.calls.is_empty() => self.done(done),
            () = self.context.cancel.cancelled(), if !self.canceled => {}
            request = request => match request {
                Some(request) => self.accept(request),
                None => self.source = None,
            },
            slot = start => self.send_start(slot),
            slot = read => self.send_read(slot),
            () = sleep_until(wakeup.unwrap_or_else(Instant::now)), if wakeup.is_some() => {}
        }
    }

    /// After a cancellation or a refusal of the caller: reports what will not be started.
    fn stop_if_asked(&mut self) {
        self.canceled |= self.context.cancel.is_cancelled();
        let reason = match (&self.refused, &self.unwritable) {
            (Some(error), _) => Error::CallerRefused(Arc::clone(error)),
            (None, Some(error)) => Error::Journal(Arc::clone(error)),
            (None, None) if self.canceled => Error::Canceled,
            (None, None) => return,
        };
        for (repository, _) in std::mem::take(&mut self.to_start) {
            self.mirrors.remove(&repository);
            self.reports.push_back(Report::failed(repository, reason.clone()));
        }
        let next = self.next.take();
        // One at a time, so that a long list takes no memory.
        let next = next.or_else(|| {
            let source = self.source.as_mut().filter(|_| self.reports.is_empty())?;
            let request = source.next().now_or_never().flatten();
            self.source = self.source.take().filter(|_| request.is_some());
            request
        });
        self.reports.extend(next.map(|request| Report::failed(request.repository, reason)));
    }

    /// Takes a request from the source.
    fn accept(&mut self, request: SyncRequest) {
        let repository = request.repository;
        if self.mirrors.contains_key(&repository) {
            self.reports.push_back(Report::failed(repository, Error::Duplicate));
            return;
        }
        match self.context.journal.clone() {
            Some(journal) => self.resume(&journal, request),
            None if self.wait.is_some() => self.next = Some(request),
            None => self.pend(request, true),
        }
    }

    fn pend(&mut self, request: SyncRequest, start: bool) {
        let SyncRequest { repository, options, skip_missing_mirror } = request;
        self.mirrors.insert(repository, Mirror::Pending { options, skip_missing_mirror, lost: None });
        if start {
            self.to_start.push_back((repository, None));
        }
    }

    fn follow(
        &mut self,
        repository: RepositoryId,
        job: Option<SyncJob>,
        options: SyncOptions,
        before: Option<Baseline>,
        timed: bool,
    ) {
        let Some(wait) = &self.wait else {
            self.mirrors.remove(&repository);
            self.reports.push_back(Report::new(repository, job, Ok(Outcome::Started)));
            return;
        };
        let mut running = Running::new(job, options, before, wait, timed);
        let times = running.next(None, wait, &self.durations);
        running.times = Some(times);
        self.schedule.insert(repository, times);
        self.mirrors.insert(repository, Mirror::Running(Box::new(running)));
    }
}

fn slot_of(limiter: Arc<Limiter>) -> BoxFuture<'static, Slot> {
    Box::pin(async move { limiter.slot().await })
}

#[cfg(test)]
mod tests;
