//! The engine behind `sync_many`: which call is made next.
//!
//! Each operation has its own quota. When a quota has room, the engine decides what the call is for, so it always
//! serves what is most useful at that moment.

mod calls;
mod running;

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{Error as ServiceError, RemoteMirror, RepositoryId, RetryPolicy, SyncJob, SyncOptions};
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{FuturesUnordered, Stream, StreamExt};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, info};

use crate::baseline::Baseline;
use crate::durations::Durations;
use crate::error::Error;
use crate::event::Event;
use crate::evidence::Confirmation;
use crate::journal::{Journal, JournalError, Recorded};
use crate::limiter::{Limiter, Slot};
use crate::limits::{Limits, Operation};
use crate::many::Many;
use crate::outcome::Outcome;
use crate::report::{Report, SyncRequest};
use crate::schedule::Schedule;
use crate::service::{Service, refuses_caller};
use crate::snapshot::Snapshot;
use crate::wait::{FailedPolls, Wait};
pub(crate) use calls::LAST_POLL;
use calls::{Call, Context, Done, Polled, Probe, Probed};
use running::Running;

/// How often a start without an answer, which polling did not find, is sent at most.
const MOST_LOST: u32 = 3;
/// How long a start that an interrupted run sent may take to show, and how often the mirror is polled for it.
const SETTLE: Duration = Duration::from_secs(2);
const PROBE_INTERVAL: Duration = Duration::from_millis(500);
/// How many baselines may wait for a start. A baseline should be read just before its start.
const BASELINES_AHEAD: usize = 4;
/// While there is more useful work, one read in so many is a spare poll, which discovers durations.
const EXPLORE: u64 = 20;
/// The same until so many observations were made.
const EXPLORE_FIRST: (u64, u32) = (10, 40);
/// Of so many reads, one is a poll of a mirror that has likely ended, and the others are baselines, if there are both.
const POLL_IN: u64 = 3;

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

    /// Begins the run of the journal and learns from its earlier runs.
    async fn begin(&mut self) {
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

    /// Continues a repository from what the journal knows of it.
    fn resume(&mut self, journal: &Journal, request: SyncRequest) {
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

    fn wants_start(&self) -> bool {
        !self.to_start.is_empty() && self.calls.len() < self.concurrency
    }

    fn wants_baseline(&self) -> bool {
        self.next.is_some() && self.to_start.len() < BASELINES_AHEAD
    }

    fn wants_read(&self) -> bool {
        if self.calls.len() >= self.concurrency {
            return false;
        }
        let now = Instant::now();
        self.wants_baseline() || self.schedule.next(self.next_spare).is_some_and(|time| time <= now)
    }

    /// Sends all calls that have room at once.
    fn send(&mut self) {
        while self.start_slot.is_none() && self.wants_start() {
            let Some(slot) = self.context.starts.try_slot() else { break };
            self.send_start(slot);
        }
        while self.show_slot.is_none() && self.wants_read() {
            let Some(slot) = self.context.shows.try_slot() else { break };
            self.send_read(slot);
        }
    }

    fn send_start(&mut self, slot: Slot) {
        let Some((repository, before)) = self.to_start.pop_front() else { return };
        let Some(Mirror::Pending { options, .. }) = self.mirrors.get(&repository) else { return };
        self.calls.push(self.context.start(slot, repository, options.clone(), before));
    }

    /// Chooses what to read.
    fn send_read(&mut self, slot: Slot) {
        let now = Instant::now();
        let (baseline, likely) = (self.wants_baseline(), self.schedule.likely(now));
        self.reads += 1;
        let explore = if self.durations.observations() < EXPLORE_FIRST.1 { EXPLORE_FIRST.0 } else { EXPLORE };
        let busy = baseline || likely.is_some();
        let worth = if busy { None } else { self.schedule.worth(now) };
        let spares = worth.is_none() && (!busy || self.reads.is_multiple_of(explore));
        let spare = if spares { self.schedule.spare(now) } else { None };
        let poll = match (spare, likely) {
            (Some(spare), _) => Some(spare),
            (None, Some(likely)) if !baseline || self.reads.is_multiple_of(POLL_IN) => Some(likely),
            _ => worth,
        };
        match poll {
            Some(repository) => {
                if !busy && spares {
                    self.next_spare = Some(now + self.context.shows.gap() * 2);
                }
                self.send_poll(slot, repository);
            }
            None => {
                let Some(request) = self.next.take_if(|_| baseline) else { return };
                self.calls.push(self.context.baseline(slot, request.repository));
                self.pend(request, false);
            }
        }
    }

    fn send_poll(&mut self, slot: Slot, repository: RepositoryId) {
        let Some(Mirror::Running(running)) = self.mirrors.get_mut(&repository) else { return };
        if let Some(times) = running.times.take() {
            self.schedule.remove(repository, times);
        }
        self.calls.push(self.context.poll(slot, repository, running.deadline));
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Baseline(repository, answer) => self.baseline_read(repository, answer),
            Done::Start(repository, before, result) => self.start_answered(repository, before, result),
            Done::Poll(repository, polled) => self.polled(repository, polled),
            Done::Probe(repository, before, result) => self.probed(repository, before, result),
            Done::Report(report) => {
                self.mirrors.remove(&report.repository);
                self.reports.push_back(report);
            }
        }
    }

    fn baseline_read(&mut self, repository: RepositoryId, answer: Result<RemoteMirror, ServiceError>) {
        match answer {
            Ok(mirror) => {
                let before = Baseline { repository, snapshot: Snapshot::of(repository, mirror) };
                self.to_start.push_back((repository, Some(before)));
            }
            Err(error) => self.not_started(repository, error, Error::Baseline),
        }
    }

    fn start_answered(&mut self, repository: RepositoryId, before: Option<Baseline>, result: Result<SyncJob, Error>) {
        let job = match result {
            Ok(job) => job,
            Err(Error::Start(error)) => return self.start_failed(repository, before, error),
            Err(error) => return self.failed(repository, error),
        };
        info!(repository_id = repository.get(), jid = job.id, "started");
        self.context.event(Event::Started { repository, job: Some(job.clone()) });
        let Some(Mirror::Pending { options, .. }) = self.mirrors.remove(&repository) else { return };
        self.follow(repository, Some(job), options, before, true);
    }

    /// A start that may have reached the service is searched for by polling, and made again if it is not found.
    fn start_failed(&mut self, repository: RepositoryId, before: Option<Baseline>, error: Arc<ServiceError>) {
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

    fn probed(&mut self, repository: RepositoryId, before: Option<Baseline>, result: Result<Probed, Error>) {
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

    fn failed(&mut self, repository: RepositoryId, error: Error) {
        if let Error::Journal(source) = &error {
            self.unwritable.get_or_insert_with(|| Arc::clone(source));
        }
        self.mirrors.remove(&repository);
        self.reports.push_back(Report::failed(repository, error));
    }

    fn not_started(
        &mut self,
        repository: RepositoryId,
        error: impl Into<Arc<ServiceError>>,
        kind: fn(Arc<ServiceError>) -> Error,
    ) {
        let error = error.into();
        let mirror = self.mirrors.remove(&repository);
        let skips = matches!(mirror, Some(Mirror::Pending { skip_missing_mirror: true, .. }));
        let result = if skips && error.status() == Some(404) {
            self.mirrors.insert(repository, Mirror::Ended);
            return self.calls.push(self.context.skip(repository));
        } else if refuses_caller(&error) {
            self.refused.get_or_insert_with(|| Arc::clone(&error));
            Err(Error::CallerRefused(error))
        } else {
            Err(kind(error))
        };
        self.reports.push_back(Report::new(repository, None, result));
    }

    fn polled(&mut self, repository: RepositoryId, polled: Polled) {
        let Some(wait) = self.wait.clone() else { return };
        let Some(Mirror::Running(running)) = self.mirrors.get_mut(&repository) else { return };
        let now = Instant::now();
        let outcome = match polled.answer {
            None => Some(Outcome::TimedOut),
            Some(Ok(mirror)) => {
                running.failed_polls = FailedPolls::default();
                let status = mirror.update_status.clone();
                debug!(repository_id = repository.get(), status, "polled");
                self.context.event(Event::Polled { repository, status });
                let outcome = running.judge.observe(Snapshot::of(repository, mirror), now - running.began);
                if running.timed {
                    let age = polled.sent.saturating_duration_since(running.began);
                    match outcome {
                        Some(_) => self.durations.ended(running.seen_running, now - running.began),
                        None => self.durations.running(running.seen_running.replace(age), age),
                    }
                }
                outcome
            }
            Some(Err(error)) => {
                debug!(repository_id = repository.get(), %error, "poll failed");
                if !running.failed_polls.tolerates(&error, &wait) {
                    return self.unreadable(repository, error);
                }
                None
            }
        };
        let outcome = outcome.or_else(|| (now >= running.deadline).then_some(Outcome::TimedOut));
        match outcome {
            Some(outcome) => {
                let outcome = outcome.hiding(&running.options);
                // The reason of a failure is left out: it may contain a password.
                info!(repository_id = repository.get(), finished = outcome.is_finished(), "ended");
                self.calls.push(self.context.end(repository, running.job.take(), outcome));
                self.mirrors.insert(repository, Mirror::Ended);
            }
            None => {
                let times = running.next(Some(now), &wait, &self.durations);
                running.times = Some(times);
                self.schedule.insert(repository, times);
            }
        }
        self.reschedule(&wait);
    }

    /// The mirror cannot be read any more.
    fn unreadable(&mut self, repository: RepositoryId, error: ServiceError) {
        let Some(Mirror::Running(running)) = self.mirrors.remove(&repository) else { return };
        let error = Arc::new(error);
        if refuses_caller(&error) {
            self.refused.get_or_insert_with(|| Arc::clone(&error));
        }
        self.reports.push_back(Report::failed(repository, Error::EndUnknown { job: running.job, source: error }));
    }

    /// Schedules all polls anew when a tenth more is known of durations.
    fn reschedule(&mut self, wait: &Wait) {
        let known = self.durations.observations();
        if known < self.rescheduled_at {
            return;
        }
        self.rescheduled_at = known + (known / 10).max(1);
        for (repository, mirror) in &mut self.mirrors {
            let Mirror::Running(running) = mirror else { continue };
            let Some(times) = running.times else { continue };
            let last = running.seen_running.map(|age| running.began + age);
            let new = running.next(last, wait, &self.durations);
            if new != times {
                self.schedule.remove(*repository, times);
                self.schedule.insert(*repository, new);
                running.times = Some(new);
            }
        }
    }
}

fn slot_of(limiter: Arc<Limiter>) -> BoxFuture<'static, Slot> {
    Box::pin(async move { limiter.slot().await })
}

#[cfg(test)]
mod tests;
