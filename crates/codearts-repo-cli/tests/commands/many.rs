//! `sync` of many repositories, from files and lists, against a plain server.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, Ended, Server, against, answer, run, run_with_input};

fn starts(server: &Server) -> HashMap<String, usize> {
    let mut starts = HashMap::new();
    for request in server.requests().into_iter().filter(|request| request.method == "POST") {
        *starts.entry(request.path.split('/').nth(3).unwrap_or_default().to_owned()).or_insert(0) += 1;
    }
    starts
}

/// A service that starts everything at once.
fn willing() -> Server {
    Server::start(|_, before| answer(200, format!(r#"{{"jid":"task-{before}"}}"#)))
}

fn file(text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list");
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

fn numbers(last: u32) -> String {
    (1..=last).fold(String::new(), |mut text, id| {
        let _ = writeln!(text, "{id}");
        text
    })
}

/// `sync` without a quota.
fn quickly(server: &Server, arguments: &[&str]) -> Command {
    let mut command = against(server, &["sync", "--rate", "unlimited"]);
    command.args(arguments);
    command
}

fn outcomes(ended: &Ended) -> HashMap<String, usize> {
    let mut outcomes = HashMap::new();
    for line in ended.out.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        *outcomes.entry(record["outcome"].as_str().expect("an outcome").to_owned()).or_insert(0) += 1;
    }
    outcomes
}

#[test]
fn each_listed_repository_is_started_once_and_counted() {
    let list = format!("# ours\n\n{}3\r\n", numbers(200));
    let (_folder, path) = file(&list);
    for from_input in [false, true] {
        let server = willing();
        let mut command = quickly(&server, &["--json", "--file", if from_input { "-" } else { &path }]);
        let ended = if from_input { run_with_input(&mut command, &list) } else { run(&mut command) };
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(outcomes(&ended), HashMap::from([("started".to_owned(), 200)]));
        assert_eq!(starts(&server).len(), 200);
        assert!(starts(&server).values().all(|count| *count == 1));
        let told: Vec<&str> = ended.err.lines().collect();
        assert_eq!(told[0], "codearts-repo: repository 3 is listed more than once; it is started once");
        assert!(told[1].starts_with("codearts-repo: 200 started; 200 repositories in "), "{ended:?}");
        assert_eq!(told.len(), 2);
    }
}

#[test]
fn options_of_a_line_take_precedence() {
    let list = r#"{"repository_id": 1, "force": false, "remote_username": "bob", "remote_password": "b0b"}
2
{"repository_id": 3, "endpoint_uuid": "line"}"#;
    let server = willing();
    let mut command = quickly(&server, &["--file", "-", "--force", "--endpoint-uuid", "command"]);
    let ended = run_with_input(command.env("CODEARTS_REPO_REMOTE_PASSWORD", "c"), list);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let body = |id: u32| {
        let path = format!("/v4/repositories/{id}/remote-mirror");
        let request = server.requests().into_iter().find(|request| request.path == path).expect("a start");
        serde_json::from_str::<Value>(&request.body).expect("JSON")
    };
    let first = json!({"username": "Ym9i", "password": "YjBi", "force_fetch": false, "endpoint_uuid": "command"});
    assert_eq!(body(1), first);
    assert_eq!(body(2), json!({"password": "Yw==", "force_fetch": true, "endpoint_uuid": "command"}));
    assert_eq!(body(3), json!({"password": "Yw==", "force_fetch": true, "endpoint_uuid": "line"}));
}

#[test]
fn a_bad_line_is_named_and_nothing_is_started() {
    let good = numbers(10_000);
    let list: String =
        good.lines().map(|line| if line == "7312" { "73l2\n".to_owned() } else { format!("{line}\n") }).collect();
    let (_folder, path) = file(&list);
    let secret = r#"{"repository_id": 1, "remote_password": 12345678}"#;
    let long = "1".repeat(70_000);
    for (name, input, reason) in [
        (path.as_str(), "", "line 7312: repository id \"73l2\" is not a whole number from 1 to "),
        ("-", list.as_str(), "line 7312: repository id \"73l2\" is not a whole number from 1 to "),
        ("-", secret, "line 1: remote_password is not a string"),
        ("-", &long, "line 1: longer than 65535 bytes"),
        ("-", "", "the list contains no repository; write an ID or a JSON object per line"),
        ("-", "# nothing\n", "the list contains no repository; write an ID or a JSON object per line"),
        ("does-not-exist", "", "--file does-not-exist: No such file or directory"),
        (".", "", "--file .: Is a directory"),
    ] {
        let server = willing();
        let ended = run_with_input(&mut quickly(&server, &["--file", name]), input);
        assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
        assert!(ended.err.contains(reason) && !ended.err.contains("12345678"), "{ended:?}");
        assert!(server.requests().is_empty());
    }
}

#[test]
fn conflicting_arguments_are_refused() {
    let server = willing();
    for (arguments, words) in [
        (&["sync", "1", "--all"][..], "cannot be used with"),
        (&["sync", "1", "--file", "-"], "cannot be used with"),
        (&["sync", "1", "--search", "x"], "cannot be used with"),
        (&["sync", "--file", "-", "--starred"], "cannot be used with"),
        (&["sync", "1", "--rate", "fast"], "--rate <NUMBER/min>: invalid rate; use 1/min to 60000/min, or unlimited"),
        (&["sync", "1", "--concurrency", "0"], "--concurrency <NUMBER>: invalid number; use 1 to 1000"),
        (&["sync", "--all", "--search", ""], "--search: the text to search for has 0 characters, not 1 to 512"),
        (&["sync", "1", "--journal", "/"], "the journal / is not a regular file"),
        (&["sync", "--file", "-", "--remote-password-stdin"], "both read standard input"),
    ] {
        let ended = run(&mut against(&server, arguments));
        assert_eq!((ended.code, ended.err.lines().count()), (Some(2), 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn all_takes_the_list_of_the_service_with_its_filters() {
    let limit = *codearts_repo_client::bounds::PAGE_LIMIT.end();
    let all = limit + limit / 2;
    let server = Server::start(move |request, _| {
        if request.method == "POST" {
            return answer(200, r#"{"jid":"j"}"#);
        }
        let offset = request.path.split(['?', '&']).find_map(|pair| pair.strip_prefix("offset=")?.parse().ok());
        let offset: u32 = offset.unwrap_or(0);
        let page: Vec<Value> = (offset..all.min(offset + limit)).map(|id| json!({"id": id + 1, "name": "r"})).collect();
        answer(200, Value::from(page).to_string())
    });
    let ended = run(&mut quickly(&server, &["--all", "--search", "x y", "--starred"]));
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), all as usize), "{ended:?}");
    assert_eq!(starts(&server).len(), all as usize);
    let lists: Vec<String> =
        server.requests().into_iter().filter(|request| request.method == "GET").map(|request| request.path).collect();
    assert_eq!(lists.len(), 2);
    assert!(lists[0].contains("starred=true") && !lists[0].contains("archived"), "{lists:?}");
    assert!(ended.err.contains(&format!("{all} started; {all} repositories in ")), "{ended:?}");
}

const PROJECT: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn a_project_is_selected_with_its_filters() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" if request.path.contains("/6/") => answer(404, r#"{"error_code":"CH.004404","error_msg":"no mirror"}"#),
        "POST" => answer(200, r#"{"jid":"j"}"#),
        _ => answer(200, r#"[{"id":5,"name":"web"},{"id":6,"name":"plain"},{"id":7,"name":"api"}]"#),
    });
    let ended =
        run(&mut quickly(&server, &["--project", PROJECT, "--search", "x", "--order-by", "updated_at", "--json"]));
    assert_eq!(ended.code, Some(0), "a repository without a mirror is no failure: {ended:?}");
    assert!(ended.out.contains(r#"{"repository_id":6,"outcome":"skipped"}"#), "{ended:?}");
    assert!(ended.err.contains("2 started, 1 skipped; 3 repositories in "), "{ended:?}");
    let lists: Vec<_> = server.requests().into_iter().filter(|request| request.method == "GET").collect();
    assert!(lists[0].path.starts_with(&format!("/v4/projects/{PROJECT}/repositories?")), "{lists:?}");
    assert!(lists[0].path.contains("search=x") && lists[0].path.contains("order_by=updated_at"), "{lists:?}");
}

#[test]
fn an_invalid_or_unknown_project_is_reported() {
    let server = Server::start(|_, _| answer(200, "[]"));
    let empty = run(&mut quickly(&server, &["--project", PROJECT]));
    assert_eq!(empty.code, Some(1), "{empty:?}");
    assert!(empty.err.contains("the list of the project's repositories is empty; check the project ID"), "{empty:?}");
    let server = Server::start(|_, _| answer(404, r#"{"error_code":"CH.1","error_msg":"project not found"}"#));
    let unknown = run(&mut quickly(&server, &["--project", PROJECT]));
    assert_eq!(unknown.code, Some(1), "{unknown:?}");
    assert!(unknown.err.contains("the list of repositories is incomplete: the service answered 404"), "{unknown:?}");
    for (arguments, words) in [
        (&["--project", "p1"][..], "invalid project ID; use the 32 letters and digits"),
        (&["--project", PROJECT, "--starred"], "--starred cannot be used with --project; use --search"),
        (&["--project", PROJECT, "--all"], "cannot be used with"),
        (&["--project", PROJECT, "5"], "cannot be used with"),
    ] {
        let server = Server::start(|_, _| answer(200, "[]"));
        let ended = run(&mut quickly(&server, arguments));
        assert_eq!((ended.code, server.requests().len(), ended.err.lines().count()), (Some(2), 0, 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
}

#[test]
fn an_incomplete_list_is_reported() {
    let server = Server::start(|_, _| answer(403, r#"{"error_code":"A.1","error_msg":"why"}"#));
    let ended = run(&mut quickly(&server, &["--all"]));
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("the list of repositories is incomplete: the service answered 403"), "{ended:?}");
}

#[test]
fn some_failures_are_counted_and_exit_with_1() {
    let server = Server::start(|request, _| match request.path.ends_with("7/remote-mirror") {
        true => answer(404, r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#),
        false => answer(200, r#"{"jid":"j"}"#),
    });
    let ended = run_with_input(&mut quickly(&server, &["--file", "-"]), &numbers(100));
    assert_eq!((ended.code, ended.out.lines().count()), (Some(1), 100), "{ended:?}");
    assert!(ended.err.contains("90 started, 10 not started; 100 repositories in "), "{ended:?}");
}

#[test]
fn an_unknown_caller_makes_one_call() {
    let server = Server::start(|_, _| answer(401, r#"{"error_code":"DEV.00000002","error_msg":"why"}"#));
    let ended = run_with_input(&mut quickly(&server, &["--file", "-", "--concurrency", "2"]), &numbers(10_000));
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(server.count("POST") <= 4, "{}", server.count("POST"));
    assert!(ended.err.contains("not authorized, so nothing more is started; "), "{ended:?}");
    assert!(ended.err.contains(" repositories are left"), "{ended:?}");
    let server = Server::start(|_, _| answer(401, r#"{"error_code":"CH.080401","error_msg":"not yours"}"#));
    let ended = run_with_input(&mut quickly(&server, &["--file", "-"]), &numbers(20));
    assert_eq!((ended.code, server.count("POST")), (Some(3), 20), "{ended:?}");
}

#[test]
fn refusals_with_429_lose_and_duplicate_nothing() {
    let server = Server::start(|_, before| match before % 10 {
        3 => answer(429, r#"{"error_code":"APIGW.0308","error_msg":"throttled"}"#),
        _ => answer(200, r#"{"jid":"j"}"#),
    });
    let mut command = quickly(&server, &["--file", "-"]);
    let ended = run_with_input(&mut command, &numbers(100));
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 100), "{ended:?}");
    let ids: HashSet<&str> = ended.out.lines().filter_map(|line| line.split(['\u{20}', ':']).nth(1)).collect();
    assert_eq!(ids.len(), 100);
    assert_eq!(server.count("POST"), 100 + server.count("POST") / 10);
}

#[test]
fn a_requested_pause_is_respected() {
    let server = Server::start(|_, before| match before {
        0 => Answer { status: 429, headers: "Retry-After: 2\r\n".to_owned(), body: "{}".to_owned() },
        _ => answer(200, r#"{"jid":"j"}"#),
    });
    let begun = std::time::Instant::now();
    let ended = run(&mut quickly(&server, &["1"]));
    assert_eq!((ended.code, server.count("POST")), (Some(0), 2), "{ended:?}");
    assert!(begun.elapsed().as_secs() >= 2, "{:?}", begun.elapsed());
}

#[test]
fn concurrency_is_respected() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};

    // The first three answers wait for each other; a fourth start at the same time would show in the count.
    let (under_way, most, barrier) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)), Barrier::new(3));
    let seen = Arc::clone(&most);
    let server = Server::start(move |_, _| {
        most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        barrier.wait();
        under_way.fetch_sub(1, Ordering::SeqCst);
        answer(200, r#"{"jid":"j"}"#)
    });
    let mut command = quickly(&server, &["--file", "-", "--concurrency", "3"]);
    assert_eq!(run_with_input(&mut command, &numbers(30)).code, Some(0));
    assert_eq!(seen.load(Ordering::SeqCst), 3);
}
