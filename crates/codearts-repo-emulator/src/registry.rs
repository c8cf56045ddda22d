//! The repositories of the emulator, and the pending runs of each.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::jobs::Run;
#[cfg(feature = "page")]
use crate::mirror::MirrorUrl;
use crate::mirror::{Mirror, Status};
use crate::repository::RepositoryRecord;
use crate::storage::Storage;

/// How many different runs may be pending for one repository.
const MAX_PENDING: usize = 16;

/// All repositories by id.
#[derive(Debug)]
pub(crate) struct Registry {
    folder: PathBuf,
    states: Mutex<BTreeMap<u64, RepositoryState>>,
    storage: Storage,
    changes: watch::Sender<()>,
}

/// One repository and its pending runs.
#[derive(Clone, Debug)]
pub(crate) struct RepositoryState {
    pub(crate) repository: RepositoryRecord,
    pending: VecDeque<Run>,
    busy: bool,
}

/// The result of queuing a run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// The repository was idle; the caller has to start a worker.
    First,
    /// The repository has a worker already.
    Behind,
    /// Too many runs are pending.
    Full,
    /// The repository has no mirror.
    NoMirror,
}

impl RepositoryState {
    /// When the content was changed last.
    pub(crate) fn updated_at(&self) -> Timestamp {
        let repository = &self.repository;
        repository.mirror.as_ref().and_then(|mirror| mirror.last_successful_update_at).unwrap_or(repository.created_at)
    }

    /// Whether a run is in progress or pending.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy
    }

    /// How many runs are pending.
    #[cfg(feature = "page")]
    pub(crate) fn pending(&self) -> usize {
        self.pending.len()
    }
}

impl Registry {
    /// A registry of these repositories, which keeps the storage up to date.
    pub(crate) fn new(folder: PathBuf, repositories: BTreeMap<u64, RepositoryRecord>, storage: Storage) -> Self {
        let state = |repository| RepositoryState { repository, pending: VecDeque::new(), busy: false };
        let states = repositories.into_iter().map(|(id, repository)| (id, state(repository))).collect();
        Self { folder, states: Mutex::new(states), storage, changes: watch::Sender::new(()) }
    }

    /// The folder of the bare repository of an id.
    pub(crate) fn git_dir(&self, id: u64) -> PathBuf {
        git_dir(&self.folder, id)
    }

    /// Whether a mirror's source is the demonstration repository.
    #[cfg(feature = "page")]
    pub(crate) fn is_demonstration(&self, url: &MirrorUrl) -> bool {
        *url == MirrorUrl::Folder(demonstration(&self.folder))
    }

    pub(crate) fn contains(&self, id: u64) -> bool {
        self.states().contains_key(&id)
    }

    /// A copy of one repository's state.
    pub(crate) fn get(&self, id: u64) -> Option<RepositoryState> {
        self.states().get(&id).cloned()
    }

    /// A copy of all states, sorted by id.
    pub(crate) fn all(&self) -> Vec<(u64, RepositoryState)> {
        self.states().iter().map(|(id, state)| (*id, state.clone())).collect()
    }

    /// Changes one state, and announces the change.
    pub(crate) fn change<T>(&self, id: u64, change: impl FnOnce(&mut RepositoryState) -> T) -> Option<T> {
        let mut states = self.states();
        let state = states.get_mut(&id)?;
        let before = state.repository.clone();
        let result = change(state);
        // It is stored before it becomes visible: everything that was answered survives a kill.
        if before != state.repository {
            self.storage.put_repository(id, &state.repository);
        }
        drop(states);
        self.changes.send_replace(());
        Some(result)
    }

    /// Adds a run to the queue of a repository.
    pub(crate) fn enqueue(&self, id: u64, run: Run) -> Queued {
        let queued = self.change(id, |state| {
            let Some(mirror) = &mut state.repository.mirror else { return Queued::NoMirror };
            // An equal pending run does the same.
            if !state.pending.contains(&run) {
                if state.pending.len() >= MAX_PENDING {
                    return Queued::Full;
                }
                state.pending.push_back(run);
            }
            if state.busy {
                return Queued::Behind;
            }
            mirror.set_status(Status::Scheduled);
            state.busy = true;
            Queued::First
        });
        queued.unwrap_or(Queued::NoMirror)
    }

    /// Takes the next run of a repository. Without one, the repository becomes idle.
    pub(crate) fn next(&self, id: u64) -> Option<Run> {
        self.change(id, |state| {
            let next = state.pending.pop_front();
            state.busy = next.is_some();
            next
        })
        .flatten()
    }

    /// Records that a run has begun.
    pub(crate) fn begin(&self, id: u64) {
        self.change_mirror(id, |mirror, _| mirror.set_status(Status::Started));
    }

    /// Records how a run ended.
    pub(crate) fn end(&self, id: u64, outcome: Result<(), String>, word: Option<String>) {
        self.change_mirror(id, |mirror, more_pending| {
            mirror.end(outcome, word);
            if more_pending {
                mirror.set_status(Status::Scheduled);
            }
        });
    }

    fn change_mirror(&self, id: u64, change: impl FnOnce(&mut Mirror, bool)) {
        self.change(id, |state| {
            let more_pending = !state.pending.is_empty();
            if let Some(mirror) = &mut state.repository.mirror {
                change(mirror, more_pending);
            }
        });
    }

    /// A receiver of every change from now on.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// Waits until no run of the repository is in progress or pending.
    pub(crate) async fn wait_idle(&self, id: u64) {
        let mut changes = self.changes.subscribe();
        while self.states().get(&id).is_some_and(|state| state.busy) {
            // The sender lives as long as this registry does.
            let _ = changes.changed().await;
        }
    }

    fn states(&self) -> MutexGuard<'_, BTreeMap<u64, RepositoryState>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The demonstration repository in the data folder.
pub(crate) fn demonstration(folder: &Path) -> PathBuf {
    folder.join("demonstration.git")
}

/// The bare repository of an id in the data folder.
pub(crate) fn git_dir(folder: &Path, id: u64) -> PathBuf {
    folder.join("repositories").join(format!("{id}.git"))
}
