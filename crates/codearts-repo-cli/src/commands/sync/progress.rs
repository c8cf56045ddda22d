//! A progress bar on the standard error, if that is a terminal.

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use codearts_repo_sync::{Event, PauseReason};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::tally::Tally;
use crate::output;

/// The bar, or nothing elsewhere.
#[derive(Debug)]
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar of so many repositories, or of a number that is not known yet.
    pub(super) fn new(total: Option<u64>) -> Self {
        if !output::has_viewer() || total == Some(1) {
            return Self(None);
        }
        let (bar, template) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{elapsed_precise} [{bar:30}] {pos}/{len}{prefix}, {rate}, {eta} left: {msg}")
            }
            None => (ProgressBar::new_spinner(), "{elapsed_precise} {spinner} {pos}{prefix}, {rate}: {msg}"),
        };
        let rate = |state: &ProgressState, text: &mut dyn fmt::Write| {
            // A text that cannot be written is one that nobody sees.
            let _ = write!(text, "{:.0}/min", state.per_sec() * 60.0);
        };
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style.with_key("rate", rate).progress_chars("=> ")),
            Err(_) => bar,
        };
        bar.enable_steady_tick(Duration::from_secs(1));
        Self(Some(bar))
    }

    pub(super) fn show(&self, tally: &Tally) {
        if let Some(bar) = &self.0 {
            bar.set_message(tally.to_string());
            bar.set_position(tally.done());
        }
    }

    /// Shows pauses, and how many run at the service if their ends are waited for.
    pub(super) fn events(&self, waits: bool) -> impl Fn(Event) + Send + Sync + 'static {
        let (bar, running) = (self.0.clone(), AtomicU64::new(0));
        move |event| {
            let Some(bar) = &bar else { return };
            let running = match event {
                Event::Started { .. } if waits => running.fetch_add(1, Ordering::Relaxed) + 1,
                // One that an earlier run started was not counted.
                Event::Ended { .. } => {
                    let fewer = |running: u64| Some(running.saturating_sub(1));
                    running.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer).unwrap_or(0).saturating_sub(1)
                }
                Event::Paused { reason: PauseReason::Throttled, length, .. } => {
                    bar.set_prefix(format!(", paused for {:.1} s by the service", length.as_secs_f64()));
                    return;
                }
                _ => return,
            };
            bar.set_prefix(if running == 0 { String::new() } else { format!(", {running} running") });
        }
    }

    /// Writes something while the bar is away.
    pub(super) fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    pub(super) fn tell(&self, text: impl Display) {
        self.suspend(|| output::tell(text));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
