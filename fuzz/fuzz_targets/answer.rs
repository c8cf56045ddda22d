//! The client's result for an answer: `OPERATION STATUS [broken]`, header lines, an empty line, the body.
//!
//! `$T`, `$P`, `$U` and `$B` are replaced by the secrets that the caller sent, which an answer may repeat.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use codearts_repo::{
    Client, Error, MirrorSettings, MirrorUrl, RemoteCredentials, RepositoryFilter, RepositoryId, Token,
};
use codearts_repo_fuzz::message::Message;
use codearts_repo_fuzz::{secrets, service};
use futures_util::{StreamExt, TryStreamExt};
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::Value;

const TOKEN: &str = "MIIToken-of-the-caller";
const USERNAME: &str = "alice@example.com";
/// It has no space: messages merge several spaces, and a fuzzer finds that out.
const PASSWORD: &str = "p@ssw/ö\"1\\x";

fn call(client: &Client, operation: &str) -> Result<Value, Error> {
    let id = RepositoryId::try_from(123).expect("an id");
    let url = || "https://git.example.com/a.git".parse::<MirrorUrl>().expect("an address");
    service::run(async {
        match operation {
            "show" => client.show_mirror(id).await.map(|mirror| serde_json::to_value(mirror).expect("JSON")),
            "update" => {
                let settings = MirrorSettings::new().url(url());
                client
                    .update_mirror(id)
                    .settings(settings)
                    .await
                    .map(|answer| serde_json::to_value(answer).expect("JSON"))
            }
            "associate" => {
                client.associate_mirror(id).url(url()).await.map(|mirror| serde_json::to_value(mirror).expect("JSON"))
            }
            "list" => {
                let all: Vec<_> = client.list_repositories(RepositoryFilter::new()).take(1000).try_collect().await?;
                Ok(serde_json::to_value(all).expect("JSON"))
            }
            _ => {
                let credentials = RemoteCredentials::new(USERNAME, PASSWORD);
                let job = client.start_sync(id).remote_credentials(credentials).send().await?;
                Ok(Value::String(job.id))
            }
        }
    })
}

/// A body that arrives in two pieces, or ends after the first one.
fn body(bytes: &[u8], broken: bool) -> reqwest::Body {
    if !broken {
        return bytes.to_vec().into();
    }
    let half = Bytes::copy_from_slice(&bytes[..bytes.len() / 2]);
    let end = Err(std::io::Error::other("the connection broke"));
    reqwest::Body::wrap(codearts_repo_fuzz::broken::Pieces::new([Ok(half), end]))
}

fuzz_target!(|bytes: &[u8]| {
    let encoded = STANDARD.encode(PASSWORD);
    let names: [(&[u8], &str); 4] = [(b"$T", TOKEN), (b"$P", PASSWORD), (b"$U", USERNAME), (b"$B", &encoded)];
    let bytes = secrets::insert(bytes, &names);
    let Some(message) = Message::read(&bytes) else { return };
    let [operation, status, broken] = message.words();
    let Ok(status) = http::StatusCode::from_bytes(status.as_bytes()) else { return };
    let broken = broken == "broken";
    let answer = service::answer(status, &message.headers, body(message.body, broken));
    let requests = service::answer_with([answer], || http::Response::new("[]").into());
    thread_local!(static CLIENT: Client = service::client(Token::new(TOKEN).expect("a token")));
    let result = CLIENT.with(|client| call(client, operation));
    let requests = requests.borrow();
    let sent = &requests[0].headers()["x-auth-token"];
    assert!(sent == TOKEN && sent.is_sensitive());
    assert!(operation == "list" || requests.len() == 1, "it was sent {} times", requests.len());

    let documented = if operation == "associate" { 201 } else { 200 };
    let error = match result {
        Ok(read) => {
            assert!(status == documented && !broken, "{status} counts as a success");
            assert!(serde_json::from_slice::<IgnoredAny>(message.body).is_ok(), "a success is JSON");
            // Unknown fields may contain what cannot be decoded.
            let Ok(json) = serde_json::from_slice::<Value>(message.body) else { return };
            match &json {
                Value::Object(members) if is_start(operation) => {
                    assert_eq!(members["jid"], read);
                }
                Value::Object(members) => {
                    // What was read equals what was sent, except for undocumented and empty fields.
                    for (name, value) in read.as_object().expect("an object") {
                        assert!(value.is_null() || same(value, &members[name]), "{name}: {value}");
                    }
                }
                Value::Array(items) => {
                    assert!(operation == "list" && read.as_array().is_some_and(|r| r.len() == items.len()))
                }
                other => panic!("{other} counts as a success"),
            }
            return;
        }
        Err(error) => error,
    };
    let text = error.to_string();
    secrets::assert_one_line(&text);
    let text = secrets::text_of(&error);
    // Only a start sends the credentials.
    let sent = if is_start(operation) { [TOKEN, PASSWORD, USERNAME].as_slice() } else { &[TOKEN] };
    secrets::assert_none(&text, sent);
    if requests.len() > 1 {
        return;
    }
    assert_eq!(error.status(), Some(status.as_u16()), "the status is lost: {text}");
    // A part that may belong to a secret is hidden.
    let kept = error.request_id().unwrap_or_default();
    if let Some(id) = message.header("x-request-id").filter(|id| !id.is_empty() && !kept.contains("***")) {
        assert_eq!(kept, id.chars().take(128).collect::<String>(), "{text}");
    }
    let certainly_not = matches!(status.as_u16(), 300..=407 | 409..=499 | 503);
    assert_eq!(error.may_have_been_sent(), !certainly_not, "{text}");
    assert!(!error.is_token_expired() || status == 401);
    if error.refusal().is_some() {
        assert!(!status.is_success(), "a success counts as a refusal: {text}");
    }
});

/// Any other word is a start.
fn is_start(operation: &str) -> bool {
    !matches!(operation, "show" | "update" | "associate" | "list")
}

/// Numbers may be written in several ways.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(name, value)| value.is_null() || other.get(name).is_some_and(|other| same(value, other)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}
