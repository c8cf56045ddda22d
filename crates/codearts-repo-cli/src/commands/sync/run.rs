//! Runs `sync` for many repositories and prints each result.

use std::pin::pin;

use codearts_repo_sync::{CancellationToken, Error, Many, Outcome, Report, SyncRequest, Syncer};
use codearts_repo_verify::Verifier;
use futures_util::stream::{Stream, StreamExt};
use tokio::sync::oneshot;

use super::in_flight::InFlight;
use super::progress::Progress;
use super::tally::Tally;
use crate::commands::Verified;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::metrics::Metrics;
use crate::output;
use crate::record::Record;

/// The most results that are printed together, if they are ready together. A system call for each would take a
/// twentieth of the time.
const TOGETHER: usize = 64;

/// How many mirrors are compared at once, each with a git of its own.
const AT_ONCE: usize = 16;

/// The state of a run.
pub(super) struct Run {
    json: bool,
    tally: Tally,
    progress: Progress,
    in_flight: InFlight,
    cancel: CancellationToken,
    interrupted: bool,
    /// Why results cannot be printed. They go to standard error then, and nothing more is started.
    output_failure: Option<Failure>,
    /// With `--verify`.
    verifier: Option<Verifier>,
    metrics: Option<Metrics>,
    has_journal: bool,
    /// To be recorded in the journal.
    verified: Vec<Verified>,
}

impl Run {
    pub(super) fn new(total: Option<u64>, has_journal: bool, waits: bool, json: bool) -> Self {
        let in_flight = InFlight::default();
        Self {
            json,
            tally: Tally::new(total, has_journal),
            progress: Progress::new(total, waits.then(|| in_flight.clone())),
            in_flight,
            cancel: CancellationToken::new(),
            interrupted: false,
            output_failure: None,
            verifier: None,
            metrics: None,
            has_journal,
            verified: Vec::new(),
        }
    }

    /// Compares each mirror with its source when its synchronization has ended.
    pub(super) fn verify(mut self, verifier: Verifier) -> Self {
        self.verifier = Some(verifier);
        self
    }

    /// Collects metrics, which [`take_metrics`](Self::take_metrics) returns.
    pub(super) fn metrics(mut self, metrics: Option<Metrics>) -> Self {
        self.metrics = metrics;
        self
    }

    pub(super) const fn take_metrics(&mut self) -> Option<Metrics> {
        self.metrics.take()
    }

    /// What was verified, if there is a journal to record it in.
    pub(super) fn verified(&self) -> &[Verified] {
        &self.verified
    }

    /// Starts everything, prints each result, and returns the exit code.
    pub(super) async fn start(
        &mut self,
        syncer: &Syncer,
        requests: impl Stream<Item = Result<SyncRequest, Failure>>,
        settings: Many,
        interrupt: &mut Interrupt,
    ) -> Result<Exit, Failure> {
        let (requests, mut list_failure) = split(requests, self.cancel.clone());
        let (in_flight, on_event) = (self.in_flight.clone(), self.progress.on_event());
        let settings = settings.cancel_on(self.cancel.clone()).events(move |event| {
            in_flight.observe(&event);
            on_event(&event);
        });
        let verifier = self.verifier.clone();
        let reports = syncer.sync_many(requests, settings);
        let reports = match verifier {
            Some(verifier) => {
                reports.map(move |report| verify(report, verifier.clone())).buffer_unordered(AT_ONCE).left_stream()
            }
            None => reports.map(|report| (report, None)).right_stream(),
        };
        let mut reports = pin!(reports.ready_chunks(TOGETHER));
        loop {
            tokio::select! {
                ready = reports.next() => match ready {
                    Some(ready) => self.print_reports(ready)?,
                    None => break,
                },
                () = interrupt.next() => {
                    if self.interrupted {
                        break;
                    }
                    self.interrupted = true;
                    self.cancel.cancel();
                    self.progress.error(
                        "interrupted: starting nothing more and waiting for running syncs; press Ctrl-C again to quit",
                    );
                }
            }
        }
        self.print_unfinished()?;
        self.tally.print();
        if let Some(failure) = self.output_failure.take() {
            return Err(failure);
        }
        match list_failure.try_recv() {
            Ok(failure) => Err(failure),
            Err(_) if self.interrupted => Ok(Exit::Interrupted),
            Err(_) => Ok(self.tally.exit()),
        }
    }

