//! Pipes that are closed, colors, and how quiet it is.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::channel;

use codearts_repo_client::bounds;
use serde_json::{Value, json};

use crate::support::{Running, Server, against, answer, codearts_repo, run};

fn service() -> Server {
    Server::start(|_, _| answer(200, r#"{"jid":"j","update_status":"finished"}"#))
}

#[test]
fn a_closed_pipe_stops_the_list() {
    let page =
        || Value::from_iter((1..=*bounds::PAGE_LIMIT.end()).map(|id| json!({"id": id, "name": "a"}))).to_string();
    for format in ["table", "json"] {
        let (go_on, wait) = channel::<()>();
        let wait = Mutex::new(wait);
        let server = Server::start(move |_, _| {
            // The reader goes before the first page comes. The test may have failed.
            let _ = wait.lock().expect("no panic").recv();
            answer(200, page())
        });
        let mut child = Running::of(&mut against(&server, &["list", "--output", format]));
        drop(child.stdout.take());
        go_on.send(()).expect("it waits");
        let ended = child.ended();
        assert_eq!((ended.code, ended.err.as_str(), server.requests().len()), (Some(0), "", 1), "{ended:?}");
    }
}

#[test]
fn a_closed_pipe_is_not_a_failure_of_any_command() {
    let server = service();
    for arguments in [
        &["sync", "1", "2", "3"][..],
        &["sync", "1", "--dry-run"],
        &["sync", "1", "2", "--curl"],
        &["status", "1"],
        &["mirror", "show", "1", "--json"],
        &["auth", "show"],
        &["config", "show", "--origin"],
        &["config", "path"],
        &["regions"],
        &["schema"],
        &["completions", "zsh"],
        &["man"],
        &["token", "clear"],
        &["--help"],
        &["--version"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ended = run(against(&server, arguments).stdout(writer));
        let tells = ended.err.lines().filter(|line| !line.contains(" started; 3 repositories in ")).count();
        assert_eq!((ended.code, tells), (Some(0), 0), "{arguments:?} {ended:?}");
    }
    // What was asked for is done all the same.
    assert_eq!(server.count("POST"), 3);
}

/// Whether both streams have colors, neither being a terminal.
fn colored(command: &mut Command) -> (bool, bool) {
    let ended = run(command);
    (ended.out.contains('\u{1b}'), ended.err.contains('\u{1b}'))
}

#[test]
fn colors_follow_the_settings() {
    let server = service();
    let command = |more: &[&str]| {
        let mut command = against(&server, &["sync", "1", "2"]);
        command.args(more);
        command
    };
    assert_eq!(colored(&mut command(&[])), (false, false));
    assert_eq!(colored(&mut command(&["--color", "always"])), (true, true));
    assert_eq!(colored(command(&[]).env("CLICOLOR_FORCE", "1")), (true, true));
    assert_eq!(colored(command(&[]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")), (false, false));
    assert_eq!(colored(command(&["--color", "never"]).env("CLICOLOR_FORCE", "1")), (false, false));
    assert_eq!(colored(command(&["--color", "always"]).env("NO_COLOR", "1")), (true, true));
    assert_eq!(colored(command(&[]).env("CODEARTS_REPO_COLOR", "always")), (true, true));
    // JSON has none.
    assert!(!colored(&mut command(&["--color", "always", "--json"])).0);
    let help = |more: &[&str]| colored(codearts_repo(&["sync", "--help"]).args(more)).0;
    assert!(!help(&[]) && help(&["--color", "always"]) && help(&["--color=always"]));
    assert!(colored(&mut codearts_repo(&["--color", "always", "nonsense"])).1);
}

#[test]
fn a_service_cannot_set_colors() {
    let server = Server::start(|_, _| answer(404, r#"{"error_msg":"\u001b[31mred"}"#));
    let ended = run(&mut against(&server, &["sync", "1"]));
    assert!(ended.out.contains("[31mred") && !ended.out.contains('\u{1b}'), "{ended:?}");
}

#[test]
fn quiet_prints_only_results_and_errors() {
    let server = service();
    let ended = run(&mut against(&server, &["sync", "1", "2", "1", "-q"]));
    assert_eq!((ended.code, ended.out.lines().count(), ended.err.as_str()), (Some(0), 2, ""), "{ended:?}");
    let loud = run(&mut against(&server, &["sync", "1", "2", "1"]));
    assert_eq!(loud.err.lines().count(), 2, "{loud:?}");
    let wrong = run(&mut codearts_repo(&["sync", "0", "-q"]));
    assert_eq!((wrong.code, wrong.err.lines().count()), (Some(2), 1), "{wrong:?}");
    assert_eq!(run(&mut codearts_repo(&["regions", "-q", "-v"])).code, Some(2));
    let logged = run(&mut against(&server, &["sync", "1", "-v"]));
    assert!(logged.err.contains("INFO codearts_repo"), "{logged:?}");
}

#[test]
fn without_a_terminal_no_hints_are_printed() {
    let server = service();
    let folder = tempfile::tempdir().expect("a folder");
    let ended = run(codearts_repo(&["man"]).arg(folder.path()).stderr(Stdio::piped()));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    let ended = run(&mut against(&server, &["sync", "1", "2", "3"]));
    assert!(ended.err.starts_with("codearts-repo: 3 started; 3 repositories in "), "{ended:?}");
}

#[test]
fn the_version_names_the_contract_and_not_the_build() {
    let contract = codearts_repo::CONTRACT_VERSION;
    let short = run(&mut codearts_repo(&["-V"])).out;
    assert_eq!(short, format!("codearts-repo {} (contract of {contract})\n", env!("CARGO_PKG_VERSION")));
    let long = run(&mut codearts_repo(&["--version"])).out;
    let lines: Vec<&str> = long.lines().collect();
    assert_eq!(lines[0], format!("codearts-repo {}", env!("CARGO_PKG_VERSION")));
    assert_eq!(lines[1].split(',').next(), Some(format!("contract: openapi.yaml of {contract}").as_str()));
    assert!(lines[2].starts_with("system: ") && lines[3].starts_with("emulator: ") && lines.len() == 4, "{long}");
    assert!(codearts_repo::OPENAPI.contains(&format!("\n  version: \"{contract}\"\n")), "{contract}");
}
