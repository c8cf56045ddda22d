//! `status`: the state of one mirror in full, or of many in a table.

mod row;
mod summary;

use std::pin::pin;
use std::time::{Duration, SystemTime};

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Limits, Operation, Quota};
use futures_util::stream::StreamExt;

use super::selection::Selection;
use crate::arguments::{Pace, Status};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::metrics::Metrics;
use crate::replaced_file::ReplacedFile;
use crate::service::Service;
use crate::{output, progress_bar};
pub(super) use row::Row;
use summary::Summary;

/// What to do, checked before anything is sent.
#[derive(Debug)]
pub(crate) enum Work {
    One(RepositoryId),
    Many(Box<Many>),
}

/// Many mirrors.
#[derive(Debug)]
pub(crate) struct Many {
    selection: Selection,
    problems: bool,
    max_age: Option<Duration>,
    concurrency: usize,
    quota: Quota,
    metrics: Option<Metrics>,
    html: Option<ReplacedFile>,
}

impl Work {
    pub(crate) fn of(context: &Context, arguments: Status) -> Result<Self, Failure> {
        if let [repository] = arguments.selection.repositories[..]
            && arguments.max_age.is_none()
            && arguments.metrics.is_none()
            && arguments.html.is_none()
        {
            if arguments.problems {
                let advice = "pass several IDs, --file, --all or --project, or set --max-age";
                return Err(Failure::usage("--problems needs a list", advice));
            }
            return Ok(Self::One(repository));
        }
        let pace = Pace { rate: arguments.rate.clone(), concurrency: arguments.concurrency, ..Pace::default() };
        Ok(Self::Many(Box::new(Many {
            selection: Selection::to_read(&arguments.selection, &arguments.listing, false)?,
            problems: arguments.problems,
            max_age: arguments.max_age,
            concurrency: context.settings.concurrency(&pace)?.value,
            quota: context.settings.rate(&pace)?.value.quota,
            html: arguments.html.as_deref().map(|path| ReplacedFile::create(path, "--html", "the page")).transpose()?,
            metrics: arguments.metrics.as_deref().map(|path| Metrics::create(path, "status")).transpose()?,
        })))
    }
}

pub(crate) async fn run(context: Context, work: Many, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open(&context, &work.selection.repositories_of_an_emulator()).await?;
    let result = show(&service.client, context.json, work, &mut interrupt).await;
    service.close().await;
    result
}

async fn show(client: &Client, json: bool, work: Many, interrupt: &mut Interrupt) -> Result<Exit, Failure> {
    let Many { selection, problems, max_age, concurrency, quota, metrics, html } = work;
    let calls_per_minute = quota.calls_per_minute();
    let limits = Limits::new(quota);
    let (total, listed) = (selection.count(), selection.is_listed());
    let bar = progress_bar::new(total);
    let mut summary = Summary::new(problems);
    let read = |selected: Result<(RepositoryId, Option<String>), Failure>| {
        let limits = limits.clone();
        async move {
            let (id, name) = selected?;
            let policy = client.retry_policy();
            let answer = limits.call_retrying(Operation::ShowMirror, policy, || client.show_mirror(id)).await;
            let now = client.service_time().unwrap_or_else(SystemTime::now);
            let caller_refused = answer.as_ref().is_err_and(codearts_repo::Error::refuses_caller);
            Ok::<_, Failure>((caller_refused, Row::of(id, name, answer, listed, now, max_age)))
        }
    };
    let mut rows = pin!(selection.repositories(client, &limits).map(read).buffer_unordered(concurrency));
    let mut failure = None;
    let interrupted = loop {
        let next = tokio::select! {
            next = rows.next() => next,
            () = interrupt.next() => break true,
        };
        match next {
            None => break false,
            Some(Err(list_failure)) => failure = Some(list_failure),
            Some(Ok((caller_refused, row))) => {
                if json && (row.is_problem() || !problems) {
                    output::json(&row)?;
                }
                if caller_refused {
                    // Every other call would be refused as well.
                    failure = row.failure();
                    break false;
                }
                if let Some(metrics) = &metrics {
                    metrics.mirror(row.metrics());
                }
                summary.add(row);
                if let Some(bar) = &bar {
                    bar.set_message(summary.to_string());
                    bar.set_position(summary.count());
                }
            }
        }
    };
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    if !json {
        summary.print_table()?;
    }
    summary.print(total);
    if let Some(html) = html {
        html.write(&summary.page().to_string())?;
    }
    let result = match failure {
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
