//! The exit codes: the one table that the help shows, and a command that ends with each of them.
#![cfg(unix)]

use std::collections::BTreeMap;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Running, Server, against, answer, codearts_repo, run, until};

/// The table of the help.
fn table() -> BTreeMap<i32, String> {
    let help = run(&mut codearts_repo(&["--help"])).out;
    let table = help.split("Exit codes:\n").nth(1).and_then(|text| text.split("\n\n").next()).expect("a table");
    let row = |line: &str| {
        let (code, meaning) = line.trim().split_once(' ').expect("two columns");
        (code.parse().expect("a number"), meaning.trim().to_owned())
    };
    table.lines().map(row).collect()
}

fn answering(status: u16, body: &'static str) -> Option<i32> {
    let server = Server::start(move |_, _| answer(status, body));
    run(&mut against(&server, &["sync", "5"])).code
}

/// A command that is told to end while it waits.
fn interrupted() -> Option<i32> {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => answer(200, r#"{"jid":"j"}"#),
        _ => answer(200, r#"{"update_status":"started"}"#),
    });
    let child = Running::of(&mut against(&server, &["sync", "5", "--wait"]));
    until("a start", || server.count("POST") > 0);
    // Once to wait for what is under way, once more to end.
    for _ in 0..2 {
        kill_process(Pid::from_child(&child), Signal::INT).expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    child.ended().code
}

#[test]
fn every_documented_exit_code_occurs() {
    let unreachable = || {
        let mut command = codearts_repo(&["status", "5", "--endpoint", "http://127.0.0.1:1"]);
        run(command.env("CODEARTS_REPO_TOKEN", "token")).code
    };
    let ends = [
        (0, "All worked", answering(200, r#"{"jid":"j"}"#)),
        (1, "Some or all repositories failed", answering(404, "{}")),
        (2, "Bad usage or input; nothing was sent", run(&mut codearts_repo(&["sync", "0"])).code),
        (3, "Not authorized", answering(401, "{}")),
        (4, "The service or the network could not be reached", unreachable()),
        (130, "Interrupted", interrupted()),
    ];
    let mut table = table();
    for (code, meaning, ended) in ends {
        assert_eq!(ended, Some(code), "{meaning}");
        assert_eq!(table.remove(&code).as_deref(), Some(meaning));
    }
    assert_eq!(table, BTreeMap::new(), "no command ends with these here");
}

#[test]
fn the_documentation_has_the_same_table() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md")).expect("a file");
    for (code, meaning) in table() {
        let row = format!("| {code} | {meaning} |");
        assert!(text.contains(&row), "{row}");
    }
}
