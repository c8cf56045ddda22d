//! The journal, written, cut off and read again.

use std::fs;
use std::path::PathBuf;

use codearts_repo::Endpoint;
use tempfile::TempDir;

use super::*;
use crate::evidence::Evidence;

fn endpoint() -> Endpoint {
    "https://codearts.example".parse().expect("an address")
}

fn id(number: u32) -> RepositoryId {
    RepositoryId::try_from(number).expect("within the range")
}

fn job(number: u32) -> SyncJob {
    SyncJob::new(id(number), format!("task-{number}"))
}

fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    (folder, path)
}

fn open(path: &PathBuf) -> Journal {
    Journal::open(path, &endpoint()).expect("a journal")
}

#[test]
fn what_was_written_is_known_again() {
    let (_folder, path) = file();
    let before = Snapshot { status: Some("finished".to_owned()), failures: Some(2), ..Snapshot::default() };
    let failed = Outcome::Failed { reason: "why\nnot".to_owned(), evidence: Evidence::default() };
    {
        let journal = open(&path);
        for number in 1..=4 {
            journal.started(&job(number), Some(&before)).expect("written");
        }
        journal.ended(&job(1), &Outcome::Finished { evidence: Evidence::default() }).expect("written");
        journal.ended(&job(2), &failed).expect("written");
        journal.ended(&job(3), &Outcome::TimedOut).expect("written");
    }
    let journal = open(&path);
    assert_eq!(
        journal.recorded(id(1)),
        Some(Recorded::Ended(job(1), Outcome::Finished { evidence: Evidence::default() }))
    );
    assert_eq!(journal.recorded(id(2)), Some(Recorded::Ended(job(2), failed)));
    for number in [3, 4] {
        assert_eq!(journal.recorded(id(number)), Some(Recorded::Started(job(number), Some(before.clone()))));
    }
    assert_eq!((journal.recorded(id(5)), journal.started_count()), (None, 4));
}

#[test]
fn a_journal_cut_off_anywhere_is_read_up_to_the_last_whole_line() {
    let (_folder, path) = file();
    let journal = open(&path);
    for number in 1..=3 {
        journal.started(&job(number), None).expect("written");
    }
    drop(journal);
    let whole = fs::read(&path).expect("read");
    for length in 0..=whole.len() {
        fs::write(&path, &whole[..length]).expect("written");
        let journal = open(&path);
        let lines = whole[..length].iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(journal.started_count(), lines.saturating_sub(1), "{length}");
        journal.started(&job(9), None).expect("written");
        drop(journal);
        assert_eq!(open(&path).started_count(), lines.saturating_sub(1) + 1, "{length}");
    }
}

#[test]
fn what_is_not_a_journal_of_this_endpoint_is_left_alone() {
    let (folder, path) = file();
    let header = r#"{"journal":"codearts-repo-sync","version":1,"endpoint":"https://codearts.example"}"#;
    for (text, words) in [
        ("1\n2\n", "line 1 of "),
        ("{\"journal\":\"codearts-repo-sync\",\"version\":2,\"endpoint\":\"x\"}\n", "line 1 of "),
        (&header.replace("codearts.example", "a\\nb.example").replace('}', "}\n"), "line 1 of "),
        (&header.replace("codearts.example", "other.example").replace('}', "}\n"), "is of https://other.example"),
        (&format!("{header}\n{{}}\n"), "line 2 of "),
        (&format!("{header}\n{{\"repository_id\":0,\"event\":\"finished\"}}\n"), "line 2 of "),
        ("a short file", "line 1 of "),
        ("{\"journal\":\"another one\"", "line 1 of "),
        (&format!("{header} "), "line 1 of "),
        (&"x".repeat(5_000_000), "line 1 of "),
        (&format!("{header}\n{}", "x".repeat(5_000_000)), "line 2 of "),
        (
            &format!("{header}\n{}\n{{\"repository_id\":1,\"event\":\"finished\"}}\n", "x".repeat(5_000_000)),
            "line 2 of ",
        ),
    ] {
        fs::write(&path, text).expect("written");
        let error = Journal::open(&path, &endpoint()).expect_err("no journal");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("read"), text);
    }
    assert!(matches!(Journal::open(folder.path(), &endpoint()), Err(JournalError::Open { .. })));
}

