//! Metrics for node_exporter's textfile collector.
//!
//! The file is valid OpenMetrics, and valid in the older text format that the collector reads. Counts are gauges, because
//! each run begins at zero.

use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Limits, Operation, ServiceTime};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::replaced_file::ReplacedFile;

type Labels = Vec<(&'static str, String)>;
type Gauges = Family<Labels, Gauge<f64, AtomicU64>>;

const OPERATIONS: [(Operation, &str); 8] = [
    (Operation::StartSync, "start_sync"),
    (Operation::ShowMirror, "show_mirror"),
    (Operation::ListRepositories, "list_repositories"),
    (Operation::ListProjectRepositories, "list_project_repositories"),
    (Operation::ShowRepository, "show_repository"),
    (Operation::ShowBranch, "show_branch"),
    (Operation::ListBranches, "list_branches"),
    (Operation::ListTags, "list_tags"),
];

/// The metrics of one run, and the file that they go to.
#[derive(Debug)]
pub(crate) struct Metrics {
    file: ReplacedFile,
    command: &'static str,
    start: Instant,
    registry: Registry,
    state: Gauges,
    problem: Gauges,
    last_success: Gauges,
    uncertainty: Gauges,
    failures: Gauges,
    duration: Gauges,
    results: Gauges,
}

/// What is known of a mirror.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mirror<'a> {
    pub(crate) repository: RepositoryId,
    pub(crate) name: Option<&'a str>,
    pub(crate) state: &'a str,
    pub(crate) is_problem: bool,
    /// The time of the last success, as the service wrote it.
    pub(crate) last_success: Option<&'a str>,
    pub(crate) failures: Option<i64>,
    /// How long the synchronization of this run took.
    pub(crate) duration: Option<Duration>,
}

/// What is known of a fleet that stays verified.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    /// The ages of the proofs.
    pub(crate) ages: Vec<Duration>,
    pub(crate) mirrors: u64,
    pub(crate) backing_off: u64,
    /// Repairs that succeeded so far.
    pub(crate) repaired: u64,
    /// Mirrors that were due and did not fit into the budget.
    pub(crate) left: u64,
}

/// The buckets of the ages of proofs, in days.
const AGES: [f64; 8] = [0.25, 1.0, 2.0, 4.0, 7.0, 8.0, 14.0, 30.0];

impl Metrics {
    /// The metrics of a command. Fails if the file cannot be written.
    pub(crate) fn create(path: &Path, command: &'static str) -> Result<Self, Failure> {
        let file = ReplacedFile::create(path, "--metrics", "the metrics")?;
        let mut registry = Registry::with_prefix("codearts_repo");
        let mut gauges = |name: &str, help: &str, unit: Option<Unit>| {
            let gauges = Gauges::default();
            match unit {
                Some(unit) => registry.register_with_unit(name, help, unit, gauges.clone()),
                None => registry.register(name, help, gauges.clone()),
            }
            gauges
        };
        let last_success = "Earliest time that the last success of a mirror can have";
        let uncertainty = "How much later the last success can be, if its time has no offset from UTC";
        Ok(Self {
            state: gauges("mirror_state", "1 for the state that a mirror has", None),
            problem: gauges("mirror_problem", "Whether a mirror has a problem", None),
            last_success: gauges("mirror_last_success_timestamp", last_success, Some(Unit::Seconds)),
            uncertainty: gauges("mirror_last_success_uncertainty", uncertainty, Some(Unit::Seconds)),
            failures: gauges("mirror_failures", "Failures of a mirror in a row", None),
            duration: gauges("mirror_last_duration", "How long the last synchronization took", Some(Unit::Seconds)),
            results: gauges("run_repositories", "Repositories of the last run by result", None),
            file,
            command,
            start: Instant::now(),
            registry,
        })
    }

