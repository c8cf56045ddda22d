//! Decides from a sequence of states of a mirror whether a synchronization has ended.
//!
//! The rules are in `docs/evidence.md`. The judge is a pure function of the baseline and of the states with their
//! times: it reads no clock and makes no call.

mod signal;

use std::time::Duration;

use crate::evidence::{Confirmation, Strength};
use crate::outcome::Outcome;
use crate::snapshot::{Snapshot, compare};
use crate::word::Word;
use signal::{Signal, success_since};

/// The states of a mirror one after the other, and what follows from them.
#[derive(Debug)]
pub(crate) struct Judge {
    confirmation: Confirmation,
    /// The state before the start, or what takes its place.
    reference: Option<Snapshot>,
    /// The latest times that were seen.
    newest: Snapshot,
    /// A synchronization was, or may have been, running at the reference. The first end may be its own.
    busy: bool,
    /// The latest end that was seen while `busy`.
    first_end: Option<Snapshot>,
    /// The latest state of a running synchronization with a change later than the reference's.
    active: Option<Snapshot>,
    candidate: Option<Candidate>,
}

/// An end that is not certain yet.
#[derive(Debug)]
struct Candidate {
    state: Snapshot,
    outcome: Outcome,
    first: Duration,
    last: Duration,
    polls: u32,
}

impl Judge {
    /// Without a baseline, or with one that says nothing, the first state that says something takes its place.
    pub(crate) fn new(baseline: Option<Snapshot>, confirmation: Confirmation) -> Self {
        let mut judge = Self {
            confirmation,
            reference: None,
            newest: Snapshot::default(),
            busy: false,
            first_end: None,
            active: None,
            candidate: None,
        };
        if let Some(baseline) = baseline.filter(|baseline| !baseline.says_nothing()) {
            judge.refer_to(baseline);
        }
        judge
    }

    /// Takes a state into account, read at `at`, measured from any fixed moment. `None` means that no end is certain.
    pub(crate) fn observe(&mut self, state: Snapshot, at: Duration) -> Option<Outcome> {
        if state.says_nothing() || state.is_older_than(&self.newest) {
            return None;
        }
        let Some(reference) = &self.reference else {
            self.refer_to(state);
            return None;
        };
        if state.status.is_none() && reference.status.is_some() {
            return None;
        }
        if state.word() == Word::Active {
            self.observe_active(state);
            return None;
        }
        let signal = signal::read(&state, reference, self.active.as_ref());
        self.advance(&state);
        let Some(signal) = signal else {
            self.candidate = None;
            self.complete_reference(&state);
            return None;
        };
        if self.busy {
            self.first_end = Some(state.clone());
        } else if signal.evidence.strength == Strength::Strong {
            return Some(signal.outcome(&state));
        }
        self.confirm(state, &signal, at)
    }

    /// By when the next poll should be made to confirm an end that is not certain yet; `None` if there is none.
    pub(crate) fn next_poll(&self) -> Option<Duration> {
        let candidate = self.candidate.as_ref()?;
        let missing = self.confirmation.polls.saturating_sub(candidate.polls).max(1);
        let due = candidate.first.saturating_add(self.confirmation.over);
        Some(candidate.last.saturating_add(due.saturating_sub(candidate.last) / missing))
    }

    fn refer_to(&mut self, state: Snapshot) {
        self.busy = state.status.is_none() || state.word() == Word::Active;
        self.advance(&state);
        self.reference = Some(state);
    }

    /// Takes the fields that the reference lacks from a state that shows no end.
    fn complete_reference(&mut self, state: &Snapshot) {
        self.reference = self.reference.take().map(|reference| reference.over(state));
    }

    /// Keeps the latest times.
    fn advance(&mut self, state: &Snapshot) {
        self.newest = state.clone().over(&self.newest);
    }

    fn observe_active(&mut self, state: Snapshot) {
        self.advance(&state);
        self.candidate = None;
        let Some(reference) = &self.reference else { return };
        if self.busy && self.is_second_run(&state, reference) {
            self.reference = Some(state.over(reference));
            self.busy = false;
        } else if compare(&state.last_update, &reference.last_update).is_some_and(std::cmp::Ordering::is_gt) {
            self.complete_reference(&state);
            self.active = Some(state);
        } else {
            self.complete_reference(&state);
        }
    }

    /// Whether this running synchronization began after the end of the one that ran at the reference.
    fn is_second_run(&self, state: &Snapshot, reference: &Snapshot) -> bool {
        let after_first_end = self.first_end.as_ref().is_some_and(|end| {
            let counted = end.failures > reference.failures && reference.failures.is_some();
            (counted && state.failures == end.failures)
                || compare(&state.last_update, &end.last_update).is_some_and(std::cmp::Ordering::is_gt)
        });
        after_first_end || success_since(state, reference).is_later()
    }

    fn confirm(&mut self, state: Snapshot, signal: &Signal, at: Duration) -> Option<Outcome> {
        let outcome = signal.outcome(&state);
        let known = self.candidate.take().filter(|known| known.state.agrees_with(&state) && known.has_end_of(&outcome));
        let mut candidate = known.unwrap_or(Candidate { state, outcome, first: at, last: at, polls: 0 });
        candidate.polls += 1;
        candidate.last = at;
        let Confirmation { polls, over } = self.confirmation;
        if candidate.polls >= polls && at.saturating_sub(candidate.first) >= over {
            return Some(candidate.outcome);
        }
        self.candidate = Some(candidate);
        None
    }
}

impl Candidate {
    fn has_end_of(&self, outcome: &Outcome) -> bool {
        std::mem::discriminant(&self.outcome) == std::mem::discriminant(outcome)
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