#[test]
fn an_empty_file_and_a_header_cut_off_become_a_journal() {
    let (_folder, path) = file();
    drop(open(&path));
    let header = fs::read(&path).expect("read");
    for length in [0, 1, header.len() / 2, header.len() - 1] {
        fs::write(&path, &header[..length]).expect("written");
        drop(open(&path));
        assert_eq!(fs::read(&path).expect("read"), header, "{length}");
    }
}

#[test]
fn long_texts_are_written_so_that_they_are_read_and_compared_again() {
    let (_folder, path) = file();
    // Each of these bytes takes six in JSON.
    let long = "\u{1}".repeat(3_000_000);
    let text = || Some(long.clone());
    let before =
        Snapshot { status: text(), last_update: text(), last_success: text(), failures: None, last_error: text() };
    let journal = open(&path);
    journal.started(&job(1), Some(&before)).expect("written");
    journal.started(&job(2), None).expect("written");
    journal.ended(&job(2), &Outcome::Failed { reason: long.clone(), evidence: Evidence::default() }).expect("written");
    drop(journal);
    let journal = open(&path);
    let Some(Recorded::Started(_, Some(kept))) = journal.recorded(id(1)) else { panic!("not known") };
    assert!(before.agrees_with(&kept));
    assert!(!Snapshot { last_error: text().map(|text| text + "2"), ..Snapshot::default() }.agrees_with(&kept));
    let Some(Recorded::Ended(_, Outcome::Failed { reason, .. })) = journal.recorded(id(2)) else { panic!("not known") };
    assert!(reason.len() <= 65_536 && reason.ends_with(')'), "{}", reason.len());
    drop(journal);
    assert!(fs::metadata(&path).expect("a file").len() < 3_000_000);
}

#[test]
fn a_line_that_could_not_be_read_again_is_not_written() {
    let (_folder, path) = file();
    let journal = open(&path);
    let endless = SyncJob::new(id(1), "x".repeat(5_000_000));
    assert!(matches!(journal.started(&endless, None), Err(JournalError::Write { .. })));
    assert!(matches!(journal.check(), Err(JournalError::Broken(_))));
    drop(journal);
    assert_eq!(open(&path).started_count(), 0);
}

#[test]
fn the_longest_line_that_is_written_is_read_again() {
    let (_folder, path) = file();
    let entry = |jid| Entry { repository_id: id(1), event: Event::Started { jid, before: None } };
    let others = serde_json::to_vec(&entry(String::new())).expect("JSON").len() + 1;
    let longest = SyncJob::new(id(1), "x".repeat(file::LONGEST_LINE - others));
    open(&path).started(&longest, None).expect("written");
    assert_eq!(open(&path).recorded(id(1)), Some(Recorded::Started(longest, None)));
}

#[cfg(unix)]
#[test]
fn one_at_a_time_has_it_open_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, path) = file();
    let journal = open(&path);
    assert!(matches!(Journal::open(&path, &endpoint()), Err(JournalError::InUse(_))));
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    drop(journal);
    open(&path);
}

#[cfg(target_os = "linux")]
#[test]
fn when_a_line_cannot_be_written_nothing_more_is_started() {
    let file = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
    let mut journal = JournalFile::over(file);
    let entry = Entry { repository_id: id(1), event: Event::Finished { evidence: Evidence::default() } };
    assert!(matches!(journal.append(&entry), Err(JournalError::Write { .. })));
    assert!(matches!(journal.check(), Err(JournalError::Broken(_))));
}
