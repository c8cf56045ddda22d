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
    /// From now on, it may well have ended, if that is known.
    pub(crate) worth: Option<Instant>,
    /// From now on, a poll is due if the quota has room for it.
    pub(crate) due: Instant,
}

/// All mirrors that wait for a poll, in several orders. An entry takes about 150 bytes.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    likely: BTreeSet<(Instant, RepositoryId)>,
    worth: BTreeSet<(Instant, RepositoryId)>,
    due: BTreeSet<(Instant, RepositoryId)>,
    started: BTreeSet<(Instant, RepositoryId, Instant)>,
    oldest_next: bool,
}

/// How many of the oldest are considered for a spare poll.
const SCOUTS: usize = 64;

impl Schedule {
    pub(crate) fn insert(&mut self, repository: RepositoryId, times: Times) {
        self.likely.insert((times.likely, repository));
        self.worth.extend(times.worth.map(|time| (time, repository)));
        self.due.insert((times.due, repository));
        self.started.insert((times.started, repository, times.due));
    }

    pub(crate) fn remove(&mut self, repository: RepositoryId, times: Times) {
        self.likely.remove(&(times.likely, repository));
        times.worth.map(|time| self.worth.remove(&(time, repository)));
        self.due.remove(&(times.due, repository));
        self.started.remove(&(times.started, repository, times.due));
    }

    /// The mirror that has most likely ended for the longest time.
    pub(crate) fn likely(&self, now: Instant) -> Option<RepositoryId> {
        first(&self.likely, now)
    }

    /// The mirror that may well have ended for the longest time.
    pub(crate) fn worth(&self, now: Instant) -> Option<RepositoryId> {
        first(&self.worth, now)
    }

    /// A mirror whose poll is due, in turns the one that was started first, which tells most about durations, and the
    /// one that has been due for the longest time.
    pub(crate) fn spare(&mut self, now: Instant) -> Option<RepositoryId> {
        let overdue = first(&self.due, now)?;
        self.oldest_next = !self.oldest_next;
        if self.oldest_next {
            let oldest = self.started.iter().take(SCOUTS).find(|(_, _, due)| *due <= now);
            return oldest.map_or(Some(overdue), |(_, repository, _)| Some(*repository));
        }
        Some(overdue)
    }

    /// When the next poll makes sense, if spare ones have to wait until `spare`.
    pub(crate) fn next(&self, spare: Option<Instant>) -> Option<Instant> {
        let time = |set: &BTreeSet<(Instant, RepositoryId)>| set.first().map(|(time, _)| *time);
        let due = time(&self.due).map(|due| spare.map_or(due, |spare| due.max(spare)));
        [time(&self.likely), time(&self.worth), due].into_iter().flatten().min()
    }
}

fn first(set: &BTreeSet<(Instant, RepositoryId)>, now: Instant) -> Option<RepositoryId> {
    set.first().filter(|(time, _)| *time <= now).map(|(_, repository)| *repository)
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
            worth: None,
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
        assert_eq!((schedule.likely(later), schedule.next(None)), (None, Some(now + second * 3)));
        assert_eq!(schedule.likely(now + second * 99), Some(id(2)));
    }
}
