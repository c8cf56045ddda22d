//! The repositories that the emulator holds, and the runs that wait for each.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::jobs::Run;
use crate::mirror::{Mirror, MirrorUrl, Status};
use crate::store::{Store, StoredRepository};

/// How many runs with different parameters may wait for one repository.
const MOST_WAITING: usize = 16;

/// All repositories by id.
#[derive(Debug)]
pub(crate) struct Registry {
    folder: PathBuf,
    entries: Mutex<BTreeMap<u32, Entry>>,
    store: Option<Arc<Store>>,
    changes: watch::Sender<()>,
}

/// One repository, and the runs that wait for it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) repository: StoredRepository,
    waiting: VecDeque<Run>,
    busy: bool,
}

/// What became of a start.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// A worker has to be started for the repository.
    First,
    /// The worker that is there takes the run when its turn comes.
    Behind,
    /// Too many runs wait already.
    Full,
    /// The repository has no mirror.
    NoMirror,
}

impl Entry {
    /// The time of the last change of the content.
    pub(crate) fn updated_at(&self) -> Timestamp {
        let repository = &self.repository;
        repository.mirror.as_ref().and_then(|mirror| mirror.last_successful_update_at).unwrap_or(repository.created_at)
    }

    /// Whether a run is under way or waits.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy
    }

    /// How many runs wait for the one that is under way.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

impl Registry {
    /// Holds the repositories, and keeps the store up to date where there is one.
    pub(crate) fn new(
        folder: PathBuf,
        repositories: BTreeMap<u32, StoredRepository>,
        store: Option<Arc<Store>>,
    ) -> Self {
        let entry = |repository| Entry { repository, waiting: VecDeque::new(), busy: false };
        let entries = repositories.into_iter().map(|(id, repository)| (id, entry(repository))).collect();
        Self { folder, entries: Mutex::new(entries), store, changes: watch::Sender::new(()) }
    }

    /// Where the bare repository of an id stands.
    pub(crate) fn git_dir(&self, id: u32) -> PathBuf {
        git_dir(&self.folder, id)
    }

    /// Whether a mirror's source is the demonstration repository.
    pub(crate) fn is_demonstration(&self, url: &MirrorUrl) -> bool {
        *url == MirrorUrl::Folder(demonstration(&self.folder))
    }

    pub(crate) fn contains(&self, id: u32) -> bool {
        self.entries().contains_key(&id)
    }

    /// A copy of one repository's entry.
    pub(crate) fn get(&self, id: u32) -> Option<Entry> {
        self.entries().get(&id).cloned()
    }

    /// A copy of all entries, by rising id.
    pub(crate) fn all(&self) -> Vec<(u32, Entry)> {
        self.entries().iter().map(|(id, entry)| (*id, entry.clone())).collect()
    }

    /// Changes one entry, and tells those who wait.
    pub(crate) fn change<T>(&self, id: u32, change: impl FnOnce(&mut Entry) -> T) -> Option<T> {
        let mut entries = self.entries();
        let entry = entries.get_mut(&id)?;
        let before = self.store.is_some().then(|| entry.repository.clone());
        let result = change(entry);
        // It is stored before anybody else can see it, so that what was answered survives a kill.
        if let Some(store) = self.store.as_ref().filter(|_| before.as_ref() != Some(&entry.repository))
            && let Err(error) = store.put_repository(id, &entry.repository)
        {
            tracing::error!(repository = id, error = &error as &dyn std::error::Error, "the state could not be stored");
        }
        drop(entries);
        self.changes.send_replace(());
        Some(result)
    }

    /// Puts a run into the queue of a repository.
    pub(crate) fn enqueue(&self, id: u32, run: Run) -> Queued {
        let queued = self.change(id, |entry| {
            let Some(mirror) = &mut entry.repository.mirror else { return Queued::NoMirror };
            // A run that waits already does what an equal later one would do.
            if !entry.waiting.contains(&run) {
                if entry.waiting.len() >= MOST_WAITING {
                    return Queued::Full;
                }
                entry.waiting.push_back(run);
            }
            if entry.busy {
                return Queued::Behind;
            }
            mirror.status = Status::Scheduled;
            entry.busy = true;
            Queued::First
        });
        queued.unwrap_or(Queued::NoMirror)
    }

    /// Takes the next run of a repository. Without one, the repository is idle from now on.
    pub(crate) fn next(&self, id: u32) -> Option<Run> {
        self.change(id, |entry| {
            let next = entry.waiting.pop_front();
            entry.busy = next.is_some();
            next
        })
        .flatten()
    }

    /// Notes that a run has begun.
    pub(crate) fn begin(&self, id: u32) {
        self.change_mirror(id, |mirror, _| mirror.status = Status::Started);
    }

    /// Notes how a run ended.
    pub(crate) fn end(&self, id: u32, outcome: Result<(), String>) {
        self.change_mirror(id, |mirror, more_waits| {
            mirror.end(outcome);
            if more_waits {
                mirror.status = Status::Scheduled;
            }
        });
    }

    fn change_mirror(&self, id: u32, change: impl FnOnce(&mut Mirror, bool)) {
        self.change(id, |entry| {
            let more_waits = !entry.waiting.is_empty();
            if let Some(mirror) = &mut entry.repository.mirror {
                change(mirror, more_waits);
            }
        });
    }

    /// Told of every change from now on.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// Waits until no run of the repository is under way or waiting.
    pub(crate) async fn wait_idle(&self, id: u32) {
        let mut changes = self.changes.subscribe();
        while self.entries().get(&id).is_some_and(|entry| entry.busy) {
            // The sender lives as long as this registry does.
            let _ = changes.changed().await;
        }
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<u32, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the demonstration repository stands in the data folder.
pub(crate) fn demonstration(folder: &Path) -> PathBuf {
    folder.join("demonstration.git")
}

/// Where the bare repository of an id stands in the data folder.
pub(crate) fn git_dir(folder: &Path, id: u32) -> PathBuf {
    folder.join("repositories").join(format!("{id}.git"))
}
