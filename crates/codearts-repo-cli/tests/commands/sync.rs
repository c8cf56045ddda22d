//! `sync` and `status` against a plain server.

use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::support::{self, Answer, Request, Running, Server, against, answer, run, run_with_input};

const JID: &str = r#"{"jid":"09a56216-cb37-494c-b314-d88dc6c9ff57"}"#;

fn state(status: &str, success: &str) -> Answer {
    answer(200, json!({"update_status": status, "last_successful_update_at": success}).to_string())
}

/// A mirror that was in order before, and whose next synchronization ends with the third look after the start.
fn mirroring(end: Answer) -> Server {
    let looks = AtomicUsize::new(0);
    Server::start(move |request, _| match request.method.as_str() {
        "POST" => answer(200, JID),
        _ => match looks.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => state("finished", "2026-01-27 08:30:01"),
            2 => state("started", "2026-01-27 08:30:01"),
            _ => end.clone(),
        },
    })
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_start_sends_the_documented_request_and_prints_the_task() {
    let server = Server::start(|_, _| answer(200, JID));
    let ended = run(&mut against(&server, &["sync", "123"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out, "repository 123: started, task 09a56216-cb37-494c-b314-d88dc6c9ff57\n");
    assert_eq!(ended.err, "");
    let [Request { method, path, head, body }] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((method.as_str(), path.as_str(), body.as_str()), ("POST", "/v4/repositories/123/remote-mirror", "{}"));
    assert!(head.contains(&format!("x-auth-token:{}\n", support::TOKEN)), "{head}");
}

#[test]
fn options_are_sent_and_the_password_comes_from_the_environment_or_the_input() {
    let server = Server::start(|_, _| answer(200, JID));
    let arguments = ["sync", "123", "--force", "--endpoint-uuid", "c6bbed", "--remote-username", "alice"];
    let with = json!({"username": "YWxpY2U=", "password": "czNjcjN0", "endpoint_uuid": "c6bbed", "force_fetch": true});
    let mut command = against(&server, &arguments);
    assert_eq!(run(command.env("CODEARTS_REPO_REMOTE_PASSWORD", "s3cr3t")).code, Some(0));
    let mut command = against(&server, &arguments);
    assert_eq!(run_with_input(command.arg("--remote-password-stdin"), "s3cr3t\n").code, Some(0));
    for request in server.requests() {
        assert_eq!(serde_json::from_str::<Value>(&request.body).expect("JSON"), with);
    }
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn waiting_ignores_the_previous_sync() {
    let server = mirroring(state("finished", "2026-01-27 08:30:02"));
    let ended = run(&mut against(&server, &["sync", "123", "--wait", "--json"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let jid = "09a56216-cb37-494c-b314-d88dc6c9ff57";
    let evidence = json!({"strength": "strong", "fields": ["last_successful_update_at", "update_status"]});
    let record = json!({"repository_id": 123, "outcome": "finished", "jid": jid, "evidence": evidence});
    assert_eq!(lines(&ended.out), [record]);
    let methods: Vec<String> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["GET", "POST", "GET", "GET", "GET"]);
}

#[test]
fn a_failure_prints_the_reason_of_the_service() {
    let body = json!({"update_status": "failed", "number_of_failures": 1, "last_error": "no\nsuch \u{1b}[31mhost"});
    let server = mirroring(answer(200, body.to_string()));
    let ended = run(&mut against(&server, &["sync", "123", "--wait"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let task = "repository 123: failed, task 09a56216-cb37-494c-b314-d88dc6c9ff57";
    assert_eq!(ended.out, format!("{task}: no such \\u{{1b}}[31mhost; fix this and retry\n"));
}

#[test]
fn a_sync_that_times_out_may_still_run() {
    let server = mirroring(state("started", "2026-01-27 08:30:01"));
    let ended = run(&mut against(&server, &["sync", "123", "--wait", "--timeout", "2s", "--json"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(lines(&ended.out)[0]["outcome"], "timed_out");
}

#[test]
fn each_refusal_has_its_exit_code() {
    for (status, code) in [(401, 3), (403, 3), (404, 1), (500, 1), (502, 4), (504, 4)] {
        let server = Server::start(move |_, _| answer(status, r#"{"error_code":"A.1","error_msg":"why"}"#));
        let ended = run(&mut against(&server, &["sync", "123", "--json"]));
        assert_eq!(ended.code, Some(code), "{status} {ended:?}");
        let record = &lines(&ended.out)[0];
        assert_eq!(record["outcome"], "not_started");
        let mut error = json!({"status": status, "code": "A.1", "message": "why"});
        if status >= 500 {
            error["may_have_started"] = json!(true);
        }
        assert_eq!(record["error"], error);
    }
}

#[test]
fn a_start_without_an_answer_is_reported_as_possible() {
    for (status, body, doubtful) in
        [(500, "{}", true), (200, r#"{"jid":"#, true), (200, "<html>", true), (404, "{}", false), (409, "{}", false)]
    {
        let server = Server::start(move |_, _| answer(status, body));
        let ended = run(&mut against(&server, &["sync", "5", "--json"]));
        let record = &lines(&ended.out)[0];
        assert_eq!((ended.code, &record["outcome"]), (Some(1), &json!("not_started")), "{ended:?}");
        assert_eq!(record["error"].get("may_have_started"), doubtful.then_some(&json!(true)), "{ended:?}");
        let ended = run(&mut against(&server, &["sync", "5"]));
        assert_eq!(ended.out.starts_with("repository 5: perhaps not started: the "), doubtful, "{ended:?}");
        assert_eq!(ended.out.starts_with("repository 5: not started: the "), !doubtful, "{ended:?}");
        let advice = "; check the repository before you retry\n";
        assert_eq!(ended.out.ends_with(advice), doubtful, "{ended:?}");
        // The summary counts them as what they are.
        let ended = run(&mut against(&server, &["sync", "5", "6"]));
        let words = if doubtful { "2 perhaps not started; 2 repositories" } else { "2 not started; 2 repositories" };
        assert!(ended.err.contains(&format!("codearts-repo: {words} in ")), "{ended:?}");
    }
}

#[test]
fn the_request_id_is_printed() {
    let server = Server::start(|_, _| Answer {
        status: 404,
        headers: "X-Request-Id: r-1\r\n".to_owned(),
        body: r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#.to_owned(),
    });
    let ended = run(&mut against(&server, &["sync", "123", "--json"]));
    let error = json!({"status": 404, "code": "CH.004404", "message": "Repository Not Found", "request_id": "r-1"});
    assert_eq!(lines(&ended.out)[0]["error"], error);
}

#[test]
fn a_service_that_cannot_be_reached() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", free.local_addr().expect("an address"));
    drop(free);
    let mut command = support::codearts_repo(&["sync", "123", "--wait", "--endpoint", &endpoint]);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", "token"));
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.out.starts_with("repository 123: not started: no connection to the service"), "{ended:?}");
    let ended = run(command.arg("--json"));
    assert_eq!(lines(&ended.out)[0]["error"].get("may_have_started"), None, "{ended:?}");
}

#[test]
fn a_start_that_cannot_be_polled_is_reported_as_started() {
    let server = Server::start(|request, before| match (request.method.as_str(), before) {
        ("POST", _) => answer(200, JID),
        (_, 0) => state("none", ""),
        _ => answer(401, r#"{"error_code":"DEV.00000003","error_msg":"Authentication information expired."}"#),
    });
    let ended = run(&mut against(&server, &["sync", "123", "--wait", "--json"]));
    assert_eq!(ended.code, Some(3), "{ended:?}");
    let record = &lines(&ended.out)[0];
    assert_eq!((&record["outcome"], &record["error"]["status"]), (&json!("started"), &json!(401)));
    assert_eq!(record["jid"], "09a56216-cb37-494c-b314-d88dc6c9ff57");
}

#[test]
fn duplicates_are_started_once_and_reported() {
    let server = Server::start(|_, _| answer(200, JID));
    let ended = run(&mut against(&server, &["sync", "1", "2", "1"]));
    assert_eq!((ended.code, ended.out.lines().count(), server.count("POST")), (Some(0), 2, 2), "{ended:?}");
    assert!(ended.err.contains("repository 1 is listed more than once; it is started once"), "{ended:?}");
}

#[test]
fn one_failure_does_not_stop_the_others() {
    let server = Server::start(|request, _| match request.path.contains("/2/") {
        true => answer(404, "{}"),
        false => answer(200, JID),
    });
    let ended = run(&mut against(&server, &["sync", "1", "2", "3", "--json"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(lines(&ended.out).len(), 3);
}

#[test]
fn status_shows_what_the_service_says() {
    let body = r#"{"update_status":"failed","url":"https://h/a.git","number_of_failures":2,"last_error":"why\nnot"}"#;
    let server = Server::start(move |_, _| answer(200, body));
    let ended = run(&mut against(&server, &["status", "123"]));
    let fields: Vec<Vec<&str>> = ended.out.lines().map(|line| line.split("  ").map(str::trim).collect()).collect();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(fields[0][0], "repository");
    assert!(ended.out.contains("state             failed\n"), "{}", ended.out);
    assert!(ended.out.contains("last error        why not\n"), "{}", ended.out);
    let ended = run(&mut against(&server, &["status", "123", "--json"]));
    assert_eq!(lines(&ended.out)[0]["number_of_failures"], 2);
    let server = Server::start(|_, _| answer(404, r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#));
    let ended = run(&mut against(&server, &["status", "123"]));
    assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(1), "", 1), "{ended:?}");
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    let mut child = Running::of(support::codearts_repo(&["regions"]).stdout(Stdio::piped()));
    drop(child.stdout.take());
    let ended = child.ended();
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
}

#[test]
fn a_full_disk_is_a_failure() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let ended = Running::of(support::codearts_repo(&["regions"]).stdout(full)).ended();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.starts_with("codearts-repo: cannot write to standard output"), "{ended:?}");
}

#[test]
fn regions_prints_every_address() {
    let ended = run(&mut support::codearts_repo(&["regions", "--json"]));
    let regions = lines(&ended.out);
    assert_eq!((ended.code, regions.len()), (Some(0), 16));
    let row = json!({
        "region": "cn-north-4",
        "endpoint": "https://codehub-ext.cn-north-4.myhuaweicloud.com",
        "iam_endpoint": "https://iam.cn-north-4.myhuaweicloud.com",
    });
    assert!(regions.contains(&row), "{regions:?}");
}
