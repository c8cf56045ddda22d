//! The two streams: results on the standard output, all else on the standard error.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stderr, stdout};

use serde::Serialize;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::text::one_line;

/// Writes a line of results. A reader that has gone (`| head -1`) is no failure: the rest is dropped.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    document(&format!("{text}\n"))
}

/// Writes a value as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
    line(&text)
}

/// Writes a text as it is.
pub(crate) fn document(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Failed, format!("the standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Tells people something, on one line of the standard error. Nothing can be done when that fails.
pub(crate) fn tell(text: impl Display) {
    let _ = writeln!(stderr().lock(), "codearts-repo: {}", one_line(&text.to_string()));
}
