//! `sync`: starts synchronisations, and waits for them when asked to.

mod line;
mod lines;
mod progress;
mod source;
mod tally;

use std::pin::pin;
use std::time::Duration;

use codearts_repo::SyncOptions;
use codearts_repo_sync::{
    CancellationToken, Error, Journal, JournalError, Many, Quota, Report, SyncRequest, Syncer, Wait,
};
use futures_util::stream::{Stream, StreamExt};

use crate::arguments::Sync;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{Failure, chain};
use crate::interrupt::Interrupt;
use crate::output;
use crate::record::Record;
use crate::secrets;
use crate::service::Service;
use crate::settings::{Settings, table};
use progress::Progress;
use source::Source;
use tally::Tally;

/// How many reports are written together at the most, when they are ready together: a system call for each would take
/// a twentieth of all that there is to do. None waits for one that is not ready.
const TOGETHER: usize = 64;

/// What is to be done, checked as far as it can be before anything is sent.
#[derive(Debug)]
pub(crate) struct Work {
    arguments: Sync,
    options: SyncOptions,
    source: Source,
    timeout: Duration,
    concurrency: usize,
    max_running: usize,
    quota: Quota,
}

impl Work {
    pub(crate) fn of(context: &Context, arguments: Sync) -> Result<Self, Failure> {
        let (settings, pace) = (&context.settings, &arguments.pace);
        Ok(Self {
            timeout: settings.timeout(pace)?.value,
            concurrency: settings.concurrency(pace)?.value,
            max_running: pace.max_running,
            quota: settings.rate(pace)?.value.quota,
            source: Source::of(&arguments)?,
            options: options(settings, &arguments)?,
            arguments,
        })
    }
}

/// The options of each start, secrets included.
fn options(settings: &Settings, arguments: &Sync) -> Result<SyncOptions, Failure> {
    let mut options = SyncOptions::new();
    let text =
        |key, flag: &Option<String>| settings.text(key, flag.clone()).map(|found| found.map(|setting| setting.value));
    let username = text(&table::REMOTE_USERNAME, &arguments.remote_username)?;
    if let Some(credentials) = secrets::remote_credentials(username, arguments.remote_password_stdin)? {
        options = options.remote_credentials(credentials);
    }
    if let Some(uuid) = text(&table::ENDPOINT_UUID, &arguments.endpoint_uuid)? {
        options = options.endpoint_uuid(uuid);
    }
    // Only what was asked for is sent: the vendor states no default.
    if arguments.force {
        options = options.force_fetch(true);
    }
    Ok(options)
}

pub(crate) async fn run(context: Context, work: Work, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open(&context, &work.source.repositories_of_an_emulator()).await?;
    let result = if work.arguments.preview.is_asked_for() {
        Box::pin(would_send(&service, context.json, work)).await
    } else {
        Box::pin(all(&service, context.json, work, &mut interrupt)).await
    };
    service.close().await;
    result
}

/// Tells the requests in place of sending them.
async fn would_send(service: &Service, json: bool, work: Work) -> Result<Exit, Failure> {
    let preview = work.arguments.preview;
    let (repositories, trouble) = work.source.requests(&service.client, work.options);
    let mut repositories = pin!(repositories);
    while let Some(SyncRequest { repository, options, .. }) = repositories.next().await {
        let request = service.client.start_sync(repository).options(options).preview().await?;
        preview.tell(service, repository, request, json)?;
        if output::is_closed() {
            break;
        }
    }
    trouble.take().map_or(Ok(Exit::Worked), Err)
}

async fn all(service: &Service, json: bool, work: Work, interrupt: &mut Interrupt) -> Result<Exit, Failure> {
    let Work { arguments, options, source, timeout, concurrency, max_running, quota } = work;
    let cancel = CancellationToken::new();
    let mut tally = Tally::new(source.count(), arguments.journal.is_some());
    let progress = Progress::new(tally.total());
    let mut settings = Many::default().concurrency(concurrency).max_running(max_running).cancel_on(cancel.clone());
    settings = settings.events(progress.events(arguments.wait));
    if arguments.wait {
        settings = settings.wait(Wait::default().timeout(timeout));
    }
    let mut opened = None;
    if let Some(path) = &arguments.journal {
        let mut journal = Journal::open(path, service.client.endpoint())
            .map_err(|error| Failure::usage(chain(&error), error.advice()))?;
        if let Some(count) = source.count() {
            journal = journal.planned(count);
        }
        let journal = std::sync::Arc::new(journal);
        opened = Some(std::sync::Arc::clone(&journal));
        settings = settings.journal(journal);
    }
    let syncer = Syncer::with_quota(service.client.clone(), quota);
    let (repositories, trouble) = source.requests(&service.client, options);
    let reports = pin!(syncer.sync_many(repositories, settings));
    let interrupted = follow(reports, &cancel, json, interrupt, &mut tally, &progress).await?;
    drop(progress);
    if let Some(failure) = trouble.take() {
        tally.tell();
        return Err(failure);
    }
    tally.tell();
    if let Some(journal) = opened {
        let failed = |error: JournalError| Failure::new(Exit::Failed, chain(&error), error.advice());
        journal.close().await.map_err(failed)?;
    }
    Ok(if interrupted { Exit::Interrupted } else { tally.exit() })
}

/// Tells each report as it comes. Gives whether a signal ended it.
async fn follow(
    reports: impl Stream<Item = Report> + Unpin,
    cancel: &CancellationToken,
    json: bool,
    interrupt: &mut Interrupt,
    tally: &mut Tally,
    progress: &Progress,
) -> Result<bool, Failure> {
    let mut reports = reports.ready_chunks(TOGETHER);
    let mut interrupted = false;
    loop {
        let ready = tokio::select! {
            ready = reports.next() => ready,
            () = interrupt.next() => {
                if interrupted {
                    progress.tell("interrupted again; what was started runs on at the service");
                    return Ok(true);
                }
                interrupted = true;
                cancel.cancel();
                progress.tell("interrupted; nothing more is started, and what is under way is waited for; once more to end now");
                continue;
            }
        };
        let Some(ready) = ready else { return Ok(interrupted) };
        let mut lines = String::new();
        for report in ready {
            let refused = match &report.result {
                Err(Error::Canceled) => continue,
                // One report is enough; the others are counted as left.
                Err(Error::CallerRefused(_)) if tally.is_stopped() => continue,
                Err(Error::CallerRefused(_)) => true,
                _ => false,
            };
            let record = Record::of(report);
            tally.count(&record);
            if refused {
                tally.stop(record.exit);
                if tally.left() != Some(0) {
                    progress.tell("not authorized, so nothing more is started; run `codearts-repo auth show` to check");
                }
            }
            lines += &if json { output::json_of(&record)? } else { record.line() };
            lines.push('\n');
        }
        progress.show(tally);
        progress.suspend(|| output::document(&lines))?;
    }
}
