//! Starts and waits for synchronisations within one quota.

use std::sync::Arc;

use codearts_repo::{Client, Error as ServiceError, RemoteMirror, RepositoryId, SyncJob, SyncOptions};
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::baseline::Baseline;
use crate::error::Error;
use crate::limiter::Limiter;
use crate::outcome::Outcome;
use crate::quota::Quota;
use crate::snapshot::Snapshot;
use crate::wait::{Poll, Wait, follow};

/// Starts synchronisations and waits for them, within one quota. Cheap to clone; clones share the quota.
///
/// Use one for all that a program does in a region.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// # let address = emulator.endpoint();
/// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
/// use codearts_repo::{RepositoryId, SyncOptions};
/// use codearts_repo_sync::{Quota, Syncer, Wait};
///
/// let syncer = Syncer::with_quota(client, Quota::per_minute(60.try_into()?));
/// let synced = syncer.sync(RepositoryId::try_from(123)?, &SyncOptions::new(), Wait::default()).await?;
/// assert!(synced.outcome.is_finished());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Syncer(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    client: Client,
    limiter: Limiter,
}

/// A synchronization that was started and waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// The task that the service started.
    pub job: SyncJob,
    /// Its outcome.
    pub outcome: Outcome,
}

impl Syncer {
    /// Calls go through this client, at most 600 a minute.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self::with_quota(client, Quota::default())
    }

    /// Calls go through this client, within this quota. The client's own retries stay, but for those after 429.
    #[must_use]
    pub fn with_quota(client: Client, quota: Quota) -> Self {
        let client = client.with_retry_policy(client.retry_policy().clone().leave_throttled(true));
        Self(Arc::new(Parts { client, limiter: Limiter::new(quota) }))
    }

    /// The client that calls go through.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// Starts the synchronisation of a repository. A start that is refused with 429 is made again.
    ///
    /// # Errors
    ///
    /// As for [`StartSync::send`](codearts_repo::StartSync::send).
    pub async fn start(&self, repository: RepositoryId, options: &SyncOptions) -> Result<SyncJob, ServiceError> {
        let send = || self.0.client.start_sync(repository).options(options.clone()).send();
        self.0.limiter.call(send).await.inspect(log_start)
    }

    /// Starts, unless the request to stop comes before the start is sent.
    pub(crate) async fn start_unless(
        &self,
        repository: RepositoryId,
        options: &SyncOptions,
        cancel: &CancellationToken,
    ) -> Result<Result<SyncJob, ServiceError>, Error> {
        let send = || self.0.client.start_sync(repository).options(options.clone()).send();
        let answer = self.0.limiter.call_unless(cancel, send).await.ok_or(Error::Canceled)?;
        Ok(answer.inspect(log_start))
    }

    /// Reads the state of a mirror, for a start that follows.
    ///
    /// # Errors
    ///
    /// As for [`Client::show_mirror`].
    pub async fn baseline(&self, repository: RepositoryId) -> Result<Baseline, ServiceError> {
        let mirror = self.0.limiter.call(|| self.0.client.show_mirror(repository)).await?;
        Ok(Baseline { repository, snapshot: Snapshot::of(repository, mirror) })
    }

    /// Waits for the end of a synchronisation that was started; see [`wait`](crate::wait()) for what counts as one.
    ///
    /// # Errors
    ///
    /// As for [`wait`](crate::wait()).
    pub async fn wait(&self, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
        let poller = Poller { repository: job.repository, parts: &self.0 };
        let outcome = follow(poller, job, settings).await?;
        // The reason of a failure is left out: the server of the source may have put a password into it.
        info!(repository_id = job.repository.get(), jid = job.id, finished = outcome.is_finished(), "waiting ended");
        Ok(outcome)
    }

    /// Starts the synchronisation of a repository and waits for its end; see [`sync`](crate::sync()).
    ///
    /// # Errors
    ///
    /// As for [`sync`](crate::sync()).
    pub async fn sync(&self, repository: RepositoryId, options: &SyncOptions, settings: Wait) -> Result<Synced, Error> {
        let baseline = self.baseline(repository).await.map_err(Error::Baseline)?;
        let job = self.start(repository, options).await.map_err(Error::Start)?;
        let outcome = self.wait(&job, settings.since(baseline)).await?.hiding(options);
        Ok(Synced { job, outcome })
    }
}

fn log_start(job: &SyncJob) {
    info!(repository_id = job.repository.get(), jid = job.id, "started");
}

/// Polls one mirror within the quota.
struct Poller<'a> {
    repository: RepositoryId,
    parts: &'a Parts,
}

impl Poll for Poller<'_> {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        let Self { repository, parts } = *self;
        Box::pin(parts.limiter.call(move || parts.client.show_mirror(repository)))
    }
}
