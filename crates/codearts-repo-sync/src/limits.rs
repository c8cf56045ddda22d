//! The quotas of all operations.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use codearts_repo::{Error as ServiceError, RetryPolicy};
use serde::{Deserialize, Serialize};

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
/// # async fn main() -> Result<(), codearts_repo::Error> {
/// let limits = Limits::new(Quota::per_minute(300.try_into().expect("not zero")));
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
        self.call_with(operation, &RetryPolicy::none(), send).await
    }

    /// The same, with retries of calls that only read.
    pub(crate) async fn call_with<T, F>(
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
        limiter.call(slot, Attempts { policy, only_reads, paused: &|_, _| {} }, send).await
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
