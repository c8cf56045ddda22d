//! State on disk after a stop and after a kill.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use codearts_repo_emulator::{Emulator, EmulatorBuilder, Repository, StartError, Upstream, User};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, TOKEN, mirror, reply};
use crate::source::{
    Behavior, Server, Source, Then, git, has_part, is_named_by_a_process, part_of_a_pack_arrives, refs,
};

fn on(data: &Path, upstream: &str) -> EmulatorBuilder {
    let repository = Repository::new(123).upstream(Upstream::url(upstream));
    Emulator::builder().data_dir(data).user(User::new("account", "alice", "pass")).repository(repository)
}

#[tokio::test]
async fn a_restart_continues_where_the_last_one_stopped() {
    let (data, source) = (tempfile::tempdir().unwrap(), Source::with_commit());
    let server = Server::start(source.path(), Behavior::default()).await;
    let caller = Caller::start(on(data.path(), &server.url(".git"))).await;
    let token = caller.emulator.issue_token();
    caller.sync(123, json!({})).await;
    let change = json!({ "sync_branch_type": "default", "mirroring_enabled": true, "url": server.url("missing.git") });
    caller.call(Method::PUT, &mirror(123), Some(change)).await;
    let before = caller.sync(123, json!({})).await;
    assert_eq!(before["number_of_failures"], 1);
    caller.emulator.stop().await;

    let caller = Caller::start(on(data.path(), &server.url(".git"))).await;
    assert_eq!(caller.show(123).await, before, "the owner names the same upstream, so what was changed stays");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
    let answer = reply(caller.request(Method::GET, "/v4/user/repositories").header("X-Auth-Token", &token)).await;
    assert_eq!(answer.status, 200, "tokens that were issued are still good");
    drop(caller);

    let other = server.url("other.git");
    let caller = Caller::start(on(data.path(), &other)).await;
    let shown = caller.show(123).await;
    assert_eq!((&shown["url"], &shown["number_of_failures"]), (&json!(other), &json!(1)), "another upstream is taken");
    let content = std::fs::read(data.path().join("state.redb")).unwrap();
    assert!(!String::from_utf8_lossy(&content).contains(&token), "no token is in a file");
}

#[tokio::test]
async fn a_data_folder_has_one_emulator_at_a_time() {
    let data = tempfile::tempdir().unwrap();
    let first = Emulator::builder().data_dir(data.path()).start().await.unwrap();
    let error = Emulator::builder().data_dir(data.path()).start().await.unwrap_err();
    assert!(matches!(error, StartError::DataFolderInUse(_)), "{error}");
    first.stop().await;
    Emulator::builder().data_dir(data.path()).start().await.unwrap();
    std::fs::write(data.path().join("state.redb"), "something else").unwrap();
    let error = Emulator::builder().data_dir(data.path()).start().await.unwrap_err();
    assert!(matches!(error, StartError::State { .. }), "{error}");
}

/// An emulator in another process, which can be killed.
struct Process {
    child: Child,
    endpoint: String,
}

impl Process {
    /// Starts `examples/serve.rs`, which cargo builds with the tests, and waits for its address.
    fn start(data: &Path, upstream: &str) -> Self {
        Self::start_with(data, upstream, None)
    }

