//! Runs: what is continued, what begins anew, and what is remembered.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::*;
use crate::evidence::Evidence;
use crate::snapshot::Snapshot;

/// Entries in memory that outlive the journal.
#[derive(Debug, Default, Clone)]
struct Memory(Arc<Mutex<Vec<JournalEntry>>>);

impl Memory {
    fn entries(&self) -> std::sync::MutexGuard<'_, Vec<JournalEntry>> {
        self.0.lock().expect("no panic")
    }

    fn journal(&self) -> Journal {
        Journal::with_store(self.clone())
    }

    /// Moves the clock: all entries so far were recorded so much earlier.
    fn later(&self, by: Duration) {
        self.entries().iter_mut().for_each(|entry| entry.at -= by);
    }

    /// Sets the clock back.
    fn earlier(&self, by: Duration) {
        self.entries().iter_mut().for_each(|entry| entry.at += by);
    }
}

impl JobStore for Memory {
    fn load(&self) -> StoreFuture<'_, Vec<JournalEntry>> {
        Box::pin(async { Ok(self.entries().clone()) })
    }

    fn append(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        self.entries().extend(entries);
        Box::pin(async { Ok(()) })
    }

    fn replace(&self, entries: Vec<JournalEntry>) -> StoreFuture<'_, ()> {
        *self.entries() = entries;
        Box::pin(async { Ok(()) })
    }
}

const HOUR: Duration = Duration::from_secs(3600);

fn id(number: u32) -> RepositoryId {
    RepositoryId::try_from(number).expect("within the range")
}

fn failed() -> Outcome {
    Outcome::Failed { reason: "why".to_owned(), evidence: Evidence::default() }
}

fn finished() -> Outcome {
    Outcome::Finished { evidence: Evidence::default() }
}

async fn start(journal: &Journal, number: u32) {
    let before = Baseline { repository: id(number), snapshot: Snapshot::default() };
    journal.intend(id(number), Some(&before)).await.expect("recorded");
    journal.started(&SyncJob::new(id(number), format!("task-{number}"))).await.expect("recorded");
}

async fn end(journal: &Journal, number: u32, outcome: &Outcome) {
    start(journal, number).await;
    journal.ended(id(number), outcome).await.expect("recorded");
}

/// A run that ended one repository, failed another, timed out on a third, started a fourth and was about to start a
/// fifth when it was interrupted.
async fn interrupted(memory: &Memory) -> RunStatus {
    let journal = memory.journal().planned(9);
    let status = journal.begin().await.expect("begun");
    end(&journal, 1, &finished()).await;
    end(&journal, 2, &failed()).await;
    end(&journal, 3, &Outcome::TimedOut).await;
    start(&journal, 4).await;
    journal.intend(id(5), None).await.expect("recorded");
    status
}

#[tokio::test]
async fn a_run_that_ended_is_followed_by_a_new_one() {
    let memory = Memory::default();
    for run in 1..=2 {
        let journal = memory.journal();
        let status = journal.begin().await.expect("begun");
        assert_eq!((status.run, status.continued, status.closed), (run, None, None));
        assert_eq!(journal.recorded(id(1)), Recorded::New);
        end(&journal, 1, &finished()).await;
        journal.finish().await.expect("finished");
    }
}

#[tokio::test]
async fn an_interrupted_run_is_continued() {
    let memory = Memory::default();
    let first = interrupted(&memory).await;
    let journal = memory.journal().planned(4);
    let status = journal.begin().await.expect("begun");
    assert_eq!((status.run, status.began), (first.run, first.began));
    let progress = Progress { done: 2, started: 2, intended: 1, planned: Some(9) };
    assert_eq!((status.continued, progress.left()), (Some(progress), Some(7)));
    assert!(matches!(journal.recorded(id(1)), Recorded::Ended { outcome: Outcome::Finished { .. }, .. }));
    assert!(matches!(journal.recorded(id(2)), Recorded::Ended { outcome: Outcome::Failed { .. }, .. }));
    for number in [3, 4] {
        let known = journal.recorded(id(number));
        assert!(matches!(known, Recorded::Started { jid: Some(_), baseline: Some(_), .. }), "{known:?}");
    }
    assert_eq!(journal.dropped_count(), 1);
    assert_eq!(journal.recorded(id(5)), Recorded::Intended(None));
    assert_eq!(journal.recorded(id(6)), Recorded::New);
    assert_eq!(journal.dropped_count(), 0);
    journal.finish().await.expect("finished");
    assert_eq!(memory.journal().begin().await.expect("begun").run, 2);
}

