//! Which mirrors a run verifies: a pure function of the state, the time and the list.

use std::collections::HashSet;
use std::time::Duration;

use codearts_repo::RepositoryId;

use super::finding::FindingKind;
use super::moment::Moment;
use super::state::{DAY, FleetState, MirrorState};

/// Retries get one call of so many while other mirrors are due.
const SHARE: u64 = 10;

/// A mirror that a run may verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The mirror's repository.
    pub repository: RepositoryId,
    /// When it was last updated, if that is known. A proof that is older is out of date.
    pub updated_at: Option<Moment>,
}

impl From<RepositoryId> for Candidate {
    fn from(repository: RepositoryId) -> Self {
        Self { repository, updated_at: None }
    }
}

/// How a run is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanSettings {
    /// How old a proof may become.
    pub due: Duration,
    /// How many calls the run may make. `None` for any number.
    pub budget: Option<u64>,
    /// How many calls a mirror takes that is due.
    pub cost: u64,
    /// How many calls a mirror takes that failed before.
    pub retry_cost: u64,
}

/// What a run does.
///
/// - Mirrors that were never verified come first, then the oldest proofs.
/// - A mirror that failed before waits for its backoff. While others are due it takes its place by the time of its last
///   check, and all retries together take at most a tenth of the budget, rounded over several runs. What the others
///   leave is for retries.
///
/// With N mirrors that take c calls each and a budget of B calls, a multiple of c, each is verified within ⌈N·c/B⌉ runs
/// after it is due, however many of them are broken.
///
/// ```
/// use codearts_repo::RepositoryId;
/// use codearts_repo_verify::{Candidate, FleetState, Moment, Plan, PlanSettings};
/// use std::time::Duration;
///
/// let list = [1, 2, 3].map(|id| Candidate::from(RepositoryId::try_from(id).expect("in range")));
/// let settings = PlanSettings { due: Duration::from_secs(7 * 86_400), budget: Some(8), cost: 4, retry_cost: 12 };
/// let plan = Plan::new(&FleetState::default(), Moment::now(), &list, settings);
/// assert_eq!((plan.tasks.len(), plan.left, plan.runs_left()), (2, 1, 1));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Plan {
    /// The mirrors to verify, in this order.
    pub tasks: Vec<Task>,
    /// What does not fit into the budget. If the tasks took fewer calls than planned, go on with these, in this order:
    /// those that are due come first.
    pub later: Vec<Task>,
    /// The calls that the tasks take.
    pub calls: u64,
    /// Mirrors that are due, or could be retried, and do not fit into the budget.
    pub left: u64,
    /// Mirrors that are backing off, and until when.
    pub backing_off: Vec<(RepositoryId, Moment)>,
    /// Mirrors whose proof is recent, and repositories that were found to have no mirror.
    pub not_due: u64,
}

/// A mirror to verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Task {
    /// The mirror's repository.
    pub repository: RepositoryId,
    /// Whether it failed before.
    pub is_retry: bool,
}

/// A mirror that is due or could be retried, and when it was last proven or verified.
type Waiting = (Option<Moment>, RepositoryId);

/// Whether a mirror is to be verified now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is due. It was last proven at this time, if ever.
    Due(Option<Moment>),
    /// It failed before, at this time, and its backoff is over.
    Retry(Option<Moment>),
    /// It failed before and waits until this time.
    BackingOff(Moment),
    /// Its proof is recent.
    NotDue,
}

impl Standing {
    /// Whether a mirror is to be verified at this time, if proofs may be `due` old. None is one that is not known yet.
    ///
    /// A time more than a day in the future is a mistake of the clock and is not relied on.
    #[must_use]
    pub fn of(mirror: Option<&MirrorState>, updated_at: Option<Moment>, now: Moment, due: Duration) -> Self {
        let Some(mirror) = mirror else { return Self::Due(None) };
        if mirror.failures > 0 {
            return match mirror.backing_off_until {
                Some(until) if until > now && until.since(now) <= DAY => Self::BackingOff(until),
                _ => Self::Retry(mirror.checked_at),
            };
        }
        let since = if mirror.finding == Some(FindingKind::NoMirror) { mirror.checked_at } else { mirror.proven_at };
        match since {
            Some(time) if now.since(time) < due && time.since(now) <= DAY && updated_at.is_none_or(|at| at <= time) => {
                Self::NotDue
            }
            since => Self::Due(since),
        }
    }
}

