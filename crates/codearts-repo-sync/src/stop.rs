//! A request to start nothing more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Asks [`Syncer::sync_many`](crate::Syncer::sync_many) to start nothing more and to end what was started. Clones
/// are the same request.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// # let address = emulator.endpoint();
/// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
/// use codearts_repo::RepositoryId;
/// use codearts_repo_sync::{Many, Stop, Syncer};
/// use futures_util::stream::{self, StreamExt};
///
/// let stop = Stop::new();
/// let repositories = stream::iter([RepositoryId::try_from(123)?]);
/// let reports = Syncer::new(client).sync_many(repositories, Many::default().stop_on(stop.clone()));
/// stop.stop();
/// assert_eq!(reports.count().await, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    asked: AtomicBool,
    told: Notify,
}

impl Stop {
    /// A request that nobody has made yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the request, for good.
    pub fn stop(&self) {
        self.0.asked.store(true, Ordering::Release);
        self.0.told.notify_waiters();
    }

    /// Whether the request was made.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.asked.load(Ordering::Acquire)
    }

    /// Waits for the request.
    pub async fn stopped(&self) {
        let mut told = std::pin::pin!(self.0.told.notified());
        // Enlisted before the look at the flag, so that no request falls between the two.
        told.as_mut().enable();
        if !self.is_stopped() {
            told.await;
        }
    }
}
