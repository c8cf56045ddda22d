//! `verify --state`: verifies the mirrors of a fleet that are due, within a budget.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::time::Duration;

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Limits, Quota};
use codearts_repo_verify::{
    Candidate, FleetState, Moment, Plan, PlanSettings, RunSummary, StateError, StateFile, Task, Verifier,
};
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::budget::{Limit, Meter, Price};
use super::finding::{self, Unreachable};
use super::known::Known;
use super::repair::{Repaired, Repairs};
use super::result::{Verified, Word};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::text::{counted, timestamp};

/// How old a proof may become unless it is set.
pub(super) const DUE: Duration = Duration::from_secs(7 * 24 * 3600);

/// What a run with a state does.
#[derive(Debug)]
pub(super) struct Fleet {
    pub(super) path: PathBuf,
    pub(super) due: Duration,
    pub(super) limit: Limit,
    pub(super) price: Price,
    pub(super) repairs: Option<Repairs>,
    pub(super) prune: bool,
}

/// A repository of the list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) repository: RepositoryId,
    pub(super) name: Option<String>,
    /// Whether it comes from the service's list, which contains repositories without a mirror.
    pub(super) may_have_no_mirror: bool,
}

/// How a run ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) interrupted: bool,
    /// What is known now.
    pub(super) state: FleetState,
}

/// A run in progress.
pub(super) struct Run<'a> {
    fleet: &'a Fleet,
    verifier: &'a Verifier,
    meter: Meter,
    file: StateFile,
    plan: Plan,
    summary: RunSummary,
    list: HashMap<RepositoryId, Listed>,
    unreachable: Unreachable,
}

impl Fleet {
    /// Opens the state before anything is sent.
    pub(super) fn open(&self, endpoint: &str) -> Result<StateFile, Failure> {
        StateFile::open(&self.path, endpoint).map_err(|error| cannot_use(&error))
    }

    /// Plans a run for this list.
    fn plan(&self, state: &FleetState, list: &[Listed], quota: &Quota) -> Plan {
        let list: Vec<Candidate> = list.iter().map(|listed| Candidate::from(listed.repository)).collect();
        let budget = self.limit.calls(self.price, quota);
        let settings =
            PlanSettings { due: self.due, budget, cost: self.price.comparison, retry_cost: self.price.retry() };
        Plan::new(state, Moment::now(), &list, settings)
    }

    /// Warns if no sequence of runs can verify this many mirrors within the due time.
    fn warn_if_unreachable(&self, plan: &Plan, state: &FleetState, mirrors: u64, quota: &Quota) {
        let at_quota = quota.time_for(mirrors);
        let each_run = plan.tasks.len() as u64;
        let runs = if plan.left > 0 { mirrors.div_ceil(each_run.max(1)) } else { 1 };
        let at_pace = state.run_interval().map(|interval| interval * u32::try_from(runs).unwrap_or(u32::MAX));
        let needed = at_pace.filter(|_| runs > 1).unwrap_or_default().max(at_quota);
        if needed > self.due {
            let text = |time: Duration| humantime::format_duration(Duration::from_secs(time.as_secs())).to_string();
            output::note(format_args!(
                "--due {} is shorter than the {} that verifying {} takes; raise --due or the budget",
                text(self.due),
                text(needed),
                counted(mirrors, "mirror", "mirrors")
            ));
        }
    }
}

impl<'a> Run<'a> {
    /// Begins a run for this list.
    pub(super) fn begin(
        fleet: &'a Fleet,
        verifier: &'a Verifier,
        mut file: StateFile,
        list: &[Listed],
        (quota, limits): (&Quota, Limits),
    ) -> Result<Self, Failure> {
        let plan = fleet.plan(file.state(), list, quota);
        fleet.warn_if_unreachable(&plan, file.state(), list.len() as u64, quota);
        let listed: HashSet<RepositoryId> = list.iter().map(|listed| listed.repository).collect();
        let unlisted = file.state().mirrors().filter(|(known, _)| !listed.contains(known)).count() as u64;
        if fleet.prune {
            file.prune(&listed).map_err(|error| cannot_use(&error))?;
        } else if unlisted > 0 {
            let unlisted = counted(unlisted, "mirror of the state file is", "mirrors of the state file are");
            output::note(format_args!("{unlisted} not in the list; pass --prune to forget"));
        }
        let summary = file.begin_run(Moment::now()).map_err(|error| cannot_use(&error))?;
        let meter = Meter::new(fleet.limit, fleet.price, limits);
        let list = list.iter().map(|listed| (listed.repository, listed.clone())).collect();
        Ok(Self { fleet, verifier, meter, file, plan, summary, list, unreachable: Unreachable::default() })
    }

    /// How many mirrors this run verifies.
    pub(super) const fn count(&self) -> u64 {
        self.plan.tasks.len() as u64
    }

