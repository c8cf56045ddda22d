//! The file of a journal: what is written, cut off and read again.

use std::fs;

use codearts_repo::RepositoryId;
use futures_util::future::join_all;
use tempfile::TempDir;

use super::*;
use crate::evidence::Evidence;
use crate::journal::entry::JournalEvent;
use crate::outcome::Outcome;

const ENDPOINT: &str = "https://codearts.example";
const V1: &str = r#"{"journal":"codearts-repo-sync","version":1,"endpoint":"https://codearts.example"}"#;

fn id(number: u32) -> RepositoryId {
    RepositoryId::try_from(number).expect("within the range")
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    (folder, path)
}

fn open(path: &Path) -> FileStore {
    FileStore::open(path, ENDPOINT).expect("a journal")
}

fn intended(number: u32) -> JournalEntry {
    JournalEntry::now(JournalEvent::Intended { repository_id: id(number), baseline: None })
}

fn started(number: u32) -> JournalEntry {
    JournalEntry::now(JournalEvent::Started { repository_id: id(number), jid: Some(format!("task-{number}")) })
}

async fn append(store: &FileStore, entry: JournalEntry) {
    store.append(vec![entry]).await.expect("written");
}

/// The entries, with times as exact as the file has them.
async fn load(store: &FileStore) -> Vec<JournalEvent> {
    store.load().await.expect("entries").into_iter().map(|entry| entry.event).collect()
}

#[tokio::test]
async fn entries_are_read_in_their_order() {
    let (_folder, path) = folder();
    let failed = Outcome::Failed { reason: "why\nnot".to_owned(), evidence: Evidence::default() };
    let entries = [
        JournalEvent::RunBegan { run: 1, name: Some("a".to_owned()), planned: Some(2) },
        JournalEvent::Intended { repository_id: id(1), baseline: None },
        JournalEvent::Started { repository_id: id(1), jid: Some("j".to_owned()) },
        JournalEvent::Ended {
            repository_id: id(1),
            outcome: failed,
            took: Some(std::time::Duration::from_millis(1_500)),
        },
        JournalEvent::Skipped { repository_id: id(2) },
        JournalEvent::NotSent { repository_id: id(3) },
        JournalEvent::Verified {
            repository_id: id(1),
            verdict: "equal".to_owned(),
            update_status: Some("finished".to_owned()),
            fields: vec!["last_update_at".to_owned()],
        },
        JournalEvent::RunEnded { run: 1, complete: true },
    ];
    let store = open(&path);
    for event in entries.clone() {
        append(&store, JournalEntry::now(event)).await;
    }
    drop(store);
    assert_eq!(load(&open(&path)).await, entries);
}

#[tokio::test]
async fn a_file_cut_off_anywhere_is_read_up_to_its_last_whole_line() {
    let (_folder, path) = folder();
    let store = open(&path);
    for number in 1..=3 {
        append(&store, intended(number)).await;
    }
    drop(store);
    let whole = fs::read(&path).expect("read");
    // All places at the ends of lines, and some between them.
    let near_end = |length: usize| whole[length.saturating_sub(1)..whole.len().min(length + 2)].contains(&b'\n');
    for length in (0..=whole.len()).filter(|length| length.is_multiple_of(13) || near_end(*length)) {
        // A system that loses its power may leave NUL bytes behind what was durable.
        for zeros in [0, 100] {
            let mut cut = whole[..length].to_vec();
            cut.extend(vec![0; zeros]);
            fs::write(&path, &cut).expect("written");
            let lines = whole[..length].iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
            let store = open(&path);
            assert_eq!(load(&store).await.len(), lines, "{length}");
            append(&store, intended(9)).await;
            drop(store);
            assert_eq!(load(&open(&path)).await.len(), lines + 1, "{length}");
        }
    }
}

