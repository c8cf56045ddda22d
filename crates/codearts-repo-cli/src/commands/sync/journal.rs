//! Opens the journal of a run and says which run it is.

use std::path::Path;
use std::sync::Arc;

use codearts_repo::Endpoint;
use codearts_repo_sync::{ClosedRun, Journal, JournalError, Progress, Run, RunStatus};

use crate::advice;
use crate::arguments::Journaling;
use crate::commands::Verified;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::text::{counted, timestamp};

/// Opens the journal, if there is one, and begins its run or continues it. Nothing was sent before.
pub(super) async fn open(
    arguments: &Journaling,
    endpoint: &Endpoint,
    planned: Option<u64>,
    waits: bool,
) -> Result<Option<Arc<Journal>>, Failure> {
    let Some(path) = &arguments.journal else { return Ok(None) };
    let mut journal = Journal::open(path, endpoint).map_err(|error| failure(&error))?;
    journal = journal.run(run(arguments)).retry_failed(arguments.retry_failed).rescan(arguments.rescan);
    if let Some(age) = arguments.resume_within {
        journal = journal.resume_within(age);
    }
    if let Some(planned) = planned {
        journal = journal.planned(planned);
    }
    let status = journal.begin().await.map_err(|error| failure(&error))?;
    announce(&status, planned, waits);
    Ok(Some(Arc::new(journal)))
}

/// Closes the journal after the last report.
pub(super) async fn close(journal: Option<&Journal>, interrupted: bool) -> Result<(), Failure> {
    let Some(journal) = journal else { return Ok(()) };
    let dropped = journal.dropped_count();
    if dropped > 0 && !interrupted {
        let dropped = counted(dropped, "repository of the run is", "repositories of the run are");
        output::note(format_args!("{dropped} no longer in the list and left out"));
    }
    journal.close().await.map_err(|error| failure(&error).with_exit(Exit::Failed))
}

/// Records which words and fields of the service went with which verdict. The run is over by now.
pub(super) async fn record(path: &Path, endpoint: &Endpoint, verified: &[Verified]) -> Result<(), Failure> {
    let failed = |error: JournalError| failure(&error).with_exit(Exit::Failed);
    let journal = Journal::open(path, endpoint).map_err(failed)?;
    for Verified { repository_id, comparison, .. } in verified {
        let Some(observed) = comparison.observed.clone() else { continue };
        let verdict = comparison.verdict.text();
        journal.verified(*repository_id, verdict, observed.update_status, observed.fields).await.map_err(failed)?;
    }
    journal.close().await.map_err(failed)
}

pub(super) fn failure(error: &JournalError) -> Failure {
    Failure::from(advice::with(error, error.advice()))
}

fn run(arguments: &Journaling) -> Run {
    match &arguments.run {
        Some(name) => Run::Named(name.clone()),
        None if arguments.new_run => Run::New,
        None => Run::Auto,
    }
}

fn announce(status: &RunStatus, planned: Option<u64>, waits: bool) {
    if let Some(ClosedRun { began, progress, .. }) = status.closed {
        let began = timestamp(began);
        output::note(format_args!("closed the interrupted run of {began}: {}", words(progress, None, waits)));
    }
    if let Some(progress) = status.continued {
        let name = status.name.as_ref().map_or(String::new(), |name| format!("{name:?} "));
        let began = timestamp(status.began);
        output::note(format_args!("continues the run {name}of {began}, {}", words(progress, planned, waits)));
    }
}

/// How far a run came. Without `--wait`, a start is all that is asked for.
fn words(progress: Progress, planned: Option<u64>, waits: bool) -> String {
    let done = if waits { progress.done } else { progress.done + progress.started };
    match planned.or(progress.planned) {
        Some(planned) if done <= planned => {
            format!("{done} of {planned} done, {} left", planned - done)
        }
        _ => format!("{done} done"),
    }
}
