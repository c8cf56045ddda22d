//! `sync --dry-run`, against a plain server that must not be asked.

use serde_json::{Value, json};

use crate::support::{Server, TOKEN, against, answer, codearts_repo, run, run_with_input};

fn service() -> Server {
    Server::start(|_, _| answer(200, r#"{"jid":"j"}"#))
}

/// Lines with every option, and what no output may hold.
const LIST: &str = "{\"repository_id\": 1, \"remote_username\": \"bob\", \"remote_password\": \"b\"}\n2\n";
const SECRETS: [&str; 6] = [TOKEN, "s3cr3t", "czNjcjN0", "Ym9i", "bob", "Yg=="];

#[test]
fn a_dry_run_prints_what_the_same_command_sends() {
    let server = service();
    let arguments = ["sync", "--file", "-", "--force", "--endpoint-uuid", "u", "--json"];
    let command = |more: &[&str]| {
        let mut command = against(&server, &arguments);
        run_with_input(command.args(more).env("CODEARTS_REPO_REMOTE_PASSWORD", "s3cr3t"), LIST)
    };
    let dry = command(&["--dry-run"]);
    assert_eq!((dry.code, dry.err.as_str(), server.requests().len()), (Some(0), "", 0), "{dry:?}");
    assert!(SECRETS.iter().all(|secret| !dry.out.contains(secret)), "{dry:?}");
    assert_eq!(command(&[]).code, Some(0));
    let shown: Vec<Value> = dry.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(shown.len(), 2);
    for (id, shown) in [1, 2].into_iter().zip(shown) {
        let path = format!("/v4/repositories/{id}/remote-mirror");
        let sent = server.requests().into_iter().find(|request| request.path == path).expect("sent");
        let mut body: Value = serde_json::from_str(&sent.body).expect("JSON");
        for name in ["username", "password"] {
            if let Some(member) = body.get_mut(name) {
                *member = "***".into();
            }
        }
        assert_eq!((&shown["repository_id"], &shown["method"]), (&json!(id), &json!(sent.method)));
        assert_eq!((&shown["url"], &shown["body"]), (&json!(server.endpoint() + &path), &body));
        let mut headers: Vec<String> = sent.head.replace(TOKEN, "***").lines().map(str::to_owned).collect();
        headers.retain(|line| !["host:", "content-length:", "user-agent:"].iter().any(|name| line.starts_with(name)));
        headers.sort_unstable();
        let told = shown["headers"].as_object().expect("headers").iter();
        let told: Vec<String> = told.map(|(name, value)| format!("{name}:{}", value.as_str().expect("text"))).collect();
        assert_eq!(told, headers);
    }
}

#[test]
fn a_dry_run_prints_http_for_people() {
    let server = service();
    let ended =
        run(against(&server, &["sync", "5", "--dry-run", "--force", "--remote-username", "bob"]).args(["--wait"]));
    let url = format!("{}/v4/repositories/5/remote-mirror", server.endpoint());
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!((ended.code, lines[0]), (Some(0), format!("POST {url}").as_str()), "{ended:?}");
    assert!(lines.contains(&"x-auth-token: ***") && lines.contains(&"content-type: application/json"), "{ended:?}");
    assert_eq!(lines[lines.len() - 3..], ["", r#"{"force_fetch":true,"username":"***"}"#, ""]);
    assert!(server.requests().is_empty());
}

#[test]
fn a_dry_run_requests_no_token_and_prints_no_signature() {
    let server = service();
    let mut by_key = codearts_repo(&["sync", "5", "--dry-run", "--endpoint", &server.endpoint()]);
    by_key.env("HUAWEICLOUD_SDK_AK", "AKEXAMPLE").env("HUAWEICLOUD_SDK_SK", "s3cr3t-key");
    let ended = run(&mut by_key);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("authorization: ***\n") && ended.out.contains("x-sdk-date: 20"), "{ended:?}");
    assert!(!ended.out.contains("AKEXAMPLE") && !ended.out.contains("Signature"), "{ended:?}");
    let mut by_password = codearts_repo(&["sync", "5", "--dry-run", "--endpoint", &server.endpoint()]);
    by_password.args(["--iam-endpoint", &server.endpoint(), "--region", "cn-north-4", "--no-token-cache"]);
    by_password.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
    let ended = run(&mut by_password);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("x-auth-token: ***\n"), "{ended:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn a_dry_run_that_needs_the_service_or_a_journal_is_refused() {
    let server = service();
    for arguments in [&["--all"][..], &["5", "--journal", "j"]] {
        let ended = run(against(&server, &["sync", "--dry-run"]).args(arguments));
        assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
        assert!(ended.err.contains("cannot be used with"), "{ended:?}");
    }
    assert!(server.requests().is_empty());
}