    fn print_reports(&mut self, reports: Vec<(Report, Option<Verified>)>) -> Result<(), Failure> {
        let mut records = Vec::with_capacity(reports.len());
        for (report, verified) in reports {
            let took = self.in_flight.remove(report.repository);
            let caller_refused = match &report.result {
                Err(Error::Canceled) => continue,
                // One report is enough; the others are counted as left.
                Err(Error::CallerRefused(_)) if self.tally.is_stopped() => continue,
                Err(Error::CallerRefused(_)) => true,
                _ => false,
            };
            let mut record = Record::of(report);
            if let Some(verified) = verified {
                if self.has_journal {
                    self.verified.push(verified.clone());
                }
                record = record.verified(verified);
            }
            self.tally.count(&record);
            if let Some(metrics) = &self.metrics {
                metrics.mirror(record.metrics(took));
            }
            if caller_refused {
                self.tally.stop(record.exit);
                if self.tally.left() != Some(0) {
                    self.progress
                        .error("not authorized, so nothing more is started; run `codearts-repo auth show` to check");
                }
            }
            records.push(record);
        }
        self.progress.show(&self.tally);
        self.print_records(&records)
    }

    /// Prints what a second signal leaves running.
    fn print_unfinished(&mut self) -> Result<(), Failure> {
        let records = self.in_flight.records();
        if records.is_empty() {
            return Ok(());
        }
        records.iter().for_each(|record| self.tally.count(record));
        self.print_records(&records)?;
        self.progress.error("interrupted again; started synchronizations continue at the service");
        Ok(())
    }

    fn print_records(&mut self, records: &[Record]) -> Result<(), Failure> {
        let mut lines = String::new();
        for record in records {
            lines += &if self.json { output::json_of(record)? } else { record.line() };
            lines.push('\n');
        }
        if self.output_failure.is_none()
            && let Err(failure) = self.progress.suspend(|| output::document(&lines))
        {
            self.cancel.cancel();
            self.output_failure = Some(failure);
        }
        if self.output_failure.is_some() {
            // Nothing that was started may be lost.
            lines.lines().for_each(|line| self.progress.error(line));
        }
        Ok(())
    }
}

/// Compares a mirror with its source, if its synchronization was waited for.
async fn verify(report: Report, verifier: Verifier) -> (Report, Option<Verified>) {
    let ended = matches!(report.result, Ok(Outcome::Finished { .. } | Outcome::Failed { .. } | Outcome::TimedOut));
    let verified = if ended { Some(Verified::of(report.repository, false, &verifier).await) } else { None };
    (report, verified)
}

/// Separates the requests from the failure that ends them, which [`Syncer::sync_many`] does not accept. A failure cancels
/// the run, so the journal does not take it for complete.
fn split(
    requests: impl Stream<Item = Result<SyncRequest, Failure>>,
    cancel: CancellationToken,
) -> (impl Stream<Item = SyncRequest>, oneshot::Receiver<Failure>) {
    let (sender, receiver) = oneshot::channel();
    let mut sender = Some(sender);
    let requests = requests.map(move |request| match request {
        Ok(request) => Some(request),
        Err(failure) => {
            let _ = sender.take().map(|sender| sender.send(failure));
            cancel.cancel();
            None
        }
    });
    let requests = requests.take_while(|request| std::future::ready(request.is_some())).filter_map(std::future::ready);
    (requests, receiver)
}
