//! Waiting for the end of a synchronization.

use std::time::Duration;

use codearts_repo::{Client, Error as ServiceError, ErrorKind, RemoteMirror, SyncJob};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

use crate::baseline::Baseline;
use crate::engine::LAST_POLL;
use crate::error::Error;
use crate::evidence::Confirmation;
use crate::judge::Judge;
use crate::outcome::Outcome;
use crate::snapshot::Snapshot;
use crate::syncer::Syncer;

/// An instant has to hold a timeout, so a longer one counts as a century.
const CENTURY: Duration = Duration::from_secs(100 * 365 * 86_400);
/// The shortest interval that can be set.
const SHORTEST: Duration = Duration::from_millis(1);
/// How often a poll is retried after 403 or 404.
const STALE_REFUSALS: u32 = 2;
/// The poll interval grows to this part of the time waited so far.
const PART_OF_AGE: u32 = 6;

/// How long and how often [`wait`] polls.
///
/// ```
/// use std::time::Duration;
///
/// use codearts_repo_sync::Wait;
///
/// let patient = Wait::default().timeout(Duration::from_secs(30 * 60)).max_interval(Duration::from_secs(60));
/// # let _ = patient;
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use = "settings have no effect until they are passed to `wait`"]
pub struct Wait {
    baseline: Option<Baseline>,
    timeout: Duration,
    shortest: Duration,
    longest: Duration,
    tolerated: u32,
    confirmation: Confirmation,
}

impl Default for Wait {
    fn default() -> Self {
        Self {
            baseline: None,
            timeout: Duration::from_secs(600),
            shortest: Duration::from_millis(400),
            longest: Duration::from_secs(10),
            tolerated: 5,
            confirmation: Confirmation::default(),
        }
    }
}

impl Wait {
    /// Sets the state before the start, which distinguishes the new end from an old one.
    pub fn since(mut self, baseline: Baseline) -> Self {
        self.baseline = Some(baseline);
        self
    }

    /// Sets how long to wait for the end of one synchronization. Default: 10 minutes. One last poll is made at the
    /// timeout and may take up to 5 seconds more.
    pub const fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// Sets the shortest interval between two polls of a mirror, at least 1 millisecond. Default: 0.4 seconds. Intervals
    /// grow to a sixth of the time waited so far.
    pub const fn min_interval(mut self, interval: Duration) -> Self {
        self.shortest = interval;
        self
    }

    /// Sets the longest interval between two polls of a mirror, as far as the quota has room. Default: 10 seconds.
    pub const fn max_interval(mut self, interval: Duration) -> Self {
        self.longest = interval;
        self
    }

    /// Sets how many polls in a row may fail for a temporary reason. Default: 5.
    pub const fn max_failed_polls(mut self, polls: u32) -> Self {
        self.tolerated = polls;
        self
    }

    /// Sets how long weak evidence must stay the same before it counts as an end. Default: three polls over ten seconds.
    pub const fn confirmation(mut self, confirmation: Confirmation) -> Self {
        self.confirmation = confirmation;
        self
    }

    /// What decides about the end of a synchronization that was started after this baseline.
    pub(crate) fn judge(&self, baseline: Option<Baseline>) -> Judge {
        Judge::new(baseline.map(|baseline| baseline.snapshot), self.confirmation)
    }

    pub(crate) const fn confirms(&self) -> Confirmation {
        self.confirmation
    }

    pub(crate) fn deadline(&self, began: Instant) -> Instant {
        began + self.timeout.min(CENTURY)
    }

    pub(crate) fn shortest_interval(&self) -> Duration {
        self.shortest.clamp(SHORTEST, CENTURY)
    }

    pub(crate) fn longest_interval(&self) -> Duration {
        self.longest.min(CENTURY).max(self.shortest_interval())
    }

    /// The interval before the next poll, if nothing is known of durations.
    pub(crate) fn interval(&self, age: Duration) -> Duration {
        (age / PART_OF_AGE).clamp(self.shortest_interval(), self.longest_interval())
    }
}

