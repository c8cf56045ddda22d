//! Why a journal cannot be used.

use std::error::Error;
use std::io;
use std::path::PathBuf;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The file cannot be opened, read or created.
    #[error("cannot open the journal {}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The path does not name a regular file.
    #[error("the journal {} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// Another process has it open.
    #[error("the journal {} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// This process has it open.
    #[error("the journal {} is already open in this process", .0.display())]
    AlreadyOpen(PathBuf),
    /// The file is not a journal, or one of its lines is invalid.
    #[error("line {line} of {} is not a line of a journal", path.display())]
    NotAJournal {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
    },
    /// The journal was written by a newer version of this program.
    #[error("the journal {} has the format version {version}, which is newer than this program", path.display())]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: u64,
    },
    /// The journal is about another endpoint.
    #[error("the journal {} is about the endpoint {endpoint}", path.display())]
    OtherEndpoint {
        /// The file.
        path: PathBuf,
        /// The endpoint that the journal is about.
        endpoint: String,
    },
    /// An entry could not be written.
    #[error("cannot write the journal {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An earlier result could not be written, and the run stays open for the next command.
    #[error("not every result could be written to the journal")]
    Incomplete,
    /// The journal was closed.
    #[error("the journal is closed")]
    Closed,
    /// A store of the caller failed.
    #[error("the store of the journal failed")]
    Store(#[source] Box<dyn Error + Send + Sync>),
}

impl JournalError {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Open { .. } => "choose a file that can be read and written",
            Self::NotAFile(_) | Self::NotAJournal { .. } => "choose another file",
            Self::InUse(_) => "wait for the other process, or choose another file",
            Self::AlreadyOpen(_) => "close the other journal first, or use one for both",
            Self::NewerVersion { .. } => "update this program, or choose another file",
            Self::OtherEndpoint { .. } => "choose another file for this endpoint",
            Self::Write { .. } | Self::Incomplete => {
                "free disk space and run the same command again; it starts nothing twice"
            }
            Self::Closed => "open the journal again",
            Self::Store(_) => "fix the store and run again; nothing is started twice",
        }
    }
}
