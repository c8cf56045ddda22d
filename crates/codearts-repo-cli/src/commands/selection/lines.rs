//! Reads the lines of a list of repositories.

use std::io::BufRead;

use codearts_repo_client::internal::plain_text;
use zeroize::Zeroizing;

use super::line::Line;

/// The longest line, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// The lines in their order; an error names the number of its line.
pub(super) fn read(mut reader: impl BufRead) -> impl Iterator<Item = Result<Line, String>> {
    let mut number = 0_u64;
    let mut bytes = Zeroizing::new(Vec::new());
    std::iter::from_fn(move || {
        loop {
            number += 1;
            bytes.clear();
            let invalid = |reason: &str| Some(Err(format!("line {number}: {reason}")));
            match std::io::Read::take(&mut reader, LONGEST_LINE as u64).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(LONGEST_LINE) => return invalid("longer than 65535 bytes"),
                Ok(_) => {}
                Err(error) => return invalid(&error.to_string()),
            }
            // Only the first line can have a byte order mark.
            let text = if number == 1 {
                plain_text::decode(&bytes).map_err(|error| format!("{error}; {}", error.advice()))
            } else {
                std::str::from_utf8(&bytes).map_err(|_| "invalid UTF-8".to_owned())
            };
            match text.and_then(Line::parse) {
                Ok(Some(line)) => return Some(Ok(line)),
                Ok(None) => {}
                Err(reason) => return invalid(&reason),
            }
        }
    })
}
