//! The file of a journal: lines that are on the disk when they are said to be.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use codearts_repo::Endpoint;
use serde::Serialize;

use super::entry::{Entry, Header};
use super::error::JournalError;

/// The longest line, in bytes. Texts are bounded before they are written, so that none comes near it.
pub(super) const LONGEST_LINE: usize = 4 * 1024 * 1024;

#[derive(Debug)]
pub(super) struct JournalFile {
    path: PathBuf,
    file: File,
    broken: bool,
}

impl JournalFile {
    /// Opens or makes the file, and hands on what stands in it.
    pub(super) fn open(path: &Path, endpoint: &str, mut learn: impl FnMut(Entry)) -> Result<Self, JournalError> {
        let cannot = |source| JournalError::Open { path: path.to_owned(), source };
        let file = options().open(path).map_err(cannot)?;
        if !lock(&file).map_err(cannot)? {
            return Err(JournalError::InUse(path.to_owned()));
        }
        let mut lines = Lines { reader: BufReader::new(&file), line: 0, end: 0 };
        let not_a_journal = |line| JournalError::NotAJournal { path: path.to_owned(), line };
        let new = match lines.next().map_err(cannot)? {
            Line::Whole(text) => {
                check(&text, path, endpoint)?;
                false
            }
            // Only what this program began to write may be cut off: anything else is somebody's file.
            Line::CutOff(text) if is_begun(&text, endpoint) => true,
            Line::CutOff(_) | Line::TooLong => return Err(not_a_journal(1)),
        };
        loop {
            match lines.next().map_err(cannot)? {
                Line::Whole(text) => learn(serde_json::from_slice(&text).map_err(|_| not_a_journal(lines.line))?),
                Line::CutOff(_) => break,
                // To cut it off would forget the starts after it.
                Line::TooLong => return Err(not_a_journal(lines.line + 1)),
            }
        }
        let end = lines.end;
        let mut journal = Self { path: path.to_owned(), file, broken: false };
        journal.file.set_len(end).and_then(|()| journal.file.seek(SeekFrom::Start(end))).map_err(cannot)?;
        if new {
            journal.write(&Header::new(endpoint))?;
            make_durable(path).map_err(cannot)?;
        }
        Ok(journal)
    }

    #[cfg(test)]
    pub(super) fn over(file: File) -> Self {
        Self { path: PathBuf::from("journal"), file, broken: false }
    }

    pub(super) fn check(&self) -> Result<(), JournalError> {
        if self.broken { Err(JournalError::Broken(self.path.clone())) } else { Ok(()) }
    }

    /// Writes one line, which is on the disk when this returns.
    pub(super) fn append(&mut self, entry: &Entry) -> Result<(), JournalError> {
        self.check()?;
        self.write(entry)
    }

    fn write(&mut self, value: &impl Serialize) -> Result<(), JournalError> {
        let written = serde_json::to_vec(value).map_err(io::Error::from).and_then(|mut line| {
            line.push(b'\n');
            if line.len() > LONGEST_LINE {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the line is too long to be read again"));
            }
            self.file.write_all(&line)?;
            self.file.sync_data()
        });
        written.map_err(|source| {
            self.broken = true;
            JournalError::Write { path: self.path.clone(), source }
        })
    }
}

/// Whether this line is the header of a journal of this endpoint.
fn check(header: &[u8], path: &Path, endpoint: &str) -> Result<(), JournalError> {
    let header: Option<Header> = serde_json::from_slice(header).ok();
    // The message shows what stands there, which may only be an endpoint as it is written here.
    let is_endpoint = |text: &str| text.parse::<Endpoint>().is_ok_and(|endpoint| endpoint.as_str() == text);
    match header.filter(|header| *header == Header::new(&header.endpoint) && is_endpoint(&header.endpoint)) {
        Some(header) if header.endpoint == endpoint => Ok(()),
        Some(header) => Err(JournalError::OtherEndpoint { path: path.to_owned(), endpoint: header.endpoint }),
        None => Err(JournalError::NotAJournal { path: path.to_owned(), line: 1 }),
    }
}

/// Whether this is a header of this endpoint whose writing did not come to its end, perhaps not even to its begin.
fn is_begun(text: &[u8], endpoint: &str) -> bool {
    serde_json::to_vec(&Header::new(endpoint)).is_ok_and(|header| header.starts_with(text))
}

/// What comes next in a file.
enum Line {
    /// A line without its line break.
    Whole(Vec<u8>),
    /// What stands behind the last line break, which was not written to its end: nothing, as a rule.
    CutOff(Vec<u8>),
    /// More than a journal has in a line.
    TooLong,
}

/// The whole lines of a file, and where they end.
struct Lines<R> {
    reader: R,
    line: u64,
    end: u64,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> io::Result<Line> {
        let mut text = Vec::new();
        let length = io::Read::take(&mut self.reader, LONGEST_LINE as u64 + 1).read_until(b'\n', &mut text)?;
        if length > LONGEST_LINE {
            return Ok(Line::TooLong);
        }
        if text.last() != Some(&b'\n') {
            return Ok(Line::CutOff(text));
        }
        text.pop();
        self.line += 1;
        self.end += length as u64;
        Ok(Line::Whole(text))
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether nobody else has the file locked. The system drops the lock when the process ends, however it ends.
#[cfg(unix)]
fn lock(file: &File) -> io::Result<bool> {
    use rustix::fs::{FlockOperation, flock};
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn lock(_: &File) -> io::Result<bool> {
    Ok(true)
}

/// A new file is only sure to be found again when its folder is on the disk too.
#[cfg(unix)]
fn make_durable(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn make_durable(_: &Path) -> io::Result<()> {
    Ok(())
}
