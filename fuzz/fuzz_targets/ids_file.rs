//! The list of repositories that `sync --file` reads.
#![no_main]

#[path = "../../crates/codearts-repo-cli/src/commands/selection/line.rs"]
mod line;
#[path = "../../crates/codearts-repo-cli/src/commands/selection/lines.rs"]
mod lines;
#[path = "../../crates/codearts-repo-cli/src/login.rs"]
mod login;

/// The part of the program's `values` that the reader uses.
mod values {
    pub(crate) struct Invalid {
        pub(crate) what: String,
    }

    pub(crate) fn repository(text: &str) -> Result<codearts_repo::RepositoryId, Invalid> {
        text.parse().map_err(|error: codearts_repo::OutOfRange| Invalid { what: error.to_string() })
    }
}

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codearts_repo::{Client, SyncOptions, Token};
use codearts_repo_client::bounds;
use codearts_repo_fuzz::{secrets, service};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// The first line decides whether the text is UTF-16, even if it is a comment.
const UTF_16: &str = "line 1: the text is UTF-16, not UTF-8";
/// A mark at the end of secrets.
const CANARY: &str = "cAnArY7f3e9";

fuzz_target!(|bytes: &[u8]| {
    // The lines with a repository, as a simple reader finds them: every accepted line is one of them.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut expected = text.split(|byte| *byte == b'\n').enumerate().filter_map(|(index, line)| {
        let text = std::str::from_utf8(line).map(str::trim).unwrap_or("not text");
        (!text.is_empty() && !text.starts_with('#')).then_some((index + 1, text))
    });
    for line in lines::read(bytes) {
        if line.as_ref().is_err_and(|reason| reason.starts_with(UTF_16)) {
            let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
            assert!(matches!(first, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..]), "{first:?}");
            return;
        }
        let (number, text) = expected.next().expect("a line");
        let line = match line {
            Ok(line) => line,
            Err(reason) => {
                assert!(reason.starts_with(&format!("line {number}: ")), "{reason} is line {number}");
                assert!(id(text).is_none() || !is_plain(text), "{text} was refused: {reason}");
                secrets::assert_one_line(&reason);
                assert_hides_login(text);
                return;
            }
        };
        assert_eq!(Some(u64::from(line.repository)), id(text), "{text}");
        assert_hides_login(text);
        if text.starts_with('{') {
            assert_is_sent(line, &serde_json::from_str(text).expect("JSON"));
        }
    }
    assert_eq!(expected.next(), None, "a line was skipped");
});

/// The repository of a line, if it is in the documented range.
fn id(text: &str) -> Option<u64> {
    let number = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(members)) => match members.get("repository_id").or_else(|| members.get("id"))? {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        },
        _ => text.to_owned(),
    };
    let number: u64 = number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten()?;
    (1..=i128::from(*bounds::REPOSITORY_ID.end())).contains(&number.into()).then_some(number)
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Neither the user name nor the password is shown; both have a mark.
fn assert_hides_login(line: &str) {
    let Ok(Value::Object(mut members)) = serde_json::from_str(line) else {
        let Some(Err(reason)) = lines::read(line.as_bytes()).next() else { return };
        let known = ["line 1: invalid JSON at column ", "line 1: duplicate member ", UTF_16];
        assert!(!line.starts_with('{') || known.iter().any(|text| reason.starts_with(text)), "{reason}");
        return;
    };
    for member in ["remote_username", "remote_password"] {
        if let Some(Value::String(text)) = members.get_mut(member) {
            text.push_str(CANARY);
        }
    }
    let shown = match lines::read(Value::Object(members).to_string().as_bytes()).next() {
        Some(Ok(line)) => format!("{line:?}"),
        Some(Err(reason)) => reason,
        None => return,
    };
    assert!(!shown.contains(CANARY), "{shown} shows a part of the login");
}

/// The start has the options of the line, with texts in Base64. A line of the program's own output has no options.
fn assert_is_sent(line: line::Line, members: &Value) {
    let options = json!({});
    let is_output = members.get("repository_id").is_none() || members.get("outcome").is_some();
    let members = if is_output { &options } else { members };
    let repository = line.repository;
    let requests = service::answer_with([], service::accepted);
    thread_local!(static CLIENT: Client = service::client(Token::new("t").expect("a token")));
    let client = CLIENT.with(Client::clone);
    let options = line.options(&SyncOptions::new());
    service::run(client.start_sync(repository).options(options).send()).expect("a start");
    let requests = requests.borrow();
    let body = requests[0].body().and_then(|body| body.as_bytes()).expect("a body");
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let encoded = |name: &str| members.get(name).map(|text| json!(STANDARD.encode(text.as_str().expect("a text"))));
    assert_eq!(body.get("username").cloned(), encoded("remote_username"));
    assert_eq!(body.get("password").cloned(), encoded("remote_password"));
    assert_eq!(body.get("endpoint_uuid"), members.get("endpoint_uuid"));
    assert_eq!(body.get("force_fetch"), members.get("force"));
}
