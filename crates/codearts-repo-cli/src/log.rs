//! The log on standard error, for `-v`, and notes about long pauses without it.

use std::fmt::Debug;
use std::time::Duration;

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
            return tracing_subscriber::registry().with(PauseNotes.with_filter(backoffs)).init();
        }
        Verbosity::Info => LevelFilter::INFO,
        Verbosity::Debug => LevelFilter::DEBUG,
        Verbosity::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false).with_timer(uptime());
    let ours = Targets::new().with_target("codearts_repo", level);
    tracing_subscriber::registry().with(lines).with(ours).init();
}

/// Prints each long pause before a retry.
struct PauseNotes;

impl<S: Subscriber> Layer<S> for PauseNotes {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut backoff = Backoff::default();
        event.record(&mut backoff);
        if backoff.length >= LONG_PAUSE {
            output::note(output::pause(backoff.is_throttled, backoff.length));
        }
    }
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
