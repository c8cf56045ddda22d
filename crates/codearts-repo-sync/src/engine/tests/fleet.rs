//! How near a fleet comes to the fastest run that the quota allows.

use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{RepositoryId, RetryPolicy};
use futures_util::stream;
use tokio::time::Instant;

use super::model::{Asked, Dice, Model};
use crate::engine::Engine;
use crate::journal::{JobStore, Journal, JournalEntry, StoreFuture};
use crate::limits::Limits;
use crate::many::Many;
use crate::outcome::Outcome;
use crate::quota::Quota;
use crate::report::SyncRequest;
use crate::wait::Wait;

const CALLS_A_SECOND: f64 = 10.0;
const TIMEOUT: Duration = Duration::from_secs(900);

/// What a run took.
struct Run {
    took: Duration,
    /// When each was reported.
    reported: Vec<Duration>,
    /// Reads that were neither a baseline nor the poll that saw the end.
    spare_polls: usize,
    /// Refusals by the quota after the first second.
    late_refusals: usize,
}

async fn run(durations: &[Duration], refused_at_random: f64) -> Run {
    run_after(durations, refused_at_random, None).await
}

/// A run with a journal that knows durations of an earlier run.
async fn run_after(durations: &[Duration], refused_at_random: f64, earlier: Option<Earlier>) -> Run {
    let begun = Instant::now();
    let model = Arc::new(Model::new(durations.to_vec(), refused_at_random));
    let requests = (1..=durations.len()).map(|number| {
        let number = u32::try_from(number).expect("small");
        SyncRequest::from(RepositoryId::try_from(number).expect("within the range"))
    });
    let mut settings = Many::default().wait(Wait::default().timeout(TIMEOUT));
    if let Some(earlier) = earlier {
        settings = settings.journal(Journal::with_store(earlier));
    }
    let limits = Limits::new(Quota::default());
    let source = Box::pin(stream::iter(requests));
    let mut engine = Engine::new(Arc::clone(&model) as Arc<_>, &limits, RetryPolicy::none(), source, settings);
    let mut reported = vec![None; durations.len()];
    while let Some(report) = engine.next().await {
        let index = report.repository.get() as usize - 1;
        let ends = durations[index] < TIMEOUT;
        let expected =
            if ends { |outcome: &Outcome| outcome.is_finished() } else { |it: &Outcome| *it == Outcome::TimedOut };
        assert!(report.result.as_ref().is_ok_and(expected), "{report:?}");
        assert_eq!(reported[index].replace(begun.elapsed()), None);
    }
    let reported = reported.into_iter().map(|time| time.expect("a report")).collect();
    let calls = model.calls();
    let late_refusals =
        calls.iter().filter(|(_, at, admitted)| !admitted && *at - begun > Duration::from_secs(1)).count();
    let shows = calls.iter().filter(|(asked, ..)| *asked == Asked::Show).count();
    Run { took: begun.elapsed(), reported, spare_polls: shows.saturating_sub(2 * durations.len()), late_refusals }
}

/// A store with one earlier run. It forgets what is added.
#[derive(Debug)]
struct Earlier(Vec<JournalEntry>);