#[test]
fn a_file_that_is_no_journal_of_this_endpoint_is_not_changed() {
    let (folder, path) = folder();
    let header = V1.replace("\"version\":1", "\"version\":2");
    let long = "x".repeat(5_000_000);
    for (text, words) in [
        ("1\n2\n".to_owned(), "line 1 of "),
        (header.replace(":2", ":3") + "\n", "has the format version 3"),
        (header.replace("codearts.example", "a\\nb.example") + "\n", "line 1 of "),
        (header.replace("codearts.example", "other.example") + "\n", "is about the endpoint https://other.example"),
        (format!("{header}\n{{}}\n"), "line 2 of "),
        (
            format!("{header}\n{{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"skipped\",\"repository_id\":0}}\n"),
            "line 2 of ",
        ),
        (format!("{V1}\n{{\"repository_id\":0,\"event\":\"finished\"}}\n"), "line 2 of "),
        ("a short file".to_owned(), "line 1 of "),
        ("{\"journal\":\"another one\"".to_owned(), "line 1 of "),
        (format!("{header} "), "line 1 of "),
        (long.clone(), "line 1 of "),
        (format!("{header}\n{long}"), "line 2 of "),
    ] {
        fs::write(&path, &text).expect("written");
        let error = FileStore::open(&path, ENDPOINT).expect_err("no journal");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("read"), text);
    }
    assert!(matches!(FileStore::open(folder.path(), ENDPOINT), Err(JournalError::NotAFile(_))));
}

#[tokio::test]
async fn a_header_cut_off_becomes_a_journal() {
    let (_folder, path) = folder();
    drop(open(&path));
    let header = fs::read(&path).expect("read");
    for length in [0, 1, header.len() / 2, header.len() - 1] {
        fs::write(&path, &header[..length]).expect("written");
        drop(open(&path));
        assert_eq!(fs::read(&path).expect("read"), header, "{length}");
    }
}

#[tokio::test]
async fn a_journal_of_version_1_becomes_one_run() {
    let (_folder, path) = folder();
    let start = r#"{"repository_id":1,"event":"started","jid":"j","before":{"status":"finished"}}"#;
    let end = r#"{"repository_id":1,"event":"failed","reason":"why"}"#;
    for (text, has_ended) in [(format!("{V1}\n{start}\n"), false), (format!("{V1}\n{start}\n{end}\n"), true)] {
        fs::write(&path, text).expect("written");
        let events = load(&open(&path)).await;
        assert!(matches!(events[0], JournalEvent::RunBegan { run: 1, .. }), "{events:?}");
        assert!(matches!(&events[1], JournalEvent::Intended { baseline: Some(_), .. }), "{events:?}");
        assert_eq!(events.last() == Some(&JournalEvent::RunEnded { run: 1, complete: true }), has_ended);
        // It was upgraded, and says the same.
        assert!(fs::read_to_string(&path).expect("read").contains("\"version\":2"));
        assert_eq!(load(&open(&path)).await, events);
    }
    // An end without a start proves nothing.
    fs::write(&path, format!("{V1}\n{end}\n")).expect("written");
    assert!(load(&open(&path)).await.iter().all(|event| event.repository().is_none()));
}

#[tokio::test]
async fn many_intents_share_one_wait_for_the_disk() {
    let (_folder, path) = folder();
    let store = open(&path);
    let before = writer::SYNCS.load(std::sync::atomic::Ordering::Relaxed);
    for result in join_all((1..=500).map(|number| store.append(vec![intended(number)]))).await {
        result.expect("written");
    }
    drop(store);
    assert_eq!(load(&open(&path)).await.len(), 500);
    // Other tests write at the same time; each of the 500 alone would be more.
    let syncs = writer::SYNCS.load(std::sync::atomic::Ordering::Relaxed) - before;
    assert!(syncs < 250, "{syncs}");
}

