//! Keeps the calls of one operation within its quota.

mod pace;

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codearts_repo::{Error as ServiceError, ErrorKind, RetryPolicy};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

use crate::event::PauseReason;
use crate::quota::Quota;
use pace::Pace;

/// The longest `Retry-After` that is respected.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// The gap that the pause after a first refusal is made of, without a quota.
const SHORTEST_GAP: Duration = Duration::from_millis(5);
/// How late a timer may fire without delaying the calls after it.
const SLACK: Duration = Duration::from_millis(5);

/// Admits the calls of one operation. See [`Quota`] for the rules.
#[derive(Debug)]
pub(crate) struct Limiter {
    quota: Quota,
    /// Whoever holds it is next; tokio's mutex is fair.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    answered: Notify,
}

#[derive(Debug)]
struct State {
    in_flight: u32,
    /// When the calls of the last span were answered, oldest first.
    answers: VecDeque<Instant>,
    pace: Pace,
    earliest: Option<Instant>,
    refused_before: bool,
    refused_since: Option<Instant>,
    calls: u64,
    refusals: u64,
}

/// How a call is repeated.
#[derive(Clone, Copy)]
pub(crate) struct Attempts<'a> {
    /// For failures other than 429.
    pub(crate) policy: &'a RetryPolicy,
    /// Whether the call changes nothing.
    pub(crate) only_reads: bool,
    /// Told of each pause.
    pub(crate) paused: &'a (dyn Fn(PauseReason, Duration) + Sync),
}

/// Attempts of one call so far.
struct Progress {
    begun: Instant,
    attempt: u32,
}

impl Limiter {
    pub(crate) fn new(quota: Quota) -> Self {
        let state = State {
            in_flight: 0,
            answers: VecDeque::new(),
            pace: Pace::new(quota.even_gap(), quota.limit.map_or(Duration::ZERO, |(_, span)| span)),
            earliest: None,
            refused_before: false,
            refused_since: None,
            calls: 0,
            refusals: 0,
        };
        Self { quota, turn: tokio::sync::Mutex::default(), state: Mutex::new(state), answered: Notify::new() }
    }

    /// Makes a call in this slot. While it is refused with 429, or fails in a way that the policy covers, it is made
    /// again in a slot of its own, so every attempt counts.
    pub(crate) async fn call<T, F>(
        self: &Arc<Self>,
        mut slot: Slot,
        attempts: Attempts<'_>,
        send: impl Fn() -> F,
    ) -> Result<T, ServiceError>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        let mut progress = Progress { begun: Instant::now(), attempt: 1 };
        loop {
            match attempt(slot, attempts, &mut progress, &send).await {
                Attempt::Last(answer) => return answer,
                // A future is as large as its largest state, so this rare one is boxed.
                Attempt::Again(pause) => slot = Box::pin(self.slot_after(pause)).await,
            }
        }
    }

    /// The same, but returns `None` instead of sending another attempt after the cancellation. What was sent is awaited.
    pub(crate) async fn call_unless<T, F>(
        self: &Arc<Self>,
        cancel: &CancellationToken,
        mut slot: Slot,
        attempts: Attempts<'_>,
        send: impl Fn() -> F,
    ) -> Option<Result<T, ServiceError>>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        let mut progress = Progress { begun: Instant::now(), attempt: 1 };
        loop {
            match attempt(slot, attempts, &mut progress, &send).await {
                Attempt::Last(answer) => return Some(answer),
                Attempt::Again(pause) => slot = Box::pin(cancel.run_until_cancelled(self.slot_after(pause))).await?,
            }
        }
    }

    async fn slot_after(self: &Arc<Self>, pause: Duration) -> Slot {
        if !pause.is_zero() {
            sleep(pause).await;
        }
        self.slot().await
    }

    /// Waits until a call may be sent.
    pub(crate) async fn slot(self: &Arc<Self>) -> Slot {
        let _turn = self.turn.lock().await;
        loop {
            let next = self.state().take(&self.quota);
            match next {
                Next::Now(sent) => return Slot::new(self, sent),
                Next::At(time) => sleep_until(time).await,
                Next::AfterAnAnswer => {}
            }
            if self.state().all_in_flight(&self.quota) {
                self.answered.notified().await;
            }
        }
    }

    /// A slot, if a call may be sent at once and no other one waits.
    pub(crate) fn try_slot(self: &Arc<Self>) -> Option<Slot> {
        let _turn = self.turn.try_lock().ok()?;
        match self.state().take(&self.quota) {
            Next::Now(sent) => Some(Slot::new(self, sent)),
            Next::At(_) | Next::AfterAnAnswer => None,
        }
    }

    /// The present gap between calls.
    pub(crate) fn gap(&self) -> Duration {
        self.state().pace.gap()
    }

    /// How many calls were made, and how many of them were refused with 429.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let state = self.state();
        (state.calls, state.refusals)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Attempt<T> {
    Last(Result<T, ServiceError>),
    /// After a pause. The limiter itself holds back calls after a refusal.
    Again(Duration),
}

