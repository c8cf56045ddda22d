//! The batch is killed in the middle of its first night, continued, and run again the next night.

use std::process::Stdio;
use std::time::Duration;

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

const REPOSITORIES: u32 = 12;
const LONGEST: Duration = Duration::from_secs(60);

fn starts(emulator: &Emulator) -> Vec<usize> {
    let requests = emulator.requests();
    let of = |id: u32| {
        let path = format!("/{id}/");
        requests.iter().filter(|request| request.method() == "POST" && request.path().contains(&path)).count()
    };
    (1..=REPOSITORIES).map(of).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_started_twice_in_a_night() {
    let mut builder = Emulator::builder().token("t");
    for id in 1..=REPOSITORIES {
        builder = builder.repository(Repository::new(id).upstream(Upstream::demonstration()));
    }
    let emulator = builder.start().await.expect("an emulator");
    let folder = tempfile::tempdir().expect("a folder");
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sqlite-journal"));
        command.arg(folder.path().join("batch.db")).args((1..=REPOSITORIES).map(|id| id.to_string()));
        command.env_clear().env("HOME", folder.path()).env("CODEARTS_REPO_TOKEN", "t");
        command.env("CODEARTS_REPO_ENDPOINT", emulator.endpoint()).stdout(Stdio::piped()).kill_on_drop(true);
        command
    };
    let mut first = command().spawn().expect("it runs");
    let mut lines = BufReader::new(first.stdout.take().expect("piped")).lines();
    for _ in 0..3 {
        timeout(LONGEST, lines.next_line()).await.expect("in time").expect("readable").expect("a line");
    }
    first.kill().await.expect("killed");
    let before: usize = starts(&emulator).iter().sum();
    assert!((3..REPOSITORIES as usize).contains(&before), "killed in the middle, after {before} starts");
    for night in 1..=2 {
        let ended = timeout(LONGEST, command().output()).await.expect("in time").expect("it runs");
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(starts(&emulator), [night; REPOSITORIES as usize], "night {night}");
    }
    emulator.stop().await;
}
