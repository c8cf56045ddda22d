//! `wait`: waits for what another process started.

use std::path::Path;
use std::time::SystemTime;

use codearts_repo::{Endpoint, RepositoryId};
use codearts_repo_client::internal::{plain_text, unique_json};
use codearts_repo_sync::{Baseline, JobRecord, JobState, Journal, Many, RunRecord, SyncRequest, Syncer, Wait};
use futures_util::stream;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::journal;
use super::run::Run;
use crate::arguments::{Pace, Wait as Arguments};
use crate::commands::selection::LARGEST_LIST;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::service::Service;
use crate::{files, output};

/// What a line of `--file` has to be.
const FORMAT: &str = "pass lines with a repository_id and the baseline from before the start, or use --journal";

pub(crate) async fn run(context: Context, arguments: Arguments, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let pace = Pace { timeout: arguments.timeout, rate: arguments.rate.clone(), ..Pace::default() };
    let timeout = context.settings.timeout(&pace)?.value;
    let quota = context.settings.rate(&pace)?.value.quota;
    // Checked before the service is needed.
    let listed = arguments.started.file.as_deref().map(of_file).transpose()?;
    let service = Service::open(&context, &[]).await?;
    let started = match listed {
        Some(jobs) => Ok((jobs, true)),
        None => of_journal(&arguments, service.client.endpoint()),
    };
    let result = match started {
        Ok((started, is_whole)) => {
            let requests: Vec<Result<SyncRequest, Failure>> = started
                .jobs
                .iter()
                .map(|job| Ok(SyncRequest::from(job.repository).skip_missing_mirror(true)))
                .collect();
            let mut printer = Run::new(Some(requests.len() as u64), true, true, context.json);
            let settings = Many::default().wait(Wait::default().timeout(timeout)).journal(Journal::of_run(started));
            let syncer = Syncer::with_quota(service.client.clone(), quota);
            let exit = printer.start(&syncer, stream::iter(requests), settings, &mut interrupt).await;
            exit.map(|exit| if exit == Exit::Worked && !is_whole { Exit::Failed } else { exit })
        }
        Err(failure) => Err(failure),
    };
    service.close().await;
    result
}

/// What the journal's run started, and whether that is the whole run. This command sends no start, not even one that
/// may not have been sent.
fn of_journal(arguments: &Arguments, endpoint: &Endpoint) -> Result<(RunRecord, bool), Failure> {
    let path = arguments.started.journal.as_deref().unwrap_or_else(|| Path::new(""));
    let mut runs = Journal::read(path, endpoint).map_err(|error| journal::failure(&error))?;
    let index = match &arguments.run {
        Some(name) => runs.iter().rposition(|run| run.name.as_deref() == Some(name)),
        None => runs.len().checked_sub(1),
    };
    let missing = || Failure::usage("the journal does not contain this run", "check --journal and --run");
    let mut run = index.map(|index| runs.swap_remove(index)).ok_or_else(missing)?;
    let known = run.jobs.len();
    run.jobs.retain(|job| job.state != JobState::Intended);
    let uncertain = known - run.jobs.len();
    // A run whose size is unknown may start more until it ends.
    let is_growing = !run.has_ended && run.planned.is_none_or(|planned| (known as u64) < planned);
    if uncertain > 0 {
        let advice = "run `wait` again when `sync` has ended; if it was killed, run `sync` again";
        output::note(format_args!("uncertain starts: {uncertain}; {advice}"));
    } else if is_growing {
        let advice = "wait for `sync` to end and run `wait` again; if it was killed, run `sync` again";
        output::note(format_args!("the run has not ended and may start more; {advice}"));
    }
    Ok((run, uncertain == 0 && !is_growing))
}

/// What the lines of a file say was started. Lines with another outcome are left out.
fn of_file(path: &Path) -> Result<RunRecord, Failure> {
    let name = format!("--file {}", path.display());
    let unreadable = |error: std::io::Error| Failure::usage(error, "pass a file that can be read").at(&name);
    let bytes = if path.as_os_str() == "-" {
        files::read_to_end(std::io::stdin().lock(), LARGEST_LIST).map_err(unreadable)?
    } else {
        Zeroizing::new(files::read(path).map_err(unreadable)?)
    };
    let mut jobs = Vec::new();
    let text = plain_text::decode(&bytes).map_err(|error| Failure::usage(error, error.advice()).at(&name))?;
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at = |what: String| Failure::usage(what, FORMAT).at(format_args!("line {}", index + 1));
        jobs.extend(unique_json::object(line).and_then(job).map_err(|what| at(what).at(&name))?);
    }
    if jobs.is_empty() {
        return Err(Failure::usage("no line says that something was started", FORMAT).at(&name));
    }
    Ok(RunRecord { run: 1, name: None, began: SystemTime::now(), has_ended: false, planned: None, jobs })
}

fn job(mut members: Map<String, Value>) -> Result<Option<JobRecord>, String> {
    if members.get("outcome").is_some_and(|outcome| outcome != "started" && outcome != "timed_out") {
        return Ok(None);
    }
    let id = members.remove("repository_id").ok_or("missing repository_id")?;
    let repository: RepositoryId = serde_json::from_value(id).map_err(|error| error.to_string())?;
    let jid = match members.remove("jid") {
        None | Some(Value::Null) => None,
        Some(Value::String(jid)) => Some(jid),
        Some(_) => return Err("jid is not a string".to_owned()),
    };
    // Without it, a synchronization that has ended already looks like the previous one.
    let baseline = members.remove("baseline").ok_or("missing baseline")?;
    let baseline: Baseline = serde_json::from_value(baseline).map_err(|error| format!("invalid baseline: {error}"))?;
    if baseline.repository() != repository {
        return Err("the baseline is of another repository".to_owned());
    }
    let (state, at, baseline) = (JobState::Started, SystemTime::now(), Some(Box::new(baseline)));
    Ok(Some(JobRecord { repository, jid, state, at, baseline }))
}
