//! Results go to standard output, everything else to standard error.

mod destination;

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::arguments::{Color, Verbosity};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::text::{escaped_json, one_line};
pub(crate) use destination::require_stdout;

/// Whether to leave out notes.
static QUIET: AtomicBool = AtomicBool::new(false);
/// Whether the reader of standard output has gone.
static CLOSED: AtomicBool = AtomicBool::new(false);
/// Whether results have colors, cached: finding out takes a system call and half a dozen variables.
static COLORS: Mutex<Option<bool>> = Mutex::new(None);

pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const DOUBTFUL: Style = AnsiColor::Yellow.on_default();

/// Configures both streams. With [`Color::Auto`], `NO_COLOR`, `CLICOLOR_FORCE` and the kind of each stream decide.
pub(crate) fn configure(verbosity: Verbosity, color: Color) {
    QUIET.store(verbosity == Verbosity::Quiet, Ordering::Relaxed);
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
    *COLORS.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Prints a line of results. If the reader has gone (`| head -1`), the rest is dropped without an error.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    document(&format!("{text}\n"))
}

/// Prints a value as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    line(&json_of(value)?)
}

/// A value as JSON on one line.
pub(crate) fn json_of(value: &impl Serialize) -> Result<String, Failure> {
    let bug =
        |error| Failure::new(Exit::Failed, format!("failed to serialize the result: {error}"), "please report a bug");
    serde_json::to_string(value).map(escaped_json).map_err(bug)
}

/// Prints a text as it is.
pub(crate) fn document(text: &str) -> Result<(), Failure> {
    bytes(text.as_bytes())
}

/// Prints bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => CLOSED.store(true, Ordering::Relaxed),
        Err(error) => {
            let what = format!("cannot write to standard output: {error}");
            return Err(Failure::new(Exit::Failed, what, "free some space, or redirect the output"));
        }
        Ok(()) => {}
    }
    Ok(())
}

/// Whether the reader of standard output has gone.
pub(crate) fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

/// Whether results have colors.
pub(crate) fn has_colors() -> bool {
    let mut known = COLORS.lock().unwrap_or_else(PoisonError::into_inner);
    *known.get_or_insert_with(|| AutoStream::choice(&stdout()) != ColorChoice::Never)
}

/// The style for a word of a result; plain without colors.
pub(crate) fn of_results(style: Style) -> Style {
    if has_colors() { style } else { Style::new() }
}

/// Prints a problem on one line of standard error. Failing to print it is ignored.
pub(crate) fn error(text: impl Display) {
    print(BAD, text);
}

/// Prints a note, unless `--quiet` is set.
pub(crate) fn note(text: impl Display) {
    if !QUIET.load(Ordering::Relaxed) {
        print(Style::new().bold(), text);
    }
}

/// The shortest pause that is worth a note.
pub(crate) const LONG_PAUSE: Duration = Duration::from_secs(5);

/// Why and how long calls pause, in whole seconds.
pub(crate) fn pause(is_throttled: bool, length: Duration) -> String {
    let length = humantime::format_duration(Duration::from_secs(length.as_secs()));
    if is_throttled {
        format!("paused for {length}: the service asks to wait; press Ctrl-C to stop")
    } else {
        format!("paused for {length} before a failed call is retried; press Ctrl-C to stop")
    }
}

/// Prints a hint if standard error is a terminal.
pub(crate) fn hint(text: impl Display) {
    if has_viewer() {
        note(text);
    }
}

/// Whether standard error is a terminal and notes are wanted.
pub(crate) fn has_viewer() -> bool {
    !QUIET.load(Ordering::Relaxed) && stderr().is_terminal()
}

fn print(style: Style, text: impl Display) {
    let mut err = AutoStream::auto(stderr().lock());
    let _ = writeln!(err, "{style}codearts-repo:{style:#} {}", one_line(&text.to_string()));
}
