//! A stand-in for the operations that the emulator does not have. It answers only requests whose path, method and
//! parameters the vendor's SDK has, as `.ci/vendor/calls.json` lists them and `.ci/vendor-drift` checks them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

use super::markdown::{documents, root};
use super::sandbox::{Sandbox, TOKEN};

#[derive(Debug, Deserialize)]
pub(crate) struct Call {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    body: BTreeMap<String, String>,
}

pub(crate) type Calls = BTreeMap<String, Call>;

/// The operations, without those that the emulator answers.
pub(crate) fn calls() -> Calls {
    let text = std::fs::read_to_string(root().join(".ci/vendor/calls.json")).expect("the calls");
    serde_json::from_str(&text).expect("calls")
}

/// The head of a request.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) text: String,
    method: String,
    path: String,
    query: String,
}

impl Head {
    pub(crate) async fn read(stream: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Self> {
        let mut text = String::new();
        while stream.read_line(&mut text).await? > 2 {}
        let mut words = text.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let (path, query) = (path.to_owned(), query.to_owned());
        Ok(Self { text, method, path, query })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.text.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The operation of this request.
    pub(crate) fn call<'a>(&self, calls: &'a Calls) -> Option<(&'a str, &'a Call)> {
        let is_it = |call: &Call| call.method == self.method && is_path(&call.path, &self.path);
        calls.iter().find(|(_, call)| is_it(call)).map(|(name, call)| (name.as_str(), call))
    }
}

fn is_path(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let fits = |(part, word): (&&str, &&str)| if part.starts_with('{') { !word.is_empty() } else { part == word };
    template.len() == path.len() && template.iter().zip(&path).all(fits)
}

/// Reads the rest of a request and answers it.
pub(crate) async fn answer(
    head: Head,
    (name, call): (&str, &Call),
    stream: &mut BufReader<impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>,
) -> std::io::Result<()> {
    let length = head.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    let (status, answer) = match problem(&head, call, &body) {
        None => (200, answer_of(name)),
        Some(problem) => (400, json!({ "error_code": "STAND.IN", "error_msg": problem }).to_string()),
    };
    let head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", answer.len());
    stream.write_all(format!("{head}{answer}").as_bytes()).await?;
    stream.shutdown().await
}

/// What the vendor's SDK does not have in this request, or misses in it.
fn problem(head: &Head, call: &Call, body: &[u8]) -> Option<String> {
    if head.header("x-auth-token") != Some(TOKEN) {
        return Some("the token is another one".to_owned());
    }
    let query = form(&head.query);
    let mut members = BTreeSet::new();
    if !body.is_empty() {
        let body: Value = match serde_json::from_slice(body) {
            Ok(body) => body,
            Err(error) => return Some(format!("the body is not JSON: {error}")),
        };
        collect(&body, "", &mut members);
    }
    unknown("parameter", &query, &call.query).or_else(|| unknown("member", &members, &call.body))
}

/// The first name that is not known, or that is required and missing.
fn unknown(kind: &str, names: &BTreeSet<String>, known: &BTreeMap<String, String>) -> Option<String> {
    if let Some(name) = names.iter().find(|name| !known.contains_key(*name)) {
        return Some(format!("the SDK has no {kind} {name}"));
    }
    let missing = known.iter().find(|(name, fact)| fact.ends_with(", required") && !names.contains(*name));
    missing.map(|(name, _)| format!("the {kind} {name} is missing"))
}

/// The names of a query.
fn form(query: &str) -> BTreeSet<String> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split('=').next().unwrap_or_default().to_owned()).collect()
}

/// The places of all members, written as in the list of calls: `actions[].enable`.
fn collect(value: &Value, place: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
                if !value.is_array() {
                    found.insert(place.clone());
                }
                collect(value, &place, found);
            }
        }
        Value::Array(list) => {
            let place = format!("{place}[]");
            found.insert(place.clone());
            for value in list {
                collect(value, &place, found);
            }
        }
        _ => {}
    }
}

/// A short answer in the shape of the operation's own.
fn answer_of(name: &str) -> String {
    let json = match name {
        "ListMembers" => {
            let members = (1..=2).map(|id| json!({ "user_id": id, "user_name": format!("robot-{id}") }));
            Value::from_iter(members)
        }
        "ListProtectedBranches" | "BatchCreateProtectedBranch" => json!([{ "id": 7, "name": "main" }]),
        "ListRepositoryMergeRequests" => json!([{ "iid": 1, "title": "Add the docs" }]),
        "CreateMergeRequest" => json!({ "iid": 2, "state": "opened" }),
        "ListCommits" => json!({ "commits": [{ "id": "1f2e", "message": "Add the docs" }] }),
        "ShowCommit" => json!({ "id": "1f2e", "message": "Add the docs" }),
        "CreateBranch" => json!({ "name": "next" }),
        "CreateTag" => json!({ "name": "v1.0.0" }),
        "DeleteBranch" => json!({ "status": "success" }),
        "ShowFileContent" => return "# A readme\n".to_owned(),
        "AddRepositoryWebhook" => json!({ "url": "https://ci.example.com/hook", "token": "******" }),
        other => panic!("no answer for {other}"),
    };
    format!("{json}\n")
}

#[test]
fn the_documents_call_all_of_the_listed_operations() {
    let listed = calls();
    assert!(listed.len() >= 10, "{}", listed.len());
    let documents = documents();
    let text: String =
        documents.iter().flat_map(|document| &document.blocks).map(|block| block.text.as_str()).collect();
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("$ codearts-repo api ")).collect();
    for (name, call) in &listed {
        let is_called = commands.iter().any(|command| {
            let path = command.split_whitespace().find(|word| word.trim_start_matches('\'').starts_with("/v4/"));
            let path = path.unwrap_or_default().trim_matches('\'').split('?').next().unwrap_or_default();
            let has_method = command.contains(&format!("api {} ", call.method));
            is_path(&call.path, path) && (has_method || matches!(call.method.as_str(), "GET" | "POST"))
        });
        assert!(is_called, "no document calls {name}: {} {}", call.method, call.path);
    }
}

#[test]
fn a_call_that_the_sdk_does_not_have_is_refused() {
    let sandbox = Sandbox::new();
    let branches = "/v4/repositories/123/repository/branches";
    for (arguments, words) in [
        (&["POST", branches, "-f", "branch=next", "-f", "ref=main"][..], ""),
        (&["POST", branches, "-f", "name=next", "-f", "ref=main"], "the SDK has no member name"),
        (&["POST", branches, "-f", "branch=next"], "the member ref is missing"),
        (&["/v4/repositories/123/members?page=1"], "the SDK has no parameter page"),
        (&["DELETE", "/v4/repositories/123/repository/branch"], "the parameter branch_name is missing"),
    ] {
        let mut command = sandbox.command(sandbox.path("bin/codearts-repo"));
        command.arg("api").args(arguments).env("CODEARTS_REPO_TOKEN", TOKEN).env("CODEARTS_REPO_REGION", "cn-north-4");
        let output = command.output().expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), words.is_empty(), "{arguments:?} {err}");
        assert!(err.contains(words), "{arguments:?} {err}");
    }
}
