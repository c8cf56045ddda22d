//! The spans of a call, as `tracing-opentelemetry` hands them to an exporter.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::sync::Once;

use codearts_repo::auth::IamPassword;
use codearts_repo::{Client, RemoteCredentials, RepositoryId, Token};
use codearts_repo_emulator::{Emulator, Fault, FaultRule, Repository, Upstream, User};
use opentelemetry::Value;
use opentelemetry::trace::{SpanKind, Status, TracerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use outside_server::TIME_LIMIT;
use tokio::time::timeout;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;

const START: &str = "StartRemoteMirrorSynchronization";
const ATTEMPT: &str = "POST /v4/repositories/{repository_id}/remote-mirror";
const IAM: &str = "KeystoneCreateUserTokenByPassword";
const IAM_ATTEMPT: &str = "POST /v3/auth/tokens";
const PASSWORD: &str = "s3cr3t-of-the-user";
const SOURCE_PASSWORD: &str = "s3cr3t-of-the-source";

/// Exports the spans of this thread.
struct Recorder {
    exporter: InMemorySpanExporter,
    // It ends the export when it is dropped.
    _provider: SdkTracerProvider,
    guard: tracing::subscriber::DefaultGuard,
}

fn record() -> Recorder {
    // While there is only one subscriber, tracing asks the thread that reaches a callsite first whether it is enabled. The
    // thread of another test may have no subscriber, and would disable it here. With this one, there are always two.
    static OTHER: Once = Once::new();
    OTHER.call_once(|| tracing::subscriber::set_global_default(NoSubscriber::new()).expect("the only one"));
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let ours = Targets::new().with_target("codearts_repo", LevelFilter::TRACE);
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test")).with_filter(ours);
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
    Recorder { exporter, _provider: provider, guard }
}

impl Recorder {
    fn finish(self) -> Vec<SpanData> {
        drop(self.guard);
        self.exporter.get_finished_spans().expect("spans")
    }
}

fn named<'a>(spans: &'a [SpanData], name: &str) -> Vec<&'a SpanData> {
    spans.iter().filter(|span| span.name == name).collect()
}

/// The attributes whose names are ours or OpenTelemetry's.
fn attributes(span: &SpanData) -> BTreeMap<&str, &Value> {
    // The bridge adds where in the code the span begins, on which thread, and for how long it was busy.
    let of_the_bridge = ["code.", "thread.", "busy_ns", "idle_ns", "target", "level"];
    let pairs = span.attributes.iter().map(|pair| (pair.key.as_str(), &pair.value));
    pairs.filter(|(name, _)| !of_the_bridge.iter().any(|of| name.starts_with(of))).collect()
}

fn children<'a>(spans: &'a [SpanData], of: &SpanData) -> Vec<&'a str> {
    let ours = spans.iter().filter(|span| span.parent_span_id == of.span_context.span_id());
    ours.map(|span| span.name.as_ref()).collect()
}

/// The messages of the events of a span.
fn events(span: &SpanData) -> Vec<&str> {
    span.events.iter().map(|event| event.name.as_ref()).collect()
}