/// Waits for the end of a synchronization that was started. Dropping the future ends the waiting, not the
/// synchronization.
///
/// No operation of the API says how a task ended, so this polls the mirror's state. The vendor documents neither the
/// values of `update_status` nor the form of the times. An end is claimed only on [evidence](crate::Evidence):
///
/// - **Strong evidence** ends the wait at once: a later `last_successful_update_at` together with a word of success, or a
///   higher `number_of_failures` together with a word of failure.
/// - **Weak evidence** must stay the same for [three polls over ten seconds](Wait::confirmation): a word that moved, a
///   time that cannot be compared, a failure that shows in other fields than the word.
/// - **No evidence**: a field that is absent, a state equal to the [baseline](Wait::since), a state with an earlier time.
///
/// Without a baseline, the first answer takes its place, and an end before that answer is not seen. If a
/// synchronization was already running at the baseline, the first end may be its own: an end counts when a second run was
/// seen to begin, or when it stays the same for as long as weak evidence must. A synchronization that somebody else
/// starts at the same time cannot be told from this one. The clock of this machine is not used.
///
/// The page `docs/evidence.md` in the repository has all rules as a table.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// use codearts_repo::{Client, RepositoryId, Token};
/// use codearts_repo_sync::{Baseline, Wait, wait};
///
/// # let address = emulator.endpoint();
/// let client = Client::builder().endpoint(address.parse()?).auth(Token::new("t")?).build()?;
/// let id = RepositoryId::try_from(123)?;
/// let before = Baseline::take(&client, id).await?;
/// let job = client.start_sync(id).send().await?;
/// assert!(wait(&client, &job, Wait::default().since(before)).await?.is_finished());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Error::EndUnknown`] if the mirror cannot be read: at once after an answer such as 401, after three answers of 403 or
/// 404, and after some failures in a row if the reason is temporary. [`Error::BaselineMismatch`] if the baseline belongs
/// to another repository.
pub async fn wait(client: &Client, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
    Syncer::new(client.clone()).wait(job, settings).await
}

/// Polls a mirror. The futures are boxed because the compiler cannot prove otherwise that they are `Send`.
pub(crate) trait Poll: Send {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>>;
}

/// Polls until an end is seen.
pub(crate) async fn follow(mut from: impl Poll, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
    if let Some(baseline) = settings.baseline.as_ref().map(Baseline::repository).filter(|of| *of != job.repository) {
        return Err(Error::BaselineMismatch { baseline, job: job.repository });
    }
    let mut judge = settings.judge(settings.baseline.clone());
    let begun = Instant::now();
    let deadline = settings.deadline(begun);
    let mut failures = FailedPolls::default();
    loop {
        let last = Instant::now() >= deadline;
        match timeout_at(deadline + LAST_POLL, from.poll()).await {
            Err(_) => return Ok(Outcome::TimedOut),
            Ok(Ok(mirror)) => {
                failures = FailedPolls::default();
                debug!(repository_id = job.repository.get(), status = mirror.update_status.as_deref(), "polled");
                if let Some(outcome) = judge.observe(Snapshot::of(job.repository, mirror), begun.elapsed()) {
                    return Ok(outcome);
                }
            }
            Ok(Err(source)) => {
                debug!(repository_id = job.repository.get(), %source, "poll failed");
                if !failures.tolerates(&source, &settings) {
                    return Err(Error::EndUnknown { job: Some(job.clone()), source: source.into() });
                }
            }
        }
        if last {
            return Ok(Outcome::TimedOut);
        }
        let now = Instant::now();
        let regular = now + settings.interval(begun.elapsed());
        let next = judge.next_poll().map_or(regular, |confirms| regular.min(begun + confirms).max(now + SHORTEST));
        sleep_until(deadline.min(next)).await;
    }
}

/// Failed polls in a row.
#[derive(Debug, Default)]
pub(crate) struct FailedPolls {
    all: u32,
    /// Those with 403 or 404. The start was accepted, so the repository exists and the caller may read it, but a replica
    /// that lags can say otherwise.
    stale: u32,
}

impl FailedPolls {
    /// Counts a failure. Returns whether to poll again.
    pub(crate) fn tolerates(&mut self, error: &ServiceError, settings: &Wait) -> bool {
        self.all += 1;
        if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::NotFound) {
            self.stale += 1;
            return self.stale <= STALE_REFUSALS;
        }
        // A poll changes nothing, so it is retried even after an undecodable answer.
        let temporary = error.is_retryable() || error.kind() == ErrorKind::UnexpectedAnswer;
        temporary && self.all <= settings.tolerated
    }
}

#[cfg(test)]
mod tests;
