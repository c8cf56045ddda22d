//! Synchronisations in the background: one at a time per repository, and a bounded number altogether.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::git::{Credentials, Git, GitError, Plan};
use crate::mirror::MirrorUrl;
use crate::registry::{Queued, Registry};

/// One synchronisation that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) credentials: Option<Credentials>,
    pub(crate) force: bool,
}

/// The synchronisations of all repositories.
#[derive(Debug)]
pub(crate) struct Jobs {
    registry: Arc<Registry>,
    git: Git,
    slots: Semaphore,
    tasks: Mutex<JoinSet<()>>,
}

impl Jobs {
    pub(crate) fn new(registry: Arc<Registry>, git: Git, most_at_once: usize) -> Self {
        Self { registry, git, slots: Semaphore::new(most_at_once), tasks: Mutex::default() }
    }

    /// Takes a run on; it begins at once or when those before it have ended.
    pub(crate) fn start(self: &Arc<Self>, id: u32, run: Run) -> Queued {
        let queued = self.registry.enqueue(id, run);
        if queued == Queued::First {
            let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
            while tasks.try_join_next().is_some() {}
            tasks.spawn(Arc::clone(self).work(id));
        }
        queued
    }

    /// Ends all synchronisations now.
    pub(crate) fn stop(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
        self.git.kill_all();
    }

    async fn work(self: Arc<Self>, id: u32) {
        while let Some(run) = self.registry.next(id) {
            let attempt = Attempt { registry: &self.registry, id, ended: false };
            // The semaphore is never closed.
            let _slot = self.slots.acquire().await;
            self.registry.begin(id);
            let outcome = self.mirror(id, &run).await;
            if let Err(error) = &outcome {
                tracing::info!(repository = id, reason = %error, "synchronisation failed");
            }
            attempt.end(outcome.map_err(|error| told(&error)));
        }
    }

    async fn mirror(&self, id: u32, run: &Run) -> Result<(), GitError> {
        let refused = GitError::Refused;
        let mirror = self.registry.get(id).and_then(|entry| entry.mirror).ok_or(refused("the mirror has gone"))?;
        let url =
            mirror.url.ok_or(refused("the mirror has no source; set its url with UpdateRepositoryRemoteMirror"))?;
        if let (MirrorUrl::Address { stripped: true, .. }, None) = (&url, &run.credentials) {
            return Err(refused(
                "the user name and password in the source's address are not kept; send them with the start",
            ));
        }
        let plan = Plan { all_branches: mirror.all_branches, force: run.force };
        self.git.mirror(&self.registry.git_dir(id), &url.source(), run.credentials.as_ref(), plan).await
    }
}

/// The error and its causes in one line.
fn told(error: &GitError) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// A run that has begun; dropped before its end, it ends as failed, so that none is "started" for ever.
struct Attempt<'registry> {
    registry: &'registry Registry,
    id: u32,
    ended: bool,
}

impl Attempt<'_> {
    fn end(mut self, outcome: Result<(), String>) {
        self.ended = true;
        self.registry.end(self.id, outcome);
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.registry.end(self.id, Err("the synchronisation was interrupted; start it again".to_owned()));
        }
    }
}
