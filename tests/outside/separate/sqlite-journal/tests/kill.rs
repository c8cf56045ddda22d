//! The batch is killed in the middle of its first night, continued, and run again the next night.

use std::process::Stdio;
use std::time::Duration;

use codearts_repo::{Client, RepositoryId, Token};
use codearts_repo_emulator::{Emulator, Fault, FaultRule, Repository, Upstream};
use tokio::process::Command;
use tokio::time::{sleep, timeout};

const REPOSITORIES: u64 = 12;
/// The repositories whose start is answered. The others start, and the answers wait.
const ANSWERED: u64 = 3;
/// How many calls the batch has in flight.
const IN_FLIGHT: u64 = 2;
const LONGEST: Duration = Duration::from_secs(60);

/// How often each repository was started.
fn starts(emulator: &Emulator) -> Vec<usize> {
    let requests = emulator.requests();
    let of = |id: u64| {
        let path = format!("/{id}/");
        requests.iter().filter(|request| request.method() == "POST" && request.path().contains(&path)).count()
    };
    (1..=REPOSITORIES).map(of).collect()
}

/// Waits until the synchronization of a repository has begun.
async fn begun(client: &Client, id: u64) {
    let id = RepositoryId::try_from(id).expect("an id");
    while client.show_mirror(id).await.expect("a mirror").update_status.is_none_or(|status| status == "none") {
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_started_twice_in_a_night() {
    let mut builder = Emulator::builder().token("t");
    for id in 1..=REPOSITORIES {
        builder = builder.repository(Repository::new(id).upstream(Upstream::demonstration()));
    }
    let emulator = builder.start().await.expect("an emulator");
    for id in ANSWERED + 1..=REPOSITORIES {
        let silent = FaultRule::new(Fault::DelayAnswer(Duration::from_secs(600)));
        emulator.fail(silent.operation("StartRemoteMirrorSynchronization").repository(id));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sqlite-journal"));
        command.arg(folder.path().join("batch.db")).args((1..=REPOSITORIES).map(|id| id.to_string()));
        command.env_clear().env("HOME", folder.path()).env("CODEARTS_REPO_TOKEN", "t");
        command.env("CODEARTS_REPO_ENDPOINT", emulator.endpoint()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.kill_on_drop(true);
        command
    };

    let mut first = command().spawn().expect("it runs");
    let endpoint = emulator.endpoint().parse().expect("an endpoint");
    let client = Client::builder().endpoint(endpoint).auth(Token::new("t").expect("a token")).build();
    let client = client.expect("a client");
    for id in 1..=ANSWERED + IN_FLIGHT {
        timeout(LONGEST, begun(&client, id)).await.expect("in time");
    }
    first.kill().await.expect("killed");
    let of_the_killed: usize = starts(&emulator).iter().sum();
    assert_eq!(of_the_killed, (ANSWERED + IN_FLIGHT) as usize, "killed in the middle");
    emulator.clear_faults();

    for night in 1..=2 {
        let ended = timeout(LONGEST, command().output()).await.expect("in time").expect("it runs");
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(starts(&emulator), [night; REPOSITORIES as usize], "night {night}");
    }
    emulator.stop().await;
}
