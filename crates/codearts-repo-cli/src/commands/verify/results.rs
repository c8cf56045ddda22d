//! Prints and keeps the results of a run.

use codearts_repo_sync::Limits;
use codearts_repo_verify::{FleetState, Moment};
use indicatif::ProgressBar;

use super::fleet::Listed;
use super::page;
use super::report::Report;
use super::result::Verified;
use super::summary::Summary;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::html::Page;
use crate::metrics::{Fleet, Metrics};
use crate::{output, progress_bar};

/// Where the results of a run go.
pub(super) struct Results {
    json: bool,
    report: Option<Report>,
    metrics: Option<Metrics>,
    summary: Summary,
    bar: Option<ProgressBar>,
}

impl Results {
    /// For so many mirrors, if it is known.
    pub(super) fn new(json: bool, report: Option<Report>, metrics: Option<Metrics>, total: Option<u64>) -> Self {
        Self { json, report, metrics, summary: Summary::new(total), bar: progress_bar::new(total) }
    }

    /// With a state, mirrors that are left come first in the next run and need not be passed again.
    pub(super) fn with_state(self) -> Self {
        Self { summary: Summary::new(None), ..self }
    }

    pub(super) fn add(&mut self, result: Verified) -> Result<(), Failure> {
        if self.json {
            match &self.bar {
                Some(bar) => bar.suspend(|| output::json(&result))?,
                None => output::json(&result)?,
            }
        }
        if let Some(report) = &mut self.report {
            report.add(&result);
        }
        if let Some(metrics) = &self.metrics {
            metrics.mirror(result.metrics());
        }
        self.summary.add(result);
        if let Some(bar) = &self.bar {
            bar.set_message(self.summary.counts());
            bar.set_position(self.summary.count());
        }
        Ok(())
    }

    /// The page of what the run found.
    pub(super) fn page(&self) -> Page {
        page::of_results(self.summary.results())
    }

    /// Adds what is known of the mirrors of a list to the metrics.
    pub(super) fn add_state(&mut self, state: &FleetState, list: &[Listed]) {
        if let Some(metrics) = &mut self.metrics {
            let mirrors = list.iter().filter_map(|listed| state.get(listed.repository));
            let now = Moment::now();
            let ages = mirrors.filter_map(|mirror| mirror.proven_at).map(|time| now.since(time));
            let run = state.runs().next_back();
            metrics.fleet(&Fleet {
                ages: ages.collect(),
                mirrors: list.len() as u64,
                backing_off: list
                    .iter()
                    .filter_map(|listed| state.get(listed.repository)?.backing_off_until)
                    .filter(|until| *until > now)
                    .count() as u64,
                repaired: state.repaired(),
                left: run.map_or(0, |run| run.left),
            });
        }
    }

    /// Writes the report and prints the table and the counts. What remains are the metrics.
    pub(super) fn print(&mut self) -> Result<Exit, Failure> {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if let Some(report) = self.report.take() {
            report.write()?;
        }
        if !self.json {
            self.summary.print_table()?;
        }
        self.summary.print();
        Ok(self.summary.exit())
    }

    /// Writes the metrics, after everything else: they say how the run ended.
    pub(super) fn write_metrics(
        self,
        limits: &Limits,
        calls_per_minute: Option<f64>,
        result: &Result<Exit, Failure>,
    ) -> Result<(), Failure> {
        let Some(metrics) = self.metrics else { return Ok(()) };
        let exit = result.as_ref().map_or_else(|failure| failure.exit, |exit| *exit);
        metrics.write(limits, calls_per_minute, exit)
    }
}
