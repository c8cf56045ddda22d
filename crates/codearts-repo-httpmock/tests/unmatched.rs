//! A request that no mock matches does not look like an answer of the service.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use codearts_repo::{Client, Error, RepositoryId, RetryPolicy, Token};
use codearts_repo_client::types;
use codearts_repo_httpmock::{MockServerExt, UNMATCHED, refuse_the_rest};
use httpmock::MockServer;

async fn start(server: &MockServer, id: u32) -> Result<String, Error> {
    let endpoint = server.base_url().parse().expect("an endpoint");
    let token = Token::new("MIIExample").expect("a token");
    let client = Client::builder().endpoint(endpoint).auth(token).retry(RetryPolicy::none()).build()?;
    let repository = RepositoryId::try_from(id).expect("an id");
    client.start_sync(repository).force_fetch(true).send().await.map(|job| job.id)
}

fn mock(server: &MockServer) -> httpmock::Mock<'_> {
    server.start_remote_mirror_synchronization(|when, then| {
        let mut body = types::RemoteMirrorSyncRequest::default();
        body.force_fetch = Some(true);
        let mut answer = types::RemoteMirrorSyncResponse::default();
        answer.jid = Some("task-1".to_owned());
        when.repository_id(&RepositoryId::try_from(123).expect("an id")).body(&body);
        then.ok(&answer);
    })
}

#[tokio::test]
async fn without_the_refusal_it_looks_like_a_documented_404() {
    let server = MockServer::start_async().await;
    mock(&server);
    assert_eq!(start(&server, 124).await.expect_err("unmatched").status(), Some(404));
}

#[tokio::test]
async fn with_the_refusal_it_is_told() {
    let server = MockServer::start_async().await;
    let (accepted, rest) = (mock(&server), refuse_the_rest(&server));
    assert_eq!(start(&server, 123).await.expect("accepted"), "task-1");
    let error = start(&server, 124).await.expect_err("unmatched");
    assert_eq!((error.status(), error.code()), (Some(501), Some(UNMATCHED)));
    accepted.assert();
    rest.assert_calls(1);
}
