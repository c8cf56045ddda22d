//! What was started and how it ended, kept so that an interrupted run can be continued.

mod entry;
mod error;
mod file;
mod ledger;
mod replay;
mod run;
mod state;
mod store;

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use codearts_repo::{Endpoint, RepositoryId, SyncJob};

use crate::baseline::Baseline;
use crate::bounded::bounded;
use crate::outcome::Outcome;
pub use entry::{JournalEntry, JournalEvent};
pub use error::JournalError;
use file::FileStore;
pub use ledger::{JobRecord, JobState, RunRecord};
use run::Policy;
pub use run::{ClosedRun, Progress, Run, RunStatus};
use state::{Beginning, State};
pub use store::{JobStore, StoreFuture};

/// Records what is started and how it ends, so that a run that is interrupted at any moment can be continued.
///
/// A run has a beginning and an end. It ends when every repository has its result. What happens next depends on how
/// the last run went, and on [`Run`]:
///
/// | the last run | [`Run::Auto`] |
/// |---|---|
/// | ended | begins a new run: everything is synchronized again |
/// | was interrupted less than [24 hours](Self::resume_within) ago | continues it: what has a result is not started again, what was started is followed, the rest is started |
/// | was interrupted earlier | closes it and begins a new one |
///
/// Each start is recorded before it is sent. After a crash, the mirrors of such starts are polled first: a start that
/// the service shows is followed and not sent again.
///
/// In a file, an entry is a line of JSON. The file contains no options and no credentials, but what the service says
/// about failures; on Unix only its owner can read it. One process at a time can have it open. It keeps 30 runs or
/// 10 MiB of earlier runs, whichever is less. What is known of the current run is in memory as well: about 200 bytes a
/// repository, and the texts of failures.
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
/// use codearts_repo_sync::{Journal, Many, Run, Syncer, Wait};
/// use futures_util::stream::{self, StreamExt};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("sync.journal");
/// let syncer = Syncer::new(client.clone());
/// for (run, recorded) in [("monday", false), ("monday", true), ("tuesday", false)] {
///     let journal = Journal::open(&path, client.endpoint())?.run(Run::Named(run.to_owned()));
///     let repositories = stream::iter([RepositoryId::try_from(123)?]);
///     let settings = Many::default().wait(Wait::default()).journal(journal);
///     let reports: Vec<_> = syncer.sync_many(repositories, settings).collect().await;
///     assert_eq!(reports[0].recorded, recorded);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Journal {
    store: Box<dyn JobStore>,
    policy: Policy,
    state: State,
}

/// What the journal knows of a repository in the current run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Recorded {
    /// Nothing.
    New,
    /// A start was about to be sent when the run was interrupted.
    Intended(Option<Baseline>),
    /// It was started, and its end is not known.
    Started { jid: Option<String>, baseline: Option<Baseline>, at: SystemTime },
    /// It ended.
    Ended { jid: Option<String>, outcome: Outcome, at: SystemTime },
    /// It has no mirror.
    Skipped,
}

impl Journal {
    /// Opens a journal of calls to this endpoint, or creates one. Journals of earlier versions are upgraded.
    ///
    /// A line at the end that was not written completely is removed. A file that is not a journal is not changed.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the file cannot be read or written, is open already, is not a journal, or is about
    /// another endpoint.
    pub fn open(path: impl AsRef<Path>, endpoint: &Endpoint) -> Result<Self, JournalError> {
        FileStore::open(path.as_ref(), endpoint.as_str()).map(Self::with_store)
    }

    /// Keeps the entries in this store. The store should be about one endpoint.
    #[must_use]
    pub fn with_store(store: impl JobStore) -> Self {
        Self { store: Box::new(store), policy: Policy::default(), state: State::default() }
    }

    /// Reads the runs of a journal file, the last used one last. It needs no lock, and the file may be in use.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the file cannot be read, is not a journal, or is about another endpoint.
    pub fn read(path: impl AsRef<Path>, endpoint: &Endpoint) -> Result<Vec<RunRecord>, JournalError> {
        let entries = file::read(path.as_ref(), endpoint.as_str())?;
        Ok(ledger::runs(entries).into_iter().map(ledger::RunLog::into_record).collect())
    }

