//! The last synchronizations: when they began, how long they took and how they ended.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock;

/// How many synchronizations are kept.
const MAX_KEPT: usize = 50;

/// The last synchronizations that began, oldest first.
#[derive(Debug, Default)]
pub(crate) struct History {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    total: u64,
    runs: VecDeque<RunRecord>,
}

#[derive(Debug)]
struct RunRecord {
    number: u64,
    repository: u64,
    force: bool,
    at: Timestamp,
    end: Option<(Timestamp, Option<String>)>,
}

impl History {
    /// Records a beginning, and returns the number to end it with.
    pub(crate) fn begin(&self, repository: u64, force: bool) -> u64 {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.total += 1;
        let number = kept.total;
        kept.runs.push_back(RunRecord { number, repository, force, at: Timestamp::now(), end: None });
        if kept.runs.len() > MAX_KEPT {
            kept.runs.pop_front();
        }
        number
    }

    /// Records an end, with the reason if it failed.
    pub(crate) fn end(&self, number: u64, reason: Option<String>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(run) = kept.runs.iter_mut().find(|run| run.number == number) {
            run.end = Some((Timestamp::now(), reason));
        }
    }

    /// The public part, newest first.
    pub(crate) fn shown(&self) -> Value {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.runs.iter().rev().map(RunRecord::shown).collect()
    }
}

impl RunRecord {
    fn shown(&self) -> Value {
        let state = match &self.end {
            None => "started",
            Some((_, None)) => "finished",
            Some((_, Some(_))) => "failed",
        };
        json!({
            "number": self.number,
            "repository_id": self.repository,
            "state": state,
            "force_fetch": self.force,
            "began_at": clock::in_repo(self.at),
            "ended_at": self.end.as_ref().map(|(at, _)| clock::in_repo(*at)),
            "error": self.end.as_ref().and_then(|(_, reason)| reason.as_deref()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_entries_are_kept_with_their_ends() {
        let history = History::default();
        for repository in 1..=60 {
            history.begin(repository, false);
        }
        history.end(1, None);
        history.end(59, Some("why".to_owned()));
        history.end(60, None);
        let shown = history.shown();
        assert_eq!(shown.as_array().map(Vec::len), Some(MAX_KEPT));
        assert_eq!((&shown[0]["state"], &shown[0]["repository_id"]), (&"finished".into(), &60.into()));
        assert_eq!((&shown[1]["state"], &shown[1]["error"]), (&"failed".into(), &"why".into()));
        assert_eq!((&shown[2]["state"], &shown[2]["ended_at"]), (&"started".into(), &Value::Null));
    }
}
