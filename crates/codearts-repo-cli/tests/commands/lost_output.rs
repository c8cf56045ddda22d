//! Nothing that was started is lost: not by signals, not by a full or closed standard output, not by a low limit of
//! open files.
#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::{self, Ended, LONGEST, Running, Server, TOKEN, against, answer, run, until};

/// A service that accepts starts and never ends a synchronization.
fn endless() -> Server {
    Server::start(|request, _| match request.method.as_str() {
        "POST" => {
            let id = request.path.split('/').nth(3).unwrap_or_default();
            answer(200, format!(r#"{{"jid":"task-{id}"}}"#))
        }
        _ => answer(200, r#"{"update_status":"started","number_of_failures":0}"#),
    })
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("it runs");
}

/// Sends a signal, and repeats it until the process ends: two that arrive together count as one.
fn signal_until_ended(mut child: Running, kind: Signal) -> Ended {
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        assert!(start.elapsed() < LONGEST, "timed out: two signals");
        let _ = kill_process(Pid::from_child(&child), kind);
        std::thread::sleep(Duration::from_millis(100));
    }
    child.ended()
}

#[test]
fn a_second_signal_prints_what_was_started() {
    for kind in [Signal::INT, Signal::TERM, Signal::USR1, Signal::ALARM] {
        let server = endless();
        let child = Running::of(&mut against(&server, &["sync", "1", "2", "--wait", "--json"]));
        until("two polls after the starts", || server.count("POST") == 2 && server.count("GET") >= 4);
        let ended = signal_until_ended(child, kind);
        assert_eq!(ended.code, Some(130), "{ended:?}");
        let mut jids: Vec<String> = ended
            .out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
            .inspect(|record| assert_eq!(record["outcome"], "started"))
            .map(|record| record["jid"].as_str().expect("a jid").to_owned())
            .collect();
        jids.sort();
        assert_eq!(jids, ["task-1", "task-2"], "{ended:?}");
        assert!(ended.err.contains("2 started") && !ended.err.contains("are left"), "{ended:?}");
    }
}

#[test]
fn a_second_signal_names_starts_without_an_answer() {
    let server = Server::start(|request, _| {
        if request.method == "POST" {
            // Longer than the test.
            std::thread::sleep(LONGEST * 2);
        }
        answer(200, r#"{"jid":"j"}"#)
    });
    let child = Running::of(&mut against(&server, &["sync", "7", "--json"]));
    until("a start", || server.count("POST") == 1);
    let ended = signal_until_ended(child, Signal::INT);
    let record: Value = serde_json::from_str(ended.out.trim_end()).expect("one record");
    assert_eq!((ended.code, record["repository_id"].as_i64()), (Some(130), Some(7)), "{ended:?}");
    assert_eq!(record["error"]["may_have_started"], true, "{ended:?}");
}

#[test]
fn a_full_standard_output_loses_no_task_id() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let server = endless();
    let ids: Vec<String> = (1..=200).map(|id| id.to_string()).collect();
    let mut command = against(&server, &["sync", "--json", "--concurrency", "4"]);
    let ended = Running::of(command.args(&ids).stdout(full)).ended();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let starts = server.count("POST");
    assert!((1..200).contains(&starts), "the rest is not started: {starts}");
    for request in server.requests().iter().filter(|request| request.method == "POST") {
        let id = request.path.split('/').nth(3).expect("an ID");
        assert!(ended.err.contains(&format!("\"jid\":\"task-{id}\"")), "{id}: {ended:?}");
    }
    assert!(ended.err.contains(&format!("{starts} started")), "{ended:?}");
    assert!(ended.err.contains("cannot write to standard output"), "{ended:?}");
}

/// Runs the arguments in a shell that changes something before.
fn in_shell(server: &Server, before: &str, arguments: &str) -> Ended {
    let mut command = Command::new("sh");
    let line = format!("{before} exec \"$PROGRAM\" {arguments}");
    command.args(["-c", &line]).env("PROGRAM", env!("CARGO_BIN_EXE_codearts-repo")).env("HOME", "/nonexistent");
    command.env("CODEARTS_REPO_ENDPOINT", server.endpoint()).env("CODEARTS_REPO_TOKEN", TOKEN);
    run(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()))
}

/// A command of each kind that prints something.
const COMMANDS: [&str; 24] = [
    "sync 1 2",
    "sync 1 --wait --json",
    "sync 1 --dry-run",
    "sync 1 --curl",
    "wait --file /dev/null",
    "verify 1",
    "verify 1 --dry-run",
    "list",
    "list --json",
    "status 1",
    "status 1 2",
    "mirror show 1",
    "mirror set 1 --branches all",
    "mirror associate 1",
    "api /v4/x",
    "api POST /v4/x --silent --include",
    "auth show",
    "token clear",
    "config show --origin",
    "config path",
    "regions",
    "schema sync",
    "completions bash",
    "sync --help",
];

#[test]
fn results_that_would_go_nowhere_are_an_error_before_anything_is_sent() {
    let server = endless();
    let emulator: &[&str] = if cfg!(feature = "emulator") { &["emulator --listen 127.0.0.1:0"] } else { &[] };
    for arguments in COMMANDS.iter().chain(&["man", "--version"]).chain(emulator) {
        for (redirection, what) in [(">&-", "is closed"), ("1</dev/null", "is not open for writing")] {
            let ended = in_shell(&server, &format!("exec {redirection};"), arguments);
            let what = format!("codearts-repo: standard output {what}; ");
            assert!(ended.code == Some(2) && ended.err.starts_with(&what), "{arguments} {redirection}: {ended:?}");
            assert_eq!((ended.err.lines().count(), server.requests().len()), (1, 0), "{arguments} {redirection}");
        }
    }
}

#[test]
fn results_may_be_dropped_on_purpose() {
    let server = endless();
    // Parents such as Python open the null device for reading too.
    for redirection in [">/dev/null", "1<>/dev/null", "<&- >/dev/null", "<&- 1<>/dev/null 2>&1"] {
        let ended = in_shell(&server, &format!("exec {redirection};"), "sync 1");
        assert_eq!(ended.code, Some(0), "{redirection}: {ended:?}");
    }
    assert_eq!(server.count("POST"), 4);
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in ["api POST /v4/x --silent".to_owned(), format!("man {}", folder.path().display())] {
        assert_eq!(in_shell(&server, "exec >&-;", &arguments).code, Some(0), "{arguments}");
    }
}

#[test]
fn a_full_standard_output_is_an_error_that_says_what_was_done() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let server = endless();
    for (arguments, start) in [
        ("--help", "cannot write to standard output: "),
        ("--version", "cannot write to standard output: "),
        ("config show", "cannot write to standard output: "),
        ("status 1", "cannot write to standard output: "),
        ("api /v4/x", "GET /v4/x: cannot write to standard output: "),
        ("api POST /v4/x", "POST /v4/x: the service answered, but cannot write to standard output: "),
        ("mirror set 1 --schedule on", "repository 1: the change was made, but cannot write to standard output: "),
    ] {
        let ended = in_shell(&server, "exec >/dev/full;", arguments);
        assert_eq!((ended.code, ended.err.lines().count()), (Some(1), 1), "{arguments}: {ended:?}");
        assert!(ended.err.starts_with(&format!("codearts-repo: {start}")), "{arguments}: {ended:?}");
    }
}

