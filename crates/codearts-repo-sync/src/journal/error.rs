//! Why a journal cannot be used.

use std::io;
use std::path::PathBuf;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The file cannot be opened, read or made.
    #[error("the journal {} cannot be opened; choose a file that can be written to", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process has it open.
    #[error("the journal {} is in use by another process; wait for it, or choose another file", .0.display())]
    InUse(PathBuf),
    /// The file is not a journal, or a line of it cannot be understood.
    #[error("line {line} of {} is not one of a journal; choose another file", path.display())]
    NotAJournal {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
    },
    /// The journal is of calls to another endpoint.
    #[error("the journal {} is of {endpoint}; choose another file for this endpoint", path.display())]
    OtherEndpoint {
        /// The file.
        path: PathBuf,
        /// The endpoint that the journal is of.
        endpoint: String,
    },
    /// A line could not be written.
    #[error("the journal {} cannot be written; make room, and go on with the same file", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line before this one could not be written, so that nothing more is started.
    #[error("the journal {} could not be written before; make room, and go on with the same file", .0.display())]
    Broken(PathBuf),
}
