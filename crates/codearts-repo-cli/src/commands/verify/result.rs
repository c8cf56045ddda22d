//! The result for one mirror, as `verify` prints it.

use codearts_repo::RepositoryId;
use codearts_repo_verify::{
    Counts, Observed, Reason, RefCheck, RefVerdict, RefsDigest, Verdict, Verification, Verifier,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::known::Known;
use super::repair::Repaired;
use crate::exit::Exit;
use crate::metrics::Mirror;
use crate::record::Problem;
use crate::text::one_line;

/// The most refs that are printed for people.
const MOST_REFS: usize = 5;
/// How many digits of an ID are printed for people.
const DIGITS: usize = 10;

/// Whether a mirror equals its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Verified {
    /// Repository ID.
    pub(crate) repository_id: RepositoryId,
    /// Name of the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(flatten)]
    pub(crate) comparison: Comparison,
    /// Digest of the source's refs that were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) digest: Option<RefsDigest>,
    /// What a repair achieved, with --repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) repair: Option<Repaired>,
    /// What is known of the mirror after this run, with --state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<Known>,
    /// Why the mirror could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Problem>,
    #[serde(skip)]
    pub(crate) exit: Exit,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Comparison {
    /// The verdict.
    pub(crate) verdict: Word,
    /// Why nothing could be compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Reason>,
    /// The number of refs of each verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counts: Option<Counts>,
    /// The refs that are not equal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub(crate) refs: Vec<RefCheck>,
    /// Default branch of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source_default_branch: Option<String>,
    /// Default branch of the mirror.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mirror_default_branch: Option<String>,
    /// What the service said of the mirror.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) observed: Option<Observed>,
}

/// The verdict for a mirror. The first is the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Word {
    /// At least one ref differs, is missing, or is only in the mirror.
    Different,
    /// The service could not be asked.
    Failed,
    /// At least one ref could not be compared, and no ref differs.
    CannotTell,
    /// The source changed during each comparison.
    SourceMoved,
    /// It failed before and was not verified in this run.
    BackingOff,
    /// The repository has no mirror.
    Skipped,
    /// Every ref is equal.
    Equal,
}

impl Word {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Failed => "failed",
            Self::CannotTell => "cannot tell",
            Self::SourceMoved => "source moved",
            Self::BackingOff => "backing off",
            Self::Skipped => "skipped, has no mirror",
            Self::Equal => "equal",
        }
    }
}

impl Word {
    /// The same as in JSON.
    const fn word(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Failed => "failed",
            Self::CannotTell => "cannot_tell",
            Self::SourceMoved => "source_moved",
            Self::BackingOff => "backing_off",
            Self::Skipped => "skipped",
            Self::Equal => "equal",
        }
    }
}

impl From<Verdict> for Word {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Equal => Self::Equal,
            Verdict::Different => Self::Different,
            Verdict::SourceMoved => Self::SourceMoved,
            _ => Self::CannotTell,
        }
    }
}

impl Verified {
    /// Compares a mirror. A listed repository without a mirror is skipped.
    pub(crate) async fn of(repository_id: RepositoryId, listed: bool, verifier: &Verifier) -> Self {
        let without = |verdict, error, exit| Self { error, exit, ..Self::without(repository_id, verdict) };
        match verifier.verify(repository_id).await {
            Ok(verification) => Self::from(verification),
            Err(error) if listed && error.status() == Some(404) => without(Word::Skipped, None, Exit::Worked),
            Err(error) => without(Word::Failed, Some(Problem::of_call(&error)), Exit::of(&error)),
        }
    }

    pub(crate) fn metrics(&self) -> Mirror<'_> {
        Mirror {
            repository: self.repository_id,
            name: self.name.as_deref(),
            state: self.comparison.verdict.word(),
            is_problem: !matches!(self.comparison.verdict, Word::Equal | Word::Skipped),
            last_success: None,
            failures: None,
            duration: None,
        }
    }

    /// A mirror that was not compared.
    pub(super) const fn without(repository_id: RepositoryId, verdict: Word) -> Self {
        let (name, digest, repair, state, error) = (None, None, None, None, None);
        let comparison = Comparison::without(verdict);
        Self { repository_id, name, comparison, digest, repair, state, error, exit: Exit::Failed }
    }

    /// What is wrong, on one line for people.
    pub(crate) fn explanation(&self) -> String {
        let found = self
            .error
            .as_ref()
            .map_or_else(|| self.comparison.explanation(), |error| one_line(&error.explanation()).into_owned());
        let repair = self.repair.as_ref().map(Repaired::explanation);
        let state = self.state.as_ref().and_then(Known::explanation);
        let parts = [repair, Some(found), state].into_iter().flatten().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("; ")
    }
}

impl Comparison {
    /// A verdict without a comparison.
    const fn without(verdict: Word) -> Self {
        let (source_default_branch, mirror_default_branch) = (None, None);
        Self {
            verdict,
            reason: None,
            counts: None,
            refs: Vec::new(),
            source_default_branch,
            mirror_default_branch,
            observed: None,
        }
    }

    /// What is wrong, on one line for people.
    pub(crate) fn explanation(&self) -> String {
        if let Some(reason) = &self.reason {
            return one_line(&format!("{reason}; {}", reason.advice())).into_owned();
        }
        let refs = &self.refs;
        let mut parts: Vec<String> = refs.iter().take(MOST_REFS).map(line).collect();
        if refs.len() > MOST_REFS {
            parts.push(format!("{} more", refs.len() - MOST_REFS));
        }
        parts.join("; ")
    }

    pub(crate) fn equal(&self) -> String {
        self.counts.map_or_else(|| "-".to_owned(), |counts| counts.equal.to_string())
    }
}

impl From<Verification> for Verified {
    fn from(verification: Verification) -> Self {
        let verdict = Word::from(verification.verdict);
        let compared = verification.checks > 0;
        Self {
            name: verification.name,
            digest: verification.digest,
            comparison: Comparison {
                verdict,
                reason: verification.reason,
                counts: compared.then_some(verification.counts),
                refs: verification.refs,
                source_default_branch: verification.source_default_branch,
                mirror_default_branch: verification.mirror_default_branch,
                observed: Some(verification.observed),
            },
            exit: if verdict == Word::Equal { Exit::Worked } else { Exit::Failed },
            ..Self::without(verification.repository_id, verdict)
        }
    }
}

/// A ref on one line for people.
fn line(check: &RefCheck) -> String {
    let kind = match check.kind {
        codearts_repo_verify::RefKind::Branch => "branch",
        codearts_repo_verify::RefKind::Tag => "tag",
    };
    let name = one_line(&check.name);
    let short = |id: String| id.chars().take(DIGITS).collect::<String>();
    let source = check.source.map(|target| short(target.object.to_string())).unwrap_or_default();
    let mirror = check.mirror.map(|id| short(id.to_string())).unwrap_or_default();
    match check.verdict {
        RefVerdict::Different => format!("{kind} {name}: source {source}, mirror {mirror}"),
        RefVerdict::MissingInMirror => format!("{kind} {name}: missing in the mirror"),
        RefVerdict::OnlyInMirror => format!("{kind} {name}: only in the mirror"),
        RefVerdict::SourceMoved => format!("{kind} {name}: the source moved"),
        RefVerdict::Equal => format!("{kind} {name}: equal"),
        _ => {
            let reason = check.reason.as_ref().map_or("not comparable", |reason| &reason.message);
            format!("{kind} {name}: {}", one_line(reason))
        }
    }
}
