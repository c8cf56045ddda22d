//! Everything that a new optional parameter or field in the contract could break: parameters by the builder, values of
//! the contract's types, and answers taken apart. `.ci/check grown` also builds it against such a contract.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use codearts_repo_client::types::{
    RemoteMirror, RemoteMirrorSyncRequest, RepositoryOrder, SortDirection, UpdateRemoteMirrorRequest,
};
use codearts_repo_client::{Client, Error, ErrorBody, RepositoryId, Token};
use outside_server::{Server, TIME_LIMIT};
use tokio::time::timeout;

fn answer(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn client(server: &Server) -> Client {
    let endpoint = server.endpoint().parse().expect("an endpoint");
    Client::new(&endpoint, Token::new("MIIExample").expect("a token")).expect("a client")
}

fn id() -> RepositoryId {
    RepositoryId::try_from(123).expect("an id")
}

#[tokio::test]
async fn parameters_are_set_by_name() {
    let server = Server::plain(&answer("[]")).await;
    let client = client(&server);
    let list = client.list_current_user_repositories().limit(20_u32).offset(40_u32).starred(true);
    let list = list.order_by(RepositoryOrder::UpdatedAt).sort(SortDirection::Asc).send();
    let page = timeout(TIME_LIMIT, list).await.expect("in time").expect("a page");
    assert_eq!(page.into_inner().0.len(), 0);
    let head = server.requests().remove(0);
    for parameter in ["limit=20", "offset=40", "starred=true", "order_by=updated_at", "sort=asc"] {
        assert!(head.contains(parameter), "{head}");
    }
}

#[tokio::test]
async fn bodies_are_made_by_builders_and_by_fields() {
    let server = Server::plain(&answer(r#"{"jid":"a1"}"#)).await;
    let mut by_fields = RemoteMirrorSyncRequest::default();
    by_fields.force_fetch = Some(true);
    let by_builder: RemoteMirrorSyncRequest =
        RemoteMirrorSyncRequest::builder().force_fetch(true).try_into().expect("a body");
    let client = client(&server);
    let start = || client.start_remote_mirror_synchronization().repository_id(id());
    for call in [
        start().body(by_fields).send(),
        start().body(by_builder).send(),
        start().body_map(|body| body.force_fetch(true)).send(),
    ] {
        let answer = timeout(TIME_LIMIT, call).await.expect("in time").expect("an answer");
        assert_eq!(answer.jid.as_deref(), Some("a1"));
    }
    assert_eq!(server.bodies(), vec![br#"{"force_fetch":true}"#.to_vec(); 3]);
}

#[tokio::test]
async fn answers_are_taken_apart() {
    let server = Server::plain(&answer(r#"{"update_status":"finished","number_of_failures":2}"#)).await;
    let show = client(&server).show_remote_mirror().repository_id(id()).send().await;
    let RemoteMirror { update_status, number_of_failures, .. } = show.expect("a mirror").into_inner();
    assert_eq!((update_status.as_deref(), number_of_failures), (Some("finished"), Some(2)));
}

/// A function of a program that handles every operation alike.
async fn updated(client: &Client, body: UpdateRemoteMirrorRequest) -> Result<(), Error<ErrorBody>> {
    client.update_repository_remote_mirror().repository_id(id()).body(body).send().await.map(drop)
}

#[tokio::test]
async fn errors_have_one_type() {
    let server = Server::plain("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}").await;
    let error = updated(&client(&server), UpdateRemoteMirrorRequest::default()).await.expect_err("a refusal");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
}
