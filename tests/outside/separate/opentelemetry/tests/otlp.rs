//! The recipe `docs/recipes/opentelemetry.rs`, with a collector that keeps what it gets.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use codearts_repo_emulator::{Emulator, Repository, Upstream, User};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use outside_server::{Server, TIME_LIMIT};
use prost::Message;
use tokio::process::Command;
use tokio::time::timeout;

const COLLECTED: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
const PASSWORD: &str = "s3cr3t-of-the-user";

#[tokio::test]
async fn a_trace_reaches_the_collector() {
    let collector = Server::plain(COLLECTED).await;
    let emulator = Emulator::builder()
        .user(User::new("company", "robot", PASSWORD))
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .start()
        .await
        .expect("an emulator");
    let mut recipe = Command::new(env!("CARGO_BIN_EXE_recipe"));
    recipe.arg("123").env_clear().kill_on_drop(true);
    recipe.env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    recipe.env("CODEARTS_REPO_ENDPOINT", emulator.endpoint()).env("CODEARTS_REPO_REGION", "cn-north-4");
    recipe.env("CODEARTS_REPO_IAM_ENDPOINT", emulator.iam_endpoint());
    recipe.env("HW_DOMAIN_NAME", "company").env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", PASSWORD);
    let output = timeout(TIME_LIMIT, recipe.output()).await.expect("in time").expect("it runs");
    assert!(output.status.success(), "{output:?}");
    assert!(output.stdout.starts_with(b"started "), "{output:?}");

    let heads = collector.requests();
    assert!(heads.iter().all(|head| head.starts_with("POST /v1/traces ")), "{heads:?}");
    let mut names: Vec<String> = Vec::new();
    for body in collector.bodies() {
        let request = ExportTraceServiceRequest::decode(body.as_slice()).expect("a trace");
        let scopes = request.resource_spans.iter().flat_map(|resource| &resource.scope_spans);
        names.extend(scopes.flat_map(|scope| &scope.spans).map(|span| span.name.clone()));
        assert!(!format!("{request:?}").contains(PASSWORD), "a secret is exported");
    }
    names.sort();
    assert_eq!(
        names,
        [
            "KeystoneCreateUserTokenByPassword",
            "POST /v3/auth/tokens",
            "POST /v4/repositories/{repository_id}/remote-mirror",
            "StartRemoteMirrorSynchronization",
        ]
    );
    emulator.stop().await;
}