#[test]
fn concurrency_adapts_to_the_limit_of_open_files() {
    let server = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(20));
        answer(200, r#"{"jid":"j"}"#)
    });
    let ids: Vec<String> = (1..=300).map(|id| id.to_string()).collect();
    let arguments = format!("sync {} --concurrency 500 --rate unlimited", ids.join(" "));
    let ended = in_shell(&server, "ulimit -n 64;", &arguments);
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 300), "{ended:?}");
    assert!(ended.err.contains("only 64 open files are allowed; raise the limit with `ulimit -n`"), "{ended:?}");
    let raised = in_shell(&server, "ulimit -S -n 64;", &arguments);
    assert_eq!((raised.code, raised.out.lines().count()), (Some(0), 300), "{raised:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn little_address_space_is_enough() {
    let server = endless();
    let ids: Vec<String> = (1..=500).map(|id| id.to_string()).collect();
    // 64 MiB for the program that is released; one for tests is larger itself.
    let limit = if cfg!(debug_assertions) { 160 } else { 64 } * 1024;
    let arguments = format!("sync {} --rate unlimited", ids.join(" "));
    let ended = in_shell(&server, &format!("ulimit -v {limit};"), &arguments);
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 500), "{ended:?}");
}

#[test]
fn a_signal_ends_a_long_pause_that_is_printed_once() {
    let server = Server::start(|_, _| support::Answer {
        status: 429,
        headers: "Retry-After: 3600\r\n".to_owned(),
        body: "{}".to_owned(),
    });
    let child = Running::of(&mut against(&server, &["sync", "1", "2", "3"]));
    until("a call", || server.count("POST") >= 1);
    // The answer has to arrive; the signal then ends the pause.
    std::thread::sleep(Duration::from_millis(500));
    signal(&child, Signal::INT);
    let ended = signal_until_ended(child, Signal::INT);
    assert_eq!(ended.code, Some(130), "{ended:?}");
    assert_eq!(ended.err.matches("paused for ").count(), 1, "{ended:?}");
    assert!(ended.err.contains("the service asks to wait"), "{ended:?}");
}
