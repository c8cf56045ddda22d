//! Renewal in paused time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use tokio::time::{advance, sleep};

use super::*;
use crate::temporary_key::IssueFuture;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// What the issuer does with a request.
#[derive(Clone, Copy)]
enum Answer {
    /// A new key that lives this long.
    New(Duration),
    /// The first key.
    Same(Duration),
    /// A new key until a time of the issuer's clock, which shows another one.
    Until(SystemTime, SystemTime),
    Refuse,
    Hang,
}

/// An issuer whose answers depend on the time since its start.
struct Issuer {
    start: Instant,
    issued: Arc<AtomicUsize>,
    answer: Box<dyn Fn(Duration) -> Answer + Send + Sync>,
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        let number = self.issued.fetch_add(1, Ordering::Relaxed);
        let answer = (self.answer)(self.start.elapsed());
        Box::pin(async move {
            sleep(Duration::from_millis(200)).await;
            match answer {
                Answer::New(life) => Ok(TemporaryKey::new(key(number), life)),
                Answer::Same(life) => Ok(TemporaryKey::new(key(0), life)),
                Answer::Until(expiry, now) => Ok(TemporaryKey::until(key(number), expiry, now)),
                Answer::Refuse => Err(AuthError::retryable(AuthStep::AccessKey, "busy")),
                Answer::Hang => std::future::pending().await,
            }
        })
    }
}

fn key(number: usize) -> AccessKey {
    AccessKey::new(format!("HST{number}"), "s3cr3t").expect("a key")
}

fn keys(answer: impl Fn(Duration) -> Answer + Send + Sync + 'static) -> (RenewedKeys, Arc<AtomicUsize>) {
    let issued = Arc::new(AtomicUsize::new(0));
    let issuer = Issuer { start: Instant::now(), issued: issued.clone(), answer: Box::new(answer) };
    (RenewedKeys::new(issuer), issued)
}

async fn get(keys: &RenewedKeys) -> AccessKey {
    keys.access_key(None).await.expect("a key that lives")
}

/// Asks for a key every ten seconds, and returns how many of the requests failed.
async fn failures(keys: &RenewedKeys, time: Duration) -> usize {
    let (end, mut failures) = (Instant::now() + time, 0);
    while Instant::now() < end {
        failures += usize::from(keys.access_key(None).await.is_err());
        sleep(Duration::from_secs(10)).await;
    }
    failures
}

