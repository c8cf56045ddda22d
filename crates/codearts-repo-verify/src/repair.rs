//! Repairs a mirror: a synchronization, and a comparison after it.

use std::pin::pin;

use codearts_repo::{Error, RepositoryId, SyncOptions};
use codearts_repo_sync::{Error as SyncError, Many, Outcome, Report, SyncRequest, Syncer, Wait};
use futures_util::stream::{self, StreamExt as _};

use crate::verification::Verification;
use crate::verifier::Verifier;

/// A synchronization of a mirror that differed, and what a comparison found after it.
#[derive(Debug, Clone)]
pub struct Repair {
    /// What the service did. None if it was canceled.
    pub report: Option<Report>,
    /// What a comparison found afterwards. None if nothing was started.
    pub verification: Option<Verification>,
}

/// What a repair achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepairOutcome {
    /// The mirror equals its source, whatever the service reported.
    Repaired,
    /// The service reported success, and the mirror does not equal its source.
    StillDifferent,
    /// The synchronization failed, did not end in time, or was not started.
    Failed,
}

impl Repair {
    /// What it achieved.
    #[must_use]
    pub fn outcome(&self) -> RepairOutcome {
        if self.verification.as_ref().is_some_and(Verification::is_equal) {
            return RepairOutcome::Repaired;
        }
        match self.report.as_ref().map(|report| &report.result) {
            Some(Ok(Outcome::Finished { .. })) => RepairOutcome::StillDifferent,
            _ => RepairOutcome::Failed,
        }
    }
}

impl Verifier {
    /// Synchronizes a mirror, waits for the end, and compares the mirror with its source again.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # use codearts_repo::{Client, RepositoryId, SyncOptions, Token};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
    /// use codearts_repo_sync::Wait;
    /// use codearts_repo_verify::{RepairOutcome, Verifier};
    ///
    /// let verifier = Verifier::new(client);
    /// let repair = verifier.repair(RepositoryId::try_from(123)?, SyncOptions::new(), Wait::default());
    /// assert_eq!(repair.await?.outcome(), RepairOutcome::Repaired);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// An [`Error`] of the service during the comparison. A synchronization that fails is no error.
    pub async fn repair(&self, repository: RepositoryId, options: SyncOptions, wait: Wait) -> Result<Repair, Error> {
        let syncer = Syncer::with_limits(self.client.clone(), self.limits.clone());
        let request = SyncRequest::new(repository, options);
        // A start whose answer was lost is settled by polling, which only `sync_many` does.
        let report = pin!(syncer.sync_many(stream::iter([request]), Many::default().wait(wait))).next().await;
        let was_started = report.as_ref().is_some_and(|report| match &report.result {
            Ok(outcome) => !matches!(outcome, Outcome::Skipped),
            Err(SyncError::Start(error)) => error.may_have_been_sent(),
            Err(error) => error.was_started(),
        });
        let verification = if was_started { Some(self.verify(repository).await?) } else { None };
        Ok(Repair { report, verification })
    }
}
