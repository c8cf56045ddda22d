//! The waiting, under a clock that moves on when all wait for it.

use std::collections::VecDeque;
use std::future::{pending, ready};
use std::sync::atomic::{AtomicUsize, Ordering};

use codearts_repo::RepositoryId;

use crate::looks::{Looker, Looks};

use super::*;

fn job() -> SyncJob {
    SyncJob::new(RepositoryId::try_from(123).expect("within the range"), "task")
}

fn mirror(status: &str) -> RemoteMirror {
    RemoteMirror { update_status: Some(status.to_owned()), ..RemoteMirror::default() }
}

fn passing() -> ServiceError {
    ServiceError::UnexpectedAnswer { problem: "is odd", status: Some(200), request_id: None, source: None }
}

/// Follows a row of looks, the last of which stays, and notes when each was made.
async fn looks(
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

impl Look for Script<'_> {
    fn look(&mut self, _: Duration) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        self.times.push(self.begun.elapsed());
        Box::pin(ready(self.answers.pop_front().unwrap_or_else(|| Ok(mirror("started")))))
    }
}

struct Never;

impl Look for Never {
    fn look(&mut self, _: Duration) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        Box::pin(pending())
    }
}

#[tokio::test(start_paused = true)]
async fn the_pauses_grow_to_their_limit_and_the_last_look_is_at_the_end() {
    let (outcome, times) = looks([], Wait::default().timeout(Duration::from_secs(60))).await;
    assert_eq!(outcome.expect("no error"), Outcome::TimedOut);
    let pauses: Vec<u128> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_millis()).collect();
    assert_eq!(pauses[..3], [500, 750, 1125]);
    assert_eq!(pauses[8..pauses.len() - 1], [10_000, 10_000, 10_000]);
    assert!(times.last() >= Some(&Duration::from_secs(60)), "{times:?}");
    assert!(times.last() < Some(&Duration::from_millis(60_010)), "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn the_end_is_seen_with_the_look_that_shows_it() {
    let (outcome, times) = looks([Ok(mirror("started")), Ok(mirror("finished"))], Wait::default()).await;
    assert_eq!(outcome.expect("no error"), Outcome::Finished);
    assert_eq!(times.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn without_any_time_there_is_still_one_look() {
    let settings = || Wait::default().timeout(Duration::ZERO);
    assert_eq!(looks([Ok(mirror("finished"))], settings()).await.0.expect("no error"), Outcome::Finished);
    let (outcome, times) = looks([], settings()).await;
    assert_eq!((outcome.expect("no error"), times.len()), (Outcome::TimedOut, 1));
}

#[tokio::test(start_paused = true)]
async fn a_look_without_an_answer_does_not_stretch_the_time() {
    let begun = Instant::now();
    let settings = Wait::default().timeout(Duration::from_secs(20));
    assert_eq!(follow(Never, &job(), settings).await.expect("no error"), Outcome::TimedOut);
    assert!(begun.elapsed() < Duration::from_millis(25_010), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn failures_that_can_pass_are_tolerated_in_a_row_of_five() {
    let five = || (0..5).map(|_| Err(passing()));
    let script = five().chain([Ok(mirror("started"))]).chain(five()).chain([Ok(mirror("finished"))]);
    let (outcome, times) = looks(script, Wait::default()).await;
    assert_eq!((outcome.expect("no error"), times.len()), (Outcome::Finished, 12));

    let (outcome, times) = looks(five().chain(five()), Wait::default()).await;
    let error = outcome.expect_err("too many");
    assert_eq!((error.job(), times.len()), (Some(&job()), 6));
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_stays_ends_it_at_once() {
    let (outcome, times) = looks([Err(ServiceError::NotSent("no".to_owned()))], Wait::default()).await;
    assert!(matches!(outcome, Err(Error::Lost { .. })), "{outcome:?}");
    assert_eq!(times.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_baseline_of_another_repository_is_refused() {
    let other = RepositoryId::try_from(124).expect("within the range");
    let baseline = Baseline { repository: other, snapshot: Snapshot::default() };
    let (outcome, times) = looks([], Wait::default().since(baseline)).await;
    let text = outcome.expect_err("another repository").to_string();
    assert_eq!(
        text,
        "the baseline is of repository 124, the job of repository 123; take a baseline of each repository"
    );
    assert!(times.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_endless_time_out_is_no_overflow() {
    let settings = Wait::default().timeout(Duration::MAX).longest_pause(Duration::MAX);
    let (outcome, _) = looks([Ok(mirror("started")), Ok(mirror("finished"))], settings).await;
    assert_eq!(outcome.expect("no error"), Outcome::Finished);
}

#[tokio::test(start_paused = true)]
async fn a_server_whose_clock_runs_back_is_understood() {
    let at = |time: &str| RemoteMirror {
        last_successful_update_at: Some(time.to_owned()),
        last_update_at: Some(time.to_owned()),
        ..mirror("finished")
    };
    let (old, new) = (at("2099-01-01 00:00:00"), at("1999-01-01 00:00:00"));
    let baseline = Baseline { repository: job().repository, snapshot: Snapshot::from(old.clone()) };
    let (outcome, times) = looks([Ok(old), Ok(new)], Wait::default().since(baseline)).await;
    assert_eq!((outcome.expect("no error"), times.len()), (Outcome::Finished, 2));
}

/// A mirror that has finished after ten seconds.
struct Shared<'a> {
    looker: Looker<'a>,
    begun: Instant,
    calls: &'a AtomicUsize,
}

impl Look for Shared<'_> {
    fn look(&mut self, oldest: Duration) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        let Self { looker, begun, calls } = self;
        Box::pin(looker.look(oldest, async || {
            calls.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(10)).await;
            Ok(mirror(if begun.elapsed() < Duration::from_secs(10) { "started" } else { "finished" }))
        }))
    }
}

#[tokio::test(start_paused = true)]
async fn twenty_who_wait_for_one_repository_need_no_more_looks_than_one() {
    let (job, pause) = (job(), Duration::from_secs(1));
    let settings = Wait::default().shortest_pause(pause).longest_pause(pause);
    for waiters in [1, 20] {
        let (table, calls, begun) = (Looks::default(), AtomicUsize::new(0), Instant::now());
        let waits = (0..waiters).map(|_| {
            let shared = Shared { looker: table.looker(job.repository), begun, calls: &calls };
            follow(shared, &job, settings.clone())
        });
        for outcome in futures_util::future::join_all(waits).await {
            assert_eq!(outcome.expect("no error"), Outcome::Finished);
        }
        assert!((11..13).contains(&calls.into_inner()), "{waiters}");
    }
}

#[tokio::test(start_paused = true)]
async fn so_many_failures_are_tolerated_as_were_set() {
    let settings = Wait::default().shortest_pause(Duration::from_secs(7)).tolerated_failures(1);
    let (outcome, times) = looks((0..9).map(|_| Err(passing())), settings).await;
    assert!(matches!(outcome, Err(Error::Lost { .. })), "{outcome:?}");
    assert_eq!(times, [Duration::ZERO, Duration::from_secs(7)], "with the pause that was set before");
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_many_years_is_as_long_as_it_was_set() {
    let year = Duration::from_secs(365 * 86_400);
    let settings = Wait::default().shortest_pause(year * 10).longest_pause(year * 10).timeout(year * 50);
    let (outcome, times) = looks([], settings).await;
    assert_eq!((outcome.expect("no error"), times.len()), (Outcome::TimedOut, 6));
}

/// Notes how old a look may be that is taken from somebody else.
struct Ages<'a>(&'a mut Vec<Duration>);

impl Look for Ages<'_> {
    fn look(&mut self, oldest: Duration) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        self.0.push(oldest);
        Box::pin(ready(Ok(mirror("started"))))
    }
}

#[tokio::test(start_paused = true)]
async fn the_look_of_another_one_makes_nobody_see_the_end_later_than_by_its_own_pauses() {
    let (mut ages, pause) = (Vec::new(), Duration::from_secs(4));
    let settings = Wait::default().shortest_pause(pause).longest_pause(pause).timeout(Duration::from_secs(60));
    follow(Ages(&mut ages), &job(), settings).await.expect("no error");
    assert!(ages.len() > 10 && ages.iter().all(|oldest| *oldest < pause && *oldest > Duration::ZERO), "{ages:?}");
}
