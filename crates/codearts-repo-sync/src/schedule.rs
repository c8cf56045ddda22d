//! Which mirror is polled next.

use std::collections::BTreeSet;

use codearts_repo::RepositoryId;
use tokio::time::Instant;

/// When a poll of a mirror makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) started: Instant,
    /// From now on, it has most likely ended.
    pub(crate) likely: Instant,
    /// From now on, a poll is due if the quota has room for it. Not after `likely`.
    pub(crate) due: Instant,
}

/// All mirrors that wait for a poll, in three orders. An entry takes about 100 bytes.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    likely: BTreeSet<(Instant, RepositoryId)>,
    due: BTreeSet<(Instant, RepositoryId)>,
    started: BTreeSet<(Instant, RepositoryId, Instant)>,
    oldest_next: bool,
}

/// How many of the oldest are considered for a spare poll.
const SCOUTS: usize = 64;

impl Schedule {
    pub(crate) fn insert(&mut self, repository: RepositoryId, times: Times) {
        self.likely.insert((times.likely, repository));
        self.due.insert((times.due, repository));
        self.started.insert((times.started, repository, times.due));
    }

    pub(crate) fn remove(&mut self, repository: RepositoryId, times: Times) {
        self.likely.remove(&(times.likely, repository));
        self.due.remove(&(times.due, repository));
        self.started.remove(&(times.started, repository, times.due));
    }

    /// The mirror that has most likely ended for the longest time.
    pub(crate) fn likely(&self, now: Instant) -> Option<RepositoryId> {
        self.likely.first().filter(|(time, _)| *time <= now).map(|(_, repository)| *repository)
    }

    /// A mirror whose poll is due, in turns the one that was started first, which tells most about durations, and the
    /// one that has been due for the longest time.
    pub(crate) fn spare(&mut self, now: Instant) -> Option<RepositoryId> {
        let overdue = self.due.first().filter(|(time, _)| *time <= now).map(|(_, repository)| *repository)?;
        self.oldest_next = !self.oldest_next;
        if self.oldest_next {
            let oldest = self.started.iter().take(SCOUTS).find(|(_, _, due)| *due <= now);
            return oldest.map_or(Some(overdue), |(_, repository, _)| Some(*repository));
        }
        Some(overdue)
    }

    /// When the next one becomes likely.
    pub(crate) fn next_likely(&self) -> Option<Instant> {
        self.likely.first().map(|(time, _)| *time)
    }

    /// When the next one becomes due.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(time, _)| *time)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn id(number: u32) -> RepositoryId {
        RepositoryId::try_from(number).expect("within the range")
    }

    #[tokio::test(start_paused = true)]
    async fn spare_polls_alternate_between_the_oldest_and_the_longest_due() {
        let (mut schedule, now) = (Schedule::default(), Instant::now());
        let second = Duration::from_secs(1);
        let times = |started, due| Times {
            started: now + second * started,
            likely: now + second * 99,
            due: now + second * due,
        };
        schedule.insert(id(1), times(0, 8));
        schedule.insert(id(2), times(1, 3));
        schedule.insert(id(3), times(2, 20));
        assert_eq!(schedule.spare(now), None);
        let later = now + second * 10;
        assert_eq!((schedule.spare(later), schedule.spare(later)), (Some(id(1)), Some(id(2))));
        schedule.remove(id(1), times(0, 8));
        assert_eq!((schedule.spare(later), schedule.spare(later)), (Some(id(2)), Some(id(2))));
        assert_eq!((schedule.likely(later), schedule.next_due()), (None, Some(now + second * 3)));
        assert_eq!(schedule.likely(now + second * 99), Some(id(2)));
    }
}