impl Earlier {
    fn of(durations: &[Duration]) -> Self {
        let entry = |event: String| {
            let text = format!(r#"{{"at":"2026-01-01T00:00:00.000Z",{event}}}"#);
            serde_json::from_str::<JournalEntry>(&text).expect("an entry")
        };
        let mut entries = vec![entry(r#""event":"run_began","run":1"#.to_owned())];
        for (index, took) in durations.iter().enumerate() {
            let id = index + 1;
            entries.push(entry(format!(r#""event":"started","repository_id":{id},"jid":"j""#)));
            entries.push(entry(format!(
                r#""event":"ended","repository_id":{id},"outcome":"finished","evidence":{{"strength":"strong","fields":[]}},"took_ms":{}"#,
                took.as_millis()
            )));
        }
        entries.push(entry(r#""event":"run_ended","run":1,"complete":true"#.to_owned()));
        Self(entries)
    }
}

impl JobStore for Earlier {
    fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>> {
        let entries = self.0.clone();
        Box::pin(async { Ok(entries) })
    }

    fn append(&self, _: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn replace(&self, _: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// The least time that any client needs: each mirror has to be read, started, and read again.
fn bound(durations: &[Duration]) -> Duration {
    let last_end = durations
        .iter()
        .enumerate()
        .map(|(index, duration)| Duration::from_secs_f64((index + 1) as f64 / CALLS_A_SECOND) + *duration);
    let reads = Duration::from_secs_f64(2.0 * durations.len() as f64 / CALLS_A_SECOND);
    last_end.max().unwrap_or_default().max(reads)
}

/// All durations that the engine is measured with.
fn cases(count: usize) -> Vec<(&'static str, Vec<Duration>)> {
    let uniform = |seconds: f64| vec![Duration::from_secs_f64(seconds); count];
    let mut dice = Dice::new(5);
    let mixed = (0..count).map(|_| Duration::from_secs(if dice.roll() < 0.5 { 1 } else { 60 })).collect();
    let mut dice = Dice::new(7);
    let pareto = (0..count).map(|_| Duration::from_secs_f64((1.0 - dice.roll()).powf(-1.0 / 1.5))).collect();
    vec![("0.2 s", uniform(0.2)), ("6 s", uniform(6.0)), ("60 s", uniform(60.0)), ("mixed", mixed), ("Pareto", pareto)]
}

async fn measure(refused_at_random: f64, limit: f64) {
    let mut slow = Vec::new();
    for count in [300, 3_000] {
        for (name, durations) in cases(count) {
            let (run, bound) = (run(&durations, refused_at_random).await, bound(&durations));
            let ratio = run.took.as_secs_f64() / bound.as_secs_f64();
            println!(
                "{count:5} {name:7} {:6.1} s of {:6.1} s, ratio {ratio:.3}, {} spare polls, {} late refusals",
                run.took.as_secs_f64(),
                bound.as_secs_f64(),
                run.spare_polls,
                run.late_refusals
            );
            if ratio > limit || run.late_refusals > 0 {
                slow.push(format!("{count} {name}: {ratio:.3}, {} refusals", run.late_refusals));
            }
        }
    }
    assert!(slow.is_empty(), "more than {limit} of the bound, or refused: {slow:?}");
}

#[tokio::test(start_paused = true)]
async fn a_fleet_ends_within_1_15_of_the_fastest_run() {
    measure(0.0, 1.15).await;
}

#[tokio::test(start_paused = true)]
async fn a_fleet_ends_within_1_30_when_two_in_a_hundred_calls_are_refused_at_random() {
    measure(0.02, 1.30).await;
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_single_mirror_is_seen_within_half_a_second() {
    for milliseconds in [200, 700, 1_300, 1_999, 2_000, 2_300] {
        let duration = Duration::from_millis(milliseconds);
        let took = run(&[duration], 0.0).await.took;
        assert!(took < duration + Duration::from_millis(500) + Duration::from_millis(120), "{duration:?} {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn mirrors_that_never_end_do_not_delay_others() {
    let duration = |index| Duration::from_secs(if index % 3 == 0 { 1_000_000 } else { 2 });
    let durations: Vec<Duration> = (0..300).map(duration).collect();
    let run = run(&durations, 0.0).await;
    let others = run.reported.iter().zip(&durations).filter(|(_, duration)| **duration < TIMEOUT);
    let last = others.map(|(reported, _)| *reported).max().expect("some end");
    // The quota allows 60 s.
    assert!(last < Duration::from_secs(80), "{last:?}");
    // Each is given up at its own timeout.
    assert!(run.took < TIMEOUT + Duration::from_secs(50), "{:?}", run.took);
}

#[tokio::test(start_paused = true)]
async fn a_running_mirror_is_polled_within_the_longest_interval() {
    let durations = vec![Duration::from_secs(100); 20];
    let run = run(&durations, 0.0).await;
    for (index, reported) in run.reported.iter().enumerate() {
        let ended = Duration::from_secs_f64((index + 1) as f64 / CALLS_A_SECOND) + durations[index];
        let late = reported.saturating_sub(ended);
        assert!(late < Duration::from_secs(11), "{index}: {late:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn durations_of_an_earlier_run_save_polls() {
    let durations = vec![Duration::from_secs(60); 30];
    let first = run(&durations, 0.0).await;
    let second = run_after(&durations, 0.0, Some(Earlier::of(&durations))).await;
    println!(
        "{} spare polls, then {}; {:?}, then {:?}",
        first.spare_polls, second.spare_polls, first.took, second.took
    );
    assert!(second.spare_polls * 3 <= first.spare_polls * 2, "{} and {}", second.spare_polls, first.spare_polls);
    assert!(second.took <= first.took + Duration::from_secs(1), "{:?} and {:?}", second.took, first.took);
}
