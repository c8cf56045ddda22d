//! The last calls of the API and their answers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::Page;
use crate::clock;

/// How many calls are kept.
const MAX_KEPT: usize = 100;

/// How many characters of a path are shown.
const MAX_PATH: usize = 200;

/// The last calls, oldest first.
#[derive(Debug, Default)]
pub(super) struct Recent {
    kept: Mutex<Kept>,
    changes: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct Kept {
    total: u64,
    calls: VecDeque<Value>,
}

impl Recent {
    fn add(&self, mut call: Value) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.total += 1;
        call["number"] = kept.total.into();
        kept.calls.push_back(call);
        if kept.calls.len() > MAX_KEPT {
            kept.calls.pop_front();
        }
        drop(kept);
        self.changes.send_replace(());
    }

    /// The number of calls so far, and the last of them, newest first.
    pub(super) fn shown(&self) -> Value {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        json!({ "total": kept.total, "last": kept.calls.iter().rev().collect::<Vec<_>>() })
    }

    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }
}

/// A call in flight. The query is left out of its path, because it may contain a secret.
#[derive(Debug)]
pub(crate) struct Arrival {
    page: Arc<Page>,
    began: Instant,
    call: Value,
    end: &'static str,
}

impl Arrival {
    pub(super) fn new(page: Arc<Page>, method: &Method, path: &str, operation: Option<&str>) -> Self {
        let call = json!({
            "at": clock::in_repo(Timestamp::now()),
            "method": method.as_str(),
            "path": path.chars().take(MAX_PATH).collect::<String>(),
            "operation": operation,
            "status": null,
        });
        // When a client disconnects, the work on its call is dropped.
        Self { page, began: Instant::now(), call, end: "left" }
    }

    /// Records the answer; `None` if the connection is reset instead.
    pub(crate) fn answered(mut self, status: Option<StatusCode>) {
        self.call["status"] = status.map(|status| status.as_u16()).into();
        self.end = if status.is_some() { "answered" } else { "reset" };
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let mut call = self.call.take();
        call["end"] = self.end.into();
        call["milliseconds"] = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX).into();
        self.page.recent.add(call);
    }
}
