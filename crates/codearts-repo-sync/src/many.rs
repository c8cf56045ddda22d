//! Many repositories at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use codearts_repo::{RepositoryId, SyncJob, SyncOptions};
use futures_util::stream::{Stream, StreamExt};
use tokio_util::sync::CancellationToken;

use crate::baseline::Baseline;
use crate::error::Error;
use crate::journal::{Journal, Recorded};
use crate::outcome::Outcome;
use crate::syncer::Syncer;
use crate::wait::Wait;

/// A repository to synchronise, and how.
///
/// ```
/// use codearts_repo::{RepositoryId, SyncOptions};
/// use codearts_repo_sync::SyncRequest;
///
/// # fn main() -> Result<(), codearts_repo::OutOfRange> {
/// let repository = RepositoryId::try_from(123)?;
/// let plain = SyncRequest::from(repository);
/// let forced = SyncRequest::new(repository, SyncOptions::new().force_fetch(true));
/// # let _ = (plain, forced);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SyncRequest {
    /// The repository.
    pub repository: RepositoryId,
    /// How its source is read.
    pub options: SyncOptions,
    /// Whether a repository without a mirror is skipped instead of reported as an error.
    pub skip_missing_mirror: bool,
}

impl SyncRequest {
    /// A repository, and how its source is read.
    #[must_use]
    pub const fn new(repository: RepositoryId, options: SyncOptions) -> Self {
        Self { repository, options, skip_missing_mirror: false }
    }

    /// Sets whether a repository without a mirror gets the outcome [`Outcome::Skipped`] instead of an error. Set it for
    /// repositories that come from a list of the service. Default: no.
    #[must_use]
    pub const fn skip_missing_mirror(mut self, skip: bool) -> Self {
        self.skip_missing_mirror = skip;
        self
    }
}

impl From<RepositoryId> for SyncRequest {
    fn from(repository: RepositoryId) -> Self {
        Self::new(repository, SyncOptions::new())
    }
}

/// The result for one of many repositories.
///
/// It is not `Clone`, because the error of a call is not. To store a result, store `job` and `outcome`.
#[derive(Debug)]
pub struct Report {
    /// The repository.
    pub repository: RepositoryId,
    /// The synchronization that was started, if its task ID is known.
    pub job: Option<SyncJob>,
    /// The outcome, or what went wrong for this repository.
    pub result: Result<Outcome, Error>,
    /// Whether this comes from the journal and no call was made.
    pub recorded: bool,
}

/// How [`Syncer::sync_many`] goes about its work.
///
/// ```
/// use codearts_repo_sync::{CancellationToken, Many, Wait};
///
/// let settings = Many::default().concurrency(20).wait(Wait::default()).cancel_on(CancellationToken::new());
/// # let _ = settings;
/// ```
#[derive(Debug, Clone)]
#[must_use = "settings do nothing until they are given to `sync_many`"]
pub struct Many {
    concurrency: usize,
    wait: Option<Wait>,
    cancel: CancellationToken,
    journal: Option<Arc<Journal>>,
}

impl Default for Many {
    fn default() -> Self {
        Self { concurrency: 50, wait: None, cancel: CancellationToken::new(), journal: None }
    }
}

impl Many {
    /// Sets how many repositories are under way at once, from the first call for one to its report. 50 unless set;
    /// at least 1. The quota holds for all of them together.
    pub fn concurrency(mut self, repositories: usize) -> Self {
        self.concurrency = repositories.max(1);
        self
    }

    /// Waits for the end of each. Unless set, each is only started. A baseline is taken of each repository.
    pub fn wait(mut self, settings: Wait) -> Self {
        self.wait = Some(settings);
        self
    }

    /// Starts nothing more once this token is canceled. Synchronizations that were started are still waited for.
    pub fn cancel_on(mut self, token: CancellationToken) -> Self {
        self.cancel = token;
        self
    }

    /// Writes into this journal what was started and how it ended, and goes on from what it says: what earlier runs
    /// or this one started is not started again.
    pub fn journal(mut self, journal: Journal) -> Self {
        self.journal = Some(Arc::new(journal));
        self
    }
}

