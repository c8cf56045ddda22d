//! What a caller gets when a service, or a proxy in front of it, misbehaves. `BLESS=1 cargo test --test faults` writes the
//! results to `docs/faults.md`.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may panic")]

mod attacks;
mod rows;
mod server;

use std::fmt::Write;
use std::time::Duration;

use codearts_repo::{Client, Error, ErrorKind, RemoteCredentials, RepositoryId, RetryPolicy, SyncJob, Token};

use rows::{Kind, Row};
use server::Server;

const TOKEN: &str = "MIITokenThatNobodyMayRead";
const PASSWORD: &str = "password-that-nobody-may-read";
const PASSWORD_BASE64: &str = "cGFzc3dvcmQtdGhhdC1ub2JvZHktbWF5LXJlYWQ=";

/// The timeout of a request that only the timeout ends, the one of all others, and the limit for a whole row.
const TIMEOUT: Duration = Duration::from_millis(400);
const NO_TIMEOUT: Duration = Duration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(100);

/// The result of one row.
struct Seen {
    result: Result<SyncJob, Error>,
    requests: String,
}

async fn start(endpoint: &str, certificate: Option<&str>, timeout: Duration) -> Result<SyncJob, Error> {
    let instant = Duration::from_millis(1);
    let retry = RetryPolicy::default().initial_backoff(instant).max_backoff(instant).throttled_backoff(instant);
    let mut builder = Client::builder()
        .endpoint(endpoint.parse().expect("an endpoint"))
        .auth(Token::new(TOKEN).expect("a token"))
        .connect_timeout(timeout / 2)
        .read_timeout(timeout)
        .timeout(timeout)
        .retry(retry);
    if let Some(pem) = certificate {
        builder = builder.ca_certificates(pem.as_bytes()).expect("a certificate");
    }
    let client = builder.build().expect("a client");
    let repository = RepositoryId::try_from(123).expect("an id");
    client.start_sync(repository).remote_credentials(RemoteCredentials::new("alice", PASSWORD)).send().await
}

async fn see(row: &Row) -> Seen {
    let timeout = if row.is_endless() { TIMEOUT } else { NO_TIMEOUT };
    match &row.kind {
        Kind::Nowhere(endpoint) => Seen { result: start(endpoint, None, timeout).await, requests: "0".to_owned() },
        Kind::Served(behavior) => {
            let server = Server::start(behavior.clone()).await;
            let result = start(&server.endpoint(), server.trusted(), timeout).await;
            Seen { result, requests: server.requests() }
        }
    }
}

/// The result in words: everything that an error says, except what differs from run to run.
fn words(result: &Result<SyncJob, Error>) -> (String, String) {
    let error = match result {
        Ok(job) => return (format!("started, task `{}`", job.id), "yes".to_owned()),
        Err(error) => error,
    };
    let kind = match error.kind() {
        _ if error.refusal().is_some() => "refused",
        ErrorKind::Untrusted => "connection, certificate",
        ErrorKind::Connection | ErrorKind::Timeout => "connection",
        ErrorKind::Incomplete => "incomplete",
        ErrorKind::UnexpectedAnswer => "unexpected answer",
        other => panic!("{other:?}"),
    };
    let mut words = vec![kind.to_owned()];
    words.extend(error.status().map(|status| status.to_string()));
    words.extend(error.code().map(|code| format!("`{code}`")));
    words.extend(error.message().map(|text| format!("“{}”", text.chars().take(60).collect::<String>())));
    if error.is_timeout() {
        words.push("timeout".to_owned());
    }
    let sent = if error.may_have_been_sent() { "yes" } else { "no" };
    let line = words.join(", ").split_whitespace().collect::<Vec<_>>().join(" ");
    (line.replace('|', "\\|"), sent.to_owned())
}

fn assert_silent(name: &str, result: &Result<SyncJob, Error>) {
    let mut text = format!("{result:?}{result:#?}");
    let mut cause: Option<&dyn std::error::Error> = result.as_ref().err().map(|error| error as _);
    while let Some(error) = cause {
        text += &error.to_string();
        cause = error.source();
    }
    for secret in [TOKEN, PASSWORD, PASSWORD_BASE64] {
        assert!(!text.contains(secret), "{name} shows {secret}: {text:.2000}");
    }
    assert!(text.len() < 20_000, "{name} says {} bytes", text.len());
}

const HEAD: &str = "\
# What a caller gets when something goes wrong

`tests/faults` writes this page from what it observes, and fails when something changes.

Each row is one start of a synchronization against a service that misbehaves in one way, with the default retry policy
and short backoffs. *Requests* counts what the server received. *May have an effect* is `Error::may_have_been_sent`, and
\"yes\" for a start that worked.

| what goes wrong | what the caller gets | requests | may have an effect |
|---|---|---|---|
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_has_the_documented_result() {
    let mut table = HEAD.to_owned();
    for row in rows::all() {
        let seen = tokio::time::timeout(PATIENCE, see(&row)).await;
        let Seen { result, requests } = seen.unwrap_or_else(|_| panic!("{} hangs", row.name));
        assert_silent(row.name, &result);
        assert_eq!(result.is_ok(), row.works, "{}: {result:?}", row.name);
        let (outcome, sent) = words(&result);
        writeln!(table, "| {} | {outcome} | {requests} | {sent} |", row.name).expect("a line");
    }
    table += &attacks::table();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/faults.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &table).expect("written");
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    for (seen, published) in table.lines().zip(published.lines()) {
        assert_eq!(seen, published, "if the change is intended, run `BLESS=1 cargo test --test faults`");
    }
    assert_eq!(table.lines().count(), published.lines().count(), "rows");
}
