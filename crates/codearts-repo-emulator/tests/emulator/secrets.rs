//! No type shows a secret.

use std::io::Write;
use std::sync::{Arc, Mutex};

use codearts_repo_emulator::{Emulator, Repository, Upstream, User};
use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, TOKEN, credentials, mirror, reply};
use crate::source::{Behavior, Server, Source};

#[tokio::test]
async fn debug_shows_no_secret() {
    let builder = Emulator::builder()
        .token("t0ken-s3cr3t")
        .access_key("AK", "sk-s3cr3t")
        .user(User::new("account", "alice", "pass-s3cr3t"))
        .repository(
            Repository::new(1).upstream(Upstream::url("https://u:url-s3cr3t@git.example.com/a.git?t=s3cr3t#s3cr3t")),
        );
    let shown = format!("{builder:?} {builder:#?}");
    let emulator = builder.start().await.unwrap();
    let shown = format!("{shown} {emulator:?} {emulator:#?}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_line_contains_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    // It has the lines of the other tests of this binary too, whose secrets must not be in it either.
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let source = Source::with_commit();
    let behavior = Behavior { password: Some(("alice".into(), "pass-s3cr3t".into())), ..Behavior::default() };
    let server = Server::start(source.path(), behavior).await;
    let builder = Emulator::builder()
        .user(User::new("account", "alice", "iam-s3cr3t"))
        .service_endpoint("e1", "alice", "wrong-s3cr3t")
        .repository(Repository::new(123).upstream(Upstream::url(server.url(".git"))));
    let caller = Caller::start(builder).await;
    assert_eq!(caller.sync(123, credentials("alice", "pass-s3cr3t")).await["update_status"], "finished");
    assert_eq!(caller.sync(123, credentials("alice", "bad-s3cr3t")).await["update_status"], "failed");
    assert_eq!(caller.sync(123, json!({ "endpoint_uuid": "e1" })).await["update_status"], "failed");
    caller.call(Method::PUT, &mirror(123), Some(json!({ "url": "https://u:url-s3cr3t@git.example.com/" }))).await;
    caller.call(Method::POST, &mirror(123), Some(json!({ "password": "not base64 s3cr3t" }))).await;
    let user = json!({ "name": "alice", "password": "iam-s3cr3t", "domain": { "name": "account" } });
    let identity = json!({ "auth": { "identity": { "methods": ["password"], "password": { "user": user } } } });
    let token = reply(caller.request(Method::POST, "/v3/auth/tokens").json(&identity)).await;
    let token = token.headers["x-subject-token"].to_str().unwrap().to_owned();
    caller.emulator.stop().await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("answered") && text.contains("synchronization failed"), "{text}");
    for secret in ["s3cr3t", "czNjcjN0", "LXMzY3IzdA", TOKEN, &token] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}
