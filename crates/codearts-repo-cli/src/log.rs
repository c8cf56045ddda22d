//! The log on standard error, for `-v`, and notes about long pauses without it.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use codearts_repo::BACKOFF_EVENT;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::time::uptime;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::arguments::Verbosity;
use crate::output::{self, LONG_PAUSE};

/// Prints the log of this project's crates, which never contains a secret. Other libraries give no such promise and are
/// left out.
pub(crate) fn install(verbosity: Verbosity) {
    let level = match verbosity {
        Verbosity::Quiet => return,
        Verbosity::Normal => {
            let backoffs = Targets::new().with_target(BACKOFF_EVENT, LevelFilter::INFO);
            return tracing_subscriber::registry().with(PauseNotes::default().with_filter(backoffs)).init();
        }
        Verbosity::Info => LevelFilter::INFO,
        Verbosity::Debug => LevelFilter::DEBUG,
        Verbosity::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false).with_timer(uptime());
    let ours = Targets::new().with_target("codearts_repo", level);
    tracing_subscriber::registry().with(lines).with(ours).init();
}

/// Prints each long pause once, although many calls may wait for its end.
#[derive(Default)]
struct PauseNotes {
    /// The end of the last pause that was printed.
    end: Mutex<Option<Instant>>,
}

impl<S: Subscriber> Layer<S> for PauseNotes {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut backoff = Backoff::default();
        event.record(&mut backoff);
        if backoff.length < LONG_PAUSE {
            return;
        }
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        if is_new(&mut end, Instant::now() + backoff.length) {
            output::note(output::pause(backoff.is_throttled, backoff.length));
        }
    }
}

/// Whether a pause ends later than the printed one. If so, it takes its place.
fn is_new(printed: &mut Option<Instant>, end: Instant) -> bool {
    let is_new = printed.is_none_or(|printed| end > printed + LONG_PAUSE);
    if is_new {
        *printed = Some(end);
    }
    is_new
}

/// The fields of an event before a retry.
#[derive(Default)]
struct Backoff {
    length: Duration,
    is_throttled: bool,
}

impl Visit for Backoff {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "backoff_ms" {
            self.length = Duration::from_millis(value);
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "error.type" {
            self.is_throttled = value == "429";
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_that_many_calls_wait_for_is_new_once() {
        let (mut printed, now) = (None, Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        assert!(is_new(&mut printed, after(60)));
        assert!(
            !is_new(&mut printed, after(60)) && !is_new(&mut printed, after(20)) && !is_new(&mut printed, after(65))
        );
        assert!(is_new(&mut printed, after(66)) && !is_new(&mut printed, after(71)));
    }
}
