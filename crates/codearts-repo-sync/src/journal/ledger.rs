//! What the entries of a journal mean: runs, and what is known of each repository in them.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use codearts_repo::{RepositoryId, SyncJob};
use serde::{Deserialize, Serialize};

use super::entry::{JournalEntry, JournalEvent};
use super::run::Progress;
use crate::baseline::Baseline;
use crate::outcome::Outcome;

/// What a journal knows of a repository in a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JobRecord {
    /// The repository.
    pub repository: RepositoryId,
    /// The id of the task that the service started, if it is known.
    pub jid: Option<String>,
    /// How far it came.
    pub state: JobState,
    /// When that was recorded, by the clock of this machine.
    #[serde(with = "crate::timestamp")]
    pub at: SystemTime,
    /// The state of the mirror before the start. Kept until the end is known.
    pub baseline: Option<Box<Baseline>>,
}

impl JobRecord {
    /// The task that the service started, if its id is known.
    #[must_use]
    pub fn job(&self) -> Option<SyncJob> {
        self.jid.as_ref().map(|jid| SyncJob::new(self.repository, jid.clone()))
    }
}

/// How far a repository came in a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum JobState {
    /// A start was about to be sent; the service may or may not have got it.
    Intended,
    /// It was started, and no end is known.
    Started,
    /// It ended, or its end did not come in time.
    Ended(Outcome),
    /// It has no mirror.
    Skipped,
}

/// A run and what it knows.
///
/// ```no_run
/// use codearts_repo::Endpoint;
/// use codearts_repo_sync::{JobState, Journal};
///
/// let endpoint: Endpoint = "https://codearts-repo.cn-north-4.myhuaweicloud.com".parse()?;
/// for run in Journal::read("sync.journal", &endpoint)? {
///     let failed = run.jobs.iter().filter(|job| matches!(&job.state, JobState::Ended(end) if !end.is_finished()));
///     println!("run {}: {} failed", run.run, failed.count());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunRecord {
    /// Its number, unique in the journal.
    pub run: u64,
    /// Its name, if it was given one.
    pub name: Option<String>,
    /// When it began.
    #[serde(with = "crate::timestamp")]
    pub began: SystemTime,
    /// Whether it has ended. One that was interrupted has not.
    pub has_ended: bool,
    /// How many repositories it was about, if that is known.
    pub planned: Option<u64>,
    /// What is known of its repositories.
    pub jobs: Vec<JobRecord>,
}

/// A run while it is read, continued or compacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RunLog {
    pub(super) run: u64,
    pub(super) name: Option<String>,
    pub(super) began: SystemTime,
    pub(super) ended: Option<Ended>,
    pub(super) planned: Option<u64>,
    pub(super) jobs: HashMap<RepositoryId, Job>,
}

/// When a run ended, and whether every repository had its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) at: SystemTime,
    pub(super) complete: bool,
}

/// A repository in a run. A million of these are in memory at once, so what is seldom there is boxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) at: SystemTime,
    pub(super) state: JobState,
    pub(super) jid: Option<Box<str>>,
    pub(super) baseline: Option<Box<Baseline>>,
    pub(super) took: Option<Duration>,
}

impl Job {
    /// Whether it has a result that a continued run does not ask for again.
    pub(super) const fn is_done(&self) -> bool {
        match &self.state {
            JobState::Ended(outcome) => !matches!(outcome, Outcome::TimedOut),
            JobState::Skipped => true,
            JobState::Intended | JobState::Started => false,
        }
    }

    pub(super) const fn has_failed(&self) -> bool {
        matches!(&self.state, JobState::Ended(Outcome::Failed { .. }))
    }
}

impl RunLog {
    pub(super) fn new(run: u64, name: Option<String>, began: SystemTime, planned: Option<u64>) -> Self {
        Self { run, name, began, ended: None, planned, jobs: HashMap::new() }
    }

