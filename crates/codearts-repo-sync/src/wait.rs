//! Waiting for the end of a synchronisation.

use std::time::Duration;

use codearts_repo::{Client, Error as ServiceError, RemoteMirror, SyncJob};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

use crate::baseline::Baseline;
use crate::error::Error;
use crate::outcome::Outcome;
use crate::snapshot::Snapshot;
use crate::syncer::Syncer;
use crate::verdict::Verdict;

/// How long the last poll may take after the timeout.
const LAST_POLL: Duration = Duration::from_secs(5);

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
}

impl Default for Wait {
    fn default() -> Self {
        Self {
            baseline: None,
            timeout: Duration::from_secs(600),
            shortest: Duration::from_millis(500),
            longest: Duration::from_secs(10),
            tolerated: 5,
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
}

/// Waits for the end of a synchronisation that was started. Dropping the future ends the waiting, not the
/// synchronisation.
///
/// No operation of the API tells how a task ended, so that this looks at the mirror's state again and again. The
/// vendor documents no values of `update_status`. `finished` counts as finished; `failed`, `fail` and `canceled` as
/// failed; `scheduled`, `started` and `importing` as running. With any other word, or none, it is the other fields
/// that tell: a new `last_successful_update_at` is a success, a higher `number_of_failures` or a new `last_error` a
/// failure.
///
/// - **With a [baseline](Wait::since)**, a word of an end counts only when it is new: one of those fields changed
///   since the baseline, or another word was seen in between. When a synchronisation was already running at the
///   baseline, an end must stay as it is for two looks, because the first one may be the end of that other
///   synchronisation. One that leaves all fields as they were, within one tick of the server's clock for example,
///   cannot be told from one that has not begun, and times out.
/// - **Without a baseline** it is assumed that the service changed the word before it answered the start; a word of
///   an end is then taken at once, even if it is that of the synchronisation before.
///
/// A synchronisation that somebody else starts meanwhile cannot be told from this one. Times are compared as texts
/// with each other, never with the clock of this machine.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// use codearts_repo::{Client, RepositoryId, Token};
/// use codearts_repo_sync::{Baseline, Outcome, Wait, wait};
///
/// # let address = emulator.endpoint();
/// let client = Client::builder().endpoint(address.parse()?).auth(Token::new("t")?).build()?;
/// let id = RepositoryId::try_from(123)?;
/// let before = Baseline::take(&client, id).await?;
/// let job = client.start_sync(id).send().await?;
/// assert_eq!(wait(&client, &job, Wait::default().since(before)).await?, Outcome::Finished);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Error::EndUnknown`] when the state cannot be read: at once on an answer such as 401 or 404, after some looks in a row
/// on those that can pass. [`Error::BaselineMismatch`] when the baseline is not one of the job's repository.
pub async fn wait(client: &Client, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
    Syncer::new(client.clone()).wait(job, settings).await
}

/// Polls a mirror. The futures are boxed because the compiler cannot prove otherwise that they are `Send`.
pub(crate) trait Poll: Send {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>>;
}

/// Polls until an end is seen.
pub(crate) async fn follow(mut from: impl Poll, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
    let Wait { baseline, timeout, shortest, longest, tolerated } = settings;
    if let Some(baseline) = baseline.as_ref().map(Baseline::repository).filter(|of| *of != job.repository) {
        return Err(Error::BaselineMismatch { baseline, job: job.repository });
    }
    let mut verdict = Verdict::new(baseline.map(|baseline| baseline.snapshot));
    let begun = Instant::now();
    // A time-out of more than a century is one of a century: an instant has to hold it.
    let deadline = begun + timeout.min(Duration::from_secs(100 * 365 * 86_400));
    let mut pause = shortest.max(Duration::from_millis(1));
    let mut failures = 0;
    loop {
        let last = Instant::now() >= deadline;
        match timeout_at(deadline + LAST_POLL, from.poll()).await {
            Err(_) => return Ok(Outcome::TimedOut),
            Ok(Ok(mirror)) => {
                failures = 0;
                debug!(repository_id = job.repository.get(), status = mirror.update_status.as_deref(), "polled");
                if let Some(outcome) = verdict.look(Snapshot::from(mirror)) {
                    return Ok(outcome);
                }
            }
            Ok(Err(source)) => {
                failures += 1;
                debug!(repository_id = job.repository.get(), failures, %source, "poll failed");
                if !can_pass(&source) || failures > tolerated {
                    return Err(Error::EndUnknown { job: Some(job.clone()), source });
                }
            }
        }
        if last {
            return Ok(Outcome::TimedOut);
        }
        sleep_until(deadline.min(Instant::now() + pause)).await;
        pause = (pause + pause / 2).min(longest.max(shortest));
    }
}

/// A poll changes nothing, so it is retried even after an undecodable answer.
fn can_pass(error: &ServiceError) -> bool {
    error.is_retryable() || matches!(error, ServiceError::UnexpectedAnswer { .. })
}

#[cfg(test)]
mod tests;
