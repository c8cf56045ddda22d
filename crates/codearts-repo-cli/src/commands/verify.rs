//! `verify`: compares mirrors with their sources, ref by ref.

mod book;
mod budget;
mod cost;
mod finding;
mod fleet;
mod known;
mod page;
mod repair;
mod report;
mod result;
mod results;
mod run;
mod summary;

use std::pin::pin;

use codearts_repo::{RepositoryId, SyncOptions};
use codearts_repo_sync::{Limits, Quota, ServiceTime, Wait};
use codearts_repo_verify::{Moment, Verifier};
use futures_util::stream::{Stream, StreamExt, TryStreamExt};

use super::selection::Selection;
use crate::arguments::{self, HowToRepair, Pace, Verify};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::metrics::Metrics;
use crate::replaced_file::ReplacedFile;
use crate::secrets::{Login, PasswordSource};
use crate::service::Service;
use crate::settings::table;
use budget::{Limit, Price};
pub(super) use cost::Cost;
use fleet::{DUE, Fleet, Listed};
use repair::Repairs;
use report::Report;
pub(crate) use result::{Comparison, Verified, Word};
use results::Results;
use run::Run;

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
    html: Option<ReplacedFile>,
    /// With a state.
    fleet: Option<Fleet>,
}

impl Work {
    pub(crate) fn of(context: &Context, arguments: Verify) -> Result<Self, Failure> {
        let pace = Pace { rate: arguments.rate.clone(), ..Pace::default() };
        let username = context.settings.text(&table::REMOTE_USERNAME, arguments.remote_username.clone())?;
        let password = PasswordSource::of(arguments.remote_password_stdin, arguments.empty_remote_password);
        let selection = Selection::to_read(&arguments.selection, &arguments.listing, arguments.remote_password_stdin)?;
        let login = Login::of(username.map(|setting| setting.value), password)?;
        Ok(Self {
            fleet: fleet_of(context, &arguments, &login, &selection)?,
            selection,
            login,
            quota: context.settings.rate(&pace)?.value.quota,
            metrics: arguments.metrics.as_deref().map(|path| Metrics::create(path, "verify")).transpose()?,
            html: arguments.html.as_deref().map(|path| ReplacedFile::create(path, "--html", "the page")).transpose()?,
            report: arguments.report.as_deref().map(Report::create).transpose()?,
            arguments,
        })
    }
}

