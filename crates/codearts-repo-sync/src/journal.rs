//! A file that knows what was started, and survives that its writer is killed.

mod entry;
mod error;
mod file;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use codearts_repo::{Endpoint, RepositoryId, SyncJob};

use crate::bounded::bounded;
use crate::outcome::Outcome;
use crate::snapshot::Snapshot;
use entry::{Entry, Event};
pub use error::JournalError;
use file::JournalFile;

/// A file that knows which synchronisations were started and how they ended, so that a run that was killed at any
/// moment goes on where it stopped.
///
/// Each start and each end is a line of JSON that is on the disk before the work goes on. A repository whose start the
/// journal knows is not started again: with [`Many::wait`](crate::Many::wait) its end is waited for, against the
/// baseline of that start. What failed or finished is reported as it is; what timed out is waited for again; what
/// was not started is started. A kill between the answer to a start and its line leaves a start that is not known,
/// and is made again.
///
/// The journal holds no options and no secrets, but what the service says of failures; on Unix only its owner may read
/// it; of a text above 64 KiB it holds the beginning, the length and a digest. One process at a time can have it open.
/// What it holds is kept in memory as well: about 200 bytes for a repository, and the texts of failures.
///
/// A line is written and put on the disk by the thread that runs the future or the stream, which waits for the disk:
/// milliseconds as a rule, for two lines of a repository. A program whose other tasks cannot wait runs
/// [`sync_many`](crate::Syncer::sync_many) on a thread of its own.
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
/// use codearts_repo_sync::{Journal, Many, Syncer, Wait};
/// use futures_util::stream::{self, StreamExt};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("sync.journal");
/// let settings = || Journal::open(&path, client.endpoint()).map(|it| Many::default().wait(Wait::default()).journal(it));
/// let repositories = || stream::iter([RepositoryId::try_from(123).expect("in range")]);
/// let syncer = Syncer::new(client.clone());
/// let first: Vec<_> = syncer.sync_many(repositories(), settings()?).collect().await;
/// let second: Vec<_> = syncer.sync_many(repositories(), settings()?).collect().await;
/// assert!(!first[0].recorded && second[0].recorded);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Journal {
    file: Mutex<JournalFile>,
    known: Mutex<HashMap<RepositoryId, Recorded>>,
}

/// What is known of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Recorded {
    /// It was started, against this state before, and no end is known.
    Started(SyncJob, Option<Snapshot>),
    Ended(SyncJob, Outcome),
}

impl Journal {
    /// Opens a journal of calls to this endpoint, or makes one.
    ///
    /// A line at the end that was not written to its end is cut off. A file of anything else is left as it is.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the file cannot be read or written, is open in another process, is not a journal, or is
    /// one of another endpoint.
    pub fn open(path: impl AsRef<Path>, endpoint: &Endpoint) -> Result<Self, JournalError> {
        let mut known = HashMap::new();
        let file = JournalFile::open(path.as_ref(), endpoint.as_str(), |entry| learn(&mut known, entry))?;
        Ok(Self { file: Mutex::new(file), known: Mutex::new(known) })
    }

    /// How many repositories it knows to be started, ended ones included.
    #[must_use]
    pub fn started_count(&self) -> usize {
        self.known().len()
    }

    pub(crate) fn recorded(&self, repository: RepositoryId) -> Option<Recorded> {
        self.known().get(&repository).cloned()
    }

    /// Fails when an earlier line could not be written, so that nothing is started that would not be known.
    pub(crate) fn check(&self) -> Result<(), JournalError> {
        self.file().check()
    }

    pub(crate) fn started(&self, job: &SyncJob, before: Option<&Snapshot>) -> Result<(), JournalError> {
        self.write(job.repository, Event::Started { jid: job.id.clone(), before: before.map(Snapshot::bounded) })
    }

    /// Notes an end. A time-out is none: the next run waits again.
    pub(crate) fn ended(&self, job: &SyncJob, outcome: &Outcome) -> Result<(), JournalError> {
        let event = match outcome {
            Outcome::Finished { evidence } => Event::Finished { evidence: evidence.clone() },
            Outcome::Failed { reason, evidence } => {
                Event::Failed { reason: bounded(reason).into_owned(), evidence: evidence.clone() }
            }
            Outcome::TimedOut | Outcome::Started | Outcome::Skipped => return Ok(()),
        };
        self.write(job.repository, event)
    }

    fn write(&self, repository: RepositoryId, event: Event) -> Result<(), JournalError> {
        let entry = Entry { repository_id: repository, event };
        self.file().append(&entry)?;
        // A repository that comes again in the same run is not started again either.
        learn(&mut self.known(), entry);
        Ok(())
    }

    fn file(&self) -> MutexGuard<'_, JournalFile> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<RepositoryId, Recorded>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn learn(known: &mut HashMap<RepositoryId, Recorded>, entry: Entry) {
    let repository = entry.repository_id;
    let outcome = match entry.event {
        Event::Started { jid, before } => {
            known.insert(repository, Recorded::Started(SyncJob::new(repository, jid), before));
            return;
        }
        Event::Finished { evidence } => Outcome::Finished { evidence },
        Event::Failed { reason, evidence } => Outcome::Failed { reason, evidence },
    };
    // An end without a start is not of this program's making, and proves nothing.
    if let Some(Recorded::Started(job, _) | Recorded::Ended(job, _)) = known.get(&repository) {
        let ended = Recorded::Ended(job.clone(), outcome);
        known.insert(repository, ended);
    }
}

#[cfg(test)]
mod tests;
