//! What ends a batch, what does not, and how fast it goes.
#![cfg(unix)]

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Running, Server, against, answer, codearts_repo, run, until};

fn service() -> Server {
    Server::start(|_, _| answer(200, r#"{"jid":"j"}"#))
}

#[test]
fn an_unreachable_iam_does_not_count_as_a_refused_caller() {
    let server = service();
    let mut command = codearts_repo(&["sync", "1", "2", "3", "4", "5", "--concurrency", "1", "--no-token-cache"]);
    // Nobody listens at port 1.
    command.args(["--endpoint", &server.endpoint(), "--iam-endpoint", "http://127.0.0.1:1", "--region", "cn-north-4"]);
    command.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
    let ended = run(&mut command);
    assert_eq!((ended.code, ended.out.lines().count(), server.requests().len()), (Some(4), 5, 0), "{ended:?}");
    assert!(ended.err.contains("5 not started; 5 repositories in "), "{ended:?}");
    assert!(!ended.err.contains("refuses the caller"), "{ended:?}");
}

#[test]
fn calls_do_not_exceed_the_rate() {
    let server = service();
    let begun = Instant::now();
    let ended = run(&mut against(&server, &["sync", "1", "2", "3", "4", "--rate", "120/min"]));
    assert_eq!((ended.code, server.count("POST")), (Some(0), 4), "{ended:?}");
    assert!(begun.elapsed() >= Duration::from_millis(1400), "{:?}", begun.elapsed());
}

#[test]
fn a_repository_canceled_before_its_start_has_no_result() {
    let server = service();
    let arguments = ["sync", "1", "2", "3", "4", "5", "--rate", "1/min", "--concurrency", "3", "--json"];
    let child = Running::of(&mut against(&server, &arguments));
    until("a start", || server.count("POST") > 0);
    // The next ones are under way, and wait for the minute to end.
    std::thread::sleep(Duration::from_millis(200));
    kill_process(Pid::from_child(&child), Signal::INT).expect("it runs");
    let ended = child.ended();
    assert_eq!((ended.code, ended.out.lines().count(), server.count("POST")), (Some(130), 1, 1), "{ended:?}");
    assert!(ended.err.contains("1 started; 1 repository in "), "{ended:?}");
    assert!(ended.err.contains("4 repositories are left"), "{ended:?}");
}
