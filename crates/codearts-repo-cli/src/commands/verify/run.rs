//! `verify --state`: verifies the mirrors of a fleet that are due, within a budget, and repairs those that differ.

use std::collections::{HashMap, HashSet, VecDeque};

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Limits, Quota};
use codearts_repo_verify::{FleetState, Moment, Plan, RunSummary, StateFile, Task, Verifier};
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::book::Book;
use super::budget::Meter;
use super::finding;
use super::fleet::{Fleet, Listed, cannot_use};
use super::repair::Repaired;
use super::result::{Verified, Word};
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::text::{counted, timestamp};

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
    plan: Plan,
    list: HashMap<RepositoryId, Listed>,
    book: Book,
    /// How many mirrors this run began with, and how many are left, at its end.
    begun: u64,
    left: u64,
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
            output::note(format_args!("{unlisted} not in the list; pass --prune to remove such mirrors"));
        }
        let book = Book::begin(file, fleet.due)?;
        let meter = Meter::new(fleet.limit, fleet.price, limits);
        let list = list.iter().map(|listed| (listed.repository, listed.clone())).collect();
        Ok(Self { fleet, verifier, meter, plan, list, book, begun: 0, left: 0 })
    }

    /// How many mirrors this run verifies.
    pub(super) const fn count(&self) -> u64 {
        self.plan.tasks.len() as u64
    }

    /// Verifies what is due, repairs what differs, and passes on each result.
    ///
    /// A repair takes no calls from mirrors that are due: unless the plan has calls for it, it begins after all
    /// comparisons. Repairs have slots of their own, because they wait for the service.
    pub(super) async fn verify(
        mut self,
        concurrency: usize,
        interrupt: &mut Interrupt,
        mut report: impl FnMut(Verified) -> Result<(), Failure>,
    ) -> Result<Ended, Failure> {
        let (verifier, mut repairs) = (self.verifier, self.fleet.repairs.as_ref());
        let (meter, list) = (&self.meter, &self.list);
        // Calls that the plan does not need are for what did not fit into it.
        let mut waiting: VecDeque<Task> = self.plan.tasks.iter().chain(&self.plan.later).copied().collect();
        let all = waiting.len() as u64;
        let mut differing: VecDeque<Found> = VecDeque::new();
        let mut comparing = FuturesUnordered::new();
        let mut repairing = FuturesUnordered::new();
        let mut refused = 0;
        let interrupted = loop {
            while comparing.len() < concurrency
                && waiting.front().is_some_and(|task| meter.begin(task.is_retry))
                && let Some(task) = waiting.pop_front()
            {
                comparing.extend(list.get(&task.repository).map(|listed| compare(listed, task.is_retry, verifier)));
            }
            let may_repair = |found: &Found| found.is_retry || (waiting.is_empty() && meter.begin_repair());
            while let Some(repairs) = repairs.filter(|_| repairing.len() < concurrency)
                && differing.front().is_some_and(may_repair)
                && let Some(found) = differing.pop_front()
            {
                repairing.push(repairs.run(found.result, verifier));
            }
            if comparing.is_empty() && repairing.is_empty() {
                break false;
            }
            let result = tokio::select! {
                Some(found) = comparing.next() => {
                    let is_to_repair = repairs.is_some() && found.result.comparison.verdict == Word::Different;
                    meter.end_comparison(found.is_retry, is_to_repair);
                    if !is_to_repair {
                        found.result
                    } else {
                        let result = Verified { repair: Some(Repaired::postponed()), ..found.result };
                        self.book.write(&result)?;
                        let found = Found { result, ..found };
                        if found.is_retry { differing.push_front(found) } else { differing.push_back(found) }
                        continue;
                    }
                }
                Some(result) = repairing.next() => {
                    meter.end_repair();
                    result
                }
                () = interrupt.next() => break true,
            };
            let is_refused = finding::is_about_caller(&result);
            report(self.book.add(result)?)?;
            if is_refused && !(waiting.is_empty() && differing.is_empty()) {
                output::error("not authorized, so nothing more is verified; run `codearts-repo auth show` to check");
            }
            if is_refused {
                refused = std::mem::take(&mut waiting).len();
                repairs = None;
            }
        };
        self.left = (refused + waiting.len() + comparing.len() + repairing.len()) as u64;
        self.begun = all - (refused + waiting.len()) as u64;
        drop((comparing, repairing));
        for found in differing {
            report(self.book.add_written(found.result))?;
        }
        Ok(Ended { interrupted, state: self.end(report)? })
    }

    /// Reports the mirrors that are backing off, records the run, and prints what is left.
    fn end(self, mut report: impl FnMut(Verified) -> Result<(), Failure>) -> Result<FleetState, Failure> {
        for (repository, _) in &self.plan.backing_off {
            report(self.book.backing_off(*repository))?;
        }
        self.print_left();
        self.book.end(|summary| RunSummary {
            ended_at: Some(Moment::now()),
            backing_off: self.plan.backing_off.len() as u64,
            left: self.left,
            calls: self.meter.used(),
            ..summary
        })
    }

    fn print_left(&self) {
        let (left, not_due) = (self.left, self.plan.not_due);
        if not_due > 0 {
            output::note(format_args!("{} not due", counted(not_due, "mirror is", "mirrors are")));
        }
        if left == 0 {
            return;
        }
        let runs_left = left.div_ceil(self.begun.max(1));
        let runs = counted(runs_left, "more run", "more runs");
        let pace = match self.book.state().run_interval() {
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

/// What a comparison found.
struct Found {
    result: Verified,
    /// Whether the mirror failed before. The plan has calls for its repair.
    is_retry: bool,
}

async fn compare(listed: &Listed, is_retry: bool, verifier: &Verifier) -> Found {
    let result = Verified::of(listed.repository, listed.may_have_no_mirror, verifier).await;
    let name = result.name.or_else(|| listed.name.clone());
    Found { result: Verified { name, ..result }, is_retry }
}
