//! What is known of a fleet and of each mirror.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use codearts_repo::RepositoryId;
use serde::{Deserialize, Serialize};

use super::digest::RefsDigest;
use super::finding::{Finding, FindingKind};
use super::moment::Moment;
use super::run::RunSummary;

/// How many runs are kept.
const RUNS: usize = 30;
/// The longest backoff, and the largest jump of the clock that is not corrected.
pub(super) const DAY: Duration = Duration::from_secs(24 * 3600);
/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// What is known of one mirror.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MirrorState {
    /// The repository's name, if the service gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
    /// When it was last proven equal to its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proven_at: Option<Moment>,
    /// The refs at which it was proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<RefsDigest>,
    /// When it was last verified, whatever the verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Moment>,
    /// What was found then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<FindingKind>,
    /// Why it is not equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
    /// How often in a row it was not equal. A repair that was postponed counts with the attempt that follows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failures: u32,
    /// When it was first found different since the last proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind_since: Option<Moment>,
    /// When it is verified or repaired again at the earliest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backing_off_until: Option<Moment>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl MirrorState {
    /// Records what a run found at this time.
    ///
    /// A proof never goes back in time: while the clock is behind the last proof, that proof keeps its time. A proof
    /// more than a day in the future was recorded by a wrong clock and is corrected.
    pub fn record(&mut self, finding: &Finding, now: Moment) {
        self.checked_at = Some(now);
        self.finding = Some(finding.kind);
        self.reason.clone_from(&finding.reason);
        match finding.kind {
            FindingKind::Equal => {
                let known = self.proven_at.filter(|known| known.since(now) <= DAY);
                self.proven_at = known.max(Some(now));
                self.digest = finding.digest;
                (self.failures, self.behind_since, self.backing_off_until) = (0, None, None);
            }
            FindingKind::NoMirror => (self.failures, self.behind_since, self.backing_off_until) = (0, None, None),
            FindingKind::Different | FindingKind::Failed | FindingKind::CannotTell => {
                // A repair that was postponed is part of the attempt that follows.
                let was_postponed = self.failures > 0 && self.backing_off_until.is_none();
                self.failures = self.failures.saturating_add(u32::from(!was_postponed));
                self.backing_off_until = finding.backs_off.then(|| now + backoff(self.failures));
                if finding.kind == FindingKind::Different {
                    self.behind_since.get_or_insert(now);
                }
            }
        }
    }
}

/// How long a mirror waits after so many failures in a row: 1, 2, 4, 8, 16 hours, then a day.
fn backoff(failures: u32) -> Duration {
    let hours = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    Duration::from_secs(u64::from(hours) * 3600).min(DAY)
}

/// What is known of a fleet.
///
/// ```
/// use codearts_repo_verify::{Finding, FindingKind, FleetState, Moment};
///
/// let mut state = FleetState::default();
/// let repository = codearts_repo::RepositoryId::try_from(123)?;
/// state.record(repository, &Finding::new(FindingKind::Different), Moment::from_seconds(1000));
/// let mirror = state.get(repository).expect("recorded");
/// assert_eq!(mirror.backing_off_until, Some(Moment::from_seconds(1000 + 3600)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetState {
    pub(super) mirrors: BTreeMap<RepositoryId, MirrorState>,
    pub(super) runs: VecDeque<RunSummary>,
    pub(super) repaired: u64,
}

impl FleetState {
    /// What is known of a mirror. None if it was never verified.
    #[must_use]
    pub fn get(&self, repository: RepositoryId) -> Option<&MirrorState> {
        self.mirrors.get(&repository)
    }

    /// All mirrors, by ID.
    pub fn mirrors(&self) -> impl ExactSizeIterator<Item = (RepositoryId, &MirrorState)> {
        self.mirrors.iter().map(|(repository, mirror)| (*repository, mirror))
    }

