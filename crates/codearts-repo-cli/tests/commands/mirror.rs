//! `mirror show`, `set` and `associate`, against a plain server.

use serde_json::{Value, json};

use crate::support::{Ended, Request, Server, against, answer, run};

const MIRROR: &str = r#"{"repository_id":5,"update_status":"finished","url":"https://example.com/a.git",
    "mirroring_enabled":true,"endpoint_uuid":"","last_error":""}"#;

/// A service that answers a change and then shows this mirror.
fn shows(mirror: &'static str) -> Server {
    Server::start(move |request, _| match request.method.as_str() {
        "PUT" => answer(200, r#"{"sync_branch_type":"default"}"#),
        "POST" => answer(201, mirror),
        _ => answer(200, mirror),
    })
}

fn asked(server: &Server) -> Vec<(String, Value)> {
    let told = |request: Request| (request.method, serde_json::from_str(&request.body).unwrap_or_default());
    server.requests().into_iter().map(told).collect()
}

fn set(server: &Server, settings: &[&str]) -> Ended {
    run(against(server, &["mirror", "set", "5"]).args(settings))
}

#[test]
fn show_prints_what_status_prints() {
    let server = shows(MIRROR);
    for more in [&[][..], &["--json"]] {
        let shown = run(against(&server, &["mirror", "show", "5"]).args(more));
        let status = run(against(&server, &["status", "5"]).args(more));
        assert_eq!((shown.code, &shown.out, &shown.err), (status.code, &status.out, &status.err));
        assert_eq!((shown.code, shown.err.as_str()), (Some(0), ""), "{shown:?}");
    }
    let shown = run(&mut against(&server, &["mirror", "show", "5"]));
    let lines = "repository        5\nstate             finished\nsource            https://example.com/a.git\n\
                 scheduled         yes\n";
    assert_eq!(shown.out, lines);
}

#[test]
fn set_sends_only_the_given_settings_and_prints_the_result() {
    let server = shows(MIRROR);
    let ended = set(&server, &["--url", "https://example.com/a.git", "--branches", "default", "--schedule", "on"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.out.contains("branches          default\n") && ended.out.contains("scheduled         yes\n"));
    let body = json!({
        "url": "https://example.com/a.git", "sync_branch_type": "default", "mirroring_enabled": true
    });
    assert_eq!(asked(&server), [("PUT".to_owned(), body), ("GET".to_owned(), Value::Null)]);
    let server = shows(MIRROR);
    let ended = set(&server, &["--endpoint-uuid", "", "--json"]);
    assert_eq!((ended.code, ended.err.as_str(), ended.out.lines().count()), (Some(0), "", 1), "{ended:?}");
    let shown: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((&shown["mirroring_enabled"], &shown["sync_branch_type"]), (&json!(true), &json!("default")));
    assert_eq!(asked(&server)[0].1, json!({"endpoint_uuid": ""}));
}

#[test]
fn a_setting_that_was_not_applied_is_reported_with_exit_code_1() {
    for (settings, words) in [
        (["--schedule", "off"], "schedule is \"on\" instead of \"off\": the vendor's pages"),
        (["--branches", "all"], "branches is \"default\" instead of \"all\": "),
        (["--url", "http://other/"], "source is \"https://example.com/a.git\" instead of \"http://other/\": "),
        (["--endpoint-uuid", "u"], "service endpoint is \"\" instead of \"u\": "),
    ] {
        let ended = set(&shows(MIRROR), &settings);
        assert_eq!((ended.code, ended.err.lines().count()), (Some(1), 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
        assert!(ended.out.contains("scheduled         yes\n"), "{ended:?}");
    }
    let ended = set(&shows(MIRROR), &["--schedule", "off"]);
    assert!(ended.err.contains("sends true for on; check the mirror on the console"), "{ended:?}");
}

#[test]
fn a_missing_answer_field_is_reported() {
    let ended = set(&shows("{}"), &["--schedule", "off"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.err,
        "codearts-repo: repository 5: the service does not confirm the schedule; check it on the console\n"
    );
}

#[test]
fn a_change_that_cannot_be_read_back_does_not_count_as_refused() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "PUT" => answer(200, "{}"),
        _ => answer(403, r#"{"error_code":"A.1","error_msg":"why"}"#),
    });
    let ended = set(&server, &["--schedule", "on"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(3), ""), "{ended:?}");
    assert!(ended.err.contains("the service accepted the change, but it cannot be read back: "), "{ended:?}");
    let server = Server::start(|_, _| answer(404, r#"{"error_code":"CH.000404","error_msg":"no mirror"}"#));
    let ended = set(&server, &["--schedule", "on"]);
    assert_eq!((ended.code, server.requests().len()), (Some(1), 1), "{ended:?}");
    assert!(!ended.err.contains("accepted"), "{ended:?}");
}

#[test]
fn associate_sends_the_address_if_there_is_one() {
    for (more, body) in [(&[][..], json!({})), (&["--url", "https://h/a.git"], json!({"url": "https://h/a.git"}))] {
        let server = shows(MIRROR);
        let ended = run(against(&server, &["mirror", "associate", "5"]).args(more));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
        assert!(ended.out.starts_with("repository        5\nstate             finished\n"), "{ended:?}");
        assert_eq!(asked(&server), [("POST".to_owned(), body)]);
        assert_eq!(server.requests()[0].path, "/v4/repositories/5/remote-mirror/associate");
    }
}

#[test]
fn bad_settings_are_refused_and_nothing_is_sent() {
    let server = shows(MIRROR);
    for (arguments, words) in [
        (&["set", "5"][..], "required arguments were not provided"),
        (&["set", "0", "--schedule", "on"], "<ID>: repository id \"0\" is not a whole number from 1 to "),
        (&["set", "5", "--schedule", "true"], "[possible values: on, off]"),
        (&["set", "5", "--branches", "some"], "[possible values: all, default]"),
        (
            &["set", "5", "--url", "ssh://h/a"],
            "--url <URL>: not the address of a mirror source: it must start with http",
        ),
        (&["associate", "5", "--url", "https://a:s3cr3t@h/"], "it must not contain a user name or password"),
    ] {
        let ended = run(against(&server, &["mirror"]).args(arguments));
        assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
        assert!(ended.err.contains(words) && !ended.err.contains("s3cr3t"), "{ended:?}");
    }
    assert!(server.requests().is_empty());
}
