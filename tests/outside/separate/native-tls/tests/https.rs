//! One call over https.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use codearts_repo_client::{Client, HttpSettings, RepositoryId, Token};
use outside_server::{Server, TIME_LIMIT};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"jid\":\"a1\"}";

async fn start(server: &Server) -> String {
    let mut settings = HttpSettings::default();
    settings.add_certificates(server.authority().as_bytes()).expect("a certificate");
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let token = Token::new("MIIExample").expect("a token");
    let client = Client::with_settings(&endpoint, &settings, token).expect("a client");
    let id = RepositoryId::try_from(123).expect("an id");
    let call = client.start_remote_mirror_synchronization().repository_id(id).send();
    let answer = tokio::time::timeout(TIME_LIMIT, call).await.expect("in time").expect("an answer");
    answer.into_inner().jid.expect("a task id")
}

#[tokio::test]
async fn https_works_with_the_library_of_the_platform() {
    let server = Server::with_tls(ANSWER).await;
    assert_eq!(start(&server).await, "a1");
    assert!(server.requests()[0].contains("x-auth-token: MIIExample"));
}
