//! What a run found of one mirror.

use serde::{Deserialize, Serialize};

use super::digest::RefsDigest;
use crate::verification::{Verdict, Verification};

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 200;

/// What a run found of one mirror, as the state keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// The refs at which the mirror equals its source.
    #[serde(default)]
    pub digest: Option<RefsDigest>,
    /// Why the mirror is not equal, on one line.
    #[serde(default)]
    pub reason: Option<Box<str>>,
    /// Whether a synchronization that this run started made the mirror equal.
    #[serde(default)]
    pub repaired: bool,
    /// Whether the next attempt waits. False for a repair that was not attempted because the budget was used up.
    #[serde(default)]
    pub backs_off: bool,
}

/// What a run found, in one word.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A ref differs.
    Different,
    /// The service could not be asked, or a repair failed.
    Failed,
    /// A ref could not be compared.
    CannotTell,
    /// The repository has no mirror.
    NoMirror,
    /// Every ref is equal.
    Equal,
}

impl Finding {
    /// A finding of this kind.
    #[must_use]
    pub const fn new(kind: FindingKind) -> Self {
        Self { kind, digest: None, reason: None, repaired: false, backs_off: kind.is_failure() }
    }

    /// What a verification found.
    #[must_use]
    pub fn of(verification: &Verification) -> Self {
        let kind = match verification.verdict {
            Verdict::Equal => FindingKind::Equal,
            Verdict::Different => FindingKind::Different,
            Verdict::CannotTell | Verdict::SourceMoved => FindingKind::CannotTell,
        };
        Self { digest: verification.digest.filter(|_| kind == FindingKind::Equal), ..Self::new(kind) }
    }

    /// Sets why the mirror is not equal. Of a long text the beginning is kept.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        let reason: String = reason.chars().take(LONGEST_REASON).collect();
        Self { reason: (!reason.is_empty()).then(|| reason.into()), ..self }
    }
}

impl FindingKind {
    /// Whether the next attempt is a retry.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Different | Self::Failed | Self::CannotTell)
    }
}
