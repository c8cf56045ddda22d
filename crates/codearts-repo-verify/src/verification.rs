//! What a verification finds.

use codearts_repo::{RemoteMirror, RepositoryId};
use serde::{Deserialize, Serialize};

use crate::fleet::RefsDigest;
use crate::object_id::ObjectId;
use crate::reason::Reason;
use crate::refs::{RefKind, Target};

/// The longest word and the longest form of a time that are kept, in characters.
const LONGEST_WORD: usize = 40;

/// Whether a mirror equals its source.
///
/// LFS objects and submodules are not covered: their contents are not in the refs.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// The mirror's repository.
    pub repository_id: RepositoryId,
    /// The repository's name, if the service gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
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
    /// The digest of the source's refs that were compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<RefsDigest>,
    /// What the service said of the mirror when it was compared.
    pub observed: Observed,
}

/// What the service said of a mirror. The meaning of these fields is not documented, so they are kept with the verdict.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Observed {
    /// The word in `update_status`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_status: Option<String>,
    /// The names of the fields with a value, of those that show how a synchronization goes.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The form of `last_successful_update_at`, or of `last_update_at`: each digit is 0, each letter but T and Z is a.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_form: Option<String>,
}

impl Observed {
    /// What a mirror says, without names, addresses and times.
    #[must_use]
    pub fn of(mirror: &RemoteMirror) -> Self {
        let has = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        let fields = [
            ("update_status", has(&mirror.update_status)),
            ("last_update_at", has(&mirror.last_update_at)),
            ("last_successful_update_at", has(&mirror.last_successful_update_at)),
            ("number_of_failures", mirror.number_of_failures.is_some()),
            ("last_error", has(&mirror.last_error)),
        ];
        let time = mirror.last_successful_update_at.as_ref().or(mirror.last_update_at.as_ref());
        Self {
            update_status: mirror.update_status.as_ref().map(|word| word.chars().take(LONGEST_WORD).collect()),
            fields: fields.into_iter().filter(|(_, has)| *has).map(|(name, _)| name.to_owned()).collect(),
            time_form: time.filter(|time| !time.is_empty()).map(|time| form(time)),
        }
    }
}

fn form(time: &str) -> String {
    let form = |letter: char| match letter {
        '0'..='9' => '0',
        'T' | 'Z' => letter,
        letter if letter.is_alphabetic() => 'a',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    time.chars().take(LONGEST_WORD).map(form).collect()
}

impl Verification {
    /// A verification of these refs, for tests of your own code. The counts and the verdict follow from them.
    ///
    /// ```
    /// use codearts_repo::RepositoryId;
    /// use codearts_repo_verify::{RefCheck, RefKind, RefVerdict, Verdict, Verification};
    ///
    /// # fn main() -> Result<(), codearts_repo::OutOfRange> {
    /// let tag = RefCheck::new(RefKind::Tag, "v1", RefVerdict::MissingInMirror);
    /// let verification = Verification::new(RepositoryId::try_from(123)?, vec![tag]);
    /// assert_eq!(verification.verdict, Verdict::Different);
    /// assert_eq!(verification.counts.missing_in_mirror, 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn new(repository: RepositoryId, refs: Vec<RefCheck>) -> Self {
        let mut counts = Counts::default();
        refs.iter().for_each(|check| counts.add(check.verdict));
        Self {
            repository_id: repository,
            name: None,
            verdict: counts.verdict(),
            reason: None,
            source_default_branch: None,
            mirror_default_branch: None,
            counts,
            refs,
            checks: 0,
            digest: None,
            observed: Observed::default(),
        }
    }

    /// A verification without a comparison.
    #[must_use]
    pub fn cannot_tell(repository: RepositoryId, reason: Reason) -> Self {
        Self { verdict: Verdict::CannotTell, reason: Some(reason), ..Self::new(repository, Vec::new()) }
    }

    /// Whether every ref that was compared is equal.
    #[must_use]
    pub const fn is_equal(&self) -> bool {
        matches!(self.verdict, Verdict::Equal)
    }
}

/// Whether a mirror equals its source.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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

impl RefCheck {
    /// A ref with this verdict, and nothing else that is known.
    pub fn new(kind: RefKind, name: impl Into<String>, verdict: RefVerdict) -> Self {
        Self { kind, name: name.into(), verdict, source: None, mirror: None, reason: None }
    }
}

/// Whether a ref of a mirror equals that of its source.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_observed_names_nothing() {
        let mut mirror = RemoteMirror::default();
        mirror.update_status = Some("finished".to_owned());
        mirror.last_successful_update_at = Some("2026-01-27T08:30:00.125+08:00".to_owned());
        mirror.url = Some("https://git.example.com/secret.git".to_owned());
        mirror.last_error = Some(String::new());
        mirror.number_of_failures = Some(0);
        let observed = Observed::of(&mirror);
        assert_eq!(observed.update_status.as_deref(), Some("finished"));
        assert_eq!(observed.time_form.as_deref(), Some("0000-00-00T00:00:00.000+00:00"));
        assert_eq!(observed.fields, ["update_status", "last_successful_update_at", "number_of_failures"]);
        assert_eq!(form("Jul 22, 2020 10:45:56 AM"), "aaa 00, 0000 00:00:00 aa");
        assert_eq!(Observed::of(&RemoteMirror::default()), Observed::default());
    }
}
