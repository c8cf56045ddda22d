//! `status` for many mirrors.

use serde_json::Value;

use crate::support::{Answer, Server, against, answer, run};

/// Mirrors in all states, at a service whose clock shows 2015.
fn service() -> Server {
    Server::start(|request, _| {
        let mirror = match request.path.as_str() {
            "/v4/repositories/1/remote-mirror" => {
                r#"{"update_status":"finished","last_successful_update_at":"2015-10-21T07:00:00Z","number_of_failures":0}"#
            }
            "/v4/repositories/2/remote-mirror" => {
                r#"{"update_status":"failed","last_error":"no\u001b[31m such host","number_of_failures":3}"#
            }
            "/v4/repositories/3/remote-mirror" => {
                r#"{"update_status":"finished","last_successful_update_at":"2015-10-19T07:00:00Z"}"#
            }
            "/v4/repositories/4/remote-mirror" => {
                r#"{"update_status":"finished","last_successful_update_at":"2015-10-20 16:00:00"}"#
            }
            "/v4/repositories/5/remote-mirror" => r#"{"update_status":"none"}"#,
            "/v4/repositories/6/remote-mirror" => r#"{"update_status":"started"}"#,
            path if path.ends_with("/remote-mirror") => {
                return answer(404, r#"{"error_code":"CH.004404","error_msg":"no mirror","request_id":"r-7"}"#);
            }
            _ => r#"[{"id":1,"name":"one"},{"id":2,"name":"two"},{"id":3},{"id":4},{"id":5},{"id":6},{"id":7}]"#,
        };
        Answer { status: 200, headers: "Date: Wed, 21 Oct 2015 08:00:00 GMT\r\n".to_owned(), body: mirror.to_owned() }
    })
}

fn states(out: &str) -> Vec<(u64, String, bool)> {
    let mut states: Vec<_> = out
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).expect("JSON");
            let state = row["state"].as_str().expect("a state").to_owned();
            (row["repository_id"].as_u64().expect("an ID"), state, row["problem"].as_bool().expect("a boolean"))
        })
        .collect();
    states.sort();
    states
}

#[test]
fn a_list_is_a_table_with_trouble_first() {
    let server = service();
    let ended = run(&mut against(&server, &["status", "--all", "--max-age", "24h"]));
    let lines: Vec<&str> = ended.out.lines().collect();
    let starts = [
        "2  two  failed              -                     -          3  no\\u{1b}[31m such host",
        "3  -    stale               2015-10-19T07:00:00Z  2d         -  the last success is too old",
        "4  -    cannot tell         2015-10-20 16:00:00   4h to 30h  -  the time of the last success has no offset",
        "6  -    cannot tell         -                     -          -  the service reports no success",
        "5  -    never synchronized  -                     -          -  it was never synchronized",
        "1  one  good                2015-10-21T07:00:00Z  60m        0",
        "7  -    skipped             -                     -          -",
    ];
    assert_eq!((ended.code, lines.len()), (Some(1), starts.len()), "{ended:?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line:?} {start:?}");
    }
    let summary = "1 failed, 1 stale, 2 cannot tell, 1 never synchronized, 1 good, 1 skipped; 7 repositories in ";
    assert!(ended.err.contains(summary), "{ended:?}");
}

#[test]
fn the_age_is_by_the_service_clock() {
    let server = service();
    let ended = run(&mut against(&server, &["status", "1", "3", "--max-age", "24h", "--json"]));
    assert_eq!(states(&ended.out), [(1, "good".to_owned(), false), (3, "stale".to_owned(), true)], "{ended:?}");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let day: Value =
        serde_json::from_str(ended.out.lines().find(|line| line.contains("\"repository_id\":1")).expect("a row"))
            .expect("JSON");
    let age = day["age_seconds"]["youngest"].as_u64().expect("an age");
    assert!((3600..3700).contains(&age), "{day}");
}

#[test]
fn the_exit_code_is_1_if_there_is_a_problem() {
    let server = service();
    for (arguments, code, problems) in [
        (&["status", "1", "6"][..], 0, 0),
        (&["status", "1", "2"], 1, 1),
        (&["status", "1", "5"], 1, 1),
        (&["status", "--all", "--problems"], 1, 2),
        (&["status", "--all", "--problems", "--max-age", "24h"], 1, 5),
        (&["status", "1", "--max-age", "30m"], 1, 1),
        (&["status", "1", "--max-age", "24h"], 0, 0),
    ] {
        let ended = run(against(&server, arguments).arg("--json"));
        let found = states(&ended.out).into_iter().filter(|(.., problem)| *problem).count();
        assert_eq!((ended.code, found), (Some(code), problems), "{arguments:?} {ended:?}");
        if arguments.contains(&"--problems") {
            assert_eq!(ended.out.lines().count(), problems, "{ended:?}");
        }
    }
}

#[test]
fn a_mirror_that_cannot_be_read_is_a_problem_with_an_error() {
    let ended = run(&mut against(&service(), &["status", "1", "7", "--json"]));
    let line = ended.out.lines().find(|line| line.contains("unreadable")).expect("a row");
    let row: Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(
        (ended.code, &row["error"]["status"], &row["error"]["code"]),
        (Some(1), &404.into(), &"CH.004404".into())
    );
    assert!(ended.err.contains("1 unreadable, 1 good; 2 repositories in "), "{ended:?}");
}

#[test]
fn a_refused_caller_makes_one_call() {
    let server = Server::start(|_, _| answer(401, r#"{"error_code":"A.1","error_msg":"who?"}"#));
    let ended = run(&mut against(&server, &["status", "1", "2", "3", "--concurrency", "1"]));
    assert_eq!((ended.code, server.requests().len()), (Some(3), 1), "{ended:?}");
}

#[test]
fn bad_arguments_are_refused_before_anything_is_sent() {
    let server = service();
    for (arguments, words) in [
        (&["1", "--problems"][..], "--problems needs a list; pass several IDs, --file, --all or --project"),
        (&["--all", "--max-age", "0"], "invalid age; use 1s to 3650d"),
        (&["--all", "--max-age", "soon"], "invalid age; use 1s to 3650d"),
        (&["--project", "p"], "invalid project ID; "),
        (&["--file", "/does/not/exist"], "--file /does/not/exist: "),
        (&[], "--all"),
    ] {
        let ended = run(against(&server, &["status"]).args(arguments));
        assert_eq!((ended.code, server.requests().len(), ended.err.lines().count()), (Some(2), 0, 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
}

#[test]
fn one_id_prints_all_fields() {
    let ended = run(&mut against(&service(), &["status", "2"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended.out.contains("state             failed\n") && ended.out.contains("failures          3\n"),
        "{ended:?}"
    );
}