    /// Takes an entry into account.
    pub(super) fn apply(&mut self, at: SystemTime, event: JournalEvent) {
        match event {
            JournalEvent::Intended { repository_id, baseline } => {
                let job = Job { at, state: JobState::Intended, jid: None, baseline, took: None };
                self.jobs.insert(repository_id, job);
            }
            JournalEvent::NotSent { repository_id } => {
                self.jobs.remove(&repository_id);
            }
            JournalEvent::Started { repository_id, jid } => {
                let baseline = self.jobs.remove(&repository_id).and_then(|job| job.baseline);
                let jid = jid.map(String::into_boxed_str);
                self.jobs.insert(repository_id, Job { at, state: JobState::Started, jid, baseline, took: None });
            }
            JournalEvent::Ended { repository_id, outcome, took } => {
                let known = self.jobs.remove(&repository_id);
                let (jid, baseline) = known.map_or((None, None), |job| (job.jid, job.baseline));
                // The baseline is only needed where the end is waited for again.
                let baseline = baseline.filter(|_| outcome == Outcome::TimedOut);
                self.jobs.insert(repository_id, Job { at, state: JobState::Ended(outcome), jid, baseline, took });
            }
            JournalEvent::Skipped { repository_id } => {
                let job = Job { at, state: JobState::Skipped, jid: None, baseline: None, took: None };
                self.jobs.insert(repository_id, job);
            }
            JournalEvent::RunEnded { complete, .. } => self.ended = Some(Ended { at, complete }),
            JournalEvent::RunResumed { planned, .. } => {
                self.ended = None;
                self.planned = planned.or(self.planned);
            }
            JournalEvent::RunBegan { .. } | JournalEvent::Verified { .. } => {}
        }
    }

    pub(super) fn progress(&self) -> Progress {
        let mut progress = Progress { planned: self.planned, ..Progress::default() };
        for job in self.jobs.values() {
            match &job.state {
                JobState::Intended => progress.intended += 1,
                _ if job.is_done() => progress.done += 1,
                _ => progress.started += 1,
            }
        }
        progress
    }

    /// The entries that say the same.
    pub(super) fn entries(&self) -> Vec<JournalEntry> {
        let began = JournalEvent::RunBegan { run: self.run, name: self.name.clone(), planned: self.planned };
        let mut entries = vec![JournalEntry { at: self.began, event: began }];
        for (repository, job) in &self.jobs {
            let mut push = |event| entries.push(JournalEntry { at: job.at, event });
            let repository_id = *repository;
            // A run that ended follows nothing that it has an outcome of.
            let is_followed = self.ended.is_none() || matches!(job.state, JobState::Started);
            if job.baseline.is_some() && is_followed || job.state == JobState::Intended {
                push(JournalEvent::Intended { repository_id, baseline: job.baseline.clone() });
            }
            if job.jid.is_some() || job.state == JobState::Started {
                push(JournalEvent::Started { repository_id, jid: job.jid.clone().map(String::from) });
            }
            match &job.state {
                JobState::Ended(outcome) => {
                    push(JournalEvent::Ended { repository_id, outcome: outcome.clone(), took: job.took });
                }
                JobState::Skipped => push(JournalEvent::Skipped { repository_id }),
                JobState::Intended | JobState::Started => {}
            }
        }
        if let Some(Ended { at, complete }) = self.ended {
            entries.push(JournalEntry { at, event: JournalEvent::RunEnded { run: self.run, complete } });
        }
        entries
    }

    /// The unnamed run that has not ended and knows the same.
    pub(super) fn of_record(record: RunRecord) -> Self {
        let mut run = Self::new(record.run, None, record.began, record.planned);
        for JobRecord { repository, jid, state, at, baseline } in record.jobs {
            let jid = jid.map(String::into_boxed_str);
            run.jobs.insert(repository, Job { at, state, jid, baseline, took: None });
        }
        run
    }

    pub(super) fn into_record(self) -> RunRecord {
        let Self { run, name, began, ended, planned, jobs } = self;
        let mut jobs: Vec<JobRecord> = jobs
            .into_iter()
            .map(|(repository, job)| JobRecord {
                repository,
                jid: job.jid.map(String::from),
                state: job.state,
                at: job.at,
                baseline: job.baseline,
            })
            .collect();
        jobs.sort_by_key(|job| job.repository);
        RunRecord { run, name, began, has_ended: ended.is_some(), planned, jobs }
    }
}

/// All runs that the entries are about, in the order of their last use.
pub(super) fn runs(entries: Vec<JournalEntry>) -> Vec<RunLog> {
    let mut runs: Vec<RunLog> = Vec::new();
    for JournalEntry { at, event } in entries {
        match &event {
            JournalEvent::RunBegan { run, name, planned } => runs.push(RunLog::new(*run, name.clone(), at, *planned)),
            JournalEvent::RunResumed { run, .. } | JournalEvent::RunEnded { run, .. } => {
                let Some(index) = runs.iter().position(|log| log.run == *run) else { continue };
                if matches!(event, JournalEvent::RunResumed { .. }) {
                    let resumed = runs.remove(index);
                    runs.push(resumed);
                    runs.last_mut().into_iter().for_each(|log| log.apply(at, event.clone()));
                } else {
                    runs[index].apply(at, event);
                }
            }
            // An entry that belongs to no run was not written by this program and proves nothing.
            _ => runs.last_mut().into_iter().for_each(|log| log.apply(at, event.clone())),
        }
    }
    runs
}
