//! Runs of many repositories against servers with a quota, random refusals and failures.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod support;

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use codearts_repo::SyncOptions;
use codearts_repo_emulator::{Emulator, Repository, Upstream};
use codearts_repo_sync::{
    CancellationToken, Confirmation, Error, Event, Journal, Limits, Many, Operation, Outcome, PauseReason, Quota,
    Report, SyncRequest, Syncer, Wait,
};
use futures_util::stream::{self, Stream, StreamExt};
use support::{Server, id, started, state};

async fn all(reports: impl Stream<Item = Report>) -> Vec<Report> {
    reports.collect().await
}

fn fast() -> Wait {
    Wait::default()
        .min_interval(Duration::from_millis(5))
        .max_interval(Duration::from_millis(20))
        .confirmation(Confirmation::new(1, Duration::ZERO))
}

/// Admits so many calls in any span.
fn window(calls: usize, span: Duration) -> impl Fn(Duration) -> bool {
    let log = Mutex::new(VecDeque::new());
    move |now| {
        let mut log = log.lock().expect("no panic");
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

#[tokio::test]
async fn the_quota_of_each_operation_is_kept() {
    let second = Duration::from_secs(1);
    let (starts, reads) = (window(150, second), window(150, second));
    let server = Server::start(move |call| match if call.post { starts(call.at) } else { reads(call.at) } {
        false => (429, String::new()),
        true if call.post => started(),
        true => state("finished"),
    })
    .await;
    let quota = Quota::new(150.try_into().expect("not zero"), second);
    let syncer = Syncer::with_quota(server.client(), quota);
    let begun = std::time::Instant::now();
    // A baseline, the start, and a poll that shows nothing new.
    let settings = Many::default().wait(fast().timeout(Duration::from_millis(1)));
    let reports = all(syncer.sync_many(stream::iter((1..=300).map(id)), settings)).await;
    let (took, calls) = (begun.elapsed(), server.calls());
    assert_eq!(reports.len(), 300);
    assert!(calls.iter().all(|call| call.status == 200), "refused");
    let reads = calls.iter().filter(|call| !call.post).count();
    assert!(reads >= 600, "{reads}");
    // That the quota is used to the full is tested with the limiter, in paused time.
    let least = second.mul_f64(reads as f64 / 150.0) - second;
    assert!(took >= least, "{took:?} for {reads} reads");
    let usage = |operation| syncer.limits().usage(operation).calls;
    assert_eq!((usage(Operation::StartSync), usage(Operation::ShowMirror)), (300, reads as u64));
}

#[tokio::test]
async fn random_refusals_neither_lose_nor_repeat_a_start() {
    let dice = AtomicU32::new(7);
    let server = Server::start(move |call| {
        let roll = dice.fetch_add(0x9E37_79B9, Ordering::Relaxed).wrapping_mul(2_654_435_761) >> 16;
        match (roll % 5, call.post) {
            (0, _) => (429, r#"{"error_code":"APIGW.0308","error_msg":"throttled"}"#.to_owned()),
            (_, true) => started(),
            (_, false) => (200, r#"{"update_status":"none"}"#.to_owned()),
        }
    })
    .await;
    let syncer = Syncer::with_quota(server.client(), Quota::unlimited());
    let reports = all(syncer.sync_many(stream::iter((1..=300).map(id)), Many::default())).await;
    assert!(reports.iter().all(|report| matches!(report.result, Ok(Outcome::Started))));
    let mut starts = HashMap::new();
    for call in server.calls().into_iter().filter(|call| call.post && call.status == 200) {
        *starts.entry(call.repository).or_insert(0) += 1;
    }
    assert_eq!(starts.len(), 300);
    assert!(starts.values().all(|count| *count == 1));
    assert!(server.calls().iter().any(|call| call.status == 429));
}

#[tokio::test]
async fn a_failure_affects_no_other_repository() {
    let server = Server::start(|call| match (call.repository, call.post) {
        (2, true) => (404, r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#.to_owned()),
        (3, false) => state("started"),
        (_, true) => started(),
        (_, false) => state("failed"),
    })
    .await;
    let syncer = Syncer::new(server.client());
    let settings = Many::default().wait(fast().timeout(Duration::from_millis(200)));
    let reports = all(syncer.sync_many(stream::iter([3, 2, 1].map(id)), settings)).await;
    let order: Vec<_> = reports.iter().map(|report| report.repository.get()).collect();
    assert_eq!((order[0], reports.len()), (2, 3));
    for report in &reports {
        match (report.repository.get(), &report.result) {
            (1, Ok(Outcome::TimedOut)) | (3, Ok(Outcome::TimedOut)) => {}
            (2, Err(Error::Start(error))) => assert_eq!(error.status(), Some(404)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn the_stream_is_read_only_as_calls_can_be_made() {
    let server = Server::start(|_| started()).await;
    let read = AtomicUsize::new(0);
    let ids = stream::iter((1..=200).map(id)).inspect(|_| {
        read.fetch_add(1, Ordering::Relaxed);
    });
    let syncer = Syncer::with_quota(server.client(), Quota::unlimited());
    let mut reports = pin!(syncer.sync_many(ids, Many::default().concurrency(7)));
    let mut yielded = 0;
    while reports.next().await.is_some() {
        yielded += 1;
        assert!(read.load(Ordering::Relaxed) <= yielded + 7);
    }
    assert_eq!(yielded, 200);
}

#[tokio::test]
async fn a_repository_in_flight_is_not_started_again() {
    let server = Server::start(|call| if call.post { started() } else { state("started") }).await;
    let settings = Many::default().wait(fast().timeout(Duration::from_millis(50)));
    let reports = all(Syncer::new(server.client()).sync_many(stream::iter([id(1), id(1)]), settings)).await;
    assert!(matches!(reports[0].result, Err(Error::Duplicate)), "{reports:?}");
    assert_eq!(server.calls().iter().filter(|call| call.post).count(), 1);
}

#[tokio::test]
async fn a_repository_without_a_mirror_is_asked_for_again_only_on_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(|_| (404, r#"{"error_code":"CH.004404","error_msg":"not found"}"#.to_owned())).await;
    let syncer = Syncer::new(server.client());
    for (rescan, calls) in [(false, 1), (false, 1), (true, 2)] {
        let journal = Journal::open(folder.path().join("journal"), server.client().endpoint()).expect("a journal");
        let requests = stream::iter([SyncRequest::from(id(1)).skip_missing_mirror(true)]);
        let reports = all(syncer.sync_many(requests, Many::default().journal(journal.rescan(rescan)))).await;
        assert!(matches!(reports[..], [Report { result: Ok(Outcome::Skipped), .. }]), "{reports:?}");
        assert_eq!(server.calls().len(), calls);
    }
}

#[tokio::test]
async fn with_a_journal_a_repeated_repository_is_not_started_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(|_| started()).await;
    let syncer = Syncer::new(server.client());
    for (journal, starts) in [(false, 4), (true, 3)] {
        let starts_of = || server.calls().iter().filter(|call| call.post).count();
        let before = starts_of();
        let mut settings = Many::default().concurrency(1);
        if journal {
            let journal = Journal::open(folder.path().join("journal"), server.client().endpoint());
            settings = settings.journal(journal.expect("a journal"));
        }
        let reports = all(syncer.sync_many(stream::iter([1, 2, 3, 1].map(id)), settings)).await;
        let of: Vec<_> = reports.iter().map(|report| report.repository.get()).collect();
        assert_eq!((of, starts_of() - before), (vec![1, 2, 3, 1], starts));
        assert!(reports.iter().all(|report| matches!(report.result, Ok(Outcome::Started))), "{reports:?}");
        let recorded: Vec<bool> = reports.iter().map(|report| report.recorded).collect();
        assert_eq!(recorded, [false, false, false, journal]);
    }
}

#[tokio::test]
async fn after_a_cancellation_nothing_is_started_and_running_syncs_are_waited_for() {
    let stop = CancellationToken::new();
    let asks = stop.clone();
    let server = Server::start(move |call| {
        if call.post {
            asks.cancel();
            return started();
        }
        state(if asks.is_cancelled() { "failed" } else { "none" })
    })
    .await;
    let settings = Many::default().wait(fast()).concurrency(1).cancel_on(stop);
    let reports = all(Syncer::new(server.client()).sync_many(stream::iter((1..=9).map(id)), settings)).await;
    let [Report { result: Ok(outcome), .. }] = &reports[..] else { panic!("{reports:?}") };
    assert!(matches!(outcome, Outcome::Failed { .. }), "{outcome:?}");
    assert_eq!(server.calls().iter().filter(|call| call.post).count(), 1);
}

#[tokio::test]
async fn a_cancellation_ends_a_pending_stream() {
    let server = Server::start(|_| started()).await;
    let stop = CancellationToken::new();
    let endless = stream::pending::<SyncRequest>();
    let reports = Syncer::new(server.client()).sync_many(endless, Many::default().cancel_on(stop.clone()));
    let ended = tokio::spawn(reports.count());
    // By now it waits for the stream.
    tokio::task::yield_now().await;
    assert!(!ended.is_finished());
    stop.cancel();
    let count = tokio::time::timeout(Duration::from_secs(30), ended).await.expect("an end").expect("no panic");
    assert_eq!(count, 0);
}

#[tokio::test]
async fn what_waits_for_the_quota_is_not_started_after_a_cancellation() {
    let stop = CancellationToken::new();
    let asks = stop.clone();
    let server = Server::start(move |_| {
        asks.cancel();
        started()
    })
    .await;
    let quota = Quota::new(1.try_into().expect("not zero"), Duration::from_secs(3600));
    let syncer = Syncer::with_quota(server.client(), quota);
    let reports = all(syncer.sync_many(stream::iter((1..=3).map(id)), Many::default().cancel_on(stop))).await;
    let stopped = reports.iter().filter(|report| matches!(report.result, Err(Error::Canceled))).count();
    assert_eq!((reports.len(), stopped, server.calls().len()), (3, 2, 1));
}

#[tokio::test]
async fn many_real_repositories_are_mirrored() {
    let mut builder = Emulator::builder().token("t");
    for number in 1..=12 {
        builder = builder.repository(Repository::new(number).upstream(Upstream::demonstration()));
    }
    let emulator = builder.start().await.expect("an emulator");
    let endpoint = emulator.endpoint().parse().expect("an address");
    let token = codearts_repo::Token::new("t").expect("a token");
    let client = codearts_repo::Client::builder().endpoint(endpoint).auth(token).build().expect("a client");
    let requests = (1..=13).map(|number| SyncRequest::new(id(number), SyncOptions::new().force_fetch(true)));
    let reports = all(Syncer::new(client).sync_many(stream::iter(requests), Many::default().wait(fast()))).await;
    for report in reports {
        match report.result {
            Ok(outcome) => assert!(outcome.is_finished(), "{}", report.repository),
            Err(Error::Baseline(error)) => assert_eq!((report.repository, error.status()), (id(13), Some(404))),
            other => panic!("{other:?}"),
        }
    }
    for number in 1..=12 {
        let head = emulator.repository_dir(number).expect("a repository").join("packed-refs");
        let refs = emulator.repository_dir(number).expect("a repository").join("refs/heads");
        assert!(head.exists() || refs.read_dir().expect("a folder").next().is_some(), "{number}");
    }
    emulator.stop().await;
}

/// Checked by the compiler: futures and streams can be spawned.
#[tokio::test]
async fn all_futures_are_send() {
    fn is_send<T: Send>(work: T) -> T {
        work
    }
    let server = Server::start(|call| if call.post { started() } else { state("none") }).await;
    let (client, syncer) = (server.client(), Syncer::new(server.client()));
    let options = SyncOptions::new();
    let job = is_send(syncer.start(id(1), &options)).await.expect("a job");
    drop(is_send(syncer.baseline(id(1))));
    drop(is_send(syncer.wait(&job, fast())));
    drop(is_send(syncer.sync(id(1), &options, fast())));
    drop(is_send(codearts_repo_sync::wait(&client, &job, fast())));
    drop(is_send(codearts_repo_sync::sync(&client, id(1), options.clone(), fast())));
    let reports = is_send(syncer.sync_many(stream::iter([id(1)]), Many::default().wait(fast())));
    drop(is_send(reports.collect::<Vec<_>>()));
}

#[tokio::test]
async fn a_refused_poll_is_retried_twice() {
    let error = || (404, r#"{"error_code":"CH.004404","error_msg":"no such repository"}"#.to_owned());
    let finished = || {
        let time = "2026-01-27T08:30:00.125+08:00";
        (200, format!(r#"{{"update_status":"finished","last_successful_update_at":"{time}"}}"#))
    };
    let polls = AtomicUsize::new(0);
    let server = Server::start(move |call| match (call.post, call.repository) {
        (true, _) => started(),
        (false, 1) => match polls.fetch_add(1, Ordering::Relaxed) {
            0 => state("none"),
            3 => state("started"),
            1 | 2 | 4 | 5 => error(),
            _ => finished(),
        },
        (false, 2) if polls.fetch_add(1, Ordering::Relaxed) == 7 => state("none"),
        (false, 2) => (403, error().1),
        _ => (401, error().1),
    })
    .await;
    let syncer = Syncer::new(server.client());
    let synced = syncer.sync(id(1), &SyncOptions::new(), fast()).await.expect("an end");
    assert!(synced.outcome.is_finished(), "{synced:?}");
    assert_eq!(server.calls().len(), 8);
    let ended = syncer.sync(id(2), &SyncOptions::new(), fast()).await;
    let error = ended.expect_err("refused");
    assert!(error.was_started() && error.job().is_some() && error.advice().is_some(), "{error:?}");
    assert_eq!(server.calls().len(), 8 + 5, "a baseline, a start and three polls");
}

#[tokio::test]
async fn a_refused_caller_stops_the_run_with_one_reason() {
    let server = Server::start(|call| match call.repository {
        1 => started(),
        _ => (401, r#"{"error_code":"DEV.00000002","error_msg":"why"}"#.to_owned()),
    })
    .await;
    let syncer = Syncer::new(server.client());
    let reports = all(syncer.sync_many(stream::iter((1..=40).map(id)), Many::default().concurrency(1))).await;
    assert_eq!((reports.len(), server.calls().len()), (40, 2));
    assert!(matches!(reports[0].result, Ok(Outcome::Started)), "{:?}", reports[0]);
    for (number, report) in reports.iter().enumerate().skip(1) {
        let Err(error @ Error::CallerRefused(_)) = &report.result else { panic!("{report:?}") };
        assert_eq!(error.service().expect("a reason").message(), Some("why"));
        assert_eq!(report.repository, id(number as u32 + 1));
        assert!(!error.was_started() && error.advice().is_some());
    }
}

#[tokio::test]
async fn events_tell_of_starts_polls_pauses_and_ends_in_order() {
    let polls = AtomicUsize::new(0);
    let server = Server::start(move |call| match (call.post, polls.fetch_add(1, Ordering::Relaxed)) {
        (true, _) => started(),
        (false, 0) => (429, String::new()),
        (false, 1) => state("none"),
        (false, 3) => state("started"),
        (false, _) => state("failed"),
    })
    .await;
    let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
    let settings = Many::default().wait(fast()).events(move |event| sender.send(event).expect("a receiver"));
    let reports = all(Syncer::new(server.client()).sync_many(stream::iter([id(7)]), settings)).await;
    let reason = match &reports[..] {
        [Report { result: Ok(outcome @ Outcome::Failed { .. }), .. }] => outcome.clone(),
        other => panic!("{other:?}"),
    };
    let mut seen = Vec::new();
    while let Some(event) = events.recv().await {
        seen.push(event);
    }
    let job = codearts_repo::SyncJob::new(id(7), "task");
    let polled = |status: &str| Event::Polled { repository: id(7), status: Some(status.to_owned()) };
    let Event::Paused { operation: Operation::ShowMirror, reason: PauseReason::Throttled, length } = seen[0] else {
        panic!("{seen:?}")
    };
    assert!(length >= Duration::from_millis(900), "{length:?}");
    let expected = [
        Event::Starting { repository: id(7) },
        Event::Started { repository: id(7), job: Some(job) },
        polled("started"),
        polled("failed"),
        Event::Ended { repository: id(7), outcome: reason },
    ];
    assert_eq!(seen[1..], expected);
}

#[tokio::test]
async fn mirrors_that_run_take_no_place_of_calls() {
    let server = Server::start(|call| if call.post { started() } else { state("started") }).await;
    let (all_run, running) = (CancellationToken::new(), AtomicUsize::new(0));
    let last = all_run.clone();
    let settings = Many::default().concurrency(2).wait(Wait::default()).events(move |event| {
        if matches!(event, Event::Started { .. }) && running.fetch_add(1, Ordering::Relaxed) + 1 == 30 {
            last.cancel();
        }
    });
    let syncer = Syncer::with_quota(server.client(), Quota::unlimited());
    let mut reports = pin!(syncer.sync_many(stream::iter((1..=30).map(id)), settings));
    let ended = tokio::time::timeout(Duration::from_secs(60), async {
        tokio::select! {
            report = reports.next() => panic!("{report:?}"),
            () = all_run.cancelled() => {}
        }
    });
    ended.await.expect("all are started while none has ended");
}

#[tokio::test]
async fn no_more_run_at_once_than_allowed() {
    let (running, most) = (AtomicUsize::new(0), std::sync::Arc::new(AtomicUsize::new(0)));
    let seen = std::sync::Arc::clone(&most);
    let server = Server::start(move |call| if call.post { started() } else { state("none") }).await;
    let settings = Many::default().max_running(3).wait(fast().timeout(Duration::from_millis(50)));
    let settings = settings.events(move |event| match event {
        Event::Started { .. } => {
            seen.fetch_max(running.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        }
        Event::Ended { .. } => {
            running.fetch_sub(1, Ordering::Relaxed);
        }
        _ => {}
    });
    let syncer = Syncer::with_quota(server.client(), Quota::unlimited());
    let reports = all(syncer.sync_many(stream::iter((1..=12).map(id)), settings)).await;
    assert_eq!((reports.len(), most.load(Ordering::Relaxed)), (12, 3));
}

#[tokio::test]
async fn two_syncers_share_limits() {
    let server = Server::start(|_| started()).await;
    let limits = Limits::new(Quota::new(20.try_into().expect("not zero"), Duration::from_secs(1)));
    let syncers = [(); 2].map(|()| Syncer::with_limits(server.client(), limits.clone()));
    let begun = std::time::Instant::now();
    let run = async |syncer: &Syncer| all(syncer.sync_many(stream::iter((1..=20).map(id)), Many::default())).await;
    let (one, other) = tokio::join!(run(&syncers[0]), run(&syncers[1]));
    assert_eq!((one.len(), other.len(), limits.usage(Operation::StartSync).calls), (20, 20, 40));
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_retry_counts_and_a_listed_repository_without_a_mirror_is_skipped() {
    let calls = AtomicUsize::new(0);
    let server = Server::start(move |call| match (call.repository, calls.fetch_add(1, Ordering::Relaxed)) {
        (1, 0) => (503, String::new()),
        (1, _) => started(),
        _ => (404, r#"{"error_code":"CH.000404","error_msg":"no mirror"}"#.to_owned()),
    })
    .await;
    let policy = codearts_repo::RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let syncer = Syncer::new(server.client().with_retry_policy(policy));
    let requests = [(1, true), (2, true), (3, false)]
        .map(|(number, listed)| SyncRequest::from(id(number)).skip_missing_mirror(listed));
    let mut reports = all(syncer.sync_many(stream::iter(requests), Many::default())).await;
    reports.sort_by_key(|report| report.repository);
    assert!(matches!(reports[0].result, Ok(Outcome::Started)), "{reports:?}");
    assert!(matches!(reports[1].result, Ok(Outcome::Skipped)), "{reports:?}");
    assert!(matches!(reports[2].result, Err(Error::Start(_))), "{reports:?}");
    assert_eq!(syncer.limits().usage(Operation::StartSync).calls, 4);
}

#[tokio::test]
async fn the_journal_is_closed_when_the_stream_has_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    let server = Server::start(|_| started()).await;
    let syncer = Syncer::with_quota(server.client(), Quota::unlimited());
    for _ in 0..20 {
        let journal = Journal::open(&path, server.client().endpoint()).expect("the journal is closed");
        let mut reports = pin!(syncer.sync_many(stream::iter([id(1)]), Many::default().journal(journal)));
        while reports.next().await.is_some() {}
        // The stream itself is still there.
        Journal::open(&path, server.client().endpoint()).expect("the journal is closed");
    }
}
