//! A synchronization that runs at the service.

use std::time::Duration;

use codearts_repo::{SyncJob, SyncOptions};
use tokio::time::Instant;

use crate::baseline::Baseline;
use crate::durations::Durations;
use crate::judge::Judge;
use crate::schedule::Times;
use crate::wait::{FailedPolls, Wait};

/// A poll is worth making, if there is nothing better to do, when this share of the others had ended.
const WORTH_A_POLL: f64 = 0.3;
/// A poll is likely to see an end when this share of the others had ended.
const LIKELY: f64 = 0.9;

/// A synchronization that runs at the service.
pub(super) struct Running {
    pub(super) job: Option<SyncJob>,
    pub(super) options: SyncOptions,
    pub(super) judge: Judge,
    pub(super) began: Instant,
    pub(super) deadline: Instant,
    /// Whether this run started it, so that its duration is known.
    pub(super) timed: bool,
    /// The age at the last poll that saw it running.
    pub(super) seen_running: Option<Duration>,
    pub(super) failed_polls: FailedPolls,
    /// When the next poll makes sense; `None` while one is in flight.
    pub(super) times: Option<Times>,
}

impl Running {
    pub(super) fn new(
        job: Option<SyncJob>,
        options: SyncOptions,
        before: Option<Baseline>,
        wait: &Wait,
        timed: bool,
    ) -> Self {
        let began = Instant::now();
        Self {
            job,
            options,
            judge: wait.judge(before),
            began,
            deadline: wait.deadline(began),
            timed,
            seen_running: None,
            failed_polls: FailedPolls::default(),
            times: None,
        }
    }

    /// When the next poll makes sense, by what is known of durations.
    pub(super) fn next(&self, last_poll: Option<Instant>, wait: &Wait, durations: &Durations) -> Times {
        let (started, last) = (self.began, last_poll.unwrap_or(self.began));
        if !self.timed && last_poll.is_none() {
            // Nobody knows for how long it has run.
            return Times { started, likely: last, worth: None, due: last };
        }
        let age = last.saturating_duration_since(started);
        let from = self.seen_running.unwrap_or_default();
        let at = |share| durations.ended_by(from, share).map(|age| started + age);
        let earliest = last + wait.shortest_interval();
        let likely = at(LIKELY).map_or(self.deadline, |time| time.max(earliest).min(self.deadline));
        let worth = at(WORTH_A_POLL).map(|time| time.max(earliest).min(self.deadline));
        let due = if worth.is_some() { last + wait.longest_interval() } else { last + wait.interval(age) };
        // An end that needs more evidence.
        let confirms = self.judge.next_poll().map(|at| (started + at).max(last + Duration::from_millis(1)));
        let likely = confirms.map_or(likely, |time| time.min(likely));
        Times { started, likely, worth, due: due.min(likely) }
    }
}
