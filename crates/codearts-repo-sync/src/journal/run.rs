//! Which run a journal is used for.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// Which run a journal is used for. A run begins, gives each repository its result, and ends.
///
/// ```
/// use codearts_repo_sync::Run;
///
/// let nightly = Run::Auto;
/// let of_a_pipeline = Run::Named("pipeline-4711".to_owned());
/// # let _ = (nightly, of_a_pipeline);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// Continues the last unnamed run if it was interrupted and is recent enough, and begins a new one otherwise.
    #[default]
    Auto,
    /// Begins a new run. An interrupted one is closed.
    New,
    /// Continues the run of this name, however it ended, or begins it. Results that it has are not asked for again.
    Named(String),
}

/// What became of a run when the journal was opened for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunStatus {
    /// Its number, unique in the journal.
    pub run: u64,
    /// Its name, if it was given one.
    pub name: Option<String>,
    /// When it began, by the clock of this machine.
    #[serde(with = "crate::timestamp")]
    pub began: SystemTime,
    /// What is known of it from before, if it is continued.
    pub continued: Option<Progress>,
    /// The interrupted run that was closed, if there was one.
    pub closed: Option<ClosedRun>,
}

/// How far a run came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Progress {
    /// Repositories with a result that is not asked for again.
    pub done: u64,
    /// Repositories that were started and have no outcome.
    pub started: u64,
    /// Repositories whose start was about to be sent when the run was interrupted.
    pub intended: u64,
    /// How many repositories the run was about, if that is known.
    pub planned: Option<u64>,
}

impl Progress {
    /// How many repositories have no result, if that is known.
    ///
    /// ```
    /// use codearts_repo_sync::Progress;
    ///
    /// let progress = Progress { done: 180, started: 7, intended: 0, planned: Some(300) };
    /// assert_eq!(progress.left(), Some(120));
    /// ```
    #[must_use]
    pub const fn left(&self) -> Option<u64> {
        match self.planned {
            Some(planned) => Some(planned.saturating_sub(self.done)),
            None => None,
        }
    }
}

/// An interrupted run that is not continued anymore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClosedRun {
    /// Its number.
    pub run: u64,
    /// When it began.
    #[serde(with = "crate::timestamp")]
    pub began: SystemTime,
    /// How far it came.
    pub progress: Progress,
}

/// Decides which run to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) run: Run,
    pub(super) resume_within: Duration,
    pub(super) retry_failed: bool,
    pub(super) rescan: bool,
    pub(super) planned: Option<u64>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            run: Run::Auto,
            resume_within: Duration::from_secs(24 * 60 * 60),
            retry_failed: false,
            rescan: false,
            planned: None,
        }
    }
}

impl Policy {
    /// Whether a run that began then is recent enough. A clock that was set back proves no age.
    pub(super) fn is_recent(&self, began: SystemTime, now: SystemTime) -> bool {
        now.duration_since(began).map_or(true, |age| age < self.resume_within)
    }
}
