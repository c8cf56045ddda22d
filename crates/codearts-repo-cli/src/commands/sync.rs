//! `sync`: starts synchronisations, and waits for them when asked to.

mod dry_run;
mod line;
mod lines;
mod progress;
mod source;
mod tally;

use std::pin::pin;

use codearts_repo::SyncOptions;
use codearts_repo_sync::{Error, Journal, Many, Report, Stop, Syncer, Wait};
use futures_util::stream::{Stream, StreamExt};

use crate::arguments::{Global, Sync};
use crate::exit::Exit;
use crate::failure::{Failure, chain};
use crate::interrupt::Interrupt;
use crate::output;
use crate::record::Record;
use crate::secrets;
use crate::service::Service;
use progress::Progress;
use source::Source;
use tally::Tally;

/// What is to be done, checked as far as it can be before anything is sent.
#[derive(Debug)]
pub(crate) struct Work {
    arguments: Sync,
    options: SyncOptions,
    source: Source,
}

impl Work {
    pub(crate) fn of(arguments: Sync) -> Result<Self, Failure> {
        let source = Source::of(&arguments)?;
        Ok(Self { options: options(&arguments)?, source, arguments })
    }
}

/// The options of each start, secrets included.
fn options(arguments: &Sync) -> Result<SyncOptions, Failure> {
    let mut options = SyncOptions::new();
    let username = arguments.remote_username.clone();
    if let Some(credentials) = secrets::remote_credentials(username, arguments.remote_password_stdin)? {
        options = options.remote_credentials(credentials);
    }
    if let Some(uuid) = &arguments.endpoint_uuid {
        options = options.endpoint_uuid(uuid);
    }
    // Only what was asked for is sent: the vendor states no default.
    if arguments.force {
        options = options.force_fetch(true);
    }
    Ok(options)
}

pub(crate) async fn run(global: Global, work: Work, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open(&global, &work.source.repositories_of_an_emulator()).await?;
    let result = if work.arguments.dry_run {
        Box::pin(would_send(&service, &global, work)).await
    } else {
        Box::pin(all(&service, &global, work, &mut interrupt)).await
    };
    service.close().await;
    result
}

/// Tells the requests in place of sending them.
async fn would_send(service: &Service, global: &Global, work: Work) -> Result<Exit, Failure> {
    let (repositories, trouble) = work.source.requests(&service.client, work.options);
    dry_run::tell(&service.client, pin!(repositories), global.json).await?;
    trouble.take().map_or(Ok(Exit::Worked), Err)
}

async fn all(service: &Service, global: &Global, work: Work, interrupt: &mut Interrupt) -> Result<Exit, Failure> {
    let Work { arguments, options, source } = work;
    let stop = Stop::new();
    let mut settings = Many::default().concurrency(arguments.concurrency).stop_on(stop.clone());
    if arguments.wait {
        settings = settings.wait(Wait::default().timeout(arguments.timeout));
    }
    if let Some(path) = &arguments.journal {
        let journal = Journal::open(path, service.client.endpoint());
        settings = settings.journal(journal.map_err(|error| Failure::usage(chain(&error)))?);
    }
    let syncer = Syncer::with_quota(service.client.clone(), arguments.rate);
    let mut tally = Tally::new(source.count(), arguments.journal.is_some());
    let (repositories, trouble) = source.requests(&service.client, options);
    let reports = pin!(syncer.sync_many(repositories, settings));
    let interrupted = follow(reports, &stop, global.json, interrupt, &mut tally).await?;
    if let Some(failure) = trouble.take() {
        tally.tell();
        return Err(failure);
    }
    tally.tell();
    Ok(if interrupted { Exit::Interrupted } else { tally.exit() })
}

/// Tells each report as it comes. Gives whether a signal ended it.
async fn follow(
    mut reports: impl Stream<Item = Report> + Unpin,
    stop: &Stop,
    json: bool,
    interrupt: &mut Interrupt,
    tally: &mut Tally,
) -> Result<bool, Failure> {
    let progress = Progress::new(tally.total());
    let mut interrupted = false;
    loop {
        let report = tokio::select! {
            report = reports.next() => report,
            () = interrupt.next() => {
                if interrupted {
                    progress.tell("interrupted again; what was started runs on at the service");
                    return Ok(true);
                }
                interrupted = true;
                stop.stop();
                progress.tell("interrupted; nothing more is started, and what is under way is waited for; once more to end now");
                continue;
            }
        };
        let Some(report) = report else { return Ok(interrupted) };
        if matches!(report.result, Err(Error::Stopped)) {
            continue;
        }
        let refused = is_the_callers(&report);
        let record = Record::of(report);
        tally.count(&record);
        if refused && !stop.is_stopped() && tally.left() != Some(0) {
            stop.stop();
            tally.not_authorised();
            progress.tell("the service refuses the caller; nothing more is started");
        }
        progress.show(tally);
        progress.suspend(|| if json { output::json(&record) } else { output::line(&record.line()) })?;
    }
}

/// Whether a refusal would be the same for every repository: the caller is not known. Going on would only make the
/// service lock the key.
fn is_the_callers(report: &Report) -> bool {
    let Err(error) = &report.result else { return false };
    match error.service() {
        Some(error @ codearts_repo::Error::Auth(_)) => Exit::of(error) == Exit::NotAuthorised,
        // This code says that a repository is not the caller's, against its status.
        Some(error) => error.status() == Some(401) && error.code() != Some("CH.080401"),
        None => false,
    }
}
