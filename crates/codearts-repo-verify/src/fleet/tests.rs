//! What the planner promises, over many runs.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use codearts_repo::RepositoryId;
use proptest::prelude::*;

use super::*;

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;
const COST: u64 = 4;

fn id(number: u32) -> RepositoryId {
    RepositoryId::try_from(number).expect("in range")
}

fn list(mirrors: u32) -> Vec<Candidate> {
    (1..=mirrors).map(|number| id(number).into()).collect()
}

/// Runs of a fleet, each an hour after the one before.
struct Simulation {
    state: FleetState,
    list: Vec<Candidate>,
    settings: PlanSettings,
    now: u64,
    /// In which run each mirror was last verified.
    verified: HashMap<RepositoryId, u64>,
}

impl Simulation {
    fn new(mirrors: u32, budget: u64, retry_cost: u64, due: u64) -> Self {
        let settings = PlanSettings { due: Duration::from_secs(due), budget: Some(budget), cost: COST, retry_cost };
        let (state, verified) = (FleetState::default(), HashMap::new());
        Self { state, list: list(mirrors), settings, now: 1_700_000_000, verified }
    }

    fn run(&mut self, is_broken: impl Fn(RepositoryId) -> bool) -> Plan {
        let now = Moment::from_seconds(self.now);
        let plan = Plan::new(&self.state, now, &self.list, self.settings);
        let run = self.state.begin_run(now);
        for (place, task) in plan.tasks.iter().enumerate() {
            let kind = if is_broken(task.repository) { FindingKind::Different } else { FindingKind::Equal };
            // Some mirrors are verified in the same second, and some are not.
            let now = Moment::from_seconds(self.now + place as u64 / 10);
            self.state.record(task.repository, &Finding::new(kind), now);
            self.verified.insert(task.repository, run.number);
        }
        self.now += HOUR;
        plan
    }
}

#[test]
fn each_mirror_is_proven_within_its_runs_whatever_share_is_broken() {
    let (mirrors, budget) = (1000_u32, 400);
    let promised = (u64::from(mirrors) * COST).div_ceil(budget);
    // Without and with repairs.
    for (broken, retry_cost) in
        [0, 10, 50, 100, 500, 900, 990].into_iter().flat_map(|broken| [(broken, COST), (broken, 14)])
    {
        let is_broken = |repository: RepositoryId| repository.get() % 1000 < broken;
        // Proofs are due again at once, which is the most work there can be.
        let mut fleet = Simulation::new(mirrors, budget, retry_cost, 1);
        for run in 1..=5 * promised {
            let plan = fleet.run(is_broken);
            assert!(plan.calls <= budget);
            for candidate in fleet.list.iter().filter(|candidate| !is_broken(candidate.repository)) {
                let last = fleet.verified.get(&candidate.repository).copied().unwrap_or(0);
                assert!(run - last <= promised, "{broken} broken, run {run}: {candidate:?} was last proven in {last}");
            }
        }
        assert_eq!(fleet.verified.len(), mirrors as usize);
    }
}

#[test]
fn retries_take_what_is_left_when_nothing_is_due() {
    let mut fleet = Simulation::new(100, 400, 12, 7 * DAY);
    fleet.run(|_| true);
    fleet.now += HOUR;
    let plan = fleet.run(|_| true);
    assert_eq!((plan.tasks.len(), plan.calls, plan.left), (33, 396, 67));
    assert!(plan.tasks.iter().all(|task| task.is_retry));
}

#[test]
fn retries_get_their_share_of_budgets_that_are_smaller_than_it() {
    // A tenth of 8 calls is less than one mirror takes.
    let mut fleet = Simulation::new(10, 8, COST, 1);
    let mut retries = 0;
    for _ in 0..100 {
        retries += fleet.run(|repository| repository.get() == 1).tasks.iter().filter(|task| task.is_retry).count();
    }
    // As many as the backoff, which soon is a day, allows in 100 hours.
    assert!((5..=10).contains(&retries), "{retries}");
}

#[test]
fn the_order_is_never_proven_first_then_the_oldest_proof() {
    let mut state = FleetState::default();
    let equal = Finding::new(FindingKind::Equal);
    for (number, day) in [(1, 3), (2, 1), (3, 2), (4, 9)] {
        state.record(id(number), &equal, Moment::from_seconds(day * DAY));
    }
    state.record(id(6), &Finding::new(FindingKind::NoMirror), Moment::from_seconds(9 * DAY));
    let settings = PlanSettings { due: Duration::from_secs(7 * DAY), budget: None, cost: COST, retry_cost: COST };
    let plan = Plan::new(&state, Moment::from_seconds(10 * DAY), &list(6), settings);
    let order: Vec<_> = plan.tasks.iter().map(|task| task.repository.get()).collect();
    assert_eq!((order.as_slice(), plan.not_due), ([5, 2, 3, 1].as_slice(), 2));
    let updated = Candidate { repository: id(4), updated_at: Some(Moment::from_seconds(9 * DAY + 1)) };
    let plan = Plan::new(&state, Moment::from_seconds(10 * DAY), &[updated, updated], settings);
    assert_eq!(plan.tasks, [Task { repository: id(4), is_retry: false }]);
}