#[tokio::test]
async fn a_call_and_each_of_its_attempts_have_a_span() {
    let emulator = Emulator::builder()
        .user(User::new("company", "robot", PASSWORD))
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .start()
        .await
        .expect("an emulator");
    emulator.fail_next(FaultRule::new(Fault::Status(503)).operation(START));
    emulator.fail_next(FaultRule::new(Fault::TooManyRequests { retry_after: Some(1) }).operation(START));
    emulator.fail_next(FaultRule::new(Fault::Status(503)).operation(IAM));
    let iam = emulator.iam_endpoint().parse().expect("an endpoint");
    let client = Client::builder()
        .endpoint(emulator.endpoint().parse().expect("an endpoint"))
        .auth(IamPassword::new("company", "robot", PASSWORD).project("cn-north-4").endpoint(iam))
        .build()
        .expect("a client");
    let recorder = record();
    let start = client.start_sync(RepositoryId::try_from(123).expect("an id"));
    let start = start.remote_credentials(RemoteCredentials::new("alice", SOURCE_PASSWORD));
    timeout(TIME_LIMIT, start.into_future()).await.expect("in time").expect("a task");

    let spans = recorder.finish();
    let call = named(&spans, START);
    let [call] = call[..] else { panic!("{spans:?}") };
    assert_eq!((&call.span_kind, &call.status), (&SpanKind::Internal, &Status::Unset));
    assert_eq!(attributes(call)["codearts_repo.repository_id"], &Value::I64(123));
    assert_eq!(children(&spans, call), [IAM, ATTEMPT, ATTEMPT, ATTEMPT]);
    let waiting = "waiting before the next attempt";
    assert_eq!(events(call), ["IAM issued a token", waiting, waiting]);

    let port = emulator.endpoint().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let attempts = named(&spans, ATTEMPT);
    for (index, (attempt, status)) in attempts.iter().zip([503, 429, 200]).enumerate() {
        let attributes = attributes(attempt);
        assert_eq!(attempt.span_kind, SpanKind::Client);
        let text = |name: &str| attributes[name].as_str().into_owned();
        assert_eq!(text("http.request.method"), "POST");
        assert_eq!(text("server.address"), "127.0.0.1");
        assert_eq!(text("url.template"), "/v4/repositories/{repository_id}/remote-mirror");
        assert_eq!(text("url.full"), format!("{}/v4/repositories/123/remote-mirror", emulator.endpoint()));
        assert_eq!(text("network.protocol.version"), "1.1");
        assert!(!text("codearts_repo.request_id").is_empty());
        assert_eq!(attributes["server.port"], &Value::I64(port));
        assert_eq!(attributes["http.response.status_code"], &Value::I64(status));
        let resend = (index > 0).then(|| Value::I64(i64::try_from(index).expect("small")));
        assert_eq!(attributes.get("http.request.resend_count").copied(), resend.as_ref());
        let error = attributes.get("error.type").map(|kind| kind.as_str().into_owned());
        assert_eq!(error, (status != 200).then(|| status.to_string()));
        let failed = Status::error("");
        assert_eq!(attempt.status, if status == 200 { Status::Unset } else { failed });
        let known = [
            "codearts_repo.request_id",
            "error.type",
            "http.request.method",
            "http.request.resend_count",
            "http.response.status_code",
            "network.protocol.version",
            "server.address",
            "server.port",
            "url.full",
            "url.template",
        ];
        assert!(attributes.keys().all(|name| known.contains(name)), "{attributes:?}");
    }

    let iam = named(&spans, IAM);
    let [iam] = iam[..] else { panic!("{spans:?}") };
    assert_eq!(children(&spans, iam), [IAM_ATTEMPT; 2]);
    assert_eq!(events(iam), [waiting]);

    let all = format!("{spans:?}");
    for secret in [PASSWORD, SOURCE_PASSWORD, "czNjcjN0LW9mLXRoZS1zb3VyY2U"] {
        assert!(!all.contains(secret), "a secret is exported");
    }
    emulator.stop().await;
}

#[tokio::test]
async fn a_renewal_and_a_broken_connection_are_seen() {
    let emulator = Emulator::builder()
        .user(User::new("company", "robot", PASSWORD))
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .start()
        .await
        .expect("an emulator");
    let iam = emulator.iam_endpoint().parse().expect("an endpoint");
    let client = Client::builder()
        .endpoint(emulator.endpoint().parse().expect("an endpoint"))
        .auth(IamPassword::new("company", "robot", PASSWORD).project("cn-north-4").endpoint(iam))
        .build()
        .expect("a client");
    client.prepare_auth().await.expect("a token");
    emulator.fail_next(FaultRule::new(Fault::TokenExpired).operation("ShowRemoteMirror"));
    let recorder = record();
    let id = RepositoryId::try_from(123).expect("an id");
    timeout(TIME_LIMIT, client.show_mirror(id)).await.expect("in time").expect("a mirror");
    emulator.fail_next(FaultRule::new(Fault::ResetAfter).operation(START));
    timeout(TIME_LIMIT, client.start_sync(id).into_future()).await.expect("in time").expect_err("no answer");

    let spans = recorder.finish();
    let call = named(&spans, "ShowRemoteMirror");
    let [call] = call[..] else { panic!("{spans:?}") };
    let read = "GET /v4/repositories/{repository_id}/remote-mirror";
    assert_eq!(children(&spans, call), [read, IAM, read]);
    let again = "the service refused the credentials; sending the request again with new ones";
    assert_eq!(events(call), ["IAM issued a token", again]);
    let counts: Vec<_> = named(&spans, read)
        .iter()
        .map(|span| attributes(span).get("http.request.resend_count").copied().cloned())
        .collect();
    assert_eq!(counts, [None, Some(Value::I64(1))]);

    let start = named(&spans, START);
    let [start] = start[..] else { panic!("{spans:?}") };
    let attempt = named(&spans, ATTEMPT);
    let [attempt] = attempt[..] else { panic!("{spans:?}") };
    for span in [start, attempt] {
        assert!(matches!(span.status, Status::Error { .. }), "{span:?}");
        assert!(attributes(span).contains_key("error.type"), "{span:?}");
    }
    emulator.stop().await;
}

#[tokio::test]
async fn a_token_is_in_no_span() {
    let emulator = Emulator::builder()
        .token("MIITokenOfTheTest")
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .start()
        .await
        .expect("an emulator");
    let client = Client::builder()
        .endpoint(emulator.endpoint().parse().expect("an endpoint"))
        .auth(Token::new("MIITokenOfTheTest").expect("a token"))
        .build()
        .expect("a client");
    let recorder = record();
    let id = RepositoryId::try_from(123).expect("an id");
    timeout(TIME_LIMIT, client.start_sync(id).into_future()).await.expect("in time").expect("a task");
    let spans = recorder.finish();
    assert_eq!(spans.len(), 2);
    assert!(!format!("{spans:?}").contains("MIITokenOfTheTest"), "a secret is exported");
    emulator.stop().await;
}
