//! Process groups for git, and the guard that ends them with this process.
//!
//! Git starts child processes, such as `git-remote-https`, which do not end when the emulator is killed. Therefore each
//! synchronization gets a process group. A shell leads it and waits for the end of a pipe that this process keeps open:
//! when this process ends, for any reason, the pipe closes and the shell kills the group.

use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::process::{Child, Command};

/// What the guard runs. Both commands are built into the shell.
#[cfg(unix)]
const GUARD: &str = "read -r _; kill -KILL 0";

/// The process groups that exist now, so that all of them can be killed at once.
#[derive(Debug, Default)]
pub(super) struct Groups {
    ids: Mutex<HashSet<u32>>,
}

/// A process group. Dropping it kills everything in it.
#[derive(Debug)]
pub(super) struct ProcessGroup {
    guard: Option<Child>,
    id: Option<u32>,
    groups: Arc<Groups>,
}

impl Groups {
    pub(super) fn kill_all(&self) {
        for id in self.ids().drain() {
            kill_group(id);
        }
    }

    fn ids(&self) -> MutexGuard<'_, HashSet<u32>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProcessGroup {
    /// Starts the guard, which leads the group.
    #[cfg(unix)]
    pub(super) fn start(groups: &Arc<Groups>) -> io::Result<Self> {
        use std::process::Stdio;

        let mut command = Command::new("sh");
        command.args(["-c", GUARD]).env_clear().stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        let guard = command.process_group(0).kill_on_drop(true).spawn()?;
        let id = guard.id();
        groups.ids().extend(id);
        Ok(Self { guard: Some(guard), id, groups: Arc::clone(groups) })
    }

    /// There are no process groups here. The child itself is killed when its handle is dropped.
    #[cfg(not(unix))]
    pub(super) fn start(groups: &Arc<Groups>) -> io::Result<Self> {
        Ok(Self { guard: None, id: None, groups: Arc::clone(groups) })
    }

    /// The number of the group.
    pub(super) fn id(&self) -> Option<u32> {
        self.id
    }

    /// Starts a command inside the group.
    pub(super) fn place(&self, command: &mut Command) {
        #[cfg(unix)]
        if let Some(id) = self.id.and_then(|id| i32::try_from(id).ok()) {
            command.process_group(id);
        }
        #[cfg(not(unix))]
        let _ = command;
    }

    /// Ends the group and waits for its guard.
    pub(super) async fn end(mut self) {
        self.kill();
        if let Some(mut guard) = self.guard.take() {
            // It was just killed; there is nothing to do about a guard that cannot be waited for.
            let _ = guard.wait().await;
        }
    }

    fn kill(&mut self) {
        // The number belongs to this group only until its guard has been waited for.
        if let Some(id) = self.id.take()
            && self.groups.ids().remove(&id)
        {
            kill_group(id);
        }
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.kill();
    }
}

#[cfg(unix)]
pub(super) fn kill_group(id: u32) {
    if let Some(group) = group(id) {
        // The only failure is a group that has ended already.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// The group with a number. 0 and 1 mean the caller's own group and all processes, and a damaged lock file must not select
/// them.
#[cfg(unix)]
fn group(id: u32) -> Option<rustix::process::Pid> {
    i32::try_from(id).ok().filter(|id| *id > 1).and_then(rustix::process::Pid::from_raw)
}

#[cfg(not(unix))]
pub(super) fn kill_group(_id: u32) {}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use std::process::Stdio;
    use std::time::Duration;

    use tokio::io::AsyncReadExt as _;

    use super::*;

    #[test]
    fn no_group_id_means_every_process() {
        for (id, is_group) in [(0, false), (1, false), (2, true), (4_194_304, true), (u32::MAX, false)] {
            assert_eq!(group(id).is_some(), is_group, "{id}");
        }
    }

    /// A process in the group that keeps its standard output open until it is killed.
    fn member(group: &ProcessGroup) -> Child {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & wait"]).stdin(Stdio::null()).stdout(Stdio::piped());
        group.place(&mut command);
        command.spawn().unwrap()
    }

    async fn assert_all_end(mut member: Child) {
        let mut output = Vec::new();
        let ended = async {
            // The grandchild has the pipe too, so the end of the pipe is the end of both.
            member.stdout.take().unwrap().read_to_end(&mut output).await.unwrap();
            member.wait().await.unwrap();
        };
        tokio::time::timeout(Duration::from_secs(60), ended).await.unwrap();
    }

    #[tokio::test]
    async fn ending_or_dropping_a_group_kills_its_members_and_their_children() {
        let groups = Arc::default();
        let group = ProcessGroup::start(&groups).unwrap();
        let first = member(&group);
        group.end().await;
        assert_all_end(first).await;

        let group = ProcessGroup::start(&groups).unwrap();
        let second = member(&group);
        drop(group);
        assert_all_end(second).await;
        assert!(groups.ids().is_empty());
    }

    #[tokio::test]
    async fn the_guard_kills_the_group_when_the_pipe_closes() {
        let mut group = ProcessGroup::start(&Arc::default()).unwrap();
        let member = member(&group);
        // The end of this process has the same effect.
        drop(group.guard.as_mut().unwrap().stdin.take());
        assert_all_end(member).await;
    }
}
