//! The gap between the calls of one operation, adapted to refusals by trial and measurement.

use std::time::Duration;

use tokio::time::Instant;

/// The fewest answers that are compared with each other before the pace changes.
const SHORTEST_EPOCH: u32 = 40;
/// The most epochs between two trials that did not help.
const LONGEST_COOLDOWN: u32 = 16;
/// A smaller share of refusals is left alone.
const TOLERATED: f64 = 0.1;
/// How much faster a trial of a faster pace is, and which multiple of the goodput makes it worthwhile.
const FASTER: f64 = 1.5;
const WORTH_FASTER: f64 = 1.2;
/// How much slower a trial of a slower pace is at most.
const SLOWEST_STEP: f64 = 5.0;
/// A slower pace that is tried is so much slower than that of the admitted calls: a server that was flooded needs a
/// while to recover.
const BELOW_ADMITTED: f64 = 0.8;
/// If every call was refused for so long, nothing gets through at the moment.
const BLACKOUT: Duration = Duration::from_secs(5);
const LONGEST_GAP: Duration = Duration::from_secs(5);
/// The longest gap while nothing gets through.
const PROBE_GAP: Duration = Duration::from_secs(1);

/// Refusals cost nothing but the call, so a pace is judged by its goodput: the admitted calls in a unit of time. When many
/// calls are refused, the pace of the admitted ones is tried. If the service enforces a lower quota, it then refuses
/// hardly any, and the pace is kept. If it refuses at random, or others use up the quota, it refuses as many as before,
/// and the calls return to their pace.
///
/// An epoch is as long as the span of the quota: where others use it up, a service that counts exactly refuses nothing
/// in one part of the span and everything in the rest, so a part of it says nothing about a pace. A trial that fails ends
/// early.
#[derive(Debug)]
pub(super) struct Pace {
    /// The gap of the quota and its span; zero without one.
    base: Duration,
    span: Duration,
    gap: Duration,
    epoch: Epoch,
    trial: Option<Trial>,
    /// Epochs until the next trial, and after the next one that does not help.
    cooldown: (u32, u32),
    try_faster: bool,
    /// Since when every call was refused.
    refused_since: Option<Instant>,
    /// Refusals since that time became too long.
    blacked_out: u32,
}

#[derive(Debug)]
struct Epoch {
    since: Option<Instant>,
    answers: u32,
    refused: u32,
}

/// A pace that is tried out.
#[derive(Debug)]
struct Trial {
    previous: Duration,
    /// The goodput that it has to reach, in calls a second.
    goodput: f64,
    /// The share of refusals that it may have.
    share: f64,
}

impl Pace {
    /// Takes the gap and the span of the quota; zero without one.
    pub(super) const fn new(base: Duration, span: Duration) -> Self {
        let epoch = Epoch { since: None, answers: 0, refused: 0 };
        Self {
            base,
            span,
            gap: base,
            epoch,
            trial: None,
            cooldown: (0, 1),
            try_faster: false,
            refused_since: None,
            blacked_out: 0,
        }
    }

    /// The gap before the next call.
    pub(super) fn gap(&self) -> Duration {
        if self.blacked_out == 0 {
            return self.gap;
        }
        let growth = FASTER.powi(self.blacked_out.min(20).cast_signed());
        self.gap.max(Duration::from_millis(100)).mul_f64(growth).min(PROBE_GAP.max(self.gap))
    }

    /// Takes an answer into account.
    pub(super) fn answered(&mut self, sent: Instant, refused: bool) {
        self.blacked_out = match self.refused_since {
            Some(since) if refused && since.elapsed() >= BLACKOUT => self.blacked_out.saturating_add(1),
            _ => 0,
        };
        self.refused_since = if refused { self.refused_since.or(Some(sent)) } else { None };
        let since = *self.epoch.since.get_or_insert(sent);
        // Calls sent at the previous pace say nothing about this one, and neither do those of a blackout.
        if sent < since || self.blacked_out > 0 {
            return;
        }
        self.epoch.answers += 1;
        self.epoch.refused += u32::from(refused);
        let share = f64::from(self.epoch.refused) / f64::from(self.epoch.answers.max(SHORTEST_EPOCH));
        let failed = self.trial.as_ref().is_some_and(|trial| share > trial.share);
        if failed || self.epoch.answers >= self.epoch_length() {
            self.adapt(since, share);
            self.epoch = Epoch { since: Some(Instant::now()), answers: 0, refused: 0 };
        }
    }

    fn epoch_length(&self) -> u32 {
        let calls = self.span.as_secs_f64() / self.gap.as_secs_f64().max(f64::MIN_POSITIVE);
        SHORTEST_EPOCH.max(calls as u32)
    }

    fn adapt(&mut self, since: Instant, share: f64) {
        // Without a gap, calls are as fast as answers come.
        let measured = since.elapsed() / self.epoch.answers.max(1);
        let gap = if self.gap.is_zero() { measured.max(Duration::from_millis(1)) } else { self.gap };
        let goodput = (1.0 - share) / gap.as_secs_f64();
        if let Some(trial) = self.trial.take() {
            if goodput < trial.goodput || share > trial.share {
                self.gap = trial.previous;
                self.cooldown = (self.cooldown.1, (self.cooldown.1 * 2).min(LONGEST_COOLDOWN));
                self.try_faster = !self.try_faster && self.gap > self.base;
                return;
            }
            self.cooldown = (0, 1);
        }
        if self.cooldown.0 > 0 {
            self.cooldown.0 -= 1;
        } else if share < TOLERATED {
            let faster = self.gap.mul_f64(0.8).max(self.base);
            self.gap = if faster < Duration::from_millis(1) { self.base } else { faster };
        } else if self.try_faster {
            let faster = gap.mul_f64(1.0 / FASTER).max(self.base);
            self.begin_trial(Trial { previous: self.gap, goodput: goodput * WORTH_FASTER, share: 1.0 }, faster);
        } else {
            let slower =
                gap.mul_f64((1.0 / (1.0 - share) / BELOW_ADMITTED).min(SLOWEST_STEP)).min(LONGEST_GAP.max(self.base));
            self.begin_trial(Trial { previous: self.gap, goodput: 0.0, share: TOLERATED }, slower);
        }
    }

    fn begin_trial(&mut self, trial: Trial, gap: Duration) {
        self.trial = Some(trial);
        self.gap = gap;
    }
}
