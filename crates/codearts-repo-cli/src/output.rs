//! The two streams: results on the standard output, all else on the standard error.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::arguments::{Colour, Verbosity};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::text::one_line;

/// Whether notes are left out.
static QUIET: AtomicBool = AtomicBool::new(false);
/// Whether the reader of the standard output has gone.
static CLOSED: AtomicBool = AtomicBool::new(false);
/// Whether results have colours, once it was asked: the answer takes a system call and half a dozen variables.
static COLOURS: Mutex<Option<bool>> = Mutex::new(None);

pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const DOUBTFUL: Style = AnsiColor::Yellow.on_default();

/// Sets what holds for both streams of this process. Without a word of the caller, `NO_COLOR`, `CLICOLOR_FORCE` and
/// the kind of each stream decide about colours.
pub(crate) fn configure(verbosity: Verbosity, colour: Colour) {
    QUIET.store(verbosity == Verbosity::Quiet, Ordering::Relaxed);
    match colour {
        Colour::Auto => ColorChoice::Auto,
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    }
    .write_global();
    *COLOURS.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Writes a line of results. A reader that has gone (`| head -1`) is no failure: the rest is dropped.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    document(&format!("{text}\n"))
}

/// Writes a value as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    line(&json_of(value)?)
}

/// A value as JSON on one line.
pub(crate) fn json_of(value: &impl Serialize) -> Result<String, Failure> {
    let broken =
        |error| Failure::new(Exit::Failed, format!("the result is no JSON: {error}"), "report this as a fault");
    serde_json::to_string(value).map_err(broken)
}

/// Writes a text as it is.
pub(crate) fn document(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => CLOSED.store(true, Ordering::Relaxed),
        Err(error) => {
            let what = format!("the standard output cannot be written: {error}");
            return Err(Failure::new(Exit::Failed, what, "make room, or send it elsewhere"));
        }
        Ok(()) => {}
    }
    Ok(())
}

/// Whether the reader of the standard output has gone, so that what is only made to be read need not be made.
pub(crate) fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

/// Whether results are written in colours.
pub(crate) fn has_colours() -> bool {
    let mut known = COLOURS.lock().unwrap_or_else(PoisonError::into_inner);
    *known.get_or_insert_with(|| AutoStream::choice(&stdout()) != ColorChoice::Never)
}

/// The style of a word of a result, or none where there are no colours.
pub(crate) fn of_results(style: Style) -> Style {
    if has_colours() { style } else { Style::new() }
}

/// Tells people what went wrong, on one line of the standard error. Nothing can be done when that fails.
pub(crate) fn tell(text: impl Display) {
    say(BAD, text);
}

/// Tells people what is worth knowing, unless they want it quiet.
pub(crate) fn note(text: impl Display) {
    if !QUIET.load(Ordering::Relaxed) {
        say(Style::new().bold(), text);
    }
}

/// Tells people at a terminal what they could do next.
pub(crate) fn hint(text: impl Display) {
    if has_viewer() {
        note(text);
    }
}

/// Whether somebody looks at the standard error and wants to be told how it goes.
pub(crate) fn has_viewer() -> bool {
    !QUIET.load(Ordering::Relaxed) && stderr().is_terminal()
}

fn say(style: Style, text: impl Display) {
    let mut err = AutoStream::auto(stderr().lock());
    let _ = writeln!(err, "{style}codearts-repo:{style:#} {}", one_line(&text.to_string()));
}
