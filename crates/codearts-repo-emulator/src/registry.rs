//! The repositories that the emulator holds, and the runs that wait for each.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::jobs::Run;
use crate::mirror::{Mirror, Status};

/// How many runs with different parameters may wait for one repository.
const MOST_WAITING: usize = 16;

/// All repositories by id.
#[derive(Debug)]
pub(crate) struct Registry {
    folder: PathBuf,
    entries: Mutex<BTreeMap<u32, Entry>>,
    changes: watch::Sender<()>,
}

/// One repository.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) archived: bool,
    pub(crate) starred: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) uuid: String,
    pub(crate) mirror: Option<Mirror>,
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
    pub(crate) fn new(name: String, mirror: Option<Mirror>) -> Self {
        Self {
            name,
            archived: false,
            starred: false,
            created_at: Timestamp::now(),
            uuid: uuid::Uuid::new_v4().simple().to_string(),
            mirror,
            waiting: VecDeque::new(),
            busy: false,
        }
    }

    /// The time of the last change of the content.
    pub(crate) fn updated_at(&self) -> Timestamp {
        self.mirror.as_ref().and_then(|mirror| mirror.last_successful_update_at).unwrap_or(self.created_at)
    }
}

impl Registry {
    pub(crate) fn new(folder: PathBuf, entries: BTreeMap<u32, Entry>) -> Self {
        Self { folder, entries: Mutex::new(entries), changes: watch::Sender::new(()) }
    }

    /// Where the bare repository of an id stands.
    pub(crate) fn git_dir(&self, id: u32) -> PathBuf {
        git_dir(&self.folder, id)
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
        let result = self.entries().get_mut(&id).map(change);
        self.changes.send_replace(());
        result
    }

    /// Puts a run into the queue of a repository.
    pub(crate) fn enqueue(&self, id: u32, run: Run) -> Queued {
        let queued = self.change(id, |entry| {
            let Some(mirror) = &mut entry.mirror else { return Queued::NoMirror };
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
            if let Some(mirror) = &mut entry.mirror {
                change(mirror, more_waits);
            }
        });
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

/// Where the bare repository of an id stands in the data folder.
pub(crate) fn git_dir(folder: &Path, id: u32) -> PathBuf {
    folder.join("repositories").join(format!("{id}.git"))
}
