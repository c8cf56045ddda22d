//! A model of the service: quotas, latency, and synchronizations that take a known time.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use codearts_repo::{Error as ServiceError, RemoteMirror, RepositoryId, SyncJob, SyncOptions};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep};

use crate::service::Service;

/// Numbers that look random and are the same in every run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to 1.
    pub(super) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }
}

/// Admits so many calls in any span, and a burst of them.
struct Gate {
    calls: usize,
    span: Duration,
    admitted: VecDeque<Instant>,
    level: f64,
    filled: Instant,
}

const BURST: f64 = 10.0;

impl Gate {
    fn new(calls: usize, span: Duration) -> Self {
        Self { calls, span, admitted: VecDeque::new(), level: BURST, filled: Instant::now() }
    }

    fn admits(&mut self) -> bool {
        let now = Instant::now();
        while self.admitted.front().is_some_and(|first| *first + self.span <= now) {
            self.admitted.pop_front();
        }
        let rate = self.calls as f64 / self.span.as_secs_f64();
        self.level = (self.level + (now - self.filled).as_secs_f64() * rate).min(BURST);
        self.filled = now;
        let admits = self.level >= 1.0 && self.admitted.len() < self.calls;
        if admits {
            self.level -= 1.0;
            self.admitted.push_back(now);
        }
        admits
    }
}

/// What the model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Show,
    Start,
}

/// How connections break after a start was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken {
    /// The share of starts whose connection breaks.
    pub(super) share: f64,
    /// Whether the service has acted on them.
    pub(super) processed: bool,
}

pub(super) struct Model {
    durations: Vec<Duration>,
    refused_at_random: f64,
    broken: Broken,
    state: Mutex<State>,
}

struct State {
    started: HashMap<RepositoryId, Instant>,
    shows: Gate,
    starts: Gate,
    dice: Dice,
    broken_dice: Dice,
    calls: Vec<(Asked, Instant, bool)>,
}

impl Model {
    /// Repository 1 takes the first duration, and so on. The quota is 600 a minute for each operation.
    pub(super) fn new(durations: Vec<Duration>, refused_at_random: f64) -> Self {
        let gate = || Gate::new(600, Duration::from_secs(60));
        let state = State {
            started: HashMap::new(),
            shows: gate(),
            starts: gate(),
            dice: Dice::new(11),
            broken_dice: Dice::new(0),
            calls: Vec::new(),
        };
        let broken = Broken { share: 0.0, processed: false };
        Self { durations, refused_at_random, broken, state: Mutex::new(state) }
    }

    /// Breaks connections after starts.
    pub(super) fn broken(mut self, broken: Broken, seed: u64) -> Self {
        self.broken = broken;
        self.state().broken_dice = Dice::new(seed);
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }

    /// All calls, and whether the quota admitted them. Random refusals are left out.
    pub(super) fn calls(&self) -> Vec<(Asked, Instant, bool)> {
        self.state().calls.clone()
    }

    async fn admit(&self, asked: Asked) -> Result<(), ServiceError> {
        let latency = 0.02 + self.state().dice.roll() * 0.04;
        sleep(Duration::from_secs_f64(latency / 2.0)).await;
        let admitted = {
            let mut state = self.state();
            let by_chance = state.dice.roll() >= self.refused_at_random;
            let admits = by_chance && if asked == Asked::Show { state.shows.admits() } else { state.starts.admits() };
            if by_chance {
                state.calls.push((asked, Instant::now(), admits));
            }
            admits
        };
        sleep(Duration::from_secs_f64(latency / 2.0)).await;
        if admitted { Ok(()) } else { Err(refusal(429)) }
    }

    fn mirror(&self, repository: RepositoryId) -> RemoteMirror {
        let started = self.state().started.get(&repository).copied();
        let duration = self.durations[repository.get() as usize - 1];
        let ended = started.is_some_and(|started| started.elapsed() >= duration);
        let (status, success) = match (started, ended) {
            (Some(_), false) => ("started", "2026-01-01 00:00:00"),
            (Some(_), true) => ("finished", "2026-01-02 00:00:00"),
            (None, _) => ("finished", "2026-01-01 00:00:00"),
        };
        let mut mirror = RemoteMirror::default();
        mirror.update_status = Some(status.to_owned());
        mirror.last_successful_update_at = Some(success.to_owned());
        mirror
    }
}

pub(super) fn refusal(status: u16) -> ServiceError {
    codearts_repo::Refusal::new(status).into()
}

/// The connection broke after the request was sent.
fn lost() -> ServiceError {
    ServiceError::unexpected_answer("broke off")
}

impl Service for Model {
    fn show(&self, repository: RepositoryId) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        Box::pin(async move {
            self.admit(Asked::Show).await?;
            Ok(self.mirror(repository))
        })
    }

    fn start<'a>(
        &'a self,
        repository: RepositoryId,
        _: &'a SyncOptions,
    ) -> BoxFuture<'a, Result<SyncJob, ServiceError>> {
        Box::pin(async move {
            self.admit(Asked::Start).await?;
            let breaks = self.state().broken_dice.roll() < self.broken.share;
            if breaks && !self.broken.processed {
                return Err(lost());
            }
            let before = self.state().started.insert(repository, Instant::now());
            assert_eq!(before, None, "repository {repository} was started twice");
            if breaks { Err(lost()) } else { Ok(SyncJob::new(repository, "task")) }
        })
    }
}
