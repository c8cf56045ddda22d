//! `--paginate`: all pages of a list as one.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{IsTerminal, stdout};

use codearts_repo::{Client, RawAnswer, bounds};
use codearts_repo_client::internal::json_text;
use codearts_repo_sync::Quota;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::{Print, Work, ended};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::text::escaped_lines;

/// The elements that are requested at a time, the most that the service documents.
const PAGE: u64 = *bounds::PAGE_LIMIT.end() as u64;

pub(super) async fn run(
    context: &Context,
    client: &Client,
    work: &Work,
    interrupt: &mut Interrupt,
) -> Result<Exit, Failure> {
    let mut printer = Printer::new(work.print, context.json);
    let result = tokio::select! {
        result = list(client, work, &mut printer) => result,
        () = interrupt.next() => Ok(Exit::Interrupted),
    };
    // The array is closed whatever happened, which keeps what was printed valid.
    printer.close().and(result)
}

async fn list(client: &Client, work: &Work, printer: &mut Printer) -> Result<Exit, Failure> {
    let mut position = Position::of(work)?;
    let mut earlier = HashSet::new();
    let mut pace = pace();
    loop {
        pace.tick().await;
        let mut request = work.request(client, &position.path);
        for (name, value) in position.parameters() {
            request = request.query(name, value);
        }
        let incomplete = |failure: Failure| {
            if printer.is_open { failure.at("the list is incomplete") } else { failure }
        };
        let answer = request.send().await.map_err(|error| incomplete(Failure::from(error)))?;
        if answer.error.is_some() {
            if !printer.is_open {
                output::bytes(&answer.body)?;
            }
            return ended(&answer).map_err(incomplete);
        }
        let no_array = || Failure::new(Exit::Failed, "a page is not a JSON array", "call the path without --paginate");
        let elements = json_text::valid(&answer.body).and_then(json_text::elements).ok_or_else(no_array);
        let elements = elements.map_err(incomplete)?;
        if !elements.is_empty() && !earlier.insert(hash(&elements)) {
            let advice = "call the path without --paginate: it may have no pages";
            return Err(incomplete(Failure::new(Exit::Failed, "the service repeats an earlier page", advice)));
        }
        printer.print(&elements)?;
        if !position.advance(elements.len() as u64, total(&answer)) || output::is_closed() {
            return Ok(Exit::Worked);
        }
    }
}

/// Ticks at the pace of the documented quota.
fn pace() -> Interval {
    let mut pace = interval(Quota::default().time_for(1));
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}

fn total(answer: &RawAnswer) -> Option<u64> {
    answer.headers.get("x-total")?.to_str().ok()?.trim().parse().ok()
}

fn hash(elements: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    elements.hash(&mut hasher);
    hasher.finish()
}

/// Where the next page begins.
#[derive(Debug, PartialEq, Eq)]
struct Position {
    /// The path, without the parameters of the pages.
    path: String,
    by_page: bool,
    /// The offset, or the number of the page.
    next: u64,
    size: u64,
    /// The elements up to here, those before the start included.
    seen: u64,
}

impl Position {
    /// `page` and `per_page` of the older paths if the caller sets one of them, `offset` and `limit` otherwise.
    fn of(work: &Work) -> Result<Self, Failure> {
        let (path, query) = work.path.as_str().split_once('?').unwrap_or((work.path.as_str(), ""));
        let mut position = Self { path: path.to_owned(), by_page: false, next: 0, size: PAGE, seen: 0 };
        let mut given = Vec::new();
        let mut kept = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if is_own(name) { given.push((name, value)) } else { kept.push(part) }
        }
        given.extend(work.query.iter().filter(|(name, _)| is_own(name)).map(|(name, value)| (&**name, &**value)));
        position.by_page = given.iter().any(|(name, _)| matches!(*name, "page" | "per_page"));
        let mut start = None;
        for (name, value) in given {
            let is_page = matches!(name, "page" | "per_page");
            let is_size = matches!(name, "limit" | "per_page");
            let number = value.parse::<u64>().ok().filter(|number| !(is_size || is_page) || *number > 0);
            let Some(number) = number.filter(|_| is_page == position.by_page) else {
                let advice = "use whole numbers, and either offset and limit or page and per_page";
                return Err(Failure::usage("invalid parameters for --paginate", advice));
            };
            if is_size { position.size = number } else { start = Some(number) }
        }
        position.next = start.unwrap_or(u64::from(position.by_page));
        position.seen =
            if position.by_page { (position.next - 1).saturating_mul(position.size) } else { position.next };
        if !kept.is_empty() {
            position.path = format!("{path}?{}", kept.join("&"));
        }
        Ok(position)
    }

    fn parameters(&self) -> [(&'static str, u64); 2] {
        if self.by_page {
            [("page", self.next), ("per_page", self.size)]
        } else {
            [("offset", self.next), ("limit", self.size)]
        }
    }

    /// Moves behind a page. Whether there may be another one: `X-Total` decides if the answer has it, and otherwise a
    /// page that is not full is the last one.
    fn advance(&mut self, count: u64, total: Option<u64>) -> bool {
        self.seen = self.seen.saturating_add(count);
        self.next = if self.by_page { self.next.saturating_add(1) } else { self.seen };
        count > 0 && total.map_or(count == self.size, |total| self.seen < total)
    }
}

pub(super) fn is_own(name: &str) -> bool {
    matches!(name, "offset" | "limit" | "page" | "per_page")
}

/// Prints elements as one array, or one on each line.
struct Printer {
    lines: bool,
    /// Whether to print for people.
    pretty: bool,
    terminal: bool,
    is_open: bool,
    count: u64,
}

impl Printer {
    fn new(print: Print, json: bool) -> Self {
        let terminal = stdout().is_terminal();
        Self { lines: print.json_lines, pretty: terminal && !json, terminal, is_open: false, count: 0 }
    }

    fn print(&mut self, elements: &[&str]) -> Result<(), Failure> {
        let mut text = String::new();
        if !std::mem::replace(&mut self.is_open, true) && !self.lines {
            text.push('[');
        }
        for element in elements {
            if self.lines {
                text.push_str(&json_text::compact(element));
                text.push('\n');
                continue;
            }
            if self.count > 0 {
                text.push(',');
            }
            self.count += 1;
            if self.pretty {
                text.push_str("\n  ");
                text.push_str(&json_text::pretty(element, 1));
            } else {
                text.push_str(element);
            }
        }
        output::document(&if self.terminal { escaped_lines(&text) } else { text })
    }

    fn close(&self) -> Result<(), Failure> {
        match (self.is_open && !self.lines, self.pretty && self.count > 0) {
            (false, _) => Ok(()),
            (true, true) => output::document("\n]\n"),
            (true, false) => output::document("]\n"),
        }
    }
}
