//! Reads the lines of a journal.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::time::SystemTime;

use codearts_repo::Endpoint;
use serde::{Deserialize, Serialize};

use super::{VERSION, legacy};
use crate::journal::entry::JournalEntry;
use crate::journal::error::JournalError;

/// The longest line, in bytes. Texts are shortened before they are written, so none comes near it.
pub(super) const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// The first line: what the file is, and which service it is about.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    journal: String,
    version: u64,
    endpoint: String,
}

impl Header {
    pub(super) fn new(endpoint: &str) -> Self {
        Self { journal: "codearts-repo-sync".to_owned(), version: VERSION, endpoint: endpoint.to_owned() }
    }
}

/// What a file contains.
#[derive(Debug)]
pub(super) struct Content {
    /// The version of the format. None if the header has not been written yet.
    pub(super) version: Option<u64>,
    pub(super) entries: Vec<JournalEntry>,
    /// Where the last whole line ends.
    pub(super) end: u64,
}

/// Reads a whole journal. An unfinished line at its end is left out.
pub(super) fn read(file: &File, path: &Path, endpoint: &str) -> Result<Content, JournalError> {
    let cannot = |source| JournalError::Open { path: path.to_owned(), source };
    let not_a_journal = |line| JournalError::NotAJournal { path: path.to_owned(), line };
    let mut lines = Lines { reader: BufReader::new(file), number: 0, end: 0 };
    let version = match lines.next().map_err(cannot)? {
        Line::Whole(text) => check_header(&text, path, endpoint)?,
        // Only a header that this program began to write may be replaced. Anything else is somebody's file.
        Line::Unfinished(text) if is_begun(&text, endpoint) => {
            return Ok(Content { version: None, entries: Vec::new(), end: 0 });
        }
        Line::Unfinished(_) | Line::TooLong => return Err(not_a_journal(1)),
    };
    let written = file.metadata().and_then(|metadata| metadata.modified()).unwrap_or_else(|_| SystemTime::now());
    let mut upgrade = legacy::Upgrade::new(written);
    let mut entries = Vec::new();
    loop {
        match lines.next().map_err(cannot)? {
            Line::Whole(text) if version == 1 => {
                upgrade.read(&text, &mut entries).map_err(|_| not_a_journal(lines.number))?;
            }
            Line::Whole(text) => {
                entries.push(serde_json::from_slice(&text).map_err(|_| not_a_journal(lines.number))?);
            }
            Line::Unfinished(_) => break,
            // Cutting it off would forget the starts after it.
            Line::TooLong => return Err(not_a_journal(lines.number + 1)),
        }
    }
    if version == 1 {
        upgrade.finish(&mut entries);
    }
    Ok(Content { version: Some(version), entries, end: lines.end })
}

/// The version of the format, if this is the header of a journal about this endpoint.
fn check_header(text: &[u8], path: &Path, endpoint: &str) -> Result<u64, JournalError> {
    let path = || path.to_owned();
    let header = serde_json::from_slice::<Header>(text).ok().filter(|header| header.journal == "codearts-repo-sync");
    match header {
        Some(header) if header.version > VERSION => {
            Err(JournalError::NewerVersion { path: path(), version: header.version })
        }
        Some(header) if header.version > 0 && header.endpoint == endpoint => Ok(header.version),
        // The message repeats the endpoint, which may be anything in a file that somebody else wrote.
        Some(header) if header.version > 0 && is_endpoint(&header.endpoint) => {
            Err(JournalError::OtherEndpoint { path: path(), endpoint: header.endpoint })
        }
        _ => Err(JournalError::NotAJournal { path: path(), line: 1 }),
    }
}

fn is_endpoint(text: &str) -> bool {
    text.parse::<Endpoint>().is_ok_and(|endpoint| endpoint.as_str() == text)
}

/// Whether this is the beginning of a header, of either version, that was not written to its end.
fn is_begun(text: &[u8], endpoint: &str) -> bool {
    [1, VERSION].into_iter().any(|version| {
        let header = Header { version, ..Header::new(endpoint) };
        serde_json::to_vec(&header).is_ok_and(|header| header.starts_with(text))
    })
}

/// What comes next in a file.
enum Line {
    /// A line without its line break.
    Whole(Vec<u8>),
    /// What follows the last line break: usually nothing.
    Unfinished(Vec<u8>),
    /// More than a line of a journal.
    TooLong,
}

struct Lines<R> {
    reader: R,
    number: u64,
    end: u64,
}

impl<R: BufRead> Lines<R> {
    /// Reads the next line. NUL bytes are room that was reserved and never written, or written by a system that lost
    /// its power before the data was durable: the text ends there.
    fn next(&mut self) -> io::Result<Line> {
        let mut text = Vec::new();
        let length = Read::take(&mut self.reader, LONGEST_LINE as u64 + 1).read_until(b'\n', &mut text)?;
        if let Some(end) = text.iter().position(|byte| *byte == 0) {
            text.truncate(end);
            return Ok(Line::Unfinished(text));
        }
        if length > LONGEST_LINE {
            return Ok(Line::TooLong);
        }
        if text.last() != Some(&b'\n') {
            return Ok(Line::Unfinished(text));
        }
        text.pop();
        self.number += 1;
        self.end += length as u64;
        Ok(Line::Whole(text))
    }
}
