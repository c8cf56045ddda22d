//! The table of `status`, with trouble first, and its last line.

use std::fmt;
use std::time::{Instant, SystemTime};

use super::row::{Row, State};
use crate::columns::Columns;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::html::{Count, Page};
use crate::output;
use crate::text::{counted, timestamp};

/// What was read so far.
#[derive(Debug)]
pub(super) struct Summary {
    only_problems: bool,
    start: Instant,
    rows: Vec<Row>,
    counts: [u64; State::ALL.len()],
    exits: Vec<Exit>,
}

impl Summary {
    pub(super) fn new(only_problems: bool) -> Self {
        let counts = [0; State::ALL.len()];
        Self { only_problems, start: Instant::now(), rows: Vec::new(), counts, exits: Vec::new() }
    }

    pub(super) fn add(&mut self, row: Row) {
        self.counts[row.state as usize] += 1;
        if row.is_problem() {
            self.exits.push(row.exit());
        }
        if row.is_problem() || !self.only_problems {
            self.rows.push(row);
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Prints a line for each mirror, the ones in trouble first.
    pub(super) fn print_table(&mut self) -> Result<(), Failure> {
        self.rows.sort_by_key(|row| (row.state, row.repository_id));
        let rows = self.rows.iter().map(|row| (row.cells(), output::of_results(row.state.tone().style())));
        Columns::new().styled_lines(rows, Row::STATE).iter().try_for_each(|line| output::line(line))
    }

    /// The page of what was read.
    pub(super) fn page(&self) -> Page {
        let count = |(state, count): (State, u64)| Count { tone: state.tone(), text: state.text().to_owned(), count };
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by_key(|row| (row.state, row.repository_id));
        Page {
            time: timestamp(SystemTime::now()),
            proven: "Last success",
            counts: State::ALL.into_iter().zip(self.counts).map(count).collect(),
            rows: rows.into_iter().map(Row::html).collect(),
            runs: Vec::new(),
        }
    }

    pub(super) fn print(&self, total: Option<u64>) {
        if total == Some(1) && self.count() == 1 {
            return;
        }
        let seconds = self.start.elapsed().as_secs_f64();
        let done = counted(self.count(), "repository", "repositories");
        output::note(format_args!("{self}; {done} in {seconds:.1} s"));
        let left = total.unwrap_or(0).saturating_sub(self.count());
        if left > 0 {
            let left = counted(left, "repository is", "repositories are");
            output::note(format_args!("{left} left; pass them again"));
        }
    }

    /// No problem, or the exit that all problems share.
    pub(super) fn exit(&self) -> Exit {
        Exit::of_all(self.exits.iter().copied())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = State::ALL.iter().zip(self.counts).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(state, count)| format!("{count} {}", state.text())).collect();
        f.write_str(if counts.is_empty() { "nothing read" } else { "" })?;
        f.write_str(&counts.join(", "))
    }
}
