//! The table of `verify`, with trouble first, and its last line.

use std::time::Instant;

use super::result::{Verified, Word};
use crate::columns::Columns;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, BAD, DOUBTFUL, GOOD};
use crate::text::counted;

/// What a run found.
#[derive(Debug)]
pub(super) struct Summary {
    total: Option<u64>,
    start: Instant,
    results: Vec<Verified>,
}

impl Summary {
    pub(super) fn new(total: Option<u64>) -> Self {
        Self { total, start: Instant::now(), results: Vec::new() }
    }

    /// Keeps a result, and of its refs only those that are printed.
    pub(super) fn add(&mut self, result: Verified) {
        self.results.push(result);
    }

    /// Prints a line for each mirror: ID, verdict, equal refs, and what is wrong.
    pub(super) fn print_table(&mut self) -> Result<(), Failure> {
        self.results.sort_by_key(|result| (result.comparison.verdict, result.repository_id));
        let row = |result: &Verified| {
            let verdict = result.comparison.verdict.text().to_owned();
            [result.repository_id.to_string(), verdict, result.comparison.equal(), result.explanation()]
        };
        let style = |result: &Verified| match result.comparison.verdict {
            Word::Equal | Word::Skipped => GOOD,
            Word::Different | Word::Failed => BAD,
            Word::CannotTell | Word::SourceMoved | Word::BackingOff => DOUBTFUL,
        };
        let rows = self.results.iter().map(|result| (row(result), output::of_results(style(result))));
        Columns::new().styled_lines(rows, 1).iter().try_for_each(|line| output::line(line))
    }

    /// Prints the counts, unless they would repeat the result of a single mirror.
    pub(super) fn print(&self) {
        if self.total == Some(1) && self.results.len() == 1 {
            return;
        }
        let seconds = self.start.elapsed().as_secs_f64();
        let done = self.results.len() as u64;
        let verified = counted(done, "repository", "repositories");
        output::note(format_args!("{}; {verified} in {seconds:.1} s", self.counts()));
        let left = self.total.unwrap_or(0).saturating_sub(done);
        if left > 0 {
            let left = counted(left, "repository is", "repositories are");
            output::note(format_args!("{left} left; pass them again"));
        }
    }

    pub(super) fn results(&self) -> impl Iterator<Item = &Verified> {
        self.results.iter()
    }

    pub(super) const fn count(&self) -> u64 {
        self.results.len() as u64
    }

    /// The number of mirrors for each verdict.
    pub(super) fn counts(&self) -> String {
        let words = [
            Word::Equal,
            Word::Different,
            Word::SourceMoved,
            Word::CannotTell,
            Word::Failed,
            Word::BackingOff,
            Word::Skipped,
        ];
        let count = |word: &Word| self.results.iter().filter(|result| result.comparison.verdict == *word).count();
        let text = |word: Word| match word {
            Word::Skipped => "skipped",
            word => word.text(),
        };
        let counts = words.into_iter().map(|word| (count(&word), text(word))).filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, text)| format!("{count} {text}")).collect();
        if counts.is_empty() { "nothing verified".to_owned() } else { counts.join(", ") }
    }

    /// All equal, or a reason that all others share.
    pub(super) fn exit(&self) -> Exit {
        Exit::of_all(self.results.iter().map(|result| result.exit))
    }
}