#[tokio::test]
async fn an_old_or_unwanted_interrupted_run_is_closed() {
    for (age, run, closed) in [
        (23 * HOUR, Run::Auto, false),
        (24 * HOUR, Run::Auto, true),
        (HOUR, Run::New, true),
        (HOUR, Run::Named("a".to_owned()), false),
    ] {
        let memory = Memory::default();
        interrupted(&memory).await;
        memory.later(age);
        let status = memory.journal().run(run.clone()).begin().await.expect("begun");
        assert_eq!(status.closed.map(|run| (run.run, run.progress.left())), closed.then_some((1, Some(7))), "{run:?}");
        if closed {
            // It stays closed when the clock is set back.
            memory.earlier(48 * HOUR);
            assert_eq!(memory.journal().begin().await.expect("begun").run, 2);
            let ended = ledger::runs(memory.entries().clone())[0].ended;
            assert!(ended.is_some_and(|ended| !ended.complete), "{ended:?}");
        }
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_changes_nothing() {
    let memory = Memory::default();
    interrupted(&memory).await;
    memory.earlier(25 * HOUR);
    let journal = memory.journal();
    assert!(journal.begin().await.expect("begun").continued.is_some());
    journal.finish().await.expect("finished");
    memory.earlier(25 * HOUR);
    assert_eq!(memory.journal().begin().await.expect("begun").run, 2);
}

#[tokio::test]
async fn a_named_run_gives_its_results_again_and_retries_failures_on_request() {
    let memory = Memory::default();
    let named = |name: &str| memory.journal().run(Run::Named(name.to_owned()));
    let first = named("a");
    first.begin().await.expect("begun");
    end(&first, 1, &finished()).await;
    end(&first, 2, &failed()).await;
    first.finish().await.expect("finished");
    named("b").begin().await.expect("begun");
    memory.later(1000 * HOUR);
    let again = named("a");
    let status = again.begin().await.expect("begun");
    assert_eq!((status.run, status.continued.map(|progress| progress.done)), (1, Some(2)));
    assert!(matches!(again.recorded(id(2)), Recorded::Ended { .. }));
    let retry = named("a").retry_failed(true);
    assert_eq!(retry.begin().await.expect("begun").continued.map(|progress| progress.done), Some(1));
    assert_eq!(retry.recorded(id(2)), Recorded::New);
    assert!(matches!(retry.recorded(id(1)), Recorded::Ended { .. }));
    // It is retried once.
    end(&retry, 2, &failed()).await;
    assert!(matches!(retry.recorded(id(2)), Recorded::Ended { .. }));
}

#[tokio::test]
async fn a_start_that_was_not_sent_is_started_again() {
    let memory = Memory::default();
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    journal.intend(id(1), None).await.expect("recorded");
    journal.not_sent(id(1)).await.expect("recorded");
    assert_eq!(journal.recorded(id(1)), Recorded::New);
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    assert_eq!(journal.recorded(id(1)), Recorded::New);
}

#[tokio::test]
async fn repositories_without_a_mirror_are_known_for_a_week() {
    let memory = Memory::default();
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    journal.skipped(id(1)).await.expect("recorded");
    journal.finish().await.expect("finished");
    for (later, rescan, known) in [(6, false, true), (0, true, false), (1, false, false)] {
        memory.later(later * 24 * HOUR);
        let journal = memory.journal().rescan(rescan);
        journal.begin().await.expect("begun");
        assert_eq!(journal.non_mirror_since(id(1)).is_some(), known, "{later}");
        assert!(journal.non_mirror_since(id(2)).is_none());
        journal.finish().await.expect("finished");
    }
    // A clock that was set back proves no age.
    memory.earlier(30 * 24 * HOUR);
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    assert!(journal.non_mirror_since(id(1)).is_some());
}

#[tokio::test(start_paused = true)]
async fn durations_of_earlier_runs_are_known() {
    let memory = Memory::default();
    for seconds in [7, 9] {
        let journal = memory.journal();
        journal.begin().await.expect("begun");
        start(&journal, 1).await;
        tokio::time::advance(Duration::from_secs(seconds)).await;
        journal.ended(id(1), &finished()).await.expect("recorded");
        journal.finish().await.expect("finished");
    }
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    assert_eq!(journal.durations(), HashMap::from([(id(1), Duration::from_secs(9))]));
}

#[tokio::test]
async fn the_history_is_bounded_to_30_runs() {
    let memory = Memory::default();
    for run in 1..=40 {
        let journal = memory.journal();
        assert_eq!(journal.begin().await.expect("begun").run, run);
        if run == 1 {
            journal.skipped(id(2)).await.expect("recorded");
        }
        end(&journal, 1, &finished()).await;
        journal.finish().await.expect("finished");
    }
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    assert!(journal.non_mirror_since(id(2)).is_some(), "the week is not over");
    let runs = ledger::runs(memory.entries().clone());
    assert_eq!((runs.len(), runs.last().map(|run| run.run)), (30, Some(41)));
}

#[tokio::test]
async fn the_history_is_bounded_to_10_mib() {
    let memory = Memory::default();
    let reason = "x".repeat(60_000);
    for _ in 1..=12 {
        let journal = memory.journal();
        journal.begin().await.expect("begun");
        for number in 1..=20 {
            end(&journal, number, &Outcome::Failed { reason: reason.clone(), evidence: Evidence::default() }).await;
        }
        journal.finish().await.expect("finished");
    }
    memory.journal().begin().await.expect("begun");
    let size: usize = memory.entries().iter().map(|entry| serde_json::to_vec(entry).expect("JSON").len()).sum();
    assert!((8 << 20..=10 << 20).contains(&size), "{size}");
}

#[tokio::test]
async fn compaction_changes_nothing_that_a_run_needs() {
    let memory = Memory::default();
    interrupted(&memory).await;
    let runs = ledger::runs(memory.entries().clone());
    let again = ledger::runs(runs[0].entries());
    assert_eq!(again, runs);
}

#[tokio::test]
async fn the_run_that_is_continued_survives_compaction() {
    let memory = Memory::default();
    let first = interrupted(&memory).await;
    // It is larger than the history may be, so continuing it compacts the journal.
    let reason = "x".repeat(60_000);
    let journal = memory.journal();
    journal.begin().await.expect("begun");
    for number in 10..210 {
        end(&journal, number, &Outcome::Failed { reason: reason.clone(), evidence: Evidence::default() }).await;
    }
    for _ in 1..=2 {
        let journal = memory.journal();
        let status = journal.begin().await.expect("begun");
        assert_eq!((status.run, status.continued.map(|progress| progress.done)), (first.run, Some(202)));
        assert!(matches!(journal.recorded(id(4)), Recorded::Started { .. }));
    }
}

fn file() -> (TempDir, PathBuf, Endpoint) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    (folder, path, "https://codearts.example".parse().expect("an endpoint"))
}

#[tokio::test]
async fn long_texts_are_shortened_and_still_compared() {
    let (_folder, path, endpoint) = file();
    // Each of these bytes takes six in JSON.
    let long = "\u{1}".repeat(3_000_000);
    let text = || Some(long.clone());
    let before =
        Snapshot { status: text(), last_update: text(), last_success: text(), failures: None, last_error: text() };
    let journal = Journal::open(&path, &endpoint).expect("a journal");
    journal.begin().await.expect("begun");
    let baseline = Baseline { repository: id(1), snapshot: before.clone() };
    journal.intend(id(1), Some(&baseline)).await.expect("recorded");
    end(&journal, 2, &Outcome::Failed { reason: long.clone(), evidence: Evidence::default() }).await;
    drop(journal);
    let journal = Journal::open(&path, &endpoint).expect("a journal");
    journal.begin().await.expect("begun");
    let Recorded::Intended(Some(kept)) = journal.recorded(id(1)) else { panic!("not known") };
    assert!(!baseline.shows_start_since(Some(&kept)));
    let other = Snapshot { last_update: text().map(|text| text + "2"), ..before };
    assert!(Baseline { repository: id(1), snapshot: other }.shows_start_since(Some(&kept)));
    let Recorded::Ended { outcome: Outcome::Failed { reason, .. }, .. } = journal.recorded(id(2)) else {
        panic!("not known")
    };
    assert!(reason.len() <= 65_536 && reason.ends_with(')'), "{}", reason.len());
    drop(journal);
    assert!(std::fs::metadata(&path).expect("a file").len() < 3_000_000);
}

#[tokio::test]
async fn a_reader_sees_the_runs_of_a_journal_in_use() {
    let (_folder, path, endpoint) = file();
    assert!(Journal::read(&path, &endpoint).is_err(), "there is none");
    let journal = Journal::open(&path, &endpoint).expect("a journal");
    assert_eq!(Journal::read(&path, &endpoint).expect("runs"), []);
    journal.begin().await.expect("begun");
    end(&journal, 2, &failed()).await;
    start(&journal, 1).await;
    let runs = Journal::read(&path, &endpoint).expect("runs");
    let [run] = &runs[..] else { panic!("{runs:?}") };
    assert!(!run.has_ended);
    let states: Vec<_> = run.jobs.iter().map(|job| (job.job(), job.state.clone())).collect();
    let job = |number| Some(SyncJob::new(id(number), format!("task-{number}")));
    assert_eq!(states, [(job(1), JobState::Started), (job(2), JobState::Ended(failed()))]);
    assert_eq!(journal.jobs().len(), 2);
}

#[test]
fn a_trace_of_any_kind_shows_a_start() {
    let state = |status: &str, success: &str, failures| Baseline {
        repository: id(1),
        snapshot: Snapshot {
            status: Some(status.to_owned()),
            last_success: Some(success.to_owned()),
            failures: Some(failures),
            ..Snapshot::default()
        },
    };
    let (old, new) = ("2026-01-01 00:00:00", "2026-01-01 00:00:01");
    let before = state("finished", new, 0);
    for (now, shows) in [
        (before.clone(), false),
        (state("started", new, 0), true),
        (state("failed", new, 0), true),
        (state("finished", "2026-01-01 00:00:02", 0), true),
        (state("finished", new, 1), true),
        (state("odd", new, 0), false),
        // A replica that lags.
        (state("finished", old, 0), false),
        (Baseline { repository: id(1), snapshot: Snapshot::default() }, false),
    ] {
        assert_eq!(now.shows_start_since(Some(&before)), shows, "{now:?}");
    }
    let never =
        Baseline { repository: id(1), snapshot: Snapshot { status: Some("none".to_owned()), ..Snapshot::default() } };
    assert!(before.shows_start_since(Some(&never)) && !never.shows_start_since(Some(&never)));
    assert!(state("started", new, 0).shows_start_since(None) && !before.shows_start_since(None));
}
