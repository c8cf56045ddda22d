//! The fields of a mirror that show how a synchronization goes.

use std::cmp::Ordering;

use codearts_repo::{RemoteMirror, RepositoryId};
use serde::{Deserialize, Serialize};

use crate::bounded::bounded;
use crate::service_time::ServiceTime;
use crate::word::Word;

/// The telling fields of a mirror at one moment. A field that is absent says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Snapshot {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_update: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_success: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failures: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_error: Option<String>,
}

impl Snapshot {
    /// The state of this repository's mirror. An answer about another repository says nothing.
    pub(crate) fn of(repository: RepositoryId, mirror: RemoteMirror) -> Self {
        if mirror.repository_id.is_some_and(|id| RepositoryId::try_from(id) != Ok(repository)) {
            return Self::default();
        }
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Self {
            status: given(mirror.update_status),
            last_update: given(mirror.last_update_at),
            last_success: given(mirror.last_successful_update_at),
            failures: mirror.number_of_failures.filter(|count| *count >= 0),
            last_error: given(mirror.last_error),
        }
    }

    pub(crate) fn word(&self) -> Word {
        Word::of(self.status.as_deref())
    }

    pub(crate) fn says_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a time in it is earlier than one that was seen: it comes from a replica that lags.
    pub(crate) fn is_older_than(&self, newest: &Self) -> bool {
        compare(&self.last_update, &newest.last_update) == Some(Ordering::Less)
            || compare(&self.last_success, &newest.last_success) == Some(Ordering::Less)
    }

    /// Whether no field that both have differs.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| !differs(one, other);
        same(&self.status, &other.status)
            && same(&self.last_update, &other.last_update)
            && same(&self.last_success, &other.last_success)
            && same(&self.last_error, &other.last_error)
            && !matches!((self.failures, other.failures), (Some(one), Some(other)) if one != other)
    }

    /// This state, and of `earlier` the fields that this one lacks.
    pub(crate) fn over(self, earlier: &Self) -> Self {
        Self {
            status: self.status.or_else(|| earlier.status.clone()),
            last_update: self.last_update.or_else(|| earlier.last_update.clone()),
            last_success: self.last_success.or_else(|| earlier.last_success.clone()),
            failures: self.failures.or(earlier.failures),
            last_error: self.last_error.or_else(|| earlier.last_error.clone()),
        }
    }

    /// Whether it shows that a synchronization began since `before`: one runs that did not run then, or one has left
    /// a trace.
    pub(crate) fn began_since(&self, before: &Self) -> bool {
        let is_newer = |now: &Option<String>, then: &Option<String>| match compare(now, then) {
            Some(order) => order == Ordering::Greater,
            // A first time, unless nothing at all was known before, or two times that cannot be compared.
            None => differs(now, then) || (now.is_some() && then.is_none() && !before.says_nothing()),
        };
        let word = self.word();
        let has_moved = match word {
            Word::Active => true,
            Word::Done | Word::Failed => before.status.is_some(),
            Word::Never | Word::Unknown => false,
        };
        is_newer(&self.last_update, &before.last_update)
            || is_newer(&self.last_success, &before.last_success)
            || self.failures > before.failures.or(self.failures)
            || (has_moved && word != before.word() && !self.is_older_than(before))
    }

    /// As a journal keeps it: no text is longer than it has to be to be compared.
    pub(crate) fn bounded(&self) -> Self {
        let cut = |text: &Option<String>| text.as_deref().map(|text| bounded(text).into_owned());
        Self {
            status: cut(&self.status),
            last_update: cut(&self.last_update),
            last_success: cut(&self.last_success),
            failures: self.failures,
            last_error: cut(&self.last_error),
        }
    }
}

/// Compares two times; `None` if one is absent or they cannot be compared.
pub(crate) fn compare(one: &Option<String>, other: &Option<String>) -> Option<Ordering> {
    let (one, other) = (one.as_deref()?, other.as_deref()?);
    if bounded(one) == bounded(other) {
        return Some(Ordering::Equal);
    }
    ServiceTime::parse(one)?.compare(&ServiceTime::parse(other)?)
}

/// Whether both texts are there and differ. Either may come from a journal and be cut.
pub(crate) fn differs(one: &Option<String>, other: &Option<String>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if bounded(one) != bounded(other))
}
