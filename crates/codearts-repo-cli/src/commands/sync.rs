//! `sync`: starts synchronizations, and waits for them with `--wait`.

mod descriptors;
mod in_flight;
mod journal;
mod progress;
mod run;
mod tally;
pub(super) mod wait;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use codearts_repo::SyncOptions;
use codearts_repo_sync::{Limits, Many, Quota, Syncer, Wait};
use codearts_repo_verify::Verifier;
use futures_util::stream::StreamExt;

use super::selection::Selection;
use crate::arguments::Sync;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::metrics::Metrics;
use crate::output;
use crate::secrets::{Login, PasswordSource};
use crate::service::Service;
use crate::settings::{Settings, table};
use run::Run;

/// What to do, checked as far as possible before anything is sent.
#[derive(Debug)]
pub(crate) struct Work {
    arguments: Sync,
    options: SyncOptions,
    login: Login,
    selection: Selection,
    timeout: Duration,
    concurrency: usize,
    max_running: usize,
    quota: Quota,
    metrics: Option<Metrics>,
}

impl Work {
    pub(crate) fn of(context: &Context, arguments: Sync) -> Result<Self, Failure> {
        let (settings, pace) = (&context.settings, &arguments.pace);
        // First, because it knows whether the list and the password would both come from standard input.
        let selection = Selection::of(&arguments)?;
        let (options, login) = options(settings, &arguments)?;
        Ok(Self {
            timeout: settings.timeout(pace)?.value,
            concurrency: settings.concurrency(pace)?.value,
            max_running: pace.max_running,
            quota: settings.rate(pace)?.value.quota,
            metrics: arguments.metrics.as_deref().map(|path| Metrics::create(path, "sync")).transpose()?,
            selection,
            options,
            login,
            arguments,
        })
    }
}

/// The options of each start, secrets included.
fn options(settings: &Settings, arguments: &Sync) -> Result<(SyncOptions, Login), Failure> {
    let mut options = SyncOptions::new();
    let text =
        |key, flag: &Option<String>| settings.text(key, flag.clone()).map(|found| found.map(|setting| setting.value));
    let username = text(&table::REMOTE_USERNAME, &arguments.remote_username)?;
    let password = PasswordSource::of(arguments.remote_password_stdin, arguments.empty_remote_password);
    let login = Login::of(username, password)?;
    if let Some(credentials) = login.for_service() {
        options = options.remote_credentials(credentials);
    }
    if let Some(uuid) = text(&table::ENDPOINT_UUID, &arguments.endpoint_uuid)? {
        options = options.endpoint_uuid(uuid);
    }
    // Only options that are set are sent: the vendor documents no defaults.
    if arguments.force {
        options = options.force_fetch(true);
    }
    Ok((options, login))
}

pub(crate) async fn run(context: Context, work: Work, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    if work.selection.is_done() {
        output::note("no failed repository in the list");
        return Ok(Exit::Worked);
    }
    let service = Service::open(&context, &work.selection.repositories_of_an_emulator()).await?;
    let result = if work.arguments.preview.is_set() {
        Box::pin(dry_run(&service, context.json, work)).await
    } else {
        Box::pin(start(&service, context.json, work, &mut interrupt)).await
    };
    service.close().await;
    result
}

/// Prints the requests instead of sending them.
async fn dry_run(service: &Service, json: bool, work: Work) -> Result<Exit, Failure> {
    let preview = work.arguments.preview;
    let mut requests = pin!(work.selection.requests(&service.client, &Limits::default(), work.options));
    while let Some(request) = requests.next().await {
        let request = request?;
        let call = service.client.start_sync(request.repository).options(request.options);
        preview.print(service, request.repository, call.preview().await?, json)?;
        if output::is_closed() {
            break;
        }
    }
    Ok(Exit::Worked)
}

async fn start(service: &Service, json: bool, work: Work, interrupt: &mut Interrupt) -> Result<Exit, Failure> {
    let Work { arguments, options, login, selection, timeout, concurrency, max_running, quota, metrics } = work;
    let calls_per_minute = quota.calls_per_minute();
    let concurrency = descriptors::make_room(concurrency);
    let mut settings = Many::default().concurrency(concurrency).max_running(max_running);
    if arguments.wait {
        settings = settings.wait(Wait::default().timeout(timeout));
    }
    let endpoint = service.client.endpoint();
    let journal = journal::open(&arguments.journaling, endpoint, selection.count(), arguments.wait).await?;
    if let Some(journal) = &journal {
        settings = settings.journal(Arc::clone(journal));
    }
    let mut run =
        Run::new(selection.count(), arguments.journaling.journal.is_some(), arguments.wait, json).metrics(metrics);
    let syncer = Syncer::with_quota(service.client.clone(), quota);
    if arguments.verify {
        let verifier = Verifier::with_limits(service.client.clone(), syncer.limits().clone());
        let verifier = verifier.branches(arguments.branches.into());
        let verifier = match login.for_git() {
            Some(credentials) => verifier.credentials(credentials),
            None => verifier,
        };
        run = run.verify(selection.add_credentials(verifier)?);
    }
    let requests = selection.requests(&service.client, syncer.limits(), options);
    let result = run.start(&syncer, requests, settings, interrupt).await;
    if let Some(metrics) = run.take_metrics() {
        let exit = result.as_ref().map_or_else(|failure| failure.exit, |exit| *exit);
        metrics.write(syncer.limits(), calls_per_minute, exit)?;
    }
    let exit = result?;
    journal::close(journal.as_deref(), exit == Exit::Interrupted).await?;
    if let Some(path) = arguments.journaling.journal.filter(|_| !run.verified().is_empty()) {
        journal::record(&path, endpoint, run.verified()).await?;
    }
    Ok(exit)
}