    /// Adds a mirror.
    pub(crate) fn mirror(&self, mirror: Mirror<'_>) {
        let labels = |more: Option<(&'static str, &str)>| -> Labels {
            // node_exporter refuses two files with the same series, so each command has its own.
            let repository = [("command", self.command.to_owned()), ("repository_id", mirror.repository.to_string())];
            let name = mirror.name.map(|name| ("name", name.to_owned()));
            repository.into_iter().chain(name).chain(more.map(|(name, value)| (name, value.to_owned()))).collect()
        };
        let set = |gauges: &Gauges, value: f64| {
            gauges.get_or_create(&labels(None)).set(value);
        };
        self.state.get_or_create(&labels(Some(("state", mirror.state)))).set(1.0);
        set(&self.problem, f64::from(u8::from(mirror.is_problem)));
        if let Some(time) = mirror.last_success.and_then(ServiceTime::parse) {
            let (earliest, latest) = (seconds(time.earliest()), seconds(time.latest()));
            set(&self.last_success, earliest);
            set(&self.uncertainty, latest - earliest);
        }
        if let Some(failures) = mirror.failures {
            set(&self.failures, failures as f64);
        }
        if let Some(duration) = mirror.duration {
            set(&self.duration, duration.as_secs_f64());
        }
        self.results
            .get_or_create(&vec![("command", self.command.to_owned()), ("result", mirror.state.to_owned())])
            .inc();
    }

    /// Adds what is known of a fleet.
    pub(crate) fn fleet(&mut self, fleet: &Fleet) {
        let ages = Histogram::new(AGES.map(|days| days * 86_400.0));
        fleet.ages.iter().for_each(|age| ages.observe(age.as_secs_f64()));
        let help = "Time since each mirror was last proven equal to its source";
        self.registry.register_with_unit("proof_age", help, Unit::Seconds, ages);
        let oldest = fleet.ages.iter().max().map_or(0.0, Duration::as_secs_f64);
        self.gauge("proof_oldest_age", "Age of the oldest proof", Some(Unit::Seconds), oldest);
        let unproven = fleet.mirrors.saturating_sub(fleet.ages.len() as u64);
        self.gauge("unproven_mirrors", "Mirrors that were never proven", None, unproven as f64);
        self.gauge("backing_off_mirrors", "Mirrors that wait for their next attempt", None, fleet.backing_off as f64);
        self.gauge("repaired_mirrors", "Repairs that succeeded so far", None, fleet.repaired as f64);
        self.gauge("left_mirrors", "Mirrors that were due and did not fit into the budget", None, fleet.left as f64);
    }

    /// Writes the file.
    pub(crate) fn write(mut self, limits: &Limits, calls_per_minute: Option<f64>, exit: Exit) -> Result<(), Failure> {
        self.calls(limits, calls_per_minute);
        self.run(exit);
        let mut text = String::new();
        let bug =
            |error| Failure::new(Exit::Failed, format!("failed to encode the metrics: {error}"), "please report a bug");
        encode(&mut text, &self.registry).map_err(bug)?;
        self.file.write(&text)
    }

    fn calls(&mut self, limits: &Limits, calls_per_minute: Option<f64>) {
        let (calls, refused) = (Gauges::default(), Gauges::default());
        for (operation, name) in OPERATIONS {
            let usage = limits.usage(operation);
            let labels = vec![("command", self.command.to_owned()), ("operation", name.to_owned())];
            calls.get_or_create(&labels).set(usage.calls as f64);
            refused.get_or_create(&labels).set(usage.refused as f64);
        }
        self.registry.register("run_calls", "Calls of the last run, retries included", calls);
        self.registry.register("run_calls_refused", "Calls of the last run that were refused with 429", refused);
        if let Some(quota) = calls_per_minute {
            let help = "Calls a minute that the last run was allowed for each operation";
            self.gauge("run_quota_calls_per_minute", help, None, quota);
        }
    }

    fn run(&mut self, exit: Exit) {
        let seconds_of = Some(Unit::Seconds);
        self.gauge("run_end_timestamp", "When the last run ended", seconds_of.clone(), seconds(SystemTime::now()));
        self.gauge("run_duration", "How long the last run took", seconds_of, self.start.elapsed().as_secs_f64());
        self.gauge("run_exit_code", "Exit code of the last run", None, f64::from(exit.code()));
    }

    fn gauge(&mut self, name: &str, help: &str, unit: Option<Unit>, value: f64) {
        let gauges = Gauges::default();
        gauges.get_or_create(&vec![("command", self.command.to_owned())]).set(value);
        match unit {
            Some(unit) => self.registry.register_with_unit(name, help, unit, gauges),
            None => self.registry.register(name, help, gauges),
        }
    }
}

fn seconds(time: SystemTime) -> f64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(error) => -error.duration().as_secs_f64(),
    }
}
