//! Many repositories at once.

use std::fmt;
use std::sync::Arc;

use futures_util::stream::{self, Stream, StreamExt};
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::event::Event;
use crate::journal::Journal;
use crate::report::{Report, SyncRequest};
use crate::syncer::Syncer;
use crate::wait::Wait;

/// How [`Syncer::sync_many`] goes about its work.
///
/// ```
/// use codearts_repo_sync::{CancellationToken, Event, Many, Wait};
///
/// let settings = Many::default()
///     .concurrency(20)
///     .wait(Wait::default())
///     .cancel_on(CancellationToken::new())
///     .events(|event| if let Event::Started { repository, .. } = event { println!("{repository} started") });
/// # let _ = settings;
/// ```
#[derive(Clone)]
#[must_use = "settings have no effect until they are passed to `sync_many`"]
pub struct Many {
    pub(crate) concurrency: usize,
    pub(crate) max_running: usize,
    pub(crate) wait: Option<Wait>,
    pub(crate) cancel: CancellationToken,
    pub(crate) journal: Option<Arc<Journal>>,
    pub(crate) events: Option<EventHandler>,
}

pub(crate) type EventHandler = Arc<dyn Fn(Event) + Send + Sync>;

impl Default for Many {
    fn default() -> Self {
        let cancel = CancellationToken::new();
        Self { concurrency: 50, max_running: 10_000, wait: None, cancel, journal: None, events: None }
    }
}

impl Many {
    /// Sets how many calls are in flight at once, at least 1. Default: 50. A synchronization that runs at the service
    /// counts only while it is polled. Each operation has a quota besides.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Sets how many synchronizations may run at the service at once, at least 1. Default: 10,000. Each takes about
    /// 1.5 KiB of memory. It matters only with [`wait`](Self::wait).
    pub fn max_running(mut self, synchronizations: usize) -> Self {
        self.max_running = synchronizations.max(1);
        self
    }

    /// Waits for the end of each synchronization. By default, each is only started. The mirror is read before each
    /// start, to distinguish the new end from an old one; a baseline in `settings` is ignored.
    pub fn wait(mut self, settings: Wait) -> Self {
        self.wait = Some(settings);
        self
    }

    /// Starts nothing more once this token is canceled. Synchronizations that were started are still waited for.
    pub fn cancel_on(mut self, token: CancellationToken) -> Self {
        self.cancel = token;
        self
    }

    /// Records starts and ends in this journal, and continues the run that it was opened for. The state of each
    /// mirror is read before its start, also without [`wait`](Self::wait).
    ///
    /// The stream of reports ends the run and closes the journal. Pass an `Arc` and call [`Journal::close`] after
    /// that to learn whether all was recorded.
    pub fn journal(mut self, journal: impl Into<Arc<Journal>>) -> Self {
        self.journal = Some(journal.into());
        self
    }

    /// Calls this function for each [`Event`], on the thread that polls the stream of reports. It must not block.
    pub fn events(mut self, handler: impl Fn(Event) + Send + Sync + 'static) -> Self {
        self.events = Some(Arc::new(handler));
        self
    }
}

impl fmt::Debug for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Many")
            .field("concurrency", &self.concurrency)
            .field("max_running", &self.max_running)
            .field("wait", &self.wait)
            .field("cancel", &self.cancel)
            .field("journal", &self.journal)
            .finish_non_exhaustive()
    }
}

impl Syncer {
    /// Synchronizes all repositories of a stream and yields a report for each.
    ///
    /// Reports come in the order in which results are known. A failure does not affect other repositories, except that
    /// nothing more is started once the service refuses the caller: the rest of the stream, as far as it is ready, is
    /// then reported with [`Error::CallerRefused`](crate::Error::CallerRefused).
    ///
    /// Starts and polls use their quotas to the full. Polls go first to mirrors that have most likely ended, judged by
    /// the durations seen in this run.
    ///
    /// The stream of repositories is read only as calls can be made, and nothing is kept of a repository after its
    /// report, so a million repositories need no more memory than a thousand. Dropping the stream of reports ends the
    /// run, but not the synchronizations at the service. When the stream has ended, the journal is closed.
    ///
    /// A repository that comes again while it is in flight is reported with
    /// [`Error::Duplicate`](crate::Error::Duplicate).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let demonstration = |id| Repository::new(id).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(demonstration(1)).repository(demonstration(2));
    /// # let emulator = emulator.start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::RepositoryId;
    /// use codearts_repo_sync::{Many, Syncer, Wait};
    /// use futures_util::stream::{self, StreamExt};
    ///
    /// let repositories = stream::iter([RepositoryId::try_from(1)?, RepositoryId::try_from(2)?]);
    /// let settings = Many::default().wait(Wait::default());
    /// let mut reports = std::pin::pin!(Syncer::new(client).sync_many(repositories, settings));
    /// while let Some(report) = reports.next().await {
    ///     println!("{}: {:?}", report.repository, report.result);
    /// #   assert!(report.result.is_ok());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn sync_many<S>(&self, repositories: S, settings: Many) -> impl Stream<Item = Report> + use<S>
    where
        S: Stream<Item: Into<SyncRequest>>,
    {
        let cancel = settings.cancel.clone();
        let requests = Box::pin(repositories.map(Into::into).take_until(cancel.cancelled_owned()));
        let engine = Box::new(Engine::new(self.service(), self.limits(), self.policy().clone(), requests, settings));
        stream::unfold(engine, |mut engine| async move {
            match engine.next().await {
                Some(report) => Some((report, engine)),
                None => {
                    engine.close().await;
                    None
                }
            }
        })
    }
}
