//! Ctrl-C and kills, and how a journal continues after them.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{LONGEST, Running, Server, against, answer, run, until};

const JID: &str = r#"{"jid":"j"}"#;

fn list(folder: &Path, last: u32) -> String {
    let path = folder.join("list");
    let text: Vec<String> = (1..=last).map(|id| id.to_string()).collect();
    std::fs::write(&path, text.join("\n")).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("it runs");
}

/// The standard error, read by a thread so that waiting for it can end.
fn errors(child: &mut Running) -> Receiver<String> {
    lines(child.stderr.take().expect("piped"))
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    let lines = BufReader::new(stream).lines();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line + "\n")));
    receiver
}

/// Waits for a line of the standard error with these words.
fn told(errors: &Receiver<String>, words: &str) -> String {
    let (mut all, begun) = (String::new(), Instant::now());
    while !all.contains(words) {
        let left = LONGEST.saturating_sub(begun.elapsed());
        let line = errors.recv_timeout(left);
        all += &line.unwrap_or_else(|error| panic!("waited for {words:?}, {error}: {all:?}"));
    }
    all
}

/// A server whose mirrors are under way until the test says how they ended.
fn under_way() -> (Server, Arc<Mutex<&'static str>>) {
    let state = Arc::new(Mutex::new("none"));
    let shared = Arc::clone(&state);
    let server = Server::start(move |request, _| match request.method.as_str() {
        "POST" => answer(200, JID),
        _ => answer(
            200,
            match *shared.lock().expect("no panic") {
                "finished" => {
                    r#"{"update_status":"finished","last_successful_update_at":"2026-01-27T08:30:00Z"}"#.to_owned()
                }
                status => format!(r#"{{"update_status":"{status}"}}"#),
            },
        ),
    });
    (server, state)
}

#[test]
fn a_result_is_printed_while_others_run() {
    let (release, released) = channel::<()>();
    let released = Mutex::new(released);
    let server = Server::start(move |request, _| {
        if request.path.contains("/2/") {
            // Until the test has seen the other one.
            let _ = released.lock().expect("no panic").recv();
        }
        answer(200, JID)
    });
    let mut child = Running::of(&mut against(&server, &["sync", "1", "2", "--json"]));
    let results = lines(child.stdout.take().expect("piped"));
    let first = results.recv_timeout(LONGEST).expect("a line");
    assert!(first.contains("\"repository_id\":1,"), "{first}");
    drop(release);
    assert!(results.recv_timeout(LONGEST).expect("a line").contains("\"repository_id\":2,"));
    assert_eq!(child.ended().code, Some(0));
}

#[test]
fn ctrl_c_waits_for_running_syncs_and_reports_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, state) = under_way();
    let arguments = ["sync", "--wait", "--file", &list(folder.path(), 50), "--concurrency", "3"];
    let mut child = Running::of(&mut against(&server, &arguments));
    until("three starts", || server.count("POST") == 3);
    signal(&child, Signal::INT);
    let errors = errors(&mut child);
    told(&errors, "interrupted: starting nothing more");
    *state.lock().expect("no panic") = "finished";
    let all = told(&errors, "are left");
    assert!(
        all.contains("3 finished; 3 repositories in ") && all.contains("47 repositories are left; pass them again\n"),
        "{all}"
    );
    let ended = child.ended();
    assert_eq!((ended.code, ended.out.lines().count(), server.count("POST")), (Some(130), 3, 3), "{ended:?}");
}

#[test]
fn a_second_signal_exits_at_once() {
    let (server, _state) = under_way();
    let mut child = Running::of(&mut against(&server, &["sync", "5", "--wait"]));
    until("a start", || server.count("POST") == 1);
    signal(&child, Signal::INT);
    let errors = errors(&mut child);
    told(&errors, "interrupted: starting nothing more");
    signal(&child, Signal::TERM);
    told(&errors, "interrupted again; started synchronizations continue at the service");
    assert_eq!(child.ended().code, Some(130));
}

fn with_journal(server: &Server, folder: &Path, list: &str, more: &[&str]) -> Command {
    let journal = folder.join("journal");
    let mut command = against(server, &["sync", "--json", "--file", list, "--rate", "unlimited"]);
    command.arg("--journal").arg(journal).args(["--concurrency", "4"]).args(more);
    command
}

#[test]
fn a_sync_that_was_started_before_a_kill_is_followed_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = list(folder.path(), 2);
    let (server, state) = under_way();
    let child = Running::of(&mut with_journal(&server, folder.path(), &list, &["--wait"]));
    // Both are polled, so their starts are in the journal.
    until("two starts and polls after them", || server.count("POST") == 2 && server.count("GET") >= 6);
    signal(&child, Signal::KILL);
    child.ended();
    *state.lock().expect("no panic") = "finished";
    let ended = run(&mut with_journal(&server, folder.path(), &list, &["--wait"]));
    assert_eq!((ended.code, server.count("POST")), (Some(0), 2), "{ended:?}");
    assert_eq!(ended.out.matches("\"outcome\":\"finished\"").count(), 2, "{ended:?}");
}

#[test]
fn a_journal_of_another_endpoint_or_in_use_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = list(folder.path(), 1);
    let (server, _state) = under_way();
    let child = Running::of(&mut with_journal(&server, folder.path(), &list, &["--wait"]));
    until("a start", || server.count("POST") == 1);
    let ended = run(&mut with_journal(&server, folder.path(), &list, &[]));
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("is in use by another process"), "{ended:?}");
    signal(&child, Signal::KILL);
    child.ended();
    let (other, _state) = under_way();
    let ended = run(&mut with_journal(&other, folder.path(), &list, &[]));
    assert_eq!((ended.code, other.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.err.contains("choose another file for this endpoint"), "{ended:?}");
}
