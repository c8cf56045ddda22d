//! `verify`: compares mirrors with their sources, ref by ref.

mod cost;
mod report;
mod result;
mod summary;

use std::pin::pin;

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Limits, Quota};
use codearts_repo_verify::Verifier;
use futures_util::stream::StreamExt;

use super::selection::Selection;
use crate::arguments::{Pace, Verify};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::metrics::Metrics;
use crate::secrets::{Login, PasswordSource};
use crate::service::Service;
use crate::settings::table;
use crate::{output, progress_bar};
pub(super) use cost::Cost;
use report::Report;
pub(crate) use result::{Comparison, Verified, Word};
use summary::Summary;

/// How many mirrors are compared at once, each with a git of its own.
const AT_ONCE: usize = 16;

/// What to do, checked as far as possible before anything is sent.
#[derive(Debug)]
pub(crate) struct Work {
    arguments: Verify,
    selection: Selection,
    login: Login,
    quota: Quota,
    report: Option<Report>,
    metrics: Option<Metrics>,
}

impl Work {
    pub(crate) fn of(context: &Context, arguments: Verify) -> Result<Self, Failure> {
        let pace = Pace { rate: arguments.rate.clone(), ..Pace::default() };
        let username = context.settings.text(&table::REMOTE_USERNAME, arguments.remote_username.clone())?;
        let password = PasswordSource::of(arguments.remote_password_stdin, arguments.empty_remote_password);
        Ok(Self {
            selection: Selection::to_read(&arguments.selection, &arguments.listing, arguments.remote_password_stdin)?,
            login: Login::of(username.map(|setting| setting.value), password)?,
            quota: context.settings.rate(&pace)?.value.quota,
            metrics: arguments.metrics.as_deref().map(|path| Metrics::create(path, "verify")).transpose()?,
            report: arguments.report.as_deref().map(Report::create).transpose()?,
            arguments,
        })
    }
}

pub(crate) async fn run(context: Context, work: Work, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    if work.arguments.dry_run {
        let mirrors = work.selection.count().unwrap_or(0);
        Cost::of(mirrors, work.arguments.branches.into(), &work.quota).print(context.json)?;
        return Ok(Exit::Worked);
    }
    let service = Service::open(&context, &work.selection.repositories_of_an_emulator()).await?;
    let result = compare(&service, context.json, work, &mut interrupt).await;
    service.close().await;
    result
}

async fn compare(service: &Service, json: bool, work: Work, interrupt: &mut Interrupt) -> Result<Exit, Failure> {
    let Work { arguments, selection, login, quota, mut report, metrics } = work;
    let calls_per_minute = quota.calls_per_minute();
    let limits = Limits::new(quota);
    let mut verifier =
        Verifier::with_limits(service.client.clone(), limits.clone()).branches(arguments.branches.into());
    if let Some(credentials) = login.for_git() {
        verifier = verifier.credentials(credentials);
    }
    if let Some(timeout) = arguments.timeout {
        verifier = verifier.timeout(timeout);
    }
    let listed = selection.is_listed();
    let mut summary = Summary::new(selection.count());
    let verify = |selected: Result<(RepositoryId, _), Failure>| {
        let verifier = verifier.clone();
        async move { Ok::<_, Failure>(Verified::of(selected?.0, listed, &verifier).await) }
    };
    let ids = selection.repositories(&service.client, &limits);
    let mut results = pin!(ids.map(verify).buffer_unordered(arguments.concurrency.unwrap_or(AT_ONCE)));
    let bar = progress_bar::new(summary.total());
    let mut list_failure = None;
    let interrupted = loop {
        let result = tokio::select! {
            result = results.next() => result,
            () = interrupt.next() => break true,
        };
        match result {
            None => break false,
            Some(Err(failure)) => list_failure = Some(failure),
            Some(Ok(result)) => {
                if json {
                    output::json(&result)?;
                }
                if let Some(report) = &mut report {
                    report.add(&result);
                }
                if let Some(metrics) = &metrics {
                    metrics.mirror(result.metrics());
                }
                summary.add(result);
                if let Some(bar) = &bar {
                    bar.set_message(summary.counts());
                    bar.set_position(summary.count());
                }
            }
        }
    };
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    if let Some(report) = report {
        report.write()?;
    }
    if !json {
        summary.print_table()?;
    }
    summary.print();
    let result = match list_failure {
        _ if interrupted => Ok(Exit::Interrupted),
        Some(failure) => Err(failure),
        None => Ok(summary.exit()),
    };
    if let Some(metrics) = metrics {
        let exit = result.as_ref().map_or_else(|failure| failure.exit, |exit| *exit);
        metrics.write(&limits, calls_per_minute, exit)?;
    }
    result
}
