//! The lines of a list of repositories, one after the other.

use std::io::BufRead;

use zeroize::Zeroizing;

use super::line::Line;

/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// The repositories in their order, up to what is wrong; the reason begins with the number of the line.
pub(super) fn read(mut reader: impl BufRead) -> impl Iterator<Item = Result<Line, String>> {
    let mut number = 0_u64;
    let mut bytes = Zeroizing::new(Vec::new());
    std::iter::from_fn(move || {
        loop {
            number += 1;
            bytes.clear();
            let bad = |reason: &str| Some(Err(format!("line {number}: {reason}")));
            match std::io::Read::take(&mut reader, LONGEST_LINE as u64).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(LONGEST_LINE) => return bad("it is longer than 65535 bytes"),
                Ok(_) => {}
                Err(error) => return bad(&error.to_string()),
            }
            match Line::parse(&bytes) {
                Ok(Some(line)) => return Some(Ok(line)),
                Ok(None) => {}
                Err(reason) => return bad(&reason),
            }
        }
    })
}
