//! Nothing that was started is lost: not by signals, not by a full or closed standard output, not by a low limit of
//! open files.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod support;

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use support::{Ended, Server, TOKEN, against, answer, run};

const LONGEST: Duration = Duration::from_secs(60);

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

fn until(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < LONGEST, "timed out: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("it runs");
}

/// Sends a signal, and repeats it until the process ends: two that arrive together count as one.
fn signal_until_ended(mut child: Child, kind: Signal) -> Ended {
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        assert!(start.elapsed() < LONGEST, "timed out: two signals");
        let _ = kill_process(Pid::from_child(&child), kind);
        std::thread::sleep(Duration::from_millis(100));
    }
    child.wait_with_output().expect("it ended").into()
}

#[test]
fn a_second_signal_prints_what_was_started() {
    for kind in [Signal::INT, Signal::TERM] {
        let server = endless();
        let child = against(&server, &["sync", "1", "2", "--wait", "--json"]).spawn().expect("it runs");
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
    let child = against(&server, &["sync", "7", "--json"]).spawn().expect("it runs");
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
    let ended: Ended =
        command.args(&ids).stdout(full).spawn().and_then(Child::wait_with_output).expect("it ends").into();
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

#[cfg(target_os = "linux")]
#[test]
fn a_closed_standard_output_is_an_error_before_anything_is_sent() {
    let server = endless();
    let ended = in_shell(&server, "exec >&-;", "sync 1 2");
    assert_eq!((ended.code, server.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.err.contains("standard output is closed; "), "{ended:?}");
    let ended = in_shell(&server, "exec >/dev/null;", "sync 1");
    assert_eq!((ended.code, server.count("POST")), (Some(0), 1), "{ended:?}");
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

#[test]
fn a_signal_ends_a_long_pause_that_is_printed_once() {
    let server = Server::start(|_, _| support::Answer {
        status: 429,
        headers: "Retry-After: 3600\r\n".to_owned(),
        body: "{}".to_owned(),
    });
    let child = against(&server, &["sync", "1", "2", "3"]).spawn().expect("it runs");
    until("a call", || server.count("POST") >= 1);
    // The answer has to arrive; the signal then ends the pause.
    std::thread::sleep(Duration::from_millis(500));
    signal(&child, Signal::INT);
    let ended = signal_until_ended(child, Signal::INT);
    assert_eq!(ended.code, Some(130), "{ended:?}");
    assert_eq!(ended.err.matches("paused for ").count(), 1, "{ended:?}");
    assert!(ended.err.contains("the service asks to wait"), "{ended:?}");
}
