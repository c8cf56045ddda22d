//! The log on standard error, for `-v`.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::time::uptime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::arguments::Verbosity;

/// Prints the log of this project's crates, which never contains a secret. Other libraries give no such promise and are
/// left out.
pub(crate) fn install(verbosity: Verbosity) {
    let level = match verbosity {
        Verbosity::Quiet | Verbosity::Normal => return,
        Verbosity::Info => LevelFilter::INFO,
        Verbosity::Debug => LevelFilter::DEBUG,
        Verbosity::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false).with_timer(uptime());
    let ours = Targets::new().with_target("codearts_repo", level);
    tracing_subscriber::registry().with(lines).with(ours).init();
}
