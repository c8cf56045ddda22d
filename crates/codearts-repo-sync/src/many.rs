//! Many repositories at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use codearts_repo::{RepositoryId, SyncJob, SyncOptions};
use futures_util::stream::{self, Stream, StreamExt};

use crate::baseline::Baseline;
use crate::error::Error;
use crate::journal::{Journal, Recorded};
use crate::outcome::Outcome;
use crate::stop::Stop;
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
}

impl SyncRequest {
    /// A repository, and how its source is read.
    #[must_use]
    pub const fn new(repository: RepositoryId, options: SyncOptions) -> Self {
        Self { repository, options }
    }
}

impl From<RepositoryId> for SyncRequest {
    fn from(repository: RepositoryId) -> Self {
        Self::new(repository, SyncOptions::new())
    }
}

/// How one of many repositories went.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// The repository.
    pub repository: RepositoryId,
    /// How far it came. An error is of this repository alone.
    pub result: Result<Reached, Error>,
    /// Whether this is what the journal says of an earlier run, or of earlier in this one, and no call was made.
    pub recorded: bool,
}

/// How far a synchronisation came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reached {
    /// It was started, and not waited for.
    Started(SyncJob),
    /// It was started and waited for.
    Ended(SyncJob, Outcome),
}

/// How [`Syncer::sync_many`] goes about its work.
///
/// ```
/// use codearts_repo_sync::{Many, Stop, Wait};
///
/// let settings = Many::default().concurrency(20).wait(Wait::default()).stop_on(Stop::new());
/// # let _ = settings;
/// ```
#[derive(Debug, Clone)]
#[must_use = "settings do nothing until they are given to `sync_many`"]
pub struct Many {
    concurrency: usize,
    wait: Option<Wait>,
    stop: Stop,
    journal: Option<Arc<Journal>>,
}

impl Default for Many {
    fn default() -> Self {
        Self { concurrency: 50, wait: None, stop: Stop::new(), journal: None }
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

    /// Starts nothing more when this asks for it; what was started is waited for as before.
    pub fn stop_on(mut self, stop: Stop) -> Self {
        self.stop = stop;
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
    /// A repository that comes again while it is under way is not started again, and reported with
    /// [`Error::UnderWay`]. One that comes again later is, unless a journal says that it was started.
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
        let (concurrency, stop) = (settings.concurrency, settings.stop.clone());
        let work = Arc::new(Work { syncer: self.clone(), settings, under_way: Mutex::default() });
        // In a box, because the queue of those that are under way moves them about.
        let report = move |request: S::Item| Box::pin(Arc::clone(&work).report(request.into()));
        until_stopped(repositories, stop).map(report).buffer_unordered(concurrency)
    }
}

/// The stream, up to the request to stop. It is waited for only while the stream has nothing.
fn until_stopped<S: Stream>(stream: S, stop: Stop) -> impl Stream<Item = S::Item> {
    let mut stream = Box::pin(stream);
    let mut asked_to_stop = Box::pin({
        let stop = stop.clone();
        async move { stop.stopped().await }
    });
    stream::poll_fn(move |context| {
        if stop.is_stopped() {
            return Poll::Ready(None);
        }
        match stream.as_mut().poll_next(context) {
            Poll::Pending => asked_to_stop.as_mut().poll(context).map(|()| None),
            ready => ready,
        }
    })
}

struct Work {
    syncer: Syncer,
    settings: Many,
    under_way: Mutex<HashSet<RepositoryId>>,
}

impl Work {
    async fn report(self: Arc<Self>, request: SyncRequest) -> Report {
        let repository = request.repository;
        let Some(_entry) = Entry::of(&self.under_way, repository) else {
            return Report { repository, result: Err(Error::UnderWay), recorded: false };
        };
        let (result, recorded) = match self.journaled(repository) {
            Some(Recorded::Ended(job, outcome)) => (Ok(Reached::Ended(job, outcome)), true),
            Some(Recorded::Started(job, before)) => {
                let recorded = self.settings.wait.is_none();
                let before = before.map(|snapshot| Baseline { repository, snapshot });
                (self.finish(job, &request.options, before).await, recorded)
            }
            None => (self.run(&request).await, false),
        };
        Report { repository, result, recorded }
    }

    fn journaled(&self, repository: RepositoryId) -> Option<Recorded> {
        self.settings.journal.as_ref()?.recorded(repository)
    }

    async fn run(&self, request: &SyncRequest) -> Result<Reached, Error> {
        let repository = request.repository;
        let before = match self.settings.wait {
            // In a box, so that those who only start carry no room for it.
            Some(_) => {
                let look = Box::pin(self.syncer.baseline(repository));
                Some(self.until_stop(look).await?.map_err(Error::Baseline)?)
            }
            None => None,
        };
        if let Some(journal) = &self.settings.journal {
            journal.check().map_err(Error::Journal)?;
        }
        let job = self.start(request).await?;
        if let Some(journal) = &self.settings.journal {
            let snapshot = before.as_ref().map(|before| &before.snapshot);
            journal.started(&job, snapshot).map_err(|source| Error::Unrecorded { job: job.clone(), source })?;
        }
        self.finish(job, &request.options, before).await
    }

    /// Starts, unless the request to stop comes before there is room in the quota. A start that may be on its way is
    /// waited for: it would be lost otherwise.
    async fn start(&self, request: &SyncRequest) -> Result<SyncJob, Error> {
        let stop = &self.settings.stop;
        self.syncer.start_unless(request.repository, &request.options, stop).await?.map_err(Error::Start)
    }

    async fn finish(&self, job: SyncJob, options: &SyncOptions, before: Option<Baseline>) -> Result<Reached, Error> {
        let Some(wait) = self.settings.wait.clone() else { return Ok(Reached::Started(job)) };
        let wait = match before {
            Some(before) => wait.since(before),
            None => wait,
        };
        let outcome = self.syncer.wait(&job, wait).await?.hiding(options);
        if let Some(journal) = &self.settings.journal {
            let recorded = journal.ended(&job, &outcome);
            recorded.map_err(|source| Error::Unrecorded { job: job.clone(), source })?;
        }
        Ok(Reached::Ended(job, outcome))
    }

    async fn until_stop<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.settings.stop.stopped() => Err(Error::Stopped),
            done = work => Ok(done),
        }
    }
}

/// A repository that is under way; it no longer is when this is dropped.
struct Entry<'a> {
    under_way: &'a Mutex<HashSet<RepositoryId>>,
    repository: RepositoryId,
}

impl<'a> Entry<'a> {
    fn of(under_way: &'a Mutex<HashSet<RepositoryId>>, repository: RepositoryId) -> Option<Self> {
        let new = under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(repository);
        new.then_some(Self { under_way, repository })
    }
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.repository);
    }
}