    /// The last 30 runs, the oldest first.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = &RunSummary> + ExactSizeIterator {
        self.runs.iter()
    }

    /// How many runs there were.
    #[must_use]
    pub fn run_count(&self) -> u64 {
        self.runs.back().map_or(0, |run| run.number)
    }

    /// How many repairs succeeded so far.
    #[must_use]
    pub const fn repaired(&self) -> u64 {
        self.repaired
    }

    /// The usual time between the beginnings of two runs, if there were two.
    #[must_use]
    pub fn run_interval(&self) -> Option<Duration> {
        let (first, last) = (self.runs.front()?, self.runs.back()?);
        let gaps = u32::try_from(self.runs.len() - 1).ok().filter(|gaps| *gaps > 0)?;
        Some(last.began_at.since(first.began_at) / gaps)
    }

    /// Records what a run found of a mirror.
    pub fn record(&mut self, repository: RepositoryId, finding: &Finding, now: Moment) {
        self.mirrors.entry(repository).or_default().record(finding, now);
        self.repaired += u64::from(finding.repaired);
    }

    /// Sets the name of a mirror, if there is one. Of a long name the beginning is kept.
    pub fn set_name(&mut self, repository: RepositoryId, name: Option<&str>) {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let name: String = name.chars().take(LONGEST_NAME).collect();
            self.mirrors.entry(repository).or_default().name = Some(name.into());
        }
    }

    /// Forgets a mirror. Returns whether it was known.
    pub fn remove(&mut self, repository: RepositoryId) -> bool {
        self.mirrors.remove(&repository).is_some()
    }

    /// Begins the next run.
    pub fn begin_run(&mut self, now: Moment) -> RunSummary {
        let run = RunSummary::begin(self.run_count() + 1, now);
        self.put_run(run.clone());
        run
    }

    /// Adds a run, or replaces the one with the same number.
    pub fn put_run(&mut self, run: RunSummary) {
        match self.runs.iter_mut().find(|known| known.number == run.number) {
            Some(known) => *known = run,
            None => self.runs.push_back(run),
        }
        while self.runs.len() > RUNS {
            self.runs.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_backs_off_for_a_day_at_most() {
        let hours: Vec<u64> = (1..8).map(|failures| backoff(failures).as_secs() / 3600).collect();
        assert_eq!(hours, [1, 2, 4, 8, 16, 24, 24]);
        assert_eq!(backoff(u32::MAX), DAY);
    }

    #[test]
    fn a_proof_ends_the_backoff_and_keeps_the_latest_time() {
        let mut mirror = MirrorState::default();
        let at = Moment::from_seconds;
        mirror.record(&Finding::new(FindingKind::Different).because("branch main"), at(100_000));
        mirror.record(&Finding::new(FindingKind::CannotTell), at(200_000));
        assert_eq!((mirror.failures, mirror.behind_since), (2, Some(at(100_000))));
        mirror.record(&Finding::new(FindingKind::Equal), at(300_000));
        let expected = MirrorState {
            proven_at: Some(at(300_000)),
            checked_at: Some(at(300_000)),
            finding: Some(FindingKind::Equal),
            ..MirrorState::default()
        };
        assert_eq!(mirror, expected);
        mirror.record(&Finding::new(FindingKind::Equal), at(300_000 - 86_400));
        assert_eq!(mirror.proven_at, Some(at(300_000)), "the clock went back a day");
        mirror.record(&Finding::new(FindingKind::Equal), at(300_000 - 86_401));
        assert_eq!(mirror.proven_at, Some(at(300_000 - 86_401)), "the proof was of a wrong clock");
    }

    #[test]
    fn a_postponed_repair_counts_with_the_attempt_that_follows() {
        let mut mirror = MirrorState::default();
        let at = Moment::from_seconds;
        let different = Finding::new(FindingKind::Different);
        let postponed = Finding { backs_off: false, ..different.clone() };
        mirror.record(&postponed, at(1000));
        assert_eq!((mirror.failures, mirror.backing_off_until), (1, None));
        mirror.record(&different, at(1010));
        assert_eq!((mirror.failures, mirror.backing_off_until), (1, Some(at(1010 + 3600))));
        mirror.record(&postponed, at(9000));
        mirror.record(&postponed, at(9001));
        mirror.record(&different, at(9010));
        assert_eq!((mirror.failures, mirror.backing_off_until), (2, Some(at(9010 + 7200))));
        assert_eq!(mirror.behind_since, Some(at(1000)));
    }

    #[test]
    fn the_last_30_runs_are_kept() {
        let mut state = FleetState::default();
        for number in 1..=40 {
            let run = state.begin_run(Moment::from_seconds(number * 3600));
            assert_eq!(run.number, number);
            state.put_run(RunSummary { calls: number, ..run });
        }
        assert_eq!(state.runs().map(|run| run.calls).collect::<Vec<_>>(), (11..=40).collect::<Vec<_>>());
        assert_eq!(state.run_interval(), Some(Duration::from_secs(3600)));
    }
}
