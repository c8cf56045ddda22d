//! What one state says of an end, compared with the state before the start.

use std::cmp::Ordering;

use crate::evidence::{Evidence, Field, Strength};
use crate::outcome::Outcome;
use crate::snapshot::{Snapshot, compare, differs};
use crate::word::Word;

/// An end that a state shows, and how surely.
#[derive(Debug)]
pub(super) struct Signal {
    end: End,
    pub(super) evidence: Evidence,
}

#[derive(Debug, Clone, Copy)]
enum End {
    Finished,
    Failed,
}

impl Signal {
    pub(super) fn outcome(&self, state: &Snapshot) -> Outcome {
        let evidence = self.evidence.clone();
        match self.end {
            End::Finished => Outcome::Finished { evidence },
            End::Failed => Outcome::Failed { reason: reason(state), evidence },
        }
    }
}

/// What the time of the last success says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Success {
    /// There was none since the reference, or nothing is said.
    Old,
    /// There is a time, and there was none before.
    Appeared,
    /// The time is another one, and cannot be compared.
    Changed,
    Later,
}

impl Success {
    pub(super) fn is_later(self) -> bool {
        self == Self::Later
    }
}

/// Whether a synchronization succeeded since the reference.
pub(super) fn success_since(state: &Snapshot, reference: &Snapshot) -> Success {
    if state.last_success.is_none() {
        return Success::Old;
    }
    // Where no success was known, one later than every change that was known is new.
    let known = if reference.last_success.is_some() { &reference.last_success } else { &reference.last_update };
    match compare(&state.last_success, known) {
        Some(Ordering::Greater) => Success::Later,
        Some(_) => Success::Old,
        None if known.is_none() && reference.word() == Word::Never => Success::Later,
        None if reference.last_success.is_none() => Success::Appeared,
        None => Success::Changed,
    }
}

/// Reads a state that is not older than what was seen, and in which no synchronization runs. `active` is a running
/// synchronization seen since the reference, with a change later than the reference's.
pub(super) fn read(state: &Snapshot, reference: &Snapshot, active: Option<&Snapshot>) -> Option<Signal> {
    let seen = Seen { state, reference, active };
    match state.word() {
        Word::Done => seen.done(),
        Word::Failed => seen.failed(),
        Word::Active => None,
        Word::Never | Word::Unknown => seen.unknown(),
    }
}

struct Seen<'a> {
    state: &'a Snapshot,
    reference: &'a Snapshot,
    active: Option<&'a Snapshot>,
}

impl Seen<'_> {
    fn done(&self) -> Option<Signal> {
        match success_since(self.state, self.reference) {
            Success::Later => Some(finished(Strength::Strong, [Field::LastSuccessfulUpdateAt, Field::UpdateStatus])),
            // The word is that of the end before; the failure shows in the other fields alone.
            Success::Old if self.fails_silently() => Some(self.failure(Strength::Weak, [Field::NumberOfFailures])),
            Success::Changed => Some(finished(Strength::Weak, [Field::LastSuccessfulUpdateAt, Field::UpdateStatus])),
            // The answer before may have lacked a field by accident, so this alone says nothing.
            Success::Appeared => self
                .word_moved_from(&[Word::Failed, Word::Active, Word::Never])
                .then(|| finished(Strength::Weak, [Field::LastSuccessfulUpdateAt, Field::UpdateStatus])),
            // A service that reports times of success reports a later one with each.
            Success::Old if self.state.last_success.is_some() || self.reference.last_success.is_some() => None,
            Success::Old if self.word_moved() => Some(finished(Strength::Weak, [Field::UpdateStatus])),
            Success::Old if self.is_updated_since_active() => Some(finished(Strength::Weak, [Field::LastUpdateAt])),
            Success::Old => None,
        }
    }

    fn failed(&self) -> Option<Signal> {
        if self.has_more_failures() {
            return Some(self.failure(Strength::Strong, [Field::NumberOfFailures, Field::UpdateStatus]));
        }
        if self.word_moved() {
            return Some(self.failure(Strength::Weak, [Field::UpdateStatus]));
        }
        if self.reference.word() != Word::Failed {
            return None;
        }
        if self.has_reset_failures() && self.is_updated() {
            return Some(self.failure(Strength::Weak, [Field::NumberOfFailures, Field::LastUpdateAt]));
        }
        if differs(&self.state.last_error, &self.reference.last_error) {
            return Some(self.failure(Strength::Weak, []));
        }
        self.is_updated_since_active().then(|| self.failure(Strength::Weak, [Field::LastUpdateAt]))
    }

    /// A word that is not known, or none: only the other fields count. A text of an error alone does not, because a
    /// service may write one of an attempt that it repeats.
    fn unknown(&self) -> Option<Signal> {
        let succeeded = matches!(success_since(self.state, self.reference), Success::Changed | Success::Later);
        match (succeeded, self.has_more_failures()) {
            (true, true) if self.state.last_error.is_some() => None,
            (true, _) => Some(finished(Strength::Weak, [Field::LastSuccessfulUpdateAt])),
            (false, true) => Some(self.failure(Strength::Weak, [Field::NumberOfFailures])),
            (false, false) => None,
        }
    }

    fn failure(&self, strength: Strength, fields: impl IntoIterator<Item = Field>) -> Signal {
        let mut evidence = Evidence::new(strength, fields);
        if self.has_new_text() {
            evidence.fields.push(Field::LastError);
        }
        Signal { end: End::Failed, evidence }
    }

    /// Whether the words of both are there and mean something else.
    fn word_moved(&self) -> bool {
        self.reference.status.is_some() && self.state.status.is_some() && self.reference.word() != self.state.word()
    }

    fn word_moved_from(&self, words: &[Word]) -> bool {
        self.word_moved() && words.contains(&self.reference.word())
    }

    /// Whether a failure shows, although the word of the success before stays.
    fn fails_silently(&self) -> bool {
        self.reference.word() == Word::Done && self.has_more_failures() && (self.is_updated() || self.has_new_text())
    }

    fn has_more_failures(&self) -> bool {
        matches!((self.state.failures, self.reference.failures), (Some(now), Some(before)) if now > before)
    }

    /// Whether the count began anew and counts a failure.
    fn has_reset_failures(&self) -> bool {
        matches!((self.state.failures, self.reference.failures), (Some(now), Some(before)) if 0 < now && now < before)
    }

    fn has_new_text(&self) -> bool {
        let before = &self.reference.last_error;
        self.state.last_error.is_some() && (before.is_none() || differs(&self.state.last_error, before))
    }

    fn is_updated(&self) -> bool {
        compare(&self.state.last_update, &self.reference.last_update) == Some(Ordering::Greater)
    }

    fn is_updated_since_active(&self) -> bool {
        self.active
            .is_some_and(|active| compare(&self.state.last_update, &active.last_update) == Some(Ordering::Greater))
    }
}

fn finished(strength: Strength, fields: impl IntoIterator<Item = Field>) -> Signal {
    Signal { end: End::Finished, evidence: Evidence::new(strength, fields) }
}

fn reason(state: &Snapshot) -> String {
    match (&state.last_error, &state.status) {
        (Some(text), _) => text.clone(),
        (None, Some(word)) => format!("the service gives no reason; its status word is {word:?}"),
        (None, None) => "the service gives no reason; its count of failures rose".to_owned(),
    }
}
