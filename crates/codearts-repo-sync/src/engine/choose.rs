//! Which call is made next.

use codearts_repo::RepositoryId;
use futures_util::stream::Stream;
use tokio::time::Instant;

use super::{BASELINES_AHEAD, Engine, Mirror};
use crate::limiter::Slot;
use crate::report::SyncRequest;

/// While there is more useful work, one read in so many is a spare poll, which discovers durations.
const EXPLORE: u64 = 20;
/// The same until so many observations were made.
const EXPLORE_FIRST: (u64, u32) = (10, 40);
/// Of so many reads, one is a poll of a mirror that has likely ended, and the others are baselines, if there are both.
const POLL_IN: u64 = 3;

impl<S: Stream<Item = SyncRequest>> Engine<S> {
    pub(super) fn wants_start(&self) -> bool {
        !self.to_start.is_empty() && self.calls.len() < self.concurrency
    }

    pub(super) fn wants_baseline(&self) -> bool {
        self.next.is_some() && self.to_start.len() < BASELINES_AHEAD
    }

    pub(super) fn wants_read(&self) -> bool {
        if self.calls.len() >= self.concurrency {
            return false;
        }
        let now = Instant::now();
        self.wants_baseline() || self.schedule.next(self.next_spare).is_some_and(|time| time <= now)
    }

    /// Sends all calls that have room at once.
    pub(super) fn send(&mut self) {
        while self.start_slot.is_none() && self.wants_start() {
            let Some(slot) = self.context.starts.try_slot() else { break };
            self.send_start(slot);
        }
        while self.show_slot.is_none() && self.wants_read() {
            let Some(slot) = self.context.shows.try_slot() else { break };
            self.send_read(slot);
        }
    }

    pub(super) fn send_start(&mut self, slot: Slot) {
        let Some((repository, before)) = self.to_start.pop_front() else { return };
        let Some(Mirror::Pending { options, .. }) = self.mirrors.get(&repository) else { return };
        self.calls.push(self.context.start(slot, repository, options.clone(), before));
    }

    /// Chooses what to read.
    pub(super) fn send_read(&mut self, slot: Slot) {
        let now = Instant::now();
        let (baseline, likely) = (self.wants_baseline(), self.schedule.likely(now));
        self.reads += 1;
        let explore = if self.durations.observations() < EXPLORE_FIRST.1 { EXPLORE_FIRST.0 } else { EXPLORE };
        let busy = baseline || likely.is_some();
        let worth = if busy { None } else { self.schedule.worth(now) };
        let spares = worth.is_none() && (!busy || self.reads.is_multiple_of(explore));
        let spare = if spares { self.schedule.spare(now) } else { None };
        let poll = match (spare, likely) {
            (Some(spare), _) => Some(spare),
            (None, Some(likely)) if !baseline || self.reads.is_multiple_of(POLL_IN) => Some(likely),
            _ => worth,
        };
        match poll {
            Some(repository) => {
                if !busy && spares {
                    self.next_spare = Some(now + self.context.shows.gap() * 2);
                }
                self.send_poll(slot, repository);
            }
            None => {
                let Some(request) = self.next.take_if(|_| baseline) else { return };
                self.calls.push(self.context.baseline(slot, request.repository));
                self.pend(request, false);
            }
        }
    }

    pub(super) fn send_poll(&mut self, slot: Slot, repository: RepositoryId) {
        let Some(Mirror::Running(running)) = self.mirrors.get_mut(&repository) else { return };
        if let Some(times) = running.times.take() {
            self.schedule.remove(repository, times);
        }
        self.calls.push(self.context.poll(slot, repository, running.deadline));
    }
}
