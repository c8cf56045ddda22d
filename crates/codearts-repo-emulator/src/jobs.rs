//! Synchronisations in the background: one at a time per repository, and a bounded number altogether.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::git::{Credentials, Git, GitError, Plan};
use crate::history::History;
use crate::mirror::MirrorUrl;
use crate::registry::{Queued, Registry};

/// How long the schedules are left alone at the most.
const LONGEST_SLEEP: Duration = Duration::from_secs(3600);

/// One synchronisation that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) credentials: Option<Credentials>,
    /// The service endpoint whose credentials are used where the start brings none.
    pub(crate) endpoint: Option<String>,
    pub(crate) force: bool,
}

/// The synchronisations of all repositories.
#[derive(Debug)]
pub(crate) struct Jobs {
    registry: Arc<Registry>,
    git: Git,
    endpoints: HashMap<String, Credentials>,
    slots: Semaphore,
    tasks: Mutex<JoinSet<()>>,
    pub(crate) history: History,
}

impl Jobs {
    pub(crate) fn new(
        registry: Arc<Registry>,
        git: Git,
        endpoints: HashMap<String, Credentials>,
        most_at_once: usize,
    ) -> Self {
        Self {
            registry,
            git,
            endpoints,
            slots: Semaphore::new(most_at_once),
            tasks: Mutex::default(),
            history: History::default(),
        }
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

    /// Waits until nothing of the synchronisations is left, after [`stop`](Self::stop).
    pub(crate) async fn stopped(&self) {
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        while tasks.join_next().await.is_some() {}
    }

    /// Starts what the schedules ask for, until it is dropped.
    pub(crate) async fn keep_schedules(self: Arc<Self>, period: Duration) {
        let mut changes = self.registry.changes();
        loop {
            let now = Timestamp::now();
            let mut next = LONGEST_SLEEP;
            for (id, entry) in self.registry.all() {
                let due = entry.repository.mirror.as_ref().and_then(|mirror| mirror.due(period));
                // The end of a run that is under way is a change, and the schedule is looked at again.
                let Some(due) = due.filter(|_| !entry.is_busy()) else { continue };
                if due <= now {
                    self.start(id, Run { credentials: None, endpoint: None, force: false });
                } else if let Ok(left) = Duration::try_from(due.duration_since(now)) {
                    next = next.min(left);
                }
            }
            // The sender lives as long as the registry that this task holds.
            let _ = tokio::time::timeout(next, changes.changed()).await;
        }
    }

    async fn work(self: Arc<Self>, id: u32) {
        while let Some(run) = self.registry.next(id) {
            let mut attempt = Attempt { jobs: &self, id, number: None, ended: false };
            // The semaphore is never closed.
            let _slot = self.slots.acquire().await;
            attempt.begin(run.force);
            let outcome = self.mirror(id, &run).await;
            if let Err(error) = &outcome {
                tracing::info!(repository = id, reason = %error, "synchronisation failed");
            }
            attempt.end(outcome.map_err(|error| told(&error)));
        }
    }

    async fn mirror(&self, id: u32, run: &Run) -> Result<(), GitError> {
        let refused = GitError::Refused;
        let mirror =
            self.registry.get(id).and_then(|entry| entry.repository.mirror).ok_or(refused("the mirror has gone"))?;
        let url =
            mirror.url.ok_or(refused("the mirror has no source; set its url with UpdateRepositoryRemoteMirror"))?;
        let credentials = self.credentials(run, &mirror.endpoint_uuid)?;
        if let (MirrorUrl::Address { stripped: true, .. }, None) = (&url, credentials) {
            return Err(refused(
                "the user name and password in the source's address are not kept; send them with the start",
            ));
        }
        self.registry.change(id, |entry| {
            if let Some(mirror) = &mut entry.repository.mirror {
                mirror.is_private = credentials.is_some();
            }
        });
        let plan = Plan { all_branches: mirror.all_branches, force: run.force };
        self.git.mirror(&self.registry.git_dir(id), &url.source(), credentials, plan).await
    }

    /// What the start brought, or what is stored for the endpoint that the start or else the mirror names.
    fn credentials<'a>(&'a self, run: &'a Run, of_mirror: &str) -> Result<Option<&'a Credentials>, GitError> {
        if run.credentials.is_some() {
            return Ok(run.credentials.as_ref());
        }
        match run.endpoint.as_deref().unwrap_or(of_mirror) {
            "" => Ok(None),
            endpoint => self.endpoints.get(endpoint).map(Some).ok_or(GitError::Refused(
                "the service endpoint is not known; name another one, or add it where the emulator is started",
            )),
        }
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
struct Attempt<'jobs> {
    jobs: &'jobs Jobs,
    id: u32,
    /// Its number in the history, when it has a slot.
    number: Option<u64>,
    ended: bool,
}

impl Attempt<'_> {
    fn begin(&mut self, force: bool) {
        self.number = Some(self.jobs.history.begin(self.id, force));
        self.jobs.registry.begin(self.id);
    }

    fn end(mut self, outcome: Result<(), String>) {
        self.note(outcome);
    }

    fn note(&mut self, outcome: Result<(), String>) {
        self.ended = true;
        // The registry tells of the change, so the history has to know before.
        if let Some(number) = self.number {
            self.jobs.history.end(number, outcome.as_ref().err().cloned());
        }
        self.jobs.registry.end(self.id, outcome);
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.note(Err("the synchronisation was interrupted; start it again".to_owned()));
        }
    }
}
