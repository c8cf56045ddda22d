//! The gits that run now, so that all of them can be killed at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The process ids of the gits that run. On Unix each one leads a process group of its own.
#[derive(Debug, Default)]
pub(super) struct Running {
    ids: Mutex<HashSet<u32>>,
}

/// One running git; dropped before its end, it kills the git and all that the git started.
#[derive(Debug)]
pub(super) struct Entry {
    id: Option<u32>,
    running: Arc<Running>,
}

impl Running {
    pub(super) fn enter(self: &Arc<Self>, id: Option<u32>) -> Entry {
        if let Some(id) = id {
            self.ids().insert(id);
        }
        Entry { id, running: Arc::clone(self) }
    }

    pub(super) fn kill_all(&self) {
        for id in self.ids().drain() {
            kill_group(id);
        }
    }

    fn ids(&self) -> std::sync::MutexGuard<'_, HashSet<u32>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Says that the git has ended by itself; its number may belong to somebody else from now on.
    pub(super) fn leave(mut self) {
        if let Some(id) = self.id.take() {
            self.running.ids().remove(&id);
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(id) = self.id.take()
            && self.running.ids().remove(&id)
        {
            kill_group(id);
        }
    }
}

#[cfg(unix)]
pub(super) fn kill_group(id: u32) {
    if let Some(group) = group(id) {
        // The only failure is a group that has gone already.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// The group of a git. To kill the groups 0 and 1 is to kill the caller's own and all processes there are, so that a
/// damaged lock file must not name them.
#[cfg(unix)]
fn group(id: u32) -> Option<rustix::process::Pid> {
    i32::try_from(id).ok().filter(|id| *id > 1).and_then(rustix::process::Pid::from_raw)
}

/// Elsewhere the child itself is killed when its handle is dropped.
#[cfg(not(unix))]
pub(super) fn kill_group(_id: u32) {}

#[cfg(all(test, unix))]
mod tests {
    #[test]
    fn no_number_stands_for_all_processes() {
        for (id, is_group) in [(0, false), (1, false), (2, true), (4_194_304, true), (u32::MAX, false)] {
            assert_eq!(super::group(id).is_some(), is_group, "{id}");
        }
    }
}
