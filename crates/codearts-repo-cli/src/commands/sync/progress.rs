//! A progress bar, if standard error is a terminal, and notes about long pauses.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use codearts_repo_sync::{Event, PauseReason};
use indicatif::ProgressBar;

use super::in_flight::InFlight;
use super::tally::Tally;
use crate::output::{self, LONG_PAUSE};
use crate::progress_bar;

/// The bar; nothing without a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    /// What runs at the service, if the run waits for it.
    running: Option<InFlight>,
}

impl Progress {
    /// A bar for this number of repositories, if it is known.
    pub(super) fn new(total: Option<u64>, running: Option<InFlight>) -> Self {
        Self { bar: progress_bar::new(total), running }
    }

    pub(super) fn show(&self, tally: &Tally) {
        if let Some(bar) = &self.bar {
            bar.set_message(tally.to_string());
            bar.set_position(tally.done());
        }
    }

    /// Shows how many run at the service, and prints each long pause once.
    pub(super) fn on_event(&self) -> impl Fn(&Event) + Send + Sync + 'static {
        let (bar, running) = (self.bar.clone(), self.running.clone());
        let pauses = Mutex::new(HashMap::new());
        move |event| match event {
            Event::Paused { operation, reason, length } if *length >= LONG_PAUSE => {
                let end = Instant::now() + *length;
                let mut pauses = pauses.lock().unwrap_or_else(PoisonError::into_inner);
                let known = pauses.get(operation).is_some_and(|known| end <= *known + LONG_PAUSE);
                if !known {
                    pauses.insert(*operation, end);
                    suspend(bar.as_ref(), || output::note(output::pause(*reason == PauseReason::Throttled, *length)));
                }
            }
            Event::Started { .. } | Event::Ended { .. } => {
                if let (Some(bar), Some(running)) = (&bar, &running) {
                    bar.set_prefix(match running.running() {
                        0 => String::new(),
                        running => format!(", {running} running"),
                    });
                }
            }
            _ => {}
        }
    }

    /// Hides the bar while something is printed.
    pub(super) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        suspend(self.bar.as_ref(), print)
    }

    pub(super) fn error(&self, text: impl Display) {
        self.suspend(|| output::error(text));
    }
}

fn suspend<T>(bar: Option<&ProgressBar>, print: impl FnOnce() -> T) -> T {
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
