//! The quotas of all operations.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use codearts_repo::{BACKOFF_EVENT, Error as ServiceError, RetryPolicy, bounds};
use futures_util::stream::{self, Stream, StreamExt};
use serde::{Deserialize, Serialize};
use tracing::info;

use crate::event::PauseReason;
use crate::limiter::{Attempts, Limiter};
use crate::quota::Quota;

/// An operation of the service, which has a quota of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Operation {
    /// Starting a synchronization.
    StartSync,
    /// Reading a mirror, before a start or as a poll.
    ShowMirror,
    /// A page of the caller's repositories.
    ListRepositories,
    /// A page of a project's repositories.
    ListProjectRepositories,
    /// Reading a repository.
    ShowRepository,
    /// Reading a branch.
    ShowBranch,
    /// A page of branches.
    ListBranches,
    /// A page of tags.
    ListTags,
}

/// One quota for each operation, shared by all clones. Use one for everything that a process does in a region, and pass
/// it to each [`Syncer`](crate::Syncer).
///
/// ```
/// use codearts_repo_sync::{Limits, Operation, Quota};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let limits = Limits::new(Quota::per_minute(300.try_into()?));
/// let answer = limits.call(Operation::ListBranches, || async { Ok("a page") }).await?;
/// assert_eq!(answer, "a page");
/// assert_eq!(limits.usage(Operation::ListBranches).calls, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Limits(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    quota: Quota,
    limiters: Mutex<HashMap<Operation, Arc<Limiter>>>,
}

/// How much an operation was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Calls that were sent, retries included.
    pub calls: u64,
    /// Calls that were refused with 429.
    pub refused: u64,
}

impl Limits {
    /// The same quota for each operation.
    #[must_use]
    pub fn new(quota: Quota) -> Self {
        Self(Arc::new(Shared { quota, limiters: Mutex::default() }))
    }

    /// Makes a call within the quota of its operation, and again while it is refused with 429.
    ///
    /// Pass a call that does not retry by itself, for example of a client with
    /// [`RetryPolicy::none`](codearts_repo::RetryPolicy::none): retries inside of it are not counted.
    ///
    /// # Errors
    ///
    /// The error of the call.
    pub async fn call<T, F>(&self, operation: Operation, send: impl Fn() -> F) -> Result<T, ServiceError>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        self.call_retrying(operation, &RetryPolicy::none(), send).await
    }

    /// The same, and retries other failures as the policy says. Each retry counts.
    ///
    /// # Errors
    ///
    /// The error of the last attempt.
    pub async fn call_retrying<T, F>(
        &self,
        operation: Operation,
        policy: &RetryPolicy,
        send: impl Fn() -> F,
    ) -> Result<T, ServiceError>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        let limiter = self.limiter(operation);
        let slot = limiter.slot().await;
        let only_reads = operation != Operation::StartSync;
        limiter.call(slot, Attempts { policy, only_reads, paused: &report_pause }, send).await
    }

    /// Makes each page of a list within the quota of its operation. Pass a list whose pages have 100 items, as those of
    /// [`Client::list_repositories`](codearts_repo::Client::list_repositories) have.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository};
    /// # let emulator = Emulator::builder().token("t").repository(Repository::new(123)).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::RepositoryFilter;
    /// use codearts_repo_sync::{Limits, Operation};
    /// use futures_util::TryStreamExt;
    ///
    /// let limits = Limits::default();
    /// let list = limits.pages(Operation::ListRepositories, client.list_repositories(RepositoryFilter::new()));
    /// assert_eq!(list.try_collect::<Vec<_>>().await?.len(), 1);
    /// assert_eq!(limits.usage(Operation::ListRepositories).calls, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<S, T>(&self, operation: Operation, list: S) -> impl Stream<Item = S::Item> + use<S, T>
    where
        S: Stream<Item = Result<T, ServiceError>>,
    {
        let limiter = self.limiter(operation);
        stream::unfold((Box::pin(list), 0_u32), move |(mut list, count)| {
            let limiter = Arc::clone(&limiter);
            async move {
                // The slot is held until the page has come.
                let slot =
                    if count.is_multiple_of(*bounds::PAGE_LIMIT.end()) { Some(limiter.slot().await) } else { None };
                let item = list.next().await;
                if let Some(slot) = slot {
                    slot.answered(item.as_ref().and_then(|item| item.as_ref().err()));
                }
                item.map(|item| (item, (list, count.wrapping_add(1))))
            }
        })
    }

    /// How much an operation was used so far.
    #[must_use]
    pub fn usage(&self, operation: Operation) -> Usage {
        let (calls, refused) = self.limiter(operation).counts();
        Usage { calls, refused }
    }

    pub(crate) fn limiter(&self, operation: Operation) -> Arc<Limiter> {
        let mut limiters = self.0.limiters.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(limiters.entry(operation).or_insert_with(|| Arc::new(Limiter::new(self.0.quota.clone()))))
    }
}

/// Reports a pause as the client reports those before its own retries.
fn report_pause(reason: PauseReason, length: Duration) {
    let backoff_ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
    let error = if reason == PauseReason::Throttled { "429" } else { "_OTHER" };
    info!(target: BACKOFF_EVENT, backoff_ms, "error.type" = error, "waiting before the next attempt");
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::stream::TryStreamExt;
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_page_of_a_list_takes_a_slot() {
        let limits = Limits::new(Quota::new(1.try_into().expect("not zero"), Duration::from_secs(1)));
        let begun = Instant::now();
        let list = limits.pages(Operation::ListRepositories, stream::iter((0..250).map(Ok)));
        assert_eq!(list.try_collect::<Vec<i32>>().await.expect("no error").len(), 250);
        assert_eq!(limits.usage(Operation::ListRepositories), Usage { calls: 3, refused: 0 });
        assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn operations_do_not_slow_each_other_down() {
        let limits = Limits::new(Quota::new(1.try_into().expect("not zero"), Duration::from_secs(1)));
        let begun = Instant::now();
        for operation in [Operation::StartSync, Operation::ShowMirror, Operation::ListTags] {
            limits.call(operation, async || Ok(())).await.expect("no error");
        }
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }
}
