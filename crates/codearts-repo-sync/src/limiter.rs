//! Holds calls back until the quota has room for them.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codearts_repo::Error as ServiceError;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};
use tracing::{debug, warn};

use crate::quota::Quota;
use tokio_util::sync::CancellationToken;

const TOO_MANY_REQUESTS: u16 = 429;
/// The longest pause that a `Retry-After` is granted.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// The weight of one call in the share of those that were refused lately.
const LATELY: f64 = 0.05;
/// The gap to begin with when an unlimited caller is refused.
const FIRST: Duration = Duration::from_millis(5);
/// What a timer may be late without the calls after it being late too.
const SLACK: Duration = Duration::from_millis(5);

/// Lets calls through as the quota allows. See [`Quota`] for how.
#[derive(Debug)]
pub(crate) struct Limiter {
    quota: Quota,
    /// Who holds it is next; the others queue up in their order.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    answered: Notify,
}

#[derive(Debug)]
struct State {
    under_way: u32,
    /// When the calls of the last span were answered, oldest first.
    answers: VecDeque<Instant>,
    gap: Duration,
    earliest: Option<Instant>,
    /// When a refusal last changed the gap. Refusals of calls that were sent before tell nothing new.
    slowed: Option<Instant>,
    refused_since: Option<Instant>,
    /// The share of calls that were refused lately, 0 to 1.
    refused_share: f64,
}

impl Limiter {
    pub(crate) fn new(quota: Quota) -> Self {
        let state = State {
            under_way: 0,
            answers: VecDeque::new(),
            gap: quota.even_gap(),
            earliest: None,
            slowed: None,
            refused_since: None,
            refused_share: 0.0,
        };
        Self { quota, turn: tokio::sync::Mutex::default(), state: Mutex::new(state), answered: Notify::new() }
    }

    /// Makes a call when there is room for it, and again for as long as it is refused with 429.
    pub(crate) async fn call<T, F>(&self, send: impl Fn() -> F) -> Result<T, ServiceError>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        loop {
            if let Some(answer) = self.try_in(self.slot().await, &send).await {
                return answer;
            }
        }
    }

    /// The same, but nothing is sent once a request to stop was made. What is on its way is waited for.
    pub(crate) async fn call_unless<T, F>(
        &self,
        cancel: &CancellationToken,
        send: impl Fn() -> F,
    ) -> Option<Result<T, ServiceError>>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        loop {
            if cancel.is_cancelled() {
                return None;
            }
            let slot = match self.slot_at_once() {
                Some(slot) => slot,
                None => tokio::select! {
                    biased;
                    () = cancel.cancelled() => return None,
                    slot = self.slot() => slot,
                },
            };
            if let Some(answer) = self.try_in(slot, &send).await {
                return Some(answer);
            }
        }
    }

    /// Makes a call. Nothing means that it was refused and is to be made again.
    async fn try_in<T, F>(&self, slot: Slot<'_>, send: impl Fn() -> F) -> Option<Result<T, ServiceError>>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        match send().await {
            Err(error) if error.status() == Some(TOO_MANY_REQUESTS) => {
                slot.refused(error.retry_after()).then_some(Err(error))
            }
            answer => {
                slot.let_through();
                Some(answer)
            }
        }
    }

    async fn slot(&self) -> Slot<'_> {
        let _turn = self.turn.lock().await;
        loop {
            let next = self.state().take(&self.quota);
            match next {
                Next::Now(sent) => return Slot { limiter: self, sent },
                Next::At(time) => sleep_until(time).await,
                Next::AfterAnAnswer => {}
            }
            if self.state().all_under_way(&self.quota) {
                self.answered.notified().await;
            }
        }
    }

    /// A slot where nobody waits for one and there is room, so that nothing has to be waited for.
    fn slot_at_once(&self) -> Option<Slot<'_>> {
        let _turn = self.turn.try_lock().ok()?;
        match self.state().take(&self.quota) {
            Next::Now(sent) => Some(Slot { limiter: self, sent }),
            Next::At(_) | Next::AfterAnAnswer => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The widest gap that refusals lead to.
fn widest_gap(quota: &Quota) -> Duration {
    (quota.even_gap() * 5).clamp(Duration::from_millis(250), Duration::from_secs(5).max(quota.even_gap()))
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
            if self.answers.len() + self.under_way as usize >= calls as usize {
                return self.answers.front().map_or(Next::AfterAnAnswer, |answered| Next::At(*answered + span));
            }
        }
        let earliest = self.earliest.unwrap_or(now);
        if earliest > now {
            return Next::At(earliest);
        }
        self.earliest = Some(earliest.max(now.checked_sub(SLACK).unwrap_or(now)) + self.gap);
        if quota.limit.is_some() {
            self.under_way += 1;
        }
        Next::Now(now)
    }

    fn all_under_way(&self, quota: &Quota) -> bool {
        quota.limit.is_some_and(|(calls, _)| self.under_way >= calls)
    }

    fn slow_down(&mut self, quota: &Quota, asked: Option<Duration>) {
        let now = Instant::now();
        // A server that refuses now and then, whatever the rate, is no reason to crawl: the gap widens as far as
        // refusals are many.
        let (wider, pause) = match self.slowed {
            Some(_) => (self.gap.mul_f64(1.0 + self.refused_share), 1),
            None => (self.gap, 10),
        };
        self.gap = wider.max(FIRST).min(widest_gap(quota));
        let pause = self.gap * pause;
        self.earliest = Some(now + asked.unwrap_or_default().min(LONGEST_PAUSE).max(pause));
        self.slowed = Some(now);
        debug!(gap_ms = self.gap.as_millis() as u64, "refused with 429; slowing down");
    }
}

/// One call that there is room for. Dropped, it counts as answered.
struct Slot<'a> {
    limiter: &'a Limiter,
    sent: Instant,
}

impl Slot<'_> {
    fn let_through(self) {
        let quota = &self.limiter.quota;
        let mut state = self.limiter.state();
        state.refused_since = None;
        state.refused_share *= 1.0 - LATELY;
        if state.slowed.is_some() {
            state.gap = (state.gap - state.gap / 10).max(quota.even_gap());
            if quota.limit.is_none() && state.gap < Duration::from_millis(1) {
                (state.gap, state.slowed) = (Duration::ZERO, None);
            }
        }
    }

    /// Whether it is time to give up.
    fn refused(self, asked: Option<Duration>) -> bool {
        let quota = &self.limiter.quota;
        let mut state = self.limiter.state();
        state.refused_share += (1.0 - state.refused_share) * LATELY;
        if state.slowed.is_none_or(|slowed| self.sent > slowed) {
            state.slow_down(quota, asked);
        }
        let given_up = state.refused_since.get_or_insert(self.sent).elapsed() >= quota.patience;
        if given_up {
            warn!("every call was refused with 429 for too long");
        }
        given_up
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        // Without a limit nobody asks.
        if self.limiter.quota.limit.is_some() {
            let mut state = self.limiter.state();
            state.under_way -= 1;
            state.answers.push_back(Instant::now());
            drop(state);
            self.limiter.answered.notify_one();
        }
    }
}

#[cfg(test)]
mod tests;
