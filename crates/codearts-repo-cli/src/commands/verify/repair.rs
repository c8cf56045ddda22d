//! `--repair`: synchronizes a mirror that differs, and compares it again.

use std::collections::HashMap;

use codearts_repo::{RepositoryId, SyncOptions};
use codearts_repo_sync::Wait;
use codearts_repo_verify::{Repair, RepairOutcome, Verifier};
use schemars::JsonSchema;
use serde::Serialize;

use super::result::{Verified, Word};
use crate::exit::Exit;
use crate::record::{Problem, Record};
use crate::text::one_line;

/// What a repair achieved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Repaired {
    /// The outcome.
    pub(crate) outcome: RepairWord,
    /// Why the mirror is not repaired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// The outcome of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RepairWord {
    /// The mirror equals its source now.
    Repaired,
    /// The service reported success, and the mirror does not equal its source.
    StillDifferent,
    /// The synchronization failed, did not end in time, or was not started.
    Failed,
    /// The run ended before, or its budget. One of the next runs repairs it.
    Postponed,
}

impl Repaired {
    pub(super) const fn postponed() -> Self {
        Self { outcome: RepairWord::Postponed, reason: None }
    }

    /// The outcome on one line for people.
    pub(super) fn explanation(&self) -> String {
        let word = match self.outcome {
            RepairWord::Repaired => "repaired",
            RepairWord::StillDifferent => "still different after a synchronization",
            RepairWord::Failed => "repair failed",
            RepairWord::Postponed => "not repaired yet",
        };
        match &self.reason {
            Some(reason) => format!("{word}: {}", one_line(reason)),
            None => word.to_owned(),
        }
    }
}

/// How mirrors are repaired.
#[derive(Debug, Clone)]
pub(super) struct Repairs {
    pub(super) options: SyncOptions,
    /// Where a line of the list has options.
    pub(super) options_of_lines: HashMap<RepositoryId, SyncOptions>,
    pub(super) wait: Wait,
}

impl Repairs {
    /// Repairs a mirror that was found to differ.
    pub(super) async fn run(&self, found: Verified, verifier: &Verifier) -> Verified {
        let options = self.options_of_lines.get(&found.repository_id).unwrap_or(&self.options);
        let repair = verifier.repair(found.repository_id, options.clone(), self.wait.clone()).await;
        match repair {
            Ok(repair) => of(found, repair),
            Err(error) => {
                let problem = Problem::of_call(&error);
                let repaired = Repaired { outcome: RepairWord::Failed, reason: Some(problem.message().to_owned()) };
                Verified { repair: Some(repaired), exit: Exit::of(&error), ..found }
            }
        }
    }
}

/// The result of a repair takes the place of what was found before.
fn of(found: Verified, repair: Repair) -> Verified {
    let outcome = match repair.outcome() {
        RepairOutcome::Repaired => RepairWord::Repaired,
        RepairOutcome::StillDifferent => RepairWord::StillDifferent,
        RepairOutcome::Failed => RepairWord::Failed,
    };
    let record = repair.report.map(Record::of);
    let reason = record.filter(|_| outcome == RepairWord::Failed).map(|record| match &record.error {
        Some(problem) => problem.message().to_owned(),
        None => "the synchronization did not end in time".to_owned(),
    });
    let after = repair.verification.map_or(found, Verified::from);
    let exit = if after.comparison.verdict == Word::Equal { Exit::Worked } else { Exit::Failed };
    Verified { repair: Some(Repaired { outcome, reason }), exit, ..after }
}