#[tokio::test(start_paused = true)]
async fn concurrent_callers_wait_for_one_request() {
    let (keys, issued) = keys(|_| Answer::New(HOUR));
    let all = futures_util::future::join_all((0..100).map(|_| get(&keys))).await;
    assert!(all.iter().all(|other| *other == key(0)));
    assert_eq!(issued.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_renewed_in_the_background_when_a_quarter_of_its_life_is_left() {
    let (keys, issued) = keys(|_| Answer::New(HOUR));
    assert_eq!(get(&keys).await, key(0));
    advance(44 * MINUTE).await;
    assert_eq!(get(&keys).await, key(0));
    assert_eq!(issued.load(Ordering::Relaxed), 1);
    advance(2 * MINUTE).await;
    let asked = Instant::now();
    assert_eq!(get(&keys).await, key(0), "no caller waits for the renewal");
    assert_eq!(asked.elapsed(), Duration::ZERO);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(get(&keys).await, key(1));
    assert_eq!(issued.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_canceled_caller_does_not_cancel_the_renewal() {
    let (keys, issued) = keys(|_| Answer::New(HOUR));
    let canceled = tokio::time::timeout(Duration::from_millis(1), keys.access_key(None)).await;
    assert!(canceled.is_err());
    assert_eq!(get(&keys).await, key(0));
    assert_eq!(issued.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_hangs_delays_no_call_while_the_key_lives() {
    let (keys, _) = keys(|time| if time < MINUTE { Answer::New(15 * MINUTE) } else { Answer::Hang });
    get(&keys).await;
    advance(11 * MINUTE).await;
    let asked = Instant::now();
    assert_eq!(get(&keys).await, key(0));
    assert_eq!(asked.elapsed(), Duration::ZERO);
    advance(4 * MINUTE).await;
    let (asked, error) = (Instant::now(), keys.access_key(None).await.expect_err("the key has expired"));
    assert!(asked.elapsed() <= RENEWAL_TIMEOUT, "{:?}", asked.elapsed());
    assert!(error.is_retryable(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_failed_renewals_fails_no_call_while_the_key_lives() {
    let down = |time| time > 2 * HOUR && time < 3 * HOUR + 5 * MINUTE;
    let (keys, issued) = keys(move |time| if down(time) { Answer::Refuse } else { Answer::New(6 * HOUR) });
    assert_eq!(failures(&keys, 7 * HOUR).await, 0);
    assert!(issued.load(Ordering::Relaxed) <= 80, "it is asked at most once a minute: {issued:?}");
    let (keys, issued) = self::keys(move |time| if down(time) { Answer::Refuse } else { Answer::New(15 * MINUTE) });
    let failed = failures(&keys, 2 * HOUR).await;
    assert_eq!(failed, 0, "before the outage");
    let failed = failures(&keys, 2 * HOUR).await;
    assert!((290..=365).contains(&failed), "only while no key lives: {failed}");
    assert_eq!(failures(&keys, HOUR).await, 0, "after the outage");
    assert!(issued.load(Ordering::Relaxed) <= 120, "{issued:?}");
}

#[tokio::test(start_paused = true)]
async fn an_issuer_that_answers_with_the_same_key_is_not_asked_at_each_call() {
    let (keys, issued) = keys(|time| match HOUR.checked_sub(time) {
        Some(left) if !left.is_zero() => Answer::Same(left),
        _ => Answer::New(HOUR),
    });
    assert_eq!(failures(&keys, 70 * MINUTE).await, 0);
    assert_ne!(get(&keys).await, key(0));
    assert!(issued.load(Ordering::Relaxed) <= 16, "{issued:?}");
}

#[tokio::test(start_paused = true)]
async fn a_key_that_has_expired_already_is_not_used() {
    let (keys, issued) = keys(|time| Answer::New(if time < MINUTE { HOUR } else { Duration::ZERO }));
    assert_eq!(failures(&keys, 59 * MINUTE).await, 0);
    assert_eq!(get(&keys).await, key(0));
    advance(2 * MINUTE).await;
    let error = keys.access_key(None).await.expect_err("no key lives");
    let source = std::error::Error::source(&error).expect("a reason").to_string();
    assert_eq!(source, "the issued key has expired already");
    assert!(issued.load(Ordering::Relaxed) <= 30, "{issued:?}");
}

/// That of the issuer decides, however far it is away.
#[tokio::test(start_paused = true)]
async fn a_clock_that_is_hours_wrong_does_not_matter() {
    for issuers_start in [SystemTime::now() - 5 * HOUR, SystemTime::now(), SystemTime::now() + 5 * HOUR] {
        let (keys, issued) = keys(move |time| Answer::Until(issuers_start + time + HOUR, issuers_start + time));
        assert_eq!(failures(&keys, 6 * HOUR).await, 0);
        // Each key is used for 45 minutes of its hour.
        assert_eq!(issued.load(Ordering::Relaxed), 8);
    }
    let now = SystemTime::now();
    assert_eq!(TemporaryKey::until(key(0), now - HOUR, now).life, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_is_renewed_once() {
    let (keys, issued) = keys(|_| Answer::New(HOUR));
    let first = get(&keys).await;
    let all = futures_util::future::join_all((0..50).map(|_| keys.access_key(Some(&first)))).await;
    assert!(all.into_iter().all(|fresh| fresh.expect("a key") == key(1)));
    assert_eq!(keys.access_key(Some(&first)).await.expect("a key"), key(1), "a late refusal of the old key");
    for _ in 0..50 {
        let same = keys.access_key(Some(&key(1))).await.expect("a key");
        assert_eq!(same, key(1), "the fault is elsewhere");
    }
    assert_eq!(issued.load(Ordering::Relaxed), 2);
    advance(6 * MINUTE).await;
    assert_eq!(keys.access_key(Some(&key(1))).await.expect("a key"), key(2));
}

#[tokio::test(start_paused = true)]
async fn a_fleet_of_3000_mirrors_has_no_failed_call_in_six_hours() {
    const LIFE: Duration = Duration::from_secs(15 * 60);
    let issued_at = Arc::new(Mutex::new(Vec::<Instant>::new()));
    let times = issued_at.clone();
    let (keys, issued) = keys(move |_| {
        times.lock().expect("no panic").push(Instant::now());
        Answer::New(LIFE)
    });
    let end = Instant::now() + 6 * HOUR;
    // Made once: each one costs a hash.
    let known: Arc<[AccessKey]> = (0..100).map(key).collect();
    let mirrors = (0..3000_u64).map(|mirror| {
        let (keys, issued_at, known) = (keys.clone(), issued_at.clone(), known.clone());
        tokio::spawn(async move {
            // Each mirror is polled at a time of its own.
            sleep(Duration::from_millis(mirror * 97)).await;
            while Instant::now() < end {
                let used = get(&keys).await;
                let at = |number: usize| issued_at.lock().expect("no panic")[number];
                let number = known.iter().position(|key| *key == used).expect("a known key");
                assert!(at(number).elapsed() < LIFE, "the service accepts the key {number}");
                sleep(5 * MINUTE).await;
            }
        })
    });
    for mirror in mirrors.collect::<Vec<_>>() {
        mirror.await.expect("no failed call");
    }
    // 15 minutes less the margin of 5 minutes.
    assert!(issued.load(Ordering::Relaxed) <= 6 * 6 + 1, "once for each key: {issued:?}");
}
