//! The progress bar on standard error.

use std::fmt;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::output;

/// A bar for this number of repositories, or a spinner if it is unknown. `None` without a terminal, and for a single
/// repository.
pub(crate) fn new(total: Option<u64>) -> Option<ProgressBar> {
    if !output::has_viewer() || total == Some(1) {
        return None;
    }
    let (bar, template) = match total {
        Some(total) => {
            (ProgressBar::new(total), "{elapsed_precise} [{bar:30}] {pos}/{len}{prefix}, {rate}, {eta} left: {msg}")
        }
        None => (ProgressBar::new_spinner(), "{elapsed_precise} {spinner} {pos}{prefix}, {rate}: {msg}"),
    };
    let rate = |state: &ProgressState, text: &mut dyn fmt::Write| {
        let _ = write!(text, "{:.0}/min", state.per_sec() * 60.0);
    };
    let bar = match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.with_key("rate", rate).progress_chars("=> ")),
        Err(_) => bar,
    };
    bar.enable_steady_tick(Duration::from_secs(1));
    Some(bar)
}
