//! Kills, locks and files of others.

use std::fs;

use super::*;
use crate::fleet::FindingKind;

const ENDPOINT: &str = "https://codearts.example.com";

fn id(number: u32) -> RepositoryId {
    RepositoryId::try_from(number).expect("in range")
}

/// Three mirrors in two runs; one mirror is dropped.
fn write(path: &Path) -> FleetState {
    let mut file = StateFile::open(path, ENDPOINT).expect("a new file");
    let run = file.begin_run(Moment::from_seconds(1000)).expect("written");
    let repaired = Finding { repaired: true, ..Finding::new(FindingKind::Equal) };
    file.record(id(1), Some("web\n<b>"), &repaired, Moment::from_seconds(1001)).expect("written");
    file.record(id(2), None, &Finding::new(FindingKind::Different).because("main"), Moment::from_seconds(1002))
        .expect("written");
    file.record(id(3), None, &Finding::new(FindingKind::NoMirror), Moment::from_seconds(1003)).expect("written");
    file.end_run(RunSummary { equal: 1, ..run }).expect("written");
    file.begin_run(Moment::from_seconds(2000)).expect("written");
    file.record(id(2), None, &Finding::new(FindingKind::Equal), Moment::from_seconds(2001)).expect("written");
    assert_eq!(file.prune(&[id(1), id(2)].into()).expect("written"), 1);
    let state = file.state().clone();
    file.close().expect("written");
    state
}

#[test]
fn what_was_written_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let state = write(&path);
    assert_eq!((state.mirrors().len(), state.run_count(), state.repaired()), (2, 2, 1));
    assert_eq!(StateFile::read(&path, ENDPOINT).expect("a state"), state);
    assert_eq!(StateFile::open(&path, ENDPOINT).expect("a state").state(), &state);
}

#[test]
fn a_kill_at_any_byte_loses_the_last_line_at_most() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    write(&path);
    let whole = fs::read(&path).expect("bytes");
    let mut known = 0;
    for end in 0..=whole.len() {
        fs::write(&path, &whole[..end]).expect("written");
        let mut file = StateFile::open(&path, ENDPOINT).unwrap_or_else(|error| panic!("byte {end}: {error}"));
        let lines = whole[..end].iter().filter(|byte| **byte == b'\n').count();
        let length = fs::metadata(&path).expect("a file").len();
        assert!(
            lines == 0 || length == whole[..end].iter().rposition(|byte| *byte == b'\n').expect("a line") as u64 + 1
        );
        known = known.max(file.state().mirrors().len());
        file.record(id(9), None, &Finding::new(FindingKind::Equal), Moment::from_seconds(9)).expect("written");
        drop(file);
        let state = StateFile::read(&path, ENDPOINT).unwrap_or_else(|error| panic!("byte {end}: {error}"));
        assert!(state.get(id(9)).is_some(), "byte {end}");
    }
    assert_eq!(known, 3);
}

#[test]
fn only_one_run_at_a_time_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let file = StateFile::open(&path, ENDPOINT).expect("a new file");
    assert!(matches!(StateFile::open(&path, ENDPOINT), Err(StateError::InUse(_))));
    assert!(StateFile::read(&path, ENDPOINT).is_ok(), "reading takes no lock");
    drop(file);
    assert!(StateFile::open(&path, ENDPOINT).is_ok());
}

#[test]
fn files_of_others_are_refused_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let header = |version: u64, endpoint: &str| {
        format!("{{\"state\":\"codearts-repo-verify\",\"version\":{version},\"endpoint\":\"{endpoint}\"}}\n")
    };
    let cases = [
        (header(2, ENDPOINT), "has the format version 2, which is newer than this program"),
        (header(1, "https://other.example.com"), "is about the endpoint https://other.example.com"),
        (header(1, "\u{1b}[2J"), "is not a line of a state file"),
        (header(0, ENDPOINT), "is not a line of a state file"),
        ("123\n456\n".to_owned(), "line 1 of "),
        ("somebody's notes".to_owned(), "line 1 of "),
        (header(1, ENDPOINT) + "{}\n", "line 2 of "),
        (header(1, ENDPOINT) + &"x".repeat(70_000), "line 2 of "),
    ];
    for (text, expected) in cases {
        fs::write(&path, &text).expect("written");
        let error = StateFile::open(&path, ENDPOINT).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("text"), text);
    }
    assert!(matches!(StateFile::open(folder.path(), ENDPOINT), Err(StateError::NotAFile(_))));
}

#[test]
fn a_file_with_many_old_lines_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state");
    let mut file = StateFile::open(&path, ENDPOINT).expect("a new file");
    for second in 1..=1100 {
        file.record(id(5), Some("web"), &Finding::new(FindingKind::Equal), Moment::from_seconds(second))
            .expect("written");
    }
    let (state, before) = (file.state().clone(), fs::metadata(&path).expect("a file").len());
    drop(file);
    // What a process left that was killed while it replaced the file.
    fs::write(folder.path().join("state.new"), "half").expect("written");
    let file = StateFile::open(&path, ENDPOINT).expect("a state");
    assert_eq!(file.state(), &state);
    assert!(fs::metadata(&path).expect("a file").len() * 100 < before);
    assert!(matches!(StateFile::open(&path, ENDPOINT), Err(StateError::InUse(_))), "the new file is locked");
    assert!(!folder.path().join("state.new").exists());
}