#[tokio::test]
async fn a_file_is_replaced_and_written_on() {
    let (folder, path) = folder();
    let store = open(&path);
    append(&store, intended(1)).await;
    // A process that was killed while it replaced the file left this.
    fs::write(folder.path().join("journal.new"), "half").expect("written");
    store.replace(vec![intended(2)]).await.expect("replaced");
    append(&store, intended(3)).await;
    assert!(matches!(FileStore::open(&path, ENDPOINT), Err(JournalError::AlreadyOpen(_))));
    let as_another_process = fs::File::open(&path).expect("a file").try_lock();
    assert!(as_another_process.is_err(), "the new file is locked");
    drop(store);
    let numbers: Vec<_> = load(&open(&path)).await.iter().filter_map(JournalEvent::repository).collect();
    assert_eq!(numbers, [id(2), id(3)]);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[tokio::test]
async fn the_longest_line_that_is_written_is_read_again_and_a_longer_one_is_not_written() {
    let (_folder, path) = folder();
    let entry =
        |length| JournalEntry::now(JournalEvent::Started { repository_id: id(1), jid: Some("x".repeat(length)) });
    let others = serde_json::to_vec(&entry(0)).expect("JSON").len() + 1;
    let store = open(&path);
    append(&store, entry(lines::LONGEST_LINE - others)).await;
    let too_long = store.append(vec![entry(lines::LONGEST_LINE - others + 1)]).await;
    assert!(matches!(too_long, Err(JournalError::Write { .. })));
    drop(store);
    assert_eq!(load(&open(&path)).await.len(), 1);
}

#[tokio::test]
async fn one_has_it_open_at_a_time_and_only_its_owner_reads_it() {
    let (_folder, path) = folder();
    let store = open(&path);
    let error = FileStore::open(&path, ENDPOINT).expect_err("open");
    assert!(matches!(error, JournalError::AlreadyOpen(_)), "{error}");
    append(&store, intended(1)).await;
    // Reading needs no lock, and the room behind the last line is no line.
    assert_eq!(read(&path, ENDPOINT).expect("entries").len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    }
    store.close().await.expect("closed");
    assert!(matches!(store.append(vec![intended(2)]).await, Err(JournalError::Closed)));
    drop(open(&path));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused_before_it_is_opened() {
    let (folder, _) = folder();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    for path in [pipe.as_path(), Path::new("/dev/null")] {
        // Opening a pipe would wait for its other end.
        assert!(matches!(FileStore::open(path, ENDPOINT), Err(JournalError::NotAFile(_))));
    }
}

/// On a disk of this many bytes, for which the limit of a file's size stands in.
#[tokio::test]
async fn a_start_that_was_intended_can_be_recorded_on_a_full_disk() {
    let (_folder, path) = folder();
    let store = FileStore::open_limited(&path, ENDPOINT, 3 * 1024).expect("a journal");
    append(&store, JournalEntry::now(JournalEvent::RunBegan { run: 1, name: None, planned: None })).await;
    let mut sent = Vec::new();
    for number in 1..100 {
        match store.append(vec![intended(number)]).await {
            Ok(()) => sent.push(number),
            Err(error) => {
                assert!(matches!(error, JournalError::Write { .. }), "{error}");
                break;
            }
        }
    }
    assert!((2..10).contains(&sent.len()), "{sent:?}");
    for number in &sent {
        append(&store, started(*number)).await;
    }
    append(&store, JournalEntry::now(JournalEvent::RunEnded { run: 1, complete: true })).await;
    drop(store);
    let events = load(&open(&path)).await;
    let starts = events.iter().filter(|event| matches!(event, JournalEvent::Started { .. })).count();
    assert_eq!((starts, events.len()), (sent.len(), 2 * sent.len() + 2));
}

#[tokio::test]
async fn the_end_of_a_run_can_be_recorded_on_a_full_disk() {
    let (_folder, path) = folder();
    let store = FileStore::open_limited(&path, ENDPOINT, 3 * 1024).expect("a journal");
    append(&store, JournalEntry::now(JournalEvent::RunBegan { run: 1, name: None, planned: None })).await;
    let skipped = |number| JournalEntry::now(JournalEvent::Skipped { repository_id: id(number) });
    let mut number = 1;
    while store.append(vec![skipped(number)]).await.is_ok() {
        number += 1;
        assert!(number < 1000, "the disk is never full");
    }
    append(&store, JournalEntry::now(JournalEvent::RunEnded { run: 1, complete: true })).await;
    drop(store);
    assert!(matches!(load(&open(&path)).await.last(), Some(JournalEvent::RunEnded { .. })));
}