    /// Verifies what is due, and passes on each result.
    pub(super) async fn verify(
        mut self,
        concurrency: usize,
        interrupt: &mut Interrupt,
        mut report: impl FnMut(Verified) -> Result<(), Failure>,
    ) -> Result<Ended, Failure> {
        let (verifier, repairs) = (self.verifier, self.fleet.repairs.as_ref());
        let (meter, list) = (&self.meter, &self.list);
        let mut waiting: VecDeque<Task> = self.plan.tasks.iter().copied().collect();
        let mut in_flight = FuturesUnordered::new();
        let interrupted = loop {
            while in_flight.len() < concurrency && !waiting.is_empty() && meter.begin() {
                if let Some(listed) = waiting.pop_front().and_then(|task| list.get(&task.repository)) {
                    in_flight.push(verify(listed, verifier, repairs, meter));
                }
            }
            let result = tokio::select! {
                result = in_flight.next() => result,
                () = interrupt.next() => break true,
            };
            let Some(result) = result else { break false };
            let is_refused = finding::is_about_caller(&result);
            report(record(&mut self.file, &mut self.summary, &mut self.unreachable, result, self.fleet.due)?)?;
            if is_refused && !waiting.is_empty() {
                self.plan.left += waiting.len() as u64;
                waiting.clear();
                output::error("not authorized, so nothing more is verified; run `codearts-repo auth show` to check");
            }
        };
        self.plan.left += (waiting.len() + in_flight.len()) as u64;
        drop(in_flight);
        Ok(Ended { interrupted, state: self.end(report)? })
    }

    /// Reports the mirrors that are backing off, records the run, and prints what is left.
    fn end(mut self, mut report: impl FnMut(Verified) -> Result<(), Failure>) -> Result<FleetState, Failure> {
        for (repository, finding) in self.unreachable.take() {
            self.file.record(repository, None, &finding, Moment::now()).map_err(|error| cannot_use(&error))?;
        }
        for (repository, _) in &self.plan.backing_off {
            report(backing_off(&self.file, *repository, self.fleet.due))?;
        }
        self.print_left();
        let run = RunSummary {
            ended_at: Some(Moment::now()),
            backing_off: self.plan.backing_off.len() as u64,
            left: self.plan.left,
            calls: self.meter.used(),
            ..self.summary
        };
        self.file.end_run(run).map_err(|error| cannot_use(&error))?;
        let state = self.file.state().clone();
        self.file.close().map_err(|error| cannot_use(&error))?;
        Ok(state)
    }

    fn print_left(&self) {
        let Plan { left, not_due, .. } = self.plan;
        if not_due > 0 {
            output::note(format_args!("{} not due", counted(not_due, "mirror is", "mirrors are")));
        }
        if left == 0 {
            return;
        }
        let runs_left = self.plan.runs_left();
        let runs = counted(runs_left, "more run", "more runs");
        let pace = match self.file.state().run_interval() {
            Some(interval) => {
                let end = Moment::now() + interval * u32::try_from(runs_left).unwrap_or(u32::MAX);
                format!("{runs}, by {}", timestamp(end.into()))
            }
            None => runs,
        };
        let left = counted(left, "mirror is", "mirrors are");
        output::note(format_args!("{left} left for later runs; at this pace all are verified in {pace}"));
    }
}

/// Compares a mirror, and repairs it if it differs.
async fn verify(listed: &Listed, verifier: &Verifier, repairs: Option<&Repairs>, meter: &Meter) -> Verified {
    let found = Verified::of(listed.repository, listed.may_have_no_mirror, verifier).await;
    let (result, was_repaired) = match repairs {
        Some(repairs) if found.comparison.verdict == Word::Different => {
            if meter.begin_repair() {
                (repairs.run(found, verifier).await, true)
            } else {
                (Verified { repair: Some(Repaired::postponed()), ..found }, false)
            }
        }
        _ => (found, false),
    };
    meter.end(was_repaired);
    let name = result.name.or_else(|| listed.name.clone());
    Verified { name, ..result }
}

/// A mirror that this run does not verify, as far as it is known.
fn backing_off(file: &StateFile, repository: RepositoryId, due: Duration) -> Verified {
    let mirror = file.state().get(repository);
    let name = mirror.and_then(|mirror| mirror.name.as_deref()).map(str::to_owned);
    let state = mirror.map(|mirror| Known::of(mirror, due));
    Verified { name, state, ..Verified::without(repository, Word::BackingOff) }
}

/// Records a result and adds what is known now.
fn record(
    file: &mut StateFile,
    summary: &mut RunSummary,
    unreachable: &mut Unreachable,
    result: Verified,
    due: Duration,
) -> Result<Verified, Failure> {
    let finding = finding::of(&result);
    finding::count(summary, &result);
    let repository = result.repository_id;
    if unreachable.is_recorded_later(&result, &finding) {
        return Ok(result);
    }
    file.record(repository, result.name.as_deref(), &finding, Moment::now()).map_err(|error| cannot_use(&error))?;
    let state = file.state().get(repository).map(|mirror| Known::of(mirror, due));
    Ok(Verified { state, ..result })
}

fn cannot_use(error: &StateError) -> Failure {
    let exit = if matches!(error, StateError::Write { .. }) { Exit::Failed } else { Exit::Usage };
    Failure::from(crate::advice::with(error, error.advice())).with_exit(exit).at("--state")
}