    /// Runs a command of the shell first.
    fn start_with(data: &Path, upstream: &str, first: Option<&str>) -> Self {
        let tests = std::env::current_exe().unwrap();
        let program = tests.ancestors().nth(2).unwrap().join("examples").join("serve");
        let mut child = Command::new("sh")
            .args(["-c", &format!("{}; exec \"$@\"", first.unwrap_or(":")), "sh"])
            .arg(program)
            .args([data.to_str().unwrap(), upstream, TOKEN])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example; `cargo build --examples` makes it");
        let out = child.stdout.take().unwrap();
        let mut process = Self { child, endpoint: String::new() };
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || send.send(BufReader::new(out).lines().next()));
        let line = receive.recv_timeout(crate::caller::LONGEST).unwrap();
        process.endpoint = line.expect("it goes on").unwrap();
        process
    }

    async fn call(&self, method: Method, body: &Value) -> Value {
        let client = crate::caller::http().build().unwrap();
        let request = client.request(method, format!("{}{}", self.endpoint, mirror(123)));
        let answer = reply(request.header("X-Auth-Token", TOKEN).json(body)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_kill_in_the_middle_of_a_fetch_leaves_no_trace() {
    let (data, source) = (tempfile::tempdir().unwrap(), Source::with_commit());
    let whole = Server::start(source.path(), Behavior::default()).await;
    for half in [Some(Then::Nothing), None] {
        source.commit_much(if half.is_some() { 4 } else { 5 });
        // With half a pack, git has written a part of it; without a pack, it waits for the first byte.
        let behavior = Behavior { half, hang: half.is_none(), ..Behavior::default() };
        let server = Server::start(source.path(), behavior).await;
        let mut process = Process::start(data.path(), &server.url(".git"));
        process.call(Method::POST, &json!({ "force_fetch": true })).await;
        server.packs.notified().await;
        let git_dir = data.path().join("repositories/123.git");
        if half.is_some() {
            part_of_a_pack_arrives(&git_dir).await;
        }
        process.kill();
        // The source hangs forever, and the guard of the process group ends git.
        assert!(!is_named_by_a_process(&server.url("")), "git outlived its emulator");

        let caller = Caller::start(on(data.path(), &server.url(".git"))).await;
        let shown = caller.show(123).await;
        assert_eq!(shown["update_status"], "failed", "no job is started for ever");
        assert!(shown["last_error"].as_str().unwrap().contains("stopped during the synchronization"), "{shown}");
        git(&caller.git_dir(123), &["fsck", "--strict"]);
        assert!(!has_part(&git_dir));
        caller.call(Method::PUT, &mirror(123), Some(json!({ "url": whole.url(".git") }))).await;
        let shown = caller.sync(123, json!({})).await;
        assert_eq!(shown["update_status"], "finished", "{shown}");
        assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
        git(&caller.git_dir(123), &["fsck", "--strict"]);
        caller.emulator.stop().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_kill_at_any_moment_leaves_a_valid_state() {
    let (data, source) = (tempfile::tempdir().unwrap(), Source::with_commit());
    let server = Server::start(source.path(), Behavior::default()).await;
    let mut failures = 0;
    for round in 0..8_u32 {
        let mut process = Process::start(data.path(), &server.url(".git"));
        source.git(&["checkout", "--quiet", "--orphan", &format!("branch-{round}")]);
        source.commit(&format!("rewritten {round}"));
        source.git(&["branch", "--force", "main"]);
        let change = json!({ "endpoint_uuid": format!("endpoint-{round}") });
        process.call(Method::PUT, &change).await;
        process.call(Method::PUT, &json!({ "endpoint_uuid": "", "mirroring_enabled": round % 2 == 0 })).await;
        process.call(Method::POST, &json!({ "force_fetch": true })).await;
        tokio::time::sleep(Duration::from_millis(u64::from(round * 6))).await;
        process.kill();
        let caller = Caller::start(on(data.path(), &server.url(".git"))).await;
        caller.emulator.wait_idle(123).await;
        let shown = caller.show(123).await;
        assert!(["finished", "failed"].contains(&shown["update_status"].as_str().unwrap()), "{shown}");
        assert_eq!(shown["mirroring_enabled"], round % 2 == 0, "what was answered is not lost");
        failures += u64::from(shown["update_status"] == "failed");
        assert_eq!(shown["number_of_failures"], failures);
        git(&caller.git_dir(123), &["fsck", "--strict"]);
        caller.emulator.stop().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_data_folder_is_private_with_any_umask() {
    use std::os::unix::fs::PermissionsExt as _;

    let parent = tempfile::tempdir().unwrap();
    let data = parent.path().join("data");
    let mut process = Process::start_with(&data, "https://git.example.com/a.git", Some("umask 000"));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for part in ["", "home", "repositories"] {
        assert_eq!(mode(&data.join(part)), 0o700, "{part}");
    }
    assert_eq!(mode(&data.join("state.redb")), 0o600);
    process.kill();
    let emulator = Emulator::builder().repository(Repository::new(1)).start().await.unwrap();
    let temporary = emulator.repository_dir(1).unwrap();
    assert_eq!(mode(temporary.ancestors().nth(2).unwrap()), 0o700);
}
