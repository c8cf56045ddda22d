//! The limiter against models of servers, under a clock that moves on when all wait for it.

use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;

use futures_util::stream::{self, StreamExt};
use tokio::time::sleep;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn refusal() -> ServiceError {
    ServiceError::UnexpectedAnswer { problem: "is a refusal", status: Some(429), request_id: None, source: None }
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

/// Makes so many calls, fifty at once, each of which reaches the server after a while and is answered after another.
/// Gives the times at which they reached it, those refused apart, and the time at which all were through.
async fn calls(
    count: usize,
    quota: Quota,
    admits: impl Fn(Duration) -> bool,
) -> (Vec<Duration>, Vec<Duration>, Duration) {
    let (limiter, dice, begun) = (Limiter::new(quota), Dice(Cell::new(7)), Instant::now());
    let (admitted, refused) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let send = async || {
        sleep(Duration::from_millis(dice.below(40))).await;
        let now = begun.elapsed();
        let admits = admits(now);
        if admits { &admitted } else { &refused }.borrow_mut().push(now);
        sleep(Duration::from_millis(dice.below(40))).await;
        if admits { Ok(()) } else { Err(refusal()) }
    };
    let all = stream::iter(0..count).map(|_| limiter.call(&send)).buffer_unordered(50);
    all.for_each(async |result| result.expect("let through")).await;
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

/// Admits a call for each drop in a bucket that fills evenly.
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
async fn a_server_that_counts_calls_in_a_span_refuses_none_and_is_used_to_the_full() {
    let (admitted, refused, took) = calls(6_000, Quota::default(), window(600, SECOND * 60)).await;
    assert_eq!((admitted.len(), refused.len()), (6_000, 0));
    assert!(took < SECOND * 630, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_wants_an_even_rate_refuses_none_after_the_first_second() {
    for size in [5.0, 20.0, 100.0] {
        let (admitted, refused, took) = calls(6_000, quota(1_000, SECOND * 10), bucket(size, 100.0)).await;
        assert_eq!(admitted.len(), 6_000);
        assert!(refused.iter().all(|at| *at < SECOND), "{size} {refused:?}");
        assert!(took < SECOND * 63, "{size} {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_allows_less_than_was_said_slows_the_calls_down() {
    let (admitted, refused, took) = calls(2_000, quota(100, SECOND), bucket(5.0, 20.0)).await;
    assert_eq!(admitted.len(), 2_000);
    assert!(refused.len() < 1_000, "{}", refused.len());
    assert!(took < SECOND * 200, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn refusals_at_random_lose_no_call() {
    for quota in [quota(100, SECOND), Quota::unlimited()] {
        let dice = Dice(Cell::new(3));
        let (admitted, refused, took) = calls(2_000, quota, move |_| dice.below(5) > 0).await;
        assert_eq!(admitted.len(), 2_000);
        assert!(refused.len() > 300, "{}", refused.len());
        assert!(took < SECOND * 120, "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_refusals_the_full_rate_comes_back() {
    let outage = |now| now < SECOND || now > SECOND * 5;
    let (_, _, took) = calls(6_000, quota(100, SECOND), outage).await;
    assert!(took < SECOND * 85, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn one_gives_up_when_all_is_refused_for_too_long() {
    let limiter = Limiter::new(Quota::default().patience(SECOND * 30));
    let (begun, sent) = (Instant::now(), Cell::new(0));
    let send = async || {
        sent.set(sent.get() + 1);
        Err::<(), _>(refusal())
    };
    assert_eq!(limiter.call(send).await.expect_err("refused").status(), Some(429));
    assert!(begun.elapsed() >= SECOND * 30 && begun.elapsed() < SECOND * 90, "{:?}", begun.elapsed());
    assert!(sent.get() < 100, "{}", sent.get());
}

#[tokio::test(start_paused = true)]
async fn one_does_not_give_up_while_some_calls_get_through() {
    let limiter = Limiter::new(quota(10, SECOND).patience(SECOND * 5));
    let sent = Cell::new(0);
    for _ in 0..50 {
        let send = async || {
            sent.set(sent.get() + 1);
            if sent.get() % 2 == 0 { Ok(()) } else { Err(refusal()) }
        };
        limiter.call(send).await.expect("let through");
    }
    assert_eq!(sent.get(), 100);
}

#[tokio::test(start_paused = true)]
async fn another_failure_is_not_repeated() {
    let limiter = Limiter::new(Quota::default());
    let sent = Cell::new(0);
    let send = async || {
        sent.set(sent.get() + 1);
        Err::<(), _>(ServiceError::NotSent("no".to_owned()))
    };
    assert!(limiter.call(send).await.is_err());
    assert_eq!(sent.get(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_call_at_once_when_the_quota_is_one() {
    let (admitted, refused, took) = calls(4, quota(1, SECOND), window(1, SECOND)).await;
    assert_eq!((admitted.len(), refused.len()), (4, 0));
    assert!(took < SECOND * 4, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_counts_and_blocks_nobody() {
    let limiter = Limiter::new(quota(1, SECOND));
    let never = limiter.call(std::future::pending::<Result<(), _>>);
    assert!(tokio::time::timeout(SECOND, never).await.is_err());
    let begun = Instant::now();
    limiter.call(async || Ok(())).await.expect("let through");
    assert_eq!(begun.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn the_first_refusal_holds_the_calls_back_for_ten_gaps() {
    let limiter = Limiter::new(quota(50, SECOND));
    let (begun, sent) = (Instant::now(), RefCell::new(Vec::new()));
    let send = async || {
        sent.borrow_mut().push(begun.elapsed());
        if sent.borrow().len() == 1 { Err(refusal()) } else { Ok(()) }
    };
    limiter.call(send).await.expect("let through");
    // A gap is a fiftieth of a second, and one in a hundred more.
    assert!((202..=203).contains(&sent.borrow()[1].as_millis()), "{sent:?}");
}

#[tokio::test(start_paused = true)]
async fn the_share_of_refused_calls_stays_a_share() {
    let limiter = Limiter::new(quota(100, SECOND).patience(SECOND * 300));
    limiter.call(async || Err::<(), _>(refusal())).await.expect_err("refused");
    let share = limiter.state().refused_share;
    assert!((0.9..=1.0).contains(&share), "{share}");
}
