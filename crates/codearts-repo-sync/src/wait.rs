//! Waiting for the end of a synchronisation.

use std::time::Duration;

use codearts_repo::{Client, Error as ServiceError, RemoteMirror, SyncJob};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

use crate::baseline::Baseline;
use crate::error::Error;
use crate::evidence::Confirmation;
use crate::judge::Judge;
use crate::outcome::Outcome;
use crate::snapshot::Snapshot;
use crate::syncer::Syncer;

/// How long the last poll may take after the timeout.
const LAST_POLL: Duration = Duration::from_secs(5);
/// How often a poll is retried after 403 or 404.
const STALE_REFUSALS: u32 = 2;
/// The shortest time between two polls that confirm an end.
const SOONEST: Duration = Duration::from_millis(1);

/// How long and how often [`wait`] looks.
///
/// ```
/// use std::time::Duration;
///
/// use codearts_repo_sync::Wait;
///
/// let patient = Wait::default().timeout(Duration::from_secs(30 * 60)).max_interval(Duration::from_secs(60));
/// # let _ = patient;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "settings do nothing until they are given to `wait`"]
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
            shortest: Duration::from_millis(500),
            longest: Duration::from_secs(10),
            tolerated: 5,
            confirmation: Confirmation::default(),
        }
    }
}

impl Wait {
    /// Tells the new end from an old one by this baseline, which was taken before the start.
    pub fn since(mut self, baseline: Baseline) -> Self {
        self.baseline = Some(baseline);
        self
    }

    /// Sets how long to wait altogether, from the call of [`wait`]. 10 minutes unless set. One last look is made when
    /// the time is over, and may take up to 5 seconds more.
    pub const fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// Sets the pause between the first two looks, from which the pauses grow by a half each time. Half a second
    /// unless set; at least a millisecond.
    pub const fn min_interval(mut self, pause: Duration) -> Self {
        self.shortest = pause;
        self
    }

    /// Sets the pause that the pauses grow to. 10 seconds unless set; at least the shortest pause.
    pub const fn max_interval(mut self, pause: Duration) -> Self {
        self.longest = pause;
        self
    }

    /// Sets how many looks in a row may fail, for a reason that can pass, before the waiting is given up. 5 unless
    /// set.
    pub const fn max_failed_polls(mut self, looks: u32) -> Self {
        self.tolerated = looks;
        self
    }

    /// Sets how long weak evidence must stay the same before it counts as an end. Three polls over ten seconds unless
    /// set.
    pub const fn confirmation(mut self, confirmation: Confirmation) -> Self {
        self.confirmation = confirmation;
        self
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
/// [`Error::EndUnknown`] when the state cannot be read: at once on an answer such as 401, after three answers of 403 or
/// 404, and after some polls in a row on errors that can pass. [`Error::BaselineMismatch`] when the baseline is not one of the job's repository.
pub async fn wait(client: &Client, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
    Syncer::new(client.clone()).wait(job, settings).await
}

/// Polls a mirror. The futures are boxed because the compiler cannot prove otherwise that they are `Send`.
pub(crate) trait Poll: Send {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>>;
}

/// Polls until an end is seen.
pub(crate) async fn follow(mut from: impl Poll, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
    let Wait { baseline, timeout, shortest, longest, tolerated, confirmation } = settings;
    if let Some(baseline) = baseline.as_ref().map(Baseline::repository).filter(|of| *of != job.repository) {
        return Err(Error::BaselineMismatch { baseline, job: job.repository });
    }
    let mut judge = Judge::new(baseline.map(|baseline| baseline.snapshot), confirmation);
    let begun = Instant::now();
    // A time-out of more than a century is one of a century: an instant has to hold it.
    let deadline = begun + timeout.min(Duration::from_secs(100 * 365 * 86_400));
    let mut pause = shortest.max(Duration::from_millis(1));
    let (mut failures, mut refusals) = (0, 0);
    loop {
        let last = Instant::now() >= deadline;
        match timeout_at(deadline + LAST_POLL, from.poll()).await {
            Err(_) => return Ok(Outcome::TimedOut),
            Ok(Ok(mirror)) => {
                (failures, refusals) = (0, 0);
                debug!(repository_id = job.repository.get(), status = mirror.update_status.as_deref(), "polled");
                if let Some(outcome) = judge.observe(Snapshot::of(job.repository, mirror), begun.elapsed()) {
                    return Ok(outcome);
                }
            }
            Ok(Err(source)) => {
                failures += 1;
                refusals += u32::from(may_be_stale(&source));
                debug!(repository_id = job.repository.get(), failures, %source, "poll failed");
                let passes = if may_be_stale(&source) {
                    refusals <= STALE_REFUSALS
                } else {
                    can_pass(&source) && failures <= tolerated
                };
                if !passes {
                    return Err(Error::EndUnknown { job: Some(job.clone()), source });
                }
            }
        }
        if last {
            return Ok(Outcome::TimedOut);
        }
        let regular = Instant::now() + pause;
        let next = judge.next_poll().map_or(regular, |early| regular.min(begun + early));
        sleep_until(deadline.min(next.max(Instant::now() + SOONEST))).await;
        pause = (pause + pause / 2).min(longest.max(shortest));
    }
}

/// The start was accepted, so the repository is there and the caller may read it: a replica that lags can say
/// otherwise.
fn may_be_stale(error: &ServiceError) -> bool {
    matches!(error.status(), Some(403 | 404))
}

/// A poll changes nothing, so it is retried even after an undecodable answer.
fn can_pass(error: &ServiceError) -> bool {
    error.is_retryable() || matches!(error, ServiceError::UnexpectedAnswer { .. })
}

#[cfg(test)]
mod tests;
