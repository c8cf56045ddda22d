//! Prints a mirror.

use codearts_repo::{RemoteMirror, RepositoryId};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::output;
use crate::text::one_line;

/// A mirror, as the service shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct Shown {
    #[serde(flatten)]
    pub(super) mirror: RemoteMirror,
    /// Synchronized branches; only known directly after a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sync_branch_type: Option<String>,
}

impl From<RemoteMirror> for Shown {
    fn from(mirror: RemoteMirror) -> Self {
        Self { mirror, sync_branch_type: None }
    }
}

impl Shown {
    pub(super) fn print(&self, repository: RepositoryId, json: bool) -> Result<(), Failure> {
        if json { output::json(self) } else { self.lines(repository) }
    }

    /// Prints one line per field of the answer, the state first.
    fn lines(&self, repository: RepositoryId) -> Result<(), Failure> {
        let mirror = &self.mirror;
        let yes_or_no = |is: Option<bool>| is.map(|is| if is { "yes" } else { "no" }.to_owned());
        let fields = [
            ("repository", Some(repository.to_string())),
            ("state", mirror.update_status.clone()),
            ("source", mirror.url.clone()),
            ("branches", self.sync_branch_type.clone()),
            ("last change", mirror.last_update_at.clone()),
            ("last success", mirror.last_successful_update_at.clone()),
            ("failures", mirror.number_of_failures.map(|number| number.to_string())),
            ("last error", mirror.last_error.clone()),
            ("scheduled", yes_or_no(mirror.mirroring_enabled)),
            ("private", yes_or_no(mirror.is_private)),
            ("service endpoint", mirror.endpoint_uuid.clone()),
        ];
        for (name, value) in fields {
            if let Some(value) = value.as_deref().map(one_line).filter(|value| !value.is_empty()) {
                output::line(&format!("{name:16}  {value}"))?;
            }
        }
        Ok(())
    }
}
