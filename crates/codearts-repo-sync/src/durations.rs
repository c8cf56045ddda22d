//! How long synchronizations take, learned from polls.

use std::time::Duration;

/// The shortest duration that is told apart.
const SHORTEST: f64 = 0.05;
/// The ratio of two neighboring durations that are told apart.
const RATIO: f64 = 1.05;
/// Enough for a week.
const BUCKETS: usize = 336;

/// The distribution of durations. A poll only shows whether a synchronization has ended by then, so a duration is
/// known as the span between two polls. For each age, it counts the synchronizations whose state at that age is known.
#[derive(Debug)]
pub(crate) struct Durations {
    /// By the age at which the end was seen.
    ended: [u32; BUCKETS],
    /// By the age at the last poll that saw it running.
    running: [u32; BUCKETS],
    observations: u32,
}

impl Default for Durations {
    fn default() -> Self {
        Self { ended: [0; BUCKETS], running: [0; BUCKETS], observations: 0 }
    }
}

fn bucket(age: Duration) -> usize {
    let steps = (age.as_secs_f64() / SHORTEST).max(1.0).ln() / RATIO.ln();
    (steps.ceil() as usize).min(BUCKETS - 1)
}

/// The end of a bucket.
fn age(bucket: usize) -> Duration {
    Duration::from_secs_f64(SHORTEST * RATIO.powi(i32::try_from(bucket).unwrap_or(i32::MAX)))
}

impl Durations {
    /// A poll saw it running at this age; `before` is the age at the previous poll.
    pub(crate) fn running(&mut self, before: Option<Duration>, age: Duration) {
        if let Some(before) = before {
            self.running[bucket(before)] -= 1;
        }
        self.running[bucket(age)] += 1;
        self.observations += 1;
    }

    /// A poll saw the end at this age; `before` is the age at the previous poll, which saw it running.
    pub(crate) fn ended(&mut self, before: Option<Duration>, age: Duration) {
        // Between two polls that are near each other, it ended halfway, for lack of better knowledge.
        if let Some(before) = before.filter(|before| *before >= age / 2) {
            self.running[bucket(before)] -= 1;
            self.running[bucket((before + age) / 2)] += 1;
        }
        self.ended[bucket(age)] += 1;
        self.observations += 1;
    }

    /// How much was observed: the answers change with it.
    pub(crate) const fn observations(&self) -> u32 {
        self.observations
    }

    /// The age by which this share of those that were running at `from` has ended, if enough is known.
    pub(crate) fn ended_by(&self, from: Duration, wanted: f64) -> Option<Duration> {
        let first = if from.is_zero() { 0 } else { bucket(from) };
        let mut running: u32 = self.running.iter().sum();
        let (mut ended, mut share, mut share_before) = (0_u32, 0.0_f64, None);
        for bucket in 0..BUCKETS {
            // Half an unknown one keeps a few observations from being certain.
            ended += self.ended[bucket];
            share = share.max(f64::from(ended) / (f64::from(ended + running) + 0.5));
            running -= self.running[bucket];
            if bucket < first {
                continue;
            }
            let before = *share_before.get_or_insert(if from.is_zero() { 0.0 } else { share });
            if before < 1.0 && (share - before) / (1.0 - before) >= wanted && bucket > 0 {
                return Some(age(bucket).max(from));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn a_few_ends_are_not_enough_and_more_tell_the_age() {
        let mut durations = Durations::default();
        assert_eq!(durations.ended_by(Duration::ZERO, 0.9), None);
        for _ in 0..4 {
            durations.ended(None, seconds(6.0));
        }
        assert_eq!(durations.ended_by(Duration::ZERO, 0.9), None);
        durations.ended(None, seconds(6.0));
        let likely = durations.ended_by(Duration::ZERO, 0.9).expect("known");
        assert!((6.0..6.4).contains(&likely.as_secs_f64()), "{likely:?}");
    }

    #[test]
    fn of_two_kinds_the_longer_one_is_waited_for() {
        let mut durations = Durations::default();
        for _ in 0..100 {
            durations.ended(None, seconds(1.0));
            durations.running(None, seconds(1.0));
            durations.running(Some(seconds(1.0)), seconds(50.0));
            durations.ended(Some(seconds(50.0)), seconds(60.0));
        }
        for from in [0.0, 1.2, 50.0] {
            let likely = durations.ended_by(seconds(from), 0.9).expect("known");
            assert!((55.0..60.0).contains(&likely.as_secs_f64()), "{from} {likely:?}");
        }
        assert_eq!(durations.ended_by(seconds(70.0), 0.9), None);
    }

    #[test]
    fn every_age_has_a_bucket() {
        for age in [Duration::ZERO, Duration::from_millis(1), Duration::from_secs(604_800), Duration::MAX] {
            assert!(bucket(age) < BUCKETS);
        }
        assert!((0.9..1.1).contains(&(age(bucket(seconds(10.0))).as_secs_f64() / 10.0)));
    }
}