/// What the options of a fleet ask for. None without a state.
fn fleet_of(
    context: &Context,
    arguments: &Verify,
    login: &Login,
    selection: &Selection,
) -> Result<Option<Fleet>, Failure> {
    let arguments::Fleet { state, due, budget, calls, repair, prune } = arguments.fleet.clone();
    let Some(path) = state else { return Ok(None) };
    let price = Price::of(arguments.branches.into(), repair.is_some());
    let limit = match (budget, calls) {
        (Some(time), _) => Limit::Time(time),
        (None, Some(calls)) => Limit::Calls(calls),
        (None, None) => Limit::None,
    };
    limit.check(price)?;
    let timeout = context.settings.timeout(&Pace::default())?.value;
    let repairs = repair.map(|how| {
        let mut options = SyncOptions::new();
        if let Some(credentials) = login.for_service() {
            options = options.remote_credentials(credentials);
        }
        if how == HowToRepair::Force {
            options = options.force_fetch(true);
        }
        let options_of_lines = selection.options_of_lines(&options)?;
        Ok::<_, Failure>(Repairs { options, options_of_lines, wait: Wait::default().timeout(timeout) })
    });
    let repairs = repairs.transpose()?;
    Ok(Some(Fleet { path, due: due.unwrap_or(DUE), limit, price, repairs, prune }))
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
    let concurrency = work.arguments.concurrency.unwrap_or(AT_ONCE);
    let Work { arguments, selection, login, quota, report, metrics, html, fleet } = work;
    let calls_per_minute = quota.calls_per_minute();
    let limits = Limits::new(quota.clone());
    let mut verifier =
        Verifier::with_limits(service.client.clone(), limits.clone()).branches(arguments.branches.into());
    if let Some(credentials) = login.for_git() {
        verifier = verifier.credentials(credentials);
    }
    verifier = selection.add_credentials(verifier)?;
    if let Some(timeout) = arguments.timeout {
        verifier = verifier.timeout(timeout);
    }
    let (mut results, result, page) = match fleet {
        Some(fleet) => {
            let file = fleet.open(service.client.endpoint().as_str())?;
            let list = list(selection, service, &limits);
            let list = tokio::select! {
                list = list => list?,
                () = interrupt.next() => return Ok(Exit::Interrupted),
            };
            let run = Run::begin(&fleet, &verifier, file, &list, (&quota, limits.clone()))?;
            let mut results = Results::new(json, report, metrics, Some(run.count())).with_state();
            let ended = run.verify(concurrency, interrupt, |result| results.add(result)).await;
            let state = ended.as_ref().ok().map(|ended| &ended.state);
            if let Some(state) = state {
                results.add_state(state, &list);
            }
            let page = state.map(|state| page::of_state(state, &list, fleet.due, Moment::now()));
            (results, ended.map(|ended| ended.interrupted), page)
        }
        None => {
            let mut results = Results::new(json, report, metrics, selection.count());
            let listed = selection.is_listed();
            let list = selection.repositories(&service.client, &limits);
            let results_of = verify_all(list, listed, &verifier, concurrency);
            let result = print_all(results_of, interrupt, &mut results).await;
            let page = html.as_ref().map(|_| results.page());
            (results, result, page)
        }
    };
    if let (Some(html), Some(page)) = (html, page) {
        html.write(&page.to_string())?;
    }
    let printed = results.print();
    let result = match (result, printed) {
        (Ok(true), Ok(_)) => Ok(Exit::Interrupted),
        (Ok(false), Ok(exit)) => Ok(exit),
        (Err(failure), _) | (Ok(_), Err(failure)) => Err(failure),
    };
    results.write_metrics(&limits, calls_per_minute, &result)?;
    result
}

/// The whole list. A part of it would look like a smaller fleet.
async fn list(selection: Selection, service: &Service, limits: &Limits) -> Result<Vec<Listed>, Failure> {
    let may_have_no_mirror = selection.is_listed();
    let listed = |(repository, name, updated_at): (_, _, Option<String>)| {
        // A time without an offset from UTC is a range. A mirror is due if all of it is after the proof.
        let updated_at = updated_at.and_then(|time| ServiceTime::parse(&time)).map(|time| time.earliest().into());
        Listed { repository, name, updated_at, may_have_no_mirror }
    };
    selection.repositories_with_times(&service.client, limits).map_ok(listed).try_collect().await
}

/// Verifies every mirror of a list.
fn verify_all(
    list: impl Stream<Item = Result<(RepositoryId, Option<String>), Failure>>,
    listed: bool,
    verifier: &Verifier,
    concurrency: usize,
) -> impl Stream<Item = Result<Verified, Failure>> {
    let verify = move |selected: Result<(RepositoryId, Option<String>), Failure>| async move {
        let (repository, name) = selected?;
        let result = Verified::of(repository, listed, verifier).await;
        Ok(Verified { name: result.name.or(name), ..result })
    };
    list.map(verify).buffer_unordered(concurrency)
}

/// Prints the results as they come. Returns whether it was interrupted.
async fn print_all(
    compared: impl Stream<Item = Result<Verified, Failure>>,
    interrupt: &mut Interrupt,
    results: &mut Results,
) -> Result<bool, Failure> {
    let mut compared = pin!(compared);
    let mut list_failure = None;
    loop {
        let result = tokio::select! {
            result = compared.next() => result,
            () = interrupt.next() => return Ok(true),
        };
        match result {
            None => return list_failure.map_or(Ok(false), Err),
            Some(Err(failure)) => list_failure = Some(failure),
            Some(Ok(result)) => results.add(result)?,
        }
    }
}
