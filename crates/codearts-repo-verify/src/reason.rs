//! Why something could not be compared.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a mirror or a ref could not be compared with its source.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reason {
    /// What kind of reason it is.
    pub kind: ReasonKind,
    /// What is wrong, on one line and without secrets.
    pub message: String,
}

impl Reason {
    /// A reason of this kind.
    #[must_use]
    pub fn new(kind: ReasonKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What to do next.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self.kind {
            ReasonKind::UnsupportedSource => "verify this mirror by hand; only http and https sources can be read",
            ReasonKind::InvalidSource => "fix the address of the mirror source",
            ReasonKind::InvalidCredentials => "pass a user name and a password without line breaks",
            ReasonKind::GitMissing => "install git, and make sure that it is in PATH",
            ReasonKind::SourceUnreadable => {
                "check that `git ls-remote` can read the source; pass credentials if it needs them"
            }
            ReasonKind::SourceTimedOut => "retry later, or raise the timeout",
            ReasonKind::TooManyRefs => "verify this mirror with git",
            ReasonKind::InvalidName => "rename the ref in the mirror",
            ReasonKind::UnreadableName => "compare this ref with git",
            ReasonKind::ObjectFormat => {
                "compare this mirror with git; the IDs of different object formats cannot be compared"
            }
            ReasonKind::SourceMoved => "retry when the source changes less often",
            ReasonKind::MirrorUnreadable => "retry later; if it persists, report the request ID to the vendor",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// What kind of reason kept a comparison from being made.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReasonKind {
    /// The source uses a transport other than http and https.
    UnsupportedSource,
    /// The address of the source is missing or malformed.
    InvalidSource,
    /// The credentials cannot be passed to git.
    InvalidCredentials,
    /// There is no git.
    GitMissing,
    /// Git could not read the source.
    SourceUnreadable,
    /// The source did not answer in time.
    SourceTimedOut,
    /// There are more refs than are compared.
    TooManyRefs,
    /// Git does not allow the name that the mirror reports.
    InvalidName,
    /// The name is not UTF-8.
    UnreadableName,
    /// The source and the mirror have different object formats.
    ObjectFormat,
    /// The source changed during each comparison.
    SourceMoved,
    /// The service gave an answer that cannot be compared.
    MirrorUnreadable,
}