#[test]
fn a_mirror_that_backs_off_is_named_and_not_verified() {
    let mut state = FleetState::default();
    state.record(id(1), &Finding::new(FindingKind::Failed), Moment::from_seconds(DAY));
    let settings = PlanSettings { due: Duration::from_secs(1), budget: None, cost: COST, retry_cost: COST };
    let plan = |hours: u64| Plan::new(&state, Moment::from_seconds(DAY + hours * HOUR), &list(1), settings);
    assert_eq!(plan(0).backing_off, [(id(1), Moment::from_seconds(DAY + HOUR))]);
    assert_eq!(plan(1).tasks, [Task { repository: id(1), is_retry: true }]);
}

/// What happens between two runs: the clock goes on, or jumps a day either way.
fn step() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 1..i64::try_from(4 * HOUR).expect("small"), 1 => Just(-86_400), 1 => Just(86_400)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_budget_is_kept_and_retries_take_a_tenth_while_others_are_due(
        mirrors in 1_u32..200, budget in COST..400, retry_cost in COST..40, broken in 0_u64..=100, due in 1..3 * DAY,
    ) {
        let mut fleet = Simulation::new(mirrors, budget, retry_cost, due);
        let is_broken = |repository: RepositoryId| u64::from(repository) * 37 % 101 < broken;
        for _ in 0..30 {
            let plan = fleet.run(is_broken);
            let retry_cost = retry_cost.min(budget);
            let retries = plan.tasks.iter().filter(|task| task.is_retry).count() as u64;
            let others = plan.tasks.len() as u64 - retries;
            prop_assert!(plan.calls <= budget);
            prop_assert_eq!(plan.calls, retries * retry_cost + others * COST);
            let is_due_left = plan.left > 0 && !plan.tasks.last().is_some_and(|task| task.is_retry);
            if is_due_left && others > 0 {
                prop_assert!(retries * retry_cost <= budget / 10 + retry_cost, "{retries} of {budget}");
            }
            let known = plan.tasks.len() as u64 + plan.left + plan.backing_off.len() as u64 + plan.not_due;
            prop_assert_eq!(known, u64::from(mirrors), "each mirror has its place");
        }
    }

    #[test]
    fn no_mirror_starves(mirrors in 1_u32..60, budget in COST..80, retry_cost in COST..12, broken in 0_u64..=100) {
        let mut fleet = Simulation::new(mirrors, budget, retry_cost, 1);
        let is_broken = |repository: RepositoryId| u64::from(repository) * 37 % 101 < broken;
        // In so many runs even the tenth of the budget verifies all.
        let retries = (u64::from(mirrors) * retry_cost * 10).div_ceil(budget);
        let runs = 4 * retries + 30;
        let mut first = BTreeMap::new();
        for run in 1..=2 * runs {
            for task in fleet.run(is_broken).tasks {
                first.insert(task.repository, run);
            }
        }
        for candidate in &fleet.list {
            let last = first.get(&candidate.repository).copied().unwrap_or(0);
            prop_assert!(last > runs, "{candidate:?} was last verified in run {last} of {}", 2 * runs);
        }
    }

    #[test]
    fn a_clock_that_jumps_loses_nothing(steps in prop::collection::vec(step(), 1..60), broken in 0_u64..=30) {
        let mut fleet = Simulation::new(20, 40, COST, DAY);
        let is_broken = |repository: RepositoryId| u64::from(repository) * 37 % 101 < broken;
        let mut proofs = BTreeMap::new();
        let mut jumped = 0;
        for step in &steps {
            fleet.run(is_broken);
            for (repository, mirror) in fleet.state.mirrors() {
                let known = proofs.insert(repository, mirror.proven_at);
                // Jumps in the same direction add up, and more than a day is corrected.
                prop_assert!(jumped > 1 || known.flatten() <= mirror.proven_at, "a proof went back");
            }
            jumped += i32::from(step.unsigned_abs() == DAY);
            fleet.now = fleet.now.saturating_add_signed(*step);
        }
        // Once the clock is right, each mirror is verified within its due time, its backoff and the runs it takes.
        let end = fleet.now + 3 * DAY;
        fleet.verified.clear();
        while fleet.now < end {
            fleet.run(is_broken);
        }
        prop_assert_eq!(fleet.verified.len(), 20);
    }
}
