//! One call over https, and what is said where no provider is installed.

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

/// One test, because a provider is installed once in a process.
#[tokio::test]
async fn https_needs_the_provider_of_the_program() {
    let endpoint = "https://127.0.0.1:1".parse().expect("an endpoint");
    let error = Client::new(&endpoint, Token::new("MIIExample").expect("a token"));
    // Where everything is built at once, the features of the others give it a provider.
    if let Err(error) = error {
        assert_eq!(error.to_string(), "no rustls crypto provider is installed");
    }
    rustls::crypto::ring::default_provider().install_default().expect("the first one");
    let server = Server::with_tls(ANSWER).await;
    assert_eq!(start(&server).await, "a1");
}