    /// Continues a run that was [read](Self::read), without its file: what happens from now on is not recorded there.
    /// A process can wait in this way for what another one started.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("sync.journal");
    /// use codearts_repo::RepositoryId;
    /// use codearts_repo_sync::{Journal, Many, Syncer, Wait};
    /// use futures_util::stream::{self, StreamExt};
    ///
    /// // One process only starts.
    /// let syncer = Syncer::new(client.clone());
    /// let repositories = stream::iter([RepositoryId::try_from(123)?]);
    /// let journal = Journal::open(&path, client.endpoint())?;
    /// syncer.sync_many(repositories, Many::default().journal(journal)).count().await;
    ///
    /// // Another one waits.
    /// let run = Journal::read(&path, client.endpoint())?.pop().expect("a run");
    /// let repositories: Vec<_> = run.jobs.iter().map(|job| job.repository).collect();
    /// let settings = Many::default().wait(Wait::default()).journal(Journal::of_run(run));
    /// let reports: Vec<_> = syncer.sync_many(stream::iter(repositories), settings).collect().await;
    /// assert!(reports[0].result.as_ref().is_ok_and(|outcome| outcome.is_finished()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn of_run(run: RunRecord) -> Self {
        let run = ledger::RunLog::of_record(run);
        Self::with_store(replay::Replay::new(run.entries())).resume_within(Duration::MAX)
    }

    /// Sets which run it is used for. [`Run::Auto`] unless set.
    #[must_use]
    pub fn run(mut self, run: Run) -> Self {
        self.policy.run = run;
        self
    }

    /// Sets how long after its beginning an interrupted run is continued. 24 hours unless set.
    #[must_use]
    pub const fn resume_within(mut self, age: Duration) -> Self {
        self.policy.resume_within = age;
        self
    }

    /// Starts what failed again when a run is continued. Otherwise its failure is reported once more.
    #[must_use]
    pub const fn retry_failed(mut self, retry: bool) -> Self {
        self.policy.retry_failed = retry;
        self
    }

    /// Asks again about repositories that had no mirror. Otherwise they are skipped for a week.
    #[must_use]
    pub const fn rescan(mut self, rescan: bool) -> Self {
        self.policy.rescan = rescan;
        self
    }

    /// Records how many repositories the run is about, so that a later one can say how many are left.
    #[must_use]
    pub const fn planned(mut self, repositories: u64) -> Self {
        self.policy.planned = Some(repositories);
        self
    }

    /// Begins the run or continues one. [`sync_many`](crate::Syncer::sync_many) does this by itself; call it before
    /// to know which run it is. Further calls return the same.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the journal cannot be read or written.
    pub async fn begin(&self) -> Result<RunStatus, JournalError> {
        let mut begun = self.state.begun().await;
        if let Some(status) = &*begun {
            return Ok(status.clone());
        }
        let beginning = Beginning::of(self.store.load().await?, &self.policy, SystemTime::now());
        if let Some(entries) = beginning.compacted {
            // Not vital: the history may only be longer than it should be.
            if let Err(error) = self.store.replace(entries).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "cannot compact the journal");
            }
        }
        self.store.append(beginning.entries).await?;
        self.state.begin(beginning.current, beginning.history);
        *begun = Some(beginning.status.clone());
        Ok(beginning.status)
    }

    /// What is known of the repositories of the current run. Empty before [`begin`](Self::begin).
    #[must_use]
    pub fn jobs(&self) -> Vec<JobRecord> {
        self.state.current().clone().map(|run| run.into_record().jobs).unwrap_or_default()
    }

    /// How many repositories the continued run knows that were not asked for again, for example because they left
    /// the list.
    #[must_use]
    pub fn dropped_count(&self) -> u64 {
        self.state.dropped_count()
    }

    /// How long the last synchronization of each repository took in earlier runs.
    #[must_use]
    pub fn durations(&self) -> HashMap<RepositoryId, Duration> {
        self.state.durations()
    }

    /// When it was found, in the last week, that the repository has no mirror. Unknown if a [rescan](Self::rescan) is
    /// asked for.
    pub(crate) fn non_mirror_since(&self, repository: RepositoryId) -> Option<SystemTime> {
        if self.policy.rescan {
            return None;
        }
        self.state.non_mirror_since(repository, SystemTime::now())
    }

    /// What the current run knows of a repository.
    pub(crate) fn recorded(&self, repository: RepositoryId) -> Recorded {
        self.state.recorded(repository, self.policy.retry_failed)
    }

    /// Records that a start is about to be sent. Nothing may be sent when this fails.
    pub(crate) async fn intend(
        &self,
        repository_id: RepositoryId,
        baseline: Option<&Baseline>,
    ) -> Result<(), JournalError> {
        let baseline = baseline.map(|baseline| Box::new(baseline.bounded()));
        self.append(JournalEvent::Intended { repository_id, baseline }).await
    }

    /// Records that the intended start did not reach the service.
    pub(crate) async fn not_sent(&self, repository_id: RepositoryId) -> Result<(), JournalError> {
        self.append(JournalEvent::NotSent { repository_id }).await
    }

    pub(crate) async fn started(&self, job: &SyncJob) -> Result<(), JournalError> {
        self.append(JournalEvent::Started { repository_id: job.repository, jid: Some(job.id.clone()) }).await
    }

    /// Records that polling showed an intended start, of which no task id is known.
    pub(crate) async fn found(&self, repository_id: RepositoryId) -> Result<(), JournalError> {
        self.append(JournalEvent::Started { repository_id, jid: None }).await
    }

    /// Records an outcome. One that timed out is followed again when the run is continued.
    pub(crate) async fn ended(&self, repository_id: RepositoryId, outcome: &Outcome) -> Result<(), JournalError> {
        let outcome = match outcome {
            Outcome::Failed { reason, evidence } => {
                Outcome::Failed { reason: bounded(reason).into_owned(), evidence: evidence.clone() }
            }
            other => other.clone(),
        };
        let took = self.state.since_start(repository_id);
        self.append(JournalEvent::Ended { repository_id, outcome, took }).await
    }

    /// Records that the repository has no mirror.
    pub(crate) async fn skipped(&self, repository_id: RepositoryId) -> Result<(), JournalError> {
        self.append(JournalEvent::Skipped { repository_id }).await
    }

    /// Records what a comparison of a mirror with its source found, and what the service said of the mirror then. This
    /// settles what the words of the service mean.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when it could not be written.
    pub async fn verified(
        &self,
        repository_id: RepositoryId,
        verdict: impl Into<String>,
        update_status: Option<String>,
        fields: Vec<String>,
    ) -> Result<(), JournalError> {
        self.append(JournalEvent::Verified { repository_id, verdict: verdict.into(), update_status, fields }).await
    }

    /// Ends the run: every repository has its result. A result that could not be recorded keeps it open.
    pub(crate) async fn finish(&self) -> Result<(), JournalError> {
        let Some(run) = self.state.current().as_ref().map(|current| current.run) else { return Ok(()) };
        if self.state.is_incomplete() {
            return Err(JournalError::Incomplete);
        }
        self.append(JournalEvent::RunEnded { run, complete: true }).await
    }

    /// Makes everything durable and releases the journal, which can then be opened again. The stream of
    /// [`sync_many`](crate::Syncer::sync_many) does this at its end.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when something could not be written, now or before. The run is then not over.
    pub async fn close(&self) -> Result<(), JournalError> {
        self.store.close().await?;
        if self.state.is_incomplete() { Err(JournalError::Incomplete) } else { Ok(()) }
    }

    async fn append(&self, event: JournalEvent) -> Result<(), JournalError> {
        let entry = JournalEntry::now(event);
        let written = self.store.append(vec![entry.clone()]).await;
        match written {
            Ok(()) => self.state.apply(entry),
            Err(_) => self.state.set_incomplete(),
        }
        written
    }
}

#[cfg(test)]
mod tests;
