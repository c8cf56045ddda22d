//! What of a mirror's state tells how a synchronisation goes.

use codearts_repo::RemoteMirror;
use serde::{Deserialize, Serialize};

use crate::bounded::bounded;

/// The telling fields of a mirror at one moment. The times are compared as texts only: their form is not documented,
/// and the server's clock is not ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Snapshot {
    pub(crate) status: Option<String>,
    pub(crate) last_update: Option<String>,
    pub(crate) last_success: Option<String>,
    pub(crate) failures: Option<i64>,
    pub(crate) last_error: Option<String>,
}

impl From<RemoteMirror> for Snapshot {
    fn from(mirror: RemoteMirror) -> Self {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Self {
            status: given(mirror.update_status),
            last_update: given(mirror.last_update_at),
            last_success: given(mirror.last_successful_update_at),
            failures: mirror.number_of_failures,
            last_error: given(mirror.last_error),
        }
    }
}

/// What the word in `update_status` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// A synchronisation has finished.
    Done,
    /// A synchronisation has failed.
    Failed,
    /// A synchronisation waits or runs.
    Active,
    /// No word, or one whose meaning is not known.
    Open,
}

impl Snapshot {
    /// The words are those of GitLab, whose field names the service shares, and of the vendor's import records. The
    /// vendor lists none for mirrors.
    pub(crate) fn word(&self) -> Word {
        match self.status.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("finished") => Word::Done,
            Some("failed" | "fail" | "canceled") => Word::Failed,
            Some("scheduled" | "started" | "importing") => Word::Active,
            _ => Word::Open,
        }
    }

    /// Whether a synchronisation succeeded since `before`.
    pub(crate) fn succeeded_since(&self, before: &Self) -> bool {
        is_new(self.last_success.as_ref(), before.last_success.as_ref())
    }

    /// Whether a synchronisation failed since `before`.
    pub(crate) fn failed_since(&self, before: &Self) -> bool {
        self.failures.unwrap_or(0) > before.failures.unwrap_or(0)
            || is_new(self.last_error.as_ref(), before.last_error.as_ref())
    }

    pub(crate) fn updated_since(&self, before: &Self) -> bool {
        is_new(self.last_update.as_ref(), before.last_update.as_ref())
    }

    /// As a journal keeps it: no text is longer than it has to be to be compared.
    pub(crate) fn bounded(&self) -> Self {
        let cut = |text: &Option<String>| text.as_deref().map(|text| bounded(text).into_owned());
        Self {
            status: cut(&self.status),
            last_update: cut(&self.last_update),
            last_success: cut(&self.last_success),
            failures: self.failures,
            last_error: cut(&self.last_error),
        }
    }
}

/// Whether there is a text that differs from the one before, which may come from a journal and be cut.
fn is_new(now: Option<&String>, before: Option<&String>) -> bool {
    now.is_some_and(|now| before.is_none_or(|before| bounded(now) != bounded(before)))
}
