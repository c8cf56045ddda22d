//! What a verification finds.

use codearts_repo::RepositoryId;
use serde::{Deserialize, Serialize};

use crate::object_id::ObjectId;
use crate::reason::Reason;
use crate::refs::{RefKind, Target};

/// Whether a mirror equals its source.
///
/// LFS objects and submodules are not covered: their contents are not in the refs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// The mirror's repository.
    pub repository_id: RepositoryId,
    /// The verdict for the mirror.
    pub verdict: Verdict,
    /// Why nothing could be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The default branch of the source, if its `HEAD` names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_default_branch: Option<String>,
    /// The default branch of the mirror, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror_default_branch: Option<String>,
    /// The number of refs of each verdict.
    pub counts: Counts,
    /// The refs that are not equal, and the equal ones if
    /// [`Verifier::list_equal`](crate::Verifier::list_equal) was set. Branches come first, each kind by name.
    pub refs: Vec<RefCheck>,
    /// How often the mirror was compared with its source: more than once if the source moved meanwhile.
    pub checks: u32,
}

impl Verification {
    /// A verification without a comparison.
    #[must_use]
    pub fn cannot_tell(repository: RepositoryId, reason: Reason) -> Self {
        Self {
            repository_id: repository,
            verdict: Verdict::CannotTell,
            reason: Some(reason),
            source_default_branch: None,
            mirror_default_branch: None,
            counts: Counts::default(),
            refs: Vec::new(),
            checks: 0,
        }
    }

    /// Whether every ref that was compared is equal.
    #[must_use]
    pub const fn is_equal(&self) -> bool {
        matches!(self.verdict, Verdict::Equal)
    }
}

/// Whether a mirror equals its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// At least one ref differs, is missing, or is only in the mirror.
    Different,
    /// At least one ref could not be compared, and no ref differs.
    CannotTell,
    /// The source changed while it was compared, and no other ref differs.
    SourceMoved,
    /// Every ref is equal.
    Equal,
}

/// One ref of a mirror and of its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RefCheck {
    /// A branch or a tag.
    pub kind: RefKind,
    /// The name, without `refs/heads/` or `refs/tags/`.
    pub name: String,
    /// The verdict for this ref.
    pub verdict: RefVerdict,
    /// What the source has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Target>,
    /// What the mirror has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror: Option<ObjectId>,
    /// Why the ref could not be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Whether a ref of a mirror equals that of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefVerdict {
    /// Both have the same id.
    Equal,
    /// The ids differ.
    Different,
    /// The source has the ref, the mirror does not.
    MissingInMirror,
    /// The mirror has the ref, the source does not.
    OnlyInMirror,
    /// The source changed the ref while it was compared.
    SourceMoved,
    /// The ref could not be compared.
    CannotTell,
}

/// How many refs have each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// Equal refs.
    pub equal: u64,
    /// Refs with different ids.
    pub different: u64,
    /// Refs that only the source has.
    pub missing_in_mirror: u64,
    /// Refs that only the mirror has.
    pub only_in_mirror: u64,
    /// Refs that the source changed meanwhile.
    pub source_moved: u64,
    /// Refs that could not be compared.
    pub cannot_tell: u64,
}

impl Counts {
    pub(crate) const fn add(&mut self, verdict: RefVerdict) {
        let count = match verdict {
            RefVerdict::Equal => &mut self.equal,
            RefVerdict::Different => &mut self.different,
            RefVerdict::MissingInMirror => &mut self.missing_in_mirror,
            RefVerdict::OnlyInMirror => &mut self.only_in_mirror,
            RefVerdict::SourceMoved => &mut self.source_moved,
            RefVerdict::CannotTell => &mut self.cannot_tell,
        };
        *count += 1;
    }

    pub(crate) const fn verdict(&self) -> Verdict {
        if self.different + self.missing_in_mirror + self.only_in_mirror > 0 {
            Verdict::Different
        } else if self.cannot_tell > 0 {
            Verdict::CannotTell
        } else if self.source_moved > 0 {
            Verdict::SourceMoved
        } else {
            Verdict::Equal
        }
    }
}
