//! Decides which run a journal is used for, and what is kept of earlier ones.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use codearts_repo::RepositoryId;

use crate::journal::entry::{JournalEntry, JournalEvent};
use crate::journal::ledger::{self, Ended, JobState, RunLog};
use crate::journal::run::{ClosedRun, Policy, Progress, Run, RunStatus};
use crate::outcome::Outcome;

/// How many runs are kept, with the current one.
const RUNS: usize = 30;
/// How many bytes of earlier runs are kept, as lines of JSON.
const BYTES: usize = 10 * 1024 * 1024;

/// How long it is remembered that a repository has no mirror.
const NON_MIRROR_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What earlier runs have shown.
#[derive(Debug, Default)]
pub(in crate::journal) struct History {
    pub(in crate::journal) durations: HashMap<RepositoryId, Duration>,
    pub(in crate::journal) non_mirrors: HashMap<RepositoryId, SystemTime>,
}

impl History {
    fn of(runs: &[RunLog]) -> Self {
        let mut history = Self::default();
        for (repository, job) in runs.iter().flat_map(|run| &run.jobs) {
            match (&job.state, job.took) {
                (JobState::Ended(Outcome::Finished { .. }), Some(took)) => {
                    history.durations.insert(*repository, took);
                }
                (JobState::Skipped, _) => {
                    history.non_mirrors.insert(*repository, job.at);
                }
                _ => {
                    history.non_mirrors.remove(repository);
                }
            }
        }
        history
    }
}

/// How a journal is taken into use.
#[derive(Debug)]
pub(in crate::journal) struct Beginning {
    pub(in crate::journal) status: RunStatus,
    pub(in crate::journal) current: RunLog,
    pub(in crate::journal) history: History,
    /// What replaces all entries, if there are too many.
    pub(in crate::journal) compacted: Option<Vec<JournalEntry>>,
    /// What is added.
    pub(in crate::journal) entries: Vec<JournalEntry>,
}

impl Beginning {
    /// Decides by all entries so far.
    pub(in crate::journal) fn of(entries: Vec<JournalEntry>, policy: &Policy, now: SystemTime) -> Self {
        let bytes = size_of(&entries);
        let mut runs = ledger::runs(entries);
        let history = History::of(&runs);
        let mut entries = Vec::new();
        let closed = close_interrupted(&mut runs, policy, now, &mut entries);
        let continued = match &policy.run {
            Run::Named(name) => runs.iter().rposition(|run| run.name.as_ref() == Some(name)),
            Run::Auto => last_unnamed(&runs).filter(|index| runs[*index].ended.is_none()),
            Run::New => None,
        };
        let continued = continued.map(|index| runs.remove(index));
        let next = runs.iter().map(|run| run.run).max().unwrap_or(0) + 1;
        let is_new = continued.is_none();
        let progress = continued.as_ref().map(|run| progress(run, policy));
        let compacted = compact(&mut runs, bytes, continued.as_ref(), now);
        let mut current = continued.unwrap_or_else(|| RunLog::new(next, name_of(&policy.run), now, policy.planned));
        let (run, planned) = (current.run, policy.planned);
        let event = if is_new {
            JournalEvent::RunBegan { run, name: current.name.clone(), planned }
        } else {
            JournalEvent::RunResumed { run, planned }
        };
        current.apply(now, event.clone());
        entries.push(JournalEntry { at: now, event });
        let status = RunStatus { run, name: current.name.clone(), began: current.began, continued: progress, closed };
        Self { status, current, history, compacted, entries }
    }
}

fn last_unnamed(runs: &[RunLog]) -> Option<usize> {
    runs.iter().rposition(|run| run.name.is_none())
}

fn name_of(run: &Run) -> Option<String> {
    match run {
        Run::Named(name) => Some(name.clone()),
        Run::Auto | Run::New => None,
    }
}

/// What has a result that is reported again.
fn progress(run: &RunLog, policy: &Policy) -> Progress {
    let all = run.progress();
    if !policy.retry_failed {
        return all;
    }
    let failed = run.jobs.values().filter(|job| job.has_failed()).count() as u64;
    Progress { done: all.done - failed, ..all }
}

/// Ends the interrupted unnamed run that is not continued. A named one can always be continued.
fn close_interrupted(
    runs: &mut [RunLog],
    policy: &Policy,
    now: SystemTime,
    entries: &mut Vec<JournalEntry>,
) -> Option<ClosedRun> {
    let continues = match policy.run {
        Run::Auto => true,
        Run::New => false,
        Run::Named(_) => return None,
    };
    let run = last_unnamed(runs).map(|index| &mut runs[index]).filter(|run| run.ended.is_none())?;
    if continues && policy.is_recent(run.began, now) {
        return None;
    }
    run.ended = Some(Ended { at: now, complete: false });
    entries.push(JournalEntry { at: now, event: JournalEvent::RunEnded { run: run.run, complete: false } });
    Some(ClosedRun { run: run.run, began: run.began, progress: run.progress() })
}

/// What is kept of the runs, if they are too many or too large. The newest are kept.
fn compact(
    runs: &mut Vec<RunLog>,
    bytes: usize,
    continued: Option<&RunLog>,
    now: SystemTime,
) -> Option<Vec<JournalEntry>> {
    if runs.len() < RUNS && bytes <= BYTES {
        return None;
    }
    let mut left = BYTES;
    let mut kept: Vec<Vec<JournalEntry>> = Vec::new();
    while kept.len() < RUNS - 2
        && let Some(run) = runs.pop()
    {
        let entries = run.entries();
        let Some(rest) = left.checked_sub(size_of(&entries)) else {
            runs.push(run);
            break;
        };
        left = rest;
        kept.push(entries);
    }
    let kept = kept.into_iter().rev().flatten();
    Some(remembered(runs, now).into_iter().chain(kept).chain(continued.into_iter().flat_map(RunLog::entries)).collect())
}

/// A run that stands for those that are dropped: it knows which repositories had no mirror.
fn remembered(dropped: &[RunLog], now: SystemTime) -> Vec<JournalEntry> {
    let Some(last) = dropped.last() else { return Vec::new() };
    let mut run = RunLog::new(last.run, last.name.clone(), last.began, None);
    for (repository_id, at) in History::of(dropped).non_mirrors {
        if is_fresh(at, now) {
            run.apply(at, JournalEvent::Skipped { repository_id });
        }
    }
    if run.jobs.is_empty() {
        return Vec::new();
    }
    run.ended = last.ended.or(Some(Ended { at: now, complete: false }));
    run.entries()
}

/// Whether it is still remembered that a repository had no mirror then. A clock that was set back proves no age.
pub(super) fn is_fresh(at: SystemTime, now: SystemTime) -> bool {
    now.duration_since(at).map_or(true, |age| age < NON_MIRROR_FOR)
}

/// The size of entries as lines of JSON.
pub(in crate::journal) fn size_of(entries: &[JournalEntry]) -> usize {
    entries.iter().map(|entry| serde_json::to_vec(entry).map_or(0, |line| line.len() + 1)).sum()
}
