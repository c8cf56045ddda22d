//! The limiter against models of servers, in paused time.

use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;

use futures_util::stream::{self, StreamExt};
use tokio::time::sleep;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn refusal() -> ServiceError {
    codearts_repo::Refusal::new(429).into()
}

/// Makes a call and retries it while it is refused.
async fn call<F: Future<Output = Result<(), ServiceError>>>(
    limiter: &Arc<Limiter>,
    send: impl Fn() -> F,
) -> Result<(), ServiceError> {
    let policy = RetryPolicy::none();
    let attempts = Attempts { policy: &policy, only_reads: true, paused: &|_, _| {} };
    limiter.call(limiter.slot().await, attempts, send).await
}

fn limiter(quota: Quota) -> Arc<Limiter> {
    Arc::new(Limiter::new(quota))
}

fn quota(calls: u32, span: Duration) -> Quota {
    Quota::new(NonZeroU32::new(calls).expect("not zero"), span)
}

/// Numbers that look random and are the same in every run.
struct Dice(Cell<u64>);

impl Dice {
    fn below(&self, limit: u64) -> u64 {
        let next = self.0.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0.set(next);
        (next >> 33) % limit
    }
}

/// Makes so many calls, fifty at once, with a random latency. Returns when calls were admitted, when they were refused,
/// and when all were done.
async fn calls(
    count: usize,
    quota: Quota,
    admits: impl Fn(Duration) -> bool,
) -> (Vec<Duration>, Vec<Duration>, Duration) {
    let (limiter, dice, begun) = (limiter(quota), Dice(Cell::new(7)), Instant::now());
    let (admitted, refused) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let send = async || {
        sleep(Duration::from_millis(dice.below(40))).await;
        let now = begun.elapsed();
        let admits = admits(now);
        if admits { &admitted } else { &refused }.borrow_mut().push(now);
        sleep(Duration::from_millis(dice.below(40))).await;
        if admits { Ok(()) } else { Err(refusal()) }
    };
    let all = stream::iter(0..count).map(|_| call(&limiter, &send)).buffer_unordered(50);
    all.for_each(async |result| result.expect("admitted")).await;
    (admitted.into_inner(), refused.into_inner(), begun.elapsed())
}

/// Admits so many calls in any span.
fn window(calls: usize, span: Duration) -> impl Fn(Duration) -> bool {
    let log = RefCell::new(VecDeque::new());
    move |now| {
        let mut log = log.borrow_mut();
        while log.front().is_some_and(|first| *first + span <= now) {
            log.pop_front();
        }
        let admits = log.len() < calls;
        if admits {
            log.push_back(now);
        }
        admits
    }
}

/// Admits a call for each token of a bucket that fills evenly.
fn bucket(size: f64, per_second: f64) -> impl Fn(Duration) -> bool {
    let state = Cell::new((size, Duration::ZERO));
    move |now| {
        let (level, last) = state.get();
        let level = (level + (now.saturating_sub(last)).as_secs_f64() * per_second).min(size);
        state.set((if level >= 1.0 { level - 1.0 } else { level }, now));
        level >= 1.0
    }
}

