//! The lines of a journal.

use codearts_repo::RepositoryId;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::snapshot::Snapshot;

/// The first line: what the file is, and of which service.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) journal: String,
    pub(super) version: u32,
    pub(super) endpoint: String,
}

impl Header {
    pub(super) fn new(endpoint: &str) -> Self {
        Self { journal: "codearts-repo-sync".to_owned(), version: 1, endpoint: endpoint.to_owned() }
    }
}

/// Any other line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) repository_id: RepositoryId,
    #[serde(flatten)]
    pub(super) event: Event,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event {
    Started {
        jid: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Snapshot>,
    },
    Finished {
        #[serde(default)]
        evidence: Evidence,
    },
    Failed {
        reason: String,
        #[serde(default)]
        evidence: Evidence,
    },
}
