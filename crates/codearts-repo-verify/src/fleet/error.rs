//! Why a state file cannot be used.

use std::io;
use std::path::PathBuf;

/// Why a state file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The file cannot be opened, read or created.
    #[error("cannot open the state file {}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The path does not name a regular file.
    #[error("the state file {} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// Another run has it open.
    #[error("the state file {} is in use by another run", .0.display())]
    InUse(PathBuf),
    /// The file is not a state file, or one of its lines is invalid.
    #[error("line {line} of {} is not a line of a state file", path.display())]
    NotAState {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
    },
    /// The file was written by a newer version of this program.
    #[error("the state file {} has the format version {version}, which is newer than this program", path.display())]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: u64,
    },
    /// The file is about another endpoint.
    #[error("the state file {} is about the endpoint {endpoint}", path.display())]
    OtherEndpoint {
        /// The file.
        path: PathBuf,
        /// The endpoint that the file is about.
        endpoint: String,
    },
    /// A line could not be written.
    #[error("cannot write the state file {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StateError {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Open { .. } => "choose a file that can be read and written",
            Self::NotAFile(_) | Self::NotAState { .. } => "choose another file",
            Self::InUse(_) => "wait for the other run, or choose another file",
            Self::NewerVersion { .. } => "update this program, or choose another file",
            Self::OtherEndpoint { .. } => "choose another file for this endpoint",
            Self::Write { .. } => "free disk space and run again; what was recorded before is kept",
        }
    }
}