#[tokio::test(start_paused = true)]
async fn an_exact_quota_is_used_to_the_full_without_refusals() {
    let (admitted, refused, took) = calls(6_000, Quota::default(), window(600, SECOND * 60)).await;
    assert_eq!((admitted.len(), refused.len()), (6_000, 0));
    assert!(took < SECOND * 630, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_token_bucket_refuses_nothing_after_the_first_second() {
    for size in [5.0, 20.0, 100.0] {
        let (admitted, refused, took) = calls(6_000, quota(1_000, SECOND * 10), bucket(size, 100.0)).await;
        assert_eq!(admitted.len(), 6_000);
        assert!(refused.iter().all(|at| *at < SECOND), "{size} {refused:?}");
        assert!(took < SECOND * 63, "{size} {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lower_quota_of_the_service_slows_calls_down() {
    let (admitted, refused, took) = calls(2_000, quota(100, SECOND), bucket(5.0, 20.0)).await;
    assert_eq!(admitted.len(), 2_000);
    assert!(refused.len() < 1_000, "{}", refused.len());
    assert!(took < SECOND * 200, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn random_refusals_lose_no_call() {
    for quota in [quota(100, SECOND), Quota::unlimited()] {
        let dice = Dice(Cell::new(3));
        let (admitted, refused, took) = calls(2_000, quota, move |_| dice.below(5) > 0).await;
        assert_eq!(admitted.len(), 2_000);
        assert!(refused.len() > 300, "{}", refused.len());
        assert!(took < SECOND * 120, "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_full_rate_returns_after_an_outage() {
    let outage = |now| now < SECOND || now > SECOND * 5;
    let (_, _, took) = calls(6_000, quota(100, SECOND), outage).await;
    assert!(took < SECOND * 85, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_is_given_up_when_everything_is_refused_for_too_long() {
    let limiter = limiter(Quota::default().patience(SECOND * 30));
    let (begun, sent) = (Instant::now(), Cell::new(0));
    let send = async || {
        sent.set(sent.get() + 1);
        Err::<(), _>(refusal())
    };
    assert_eq!(call(&limiter, send).await.expect_err("refused").status(), Some(429));
    assert!(begun.elapsed() >= SECOND * 30 && begun.elapsed() < SECOND * 90, "{:?}", begun.elapsed());
    assert!(sent.get() < 100, "{}", sent.get());
}

#[tokio::test(start_paused = true)]
async fn a_call_is_not_given_up_while_others_are_admitted() {
    let limiter = limiter(quota(10, SECOND).patience(SECOND * 5));
    let sent = Cell::new(0);
    for _ in 0..50 {
        let send = async || {
            sent.set(sent.get() + 1);
            if sent.get() % 2 == 0 { Ok(()) } else { Err(refusal()) }
        };
        call(&limiter, send).await.expect("admitted");
    }
    assert_eq!(sent.get(), 100);
}

#[tokio::test(start_paused = true)]
async fn other_failures_are_not_retried() {
    let limiter = limiter(Quota::default());
    let sent = Cell::new(0);
    let send = async || {
        sent.set(sent.get() + 1);
        Err::<(), _>(ServiceError::not_sent("no"))
    };
    assert!(call(&limiter, send).await.is_err());
    assert_eq!(sent.get(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_quota_of_one_allows_one_call_at_a_time() {
    let (admitted, refused, took) = calls(4, quota(1, SECOND), window(1, SECOND)).await;
    assert_eq!((admitted.len(), refused.len()), (4, 0));
    assert!(took < SECOND * 4, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_counts_and_blocks_nothing() {
    let limiter = limiter(quota(1, SECOND));
    let never = call(&limiter, std::future::pending::<Result<(), _>>);
    assert!(tokio::time::timeout(SECOND, never).await.is_err());
    let begun = Instant::now();
    call(&limiter, async || Ok(())).await.expect("admitted");
    assert_eq!(begun.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn the_first_refusal_pauses_calls_for_ten_gaps() {
    let limiter = limiter(quota(50, SECOND));
    let (begun, sent) = (Instant::now(), RefCell::new(Vec::new()));
    let send = async || {
        sent.borrow_mut().push(begun.elapsed());
        if sent.borrow().len() == 1 { Err(refusal()) } else { Ok(()) }
    };
    call(&limiter, send).await.expect("admitted");
    // A gap is a fiftieth of a second, and one in a hundred more.
    assert!((202..=203).contains(&sent.borrow()[1].as_millis()), "{sent:?}");
}

#[tokio::test(start_paused = true)]
async fn refusals_at_random_do_not_slow_calls_below_the_quota() {
    for share in [20, 25, 35, 50] {
        for quota in [Quota::default(), Quota::unlimited()] {
            let (dice, limit) = (Dice(Cell::new(3)), quota.limit);
            let (admitted, refused, took) = calls(600, quota, move |_| dice.below(100) >= share).await;
            assert_eq!(admitted.len(), 600);
            // The documented pace is ten calls a second. Trials of a slower one and runs of refusals cost a little.
            let at_quota = (600 + refused.len()) as f64 / 10.0;
            let limit = if limit.is_some() { at_quota * 1.3 } else { at_quota * 0.5 };
            assert!(took.as_secs_f64() < limit, "{share} % refused: {took:?}, limit {limit}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn beside_greedy_neighbors_calls_get_their_fair_share() {
    // Each neighbor sends ten calls a second, whatever it is answered, to a server that admits ten in all: evenly, or as
    // many as there are at once within a minute.
    for (exact, neighbors) in [(false, 1_u32), (false, 3), (true, 1), (true, 3)] {
        let (evenly, at_once, dice) = (bucket(5.0, 10.0), window(600, SECOND * 60), Dice(Cell::new(9)));
        let server = move |now| if exact { at_once(now) } else { evenly(now) };
        let next = RefCell::new(vec![Duration::ZERO; neighbors as usize]);
        let admits = move |now: Duration| {
            while let Some(first) = next.borrow_mut().iter_mut().min().filter(|first| **first <= now) {
                server(*first);
                *first += Duration::from_millis(50 + dice.below(100));
            }
            server(now)
        };
        let (admitted, _, took) = calls(2_400, Quota::default(), admits).await;
        assert_eq!(admitted.len(), 2_400);
        let share = 2_400.0 / took.as_secs_f64() / 10.0;
        let fair = 1.0 / (1.0 + f64::from(neighbors));
        assert!(share > fair * 0.9, "{neighbors} neighbors: {share:.3} of the quota, fair is {fair:.3}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_that_share_a_quota_both_get_their_share() {
    let server = bucket(5.0, 10.0);
    let (begun, dice) = (Instant::now(), Dice(Cell::new(1)));
    let send = async || {
        sleep(Duration::from_millis(dice.below(100))).await;
        if server(begun.elapsed()) {
            return Ok(());
        }
        Err(refusal())
    };
    let client = async || {
        let limiter = limiter(Quota::default());
        let all = stream::iter(0..600).map(|_| call(&limiter, &send)).buffer_unordered(50);
        all.for_each(async |result| result.expect("admitted")).await;
        begun.elapsed()
    };
    let (one, other) = tokio::join!(client(), client());
    assert!(one.max(other) < SECOND * 140, "{one:?} {other:?}, the quota allows 120 s");
    assert!(one.min(other) > SECOND * 95, "{one:?} {other:?}, one got more than its share");
}

#[tokio::test(start_paused = true)]
async fn a_slot_that_is_not_used_goes_back() {
    let limiter = limiter(quota(1, SECOND));
    drop(limiter.slot().await);
    let begun = Instant::now();
    call(&limiter, async || Ok(())).await.expect("admitted");
    assert_eq!((begun.elapsed(), limiter.counts()), (Duration::ZERO, (1, 0)));
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_ends_retries_but_not_a_call_in_flight() {
    let (limiter, cancel, sent) = (limiter(Quota::default()), CancellationToken::new(), Cell::new(0));
    let policy = RetryPolicy::none();
    let attempts = Attempts { policy: &policy, only_reads: false, paused: &|_, _| {} };
    let send = async || {
        sent.set(sent.get() + 1);
        cancel.cancel();
        sleep(SECOND).await;
        if sent.get() == 1 { Ok(()) } else { Err(refusal()) }
    };
    let slot = limiter.slot().await;
    assert!(matches!(limiter.call_unless(&cancel, slot, attempts, send).await, Some(Ok(()))));
    let slot = limiter.slot().await;
    assert!(limiter.call_unless(&cancel, slot, attempts, send).await.is_none());
    assert_eq!(sent.get(), 2);
}
