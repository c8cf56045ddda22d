//! What follows from the answer to a call.

use std::sync::Arc;

use codearts_repo::{Error as ServiceError, RemoteMirror, RepositoryId, SyncJob};
use futures_util::stream::Stream;
use tokio::time::Instant;
use tracing::{debug, info};

use super::calls::{Done, Polled};
use super::{Engine, Mirror};
use crate::baseline::Baseline;
use crate::error::Error;
use crate::event::Event;
use crate::outcome::Outcome;
use crate::report::{Report, SyncRequest};
use crate::snapshot::Snapshot;
use crate::wait::{FailedPolls, Wait};

impl<S: Stream<Item = SyncRequest>> Engine<S> {
    pub(super) fn done(&mut self, done: Done) {
        match done {
            Done::Baseline(repository, Some(answer)) => self.baseline_read(repository, answer),
            Done::Baseline(repository, None) => self.failed(repository, Error::Canceled),
            Done::Start(repository, before, result) => self.start_answered(repository, before, result),
            Done::Poll(repository, polled) => self.polled(repository, polled),
            Done::Probe(repository, before, result) => self.probed(repository, before, result),
            Done::Report(report) => {
                self.mirrors.remove(&report.repository);
                self.reports.push_back(report);
            }
        }
    }

    pub(super) fn baseline_read(&mut self, repository: RepositoryId, answer: Result<RemoteMirror, ServiceError>) {
        match answer {
            Ok(mirror) => {
                let before = Baseline { repository, snapshot: Snapshot::of(repository, mirror) };
                self.to_start.push_back((repository, Some(before)));
            }
            Err(error) => self.not_started(repository, error, Error::Baseline),
        }
    }

    pub(super) fn start_answered(
        &mut self,
        repository: RepositoryId,
        before: Option<Baseline>,
        result: Result<SyncJob, Error>,
    ) {
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

    pub(super) fn failed(&mut self, repository: RepositoryId, error: Error) {
        if let Error::Journal(source) = &error {
            self.unwritable.get_or_insert_with(|| Arc::clone(source));
        }
        self.mirrors.remove(&repository);
        self.reports.push_back(Report::failed(repository, error));
    }

    pub(super) fn not_started(
        &mut self,
        repository: RepositoryId,
        error: impl Into<Arc<ServiceError>>,
        kind: fn(Arc<ServiceError>) -> Error,
    ) {
        let error = error.into();
        let mirror = self.mirrors.remove(&repository);
        let skips = matches!(mirror, Some(Mirror::Pending { skip_missing_mirror: true, .. }));
        let result = if skips && error.kind() == codearts_repo::ErrorKind::NotFound {
            self.mirrors.insert(repository, Mirror::Ended);
            return self.calls.push(self.context.skip(repository));
        } else if error.refuses_caller() {
            self.refused.get_or_insert_with(|| Arc::clone(&error));
            Err(Error::CallerRefused(error))
        } else {
            Err(kind(error))
        };
        self.reports.push_back(Report::new(repository, None, result));
    }

    pub(super) fn polled(&mut self, repository: RepositoryId, polled: Polled) {
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
    pub(super) fn unreadable(&mut self, repository: RepositoryId, error: ServiceError) {
        let Some(Mirror::Running(running)) = self.mirrors.remove(&repository) else { return };
        let error = Arc::new(error);
        if error.refuses_caller() {
            self.refused.get_or_insert_with(|| Arc::clone(&error));
        }
        self.reports.push_back(Report::failed(repository, Error::EndUnknown { job: running.job, source: error }));
    }

    /// Schedules all polls anew when a tenth more is known of durations.
    pub(super) fn reschedule(&mut self, wait: &Wait) {
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