async fn attempt<T, F>(
    mut slot: Slot,
    attempts: Attempts<'_>,
    progress: &mut Progress,
    send: impl Fn() -> F,
) -> Attempt<T>
where
    F: Future<Output = Result<T, ServiceError>>,
{
    slot.send();
    let error = match send().await {
        Ok(answer) => {
            slot.admitted();
            return Attempt::Last(Ok(answer));
        }
        Err(error) => error,
    };
    if error.kind() == ErrorKind::Throttled {
        let refused = slot.refused(error.retry_after());
        if let Some(pause) = refused.pause {
            (attempts.paused)(PauseReason::Throttled, pause);
        }
        return if refused.give_up { Attempt::Last(Err(error)) } else { Attempt::Again(Duration::ZERO) };
    }
    slot.admitted();
    let pause = attempts.policy.backoff(&error, progress.attempt, progress.begun.elapsed(), attempts.only_reads);
    let Some(pause) = pause else { return Attempt::Last(Err(error)) };
    (attempts.paused)(PauseReason::Failed, pause);
    progress.attempt += 1;
    Attempt::Again(pause)
}

enum Next {
    Now(Instant),
    At(Instant),
    AfterAnAnswer,
}

impl State {
    fn take(&mut self, quota: &Quota) -> Next {
        let now = Instant::now();
        if let Some((calls, span)) = quota.limit {
            while self.answers.front().is_some_and(|answered| *answered + span <= now) {
                self.answers.pop_front();
            }
            if self.answers.len() + self.in_flight as usize >= calls as usize {
                return self.answers.front().map_or(Next::AfterAnAnswer, |answered| Next::At(*answered + span));
            }
        }
        let earliest = self.earliest.unwrap_or(now);
        if earliest > now {
            return Next::At(earliest);
        }
        self.earliest = Some(earliest.max(now.checked_sub(SLACK).unwrap_or(now)) + self.pace.gap());
        self.in_flight += 1;
        Next::Now(now)
    }

    fn all_in_flight(&self, quota: &Quota) -> bool {
        quota.limit.is_some_and(|(calls, _)| self.in_flight >= calls)
    }

    /// The pause that a refusal causes, if it changes anything.
    fn pause(&mut self, asked: Option<Duration>) -> Option<Duration> {
        let first = !std::mem::replace(&mut self.refused_before, true);
        let own = first.then(|| self.pace.gap().max(SHORTEST_GAP) * 10);
        let pause = asked.map(|asked| asked.min(LONGEST_PAUSE)).max(own)?;
        let until = Instant::now() + pause;
        if self.earliest.is_some_and(|earliest| earliest >= until) {
            return None;
        }
        self.earliest = Some(until);
        (pause > self.pace.gap()).then_some(pause)
    }
}

/// What follows from a refusal.
struct Refused {
    give_up: bool,
    pause: Option<Duration>,
}

/// The right to send one call. Dropped before it is sent, it goes back to the limiter.
#[derive(Debug)]
pub(crate) struct Slot {
    limiter: Arc<Limiter>,
    taken: Instant,
    sent: Option<Instant>,
}

impl Slot {
    fn new(limiter: &Arc<Limiter>, taken: Instant) -> Self {
        Self { limiter: Arc::clone(limiter), taken, sent: None }
    }

    /// The call was made elsewhere.
    pub(crate) fn answered(mut self, error: Option<&ServiceError>) {
        self.send();
        match error.filter(|error| error.kind() == ErrorKind::Throttled) {
            Some(error) => drop(self.refused(error.retry_after())),
            None => self.admitted(),
        }
    }

    fn send(&mut self) {
        self.limiter.state().calls += 1;
        self.sent = Some(self.taken);
    }

    fn admitted(self) {
        let mut state = self.limiter.state();
        state.refused_since = None;
        state.pace.answered(self.taken, false);
    }

    fn refused(self, asked: Option<Duration>) -> Refused {
        let quota = &self.limiter.quota;
        let mut state = self.limiter.state();
        state.refusals += 1;
        state.pace.answered(self.taken, true);
        let pause = state.pause(asked);
        let give_up = state.refused_since.get_or_insert(self.taken).elapsed() >= quota.patience;
        debug!(pause_ms = pause.map(|pause| pause.as_millis() as u64), "refused with 429");
        if give_up {
            warn!("giving up: every call was refused with 429");
        }
        Refused { give_up, pause }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        state.in_flight -= 1;
        if self.sent.is_some() {
            // Without a limit, nobody reads it.
            if self.limiter.quota.limit.is_some() {
                state.answers.push_back(Instant::now());
            }
        } else if let Some(earliest) = state.earliest {
            state.earliest = Some(earliest.checked_sub(state.pace.gap()).unwrap_or(earliest).max(self.taken));
        }
        drop(state);
        self.limiter.answered.notify_one();
    }
}

#[cfg(test)]
mod tests;
