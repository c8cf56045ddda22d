//! Counts outcomes.

use std::fmt;
use std::time::{Duration, Instant};

use crate::exit::Exit;
use crate::output;
use crate::record::{Record, RecordedOutcome};
use crate::text::counted;

/// The number of repositories for each outcome.
#[derive(Debug)]
pub(super) struct Tally {
    total: Option<u64>,
    journal: bool,
    start: Instant,
    counts: [u64; COUNTS],
    /// How many of each were recorded before.
    recorded: [u64; COUNTS],
    exit: Option<Exit>,
    stopped: Option<Exit>,
}

/// The names of the counts, in the order of the summary.
const WORDS: [&str; COUNTS] = [
    "verified",
    "finished",
    "stale",
    "started",
    "failed",
    "timed out",
    "perhaps not started",
    "not started",
    "skipped",
];
const COUNTS: usize = 9;

/// The index of a record's count.
fn index(record: &Record) -> usize {
    match record.outcome {
        RecordedOutcome::Verified => 0,
        RecordedOutcome::Finished => 1,
        RecordedOutcome::Stale => 2,
        RecordedOutcome::Started => 3,
        RecordedOutcome::Failed => 4,
        RecordedOutcome::TimedOut => 5,
        RecordedOutcome::NotStarted if record.is_doubtful() => 6,
        RecordedOutcome::NotStarted => 7,
        RecordedOutcome::Skipped => 8,
    }
}

impl Tally {
    pub(super) fn new(total: Option<u64>, journal: bool) -> Self {
        Self {
            total,
            journal,
            start: Instant::now(),
            counts: [0; COUNTS],
            recorded: [0; COUNTS],
            exit: None,
            stopped: None,
        }
    }

    pub(super) fn done(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many have no result yet, if the total is known.
    pub(super) fn left(&self) -> Option<u64> {
        self.total.map(|total| total.saturating_sub(self.done()))
    }

    pub(super) fn count(&mut self, record: &Record) {
        self.counts[index(record)] += 1;
        self.recorded[index(record)] += u64::from(record.recorded);
        self.exit = Some(Exit::of_all(self.exit.into_iter().chain([record.exit])));
    }

    /// The service refused the caller, so the rest was not started.
    pub(super) const fn stop(&mut self, exit: Exit) {
        self.stopped = Some(exit);
    }

    pub(super) const fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    pub(super) fn exit(&self) -> Exit {
        self.stopped.or(self.exit).unwrap_or(Exit::Worked)
    }

    /// Prints the summary, unless it would repeat the result of a single repository.
    pub(super) fn print(&self) {
        let left = self.left().unwrap_or(0);
        if self.total == Some(1) && left == 0 {
            return;
        }
        let done = counted(self.done(), "repository", "repositories");
        output::note(format_args!("{self}; {done} in {}", clock(self.start.elapsed())));
        if left > 0 {
            let advice = if self.journal { "run the same command again to continue" } else { "pass them again" };
            let left = counted(left, "repository is", "repositories are");
            output::note(format_args!("{left} left; {advice}"));
        }
    }
}

/// Prints the counts above zero, and what of them was recorded before.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts.iter().zip(self.recorded).zip(WORDS).filter(|((count, _), _)| **count > 0);
        for (index, ((count, before), word)) in counts.enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            match count - before {
                _ if before == 0 => write!(f, "{separator}{count} {word}")?,
                0 => write!(f, "{separator}{count} {word} before")?,
                now => write!(f, "{separator}{now} {word} now, {before} before")?,
            }
        }
        if self.done() == 0 { f.write_str("nothing started") } else { Ok(()) }
    }
}

fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, _) => format!("{:.1} s", time.as_secs_f64()),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_its_two_largest_units() {
        for (seconds, text) in [(1, "1.0 s"), (59, "59.0 s"), (1000, "16 min 40 s"), (7260, "2 h 1 min")] {
            assert_eq!(clock(Duration::from_secs(seconds)), text);
        }
    }
}
