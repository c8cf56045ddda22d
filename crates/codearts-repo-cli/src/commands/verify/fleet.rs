//! `verify --state`: the options of a fleet, and what they mean for a run.

use std::path::PathBuf;
use std::time::Duration;

use codearts_repo::RepositoryId;
use codearts_repo_sync::Quota;
use codearts_repo_verify::{Candidate, FleetState, Moment, Plan, PlanSettings, StateError, StateFile};

use super::budget::{Limit, Price};
use super::repair::Repairs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::text::counted;

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
    /// When its content was last changed, if the list says so.
    pub(super) updated_at: Option<Moment>,
    /// Whether it comes from the service's list, which contains repositories without a mirror.
    pub(super) may_have_no_mirror: bool,
}

impl Fleet {
    /// Opens the state before anything is sent.
    pub(super) fn open(&self, endpoint: &str) -> Result<StateFile, Failure> {
        StateFile::open(&self.path, endpoint).map_err(|error| cannot_use(&error))
    }

    /// Plans a run for this list.
    pub(super) fn plan(&self, state: &FleetState, list: &[Listed], quota: &Quota) -> Plan {
        let candidate = |listed: &Listed| Candidate { repository: listed.repository, updated_at: listed.updated_at };
        let list: Vec<Candidate> = list.iter().map(candidate).collect();
        let budget = self.limit.calls(self.price, quota);
        let settings =
            PlanSettings { due: self.due, budget, cost: self.price.comparison, retry_cost: self.price.retry() };
        Plan::new(state, Moment::now(), &list, settings)
    }

    /// Warns if no sequence of runs can verify this many mirrors within the due time.
    pub(super) fn warn_if_unreachable(&self, plan: &Plan, state: &FleetState, mirrors: u64, quota: &Quota) {
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

pub(super) fn cannot_use(error: &StateError) -> Failure {
    let exit = if matches!(error, StateError::Write { .. }) { Exit::Failed } else { Exit::Usage };
    Failure::from(crate::advice::with(error, error.advice())).with_exit(exit).at("--state")
}
