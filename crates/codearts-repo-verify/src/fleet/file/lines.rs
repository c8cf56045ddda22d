//! The lines of a state file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use codearts_repo::{Endpoint, RepositoryId};
use serde::{Deserialize, Serialize};

use crate::fleet::error::StateError;
use crate::fleet::run::RunSummary;
use crate::fleet::state::{FleetState, MirrorState};

/// The version of the format.
const VERSION: u64 = 1;
/// What the first line calls the file.
const KIND: &str = "codearts-repo-verify";
/// The longest line, in bytes. Texts are shortened before they are written, so no line comes near it.
const LONGEST_LINE: u64 = 64 * 1024;

/// The first line: what the file is, and which service it is about.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    state: String,
    version: u64,
    endpoint: String,
}

impl Header {
    pub(super) fn new(endpoint: &str) -> Self {
        Self { state: KIND.to_owned(), version: VERSION, endpoint: endpoint.to_owned() }
    }
}

/// Every other line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// What is known of a mirror. The last line counts.
    Mirror(RepositoryId, MirrorState),
    /// A mirror that is forgotten.
    Dropped(RepositoryId),
    /// A run, when it begins and when it ends.
    Run(RunSummary),
    /// How many repairs succeeded so far.
    Repaired(u64),
}

/// What a file contains.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) state: FleetState,
    /// The number of lines.
    pub(super) count: u64,
    /// Where the last whole line ends.
    pub(super) end: u64,
    /// Whether there is no header yet.
    pub(super) is_new: bool,
}

/// Reads a whole file. An unfinished line at its end is left out.
pub(super) fn read(file: &File, path: &Path, endpoint: &str) -> Result<Content, StateError> {
    let cannot = |source| StateError::Open { path: path.to_owned(), source };
    let mut content = Content { state: FleetState::default(), count: 0, end: 0, is_new: false };
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let mut text = Vec::new();
    let mut mirrors = Vec::new();
    while next(&mut reader, &mut text).map_err(cannot)? {
        content.count += 1;
        if content.count == 1 {
            check_header(&text, path, endpoint)?;
        } else {
            match serde_json::from_slice(&text) {
                Ok(Line::Mirror(repository, mirror)) => mirrors.push((repository, Some(mirror))),
                Ok(Line::Dropped(repository)) => mirrors.push((repository, None)),
                Ok(Line::Run(run)) => content.state.put_run(run),
                Ok(Line::Repaired(count)) => content.state.repaired = count,
                Err(_) => return Err(StateError::NotAState { path: path.to_owned(), line: content.count }),
            }
        }
        content.end += text.len() as u64 + 1;
    }
    if content.count == 0 {
        // Only a header that this program began to write may be replaced. Anything else is somebody's file.
        let header = serde_json::to_vec(&Header::new(endpoint)).map_err(|error| cannot(error.into()))?;
        if !header.starts_with(&text) {
            return Err(StateError::NotAState { path: path.to_owned(), line: 1 });
        }
        content.is_new = true;
    }
    content.state.mirrors = last_of_each(mirrors).collect();
    Ok(content)
}

/// The last line about each mirror. Collecting them in order makes a map without gaps.
fn last_of_each(
    mut mirrors: Vec<(RepositoryId, Option<MirrorState>)>,
) -> impl Iterator<Item = (RepositoryId, MirrorState)> {
    mirrors.sort_by_key(|(repository, _)| *repository);
    let mut mirrors = mirrors.into_iter().peekable();
    std::iter::from_fn(move || {
        loop {
            let (repository, mirror) = mirrors.next()?;
            let is_last = mirrors.peek().is_none_or(|(next, _)| *next != repository);
            if let Some(mirror) = mirror.filter(|_| is_last) {
                return Some((repository, mirror));
            }
        }
    })
}

/// Reads the next whole line without its line break. NUL bytes are what a system leaves that lost its power.
fn next(reader: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<bool> {
    text.clear();
    Read::take(&mut *reader, LONGEST_LINE).read_until(b'\n', text)?;
    if let Some(end) = text.iter().position(|byte| *byte == 0) {
        text.truncate(end);
        return Ok(false);
    }
    let is_whole = text.last() == Some(&b'\n');
    if is_whole {
        text.pop();
    } else if text.len() as u64 == LONGEST_LINE {
        // No line of a state file: it fails to be read as one.
        return Ok(true);
    }
    Ok(is_whole)
}

fn check_header(text: &[u8], path: &Path, endpoint: &str) -> Result<(), StateError> {
    let path = || path.to_owned();
    match serde_json::from_slice::<Header>(text).ok().filter(|header| header.state == KIND) {
        Some(header) if header.version > VERSION => {
            Err(StateError::NewerVersion { path: path(), version: header.version })
        }
        Some(header) if header.version == VERSION && header.endpoint == endpoint => Ok(()),
        // The message repeats the endpoint, which may be anything in a file that somebody else wrote.
        Some(header) if header.version == VERSION && is_endpoint(&header.endpoint) => {
            Err(StateError::OtherEndpoint { path: path(), endpoint: header.endpoint })
        }
        _ => Err(StateError::NotAState { path: path(), line: 1 }),
    }
}

fn is_endpoint(text: &str) -> bool {
    text.parse::<Endpoint>().is_ok_and(|endpoint| endpoint.as_str() == text)
}

pub(super) fn line_of(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}
