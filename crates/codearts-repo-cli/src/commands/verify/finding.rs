//! What the state records of a result.

use codearts_repo::RepositoryId;
use codearts_repo_verify::{Finding, FindingKind, RunSummary};

use super::repair::{RepairWord, Repaired};
use super::result::{Verified, Word};
use crate::exit::Exit;

/// What the state records of a result.
pub(super) fn of(result: &Verified) -> Finding {
    let kind = match (result.comparison.verdict, &result.repair) {
        (Word::Equal, _) => FindingKind::Equal,
        (_, Some(Repaired { outcome: RepairWord::Failed, .. })) => FindingKind::Failed,
        (Word::Different, _) => FindingKind::Different,
        (Word::Skipped, _) => FindingKind::NoMirror,
        (Word::CannotTell | Word::SourceMoved, _) => FindingKind::CannotTell,
        (Word::Failed | Word::BackingOff, _) => FindingKind::Failed,
    };
    let repair = result.repair.as_ref().map(|repair| repair.outcome);
    let mut finding = Finding::new(kind).because(&result.explanation());
    finding.repaired = repair == Some(RepairWord::Repaired);
    finding.backs_off &= repair != Some(RepairWord::Postponed);
    finding.digest = result.digest.filter(|_| kind == FindingKind::Equal);
    finding
}

/// Counts a result.
pub(super) fn count(summary: &mut RunSummary, result: &Verified) {
    let finding = of(result);
    let count = match finding.kind {
        FindingKind::Equal if finding.repaired => &mut summary.repaired,
        FindingKind::Equal => &mut summary.equal,
        FindingKind::Different => &mut summary.different,
        FindingKind::CannotTell => &mut summary.cannot_tell,
        FindingKind::Failed => &mut summary.failed,
        FindingKind::NoMirror => return,
    };
    *count += 1;
}

/// Whether the service refused the caller, and not only this call.
pub(super) fn is_about_caller(result: &Verified) -> bool {
    result.error.as_ref().is_some_and(|error| error.status() == Some(401))
}

/// Mirrors that the service could not be asked about. If it answered for any other mirror, they have failed; otherwise
/// the service or the network is down, which says nothing about a mirror.
#[derive(Debug, Default)]
pub(super) struct Unreachable {
    service_answered: bool,
    findings: Vec<(RepositoryId, Finding)>,
}

impl Unreachable {
    /// Whether this result is kept until the end of the run.
    pub(super) fn is_recorded_later(&mut self, result: &Verified, finding: &Finding) -> bool {
        if is_about_caller(result) {
            return true;
        }
        let is_unreachable = result.comparison.verdict == Word::Failed && result.exit == Exit::Unreachable;
        if is_unreachable {
            self.findings.push((result.repository_id, finding.clone()));
        } else {
            self.service_answered = true;
        }
        is_unreachable
    }

    /// The mirrors that have failed.
    pub(super) fn take(&mut self) -> Vec<(RepositoryId, Finding)> {
        if self.service_answered { std::mem::take(&mut self.findings) } else { Vec::new() }
    }
}
