//! `--budget` and `--calls`: when a run with a state ends.

use std::cell::Cell;
use std::time::{Duration, Instant};

use codearts_repo_sync::{Limits, Operation, Quota};
use codearts_repo_verify::Branches;

use crate::failure::Failure;
use crate::text::counted;

/// The operations that a run calls.
const OPERATIONS: [Operation; 6] = [
    Operation::StartSync,
    Operation::ShowMirror,
    Operation::ShowRepository,
    Operation::ShowBranch,
    Operation::ListBranches,
    Operation::ListTags,
];

/// The calls of a repair besides those of a comparison: reading the mirror, the start, and a few polls.
const REPAIR: u64 = 6;

/// How much a run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    None,
    Time(Duration),
    Calls(u64),
}

/// The calls of one mirror, as far as they are known before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price {
    pub(super) comparison: u64,
    pub(super) repair: u64,
}

impl Price {
    pub(super) const fn of(branches: Branches, repairs: bool) -> Self {
        let comparison = match branches {
            Branches::Default => 4,
            Branches::All => 5,
        };
        Self { comparison, repair: if repairs { comparison + REPAIR } else { 0 } }
    }

    /// The calls of a mirror that failed before, and is likely to need a repair.
    pub(super) const fn retry(self) -> u64 {
        self.comparison + self.repair
    }
}

impl Limit {
    /// The calls that a run can make, for the planner.
    pub(super) fn calls(self, price: Price, quota: &Quota) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Calls(calls) => Some(calls),
            Self::Time(time) => {
                // Each operation has a quota of its own, and a comparison calls each once.
                let each = quota.time_for(1);
                let mirrors = (!each.is_zero()).then(|| (time.as_secs_f64() / each.as_secs_f64()) as u64)?;
                Some(mirrors.max(1).saturating_mul(price.comparison))
            }
        }
    }

    /// Refuses a budget that is less than one mirror takes, with its repair if there are repairs.
    pub(super) fn check(self, price: Price) -> Result<(), Failure> {
        let Self::Calls(calls) = self else { return Ok(()) };
        let least = price.retry();
        if calls >= least {
            return Ok(());
        }
        let repair = if price.repair > 0 { " with its repair" } else { "" };
        let calls = counted(calls, "call is", "calls are");
        let what = format!("{calls} less than one mirror{repair} takes");
        Err(Failure::usage(what, format!("use at least {least}")).at("--calls"))
    }
}

/// What a run has used of its budget.
#[derive(Debug)]
pub(super) struct Meter {
    limit: Limit,
    price: Price,
    limits: Limits,
    start: Instant,
    /// Calls that mirrors in flight may still make.
    reserved: Cell<u64>,
}

impl Meter {
    pub(super) fn new(limit: Limit, price: Price, limits: Limits) -> Self {
        Self { limit, price, limits, start: Instant::now(), reserved: Cell::new(0) }
    }

    /// The calls that were sent.
    pub(super) fn used(&self) -> u64 {
        OPERATIONS.into_iter().map(|operation| self.limits.usage(operation).calls).sum()
    }

    /// Reserves the calls for one more mirror, if there are enough. A mirror that failed before may need a repair.
    pub(super) fn begin(&self, is_retry: bool) -> bool {
        self.reserve(self.price_of(is_retry))
    }

    /// Reserves the calls for a repair, if there are enough.
    pub(super) fn begin_repair(&self) -> bool {
        self.reserve(self.price.repair)
    }

    const fn price_of(&self, is_retry: bool) -> u64 {
        if is_retry { self.price.retry() } else { self.price.comparison }
    }

    fn reserve(&self, calls: u64) -> bool {
        let fits = match self.limit {
            Limit::None => true,
            Limit::Time(time) => self.start.elapsed() < time,
            Limit::Calls(limit) => self.used() + self.reserved.get() + calls <= limit,
        };
        if fits {
            self.reserved.set(self.reserved.get() + calls);
        }
        fits
    }

    /// Releases what was reserved for a mirror, except for the repair of one that failed before and follows now.
    pub(super) fn end_comparison(&self, is_retry: bool, is_to_repair: bool) {
        self.release(if is_to_repair { self.price.comparison } else { self.price_of(is_retry) });
    }

    /// Releases what was reserved for a repair.
    pub(super) fn end_repair(&self) {
        self.release(self.price.repair);
    }

    fn release(&self, calls: u64) {
        self.reserved.set(self.reserved.get().saturating_sub(calls));
    }
}
