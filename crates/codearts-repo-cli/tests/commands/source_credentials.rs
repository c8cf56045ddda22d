//! Lines of `--file` with credentials: git reads each source with its own.
#![cfg(unix)]

use std::collections::{HashMap, HashSet};
use std::process::Command;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::{Answer, Request, Server, against, answer, run_with_input};

const COMMIT: &str = "0123456789012345678901234567890123456789";
const OTHER: &str = "9876543210987654321098765432109876543210";

/// A user name and a password, only a password, only a user name, and the command's.
const LIST: &str = r#"
{"repository_id": 1, "remote_username": "alice", "remote_password": "one"}
{"repository_id": 2, "remote_password": "two"}
{"repository_id": 3, "remote_username": "bob"}
4
{"repository_id": 1, "remote_username": "alice", "remote_password": "duplicate"}
"#;

/// `alice:one`, `git:two` and `carol:four` in Base64. Nothing opens source 3.
const EXPECTED: [(&str, &str); 3] = [("1", "YWxpY2U6b25l"), ("2", "Z2l0OnR3bw=="), ("4", "Y2Fyb2w6Zm91cg==")];

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
}

/// Private sources, each with a branch.
fn sources() -> Server {
    let expected = HashMap::from(EXPECTED);
    Server::start(move |request, _| {
        let number = request.path.trim_start_matches('/').split('.').next().unwrap_or_default();
        let sent = header(request, "authorization").and_then(|value| value.strip_prefix("Basic "));
        if sent.is_none() || sent != expected.get(number).copied() {
            let headers = "WWW-Authenticate: Basic realm=\"git\"\r\n".to_owned();
            return Answer { status: 401, headers, body: String::new() };
        }
        let packet = |line: &str| format!("{:04x}{line}", line.len() + 4);
        let service = packet("# service=git-upload-pack\n");
        let refs = packet(&format!("{COMMIT} HEAD\0symref=HEAD:refs/heads/main\n"))
            + &packet(&format!("{COMMIT} refs/heads/main\n"));
        let headers = "Content-Type: application/x-git-upload-pack-advertisement\r\n".to_owned();
        Answer { status: 200, headers, body: format!("{service}0000{refs}0000") }
    })
}

/// Mirrors that have this commit until they are synchronized. A start finishes at once.
fn mirrors(sources: String, before: &'static str) -> Server {
    let started = Mutex::new(HashSet::new());
    Server::start(move |request, _| {
        let number = request.path.split('/').nth(3).and_then(|part| part.split('?').next()).unwrap_or_default();
        let mut started = started.lock().expect("no panic");
        if request.method == "POST" {
            started.insert(number.to_owned());
            return answer(200, r#"{"jid":"j"}"#);
        }
        let minute = u32::from(started.contains(number));
        let commit = if started.contains(number) { COMMIT } else { before };
        let body = match request.path.split('?').next().and_then(|path| path.rsplit('/').next()) {
            Some("branch") => json!({"name": "main", "commit": {"id": commit}}),
            Some("tags") => json!([]),
            Some("remote-mirror") => json!({
                "url": format!("{sources}/{number}.git"),
                "update_status": "finished",
                "last_successful_update_at": format!("2026-01-27T08:3{minute}:00Z"),
            }),
            _ => json!({"default_branch": "main", "empty_repo": false}),
        };
        answer(200, body.to_string())
    })
}

/// What the command prints for each repository, and what it prints for people.
fn results(service: &Server, arguments: &[&str]) -> (HashMap<u64, Value>, String) {
    let mut command: Command = against(service, arguments);
    command.args(["--file", "-", "--json", "--remote-username", "carol"]);
    let ended = run_with_input(command.env("CODEARTS_REPO_REMOTE_PASSWORD", "four"), LIST);
    assert_eq!(ended.code, Some(1), "source 3 cannot be read: {ended:?}");
    let results = ended.out.lines().map(|line| {
        let result: Value = serde_json::from_str(line).expect("JSON");
        (result["repository_id"].as_u64().expect("an ID"), result)
    });
    (results.collect(), ended.err)
}

#[test]
fn verify_reads_each_source_with_the_credentials_of_its_line() {
    let sources = sources();
    let (results, _) = results(&mirrors(sources.endpoint(), COMMIT), &["verify"]);
    for (number, verdict) in [(1, "equal"), (2, "equal"), (3, "cannot_tell"), (4, "equal")] {
        assert_eq!(results[&number]["verdict"], verdict, "{results:?}");
    }
    let requests = sources.requests();
    let mut third = requests.iter().filter(|request| request.path.starts_with("/3."));
    assert!(third.all(|request| header(request, "authorization").is_none()), "{requests:?}");
}

#[test]
fn a_repair_starts_with_the_credentials_of_the_line() {
    let sources = sources();
    let service = mirrors(sources.endpoint(), OTHER);
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("state");
    let mut arguments = vec!["verify", "--repair=gentle", "--state"];
    arguments.push(state.to_str().expect("UTF-8"));
    let (results, _) = results(&service, &arguments);
    assert_eq!(results[&1]["repair"]["outcome"], "repaired", "{results:?}");
    let starts = service.requests().into_iter().filter(|request| request.method == "POST");
    let sent: HashMap<String, Value> = starts
        .map(|request| {
            let number = request.path.split('/').nth(3).unwrap_or_default().to_owned();
            (number, serde_json::from_str(&request.body).expect("JSON"))
        })
        .collect();
    // `alice` and `one`, `two`, `carol` and `four` in Base64.
    let pairs = [("1", json!("YWxpY2U="), json!("b25l")), ("2", Value::Null, json!("dHdv"))];
    for (number, username, password) in pairs.into_iter().chain([("4", json!("Y2Fyb2w="), json!("Zm91cg=="))]) {
        assert_eq!((&sent[number]["username"], &sent[number]["password"]), (&username, &password), "{sent:?}");
    }
}

#[test]
fn sync_verifies_with_the_credentials_of_each_line() {
    let sources = sources();
    let (results, notes) =
        results(&mirrors(sources.endpoint(), COMMIT), &["sync", "--wait", "--verify", "--timeout", "60s"]);
    for (number, outcome) in [(1, "verified"), (2, "verified"), (3, "finished"), (4, "verified")] {
        assert_eq!(results[&number]["outcome"], outcome, "{results:?}");
    }
    assert_eq!(results[&3]["verification"]["verdict"], "cannot_tell", "{results:?}");
    let printed = format!("{results:?}{notes}");
    for secret in ["\"one\"", "\"two\"", "\"four\"", "duplicate"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
