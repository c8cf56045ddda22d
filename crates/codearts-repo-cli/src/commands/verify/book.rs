//! What a run writes into the state.

use std::time::Duration;

use codearts_repo::RepositoryId;
use codearts_repo_verify::{FleetState, Moment, RunSummary, StateError, StateFile};

use super::finding::{self, Unreachable};
use super::fleet::cannot_use;
use super::known::Known;
use super::result::{Verified, Word};
use crate::failure::Failure;

/// The state of a run in progress, and what the run has done so far.
pub(super) struct Book {
    file: StateFile,
    due: Duration,
    summary: RunSummary,
    unreachable: Unreachable,
}

impl Book {
    /// Begins a run.
    pub(super) fn begin(mut file: StateFile, due: Duration) -> Result<Self, Failure> {
        let summary = file.begin_run(Moment::now()).map_err(|error| cannot_use(&error))?;
        Ok(Self { file, due, summary, unreachable: Unreachable::default() })
    }

    pub(super) const fn state(&self) -> &FleetState {
        self.file.state()
    }

    /// Writes a result that a repair of this run may still change. A kill then loses nothing.
    pub(super) fn write(&mut self, result: &Verified) -> Result<(), Failure> {
        let (finding, name) = (finding::of(result), result.name.as_deref());
        self.file.record(result.repository_id, name, &finding, Moment::now()).map_err(|error| cannot_use(&error))
    }

    /// Writes and counts a result. Returns it with what is known now.
    pub(super) fn add(&mut self, result: Verified) -> Result<Verified, Failure> {
        if self.unreachable.is_recorded_later(&result, &finding::of(&result)) {
            finding::count(&mut self.summary, &result);
            return Ok(result);
        }
        self.write(&result)?;
        Ok(self.add_written(result))
    }

    /// Counts a result that was written before. Returns it with what is known now.
    pub(super) fn add_written(&mut self, result: Verified) -> Verified {
        finding::count(&mut self.summary, &result);
        Verified { state: self.known(result.repository_id), ..result }
    }

    /// A mirror that this run does not verify, as far as it is known.
    pub(super) fn backing_off(&self, repository: RepositoryId) -> Verified {
        let name = self.state().get(repository).and_then(|mirror| mirror.name.as_deref()).map(str::to_owned);
        Verified { name, state: self.known(repository), ..Verified::without(repository, Word::BackingOff) }
    }

    fn known(&self, repository: RepositoryId) -> Option<Known> {
        self.state().get(repository).map(|mirror| Known::of(mirror, self.due))
    }

    /// Ends the run. Returns what is known then.
    pub(super) fn end(mut self, complete: impl FnOnce(RunSummary) -> RunSummary) -> Result<FleetState, Failure> {
        let end = |mut file: StateFile| -> Result<FleetState, StateError> {
            for (repository, finding) in self.unreachable.take() {
                file.record(repository, None, &finding, Moment::now())?;
            }
            file.end_run(complete(self.summary))?;
            let state = file.state().clone();
            file.close()?;
            Ok(state)
        };
        end(self.file).map_err(|error| cannot_use(&error))
    }
}
