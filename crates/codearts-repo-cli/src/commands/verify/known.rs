//! What is known of a mirror after a run, as `verify --state` prints it.

use std::time::Duration;

use codearts_repo_verify::{MirrorState, Moment};
use schemars::JsonSchema;
use serde::Serialize;

use crate::text::{rfc3339, timestamp};

/// What is known of a mirror.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Known {
    /// When it was last proven equal, in RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) proven_at: Option<String>,
    /// When it is due again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) due_at: Option<String>,
    /// When it was first found different since the last proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) behind_since: Option<String>,
    /// When it is verified or repaired again at the earliest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) backing_off_until: Option<String>,
    /// How often in a row it was not equal. A repair that was postponed counts with the attempt that follows.
    pub(crate) failures: u32,
    #[serde(skip)]
    until: Option<Moment>,
    #[serde(skip)]
    since: Option<Moment>,
}

impl Known {
    pub(super) fn of(mirror: &MirrorState, due: Duration) -> Self {
        let text = |time: Option<Moment>| time.map(|time| rfc3339(time.into()));
        Self {
            proven_at: text(mirror.proven_at),
            due_at: text(mirror.proven_at.map(|time| time + due)),
            behind_since: text(mirror.behind_since),
            backing_off_until: text(mirror.backing_off_until),
            failures: mirror.failures,
            until: mirror.backing_off_until,
            since: mirror.behind_since,
        }
    }

    /// Since when it is behind and until when it backs off, on one line for people.
    pub(super) fn explanation(&self) -> Option<String> {
        let until = self.until.map(|time| format!("backing off until {}", timestamp(time.into())));
        let since = self.since.map(|time| format!("behind since {}", timestamp(time.into())));
        let parts: Vec<String> = [since, until].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
