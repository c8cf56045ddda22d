//! The options of the emulator that name secrets and sources.
#![cfg(all(unix, feature = "emulator"))]

use std::io::{BufRead, BufReader};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::Value;

use crate::support::{LONGEST, Running, Server, answer, codearts_repo, run};

/// Starts it, and gives its address.
fn start(command: &mut Command) -> (Running, String) {
    let mut running = Running::of(command);
    let ready: Value = serde_json::from_str(&running.line()).expect("JSON");
    (running, ready["endpoint"].as_str().expect("an address").to_owned())
}

fn lines(running: &mut Running) -> Receiver<String> {
    let (send, receive) = channel();
    let errors = BufReader::new(running.stderr.take().expect("piped"));
    thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    receive
}

#[test]
fn a_secret_comes_from_a_named_variable() {
    let emulator = ["emulator", "--listen", "127.0.0.1:0"];
    for (more, says) in [
        (["--access-key", "AK:"], "--access-key: invalid value; write AK:SK_VARIABLE"),
        (["--access-key", ":VARIABLE"], "--access-key: invalid value; write AK:SK_VARIABLE"),
        (["--access-key", "AK"], "--access-key: invalid value; write AK:SK_VARIABLE"),
        (["--user", "/name:VARIABLE"], "--user: invalid value; write DOMAIN/NAME:VARIABLE"),
        (["--agency", "a:b:c:d:e"], "--agency: invalid value; write AGENCY_URN=PROVIDER_URN or AGENCY_URN=AK"),
        (["--agency", "a:b:c:d:e=a:b:c:d:p"], "--agency: a provider needs an ID token; add --id-token VARIABLE"),
        (["--identity-provider", "ci"], "--identity-provider: a provider needs an ID token; add --id-token VARIABLE"),
        (
            ["--id-token", "eyJs3cr3t"],
            "--id-token: the variable is not set or empty; write VARIABLE, and set the variable to the secret",
        ),
        (
            ["--access-key", "AK:EMPTY"],
            "--access-key: the variable is not set or empty; write AK:SK_VARIABLE, and set the variable to the secret",
        ),
        (
            ["--access-key", "AK:MISSING"],
            "--access-key: the variable is not set or empty; write AK:SK_VARIABLE, and set the variable to the secret",
        ),
    ] {
        let mut command = codearts_repo(&[&emulator[..], &more].concat());
        let ended = run(command.env("EMPTY", "").env("VARIABLE", "secret"));
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{more:?} {ended:?}");
        assert!(ended.err.contains(says) && !ended.err.contains("s3cr3t"), "{more:?} {ended:?}");
    }
}

#[test]
fn a_remote_source_is_fetched_and_the_log_is_on() {
    let source = Server::start(|_, _| answer(404, ""));
    let repository = format!("5={}/a.git", source.endpoint());
    let arguments = ["emulator", "--listen", "127.0.0.1:0", "--token", "abc", "--repository", &repository];
    let (mut emulator, endpoint) = start(&mut codearts_repo(&arguments));
    let log = lines(&mut emulator);
    let mut sync = codearts_repo(&["sync", "5", "--wait", "--endpoint", &endpoint]);
    let ended = run(sync.env("CODEARTS_REPO_TOKEN", "abc"));
    assert_eq!(ended.code, Some(1), "there is no repository: {ended:?}");
    assert!(source.requests().iter().any(|request| request.path.starts_with("/a.git/info/refs")), "{ended:?}");
    drop(emulator);
    let log: Vec<String> = std::iter::from_fn(|| log.recv_timeout(LONGEST).ok()).collect();
    assert!(log.iter().any(|line| line.contains(" INFO ")), "{log:?}");
}
