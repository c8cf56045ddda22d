//! Starts whose connection broke: whether the service acted on them is found out by polling.

use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{RepositoryId, RetryPolicy};
use futures_util::stream;

use super::model::{Broken, Model};
use crate::engine::Engine;
use crate::limits::Limits;
use crate::many::Many;
use crate::quota::Quota;
use crate::report::SyncRequest;
use crate::wait::Wait;

const MIRRORS: usize = 2_000;
/// More of them take minutes without optimization.
const SEEDS: u64 = if cfg!(debug_assertions) { 1 } else { 20 };

/// Synchronizes all mirrors and returns how many finished without a task ID. The model fails if one is started twice.
async fn run(broken: Broken, seed: u64) -> usize {
    let durations = (0..MIRRORS).map(|index| Duration::from_secs(index as u64 % 7)).collect();
    let model = Arc::new(Model::new(durations, 0.0).broken(broken, seed));
    let requests = (1..=MIRRORS).map(|number| {
        let number = u32::try_from(number).expect("small");
        SyncRequest::from(RepositoryId::try_from(number).expect("within the range"))
    });
    let limits = Limits::new(Quota::default());
    let settings = Many::default().wait(Wait::default());
    let source = Box::pin(stream::iter(requests));
    let mut engine = Engine::new(model, &limits, RetryPolicy::none(), source, settings);
    let (mut finished, mut without_id) = (0, 0);
    while let Some(report) = engine.next().await {
        assert!(report.result.as_ref().is_ok_and(|outcome| outcome.is_finished()), "{report:?}");
        finished += 1;
        without_id += usize::from(report.job.is_none());
    }
    assert_eq!(finished, MIRRORS);
    without_id
}

#[tokio::test(start_paused = true)]
async fn a_start_that_was_processed_is_followed_and_not_repeated() {
    for seed in 0..SEEDS {
        let without_id = run(Broken { share: 0.03, processed: true }, seed).await;
        assert!((30..90).contains(&without_id), "{seed}: {without_id}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_that_was_not_processed_is_repeated() {
    for seed in 0..SEEDS {
        assert_eq!(run(Broken { share: 0.007, processed: false }, seed).await, 0, "{seed}");
    }
}