impl Plan {
    /// Plans a run. A mirror that is listed twice counts once.
    #[must_use]
    pub fn new(state: &FleetState, now: Moment, list: &[Candidate], settings: PlanSettings) -> Self {
        let mut plan = Self::default();
        let (mut due, mut retries) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for candidate in list.iter().filter(|candidate| seen.insert(candidate.repository)) {
            let Candidate { repository, updated_at } = *candidate;
            match Standing::of(state.get(repository), updated_at, now, settings.due) {
                Standing::Due(since) => due.push((since, repository)),
                Standing::Retry(since) => retries.push((since, repository)),
                Standing::BackingOff(until) => plan.backing_off.push((repository, until)),
                Standing::NotDue => plan.not_due += 1,
            }
        }
        due.sort_unstable();
        retries.sort_unstable();
        plan.fill(&due, &retries, Budget::new(settings, state.run_count()));
        plan
    }

    /// Takes tasks from both lists until the budget is used up.
    fn fill<'a>(&mut self, mut due: &'a [Waiting], mut retries: &'a [Waiting], mut budget: Budget) {
        loop {
            let is_retry = match (due.first(), retries.first()) {
                (None, None) => break,
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (Some(due), Some(retry)) => retry.0 <= due.0 && budget.has_share_for_retry(),
            };
            if !budget.take(is_retry) {
                break;
            }
            let list = if is_retry { &mut retries } else { &mut due };
            if let Some(((_, repository), rest)) = list.split_first() {
                self.tasks.push(Task { repository: *repository, is_retry });
                *list = rest;
            }
        }
        let task = |is_retry| move |(_, repository): &Waiting| Task { repository: *repository, is_retry };
        self.later = due.iter().map(task(false)).chain(retries.iter().map(task(true))).collect();
        self.left = self.later.len() as u64;
        self.calls = budget.spent;
    }

    /// How many more runs like this one take up the mirrors that are left.
    #[must_use]
    pub fn runs_left(&self) -> u64 {
        self.left.div_ceil((self.tasks.len() as u64).max(1))
    }
}

/// What is left of the budget.
struct Budget {
    limit: u64,
    cost: u64,
    retry_cost: u64,
    spent: u64,
    retries: u64,
    /// How many retries this run may make while other mirrors are due.
    retry_limit: u64,
}

impl Budget {
    fn new(settings: PlanSettings, runs: u64) -> Self {
        let limit = settings.budget.unwrap_or(u64::MAX);
        // A retry that takes more than a whole budget would never be made.
        let retry_cost = settings.retry_cost.min(limit).max(1);
        // A tenth of all budgets so far, rounded down, less that of the earlier runs.
        let after = |runs: u64| u128::from(limit) * u128::from(runs) / u128::from(SHARE) / u128::from(retry_cost);
        let retry_limit = u64::try_from(after(runs + 1) - after(runs)).unwrap_or(u64::MAX);
        Self { limit, cost: settings.cost.max(1), retry_cost, spent: 0, retries: 0, retry_limit }
    }

    /// Whether one more retry is within the share of retries. They are spread over the run, which may end early.
    fn has_share_for_retry(&self) -> bool {
        self.retries < self.retry_limit
            && self.limit - self.spent >= self.retry_cost
            && self.spent >= self.retries.saturating_mul(self.retry_cost).saturating_mul(SHARE)
    }

    /// Spends the calls of one mirror, if there are enough.
    fn take(&mut self, is_retry: bool) -> bool {
        let cost = if is_retry { self.retry_cost } else { self.cost };
        let spent = self.spent.checked_add(cost).filter(|spent| *spent <= self.limit);
        let Some(spent) = spent else { return false };
        self.spent = spent;
        self.retries += u64::from(is_retry);
        true
    }
}
