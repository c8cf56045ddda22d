//! Long pauses are reported, and end at a signal.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Answer, Running, Server, against, answer, codearts_repo, in_time, run};

/// A service that refuses every call, and asks to wait for this many seconds.
fn busy(status: u16, seconds: u32) -> Server {
    Server::start(move |_, _| Answer {
        status,
        headers: format!("Retry-After: {seconds}\r\n"),
        body: r#"{"error_code":"A.1","error_msg":"busy"}"#.to_owned(),
    })
}

/// The first line of standard error, while the program runs.
fn first_line(child: &mut Running) -> String {
    let mut err = BufReader::new(child.stderr.take().expect("piped"));
    in_time("a line before the end of the pause", move || {
        let mut line = String::new();
        let _ = err.read_line(&mut line);
        line
    })
}

fn paused(command: &mut Command, words: &str) {
    let mut child = Running::of(command);
    let line = first_line(&mut child);
    let begun = Instant::now();
    kill_process(Pid::from_child(&child), Signal::INT).expect("it runs");
    child.ended();
    assert!(begun.elapsed() < Duration::from_secs(45), "it does not end at the signal: {command:?}");
    assert_eq!(line, format!("codearts-repo: paused for {words}; press Ctrl-C to stop\n"), "{command:?}");
}

#[test]
fn every_command_reports_a_long_pause_and_ends_at_a_signal() {
    let commands: [&[&str]; 10] = [
        &["list"],
        &["status", "5"],
        &["status", "5", "6"],
        &["verify", "5", "6"],
        &["api", "/v4/user/repositories"],
        &["mirror", "show", "5"],
        &["mirror", "set", "5", "--schedule", "on"],
        &["mirror", "associate", "5", "--url", "https://git.example/a.git"],
        &["sync", "5"],
        &["sync", "--all"],
    ];
    for arguments in commands {
        paused(&mut against(&busy(429, 60), arguments), "1m: the service asks to wait");
    }
    paused(&mut against(&busy(503, 60), &["list"]), "1m before a failed call is retried");
}

#[test]
fn a_pause_of_iam_is_reported() {
    let (iam, home) = (busy(429, 60), tempfile::tempdir().expect("a folder"));
    for arguments in [&["list"][..], &["sync", "5"], &["sync", "5", "--wait"]] {
        let mut command = codearts_repo(arguments);
        command.args(["--iam-endpoint", &iam.endpoint(), "--region", "cn-north-4", "--no-token-cache"]);
        command.env("HOME", home.path()).env("HW_USER_NAME", "robot");
        command.env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
        paused(&mut command, "1m: the service asks to wait");
    }
}

#[test]
fn a_short_pause_and_a_quiet_command_report_nothing() {
    let once = |seconds: u32| {
        Server::start(move |_, before| match before {
            0 => Answer { status: 429, headers: format!("Retry-After: {seconds}\r\n"), body: "{}".to_owned() },
            _ => answer(200, "[]"),
        })
    };
    let short = run(&mut against(&once(1), &["list"]));
    let quiet = run(&mut against(&once(5), &["list", "-q"]));
    for ended in [short, quiet] {
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    }
}
