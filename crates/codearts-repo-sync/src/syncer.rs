//! Starts and waits for synchronizations within the quotas.

use std::sync::Arc;

use codearts_repo::{Client, Error as ServiceError, RemoteMirror, RepositoryId, RetryPolicy, SyncJob, SyncOptions};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tracing::info;

use crate::baseline::Baseline;
use crate::error::Error;
use crate::limits::{Limits, Operation};
use crate::outcome::Outcome;
use crate::quota::Quota;
use crate::service::Service;
use crate::snapshot::Snapshot;
use crate::wait::{Poll, Wait, follow};

/// Starts synchronizations and waits for them, within a quota for each operation. Cheap to clone; clones share the
/// quotas. To share them with other clients, see [`Limits`].
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
    /// The same client without retries: the limiter makes them, so that each counts.
    once: Arc<Client>,
    limits: Limits,
}

/// A synchronization that was started and waited for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Synced {
    /// The task that the service started.
    pub job: SyncJob,
    /// Its outcome.
    pub outcome: Outcome,
}

impl Syncer {
    /// Calls go through this client, at most 600 a minute for each operation.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self::with_quota(client, Quota::default())
    }

    /// Calls go through this client, within this quota for each operation.
    #[must_use]
    pub fn with_quota(client: Client, quota: Quota) -> Self {
        Self::with_limits(client, Limits::new(quota))
    }

    /// Calls go through this client, within quotas that may be shared with others. The client's retry policy is used,
    /// except for 429, and each retry counts.
    #[must_use]
    pub fn with_limits(client: Client, limits: Limits) -> Self {
        let once = Arc::new(client.with_retry_policy(RetryPolicy::none()));
        let client = client.with_retry_policy(client.retry_policy().clone().retry_throttled(false));
        Self(Arc::new(Parts { client, once, limits }))
    }

    /// The client that calls go through.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// The quotas that calls use.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn policy(&self) -> &RetryPolicy {
        self.0.client.retry_policy()
    }

    pub(crate) fn service(&self) -> Arc<dyn Service> {
        Arc::clone(&self.0.once) as Arc<dyn Service>
    }

    /// Starts the synchronization of a repository. A start that is refused with 429 is made again.
    ///
    /// # Errors
    ///
    /// As for [`StartSync::send`](codearts_repo::StartSync::send).
    pub async fn start(&self, repository: RepositoryId, options: &SyncOptions) -> Result<SyncJob, ServiceError> {
        let send = || self.0.once.start(repository, options);
        let job = self.0.limits.call_retrying(Operation::StartSync, self.policy(), send).await?;
        info!(repository_id = job.repository.get(), jid = job.id, "started");
        Ok(job)
    }

    /// Reads the state of a mirror, for a start that follows.
    ///
    /// # Errors
    ///
    /// As for [`Client::show_mirror`].
    pub async fn baseline(&self, repository: RepositoryId) -> Result<Baseline, ServiceError> {
        Ok(Baseline { repository, snapshot: Snapshot::of(repository, self.show(repository).await?) })
    }

    async fn show(&self, repository: RepositoryId) -> Result<RemoteMirror, ServiceError> {
        let send = || self.0.once.show(repository);
        self.0.limits.call_retrying(Operation::ShowMirror, self.policy(), send).await
    }

    /// Waits for the end of a synchronization that was started; see [`wait`](crate::wait()).
    ///
    /// # Errors
    ///
    /// As for [`wait`](crate::wait()).
    pub async fn wait(&self, job: &SyncJob, settings: Wait) -> Result<Outcome, Error> {
        let outcome = follow(Poller { repository: job.repository, syncer: self }, job, settings).await?;
        // The reason of a failure is left out: it may contain a password.
        info!(repository_id = job.repository.get(), jid = job.id, finished = outcome.is_finished(), "ended");
        Ok(outcome)
    }

    /// Starts the synchronization of a repository and waits for its end; see [`sync`](crate::sync()).
    ///
    /// # Errors
    ///
    /// As for [`sync`](crate::sync()).
    pub async fn sync(&self, repository: RepositoryId, options: &SyncOptions, settings: Wait) -> Result<Synced, Error> {
        let baseline = self.baseline(repository).await.map_err(|error| Error::Baseline(error.into()))?;
        let job = self.start(repository, options).await.map_err(|error| Error::Start(error.into()))?;
        let outcome = self.wait(&job, settings.since(baseline)).await?.hiding(options);
        Ok(Synced { job, outcome })
    }
}

/// Polls one mirror within the quota.
struct Poller<'a> {
    repository: RepositoryId,
    syncer: &'a Syncer,
}

impl Poll for Poller<'_> {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        Box::pin(self.syncer.show(self.repository))
    }
}
