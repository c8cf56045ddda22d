//! Synchronizations in the background: one at a time per repository, and a limited number in total.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::fault::{Content, Lies};
use crate::git::{Credentials, FetchOptions, Git, GitError};
#[cfg(feature = "page")]
use crate::history::History;
use crate::mirror::MirrorUrl;
use crate::registry::{Queued, Registry};

/// How often the schedules are checked at least.
const MAX_SLEEP: Duration = Duration::from_secs(3600);

/// One synchronization that was requested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) credentials: Option<Credentials>,
    /// The service endpoint whose credentials are used if the start has none.
    pub(crate) endpoint: Option<String>,
    pub(crate) force: bool,
    pub(crate) lies: Lies,
}

/// The synchronizations of all repositories.
#[derive(Debug)]
pub(crate) struct Jobs {
    registry: Arc<Registry>,
    pub(crate) git: Git,
    endpoints: HashMap<String, Credentials>,
    slots: Semaphore,
    tasks: Mutex<JoinSet<()>>,
    #[cfg(feature = "page")]
    pub(crate) history: History,
}

impl Jobs {
    pub(crate) fn new(
        registry: Arc<Registry>,
        git: Git,
        endpoints: HashMap<String, Credentials>,
        max_at_once: usize,
    ) -> Self {
        Self {
            registry,
            git,
            endpoints,
            slots: Semaphore::new(max_at_once),
            tasks: Mutex::default(),
            #[cfg(feature = "page")]
            history: History::default(),
        }
    }

    /// Queues a run, which begins when those before it have ended.
    pub(crate) fn start(self: &Arc<Self>, id: u64, run: Run) -> Queued {
        let queued = self.registry.enqueue(id, run);
        if queued == Queued::First {
            let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
            while tasks.try_join_next().is_some() {}
            tasks.spawn(Arc::clone(self).work(id));
        }
        queued
    }

    /// Stops all synchronizations now.
    pub(crate) fn stop(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
        self.git.kill_all();
    }

    /// Waits for the end of everything that [`stop`](Self::stop) stopped.
    pub(crate) async fn stopped(&self) {
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        while tasks.join_next().await.is_some() {}
    }

    /// Starts scheduled synchronizations until it is dropped.
    pub(crate) async fn keep_schedules(self: Arc<Self>, period: Duration) {
        let mut changes = self.registry.changes();
        loop {
            let now = Timestamp::now();
            let mut next = MAX_SLEEP;
            for (id, state) in self.registry.all() {
                let due = state.repository.mirror.as_ref().and_then(|mirror| mirror.due(period));
                // The end of a run is a change too, after which the schedule is checked again.
                let Some(due) = due.filter(|_| !state.is_busy()) else { continue };
                if due <= now {
                    self.start(id, Run::default());
                } else if let Ok(left) = Duration::try_from(due.duration_since(now)) {
                    next = next.min(left);
                }
            }
            // The sender lives as long as the registry, which this task keeps.
            let _ = tokio::time::timeout(next, changes.changed()).await;
        }
    }

    async fn work(self: Arc<Self>, id: u64) {
        while let Some(run) = self.registry.next(id) {
            let mut active = ActiveRun {
                jobs: &self,
                id,
                #[cfg(feature = "page")]
                number: None,
                lies: Lies::default(),
                ended: false,
            };
            // The semaphore is never closed.
            let _slot = self.slots.acquire().await;
            active.begin(&run);
            let outcome = self.mirror(id, &run).await;
            if let Err(error) = &outcome {
                tracing::info!(repository = id, reason = %error, "synchronization failed");
            }
            active.end(outcome.map_err(|error| with_cause(&error)));
        }
    }

    async fn mirror(&self, id: u64, run: &Run) -> Result<(), GitError> {
        let refused = GitError::Refused;
        let mirror =
            self.registry.get(id).and_then(|state| state.repository.mirror).ok_or(refused("the mirror was removed"))?;
        let url =
            mirror.url.ok_or(refused("the mirror has no source; set its url with UpdateRepositoryRemoteMirror"))?;
        let credentials = self.credentials(run, &mirror.endpoint_uuid)?;
        if let (MirrorUrl::Address { stripped: true, .. }, None) = (&url, credentials) {
            return Err(refused(
                "the user name and password in the source's address are not kept; send them with the start",
            ));
        }
        self.registry.change(id, |state| {
            if let Some(mirror) = &mut state.repository.mirror {
                mirror.is_private = credentials.is_some();
            }
        });
        let partial = match run.lies.content {
            Content::All => false,
            Content::Half => true,
            Content::Nothing => return Ok(()),
        };
        let options = FetchOptions { all_branches: mirror.all_branches, force: run.force, partial };
        self.git.mirror(&self.registry.git_dir(id), &url.remote(), credentials, options).await
    }

    /// The credentials of the start, or those of the service endpoint that the start or else the mirror names.
    fn credentials<'a>(&'a self, run: &'a Run, of_mirror: &str) -> Result<Option<&'a Credentials>, GitError> {
        if run.credentials.is_some() {
            return Ok(run.credentials.as_ref());
        }
        match run.endpoint.as_deref().unwrap_or(of_mirror) {
            "" => Ok(None),
            endpoint => self.endpoints.get(endpoint).map(Some).ok_or(GitError::Refused(
                "the service endpoint is unknown; use another one, or add it when the emulator is started",
            )),
        }
    }
}

/// The error and its cause in one line.
fn with_cause(error: &GitError) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// A run in progress. If it is dropped before its end, it is recorded as failed.
struct ActiveRun<'jobs> {
    jobs: &'jobs Jobs,
    id: u64,
    /// Its number in the history, once it has a slot.
    #[cfg(feature = "page")]
    number: Option<u64>,
    lies: Lies,
    ended: bool,
}

impl ActiveRun<'_> {
    fn begin(&mut self, run: &Run) {
        self.lies = run.lies.clone();
        #[cfg(feature = "page")]
        {
            self.number = Some(self.jobs.history.begin(self.id, run.force));
        }
        self.jobs.registry.begin(self.id);
    }

    fn end(mut self, outcome: Result<(), String>) {
        self.record(outcome);
    }

    fn record(&mut self, outcome: Result<(), String>) {
        self.ended = true;
        // The registry announces the change, so the history has to be updated first.
        #[cfg(feature = "page")]
        if let Some(number) = self.number {
            self.jobs.history.end(number, outcome.as_ref().err().cloned());
        }
        self.jobs.registry.end(self.id, outcome, self.lies.word.take());
    }
}

impl Drop for ActiveRun<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.record(Err("the synchronization was interrupted; start it again".to_owned()));
        }
    }
}