impl Syncer {
    /// Synchronises all repositories of a stream, several at once, and yields a report of each.
    ///
    /// Reports come in the order in which the repositories end. One that fails does not stop the others. The stream
    /// is read as there is room, and nothing is kept of a repository after its report, so that a million takes no
    /// more memory than a thousand (a [journal](Many::journal) keeps about 200 bytes of each). Dropping the stream ends
    /// the work; what was started runs on at the service.
    ///
    /// A repository that comes again while it is in flight is not started again, and reported with
    /// [`Error::Duplicate`]. One that comes again later is, unless a journal says that it was started.
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
    /// let settings = Many::default().concurrency(10).wait(Wait::default());
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
        let (concurrency, cancel) = (settings.concurrency, settings.cancel.clone());
        let work = Arc::new(Work { syncer: self.clone(), settings, in_flight: Mutex::default() });
        // In a box, because the queue of those that are under way moves them about.
        let report = move |request: S::Item| Box::pin(Arc::clone(&work).report(request.into()));
        repositories.take_until(cancel.cancelled_owned()).map(report).buffer_unordered(concurrency)
    }
}

struct Work {
    syncer: Syncer,
    settings: Many,
    in_flight: Mutex<HashSet<RepositoryId>>,
}

impl Work {
    async fn report(self: Arc<Self>, request: SyncRequest) -> Report {
        let repository = request.repository;
        let Some(_entry) = InFlight::new(&self.in_flight, repository) else {
            return Report { repository, job: None, result: Err(Error::Duplicate), recorded: false };
        };
        let (result, recorded) = match self.journaled(repository) {
            Some(Recorded::Ended(job, outcome)) => (Ok((job, outcome)), true),
            Some(Recorded::Started(job, before)) => {
                let recorded = self.settings.wait.is_none();
                let before = before.map(|snapshot| Baseline { repository, snapshot });
                (self.finish(job, &request.options, before).await, recorded)
            }
            None => (self.run(&request).await, false),
        };
        match result {
            Ok((job, outcome)) => Report { repository, job: Some(job), result: Ok(outcome), recorded },
            Err(error) if request.skip_missing_mirror && is_missing_mirror(&error) => {
                Report { repository, job: None, result: Ok(Outcome::Skipped), recorded }
            }
            Err(error) => Report { repository, job: error.job().cloned(), result: Err(error), recorded },
        }
    }

    fn journaled(&self, repository: RepositoryId) -> Option<Recorded> {
        self.settings.journal.as_ref()?.recorded(repository)
    }

    async fn run(&self, request: &SyncRequest) -> Result<(SyncJob, Outcome), Error> {
        let repository = request.repository;
        let before = match self.settings.wait {
            Some(_) => {
                let baseline = Box::pin(self.syncer.baseline(repository));
                Some(self.until_canceled(baseline).await?.map_err(Error::Baseline)?)
            }
            None => None,
        };
        if let Some(journal) = &self.settings.journal {
            journal.check().map_err(Error::Journal)?;
        }
        let job = self.start(request).await?;
        if let Some(journal) = &self.settings.journal {
            let snapshot = before.as_ref().map(|before| &before.snapshot);
            let recorded = journal.started(&job, snapshot);
            recorded.map_err(|source| Error::Unrecorded { job: Some(job.clone()), source })?;
        }
        self.finish(job, &request.options, before).await
    }

    /// Starts, unless canceled before the quota has room. A start that may have been sent is awaited.
    async fn start(&self, request: &SyncRequest) -> Result<SyncJob, Error> {
        let cancel = &self.settings.cancel;
        self.syncer.start_unless(request.repository, &request.options, cancel).await?.map_err(Error::Start)
    }

    async fn finish(
        &self,
        job: SyncJob,
        options: &SyncOptions,
        before: Option<Baseline>,
    ) -> Result<(SyncJob, Outcome), Error> {
        let Some(wait) = self.settings.wait.clone() else { return Ok((job, Outcome::Started)) };
        let wait = match before {
            Some(before) => wait.since(before),
            None => wait,
        };
        let outcome = self.syncer.wait(&job, wait).await?.hiding(options);
        if let Some(journal) = &self.settings.journal {
            let recorded = journal.ended(&job, &outcome);
            recorded.map_err(|source| Error::Unrecorded { job: Some(job.clone()), source })?;
        }
        Ok((job, outcome))
    }

    async fn until_canceled<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        self.settings.cancel.run_until_cancelled(work).await.ok_or(Error::Canceled)
    }
}

/// Whether the service knows no mirror of the repository: it answers 404 then.
fn is_missing_mirror(error: &Error) -> bool {
    matches!(error, Error::Baseline(source) | Error::Start(source) if source.status() == Some(404))
}

/// Marks a repository as in flight until dropped.
struct InFlight<'a> {
    all: &'a Mutex<HashSet<RepositoryId>>,
    repository: RepositoryId,
}

impl<'a> InFlight<'a> {
    fn new(all: &'a Mutex<HashSet<RepositoryId>>, repository: RepositoryId) -> Option<Self> {
        let new = all.lock().unwrap_or_else(PoisonError::into_inner).insert(repository);
        new.then_some(Self { all, repository })
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.repository);
    }
}
