//! Waiting, in paused time.

use std::collections::VecDeque;
use std::future::{pending, ready};

use codearts_repo::RepositoryId;

use super::*;

fn job() -> SyncJob {
    SyncJob::new(RepositoryId::try_from(123).expect("within the range"), "task")
}

fn mirror(status: &str) -> RemoteMirror {
    let mut mirror = RemoteMirror::default();
    mirror.update_status = Some(status.to_owned());
    mirror
}

/// The state before the start.
fn before() -> Baseline {
    Baseline { repository: job().repository, snapshot: Snapshot::of(job().repository, mirror("none")) }
}

fn settings() -> Wait {
    Wait::default().since(before())
}

fn finished() -> RemoteMirror {
    let mut mirror = mirror("finished");
    mirror.last_successful_update_at = Some("2026-01-27T08:30:00.125+08:00".to_owned());
    mirror
}

fn passing() -> ServiceError {
    codearts_repo::Refusal::new(503).into()
}

/// Follows a sequence of answers and returns when each poll was made.
async fn polls(
    script: impl IntoIterator<Item = Result<RemoteMirror, ServiceError>>,
    settings: Wait,
) -> (Result<Outcome, Error>, Vec<Duration>) {
    let mut times = Vec::new();
    let script = Script { answers: script.into_iter().collect(), begun: Instant::now(), times: &mut times };
    let outcome = follow(script, &job(), settings).await;
    (outcome, times)
}

struct Script<'a> {
    answers: VecDeque<Result<RemoteMirror, ServiceError>>,
    begun: Instant,
    times: &'a mut Vec<Duration>,
}

impl Poll for Script<'_> {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        self.times.push(self.begun.elapsed());
        Box::pin(ready(self.answers.pop_front().unwrap_or_else(|| Ok(mirror("started")))))
    }
}

struct Never;

impl Poll for Never {
    fn poll(&mut self) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        Box::pin(pending())
    }
}

#[tokio::test(start_paused = true)]
async fn intervals_grow_with_the_time_waited_and_the_last_poll_is_at_the_timeout() {
    let (outcome, times) = polls([], Wait::default().timeout(Duration::from_secs(60))).await;
    assert_eq!(outcome.expect("no error"), Outcome::TimedOut);
    let pauses: Vec<u128> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_millis()).collect();
    assert_eq!(pauses[..3], [400, 400, 400]);
    // From then on, a sixth of the time waited.
    assert!((466..=470).contains(&pauses[7]), "{pauses:?}");
    assert!(times.last() >= Some(&Duration::from_secs(60)), "{times:?}");
    assert!(times.last() < Some(&Duration::from_millis(60_010)), "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn the_end_is_seen_by_the_first_poll_that_shows_it() {
    let (outcome, times) = polls([Ok(mirror("started")), Ok(finished())], settings()).await;
    assert!(outcome.expect("no error").is_finished());
    assert_eq!(times.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn with_a_timeout_of_zero_there_is_still_one_poll() {
    let settings = || settings().timeout(Duration::ZERO);
    assert!(polls([Ok(finished())], settings()).await.0.expect("no error").is_finished());
    let (outcome, times) = polls([], settings()).await;
    assert_eq!((outcome.expect("no error"), times.len()), (Outcome::TimedOut, 1));
}

#[tokio::test(start_paused = true)]
async fn a_poll_without_an_answer_does_not_exceed_the_timeout() {
    let begun = Instant::now();
    let settings = Wait::default().timeout(Duration::from_secs(20));
    assert_eq!(follow(Never, &job(), settings).await.expect("no error"), Outcome::TimedOut);
    assert!(begun.elapsed() < Duration::from_millis(25_010), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn five_temporary_failures_in_a_row_are_tolerated() {
    let five = || (0..5).map(|_| Err(passing()));
    let script = five().chain([Ok(mirror("started"))]).chain(five()).chain([Ok(finished())]);
    let (outcome, times) = polls(script, settings()).await;
    assert_eq!((outcome.expect("no error").is_finished(), times.len()), (true, 12));

    let (outcome, times) = polls(five().chain(five()), Wait::default()).await;
    let error = outcome.expect_err("too many");
    assert_eq!((error.job(), times.len()), (Some(&job()), 6));
}

#[tokio::test(start_paused = true)]
async fn a_permanent_failure_ends_the_wait_at_once() {
    let (outcome, times) = polls([Err(ServiceError::not_sent("no"))], Wait::default()).await;
    assert!(matches!(outcome, Err(Error::EndUnknown { .. })), "{outcome:?}");
    assert_eq!(times.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_baseline_of_another_repository_is_rejected() {
    let other = RepositoryId::try_from(124).expect("within the range");
    let baseline = Baseline { repository: other, snapshot: Snapshot::default() };
    let (outcome, times) = polls([], Wait::default().since(baseline)).await;
    let text = outcome.expect_err("another repository").to_string();
    assert_eq!(text, "the baseline is for repository 124, but the job is for repository 123");
    assert!(times.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_endless_timeout_does_not_overflow() {
    let settings = settings().timeout(Duration::MAX).max_interval(Duration::MAX);
    let (outcome, _) = polls([Ok(mirror("started")), Ok(finished())], settings).await;
    assert!(outcome.expect("no error").is_finished());
}

#[tokio::test(start_paused = true)]
async fn weak_evidence_is_confirmed_within_ten_seconds() {
    let settings = || settings().min_interval(Duration::from_secs(60)).max_interval(Duration::from_secs(60));
    let (outcome, times) = polls((0..9).map(|_| Ok(mirror("failed"))), settings()).await;
    assert!(matches!(outcome, Ok(Outcome::Failed { .. })), "{outcome:?}");
    assert_eq!(times, [0, 5, 10].map(Duration::from_secs));

    let settings = settings().confirmation(Confirmation::new(2, Duration::from_secs(1)));
    let (outcome, times) = polls((0..9).map(|_| Ok(mirror("failed"))), settings).await;
    assert!(matches!(outcome, Ok(Outcome::Failed { .. })), "{outcome:?}");
    assert_eq!(times, [0, 1].map(Duration::from_secs));
}

#[tokio::test(start_paused = true)]
async fn max_failed_polls_is_respected() {
    let settings = Wait::default().min_interval(Duration::from_secs(7)).max_failed_polls(1);
    let (outcome, times) = polls((0..9).map(|_| Err(passing())), settings).await;
    assert!(matches!(outcome, Err(Error::EndUnknown { .. })), "{outcome:?}");
    assert_eq!(times, [Duration::ZERO, Duration::from_secs(7)], "with the pause that was set before");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_many_years_is_respected() {
    let year = Duration::from_secs(365 * 86_400);
    let settings = Wait::default().min_interval(year * 10).max_interval(year * 10).timeout(year * 50);
    let (outcome, times) = polls([], settings).await;
    assert_eq!((outcome.expect("no error"), times.len()), (Outcome::TimedOut, 6));
}
