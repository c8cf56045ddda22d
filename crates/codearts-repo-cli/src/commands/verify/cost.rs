//! `verify --dry-run`: the calls and the time that a verification takes. Sends nothing.

use codearts_repo_sync::Quota;
use codearts_repo_verify::Branches;
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::output;
use crate::text::counted;

/// The calls that a verification makes at least. More are made for each further hundred tags, for a renamed default
/// branch, and with `--branches all` for each branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Cost {
    /// Number of mirrors.
    mirrors: u64,
    /// Calls of each operation.
    calls: Vec<Calls>,
    /// Calls of all operations.
    total_calls: u64,
    /// The time that the quota allows for it, in seconds; 0 if the rate is unlimited.
    seconds: u64,
}

/// The calls of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Calls {
    /// The operation.
    operation: String,
    /// How often it is called.
    calls: u64,
}

impl Cost {
    pub(super) fn of(mirrors: u64, branches: Branches, quota: &Quota) -> Self {
        let mut operations = vec!["ShowRemoteMirror", "ShowRepository", "ShowBranch", "ListTags"];
        if branches == Branches::All {
            operations.push("ListBranches");
        }
        let of = |operation: &str| Calls { operation: operation.to_owned(), calls: mirrors };
        let calls: Vec<Calls> = operations.into_iter().map(of).collect();
        let most = calls.iter().map(|calls| calls.calls).max().unwrap_or(0);
        Self {
            mirrors,
            total_calls: calls.iter().map(|calls| calls.calls).sum(),
            calls,
            seconds: quota.time_for(most).as_secs(),
        }
    }

    pub(super) fn print(&self, json: bool) -> Result<(), Failure> {
        if json {
            return output::json(self);
        }
        for Calls { operation, calls } in &self.calls {
            output::line(&format!("{operation}: {calls}"))?;
        }
        let Self { mirrors, total_calls, seconds, .. } = self;
        let (calls, mirrors) = (counted(*total_calls, "call", "calls"), counted(*mirrors, "mirror", "mirrors"));
        output::line(&format!("at least {calls} for {mirrors}, which take at least {seconds} s"))
    }
}
